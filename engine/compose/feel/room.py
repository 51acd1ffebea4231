"""Where moved notes may go: together what was together, in order what was in order, and inside the clip."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["SMEAR_MS", "moved", "together"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SMEAR_MS = 25.0
"""Notes written together stay within this many milliseconds of each other."""

_ROOM = 0.0201
"""Beats that stay between two notes of one pitch, and before the end: a hair more than the shortest note there is."""

_FARTHEST = 0.125
"""Beats a note may move at most: at extreme tempi milliseconds would be beats."""

_CHORD_BEATS = 0.06
"""Notes farther apart than this are not written together, however fast the tempo."""

_ROUNDS = 8


def together(starts: Floats, pitches: Integers, beats_per_ms: float) -> Integers:
    """Groups notes that are meant to sound at once, also where a hand has already spread them a little.

    Args:
        starts: beats, (N,).
        pitches: (N,); two of one pitch never belong together.
        beats_per_ms: of the tempo.

    Returns:
        A number for each note, (N,), the same for those together, rising with time.
    """
    wide = min(SMEAR_MS * beats_per_ms, _CHORD_BEATS)
    places, plain = np.unique(starts, return_inverse=True)
    keyed = np.unique(plain * 128 + pitches)
    if len(keyed) == len(starts) and (len(places) < 2 or np.diff(places).min() > wide):
        return plain
    group = np.zeros(len(starts), dtype=np.int64)
    number, first, seen = -1, -math.inf, set[int]()
    order = np.lexsort((pitches, starts)).tolist()
    times, keys = starts.tolist(), pitches.tolist()
    for index in order:
        if times[index] - first > wide or keys[index] in seen:
            number, first, seen = number + 1, times[index], set()
        seen.add(keys[index])
        group[index] = number
    return group


def moved(
    starts: Floats,
    moves: Floats,
    pitches: Integers,
    *,
    length: float,
    beats_per_ms: float,
    farthest: float = _FARTHEST,
) -> Floats:
    """Moves notes as far as they may go.

    No move grows by it. Notes written together stay within 25 ms, or as near as they were; notes of one pitch keep
    their order and their distance, as far as they had one; nothing in the clip leaves it, and what lies outside of it
    stays where it is.

    Args:
        starts: beats, (N,).
        moves: beats each note would like to move, (N,).
        pitches: (N,).
        length: beats of the clip.
        beats_per_ms: of the tempo; 0 holds together only what starts at the very same time.
        farthest: beats a note may move at most.

    Returns:
        New starts, beats, (N,).
    """
    inside = (starts >= 0) & (starts < length)
    wish = np.where(inside, np.clip(moves, -farthest, farthest), 0.0)
    group = together(starts, pitches, beats_per_ms)
    wish = _squeezed(starts, wish, group, SMEAR_MS * beats_per_ms)
    wish = np.where(inside, np.clip(wish, -starts, np.maximum(0.0, length - _ROOM - starts)), 0.0)
    return np.where(inside, np.maximum(0.0, np.round(starts + _apart(starts, wish, pitches, group), 6)), starts)


def _squeezed(starts: Floats, moves: Floats, group: Integers, smear: float) -> Floats:
    """Draws the moves of notes written together towards their mean until they lie close enough."""
    count = np.bincount(group)
    mean = np.bincount(group, moves) / count
    written, wanted = _width(starts, group), _width(moves, group)
    share = np.clip((np.maximum(smear, written) - written) / np.maximum(wanted, 1e-9), 0.0, 1.0)
    return mean[group] + (moves - mean[group]) * share[group]


def _width(values: Floats, group: Integers) -> Floats:
    high, low = np.full(int(group.max()) + 1, -math.inf), np.full(int(group.max()) + 1, math.inf)
    np.maximum.at(high, group, values)
    np.minimum.at(low, group, values)
    return np.asarray(high - low, dtype=np.float64)


def _apart(starts: Floats, moves: Floats, pitches: Integers, group: Integers) -> Floats:
    """Holds notes back that would run into another of their own pitch, and with them what sounds together with them."""
    order = np.lexsort((starts, pitches))
    left, right = order[:-1], order[1:]
    gap = starts[right] - starts[left]
    pairs = pitches[left] == pitches[right]
    left, right, gap = left[pairs], right[pairs], gap[pairs]
    least = np.minimum(_ROOM, gap)
    for _ in range(_ROUNDS):
        nearer = moves[left] - moves[right]
        wrong = gap - nearer < least - 1e-9
        if not wrong.any():
            return moves
        share = np.where(wrong, (gap - least) / np.maximum(nearer, 1e-12), 1.0)
        held = np.ones(int(group.max()) + 1)
        np.minimum.at(held, group[left], share)
        np.minimum.at(held, group[right], share)
        moves = moves * np.clip(held, 0.0, 1.0)[group]
    # Too crowded to settle: nobody takes more than half of what is free.
    free = np.full(int(group.max()) + 1, math.inf)
    np.minimum.at(free, group[left], (gap - least) / 2)
    np.minimum.at(free, group[right], (gap - least) / 2)
    return np.clip(moves, -free[group], free[group])
