"""One client that said hello: what waits to be sent to it, and what we asked of it."""

from __future__ import annotations

import asyncio
import itertools
from collections import deque
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from bridge import errors, protocol
from bridge.errors import BridgeError, LiveRefused, NoHub, TimedOut, TooMuch
from engine.settings import Limits

_Word = Annotated[str, Meta(max_length=100)]


class Client(msgspec.Struct, frozen=True):
    """Who a client says it is.

    Attributes:
        kind: "hub" can be asked about Live; the others only ask.
        name: For the log and for status views.
        version: Of the client.
        live: Version of Live, if it runs there.
        max: Version of Max, if it runs there.
    """

    kind: Literal["hub", "device", "cli", "osc", "test"]
    name: _Word = ""
    version: _Word = ""
    live: _Word = ""
    max: _Word = ""


class Welcome(msgspec.Struct, frozen=True):
    """The answer to a good hello.

    Attributes:
        protocol: Version of the wire.
        engine: Version of the engine.
        methods: Names of all methods.
        session: Names this connection in the log.
    """

    protocol: int
    engine: str
    methods: list[str]
    session: str


class Session:
    """One client.

    Messages to it wait in an outbox that `write_to` empties, so that nobody waits for a slow reader
    but the slow reader.

    Attributes:
        id: Unique in this engine's life.
        client: Who it says it is.
        limits: What it may ask of the engine.
        in_flight: Requests of it that wait for an answer.
        on_close: Called once when it is gone.
    """

    def __init__(self, session_id: str, client: Client, limits: Limits) -> None:
        self.id = session_id
        self.client = client
        self.in_flight = 0
        self.on_close: list[Callable[[], None]] = []
        self.limits = limits
        self._outbox: deque[tuple[bytes, Callable[[], None] | None]] = deque()
        self._waiting_bytes = 0
        self._filled = asyncio.Event()
        self._emptied = asyncio.Event()
        self._emptied.set()
        self._asked: dict[str, asyncio.Future[Any]] = {}
        self._numbers = itertools.count(1)
        self.closed = False

    @property
    def label(self) -> str:
        """The client in a few printable words, for the log."""
        words = " ".join(filter(None, (self.client.name, self.client.version)))
        return f"{self.id} {self.client.kind} {''.join(c for c in words if c.isprintable())}".rstrip()

    @property
    def full(self) -> bool:
        """True while the client takes too little of what we send."""
        return self._waiting_bytes > self.limits.outbox_bytes

    def post(self, message: Any, sent: Callable[[], None] | None = None) -> None:
        """Put a message, or a batch of messages, in the outbox.

        Args:
            message: What is sent.
            sent: Called once the socket has taken it.
        """
        if self.closed:
            return
        data = protocol.encode(message)
        self._outbox.append((data, sent))
        self._waiting_bytes += len(data)
        self._filled.set()
        self._emptied.clear()

    def notify(self, method: str, params: Any, *, may_drop: bool = False) -> None:
        """Tell the client something.

        Args:
            method: `namespace.verb`.
            params: The notification's content.
            may_drop: Leave it out when the client is behind (progress: the next one says more).
        """
        if not (may_drop and self.full):
            self.post(protocol.notification(method, params))

    async def room(self) -> None:
        """Wait until the outbox is below its limit. Who does not read is not read from."""
        while self.full:
            self._emptied.clear()
            await self._emptied.wait()

    async def flush(self) -> None:
        """Wait until all is handed to the socket."""
        while self._outbox or self._waiting_bytes:
            self._emptied.clear()
            await self._emptied.wait()

    async def write_to(self, send: Callable[[bytes], Awaitable[None]]) -> None:
        """Send what is posted, in order, until cancelled.

        Args:
            send: Sends one text frame; waits while the socket is full.

        Raises:
            TimeoutError: the client took nothing for `stall_seconds`.
        """
        while True:
            while self._outbox:
                data, sent = self._outbox.popleft()
                async with asyncio.timeout(self.limits.stall_seconds):
                    await send(data)
                if sent is not None:
                    sent()
                self._waiting_bytes -= len(data)
                if not self._outbox or not self.full:
                    self._emptied.set()
            self._filled.clear()
            await self._filled.wait()

    async def ask(self, method: str, params: Any, seconds: float) -> Any:
        """Call a method of the client (reverse JSON-RPC).

        Requests leave in the order of the calls.

        Args:
            method: `namespace.verb`.
            params: An object with the parameters.
            seconds: How long to wait.

        Returns:
            What the client answered.

        Raises:
            TimedOut: no answer in time; a later one is ignored.
            LiveRefused: the client answered with an error.
            NoHub: the client left meanwhile.
            TooMuch: too many questions to this client wait already.
        """
        if len(self._asked) >= self.limits.in_flight:
            raise TooMuch("Too many questions to Live wait already")
        number = f"e{next(self._numbers)}"
        future: asyncio.Future[Any] = asyncio.get_running_loop().create_future()
        self._asked[number] = future
        try:
            self.post({"jsonrpc": "2.0", "method": method, "params": params, "id": number})
            async with asyncio.timeout(seconds):
                return await future
        except TimeoutError:
            hint = "Live is perhaps busy or shows a dialog. Try again."
            raise TimedOut(f"Live did not answer within {seconds:g} s", hint) from None
        finally:
            self._asked.pop(number, None)

    def answered(self, message: dict[str, Any]) -> None:
        """Take an answer to one of our requests; one nobody waits for is dropped."""
        key = message["id"]
        future = self._asked.get(key) if isinstance(key, str) else None
        if future is None or future.done():
            return
        if "error" in message:
            future.set_exception(_refusal(message["error"]))
        else:
            future.set_result(message["result"])

    def close(self) -> None:
        """Forget the client: nothing is sent any more, and who waits for it is told."""
        if self.closed:
            return
        self.closed = True
        self._outbox.clear()
        self._waiting_bytes = 0
        self._emptied.set()
        for future in self._asked.values():
            if not future.done():
                future.set_exception(NoHub("The Bandmate Hub left before Live answered"))
        for react in self.on_close:
            react()


def _refusal(error: Any) -> BridgeError:
    """Turn the error a hub sent into ours; what it says is shown, so it is cut and scrubbed."""
    content = error if isinstance(error, dict) else {}
    message = content.get("message")
    data = content.get("data")
    hint = data.get("hint") if isinstance(data, dict) else None
    if not isinstance(hint, str):
        hint = message if isinstance(message, str) else "The Hub gave no reason."
    said = message if isinstance(message, str) else "Live refused"
    return LiveRefused(errors.scrub(said[:300]), errors.scrub(hint[:300]))
