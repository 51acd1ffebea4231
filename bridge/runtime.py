"""The parts of one running engine, and what happens when clients come and go. No socket here."""

from __future__ import annotations

import asyncio
import itertools
import logging
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from bridge import PROTOCOL, __version__, protocol
from bridge.answer_times import Answers
from bridge.call import Call
from bridge.ears import Ears
from bridge.errors import Busy, to_wire
from bridge.jobs import Jobs
from bridge.live import Live
from bridge.log import Log
from bridge.protocol import Incoming
from bridge.registry import Method, Registry
from bridge.session import Client, Session, Welcome
from bridge.tasting.ahead import Ahead
from bridge.tasting.steering import Streams
from bridge.tasting.takes import TakeKeeper
from bridge.watching import Watching
from engine import collector
from engine.settings import Limits

if TYPE_CHECKING:
    from bridge.dispatch import Dispatcher
    from engine.compose.own.shelf import Shelf

_log = logging.getLogger("bandmate")

_BREATH = 0.02
"""Seconds between two steps of the rehearsal: who presses meanwhile should find the interpreter free."""

_COURTESY = 2.0
"""Seconds for which the warm-up stands back, all in all, while somebody waits for an answer."""

_THREADS = 2  # plain methods compute for a few milliseconds; more threads only wait for the interpreter

# What music waits for stands in a line of its own. One thread: of two that share the interpreter both are late.
_STAGE = 1


