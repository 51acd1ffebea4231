"""Lets through as many datagrams as the limits allow; the others cost next to nothing."""

from __future__ import annotations

from collections.abc import Callable


class Gate:
    """A bucket that fills with time and gives one token for each datagram.

    Args:
        per_second: How fast it fills.
        burst: How much it holds.
        now: Seconds that only go forward.
    """

    def __init__(self, per_second: float, burst: float, now: Callable[[], float]) -> None:
        self._per_second = per_second
        self._burst = burst
        self._now = now
        self._tokens = burst
        self._filled = now()
        self._said: dict[str, float] = {}

    def admit(self) -> bool:
        """Return whether one more may come now."""
        now = self._now()
        self._tokens = min(self._burst, self._tokens + (now - self._filled) * self._per_second)
        self._filled = now
        if self._tokens < 1:
            return False
        self._tokens -= 1
        return True

    @property
    def calm(self) -> bool:
        """True while few come: then each fault is worth an answer."""
        return self._tokens > self._burst / 2

    def once(self, what: str) -> bool:
        """Return whether something was not said within the last second; it counts as said then."""
        if self._now() - self._said.get(what, float("-inf")) < 1:
            return False
        self._said[what] = self._now()
        return True
