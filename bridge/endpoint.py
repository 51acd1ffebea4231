"""Where the engine listens: the file that tells clients, and the rule of one engine per user.

The running engine holds a lock that dies with its process, so a file left behind by `kill -9` is
simply overwritten by the next engine; no process number is ever trusted. The file itself is mode 0600,
appears whole, is put back while its engine runs (a cleaner of disks would otherwise hide that engine until
its end), and is removed at the end only by the engine whose token it holds.
"""

from __future__ import annotations

import asyncio
import contextlib
import hmac
import logging
import os
import secrets
import stat
import time
from collections.abc import Callable
from datetime import UTC, datetime

import msgspec

from bridge import PROTOCOL, __version__
from engine import settings, typed
from engine.files import write_whole

_log = logging.getLogger("bandmate")

HOST = "127.0.0.1"
"""The only address this engine listens on. It is no option, so that it cannot be opened by mistake."""


class Endpoint(msgspec.Struct, frozen=True, kw_only=True):
    """How to reach a running engine.

    Attributes:
        port: TCP port on 127.0.0.1, 1 to 65535.
        token: 32 random bytes in hexadecimal; the secret of session.hello.
        pid: The engine's process, for people; nothing relies on it.
        protocol: Version of the wire.
        started: UTC time, ISO 8601.
        version: Of the engine.
    """

    port: int
    token: str
    pid: int
    protocol: int = PROTOCOL
    started: str = ""
    version: str = __version__

    @property
    def address(self) -> str:
        """The websocket's address. It never holds the token."""
        return f"ws://{HOST}:{self.port}/"

    def __repr__(self) -> str:
        return f"Endpoint({self.address}, pid={self.pid}, token=...)"


def new_token() -> str:
    """Return 32 random bytes in hexadecimal."""
    return secrets.token_hex(32)


def write(port: int, token: str) -> Endpoint:
    """Say where this process listens.

    Args:
        port: The bound port.
        token: The secret clients must say.

    Returns:
        What was written.
    """
    started = datetime.now(UTC).isoformat(timespec="seconds")
    endpoint = Endpoint(port=port, token=token, pid=os.getpid(), started=started)
    _put(endpoint)
    return endpoint


def _put(endpoint: Endpoint) -> None:
    settings.make_home()
    write_whole(settings.endpoint_path(), msgspec.json.encode(endpoint) + b"\n", durable=False)


async def keep(endpoint: Endpoint, rightful: Callable[[], bool], seconds: float = 2.0) -> None:
    """Put the endpoint file back whenever it is gone or says something else, until cancelled.

    Args:
        endpoint: What it shall say.
        rightful: Whether the file is still ours to write: one engine holds the lock.
        seconds: Between two looks. A look costs some microseconds.
    """
    known: tuple[int, ...] | None = None
    said = ""
    while True:
        # The look comes before the reading: what changes in between is seen by the next look.
        now = _look()
        if now is not None and now != known and read() == endpoint:
            known = now
        elif now is None or now != known:
            try:
                if rightful():
                    _put(endpoint)
                    _log.warning("endpoint.json was gone or changed; it was written anew")
            except OSError as problem:
                words = problem.strerror or type(problem).__name__
                if words != said:  # once, not every few seconds
                    _log.warning("endpoint.json cannot be written: %s", words)
                said = words
        await asyncio.sleep(seconds)


def _look() -> tuple[int, ...] | None:
    try:
        about = settings.endpoint_path().lstat()
    except OSError:
        return None
    return about.st_ino, about.st_mtime_ns, about.st_size, about.st_mode


def read() -> Endpoint | None:
    """Return what the endpoint file says, or None when there is none that can be used.

    A file of another user is not used: it could lead a client to somebody else's socket.
    """
    path = settings.endpoint_path()
    try:
        with path.open("rb") as file:
            about = os.fstat(file.fileno())
            if not stat.S_ISREG(about.st_mode) or (hasattr(os, "getuid") and about.st_uid != os.getuid()):
                return None
            found = typed.decode(file.read(4096), Endpoint)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    return found if 0 < found.port < 65536 else None


def remove(token: str) -> None:
    """Remove the endpoint file if it is still ours.

    Args:
        token: The secret of the engine that leaves.
    """
    found = read()
    if found is not None and hmac.compare_digest(found.token.encode(), token.encode()):
        with contextlib.suppress(OSError):
            settings.endpoint_path().unlink()


def wait_for(seconds: float, since: Endpoint | None = None) -> Endpoint | None:
    """Wait for an engine to say where it listens.

    Args:
        seconds: How long.
        since: An endpoint known to be old; only another one counts.

    Returns:
        The endpoint, or None when the time is over.
    """
    deadline = time.monotonic() + seconds
    while True:
        found = read()
        if found is not None and (since is None or found.token != since.token):
            return found
        if time.monotonic() > deadline:
            return None
        time.sleep(0.01)