class Runtime:
    """One running engine.

    Args:
        methods: The closed list of methods.
        limits: What clients may ask of it.
        log: Its log.
        idle_minutes: It asks to stop after this long without a client; 0 for never.

    Attributes:
        sessions: Clients that said hello, by session id.
        jobs: Long work.
        ears: What is remembered of files.
        live: Questions to Live.
        takes: Takes and ratings; opened from threads only.
        ahead: Takes that are drawn before anybody asks for them.
        streams: What the knobs mean in the parts that play along.
        watching: Who wants to hear what changes in Live.
        answers: How long answers took.
        osc_port: UDP port that OSC is heard on; 0 while it is off.
        stopping: Set when the engine shall end.
        reason: Why it ends, in words for the log.
    """

    def __init__(self, methods: Registry, limits: Limits, log: Log, idle_minutes: float = 0.0) -> None:
        self.methods = methods
        self.limits = limits
        self.log = log
        self.idle_minutes = idle_minutes
        self.sessions: dict[str, Session] = {}
        self.jobs = Jobs(limits)
        self.ears = Ears()
        self.live = Live(limits.live_seconds)
        self.watching = Watching(self.live)
        self.takes = TakeKeeper()
        self.ahead = Ahead(self.takes.prepare)
        self.takes.turned = lambda: self.ahead.nudge()  # noqa: PLW0108 - tests put another in its place
        self.streams = Streams()
        self.answers = Answers()
        self.osc_port = 0
        self.stopping = asyncio.Event()
        self.reason = ""
        self.started = time.monotonic()
        self._shelf: Shelf | None = None
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="bandmate")
        self._stage = ThreadPoolExecutor(_STAGE, thread_name_prefix="bandmate-stage")
        self._dispatcher: asyncio.Task[Dispatcher] | None = None
        self._loaded: set[Method] = set()
        self._loading = asyncio.Lock()
        self._courtesy = _COURTESY
        self._numbers = itertools.count(1)
        self._idle: asyncio.TimerHandle | None = None
        self._watch_idle()
        # Of the others the types are met aside: all of them together are a good part of a start.
        methods[protocol.HELLO].resolve()

    @property
    def shelf(self) -> Shelf:
        """Styles learnt from the user's own music; the first look opens the store, so look from a thread."""
        if self._shelf is None:
            from engine.compose.own.shelf import Shelf  # noqa: PLC0415 - SQLite, on first use
            from engine.store import own_store  # noqa: PLC0415

            self._shelf = Shelf(own_store())
        return self._shelf

    def stop(self, reason: str) -> None:
        """Ask the engine to end.

        Args:
            reason: Why, for the log.
        """
        if not self.stopping.is_set():
            self.reason = reason
            self.stopping.set()

    def welcome(self, client: Client) -> Session:
        """Take in a client whose hello was good."""
        session = Session(f"s{next(self._numbers)}", client, self.limits)
        self.sessions[session.id] = session
        session.on_close.append(lambda: self._gone(session))
        self.live.joined(session)
        self.watching.joined(session)
        self._watch_idle()
        _log.info("%s said hello", session.label)
        return session

    def tell_devices(self, method: str, params: Any) -> None:
        """Tell every device in Live something that is no answer.

        Args:
            method: `namespace.verb`.
            params: The notification's content.
        """
        for session in self.sessions.values():
            if session.client.kind == "device":
                session.notify(method, params)

    def hello_result(self, session: Session) -> Welcome:
        """Return the answer to a good hello."""
        return Welcome(PROTOCOL, __version__, list(self.methods), session.id)

    def momentary(self, incoming: Incoming) -> bool:
        """Say whether all of a frame is asked of methods that compute for a moment and wait for nobody."""
        methods = (self.methods.get(request["method"]) for request in incoming.requests)
        return all(method is not None and not method.is_async for method in methods)

    async def answer(self, incoming: Incoming, session: Session, arrived: float | None = None) -> None:
        """Answer one frame of a client.

        Args:
            incoming: The sorted frame.
            session: Whose it is.
            arrived: When it was read, on the clock of `time.perf_counter`; None where nobody wants to know.
        """
        call = Call(self, session)
        self.ahead.disturb()
        if self.stopping.is_set():
            error = to_wire(Busy("The engine is stopping"))
            answers = [protocol.failure(each["id"], error) for each in incoming.requests if "id" in each]
        elif incoming.requests:
            dispatcher = await self._dispatching()
            answers = await dispatcher(incoming.requests, call)
        else:
            answers = []
        self.ahead.disturb()
        answers = incoming.faults + answers
        if answers:
            session.post(answers if incoming.batch else answers[0], self._timed(incoming, arrived))
        for action in call.after_reply:
            action()

    def _timed(self, incoming: Incoming, arrived: float | None) -> Callable[[], None] | None:
        """What is to be done once the answer is sent; None for a batch, whose requests wait for each other."""
        method = incoming.requests[0]["method"] if incoming.requests and not incoming.batch else ""
        if arrived is None or method not in self.methods:
            return None
        return lambda: self.answers.sent(method, time.perf_counter() - arrived)

    async def warm_up(self) -> None:
        """Import and load what requests need, aside, while clients are served already.

        What the first requests wait for comes first; the rest is done in steps that nobody waits for.
        """
        await self._dispatching()
        await asyncio.get_running_loop().run_in_executor(self._threads, self._resolve_light)
        for method in self.methods.values():
            if method.needs:
                await self._stand_back()
                try:
                    await self.load(method)
                except Exception:
                    _log.exception("%s cannot be used", method.name)
        if self._loaded:
            await asyncio.get_running_loop().run_in_executor(self._threads, self.takes.open)
            await self._rehearse()
        # Looking for garbage in the middle of a request was a good part of the slowest answers.
        collector.settle()

    async def _stand_back(self) -> None:
        """Wait while somebody waits for an answer: what he needs is loaded for him, the rest would only hold him up.

        A part that plays on after its engine came again is not to wait for what nobody has asked for.
        """
        while self._courtesy > 0 and any(each.in_flight for each in self.sessions.values()):
            self._courtesy -= _BREATH
            await asyncio.sleep(_BREATH)

    async def load(self, method: Method) -> None:
        """Import what a method of the engine needs, and the tables behind it; at once when that was done.

        Who comes meanwhile waits, so that nothing is loaded twice.

        Args:
            method: One with `needs`.
        """
        if method in self._loaded:
            return
        async with self._loading:
            if method not in self._loaded:
                loop = asyncio.get_running_loop()
                await loop.run_in_executor(self._threads, _load, method, not self._loaded)
                self._loaded.add(method)

    async def close(self) -> None:
        """End all work."""
        if self._idle:
            self._idle.cancel()
        await self.jobs.close()
        self.ears.close()
        for session in list(self.sessions.values()):
            session.close()
        for threads in (self._threads, self._stage):
            threads.shutdown(wait=False, cancel_futures=True)
        await asyncio.to_thread(self.ahead.close)
        await asyncio.to_thread(self.takes.close)

    async def _dispatching(self) -> Dispatcher:
        """Return the dispatcher; who comes while it loads waits in line, so that frames keep their order."""
        if self._dispatcher is None:
            self._dispatcher = asyncio.get_running_loop().create_task(self._load_dispatcher())
        # A turn of the event loop is a good part of what a small request costs.
        return self._dispatcher.result() if self._dispatcher.done() else await asyncio.shield(self._dispatcher)

    async def _load_dispatcher(self) -> Dispatcher:
        make = await asyncio.get_running_loop().run_in_executor(self._threads, _import_dispatcher)
        return make(self.methods, self.limits, self._threads, self._stage)

    def _resolve_light(self) -> None:
        for method in self.methods.values():
            if not method.needs:
                method.resolve()

    async def _rehearse(self) -> None:
        from engine import compose  # noqa: PLC0415 - see _load

        steps = compose.rehearse()
        loop = asyncio.get_running_loop()
        while True:
            style = await loop.run_in_executor(self._threads, next, steps, None)
            if style is None:
                return
            # Takes that nobody has asked for yet can wait for the tables.
            self.ahead.disturb()
            await asyncio.sleep(_BREATH)

    def _gone(self, session: Session) -> None:
        self.sessions.pop(session.id, None)
        self.ahead.leave(session.id)
        self._watch_idle()
        _log.info("%s left", session.label)

    def _watch_idle(self) -> None:
        if self._idle:
            self._idle.cancel()
            self._idle = None
        if not self.sessions and self.idle_minutes > 0:
            words = f"no client for {self.idle_minutes:g} minutes"
            self._idle = asyncio.get_running_loop().call_later(self.idle_minutes * 60, self.stop, words)


def _import_dispatcher() -> type[Dispatcher]:
    from bridge.dispatch import Dispatcher  # noqa: PLC0415 - slow to import; see there

    return Dispatcher


def _load(method: Method, first: bool) -> None:
    from engine import compose  # noqa: PLC0415 - loads the music tables; the engine listens already

    method.resolve()
    if first:
        compose.warm()
