"""Every sensible way to play one chord in one kind of voicing, as a table of pitches.

A table holds at most ``MOST`` rows, each a chord's pitches from low to high, with what
each row costs on its own: how far from the middle of the register it lies, whether the
root is below, thin or muddy intervals. Costs are whole numbers (thousandths of a semitone
of voice motion, as it were), so that every machine compares them alike. Tables are kept.

Rules that no row breaks: nothing below MIDI 40 or above 84, and below 48 no two notes
within a whole tone.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import count, pairwise

import numpy as np
from numpy.typing import NDArray

from engine.compose.shapes import Shape, shapes, voiced_tones
from engine.compose.stock import Register

__all__ = ["HIGHEST", "LOWEST", "MOST", "Table", "moved_register", "table_for"]

LOWEST, HIGHEST = 40, 84
MUDDY_BELOW = 48
_STAB_FLOOR, _STAB_CEILING = 54, 78
MOST = 36
"""Rows kept for a chord: the cheapest. More would not lead better, only slower."""

Row = tuple[int, ...]
Costed = tuple[int, Row]

_numbers = count()


def moved_register(own: Register, voicing: str, shift: int) -> Register:
    """Where chords are to lie.

    Args:
        own: of the style.
        voicing: id; one hand's stabs keep around middle C: neither boom nor glitter.
        shift: semitones up; below 0 down, as far as it goes.
    """
    low, high, centre = own.low + shift, own.high + shift, own.centre + shift
    if voicing == "stab":
        low, high = max(low, _STAB_FLOOR), min(high, _STAB_CEILING + max(0, shift))
    return Register(max(LOWEST, low), min(HIGHEST, high), min(HIGHEST, max(LOWEST, centre)))


class Table:
    """All voicings of one chord of the same number of voices or several.

    Attributes:
        rows: pitches of each row, low to high, as tuples; rows with fewer voices first.
        pitches: the same as int16 arrays (rows, voices), one for each number of voices.
        cost: int64 (rows,), what each costs by itself.
        mean: int64 (rows,), mean pitch in thousandths of a semitone.
        tops: int16 (rows,), highest pitch.
        home: mean pitch of the cheapest row, thousandths of a semitone.
        number: no other table of this process has it.
    """

    __slots__ = ("cost", "home", "mean", "number", "pitches", "rows", "tops")

    def __init__(self, costed: list[Costed]) -> None:
        # Rows of one size stand together, cheapest first, so that sizes can be compared as blocks.
        costed = sorted(costed, key=lambda item: (len(item[1]), item[0], item[1]))
        self.number = next(_numbers)
        self.rows: tuple[Row, ...] = tuple(row for _, row in costed)
        self.cost: NDArray[np.int64] = np.array([cost for cost, _ in costed], dtype=np.int64)
        self.mean: NDArray[np.int64] = np.array([sum(row) * 1000 // len(row) for row in self.rows], dtype=np.int64)
        self.home = int(self.mean[int(self.cost.argmin())])
        self.tops: NDArray[np.int16] = np.array([row[-1] for row in self.rows], dtype=np.int16)
        self.pitches: tuple[NDArray[np.int16], ...] = tuple(
            np.array([row for row in self.rows if len(row) == size], dtype=np.int16)
            for size in sorted({len(row) for row in self.rows})
        )


@lru_cache(maxsize=4096)
def table_for(root: int, intervals: tuple[int, ...], bass: int, voicing: str, register: Register) -> Table:
    """Lists the voicings of a chord.

    Args:
        root: pitch class.
        intervals: semitones above it.
        bass: pitch class that must lie lowest when it is not the root (an inversion asked for).
        voicing: id of the voicing.
        register: where the chord should lie.

    Returns:
        At least one row, at most ``MOST``.
    """
    forced = bass if bass != root else None
    for wanted in (register, Register(LOWEST, HIGHEST, register.centre)):
        found = _costed(root, shapes(intervals, voicing), forced, wanted)
        if found:
            return Table(sorted(found)[:MOST])
    # Only a slash chord whose bass is not one of its tones comes here: the bass goes under a close voicing.
    return Table(sorted(_over_bass(root, intervals, bass, register.centre))[:MOST])


def _costed(root: int, made: tuple[Shape, ...], forced: int | None, register: Register) -> list[Costed]:
    low, high, centre = register.low, register.high, register.centre
    best: dict[Row, int] = {}
    for fixed, bass_cost, shape in made:
        if forced is not None and (root + shape[0] - forced) % 12:
            continue
        alone = fixed if forced is not None else fixed + bass_cost
        # The lowest octave in which the shape clears the floor, and on up to the ceiling.
        base = low - shape[0] + (root - low + shape[0]) % 12
        middle = sum(shape) / len(shape) - centre
        while base + shape[-1] <= high:
            mud = _mud(base, shape)
            if mud is not None:
                row = tuple([base + step for step in shape])
                cost = alone + mud + round(90 * abs(base + middle))
                if cost < best.get(row, cost + 1):
                    best[row] = cost
            base += 12
    return [(cost, row) for row, cost in best.items()]


def _mud(base: int, shape: tuple[int, ...]) -> int | None:
    """What close intervals cost down low, where they growl; None where they are forbidden."""
    cost = 0
    for lower, upper in pairwise(shape):
        if base + lower >= 52:
            return cost + 150 * sum(max(0, b - a - 9) for a, b in pairwise(shape) if base + a >= 55)
        gap = upper - lower
        if gap <= 2 and base + lower < MUDDY_BELOW:
            return None
        if gap < 5:
            cost += 120 * (5 - gap)
    return cost


def _over_bass(root: int, intervals: tuple[int, ...], bass: int, centre: int) -> list[Costed]:
    upper = _costed(root, shapes(voiced_tones(intervals, 4), "close"), None, Register(52, HIGHEST, centre))
    found = []
    for cost, row in upper:
        under = bass + 12 * ((row[0] - 3 - bass) // 12)
        joined = (under, *row)
        if under >= LOWEST and _allowed(joined):
            found.append((cost + 40 * (row[0] - under), joined))
    return found


def _allowed(row: Row) -> bool:
    if row[0] < LOWEST or row[-1] > HIGHEST:
        return False
    return all(upper - lower > 2 or lower >= MUDDY_BELOW for lower, upper in pairwise(row))
