"""engine.*: the running engine."""

from __future__ import annotations

import os
import platform
import time
from typing import Annotated

import msgspec
from msgspec import Meta

from bridge import PROTOCOL, __version__
from bridge.answer_times import AnswerTimes
from bridge.call import Call
from bridge.registry import method
from bridge.session import Client


class EngineStatus(msgspec.Struct, frozen=True):
    """How the engine is.

    Attributes:
        version: Of the engine.
        protocol: Version of the wire.
        pid: Its process.
        python: Version of its Python.
        uptime: Seconds since it started.
        idle_minutes: It leaves after this many minutes without a client; 0 for never.
        clients: Who is connected.
        hub: True when Live can be reached.
        jobs: Long jobs that wait or run.
        osc: UDP port on 127.0.0.1 that controllers are heard on; 0 while OSC is off.
        answers: How long answers took, by method.
    """

    version: str
    protocol: int
    pid: int
    python: str
    uptime: float
    idle_minutes: float
    clients: list[Client]
    hub: bool
    jobs: int
    osc: int
    answers: dict[str, AnswerTimes]


class LogLines(msgspec.Struct, frozen=True):
    """The newest lines of the log.

    Attributes:
        lines: Oldest of them first.
    """

    lines: list[str]


class Stopping(msgspec.Struct, frozen=True):
    """The engine is on its way out.

    Attributes:
        stopping: Always true.
    """

    stopping: bool = True


@method("engine.status")
async def status(call: Call) -> EngineStatus:
    """Say how the engine is."""
    runtime = call.runtime
    return EngineStatus(
        version=__version__,
        protocol=PROTOCOL,
        pid=os.getpid(),
        python=platform.python_version(),
        uptime=round(time.monotonic() - runtime.started, 3),
        idle_minutes=runtime.idle_minutes,
        clients=[each.client for each in runtime.sessions.values()],
        hub=runtime.live.hub is not None,
        jobs=runtime.jobs.active,
        osc=runtime.osc_port,
        answers=runtime.answers.told(),
    )


@method("engine.log")
async def log(call: Call, lines: Annotated[int, Meta(ge=1, le=500)] = 100) -> LogLines:
    """Return the newest lines of the engine's log.

    Args:
        call: Who asks.
        lines: How many at most.
    """
    return LogLines(call.runtime.log.newest(lines))


@method("engine.stop")
async def stop(call: Call) -> Stopping:
    """Stop the engine: running jobs are cancelled, every client is told goodbye."""
    call.after_reply.append(lambda: call.runtime.stop(f"asked by {call.session.label}"))
    return Stopping()
