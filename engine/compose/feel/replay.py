"""From moved starts back to notes: ends follow, legato stays legato, and no pitch sounds twice at once."""

from __future__ import annotations

import math
from operator import attrgetter

import numpy as np
from numpy.typing import NDArray

from engine.notes import Note

__all__ = ["JOINED", "ends_of", "pitches_of", "remade", "replayed", "starts_of"]

Floats = NDArray[np.float64]

JOINED = 1e-3
"""Beats within which the end of a note is the start of another."""

_SHORTEST = 0.01
"""Beats a note keeps at least, or its own duration where that is shorter."""


_BY_PLACE = attrgetter("start_time", "pitch")


def starts_of(notes: list[Note]) -> Floats:
    """Starts in beats, (N,)."""
    return np.array([note.start_time for note in notes], dtype=np.float64)


def pitches_of(notes: list[Note]) -> NDArray[np.int64]:
    """Pitches, (N,)."""
    return np.array([note.pitch for note in notes], dtype=np.int64)


def replayed(notes: list[Note], starts: Floats, velocities: Floats, length: float) -> list[Note]:
    """Makes new notes at new places.

    A note that ended where others began ends where they begin now; any other keeps its duration, except that what
    sounded until the end of the clip still does, and nothing ends after the clip that did not,
    nor later than it did.

    Args:
        notes: as given; left untouched.
        starts: beats, (N,).
        velocities: (N,).
        length: beats of the clip.

    Returns:
        As many notes, by start, then pitch; mute, probability and all else as they were.
    """
    before = starts_of(notes)
    spans = np.array([note.duration for note in notes])
    new_ends = ends_of(before, before + spans, starts, length)
    # A note nobody moved keeps its duration to the last bit.
    still = (starts == before) & (new_ends == before + spans)
    durations = np.where(still, spans, np.maximum(new_ends - starts, np.minimum(spans, _SHORTEST)))
    made = remade(notes, starts.tolist(), durations.tolist(), velocities.tolist())
    made.sort(key=_BY_PLACE)
    _end_before_the_next(made)
    return made


def remade(notes: list[Note], starts: list[float], durations: list[float], velocities: list[float]) -> list[Note]:
    """New notes at new places, in the order given; mute, probability and all else as they were."""
    return [
        Note(n.pitch, start, span, loud, n.mute, n.probability, n.velocity_deviation, n.release_velocity)
        for n, start, span, loud in zip(notes, starts, durations, velocities, strict=True)
    ]


def ends_of(before: Floats, ends: Floats, starts: Floats, length: float) -> Floats:
    """Where notes end that were moved; see ``replayed``.

    Args:
        before: beats at which they started, (N,).
        ends: beats at which they ended, (N,).
        starts: beats at which they start now, (N,).
        length: beats of the clip.
    """
    new_ends = ends + _end_moves(before, starts - before, ends)
    return np.where(np.abs(ends - length) < JOINED, length, np.minimum(new_ends, np.maximum(ends, length)))


def _end_moves(starts: Floats, moves: Floats, ends: Floats) -> Floats:
    """Beats each end moves by: with what begins there, or with its own start."""
    places, which = _places(np.round(starts, 4))
    mean = np.bincount(which, moves) / np.bincount(which)
    near = np.minimum(np.searchsorted(places, ends - JOINED), len(places) - 1)
    return np.where(np.abs(places[near] - ends) <= JOINED, mean[near], moves)


def _places(times: Floats) -> tuple[Floats, NDArray[np.int64]]:
    """Every time once, in rising order, and which of these each is; mostly they come in order."""
    fresh = times[1:] != times[:-1]
    if (times[1:] < times[:-1]).any():
        places, which = np.unique(times, return_inverse=True)
        return places, which
    which = np.zeros(len(times), dtype=np.int64)
    fresh.cumsum(out=which[1:])
    return times[np.concatenate(([True], fresh))], which


def _end_before_the_next(notes: list[Note]) -> None:
    following: dict[int, float] = {}
    for note in reversed(notes):
        until = following.get(note.pitch, math.inf)
        if note.start_time < until < note.start_time + note.duration:
            duration = until - note.start_time
            while note.start_time + duration > until:
                duration = math.nextafter(duration, 0.0)
            note.duration = duration
        following[note.pitch] = note.start_time
