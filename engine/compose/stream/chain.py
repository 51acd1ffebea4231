"""Bars of which each needs the one before it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

__all__ = ["Chain"]

_B = TypeVar("_B")


class Chain(Generic[_B]):
    """The bars of one phrase, written one after the other as they are asked for.

    Two threads that ask at once may both write a bar; it is the same bar.

    Args:
        first: number of the phrase's first bar.
        write: writes the bar of a number from the one before it; None before the first.
    """

    def __init__(self, first: int, write: Callable[[int, _B | None], _B]) -> None:
        self.first = first
        self._write = write
        self._bars: list[_B] = []

    def until(self, number: int) -> list[_B]:
        """The bars of the phrase before this one.

        Args:
            number: of a bar, the phrase's first or a later one.
        """
        bars = list(self._bars)
        for bar in range(self.first + len(bars), number):
            bars.append(self._write(bar, bars[-1] if bars else None))
        if len(bars) > len(self._bars):
            self._bars = bars
        return bars[: number - self.first]
