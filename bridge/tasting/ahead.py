"""Takes that are drawn before anybody asks for them, so that a press of Generate has many to choose from.

One thread draws one take at a time and rests between two; it waits while anything else is asked of the engine, and
where that never ends (several parts play along) it draws now and then, in a gap: not one request in a hundred meets
it. What is drawn is kept by what was asked for, so a press finds exactly the takes that it would have drawn itself.
Each who asks (a role of a client) has one order that stands, and the takes of that; with as many as it asked for,
nothing is done any more until it asks for something else, presses, or something is told of a take.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from engine.errors import EngineError, InvalidValue

if TYPE_CHECKING:
    from engine.taste.offer import Drawn

_log = logging.getLogger("bandmate")

MOST_KEPT = 8
"""Orders that stand, each with its takes; of more, the one that was not asked for longest goes with its takes."""

MOST_NOTES = 40_000
"""Notes of all takes that are kept: some 10 MiB. Beyond, those that were not asked for longest go, and are not drawn
again before somebody asks."""

QUIET = 0.12
"""Seconds in which nothing was asked, before a take is drawn."""

_REST = 0.004
"""Seconds between two takes at least, so that whoever asks meanwhile finds the interpreter free; and at least twice as
long as the last one took."""

GAP = 0.015
"""Seconds since the last answer before a take is drawn where it is never quiet for longer."""

_SELDOM = 4
"""There, times `QUIET` between two takes at least."""

_SHARE = 200
"""And times as long as the last one took."""

_CLOSING = 2.0

Owner = tuple[str, str]
"""Who asks: id of the session, and the role."""


class Order(Protocol):
    """A request to draw takes for."""

    def look(self) -> bytes:
        """Find out what takes a press would want now, and say by which key they are kept."""

    def step(self) -> bool:
        """Draw one of them; False when there are enough."""


class _Standing:
    """An order, and how far it is.

    Attributes:
        order: What to draw.
        key: Of its takes; empty before the first look.
        look: Whether it is to be looked at what is wanted now.
        todo: Whether there is anything to do.
        spent: Whether it is let be until it is asked for anew.
        last: Seed of the last of its takes that somebody took; None for none.
        problem: Why it cannot be drawn, as a press would say it.
    """

    __slots__ = ("key", "last", "look", "order", "problem", "spent", "todo")

    def __init__(self, order: Order, key: bytes) -> None:
        self.order = order
        self.key = key
        self.look = self.todo = True
        self.spent = False
        self.last: int | None = None
        self.problem: InvalidValue | None = None

    def rest(self) -> None:
        self.spent, self.todo = True, False


class Ahead:
    """The thread and what it drew.

    Args:
        prepare: What else there is to do aside once something was told of a take.
        quiet: Seconds in which nothing was asked, before a take is drawn.

    Attributes:
        taken: How often takes were taken out.
    """

    def __init__(self, prepare: Callable[[], None] = lambda: None, quiet: float = QUIET) -> None:
        self._prepare = prepare
        self._quiet = quiet
        self._pools: OrderedDict[bytes, list[Drawn[Any]]] = OrderedDict()
        self._lock = threading.Lock()
        self._standing: OrderedDict[Owner, _Standing] = OrderedDict()
        self._told = False
        self.taken = 0
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._last = self._ended = self._took = 0.0
        self._thread: threading.Thread | None = None

    def disturb(self) -> None:
        """Note that something is asked of the engine, or was answered: nothing is drawn for a moment."""
        self._last = time.monotonic()

    def wish(self, owner: Owner, order: Order) -> None:
        """Draw takes for a request, once nothing else is asked; it takes the place of the owner's last one."""
        with self._lock:
            before = self._standing.pop(owner, None)
            self._standing[owner] = _Standing(order, before.key if before else b"")
            if len(self._standing) > MOST_KEPT:
                self._release(self._standing.popitem(last=False)[1].key)
            self._begin()

    def find(self, owner: Owner) -> Order | None:
        """Give the order of somebody that stands."""
        standing = self._standing.get(owner)
        return standing.order if standing else None

    def drawn(self, owner: Owner) -> int | None:
        """Say how many takes lie ready for the order of somebody; None where none will be drawn before he asks anew.

        Raises:
            InvalidValue: it cannot be composed.
        """
        with self._lock:
            standing = self._standing.get(owner)
            if standing is not None and standing.problem is not None:
                raise standing.problem
            if standing is None or standing.spent:
                return None
            return 0 if standing.look else len(self._pools.get(standing.key, ()))

    def leave(self, session: str) -> None:
        """Note that a client has gone: what was drawn for it goes first, but is there if it comes again."""
        with self._lock:
            for owner in [each for each in self._standing if each[0] == session]:
                self._standing[owner].rest()
                self._standing.move_to_end(owner, last=False)

    def look_again(self) -> None:
        """Note that a recipe was chosen, or what there is to choose from is new: others may be wanted next."""
        with self._lock:
            for standing in self._standing.values():
                if not standing.spent:
                    standing.look = standing.todo = True
            self._begin()

    def nudge(self) -> None:
        """Note that something was told of a take: what was drawn may not be what is wanted now."""
        self._told = True
        self.look_again()

    def count(self, key: bytes) -> int:
        """Say how many takes are kept for a request."""
        with self._lock:
            return len(self._pools.get(key, ()))

    def last_seed(self, key: bytes) -> int | None:
        """Give the seed of the last take that was drawn for a request, None where there is none."""
        with self._lock:
            pool = self._pools.get(key)
            last: int | None = pool[-1].take.seed if pool else None
            for standing in self._standing.values():
                if last is None and standing.key == key:
                    last = standing.last
            return last

    def add(self, key: bytes, drawn: Drawn[Any], taken: int | None = None) -> None:
        """Keep a take for a request.

        Args:
            key: Of the request.
            drawn: The take.
            taken: What `taken` was when drawing it began: if any were taken out since, who did has drawn it himself.
        """
        with self._lock:
            if taken is not None and taken != self.taken:
                return
            self._pools.setdefault(key, []).append(drawn)
            self._pools.move_to_end(key)
            while len(self._pools) > 1 and (len(self._pools) > MOST_KEPT or self._notes() > MOST_NOTES):
                gone = self._last_wanted(key)
                del self._pools[gone]
                for standing in self._standing.values():
                    if standing.key == gone:
                        standing.rest()

    def take(self, key: bytes, most: int, owner: Owner | None = None) -> list[Drawn[Any]]:
        """Take out what was drawn for a request. None of it is drawn a second time.

        Args:
            key: Of the request.
            most: How many at most; the rest stays.
            owner: Who takes it: nothing is drawn for his order any more, he will ask anew.
        """
        with self._lock:
            self.taken += 1
            pool = self._pools.pop(key, [])
            if len(pool) > most:
                self._pools[key] = pool[most:]
            if owner is not None and owner in self._standing:
                self._standing[owner].rest()
            for standing in self._standing.values():
                if pool and standing.key == key:
                    standing.last = pool[-1].take.seed
        return pool[:most]

    def close(self) -> None:
        """End the thread and let go of all takes."""
        self._closing.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_CLOSING)
        with self._lock:
            self._pools.clear()
            self._standing.clear()

    def _notes(self) -> int:
        return sum(len(drawn.take.notes) for pool in self._pools.values() for drawn in pool)

    def _last_wanted(self, new: bytes) -> bytes:
        """Give the key of the takes that are missed least: nobody's, then those that were not asked for longest."""
        wanted = [standing.key for standing in self._standing.values() if standing.key in self._pools]
        nobodys = (key for key in self._pools if key not in wanted and key != new)
        return next(nobodys, None) or wanted[0]

    def _release(self, key: bytes) -> None:
        """Let go of takes, unless somebody else wants the same."""
        if all(standing.key != key for standing in self._standing.values()):
            self._pools.pop(key, None)

    def _begin(self) -> None:
        if self._thread is None and not self._closing.is_set():
            self._thread = threading.Thread(target=self._work, name="taste-ahead", daemon=True)
            self._thread.start()
        self._wake.set()

    def _work(self) -> None:
        while not self._closing.is_set():
            if not self._told and self._next() is None:
                self._wake.wait()
                self._wake.clear()
                self._ended = time.monotonic()
                continue
            begun = time.monotonic()
            pause = self._pause(begun)
            if pause > 0:
                self._closing.wait(pause)
                continue
            self._step()
            self._ended = time.monotonic()
            self._took = self._ended - begun

    def _pause(self, now: float) -> float:
        """Say how long it is until anything may be done; 0 or less where it may be done now.

        Args:
            now: Seconds, as `time.monotonic` has them.
        """
        still, rested = now - self._last, now - self._ended
        if still >= self._quiet:
            return max(_REST, 2 * self._took) - rested
        seldom = max(_SELDOM * self._quiet, _SHARE * self._took)
        return min(self._quiet - still, max(GAP - still, seldom - rested))

    def _next(self) -> _Standing | None:
        """Give the newest order with anything left to do."""
        with self._lock:
            return next((each for each in reversed(self._standing.values()) if each.todo), None)

    def _step(self) -> None:
        """Do the next small piece of work."""
        told, self._told = self._told, False
        standing = None if told else self._next()
        try:
            if told:
                self._prepare()
            if standing is not None:
                self._further(standing)
        except (EngineError, InvalidValue) as problem:  # whoever presses, or asks again, is told
            self._give_up(standing, problem)
        except Exception as problem:
            _log.exception("takes could not be drawn ahead")
            self._give_up(standing, problem)

    def _further(self, standing: _Standing) -> None:
        if standing.look:
            standing.look = False
            self._settle(standing, standing.order.look())
            return
        more = standing.order.step()
        with self._lock:
            standing.todo = not standing.spent and (more or standing.look)
            # What was drawn for an order that went meanwhile is nobody's.
            self._release(standing.key)

    def _settle(self, standing: _Standing, key: bytes) -> None:
        with self._lock:
            before, standing.key = standing.key, key
            if before != key:
                self._release(before)

    def _give_up(self, standing: _Standing | None, problem: Exception) -> None:
        if standing is None:
            return
        with self._lock:
            standing.rest()
            # Anything else may be over by the next time.
            standing.problem = problem if isinstance(problem, InvalidValue) else None
