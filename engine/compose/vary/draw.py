"""The small choices inside one change: a short stream of numbers that starts from one number of the dice.

A change takes a handful of choices whose number depends on what it meets, so they cannot each have a name. They come
from a stream of their own, begun by one named number: what one change draws leaves every other change alone. The stream
is Knuth's 64-bit linear congruence (The Art of Computer Programming 2, 3.3.4), of which only the high bits are used.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

__all__ = ["Draw"]

_T = TypeVar("_T")
_TIMES, _PLUS, _MASK = 6364136223846793005, 1442695040888963407, 0xFFFFFFFFFFFFFFFF
_SMALLEST = 2.0**-32


class Draw:
    """A stream of choices.

    Args:
        number: 0 <= x < 1, where it begins.
    """

    __slots__ = ("_state",)

    def __init__(self, number: float) -> None:
        self._state = int(number * 2.0**53) << 11 | 1

    def share(self) -> float:
        """A number 0 <= x < 1."""
        self._state = state = self._state * _TIMES + _PLUS & _MASK
        return (state >> 32) * _SMALLEST

    def below(self, count: int) -> int:
        """A whole number 0..count-1, each as likely."""
        self._state = state = self._state * _TIMES + _PLUS & _MASK
        return int((state >> 32) * _SMALLEST * count)

    def one(self, items: Sequence[_T]) -> _T:
        """One of several, each as likely."""
        return items[self.below(len(items))]

    def weighted(self, items: Sequence[_T], weights: Sequence[float]) -> _T:
        """One of several by weights of 0 or more; when all are 0, each is as likely."""
        mark = self.share() * sum(weights)
        for item, weight in zip(items, weights, strict=True):
            mark -= weight
            if mark < 0:
                return item
        return self.one(items) if not any(weights) else items[-1]
