"""How well candidates fit what already sounds: room in time, room in pitch, and tones in common."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from engine.notes import Note

__all__ = ["Around", "fit"]

_STEPS = 4
"""Places in a beat that are told apart."""

_PITCHES = 132
"""MIDI's 128, filled up to whole octaves."""


class Around:
    """What sounds beside the part, made ready to be compared with.

    Args:
        notes: of all other clips that play, in beats from the part's start, drums left out.
        length: beats of the part, above 0; what sounds later goes round.
    """

    def __init__(self, notes: Sequence[Note], length: float) -> None:
        self.length = length
        self._grid = _grid(notes, length)
        self.silent = not self._grid.any()

    def fit(self, notes: Sequence[Note]) -> float:
        """Returns how well notes fit, 0..1; 1 where nothing else sounds.

        Rubs (a semitone or a major seventh or their octaves against what sounds at the same time) weigh most, notes at
        unison with others a little.
        """
        if self.silent:
            return 1.0
        own = _grid(notes, self.length)
        total = own.sum()
        if total == 0:
            return 1.0
        around = self._grid
        classes = np.stack([around[:, tone::12].any(axis=1) for tone in range(12)], axis=1)
        rubs = np.roll(classes, 1, axis=1) | np.roll(classes, -1, axis=1)
        # A tone that belongs to what sounds does not rub with its neighbours there.
        rubs &= ~classes
        mine = np.stack([own[:, tone::12].sum(axis=1) for tone in range(12)], axis=1)
        rubbing = (mine * rubs).sum() / total
        doubled = (own & around).sum() / total
        return float(np.clip(1 - 2.2 * rubbing - 0.35 * doubled, 0, 1))


def fit(candidates: Sequence[Sequence[Note]], around: Sequence[Note], length: float) -> NDArray[np.float64]:
    """Returns how well each of several takes fits what sounds; see ``Around``."""
    beside = Around(around, length)
    return np.array([beside.fit(notes) for notes in candidates])


def _grid(notes: Sequence[Note], length: float) -> NDArray[np.bool_]:
    """Which pitch sounds in which sixteenth of the part."""
    count = max(1, round(length * _STEPS))
    grid = np.zeros((count, _PITCHES), dtype=bool)
    for note in notes:
        if note.mute:
            continue
        first = int(np.floor(note.start_time * _STEPS + 1e-6))
        last = max(first + 1, int(np.ceil(note.end_time * _STEPS - 1e-6)))
        grid[np.arange(first, min(last, first + count)) % count, note.pitch] = True
    return grid
