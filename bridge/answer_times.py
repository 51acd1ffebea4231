"""How long answers took, by method: what a status view shows, and what a benchmark sets against its own clock."""

from __future__ import annotations

from collections import deque

import msgspec

__all__ = ["AnswerTimes", "Answers"]

MOST = 4096
"""Answers of a method that are looked back upon: a minute and a half of eight parts that play along."""


class AnswerTimes(msgspec.Struct, frozen=True):
    """How long the newest answers of one method took, from the frame's being read to its answer's being sent.

    Attributes:
        count: Answers since the engine started; the figures are of the newest 4096 at most.
        p50_ms: Milliseconds in which half of them were there.
        p99_ms: Milliseconds in which 99 of 100 were there.
        longest_ms: Milliseconds of the slowest.
    """

    count: int
    p50_ms: float
    p99_ms: float
    longest_ms: float


class Answers:
    """The newest answers of each method. For one thread, that of the event loop."""

    def __init__(self) -> None:
        self._counts: dict[str, int] = {}
        self._newest: dict[str, deque[float]] = {}

    def sent(self, method: str, seconds: float) -> None:
        """Take in an answer.

        Args:
            method: What was asked; one of the engine's own.
            seconds: How long it took.
        """
        self._counts[method] = self._counts.get(method, 0) + 1
        self._newest.setdefault(method, deque(maxlen=MOST)).append(seconds)

    def told(self) -> dict[str, AnswerTimes]:
        """Give the figures of each method that was answered, by name."""
        return {method: self._of(method, sorted(newest)) for method, newest in self._newest.items()}

    def _of(self, method: str, seconds: list[float]) -> AnswerTimes:
        p50, p99, longest = (
            round(1000 * seconds[min(len(seconds) - 1, int(len(seconds) * share))], 3) for share in (0.5, 0.99, 1.0)
        )
        return AnswerTimes(self._counts[method], p50, p99, longest)
