"""A client of the engine: for the command line, for tests and for benchmarks.

async with await Client.connect(kind="cli") as client:
    take = await client.call("compose.chords", key="D minor", bars=8)

with connect(kind="cli") as client:           # the same without asyncio
    print(client.call("engine.status"))
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import msgspec
from websockets.asyncio.client import ClientConnection
from websockets.asyncio.client import connect as open_socket
from websockets.exceptions import ConnectionClosed

from bridge import PROTOCOL, __version__, endpoint, protocol
from bridge.endpoint import Endpoint
from bridge.errors import BridgeError, to_wire

Reverse = Callable[..., Any]


class RemoteError(Exception):
    """The engine answered with an error.

    Attributes:
        code: Its number, see `bridge.errors`.
        message: One sentence.
        hint: What to do about it.
        data: All the engine said about it.
    """

    def __init__(self, error: Mapping[str, Any]) -> None:
        self.code = int(error["code"])
        self.message = str(error["message"])
        self.data = error.get("data") or {}
        self.hint = str(self.data.get("hint", "")) if isinstance(self.data, dict) else ""
        super().__init__(f"{self.message} ({self.code}). {self.hint}".strip())


class NoEngine(Exception):  # noqa: N818 - reads as what it is
    """There is no engine to talk to, or it went away."""


class Client:
    """One connection to a running engine that said hello. Made by `Client.connect`.

    Attributes:
        welcome: What the engine answered to the hello.
        notifications: What the engine told without being asked, as (method, params), in order.
    """

    def __init__(self, socket: ClientConnection, reverse: Mapping[str, Reverse]) -> None:
        self._socket = socket
        self._reverse = reverse
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[Any]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self.notifications: asyncio.Queue[tuple[str, Any]] = asyncio.Queue()
        self.welcome: dict[str, Any] = {}
        self._reader = asyncio.get_running_loop().create_task(self._read())

    @classmethod
    async def connect(
        cls,
        where: Endpoint | None = None,
        *,
        kind: str = "cli",
        name: str = "",
        reverse: Mapping[str, Reverse] | None = None,
        timeout: float = 5.0,  # noqa: ASYNC109 - covers several steps, for callers without asyncio too
    ) -> Client:
        """Connect and say hello.

        Args:
            where: The engine; None reads the endpoint file.
            kind: "cli", "device", "hub" or "test".
            name: For the engine's log.
            reverse: Methods the engine may call here (`live.*` for a hub); plain or coroutine functions
                that take the parameters by name.
            timeout: Seconds for all of it.

        Raises:
            NoEngine: no engine runs, or it closed the connection without a word.
            RemoteError: it turned the hello down and said why: it speaks another protocol.
        """
        found = where or endpoint.read()
        if found is None:
            raise NoEngine("No engine is running.")
        try:
            async with asyncio.timeout(timeout):
                # No proxy: the environment must not send a local secret through a stranger.
                socket = await open_socket(found.address, compression=None, proxy=None, max_size=None)
                client = cls(socket, reverse or {})
                who = {"kind": kind, "name": name or "bandmate", "version": __version__}
                hello = {"token": found.token, "protocol": PROTOCOL, "client": who}
                client.welcome = await client.call(protocol.HELLO, **hello)
        except (OSError, TimeoutError, ConnectionClosed) as problem:
            raise NoEngine(f"No engine answers at {found.address}.") from problem
        return client

    async def __aenter__(self) -> Client:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def call(self, method: str, /, **params: Any) -> Any:
        """Call a method and wait for its result.

        Args:
            method: `namespace.verb`.
            params: Its parameters, by name.

        Raises:
            RemoteError: the engine answered with an error.
            NoEngine: the engine went away.
        """
        number = next(self._numbers)
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._waiting[number] = future
        try:
            await self.send({"jsonrpc": "2.0", "method": method, "params": params, "id": number})
            return await future
        finally:
            self._waiting.pop(number, None)

    async def wait(self, job: str, *, progress: Callable[[int, int, str], None] | None = None) -> Any:
        """Wait for the result of a job this client started.

        Args:
            job: Its id, from the method that started it.
            progress: Called with (done, total, text) as the job goes on.

        Raises:
            RemoteError: the job failed or was cancelled.
            NoEngine: the engine went away.
        """
        while True:
            name, said = await self.heard()
            if said.get("job") != job:
                continue
            if name == "job.progress":
                if progress is not None:
                    progress(said["done"], said["total"], said["text"])
            elif "error" in said:
                raise RemoteError(said["error"])
            else:
                return said["result"]

    async def heard(self) -> tuple[str, Any]:
        """Wait for the next notification.

        Returns:
            Its method and params.

        Raises:
            NoEngine: the engine went away.
        """
        waiting = asyncio.ensure_future(self.notifications.get())
        await asyncio.wait({waiting, self._reader}, return_when=asyncio.FIRST_COMPLETED)
        if waiting.done():
            return waiting.result()
        waiting.cancel()
        raise NoEngine("The engine went away.")

    async def notify(self, method: str, /, **params: Any) -> None:
        """Tell the engine something, without an answer."""
        await self.send(protocol.notification(method, params))

    async def send(self, message: Any) -> None:
        """Send a message, or a batch, as it is.

        Raises:
            NoEngine: the engine went away.
        """
        try:
            await self._socket.send(msgspec.json.encode(message), text=True)
        except ConnectionClosed:
            raise NoEngine("The engine went away.") from None

    async def close(self) -> None:
        """Say goodbye."""
        await self._socket.close()
        self._reader.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await self._reader

    async def _read(self) -> None:
        try:
            async for text in self._socket:
                content = msgspec.json.decode(text)
                for message in content if isinstance(content, list) else [content]:
                    self._take(message)
        except ConnectionClosed:
            pass
        finally:
            for future in self._waiting.values():
                if not future.done():
                    code, reason = self._socket.close_code, self._socket.close_reason
                    future.set_exception(NoEngine(f"The engine closed the connection: {code} {reason or ''}".strip()))

    def _take(self, message: dict[str, Any]) -> None:
        if "method" in message:
            if "id" in message:
                task = asyncio.get_running_loop().create_task(self._answer(message))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
            else:
                self.notifications.put_nowait((message["method"], message.get("params")))
            return
        future = self._waiting.get(message.get("id"))  # type: ignore[arg-type]  # None finds nothing
        if future is None or future.done():
            return
        if "error" in message:
            future.set_exception(RemoteError(message["error"]))
        else:
            future.set_result(message["result"])

    async def _answer(self, message: dict[str, Any]) -> None:
        function = self._reverse.get(message["method"])
        try:
            if function is None:
                raise BridgeError(f"{message['method']} is not known here", "Update Bandmate.")  # noqa: TRY301
            result = function(**message.get("params", {}))
            answer = protocol.success(message["id"], await result if isinstance(result, Awaitable) else result)
        except Exception as problem:  # whatever it is, the engine waits for an answer
            answer = protocol.failure(message["id"], to_wire(problem))
        with contextlib.suppress(NoEngine):
            await self.send(answer)


class SyncClient:
    """A `Client` for code without asyncio. Made by `connect`."""

    def __init__(self, runner: asyncio.Runner, client: Client) -> None:
        self._runner = runner
        self._client = client
        self.welcome = client.welcome

    def __enter__(self) -> SyncClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def call(self, method: str, /, **params: Any) -> Any:
        """Call a method and wait for its result; raises as `Client.call` does."""
        return self._runner.run(self._client.call(method, **params))

    def wait(self, job: str, *, progress: Callable[[int, int, str], None] | None = None) -> Any:
        """Wait for the result of a job this client started; raises as `Client.wait` does."""
        return self._runner.run(self._client.wait(job, progress=progress))

    def close(self) -> None:
        """Say goodbye."""
        self._runner.run(self._client.close())
        self._runner.close()


def connect(where: Endpoint | None = None, *, kind: str = "cli", name: str = "", timeout: float = 5.0) -> SyncClient:
    """Connect to the engine and say hello, without asyncio.

    Args:
        where: The engine; None reads the endpoint file.
        kind: "cli", "device", "hub" or "test".
        name: For the engine's log.
        timeout: Seconds for all of it.

    Raises:
        NoEngine: as for `Client.connect`.
        RemoteError: as for `Client.connect`.
    """
    runner = asyncio.Runner()
    try:
        return SyncClient(runner, runner.run(Client.connect(where, kind=kind, name=name, timeout=timeout)))
    except BaseException:
        runner.close()
        raise
