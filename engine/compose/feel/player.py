"""One drummer, as drawn: where each drum lies at each step, how loud, and how much both spread."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from engine.compose.feel.bank import SCORES, Bank, score_of
from engine.compose.feel.lanes import LANES, SIBLINGS

__all__ = ["Player", "player"]

Floats = NDArray[np.float64]
Integers = NDArray[np.int64]

_TRUST = 1.0
"""Hits that what is known of a cell's surroundings counts as."""

_SHARES = np.array([NormalDist().cdf(score) for score in SCORES])

_WIDER = 1.25
"""What deviations of timing lack: means of few hits lie nearer to each other than the hits did, and what sounds
together is drawn together afterwards. Found on one half of the performances (see ``score_feel``)."""

_SAME = 0.8
"""How much of what everyone does a drummer does where nothing of their own is known."""

_FEW = 4.0
"""Hits that the mean of a drum counts as at a step."""

_LEFT = 0.1
"""Share of the variance of loudness that is chance at least."""

_TOUCH = 0.8
"""Deviation of a stroke's score where a lane was not played enough to tell."""


@dataclass(frozen=True)
class Player:
    """A drummer's habits.

    Attributes:
        tempo: beats per minute they were heard at.
        late: milliseconds behind the grid, (12, 16).
        loud: velocity, (12, 16).
        lean: milliseconds behind the grid on the whole, (12,).
        spread: deviation of timing, milliseconds.
        score: where that stands in the lane's distribution of loudness, (12, 16).
        levels: velocity at each of ``bank.SCORES``, (12, 9).
        rises: velocity per score from each of ``bank.SCORES`` to the next, (12, 9); the last is 0.
        usual: velocity of ``score``, (12, 16).
        touch: deviation of a stroke's score about that, (12,).
    """

    tempo: float
    late: Floats
    loud: Floats
    lean: Floats
    spread: float
    score: Floats
    levels: Floats
    rises: Floats
    usual: Floats
    touch: Floats

    def velocity(self, lane: Integers, score: Floats) -> Floats:
        """The velocity of strokes that stand at given places in their lanes' distributions, (N,)."""
        return _velocity(self.levels, self.rises, lane, score)


@lru_cache(maxsize=512)
def player(bank: Bank, row: int, present: frozenset[int]) -> Player:
    """Makes a whole drummer of one performance; kept, since few are near to what somebody works on.

    Where a drum was not struck at a step, what the drummer did with it elsewhere, with others there, and what all
    drummers do, stand in, by how much is known of each.

    Args:
        bank: the performances.
        row: which of them.
        present: lanes that are to be played; a stroke that is not among them lends its hits to its sibling.
    """
    counts, late, loud, levels = (table[row].copy() for table in (bank.counts, bank.late, bank.loud, bank.levels))
    all_counts, all_sums = bank.everyone.counts.copy(), bank.everyone.loud.copy()
    for pair in SIBLINGS:
        for kept, other in (pair, pair[::-1]):
            if kept in present and other not in present:
                _lend(counts, (late, loud), levels, (kept, other))
                all_counts[kept] += all_counts[other]
                all_sums[kept] += all_sums[other]
    usual = all_sums.sum(axis=1) / np.maximum(1.0, all_counts.sum(axis=1))
    usually = (all_sums + _FEW * usual[:, None]) / (all_counts + _FEW)
    own_late = (counts * late).sum() / max(1.0, counts.sum())
    own_loud = _SAME * (counts * (loud - usually)).sum() / max(1.0, counts.sum())
    lane_late = _mean(counts, late, own_late + bank.everyone.late)
    # What a lane would sound like with everyone, at the steps this drummer strikes it.
    base = _mean(counts, usually, usual)
    lane_loud = _mean(counts, loud, usual + own_loud)
    louds = _cells(
        counts, loud, lane_loud[:, None] + _accents(counts, loud - lane_loud[:, None], usually - base[:, None])
    )
    heard = counts.sum(axis=1) > 0
    levels = np.where(heard[:, None], levels, bank.everyone.levels + own_loud)
    score = np.array([score_of(row_loud, row_levels) for row_loud, row_levels in zip(louds, levels, strict=True)])
    rises = np.zeros_like(levels)
    rises[:, :-1] = np.diff(levels) / np.diff(SCORES)
    return Player(
        tempo=float(bank.tempo[row]),
        late=_cells(counts, late, lane_late[:, None] + _by_step(counts, late - lane_late[:, None])),
        loud=np.clip(louds, 1.0, 127.0),
        lean=lane_late,
        spread=float(bank.spread[row]) * _WIDER,
        score=score,
        levels=levels,
        rises=rises,
        usual=_velocity(levels, rises, np.arange(len(LANES))[:, None], score),
        touch=np.minimum(np.where((bank.touch[row] > 0) & heard, bank.touch[row], _TOUCH), _left(counts, score)),
    )


