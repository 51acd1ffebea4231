"""New pitches for a line: the most fitting way through, a little different for every seed.

Each note may take any pitch of the ladder. A way costs what its intervals cost, which is little for those the clip
itself makes often, and what its notes cost where they stand; chance is added to the latter, so that the cheapest way
(Viterbi's algorithm) is a fair sample of good ones (perturb and maximise; Papandreou and Yuille 2011). With the notes
before and behind given, the way joins both.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.notes import Note

__all__ = ["LineModel"]

Floats = NDArray[np.float64]

_WIDEST = 24
_LONGEST_STEP = 4.0
"""Beats from one note to the next up to which they make an interval."""

_PRIOR = 6.0
"""How many intervals of any melody the clip's own are mixed with."""

# How often melodies of any kind move by so many semitones (same note, half tone, tone, thirds, fourth ...), each way.
_USUAL = (0.2, 0.13, 0.19, 0.08, 0.05, 0.045, 0.012, 0.03, 0.01, 0.012, 0.006, 0.003, 0.012)
_NEVER = 12.0
_FAR = 0.02
"""Cost of a semitone between a note and the one it stands for."""

_SWAY = 1.1
"""Deviation of the chance added to every pitch of every note, in units of the logarithm of likelihood."""


class LineModel:
    """How a clip's line moves, and on which pitches.

    Args:
        notes: the clip's, at least one, sorted by start.
        ladder: pitches to choose from, low to high, at least one.
    """

    def __init__(self, notes: Sequence[Note], ladder: Sequence[int]) -> None:
        self._notes = notes
        self.ladder = np.array(ladder, dtype=np.int64)
        self._outside: dict[frozenset[int], Floats] = {}

    @cached_property
    def interval_costs(self) -> Floats:
        """Cost of each interval, shape (49,), from two octaves down to two up."""
        counts = np.zeros(2 * _WIDEST + 1)
        tops: dict[float, int] = {}
        for note in self._notes:
            at = round(note.start_time, 1)
            tops[at] = max(tops.get(at, 0), note.pitch)
        steps: NDArray[np.int64] = np.diff(np.array(list(tops.values()), dtype=np.int64)).astype(np.int64)
        # Over a long rest a line begins anew: that is no step it makes.
        near = np.diff(np.array(list(tops), dtype=np.float64)) <= _LONGEST_STEP
        steps = steps[near & (np.abs(steps) <= _WIDEST)] + _WIDEST
        np.add.at(counts, steps, 1.0)
        usual = np.full(2 * _WIDEST + 1, 5e-4)
        for size, share in enumerate(_USUAL):
            usual[_WIDEST + size] = usual[_WIDEST - size] = share
        shares = (counts + _PRIOR * usual) / (counts.sum() + _PRIOR * usual.sum())
        # Rounded, so that the last bit of a logarithm decides nothing.
        return np.asarray(np.round(np.minimum(-np.log(shares), _NEVER), 6), dtype=np.float64)

    def near(self, pitch: int) -> Floats:
        """What each pitch of the ladder costs for being far from one, (pitches,)."""
        return np.asarray(_FAR * np.abs(self.ladder - pitch), dtype=np.float64)

    def outside(self, tones: frozenset[int]) -> Floats:
        """1 for each pitch of the ladder that is none of some pitch classes, 0 for the others, (pitches,)."""
        if tones not in self._outside:
            self._outside[tones] = np.array([float(pitch % 12 not in tones) for pitch in self.ladder.tolist()])
        return self._outside[tones]

    @cached_property
    def _steps(self) -> Floats:
        """Cost of going from each pitch of the ladder to each, (pitches, pitches)."""
        return self.costs(self.ladder)

    def costs(self, origin: NDArray[np.int64]) -> Floats:
        """Cost of going from each of some pitches to each of the ladder, (origins, pitches)."""
        apart = np.minimum(np.maximum(self.ladder[None, :] - origin[:, None], -_WIDEST), _WIDEST)
        return np.asarray(self.interval_costs[apart + _WIDEST], dtype=np.float64)

    def way(
        self,
        fit: Floats,
        dice: Dice,
        *,
        before: int | None = None,
        after: int | None = None,
        sway: float = 1.0,
    ) -> list[int]:
        """Draws pitches for a line.

        Args:
            fit: what each pitch of the ladder costs at each note, shape (notes, pitches); at least one note.
            dice: of the take.
            before: pitch that sounds before the first note.
            after: pitch that sounds behind the last one.
            sway: how much chance has to say; 1 as much as the intervals, 0 nothing.

        Returns:
            A pitch for each note.
        """
        count, size = fit.shape
        numbers = np.arange(count * size, dtype=np.int64).reshape(count, size)
        total = fit + sway * _SWAY * dice.bells("line", numbers)
        if after is not None:
            apart = np.clip(after - self.ladder, -_WIDEST, _WIDEST) + _WIDEST
            total[-1] += self.interval_costs[apart]
        best = total[0] + (self.costs(np.array([before], dtype=np.int64))[0] if before is not None else 0.0)
        back: list[NDArray[np.intp]] = []
        own = np.arange(size)
        for note in range(1, count):
            arrivals = best[:, None] + self._steps
            came = arrivals.argmin(axis=0)
            back.append(came)
            best = arrivals[came, own] + total[note]
        row = int(best.argmin())
        path = [row]
        for came in reversed(back):
            row = int(came[row])
            path.append(row)
        return [int(self.ladder[row]) for row in reversed(path)]
