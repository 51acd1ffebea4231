"""The performances that feel was learnt from, as tables: what each drummer did at each step with each drum.

Learnt from the Groove MIDI Dataset (Gillick, Roberts, Engel, Eck and Bamman 2019, "Learning to Groove with Inverse
Sequence Transformations"; Magenta, Google; CC BY 4.0) by ``tests/benchmarks/composing/fit_feel.py``. Of a performance
the tables keep means and deviations, not its notes.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.feel.lanes import CLASS, CLASSES

__all__ = ["SCORES", "Bank", "onsets", "read", "score_of", "shipped"]

_WEIGHTS = Path(__file__).with_name("weights.npz")

SCORES = np.linspace(-2.0, 2.0, 9)
"""Where in a drum's distribution of loudness its velocity is kept, as the normal distribution would score it."""

_FLOATS = ("tempo", "counts", "late", "loud", "spread", "levels", "touch")

_NEAREST = 16
"""Performances among which the dice choose."""

_OTHER_STYLE = 5.0
"""How much farther a performance of another style counts as."""

_UNHEARD, _HARDLY = 2.0, 0.5
"""How much farther a performance counts as in which none of the drums was played, or less than every other bar."""

_SOFTNESS = 0.4


@dataclass(frozen=True)
class Everyone:
    """What all drummers of a bank do.

    Attributes:
        late: milliseconds a lane lies behind its drummer; (12,).
        counts: hits; (12, 16).
        loud: sums of the velocities of these hits; (12, 16).
        levels: velocity at each of ``SCORES``, of the drummer in the middle; (12, 9).
    """

    late: NDArray[np.float64]
    counts: NDArray[np.float64]
    loud: NDArray[np.float64]
    levels: NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Bank:
    """Performances, one row each; P of them, 12 lanes, 16 steps.

    Attributes:
        names: which performance it was.
        style: family of style, an index of ``styles``; (P,).
        styles: the families.
        tempo: beats per minute; (P,).
        onsets: share of bars with a hit, per instrument and step; (P, 9, 16).
        counts: hits; (P, 12, 16).
        late: mean milliseconds behind the grid, where there are hits; (P, 12, 16).
        loud: mean velocity, where there are hits; (P, 12, 16).
        spread: deviation of timing about these means, milliseconds; (P,).
        levels: velocity at each of ``SCORES`` in the lane's own distribution; (P, 12, 9).
        touch: deviation of the scores of hits about those of these means, 0 where not played enough; (P, 12).
    """

    names: tuple[str, ...]
    style: NDArray[np.int64]
    styles: tuple[str, ...]
    tempo: NDArray[np.float64]
    onsets: NDArray[np.float64]
    counts: NDArray[np.float64]
    late: NDArray[np.float64]
    loud: NDArray[np.float64]
    spread: NDArray[np.float64]
    levels: NDArray[np.float64]
    touch: NDArray[np.float64]

    @cached_property
    def everyone(self) -> Everyone:
        """What all of them do."""
        lanes = self.counts.sum(axis=2)
        own = (self.counts * self.late).sum(axis=(1, 2)) / np.maximum(lanes.sum(axis=1), 1.0)
        late = (self.counts * (self.late - own[:, None, None])).sum(axis=(0, 2)) / np.maximum(lanes.sum(axis=0), 1.0)
        levels = [np.median(self.levels[lanes[:, lane] > 0, lane], axis=0) for lane in range(lanes.shape[1])]
        return Everyone(
            late=late,
            counts=self.counts.sum(axis=0),
            loud=(self.counts * self.loud).sum(axis=0),
            levels=np.array(levels),
        )

    def draw(self, played: NDArray[np.float64] | None, tempo: float, families: tuple[str, ...], dice: Dice) -> int:
        """Draws a performance near to what is to be played.

        Nearness is the share of hits in common, the ratio of tempi and, where asked for, the style; among the sixteen
        nearest chance decides, for nearer ones more often.

        Args:
            played: share of bars with a hit, (9, 16), see ``onsets``; None: whatever it is.
            tempo: beats per minute.
            families: names of ``styles`` that are wanted; none: any.
            dice: of the take's seed.

        Returns:
            Its row.
        """
        apart = np.abs(np.log2(self.tempo / tempo))
        if played is not None:
            hits = np.sqrt(played.sum() + self.onsets.sum(axis=(1, 2)) + 1e-9)
            apart = apart + np.abs(self.onsets - played).sum(axis=(1, 2)) / hits
            # Of a drum that was never struck nothing was learnt: somebody who plays it knows better.
            struck = self.onsets.sum(axis=2) > _HARDLY
            share = played.sum(axis=1) / max(1e-9, float(played.sum()))
            apart = apart + _UNHEARD * (1.0 - struck.astype(np.float64) @ share)
        if families:
            wanted = np.array([name in families for name in self.styles])
            apart += np.where(wanted[self.style], 0.0, _OTHER_STYLE)
        near = np.argsort(apart, kind="stable")[:_NEAREST]
        weights = np.exp((apart[near[0]] - apart[near]) / _SOFTNESS)
        return int(near[dice.index("performance", weights.tolist())])


def onsets(lane: NDArray[np.int64], step: NDArray[np.int64], bars: float) -> NDArray[np.float64]:
    """The share of bars in which each instrument is struck at each step.

    Args:
        lane: of each hit.
        step: of each hit, 0..15.
        bars: how many bars they fill, above 0.

    Returns:
        Shares 0..1, (9, 16).
    """
    found = np.zeros((CLASSES, 16))
    np.add.at(found, (CLASS[lane], step), 1.0)
    return np.minimum(found / bars, 1.0)


def score_of(velocities: NDArray[np.float64], levels: NDArray[np.float64]) -> NDArray[np.float64]:
    """Where velocities stand in a drum's distribution of loudness: -2 among the softest, 2 among the loudest.

    Args:
        velocities: of any shape.
        levels: velocity at each of ``SCORES``, (9,).
    """
    # Where many strokes were equally loud the table stands still: a slope too small to hear lets it be read backwards.
    return np.interp(velocities, levels + np.arange(len(SCORES)) * 1e-3, SCORES)


@lru_cache(maxsize=1)
def shipped() -> Bank:
    """The bank that comes with Bandmate, read once."""
    return read(_WEIGHTS)


def read(path: Path) -> Bank:
    """Reads a bank as the fitting script writes it."""
    with np.load(path, allow_pickle=False) as kept:
        floats = {name: kept[name].astype(np.float64) for name in _FLOATS}
        return Bank(
            names=tuple(kept["names"].tolist()),
            style=kept["style"].astype(np.int64),
            styles=tuple(kept["styles"].tolist()),
            onsets=kept["onsets"].astype(np.float64) / 200.0,
            **floats,
        )
