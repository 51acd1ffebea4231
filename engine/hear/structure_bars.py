"""Where the bars of a recording lie, from its beats, for everything that is told bar by bar."""

from __future__ import annotations

from typing import Protocol

import numpy as np
from numpy.typing import NDArray

PLAIN_BAR = 2.0
"""Seconds of a bar where there are no beats: four at 120 BPM."""

_SHORTEST = 0.2  # bars closer together than this are no bars


class Beaten(Protocol):
    """What is read of a rhythm: times in seconds, ascending; both empty where there is no beat."""

    @property
    def beats(self) -> list[float]:
        """Every beat."""

    @property
    def downbeats(self) -> list[float]:
        """The first beat of every bar."""


def bar_edges(rhythm: Beaten, duration: float) -> NDArray[np.float64]:
    """Where each bar begins, and the end of the last.

    The bars go on before the first and behind the last downbeat at their median length, to the ends of the sound. A
    rest of less than half a bar at an end belongs to the bar beside it.

    Args:
        rhythm: Its beats.
        duration: Seconds, above 0.

    Returns:
        Ascending seconds from 0 to `duration`, shape (bars + 1,), at least one bar. Bars of 2 s without beats.
    """
    downbeats = np.array([time for time in rhythm.downbeats if 0 <= time < duration])
    downbeats = downbeats[np.concatenate([[True], np.diff(downbeats) > _SHORTEST])] if downbeats.size else downbeats
    length = float(np.median(np.diff(downbeats))) if downbeats.size > 1 else PLAIN_BAR
    first = float(downbeats[0]) if downbeats.size else 0.0
    last = float(downbeats[-1]) if downbeats.size else 0.0
    before = first - length * np.arange(int(first / length), 0, -1)
    behind = last + length * np.arange(1, int((duration - last) / length) + 1)
    inner = np.concatenate([before, downbeats if downbeats.size else [0.0], behind])
    rest = length / 2 - 1e-6
    inner = inner[(inner > rest) & (inner < duration - rest)]
    return np.concatenate([[0.0], inner, [duration]])


def bar_of(times: NDArray[np.float64], edges: NDArray[np.float64]) -> NDArray[np.int64]:
    """Which bar each time lies in; times outside belong to the first or last."""
    return np.clip(np.searchsorted(edges, times, side="right") - 1, 0, edges.size - 2)
