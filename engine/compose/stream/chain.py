"""Bars of which each needs the one before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Chain"]

_B = TypeVar("_B")


class Chain(Generic[_B]):
    """The bars of one phrase, written one after the other as they are asked for.

    Two threads that ask at once may both write a bar; it is the same bar. Who writes is told with each question and not
    kept: whoever holds the chain can be forgotten without Python's garbage collector, which would be heard.

    Args:
        first: number of the phrase's first bar.
    """

    def __init__(self, first: int) -> None:
        self.first = first
        self._bars: list[_B] = []

    def until(self, number: int, write: Callable[[int, _B | None], _B]) -> list[_B]:
        """The bars of the phrase before this one.

        Args:
            number: of a bar, the phrase's first or a later one.
            write: writes the bar of a number from the one before it, None before the first; the same at each question.
        """
        bars = list(self._bars)
        for bar in range(self.first + len(bars), number):
            bars.append(write(bar, bars[-1] if bars else None))
        if len(bars) > len(self._bars):
            self._bars = bars
        return bars[: number - self.first]
