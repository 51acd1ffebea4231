"""Who hears of changes by OSC. UDP knows no goodbye, so each listener has a lease that every message of it renews."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

import msgspec

from bridge.osc.packet import OscLimits, Refused
from bridge.watching import MOST_WISHES, LiveWish

Address = tuple[str, int]
"""Host and port answers go to."""


class _Listener(msgspec.Struct):
    wishes: tuple[LiveWish, ...]
    until: float
    told: dict[str, list[Any]] = {}


class Listeners:
    """The wishes of all reply addresses.

    Args:
        limits: How many there may be, and how long the lease is.
        now: Seconds that only go forward.
    """

    def __init__(self, limits: OscLimits, now: Callable[[], float] = time.monotonic) -> None:
        self._limits = limits
        self._now = now
        self._all: dict[Address, _Listener] = {}

    def add(self, address: Address, wishes: tuple[LiveWish, ...]) -> None:
        """Take wishes besides those the address had.

        Raises:
            Refused: there are too many addresses or wishes.
        """
        self.expire()
        known = self._all.get(address)
        if known is None and len(self._all) >= self._limits.listeners:
            raise Refused("Too many controllers listen", f"At most {self._limits.listeners}; let one unsubscribe.")
        own = tuple(dict.fromkeys((*(known.wishes if known else ()), *wishes)))
        others = {wish for at, each in self._all.items() if at != address for wish in each.wishes}
        if len(others | set(own)) > MOST_WISHES:
            raise Refused("Too many things are listened to", f"At most {MOST_WISHES} by all controllers together.")
        self._all[address] = _Listener(own, self._now() + self._limits.lease)

    def remove(self, address: Address) -> bool:
        """Forget an address; returns whether it was there."""
        return self._all.pop(address, None) is not None

    def renew(self, address: Address) -> None:
        """Begin the lease of an address anew: it said something."""
        if address in self._all:
            self._all[address].until = self._now() + self._limits.lease

    def expire(self) -> bool:
        """Forget whose lease is over; returns whether there were any."""
        over = [address for address, each in self._all.items() if each.until <= self._now()]
        for address in over:
            del self._all[address]
        return bool(over)

    @property
    def wishes(self) -> list[LiveWish]:
        """What anybody listens to."""
        return list(dict.fromkeys(wish for each in self._all.values() for wish in each.wishes))

    def of(self, wish: LiveWish) -> list[Address]:
        """Return who listens to something."""
        return [address for address, each in self._all.items() if wish in each.wishes]

    def is_news(self, address: Address, path: str, args: list[Any]) -> bool:
        """Return whether a listener was told something else last; it counts as told then.

        Args:
            address: The listener.
            path: The OSC address that is told.
            args: Its arguments.
        """
        told = self._all[address].told
        if told.get(path) == args:
            return False
        told[path] = args
        return True

    def __len__(self) -> int:
        return len(self._all)
