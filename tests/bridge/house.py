"""An engine inside the test's own event loop, and what a test needs to talk to it."""

from __future__ import annotations

import asyncio
import contextlib
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_socket

from bridge import endpoint, methods
from bridge.call import Call
from bridge.client import Client
from bridge.endpoint import Endpoint
from bridge.jobs import JobStarted
from bridge.log import Log
from bridge.registry import REGISTRY, Registry
from bridge.runtime import Runtime
from bridge.server import Server
from engine import settings
from engine.settings import Limits

ROOT = Path(__file__).resolve().parents[2]
assert methods  # importing the package fills REGISTRY


def testing_methods() -> Registry:
    """The real methods, and some that misbehave on purpose."""
    registry = Registry()
    registry._methods.update(REGISTRY._methods)

    @registry.method("test.add")
    def add(a: int, b: int = 1) -> int:
        """Add two numbers."""
        return a + b

    @registry.method("test.fail")
    def fail() -> None:
        """Fail with a path in the message."""
        raise RuntimeError(f"{Path.home()}/secret.txt is not there")

    @registry.method("test.unwritable")
    def unwritable() -> Any:
        """Return what JSON cannot say."""
        return object()

    @registry.method("test.wait")
    async def wait(call: Call, seconds: float) -> str:
        """Wait on the loop."""
        await asyncio.sleep(seconds)
        return call.session.id

    @registry.method("test.slow", seconds=0.05)
    async def slow() -> None:
        """Take longer than allowed."""
        await asyncio.sleep(30)

    @registry.method("test.compute")
    def compute(seconds: float) -> float:
        """Compute, holding a thread."""
        end = time.perf_counter() + seconds
        while time.perf_counter() < end:
            pass
        return seconds

    @registry.method("test.large")
    def large(size: int) -> str:
        """Return much text."""
        return "x" * size

    @registry.method("test.job")
    async def job(call: Call, steps: int = 3, seconds: float = 0.0, how: str = "steps") -> JobStarted:
        """Start a job of the test's own."""
        return call.runtime.jobs.start(call, f"tests.bridge.job_functions:{how}", steps=steps, seconds=seconds)

    return registry


@dataclass
class House:
    """A running engine of the test."""

    runtime: Runtime
    server: Server
    where: Endpoint

    async def client(self, kind: str = "test", **options: Any) -> Client:
        return await Client.connect(self.where, kind=kind, **options)

    async def socket(self, **options: Any) -> ClientConnection:
        """A websocket that has said nothing yet."""
        options = {"compression": None, "proxy": None, "max_size": None, **options}
        return await open_socket(self.where.address, **options)

    def hello(self, **changes: Any) -> dict[str, Any]:
        params = {"token": self.where.token, "protocol": 1, "client": {"kind": "test"}, **changes}
        return {"jsonrpc": "2.0", "method": "session.hello", "params": params, "id": 0}


@contextlib.asynccontextmanager
async def running(limits: Limits | None = None, **options: Any) -> AsyncIterator[House]:
    """Run an engine in this event loop."""
    token = endpoint.new_token()
    settings.make_home()
    with Log(token, settings.log_path()) as log:
        runtime = Runtime(testing_methods(), limits or Limits(), log, **options)
        server = Server(runtime, token)
        port = await server.start()
        try:
            yield House(runtime, server, endpoint.write(port, token))
        finally:
            await server.close()
            await runtime.close()


async def until(condition: Callable[[], object], seconds: float = 30.0) -> None:
    """Let the loop run until something is true; fail when it does not become so."""
    async with asyncio.timeout(seconds):
        while not condition():  # noqa: ASYNC110 - the condition is anything, not an event
            await asyncio.sleep(0.002)


@dataclass
class EngineProcess:
    """A real engine process."""

    process: subprocess.Popen[str]
    first_line: str

    def wait(self, seconds: float = 60.0) -> int:
        return self.process.wait(seconds)

    def rest(self) -> str:
        return self.process.communicate(timeout=60)[0]


def command(*words: str) -> list[str]:
    return [sys.executable, "-m", "bridge", *words]
