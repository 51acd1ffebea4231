"""From messages to questions and back: what stands between the UDP socket and the engine.

A message becomes a request as it would come by the websocket, with the same checks, limits and words. All that the
engine says to the session, answers and notifications, comes out of its outbox and goes to who asked or listens.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import Callable
from typing import Any

import msgspec

from bridge import __version__
from bridge.errors import scrub
from bridge.osc import feedback
from bridge.osc.caller import Caller
from bridge.osc.gate import Gate
from bridge.osc.listeners import Address, Listeners
from bridge.osc.orders import Order, Orders, Unknown
from bridge.osc.packet import Message, OscLimits, Refused, read, write
from bridge.osc.table import ACK, REPLY, SPECIAL, TOLD
from bridge.runtime import Runtime
from bridge.watching import CHANGED, LiveWish

_log = logging.getLogger("bandmate")

_NEAR_PER_SECOND = 8.0  # wrong addresses that are told the right one
_MOST_JOBS = 64  # whose progress is still told to who began them
_WORDS = 300  # characters of an ack's words and hint
_NO_HUB = -32005
_SAME = {"bpm": "tempo", "beat": "time"}  # what is told back under another name than it is given by

Send = Callable[[bytes, Address], None]


class Bridge:
    """What stands between a UDP socket and the engine.

    Args:
        runtime: The engine.
        send: Sends a datagram to an address.
        limits: How much may come.
        now: Seconds that only go forward.
    """

    def __init__(
        self,
        runtime: Runtime,
        send: Send,
        limits: OscLimits | None = None,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self._runtime = runtime
        self._send = send
        self._limits = limits or OscLimits()
        self._now = now
        self._orders = Orders(runtime.methods)
        self._listeners = Listeners(self._limits, now)
        self._gate = Gate(self._limits.per_second, self._limits.burst, now)
        self._near = Gate(_NEAR_PER_SECOND, _NEAR_PER_SECOND, now)
        self._caller = Caller(runtime, self._told, self._may_leave, self._limits.quiet / 4)
        self._newest: dict[str, tuple[Order, Address] | None] = {}
        self._jobs: dict[str, Address] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._timers: set[asyncio.TimerHandle] = set()
        self._heard = 0.0

    def take(self, datagram: bytes, sender: Address) -> None:
        """Take a datagram; whatever it is, nothing is raised.

        Args:
            datagram: As it came.
            sender: Where acks go.
        """
        if not self._gate.admit():
            if self._gate.once("flood"):
                self._ack(sender, "", "err", "Too many packets at once", "Send fewer: what is too much is dropped.")
            return
        try:
            messages = read(datagram, self._limits)
        except Refused as problem:
            self._complain(sender, problem)
            return
        self._heard = self._now()
        self._listeners.renew(sender)
        for message in messages:
            self._due(message, sender)

    async def close(self) -> None:
        """End all that waits and leave the engine."""
        for timer in self._timers:
            timer.cancel()
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await self._caller.close()

    def _complain(self, sender: Address, problem: Refused) -> None:
        """Say what was wrong with a packet, but not as often as wrong packets can come."""
        if self._gate.calm or self._gate.once("wrong"):
            self._ack(sender, problem.address, "err", str(problem), problem.hint)

    def _due(self, message: Message, sender: Address) -> None:
        """Do what is due now, and put off what is meant for later."""
        wait = message.when - time.time() if message.when else 0.0
        if wait <= 0:
            self._start(self._do(message, sender))
        elif wait > self._limits.ahead or len(self._timers) >= self._limits.waiting:
            words = (
                "That is meant for too late" if wait > self._limits.ahead else "Too many messages wait for their time"
            )
            hint = f"A bundle may wait {self._limits.ahead:g} s, and {self._limits.waiting} messages together."
            self._ack(sender, message.address, "err", words, hint)
        else:

            def begin() -> None:
                self._timers.discard(timer)
                self._start(self._do(message, sender))

            timer = asyncio.get_running_loop().call_later(wait, begin)
            self._timers.add(timer)

    def _start(self, work: Any) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _do(self, message: Message, sender: Address) -> None:
        try:
            await self._act(message, sender)
        except Unknown as problem:
            # In a thread and seldom: the search would hold the loop when many come.
            near = await asyncio.to_thread(self._orders.near, message.address) if self._near.admit() else ""
            self._ack(sender, message.address, "err", str(problem), near + problem.hint)
        except Refused as problem:
            self._ack(sender, message.address, "err", str(problem), problem.hint)
        except Exception:  # a fault of ours: the controller hears of it, the engine goes on
            _log.exception("an OSC message to %s failed", message.address)
            self._ack(sender, message.address, "err", "A fault in the engine", "engine.log has it.")

    async def _act(self, message: Message, sender: Address) -> None:
        method = self._orders.method_of(message)
        if method and method.needs:
            await self._runtime.load(method)  # in a thread; reading its parameters here would load it in the loop
        special = {
            "/sergik/test": self._test,
            "/sergik/generate": self._generate,
            "/bandmate/subscribe": self._subscribe,
            "/bandmate/unsubscribe": self._unsubscribe,
        }.get(message.address)
        if special:
            self._ack(sender, message.address, "ok", await special(message, sender))
            return
        order = self._orders.action(message) if message.address in SPECIAL else self._orders.read(message)
        if order is None:
            self._ack(sender, message.address, "ok", "Let go")
        elif order.key:
            await self._newest_only(order, sender)
        else:
            await self._answer(order, sender)

    async def _newest_only(self, order: Order, sender: Address) -> None:
        """While Live takes one value of a fader, only the newest of those that come waits."""
        if order.key in self._newest:
            overtaken = self._newest[order.key]
            self._newest[order.key] = (order, sender)
            if overtaken:
                self._ack(overtaken[1], overtaken[0].address, "ok", "A newer value took its place")
            return
        following: tuple[Order, Address] | None = (order, sender)
        try:
            while following:
                self._newest[order.key] = None
                try:
                    await self._answer(*following)
                except Refused as problem:
                    self._ack(following[1], following[0].address, "err", str(problem), problem.hint)
                following = self._newest[order.key]
        finally:
            del self._newest[order.key]

    async def _answer(self, order: Order, sender: Address) -> None:
        result = await self._caller.ask(order.method, order.params)
        if isinstance(result, dict) and isinstance(result.get("job"), str):
            self._jobs[result["job"]] = sender
            while len(self._jobs) > _MOST_JOBS:
                del self._jobs[next(iter(self._jobs))]
        if order.tells and not self._whole(REPLY, order.address, result, sender):
            raise Refused("The answer is too long for OSC", "Ask by the websocket, or for less.")
        self._ack(sender, order.address, "ok", _said(order, result))

    async def _may_leave(self) -> bool:
        """Forget listeners whose lease is over; return whether nobody needs the engine by OSC any more."""
        if self._listeners.expire():
            with contextlib.suppress(Refused):
                await self._wish()
        return self._now() - self._heard >= self._limits.quiet and not len(self._listeners) and not self._jobs

    def _told(self, method: str, params: Any) -> None:
        """Hand on what the engine says unasked, to who listens or began the job."""
        if method == CHANGED:
            for change in params["changes"]:
                wish = LiveWish(**change["wish"])
                for address, args in feedback.messages(wish, change["value"]):
                    for listener in self._listeners.of(wish):
                        if self._listeners.is_news(listener, address, args):
                            self._send(write(address, args), listener)
        elif (job := params.get("job")) in self._jobs:
            self._whole(TOLD, method, params, self._jobs[job])
            if method == "job.done":
                del self._jobs[job]

    async def _test(self, _message: Message, _sender: Address) -> str:
        try:
            song = await self._caller.ask("live.song", {})
        except Refused as problem:
            return f"Bandmate {__version__} hears you; Live is not reached: {problem}"
        return f"Bandmate {__version__} hears you; Live is at {song['tempo']:g} beats per minute"

    async def _generate(self, message: Message, _sender: Address) -> str:
        order, place = self._orders.generate(message)
        take = await self._caller.ask(order.method, order.params)
        name = f"Bandmate {order.method.partition('.')[2].title()}"
        params = {"notes": take["notes"], "length": take["length"], "name": name, **place}
        done = await self._caller.ask("live.write", params)
        where = f"track {done['track']}" + ("" if done["slot"] is None else f", slot {done['slot']}")
        return f"{done['written']} notes in {where}: {take['summary']} (seed {take['seed']})"

    async def _subscribe(self, message: Message, sender: Address) -> str:
        self._listeners.add(sender, feedback.wishes(message.args))
        try:
            watched = await self._wish()
        except Refused as problem:
            if problem.code != _NO_HUB:
                raise
            return "You will hear of it when a Bandmate Hub is there"
        missing = f"; not there yet: {'; '.join(watched['missing'])}" if watched["missing"] else ""
        return f"You hear of changes now{missing}"

    async def _unsubscribe(self, _message: Message, sender: Address) -> str:
        if not self._listeners.remove(sender):
            return "You heard of nothing"
        with contextlib.suppress(Refused):
            await self._wish()
        return "You hear of nothing any more"

    async def _wish(self) -> Any:
        return await self._caller.ask("live.watch", {"wishes": msgspec.to_builtins(self._listeners.wishes)})

    def _whole(self, address: str, name: str, content: Any, to: Address) -> bool:
        """Send JSON in pieces; False when there is too much of it."""
        text = msgspec.json.encode(content)
        if len(text) > self._limits.answer:
            return False
        pieces = list(_pieces(text.decode(), self._limits.piece))
        for index, piece in enumerate(pieces, 1):
            self._send(write(address, [name, index, len(pieces), piece]), to)
        return True

    def _ack(self, to: Address, address: str, status: str, words: str, hint: str = "") -> None:
        self._send(write(ACK, [address, status, scrub(words)[:_WORDS], scrub(hint)[:_WORDS]]), to)


def _pieces(text: str, size: int) -> list[str]:
    """Cut a text so that each piece is at most `size` bytes of UTF-8; a letter takes up to four."""
    step = size if text.isascii() else size // 4
    return [text[at : at + step] for at in range(0, len(text), step)] or [""]


def _said(order: Order, result: Any) -> str:
    """Return what was done in a few words: those of the method, or the values that were set, as Live has them now."""
    if isinstance(result, dict):
        for key in ("words", "summary", "text"):
            if isinstance(result.get(key), str):
                return str(result[key])
        if not order.tells:
            names = {name: _SAME.get(name, name) for name in order.params if name != "kind"}
            told = [f"{name} {_spelled(result[name])}" for name in names.values() if name in result]
            return ", ".join([*told, *([str(order.params["action"])] if "action" in order.params else [])]) or "Done"
    return "Told" if order.tells else "Done"


def _spelled(value: Any) -> str:
    return f"{value:.4g}" if isinstance(value, float) else str(value)
