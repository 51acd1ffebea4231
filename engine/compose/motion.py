"""How far the voices travel from every voicing of one chord to every voicing of the next.

Voices of two chords are matched low to high, which is the cheapest matching there is for
distances on a line; where one chord has more voices, the ones left out are those that make
the rest move least. All steps that are not known yet are measured in one go: numpy's price
is paid for each call, hardly for what is in it.
"""

from __future__ import annotations

from functools import lru_cache
from itertools import combinations
from threading import Lock

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.compose.voicing import Table

__all__ = ["Motion", "measure", "motions_between"]

Pitches = NDArray[np.int16]
Pair = tuple[Table, Table]

_KEPT = 4000
"""Pairs of tables remembered, about 2 kB each."""

_OCTAVES = np.arange(256) % 12 == 0
_OCTAVES[-127:] = _OCTAVES[127:0:-1]
_PERFECT = np.isin(np.arange(128) % 12, (0, 7))
"""Whether a difference of semitones (below 0: counted from the end) is octaves; and an interval octaves, or a fifth
over them."""

_known: dict[tuple[int, int], Motion] = {}
_door = Lock()


class Motion(msgspec.Struct, frozen=True):
    """What it takes to go from each row of one table to each row of another.

    Attributes:
        mean: mean semitones per voice, in thousandths; int32 (from, to).
        largest: largest move of one voice, semitones; int16 (from, to).
        parallels: pairs of voices in parallel fifths or octaves; int16 (from, to).
        top: move of the highest voice, semitones; int16 (from, to).
    """

    mean: NDArray[np.int32]
    largest: NDArray[np.int16]
    parallels: NDArray[np.int16]
    top: NDArray[np.int16]


class _Block(msgspec.Struct, frozen=True):
    """Rows of one number of voices against rows of one number of voices: one corner of a motion."""

    motion: Motion
    place: tuple[slice, slice]
    before: Pitches
    after: Pitches


def motions_between(pairs: list[Pair]) -> list[Motion]:
    """Measures the steps between pairs of tables, remembering those measured before.

    Args:
        pairs: tables before and after.

    Returns:
        One motion for each pair. Kept for later; of too many the oldest is forgotten.
    """
    numbers = [(before.number, after.number) for before, after in pairs]
    found = [_known.get(number) for number in numbers]
    new = [index for index, motion in enumerate(found) if motion is None]
    if new:
        measured = measure([pairs[index] for index in new])
        with _door:
            for index, motion in zip(new, measured, strict=True):
                found[index] = motion
                _known[numbers[index]] = motion
            while len(_known) > _KEPT:
                del _known[next(iter(_known))]
    return [motion for motion in found if motion is not None]


def measure(pairs: list[Pair]) -> list[Motion]:
    """Measures the steps between pairs of tables.

    Args:
        pairs: tables before and after.

    Returns:
        One motion for each pair.
    """
    motions: list[Motion] = []
    by_size: dict[tuple[int, int], list[_Block]] = {}
    for before, after in pairs:
        shape = (len(before.rows), len(after.rows))
        motion = Motion(
            np.empty(shape, np.int32),
            np.empty(shape, np.int16),
            np.empty(shape, np.int16),
            np.abs(before.tops[:, None] - after.tops),
        )
        motions.append(motion)
        at = 0
        for a in before.pitches:
            to = 0
            for b in after.pitches:
                place = (slice(at, at + len(a)), slice(to, to + len(b)))
                by_size.setdefault((a.shape[1], b.shape[1]), []).append(_Block(motion, place, a, b))
                to += len(b)
            at += len(a)
    for blocks in by_size.values():
        _fill(blocks)
    return motions


def _fill(blocks: list[_Block]) -> None:
    """Measures blocks of equal sizes together and writes them where they belong."""
    before = np.concatenate([np.repeat(block.before, len(block.after), axis=0) for block in blocks])
    after = np.concatenate([np.tile(block.after, (len(block.before), 1)) for block in blocks])
    mean, largest, parallels = _steps(before, after)
    start = 0
    for block in blocks:
        shape = (len(block.before), len(block.after))
        end = start + shape[0] * shape[1]
        block.motion.mean[block.place] = mean[start:end].reshape(shape)
        block.motion.largest[block.place] = largest[start:end].reshape(shape)
        block.motion.parallels[block.place] = parallels[start:end].reshape(shape)
        start = end


@lru_cache(maxsize=64)
def _subsets(size: int, of: int) -> NDArray[np.intp]:
    return np.array(list(combinations(range(of), size)), dtype=np.intp)


@lru_cache(maxsize=16)
def _voice_pairs(voices: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    lower, upper = np.triu_indices(voices, 1)
    return lower, upper


def _steps(before: Pitches, after: Pitches) -> tuple[NDArray[np.int32], Pitches, Pitches]:
    """Motion from each row to the row beside it.

    Args:
        before: pitches low to high, (rows, voices).
        after: as many rows, of the same or another number of voices.

    Returns:
        Mean move per voice (thousandths), largest move, and number of parallels, each (rows,).
    """
    if before.shape[1] > after.shape[1]:
        # None of the three changes when time runs backwards.
        before, after = after, before
    voices = before.shape[1]
    if voices < after.shape[1]:
        choices = after[:, _subsets(voices, after.shape[1])]
        distance = np.abs(choices - before[:, None, :]).sum(axis=2)
        after = choices[np.arange(len(after)), distance.argmin(axis=1)]
    moves = after - before
    size = np.abs(moves)
    mean = size.sum(axis=1, dtype=np.int32) * np.int32(1000) // np.int32(voices)
    lower, upper = _voice_pairs(voices)
    below, above = moves[:, lower], moves[:, upper]
    parallel = (below * above > 0) & _OCTAVES[above - below]
    # Few pairs of voices keep their interval: only of these it matters which it is.
    row, pair = parallel.nonzero()
    perfect = _PERFECT[before[row, upper[pair]] - before[row, lower[pair]]]
    parallels = np.bincount(row[perfect], minlength=len(before)).astype(np.int16)
    return mean, size.max(axis=1), parallels
