"""One engine process, from its lock to its last line."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bridge import __version__, endpoint
from bridge.endpoint import Endpoint
from bridge.log import Log
from bridge.methods import rpc as _methods  # noqa: F401 - importing the package fills the registry
from bridge.registry import REGISTRY
from bridge.runtime import Runtime
from bridge.server import Server
from engine import settings
from engine.filelock import FileLock, Taken
from engine.settings import Limits

if TYPE_CHECKING:
    from bridge.osc.socket import OscSocket

_log = logging.getLogger("bandmate")

_STARTING_SECONDS = 3.0

# How long a computing thread may keep the interpreter while the event loop has something to do. Python's
# own 5 ms would be added to every light request that arrives while a take is composed.
_SWITCH_SECONDS = 0.001


@dataclass(frozen=True)
class OscPorts:
    """That OSC is wanted, and where.

    Attributes:
        listen: UDP port on 127.0.0.1; 0 lets the system choose.
        reply: Port that answers go to; 0: the one a message came from.
    """

    listen: int
    reply: int = 0


def run(
    *,
    stdin_lifeline: bool = False,
    idle_minutes: float | None = None,
    port: int = 0,
    osc: OscPorts | None = None,
    say: Callable[[str], None],
) -> int:
    """Run an engine until it is told to stop, or find that one runs already.

    Args:
        stdin_lifeline: End when standard input closes, which it does when the parent process is gone.
        idle_minutes: End after this long without a client; 0 for never; None for the user's setting.
        port: TCP port on 127.0.0.1; 0 lets the system choose.
        osc: Where controllers are heard by OSC; None: nowhere.
        say: Prints a line for whoever started us.

    Returns:
        The exit code: 0 also when another engine runs already; 1 when none could be started.
    """
    sys.setswitchinterval(_SWITCH_SECONDS)
    # Before numpy comes: a pool of threads for linear algebra, which nothing here does at scale, would make
    # its import half as slow again and hold memory.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        settings.make_home()
        with FileLock(settings.lock_path()) as lock:
            asyncio.run(_live(lock, stdin_lifeline, idle_minutes, port, osc, say))
            _end_stuck_threads()
            return 0
    except Taken:
        return _be_polite(osc, say)
    except OSError as problem:
        say(f"The engine could not start: {problem.strerror or type(problem).__name__}.")
        return 1


async def _live(  # noqa: PLR0917 - what `run` was given
    lock: FileLock,
    stdin_lifeline: bool,
    idle_minutes: float | None,
    port: int,
    osc: OscPorts | None,
    say: Callable[[str], None],
) -> None:
    token = endpoint.new_token()
    chosen, notice = settings.read_settings()
    with Log(token, settings.log_path()) as log:
        if notice:
            _log.warning(notice)
        minutes = chosen.idle_minutes if idle_minutes is None else idle_minutes
        runtime = Runtime(REGISTRY, Limits(), log, minutes)
        server = Server(runtime, token)
        _watch(runtime, stdin_lifeline)
        controllers: OscSocket | None = None
        try:
            bound = await server.start(port)
            where = endpoint.write(bound, token)
            _log.info("engine %s listens at %s", __version__, where.address)
            say(f"Bandmate engine {__version__} listens at {where.address} (pid {where.pid}).")
            controllers = await _open_osc(runtime, osc, say) if osc else None
            loop = asyncio.get_running_loop()
            aside = [loop.create_task(each) for each in (runtime.warm_up(), endpoint.keep(where, lock.held))]
            await runtime.stopping.wait()
            _log.info("the engine ends: %s", runtime.reason)
            for task in aside:
                task.cancel()
        finally:
            endpoint.remove(token)
            if controllers:
                await controllers.close()
            await server.close()
            await runtime.close()


async def _open_osc(runtime: Runtime, osc: OscPorts, say: Callable[[str], None]) -> OscSocket | None:
    """Listen to controllers. Where that cannot be, the engine goes on without, and says so."""
    from bridge.osc.socket import OscSocket  # noqa: PLC0415 - python-osc is read by those who want it

    controllers = OscSocket(runtime, osc.reply)
    try:
        bound = await controllers.open(osc.listen)
    except OSError as problem:
        why = problem.strerror or type(problem).__name__
        line = f"OSC is off: port {osc.listen} cannot be opened ({why}). Choose another with --osc-port."
        _log.warning(line)
        say(line)
        return None
    _log.info("OSC is heard at %s:%d", endpoint.HOST, bound)
    say(f"OSC is heard at {endpoint.HOST}:{bound}; any program on this computer can drive Live by it.")
    return controllers


def _watch(runtime: Runtime, stdin_lifeline: bool) -> None:
    """End on signals, and with the parent when asked to."""
    loop = asyncio.get_running_loop()

    def stop(reason: str) -> None:
        with contextlib.suppress(RuntimeError):  # the loop may be gone already
            loop.call_soon_threadsafe(runtime.stop, reason)

    # signal.signal, not the loop's handlers: those do not exist on Windows.
    for name in ("SIGINT", "SIGTERM", "SIGBREAK", "SIGHUP"):
        if hasattr(signal, name):
            signal.signal(getattr(signal, name), lambda number, _: stop(f"signal {number}"))
    if stdin_lifeline:

        def wait_for_parent() -> None:
            with contextlib.suppress(OSError):
                # os.read, because a thread that sits in sys.stdin holds its lock at interpreter exit.
                while os.read(0, 4096):
                    pass
            stop("the parent process is gone")

        threading.Thread(target=wait_for_parent, name="lifeline", daemon=True).start()


def _be_polite(osc: OscPorts | None, say: Callable[[str], None]) -> int:
    """Another engine holds the lock: say where it is, once it really answers."""
    found = _answering()
    if found is None:
        say("Another Bandmate engine holds the lock but does not answer. End it, then try again.")
        return 1
    say(f"A Bandmate engine is already running at {found.address} (pid {found.pid}).")
    if osc:
        say(_about_osc(found))
    return 0


def _about_osc(found: Endpoint) -> str:
    """Say how the engine that runs stands to OSC."""
    from bridge.client import NoEngine, RemoteError, connect  # noqa: PLC0415 - as below

    port = 0
    with contextlib.suppress(NoEngine, RemoteError), connect(found, name="second engine", timeout=2.0) as client:
        port = client.call("engine.status").get("osc", 0)
    if port:
        return f"It hears OSC at {endpoint.HOST}:{port}."
    return "It runs without OSC: stop it (in the Hub, or bandmate call engine.stop), then start it with --osc."


def _answering() -> Endpoint | None:
    from bridge.client import NoEngine, RemoteError, connect  # noqa: PLC0415 - only the second engine needs it

    old: Endpoint | None = None
    for _ in range(3):
        found = endpoint.wait_for(_STARTING_SECONDS, since=old)
        if found is None:
            return None
        try:
            connect(found, name="second engine", timeout=2.0).close()
        except NoEngine:
            old = found  # left behind by a kill; the engine that holds the lock is about to write its own
        except RemoteError:
            return found  # an engine of another version: it turned us down, so it is awake
        else:
            return found
    return None


def _end_stuck_threads() -> None:
    """Leave even when a worker thread is still computing; the interpreter would wait for it."""
    busy = [each for each in threading.enumerate() if each.name.startswith("bandmate")]
    for thread in busy:
        thread.join(timeout=1.0)
    if any(each.is_alive() for each in busy):
        logging.shutdown()
        sys.stdout.flush()
        os._exit(0)
