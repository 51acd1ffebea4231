"""How well candidates fit what already sounds: room in time, room in pitch, and tones in common."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from engine.notes import Note

__all__ = ["Around", "Cells", "Sounding", "cells", "fit"]

Cells = NDArray[np.int64]
"""Places of a grid of sixteenths and pitches in which something sounds: sixteenth times ``_PITCHES`` plus pitch."""

Sounding = tuple[float, float, Iterable[int]]
"""A chord: beat it begins at, beat it ends at, pitch classes."""

_STEPS = 4
"""Places in a beat that are told apart."""

_PITCHES = 132
"""MIDI's 128, filled up to whole octaves."""

_RUBBING, _DOUBLED = 2.2, 0.35
"""What a take loses that rubs all the time, and one that is at unison all the time."""


class Around:
    """What sounds beside the part, made ready to be compared with.

    Args:
        notes: of all other clips that play, in beats from the part's start, drums left out.
        length: beats of the part, above 0; what sounds later goes round.
        chords: harmony that is known to sound, wherever it lies.
    """

    def __init__(self, notes: Sequence[Note], length: float, chords: Iterable[Sounding] = ()) -> None:
        self.length = length
        grid = np.zeros((_count(length), _PITCHES), dtype=bool)
        grid.reshape(-1)[cells(notes, length)] = True
        classes = np.logical_or.reduce(grid.reshape(len(grid), -1, 12), axis=1)
        for start, end, tones in chords:
            classes[_steps(start, end, len(grid))[:, None], np.array(sorted(tones), dtype=np.int64)] = True
        rubs = np.roll(classes, 1, axis=1) | np.roll(classes, -1, axis=1)
        # A tone that belongs to what sounds does not rub with its neighbours there.
        rubs &= ~classes
        self.silent = not classes.any()
        rubbing = np.tile(rubs, _PITCHES // 12).astype(np.float32) * np.float32(_RUBBING)
        self._costs = (rubbing + grid * np.float32(_DOUBLED)).reshape(-1)

    def fit(self, notes: Sequence[Note]) -> float:
        """Returns how well notes fit, 0..1; 1 where nothing else sounds.

        Rubs (a semitone or a major seventh or their octaves against what sounds at the same time) weigh most, notes at
        unison with others a little.
        """
        return float(self.fits([cells(notes, self.length)])[0])

    def fits(self, takes: Sequence[Cells]) -> NDArray[np.float64]:
        """Returns the same for several takes, told by the cells they sound in."""
        found = np.ones(len(takes))
        sizes = np.array([len(own) for own in takes])
        sounding = sizes > 0
        if self.silent or not sounding.any():
            return found
        costs = np.append(0.0, np.cumsum(self._costs[np.concatenate(takes)], dtype=np.float64))
        ends = np.cumsum(sizes)
        lost = (costs[ends] - costs[ends - sizes]) / np.maximum(sizes, 1)
        return np.asarray(np.clip(found - lost, 0.0, 1.0))


def fit(candidates: Sequence[Sequence[Note]], around: Sequence[Note], length: float) -> NDArray[np.float64]:
    """Returns how well each of several takes fits what sounds; see ``Around``."""
    return Around(around, length).fits([cells(notes, length) for notes in candidates])


def cells(notes: Sequence[Note], length: float) -> Cells:
    """Returns where notes sound, each place once.

    Args:
        notes: in any order; muted ones do not sound.
        length: beats of the part, above 0; what sounds later goes round.
    """
    table = np.array(
        [(note.start_time, note.duration, note.pitch) for note in notes if not note.mute], dtype=np.float64
    ).reshape(-1, 3)
    starts, durations, pitches = table.T
    count = _count(length)
    first = np.floor(starts * _STEPS + 1e-6).astype(np.int64)
    last = np.maximum(first + 1, np.ceil((starts + durations) * _STEPS - 1e-6).astype(np.int64))
    lasts = np.minimum(last - first, count)
    # Within each note: its first step, the next one, and so on.
    within = np.arange(lasts.sum()) - np.repeat(np.cumsum(lasts) - lasts, lasts)
    steps = (np.repeat(first, lasts) + within) % count
    return np.unique(steps * _PITCHES + np.repeat(pitches.astype(np.int64), lasts))


def _count(length: float) -> int:
    return max(1, round(length * _STEPS))


def _steps(start: float, end: float, count: int) -> NDArray[np.int64]:
    first = int(np.floor(start * _STEPS + 1e-6))
    last = max(first + 1, int(np.ceil(end * _STEPS - 1e-6)))
    return np.arange(first, min(last, first + count)) % count