def _velocity(levels: Floats, rises: Floats, lane: Integers, score: Floats) -> Floats:
    """What ``Player.velocity`` tells; beyond the first and the last score it is as it is there."""
    inside = np.minimum(np.maximum(score, SCORES[0]), SCORES[-1])
    below = SCORES.searchsorted(inside, "right") - 1
    return np.asarray(levels[lane, below] + rises[lane, below] * (inside - SCORES[below]), dtype=np.float64)


def _left(counts: Floats, score: Floats) -> Floats:
    """Deviation that accents leave to chance, (12,): scores as a whole have a deviation of 1."""
    heard = np.maximum(counts.sum(axis=1), 1.0)
    mean = (counts * score).sum(axis=1) / heard
    spread = (counts * (score - mean[:, None]) ** 2).sum(axis=1) / heard
    return np.asarray(np.sqrt(np.maximum(1.0 - spread, _LEFT)), dtype=np.float64)


def _lend(counts: Floats, tables: tuple[Floats, Floats], levels: Floats, lanes: tuple[int, int]) -> None:
    kept, other = lanes
    both = np.array([counts[kept].sum(), counts[other].sum()])
    if both[1] > 0:
        levels[kept] = _pooled(levels[list(lanes)], both)
    total = counts[kept] + counts[other]
    for table in tables:
        mean = (counts[kept] * table[kept] + counts[other] * table[other]) / np.maximum(total, 1.0)
        table[kept] = mean
    counts[kept] = total
    counts[other] = 0.0


def _pooled(levels: Floats, counts: Floats) -> Floats:
    """The levels of two strokes taken as one, (9,): read off the mean of their distributions."""
    values = np.arange(128, dtype=np.float64)
    shares = [np.interp(values, row + np.arange(len(SCORES)) * 1e-3, _SHARES, left=0.0, right=1.0) for row in levels]
    mean = (shares[0] * counts[0] + shares[1] * counts[1]) / counts.sum()
    return np.asarray(np.interp(_SHARES, mean + values * 1e-9, values), dtype=np.float64)


def _mean(counts: Floats, values: Floats, otherwise: Floats) -> Floats:
    """Mean of each lane, (12,); of one that was not played what is expected of it."""
    heard = counts.sum(axis=1)
    return np.where(heard > 0, (counts * values).sum(axis=1) / np.maximum(heard, 1.0), otherwise)


def _by_step(counts: Floats, values: Floats) -> Floats:
    """What all drums do at a step, (1, 16): who swings, swings with both hands."""
    return np.asarray(((counts * values).sum(axis=0) / (counts.sum(axis=0) + 2.0))[None, :], dtype=np.float64)


def _accents(counts: Floats, values: Floats, usual: Floats) -> Floats:
    """How much louder the drum is at a step than on the whole, (12, 16): as on steps of the same weight, as usually."""
    usual = _SAME * usual
    beats = (len(LANES), 4, 4)
    heard = np.tile(counts.reshape(beats).sum(axis=1), 4)
    more = np.tile((counts * (values - usual)).reshape(beats).sum(axis=1), 4)
    return np.asarray(usual + more / (heard + 2.0), dtype=np.float64)


def _cells(counts: Floats, values: Floats, expected: Floats) -> Floats:
    return np.asarray((counts * values + _TRUST * expected) / (counts + _TRUST), dtype=np.float64)
