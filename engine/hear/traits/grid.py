"""Sound laid over the beats: one row for each beat, the same number of columns for each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

Grid = NDArray[np.float64]


class Paced(Protocol):
    """A tempo; None where there is none."""

    @property
    def bpm(self) -> float | None:
        """Beats a minute."""


class Beaten(Protocol):
    """What traits need of `engine.hear.rhythm.Rhythm`."""

    @property
    def tempo(self) -> Paced:
        """The tempo."""

    @property
    def beats(self) -> Sequence[float]:
        """Seconds of the beats, ascending."""


LEAST_BEATS = 6
"""With fewer beats than these nothing that repeats can be told from chance."""

_STEADY = 0.02
"""Seconds: beats that lie this near to a line with one period are taken to lie on it."""


def smooth_beats(beats: Sequence[float]) -> Grid:
    """Take the jitter of hearing out of beats that keep one tempo; others stay as they are.

    Args:
        beats: Seconds, ascending.

    Returns:
        Seconds, shape (n,): on a straight line when at least nine in ten lie within 20 ms of it.
    """
    heard = np.asarray(beats, np.float64)
    if len(heard) < LEAST_BEATS:
        return heard
    period = float(np.median(np.diff(heard)))
    if period <= 0:
        return heard[:0]
    # Missed beats leave a gap of a whole number of periods.
    count = np.concatenate([[0], np.cumsum(np.maximum(1, np.round(np.diff(heard) / period)))])
    keep = np.ones(len(heard), bool)
    line = np.polyfit(count, heard, 1)
    for _ in range(3):
        off = np.abs(np.polyval(line, count) - heard)
        keep = off <= max(_STEADY, 2 * float(np.median(off)))
        if keep.sum() < LEAST_BEATS:
            return heard
        line = np.polyfit(count[keep], heard[keep], 1)
    if np.mean(np.abs(np.polyval(line, count) - heard) <= _STEADY) < 0.9:
        return heard
    return np.asarray(np.polyval(line, np.arange(count[-1] + 1)))


def places(beats: Grid, columns: int, rate: float, frames: int) -> NDArray[np.int64]:
    """Which frame stands at each part of each beat.

    Args:
        beats: Seconds, shape (n + 1,).
        columns: Parts of a beat.
        rate: Frames a second; frame 0 stands at 0 s.
        frames: How many frames there are.

    Returns:
        Shape (n, columns); beats that are not wholly inside are left out.
    """
    parts = beats[:-1, None] + np.diff(beats)[:, None] * (np.arange(columns) / columns)[None, :]
    where = np.round(parts * rate).astype(np.int64)
    inside = (where[:, 0] >= 0) & (where[:, -1] < frames)
    return where[inside]
