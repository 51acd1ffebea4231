"""Takes that are drawn before anybody asks for them, so that the next press of Generate has many to choose from.

One thread draws one take at a time and rests between two; it waits while anything else is asked of the engine. What is
drawn is kept by what was asked for, so a press finds exactly the takes that it would have drawn itself.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from engine.taste.offer import Drawn

_log = logging.getLogger("bandmate")

MOST_KEPT = 8
"""Requests whose takes are kept; of more, those of the one that was not asked for longest go."""

MOST_NOTES = 40_000
"""Notes of all takes that are kept: some 10 MiB."""

QUIET = 0.12
"""Seconds in which nothing was asked, before a take is drawn."""

_REST = 0.004
"""Seconds between two takes at least, so that whoever asks meanwhile finds the interpreter free; and at least twice as
long as the last one took."""

_CLOSING = 2.0

_LATEST = 2
"""Requests that are looked at again when something was told of a take."""


class Order(Protocol):
    """A request to draw takes for."""

    def step(self) -> bool:
        """Draw one take; False when there are enough."""


class Ahead:
    """The thread and what it drew.

    Args:
        prepare: What else there is to do aside once something was told of a take.
        quiet: Seconds in which nothing was asked, before a take is drawn.
    """

    def __init__(self, prepare: Callable[[], None] = lambda: None, quiet: float = QUIET) -> None:
        self._prepare = prepare
        self._quiet = quiet
        self._pools: OrderedDict[bytes, list[Drawn[Any]]] = OrderedDict()
        self._lock = threading.Lock()
        self._orders: deque[Order] = deque(maxlen=MOST_KEPT)
        self._done: deque[Order] = deque(maxlen=_LATEST)
        self._told = False
        self._wake = threading.Event()
        self._closing = threading.Event()
        self._last = 0.0
        self._thread: threading.Thread | None = None

    def disturb(self) -> None:
        """Note that something is asked of the engine: nothing is drawn for a moment."""
        self._last = time.monotonic()

    def wish(self, order: Order) -> None:
        """Draw takes for a request, once nothing else is asked."""
        with self._lock:
            self._orders.append(order)
        self._begin()

    def nudge(self) -> None:
        """Note that something was told of a take: what was drawn may not be what is wanted now."""
        with self._lock:
            self._told = True
            self._orders = deque([*self._done, *self._orders], maxlen=MOST_KEPT)
            self._done.clear()
        self._begin()

    def count(self, key: bytes) -> int:
        """Say how many takes are kept for a request."""
        with self._lock:
            return len(self._pools.get(key, ()))

    def last_seed(self, key: bytes) -> int | None:
        """Give the seed of the last take that is kept for a request, None where there is none."""
        with self._lock:
            pool = self._pools.get(key)
            return pool[-1].take.seed if pool else None

    def add(self, key: bytes, drawn: Drawn[Any]) -> None:
        """Keep a take for a request."""
        with self._lock:
            self._pools.setdefault(key, []).append(drawn)
            self._pools.move_to_end(key)
            while len(self._pools) > 1 and (len(self._pools) > MOST_KEPT or self._notes() > MOST_NOTES):
                self._pools.popitem(last=False)

    def take(self, key: bytes, most: int) -> list[Drawn[Any]]:
        """Take out what was drawn for a request.

        Args:
            key: Of the request.
            most: How many at most; the rest stays.
        """
        with self._lock:
            pool = self._pools.pop(key, [])
            if len(pool) > most:
                self._pools[key] = pool[most:]
        return pool[:most]

    def close(self) -> None:
        """End the thread and let go of all takes."""
        self._closing.set()
        self._wake.set()
        if self._thread is not None:
            self._thread.join(_CLOSING)
        with self._lock:
            self._pools.clear()
            self._orders.clear()
            self._done.clear()

    def _notes(self) -> int:
        return sum(len(drawn.take.notes) for pool in self._pools.values() for drawn in pool)

    def _begin(self) -> None:
        if self._thread is None and not self._closing.is_set():
            self._thread = threading.Thread(target=self._work, name="taste-ahead", daemon=True)
            self._thread.start()
        self._wake.set()

    def _work(self) -> None:
        took = 0.0
        while not self._closing.is_set():
            if not self._orders and not self._told:
                self._wake.wait()
                self._wake.clear()
                continue
            quiet_in = self._last + self._quiet - time.monotonic()
            if self._closing.wait(quiet_in if quiet_in > 0 else max(_REST, 2 * took)):
                return
            if quiet_in <= 0 and time.monotonic() >= self._last + self._quiet:
                begun = time.monotonic()
                self._step()
                took = time.monotonic() - begun

    def _step(self) -> None:
        """Do the next small piece of work; the newest order goes first."""
        with self._lock:
            told, self._told = self._told, False
            order = None if told or not self._orders else self._orders[-1]
        try:
            if told:
                self._prepare()
            more = order is not None and order.step()
        except Exception:  # nobody waits for these takes; what is wrong with a request, its press says
            _log.exception("takes could not be drawn ahead")
            more = False
        with self._lock:
            if order is not None and not more and order in self._orders:
                self._orders.remove(order)
                self._done.append(order)
