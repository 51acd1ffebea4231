"""A family of ducks, and the one that lies best on a curve of levels."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.hear.traits.duck_kernels import COSINE, SHAPES, best_of, joint, level, refined, seen
from engine.hear.traits.grid import Grid

COLUMNS = 96
"""Parts of a beat: 5 ms at 125 BPM; divides by the ducks in a beat."""

RATES = (1, 2, 4)
"""Ducks in a beat."""

_DEPTHS = (2.0, 4.0, 6.0, 9.0, 12.0, 16.0, 20.0, 26.0)
_RELEASES = (0.15, 0.3, 0.45, 0.6, 0.8, 1.0)
_ONSETS = (-0.01, 0.0, 0.014)
_FORMS = {
    0: (0, 1, 6),
    3: (3, 4),
    COSINE: (COSINE, 2),
    SHAPES: (SHAPES, SHAPES + 1, SHAPES + 6),
    SHAPES + 3: (SHAPES + 3, SHAPES + 4),
    SHAPES + COSINE: (SHAPES + COSINE, SHAPES + 2),
}
"""Forms that are looked at coarsely, and those near to each that are followed up."""
_ATTACK = 0.004
_TAPS = 9
_BETTER = 0.002
"""Agreement by which another form must be better, so that chance does not choose."""


@dataclass(frozen=True)
class Duck:
    """One duck laid on a curve.

    Attributes:
        depth: dB.
        attack: Seconds.
        release: Seconds from the least level until it is back.
        onset: Seconds from the beat to the least level.
        offset: dB of the undisturbed level on the curve.
        shape: Form of the release, as in `duck_kernels.level`.
        per_beat: Ducks in a beat.
        agreement: Share of the curve that lies on it, at most 1.
        flat: The same for a level that does not move.
    """

    depth: float
    attack: float
    release: float
    onset: float
    offset: float
    shape: int
    per_beat: int
    agreement: float
    flat: float

    def shown(self, beat: float, window: float) -> Grid:
        """The level in each part of a beat in dB, as the window shows it, shape (COLUMNS,)."""
        out = np.empty(COLUMNS)
        made = np.array([self.depth, self.attack, self.release])
        seen(out, beat, self.per_beat, self.onset, made, self.shape, *taps(window))
        return out

    def back_after(self) -> float:
        """Seconds from the least level until it is back within 1 dB; 0 for ducks of less than that."""
        times = np.linspace(0, self.release, 200)
        levels = [level(self.attack + time, self.depth, self.attack, self.release, self.shape) for time in times]
        near = np.flatnonzero(20 * np.log10(np.maximum(levels, 1e-9)) >= -1)
        return float(times[near[0]]) if len(near) else self.release


@lru_cache(4)
def taps(window: float) -> tuple[Grid, Grid]:
    """Where in a window of so many seconds the power comes from: seconds from its middle, and the share."""
    where = (np.arange(_TAPS) - _TAPS // 2) / (_TAPS + 3)
    share = np.cos(np.pi * where) ** 4  # the square of a Hann window
    return where * window, share / share.sum()


@dataclass(frozen=True)
class Family:
    """Ducks to begin with: `curves` of shape (n, COLUMNS) in dB, and the numbers that made each.

    The columns of `made` are depth, attack, release, onset, form, ducks in a beat.
    """

    curves: Grid
    made: Grid


@lru_cache(4)
def family(beat: float, window: float) -> Family:
    """All coarse ducks for beats of so many seconds."""
    made = []
    for per_beat in RATES:
        period = beat / per_beat
        ways = [(_ATTACK, share * period, form) for form in _FORMS for share in _RELEASES]
        ways += [(period / 2, period / 2, form) for form in (COSINE, SHAPES + COSINE)]
        made += [
            (depth, attack, release, onset, form, per_beat)
            for attack, release, form in ways
            for depth in _DEPTHS
            for onset in _ONSETS
            if onset < 0.2 * period
        ]
    curves = np.empty((len(made), COLUMNS))
    for curve, (depth, attack, release, onset, form, per_beat) in zip(curves, made, strict=True):
        seen(curve, beat, int(per_beat), onset, np.array([depth, attack, release]), int(form), *taps(window))
    return Family(curves, np.array(made))


@lru_cache(4)
def _few(count: int) -> NDArray[np.int64]:
    return np.flatnonzero(np.arange(count) % 5 == 1)


def coarse_fit(curve: Grid, weight: Grid, beat: float, window: float) -> tuple[float, float]:
    """How well the best coarse duck agrees with a curve, and its undisturbed level."""
    some = family(round(beat, 3), window)
    # A fifth of them is enough to see whether a band can be ducked at all.
    few = some.curves[_few(len(some.curves))]
    _, offset, agreement = best_of(curve, weight, few)
    _, still, flat = best_of(curve, weight, np.zeros((1, COLUMNS)))
    return (agreement, offset) if agreement > flat else (flat, still)


def fit_duck(curves: Grid, share: Grid, beat: float, window: float, starts: int = 4) -> Duck:
    """Lay the best duck on the curves of some bands.

    Args:
        curves: dB in each part of a beat, shape (bands, COLUMNS), their undisturbed levels near 0.
        share: How much each band counts, sum 1.
        beat: Seconds of a beat.
        window: Seconds of the window the levels were seen through.
        starts: How many coarse answers are followed up.
    """
    some = family(round(beat, 3), window)
    curve, even = low_side(curves, share), np.full(COLUMNS, 1 / COLUMNS)
    _, still, _ = best_of(curve, even, np.zeros((1, COLUMNS)))
    flat = joint(curves, share, np.zeros(COLUMNS), still)
    best = Duck(0.0, _ATTACK, 0.1, 0.0, still, 0, 1, flat, flat)
    coarse = []
    for per_beat in RATES:
        for form, near in _FORMS.items():
            of_form = np.flatnonzero((some.made[:, 5] == per_beat) & (some.made[:, 4] == form))
            which, offset, top = best_of(curve, even, some.curves[of_form])
            coarse.append((top, per_beat, near, np.append(some.made[of_form[which], :4], offset)))
    coarse.sort(key=lambda found: -found[0])
    for _, per_beat, near, start in coarse[:starts]:
        for tried in near:
            found, top = refined(curves, share, beat, per_beat, start, tried, *taps(window))
            if top > best.agreement + _BETTER:
                depth, attack, release, onset, level_ = (float(each) for each in found)
                best = Duck(depth, attack, release, onset, level_, tried, per_beat, top, flat)
    return best


def low_side(curves: Grid, share: Grid) -> Grid:
    """The level that 35 % of the bands are below, shape (COLUMNS,)."""
    order = np.argsort(curves, axis=0)
    mass = np.cumsum(share[order], axis=0)
    first = np.argmax(mass >= 0.35 * share.sum(), axis=0)
    return np.asarray(np.take_along_axis(np.take_along_axis(curves, order, 0), first[None], 0)[0])
