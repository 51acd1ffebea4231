"""Where moved notes may go: together what was together, in order what was in order, and inside the clip."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

__all__ = ["FARTHEST", "ROOM", "ROUNDS", "SMEAR_MS", "grouped", "moved", "together", "wide_of"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

SMEAR_MS = 25.0
"""Notes written together stay within this many milliseconds of each other."""

ROOM = 0.0201
"""Beats that stay between two notes of one pitch, and before the end: a hair more than the shortest note there is."""

FARTHEST = 0.125
"""Beats a note may move at most: at extreme tempi milliseconds would be beats."""

_CHORD_BEATS = 0.06
"""Notes farther apart than this are not written together, however fast the tempo."""

ROUNDS = 8


def together(starts: Floats, pitches: Integers, beats_per_ms: float) -> Integers:
    """Groups notes that are meant to sound at once, also where a hand has already spread them a little.

    Args:
        starts: beats, (N,).
        pitches: (N,); two of one pitch never belong together.
        beats_per_ms: of the tempo.

    Returns:
        A number for each note, (N,), the same for those together, rising with time.
    """
    wide = wide_of(beats_per_ms)
    order = np.lexsort((pitches, starts))
    times, keys = starts[order], pitches[order]
    apart = times[1:] - times[:-1]
    group = np.empty(len(starts), dtype=np.int64)
    # Mostly what is together starts at the very same time, and all else is farther apart than anything together.
    if not ((apart > 0) & (apart <= wide) | (apart == 0) & (keys[1:] == keys[:-1])).any():
        group[order] = np.concatenate(([0], (apart > 0).cumsum()))
        return group
    group[:] = grouped(order.tolist(), times.tolist(), keys.tolist(), wide)
    return group


def wide_of(beats_per_ms: float) -> float:
    """Beats within which notes are meant to sound at once."""
    return min(SMEAR_MS * beats_per_ms, _CHORD_BEATS)


def grouped(order: list[int], times: list[float], keys: list[int], wide: float) -> list[int]:
    """What ``together`` tells.

    Args:
        order: of the notes, by start, then pitch.
        times: starts in that order, beats.
        keys: pitches likewise.
        wide: see ``wide_of``.
    """
    group = [0] * len(order)
    number, first, seen = -1, -math.inf, set[int]()
    for index, time, key in zip(order, times, keys, strict=True):
        if time - first > wide or key in seen:
            number, first, seen = number + 1, time, set()
        seen.add(key)
        group[index] = number
    return group


def moved(
    starts: Floats,
    moves: Floats,
    pitches: Integers,
    *,
    length: float,
    beats_per_ms: float,
    farthest: float = FARTHEST,
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
    wish = np.where(inside, np.minimum(np.maximum(moves, -farthest), farthest), 0.0)
    group = together(starts, pitches, beats_per_ms)
    wish = _squeezed(starts, wish, group, SMEAR_MS * beats_per_ms)
    latest = np.maximum(0.0, length - ROOM - starts)
    wish = np.where(inside, np.minimum(np.maximum(wish, -starts), latest), 0.0)
    return np.where(inside, np.maximum(0.0, np.round(starts + _apart(starts, wish, pitches, group), 6)), starts)


def _squeezed(starts: Floats, moves: Floats, group: Integers, smear: float) -> Floats:
    """Draws the moves of notes written together towards their mean until they lie close enough."""
    count = np.bincount(group)
    if len(count) == len(moves):
        return moves
    mean = np.bincount(group, moves) / count
    written, wanted = _width(starts, group), _width(moves, group)
    share = np.minimum((np.maximum(smear, written) - written) / np.maximum(wanted, 1e-9), 1.0)
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
    least = np.minimum(ROOM, gap)
    for _ in range(ROUNDS):
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
