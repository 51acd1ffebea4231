"""What a take sounds like, from its notes alone: twelve numbers, quick enough for every candidate."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.notes import Note

__all__ = ["TRAITS", "traits"]

TRAITS = (
    *("busyness", "height", "span", "sustain", "syncopation", "thickness"),
    *("loudness", "dynamics", "repetition", "leaps", "colours", "silence"),
)
"""Names of the numbers, each within 0..1."""

_STEPS = 4
"""Places in a beat that are told apart."""


def traits(notes: Sequence[Note], length: float, bar: float = 4.0) -> NDArray[np.float64]:
    """Returns what notes sound like.

    Args:
        notes: of a clip, in any order; muted ones do not sound.
        length: beats of the clip, above 0.
        bar: beats of a bar, above 0.

    Returns:
        12 numbers within 0..1, named by ``TRAITS``: strokes a beat (of 8), mean pitch (of 24..96), range (of 4
        octaves), mean length (of 4 beats), share of strokes off the beat, notes a stroke (of 5), mean and spread of
        the loudness, likeness of each bar's rhythm to the one before, mean distance from stroke to stroke (of an
        octave), how evenly the twelve pitch classes are used, share of sixteenths in which nothing sounds. Nothing is
        all zeros but silence.
    """
    table = np.array(
        [(note.start_time, note.pitch, note.duration, note.velocity) for note in notes if not note.mute],
        dtype=np.float64,
    ).reshape(-1, 4)
    if len(table) == 0:
        return np.array([0.0] * 11 + [1.0])
    table = table[np.lexsort((table[:, 1], table[:, 0]))]
    starts, pitches, durations, velocities = table.T
    steps = np.rint(starts * _STEPS).astype(np.int64)
    strokes, first = np.unique(steps, return_index=True)
    counts = np.diff(np.append(first, len(steps)))
    heights = np.add.reduceat(pitches, first) / counts
    classes = np.bincount(pitches.astype(np.int64) % 12, minlength=12) / len(pitches)
    used = classes[classes > 0]
    numbers = [
        len(strokes) / length / 8,
        (pitches.mean() - 24) / 72,
        np.ptp(pitches) / 48,
        durations.mean() / 4,
        (strokes % _STEPS != 0).mean(),
        (counts.mean() - 1) / 4,
        velocities.mean() / 127,
        velocities.std() / 40,
        _repetition(strokes, length, bar),
        np.abs(np.diff(heights)).mean() / 12 if len(heights) > 1 else 0.0,
        -(used * np.log2(used)).sum() / np.log2(12),
        1 - _sounding(starts, durations, length),
    ]
    return np.clip(np.array(numbers, dtype=np.float64), 0.0, 1.0)


def _repetition(strokes: NDArray[np.int64], length: float, bar: float) -> float:
    """How like each bar's strokes are to those of the bar before: shared ones over all of both."""
    wide = max(1, round(bar * _STEPS))
    bars = max(1, -(-round(length * _STEPS) // wide))
    if bars < 2:
        return 1.0
    grid = np.zeros(bars * wide, dtype=bool)
    grid[strokes[(strokes >= 0) & (strokes < len(grid))]] = True
    rows = grid.reshape(bars, wide)
    both, any_ = (rows[1:] & rows[:-1]).sum(), (rows[1:] | rows[:-1]).sum()
    return float(both / any_) if any_ else 1.0


def _sounding(starts: NDArray[np.float64], durations: NDArray[np.float64], length: float) -> float:
    """Share of sixteenths in which something sounds."""
    count = max(1, round(length * _STEPS))
    begins = np.clip(np.floor(starts * _STEPS + 1e-6), 0, count).astype(np.int64)
    ends = np.clip(np.ceil((starts + durations) * _STEPS - 1e-6), 0, count).astype(np.int64)
    edges = np.bincount(begins, minlength=count + 1) - np.bincount(ends, minlength=count + 1)
    return float((np.cumsum(edges)[:count] > 0).mean())
