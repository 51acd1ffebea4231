"""The websocket around the engine: who may connect, the hello, frames in and out.

Promises kept here: loopback only; 403 for any Origin (the allow-list is empty: no web page is a client);
421 for a Host that is not this socket, so that a name that was rebound to 127.0.0.1 leads nowhere; one
small message within two seconds before hello, else close 4401; bounded connections, frames and outboxes.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import http
import logging
import time
from typing import Any, cast

from websockets.asyncio.server import Server as WebSocketServer
from websockets.asyncio.server import ServerConnection, serve
from websockets.exceptions import ConnectionClosed
from websockets.http11 import Request, Response
from websockets.protocol import State

from bridge import PROTOCOL, errors, protocol
from bridge.endpoint import HOST
from bridge.runtime import Runtime
from bridge.session import Session

_log = logging.getLogger("bandmate")

_HOST_NAMES = (HOST, "localhost")
_CLOSE_SECONDS = 1.0
_FLUSH_SECONDS = 0.5


class _Connection(ServerConnection):
    """A connection known from its first moment, so that silent sockets count and end too."""

    def __init__(self, *args: Any, door: Door, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._door = door

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        super().connection_made(transport)
        self._door.arrived(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._door.left(self)
        super().connection_lost(exc)


class Door:
    """Connections that have not said hello: few, and not for long.

    When too many wait, the oldest is cut off: an honest client says hello at once and is never the
    oldest for long, so a flood of silent sockets cannot lock it out.
    """

    def __init__(self, seconds: float, most: int) -> None:
        self._seconds = seconds
        self._most = most
        self._waiting: dict[ServerConnection, asyncio.TimerHandle] = {}
        self._closing: set[asyncio.Task[None]] = set()

    def arrived(self, connection: ServerConnection) -> None:
        """Start the clock of a new connection."""
        if len(self._waiting) >= self._most:
            oldest = next(iter(self._waiting))
            self.left(oldest)
            oldest.transport.abort()
        loop = asyncio.get_running_loop()
        self._waiting[connection] = loop.call_later(self._seconds, self._late, connection)

    def left(self, connection: ServerConnection) -> None:
        """Stop the clock: the connection said hello, or is gone."""
        timer = self._waiting.pop(connection, None)
        if timer:
            timer.cancel()

    def _late(self, connection: ServerConnection) -> None:
        self._waiting.pop(connection, None)
        if connection.state is not State.OPEN:
            connection.transport.abort()
            return
        reason = f"no session.hello within {self._seconds:g} s"
        task = asyncio.get_running_loop().create_task(connection.close(errors.CLOSE_HELLO, reason))
        self._closing.add(task)
        task.add_done_callback(self._closing.discard)


class Server:
    """The socket of one engine.

    Args:
        runtime: The engine.
        token: The secret of session.hello.
    """

    def __init__(self, runtime: Runtime, token: str) -> None:
        self._runtime = runtime
        self._token = token
        self._door = Door(runtime.limits.hello_seconds, runtime.limits.pending)
        self._server: WebSocketServer | None = None
        self._lasting: set[asyncio.Task[None]] = set()
        self.port = 0

    async def start(self, port: int = 0) -> int:
        """Listen on 127.0.0.1.

        Args:
            port: 0 to 65535; 0 lets the system choose.

        Returns:
            The bound port.

        Raises:
            OSError: the port is taken.
        """
        limits = self._runtime.limits
        connection = functools.partial(_Connection, door=self._door)
        self._server = await serve(
            self._serve,
            HOST,
            port,
            compression=None,
            process_request=self._admit,
            server_header=None,
            open_timeout=limits.hello_seconds,
            # A Live that loads a large Set holds Max's main thread for long; a client there is not dead.
            ping_interval=30,
            ping_timeout=60,
            close_timeout=_CLOSE_SECONDS,
            max_size=limits.hello_bytes,
            create_connection=cast("type[ServerConnection]", connection),
            backlog=256,
        )
        self.port = int(self._server.sockets[0].getsockname()[1])
        return self.port

    async def close(self) -> None:
        """Say goodbye to everyone and stop listening."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(_FLUSH_SECONDS):
                for session in list(self._runtime.sessions.values()):
                    await session.flush()
        if self._server is not None:
            self._server.close(reason="the engine leaves")
            await self._server.wait_closed()

    def _admit(self, connection: ServerConnection, request: Request) -> Response | None:
        """Decide on a handshake; a Response turns it down."""
        headers = request.headers
        if headers.get_all("Origin"):
            return connection.respond(http.HTTPStatus.FORBIDDEN, "Web pages are not allowed here.\n")
        hosts = headers.get_all("Host")
        allowed = {f"{name}:{self.port}" for name in _HOST_NAMES}
        if len(hosts) != 1 or hosts[0].lower() not in allowed:
            return connection.respond(http.HTTPStatus.MISDIRECTED_REQUEST, "This is not that host.\n")
        if request.path != "/":
            return connection.respond(http.HTTPStatus.NOT_FOUND, "There is nothing here.\n")
        return None

    async def _serve(self, connection: ServerConnection) -> None:
        """Live through one connection."""
        try:
            session = await self._greet(connection)
            if session is not None:
                await self._attend(session, connection)
        except ConnectionClosed:
            pass
        except Exception:
            _log.exception("a connection failed")

    async def _greet(self, connection: ServerConnection) -> Session | None:
        """Hear the first message; answer a good one, close the rest."""
        runtime = self._runtime
        text = await connection.recv()
        self._door.left(connection)
        if not isinstance(text, str):
            await connection.close(errors.CLOSE_HELLO, "the first message must be session.hello")
            return None
        check = runtime.methods[protocol.HELLO].signature.check
        try:
            hello = protocol.authenticate(text, self._token, check, PROTOCOL, runtime.limits)
        except protocol.Rejected as rejected:
            _log.warning("a connection was turned down: %s", rejected.reason)
            if rejected.answer is not None:
                await connection.send(protocol.encode(rejected.answer), text=True)
            await connection.close(rejected.close, rejected.reason)
            return None
        if len(runtime.sessions) >= runtime.limits.sessions:
            await connection.close(errors.CLOSE_FULL, "too many clients")
            return None
        connection.protocol.max_message_size = runtime.limits.frame_bytes
        session = runtime.welcome(hello.params.client)
        session.post(protocol.success(hello.id, runtime.hello_result(session)))
        return session

    async def _attend(self, session: Session, connection: ServerConnection) -> None:
        """Read frames until the client leaves; answer each in its own task.

        What is worked out in a moment is done though whoever asked has gone: a device that is deleted tells last what
        it held back. All else ends with its client.
        """
        tasks: set[asyncio.Task[None]] = set()
        loop = asyncio.get_running_loop()
        writer = loop.create_task(self._write(session, connection))
        try:
            async for frame in connection:
                if not isinstance(frame, str):
                    await connection.close(1003, "text frames only")
                    break
                arrived = time.perf_counter()
                incoming = protocol.read(frame, session.limits)
                for answer in incoming.answers:
                    session.answered(answer)
                if incoming.requests or incoming.faults:
                    task = loop.create_task(self._runtime.answer(incoming, session, arrived))
                    kept = self._lasting if self._runtime.momentary(incoming) else tasks
                    kept.add(task)
                    task.add_done_callback(kept.discard)
                await session.room()
        finally:
            session.close()
            for task in (writer, *tasks):
                task.cancel()

    async def _write(self, session: Session, connection: ServerConnection) -> None:
        """Empty the outbox into the socket; cut off who takes nothing."""
        try:
            await session.write_to(lambda data: connection.send(data, text=True))
        except TimeoutError:
            _log.warning("%s does not read and is cut off", session.label)
            connection.transport.abort()
        except ConnectionClosed:
            pass
        finally:
            # The reading side may be waiting for room in an outbox that nobody will empty any more.
            session.close()
