"""New pitches for a line, drawn as the clip itself draws them.

Each note may take any pitch of the ladder. How likely a line is hangs on its intervals, likely where the clip itself
makes them often, and on how its notes fit where they stand. Lines are drawn with just these likelihoods, in one pass
forward over all notes and one back (forward filtering, backward sampling; Rabiner 1989, Scott 2002): with the notes
before and behind given, the line joins both. The likeliest line would repeat its notes far too often.
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
_PRIOR = 6.0
"""How many intervals of any melody the clip's own are mixed with."""

_LONGEST_STEP = 4.0
"""Beats from one note to the next up to which they make an interval."""

# How often melodies of any kind move by so many semitones (same note, half tone, tone, thirds, fourth ...), each way.
_USUAL = (0.2, 0.13, 0.19, 0.08, 0.05, 0.045, 0.012, 0.03, 0.01, 0.012, 0.006, 0.003, 0.012)
_RARE = 5e-4

_FAR = 0.02
"""Cost of a semitone between a note and the one it stands for."""

_JOINT = 2.0
"""How much more the intervals to the notes before and behind count: a leap is heard most where old meets new."""

_LEAST_FREEDOM = 0.12


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
    def _intervals(self) -> Floats:
        """Share of each interval, shape (49,), from two octaves down to two up."""
        tops: dict[float, int] = {}
        for note in self._notes:
            at = round(note.start_time, 1)
            tops[at] = max(tops.get(at, 0), note.pitch)
        counts = np.zeros(2 * _WIDEST + 1)
        steps: NDArray[np.int64] = np.diff(np.array(list(tops.values()), dtype=np.int64)).astype(np.int64)
        # Over a long rest a line begins anew: that is no step it makes.
        near = np.diff(np.array(list(tops), dtype=np.float64)) <= _LONGEST_STEP
        np.add.at(counts, steps[near & (np.abs(steps) <= _WIDEST)] + _WIDEST, 1.0)
        usual = np.full(2 * _WIDEST + 1, _RARE)
        for size, share in enumerate(_USUAL):
            usual[_WIDEST + size] = usual[_WIDEST - size] = share
        shares: Floats = (counts + _PRIOR * usual) / (counts.sum() + _PRIOR * usual.sum())
        return shares

    @cached_property
    def _table(self) -> list[float]:
        shares: list[float] = self._intervals.tolist()
        return shares

    def likely(self, one: int, other: int) -> float:
        """How often the clip goes from a pitch to another one, as a share of all its intervals."""
        return self._table[min(max(other - one, -_WIDEST), _WIDEST) + _WIDEST]

    def near(self, pitch: int) -> Floats:
        """What each pitch of the ladder costs for being far from one, (pitches,)."""
        return np.asarray(_FAR * np.abs(self.ladder - pitch), dtype=np.float64)

    def outside(self, tones: frozenset[int]) -> Floats:
        """1 for each pitch of the ladder that is none of some pitch classes, 0 for the others, (pitches,)."""
        if tones not in self._outside:
            self._outside[tones] = np.array([float(pitch % 12 not in tones) for pitch in self.ladder.tolist()])
        return self._outside[tones]

    def _moves(self, origin: NDArray[np.int64], goal: NDArray[np.int64]) -> Floats:
        """Shares of the intervals between pitches, (origins, goals)."""
        apart = np.minimum(np.maximum(goal[None, :] - origin[:, None], -_WIDEST), _WIDEST)
        return np.asarray(self._intervals[apart + _WIDEST], dtype=np.float64)

    @cached_property
    def _steps(self) -> Floats:
        return self._moves(self.ladder, self.ladder)

    def way(
        self,
        fit: Floats,
        dice: Dice,
        *,
        before: int | None = None,
        after: int | None = None,
        freedom: float = 1.0,
    ) -> list[int]:
        """Draws pitches for a line.

        Args:
            fit: what each pitch of the ladder costs at each note, as a negative logarithm of likelihood, shape
                (notes, pitches); at least one note.
            dice: of the take.
            before: pitch that sounds before the first note.
            after: pitch that sounds behind the last one.
            freedom: 1 draws with the likelihoods as they are; towards 0 ever more surely the likeliest.

        Returns:
            A pitch for each note.
        """
        power = 1.0 / max(_LEAST_FREEDOM, freedom)
        here = np.exp(-power * fit)
        steps = self._steps if power == 1.0 else self._steps**power
        if before is not None:
            here[0] *= self._moves(np.array([before], dtype=np.int64), self.ladder)[0] ** (_JOINT * power)
        if after is not None:
            here[-1] *= self._moves(self.ladder, np.array([after], dtype=np.int64))[:, 0] ** (_JOINT * power)
        forward = [here[0] / here[0].sum()]
        for row in here[1:]:
            now = (forward[-1] @ steps) * row
            forward.append(now / now.sum())
        marks = dice.uniforms("line", np.arange(len(fit), dtype=np.int64))
        path: list[int] = []
        for note in range(len(fit) - 1, -1, -1):
            chances = forward[note] * steps[:, path[-1]] if path else forward[note]
            total = np.cumsum(chances)
            path.append(min(int(np.searchsorted(total, marks[note] * total[-1], "right")), len(total) - 1))
        return [int(self.ladder[row]) for row in reversed(path)]
