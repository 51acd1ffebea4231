"""Grooves: where and how loud each step of a bar or two is played, taken from one clip to be given to others.

A groove is plain data, so that a device can keep it in its Set. Timing is in beats, so it is the same groove at every
tempo. Its grid is straight ("8", "16") or in triplets ("8t", "16t"); swing is timing on a straight grid.
"""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec
import numpy as np
from msgspec import Meta
from numpy.typing import NDArray

from engine.compose.checks import check_choice, check_number
from engine.compose.request import Text
from engine.errors import InvalidValue
from engine.notes import beats_per_bar

__all__ = ["GRIDS", "Grid", "Groove", "check_groove", "groove_of", "likely_grid"]

Floats = NDArray[np.float64]
Grid = Literal["8", "8t", "16", "16t"]

GRIDS: dict[str, float] = {"8": 1 / 2, "8t": 1 / 3, "16": 1 / 4, "16t": 1 / 6}
"""Beats of a step."""

MOST_STEPS = 400
"""Two bars of 32/4 in sixteenth triplets and some more."""

_SWUNG = (0.4, 0.72)
"""Where the second of a pair may lie, as a share of it: somewhat early to somewhat beyond a triplet."""

_ON = 0.1
_MOST = 0.9
"""Share of notes that have to lie where a grid expects them."""


class Groove(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How the steps of a cycle are played.

    Attributes:
        name: as shown.
        grid: value of a step; "t" are triplets.
        cycle: beats after which it goes round, a whole number of steps.
        timing: beats each step comes late, below 0 early; at most half a step.
        velocity: 0..127, how loud each step is; an even groove says nothing of loudness.
        heard: how many onsets each step was heard by; 0 where the others stand in.
        swing: how late the off-beats of the grid come, percent of a full triplet.
    """

    name: Text = ""
    grid: Grid = "16"
    cycle: Annotated[float, Meta(gt=0, le=128)]
    timing: Annotated[list[Annotated[float, Meta(ge=-0.25, le=0.25)]], Meta(min_length=1, max_length=MOST_STEPS)]
    velocity: Annotated[list[Annotated[float, Meta(ge=0, le=127)]], Meta(min_length=1, max_length=MOST_STEPS)]
    heard: Annotated[list[Annotated[int, Meta(ge=0)]], Meta(min_length=1, max_length=MOST_STEPS)]
    swing: float = 0.0


def check_groove(groove: Groove) -> None:
    """Refuses what is no groove.

    Raises:
        InvalidValue: naming the field of the groove.
    """
    if not isinstance(groove, Groove):
        raise InvalidValue("groove", groove, "Give a groove as compose.groove_extract makes it.")
    check_choice("groove.grid", groove.grid, get_args(Grid))
    check_number("groove.cycle", groove.cycle, 1 / 16, 128, "A groove goes round after 1/16 to 128 beats.")
    steps = groove.cycle / GRIDS[groove.grid]
    if abs(steps - round(steps)) > 1e-6 or not 1 <= round(steps) <= MOST_STEPS:
        raise InvalidValue("groove.cycle", groove.cycle, "A groove goes round after a whole number of its steps.")
    for field, low, high in (("timing", -0.25, 0.25), ("velocity", 0, 127), ("heard", 0, 1e9)):
        values = getattr(groove, field)
        if not isinstance(values, list) or len(values) != round(steps):
            hint = f"A groove of {groove.cycle:g} beats has {round(steps)} steps: give a value for each."
            raise InvalidValue(f"groove.{field}", values, hint)
        for value in values:
            check_number(f"groove.{field}", value, low, high, f"Use values from {low} to {high:g}.")


def likely_grid(starts: Floats) -> Grid:
    """Tells on which grid onsets were meant, swing and all.

    Straight before triplets and coarse before fine, as far as nine of ten onsets agree: a swung eighth is an eighth.

    Args:
        starts: beats from the start of a bar, (N,).
    """
    for grid in ("8", "16"):
        pair = 2 * GRIDS[grid]
        phase = np.mod(starts / pair, 1.0)
        fits = (phase < _ON) | (phase > 1 - _ON) | ((phase > _SWUNG[0]) & (phase < _SWUNG[1]))
        if fits.mean() >= _MOST:
            return "8" if grid == "8" else "16"
    triplets: tuple[Grid, Grid] = ("8t", "16t")
    for triplet in triplets:
        off = np.abs(starts / GRIDS[triplet] - np.round(starts / GRIDS[triplet]))
        if (off < 2 * _ON).mean() >= _MOST:
            return triplet
    return "16"


def groove_of(
    starts: Floats, velocities: Floats, *, grid: Grid, bars: int, metre: tuple[int, int], name: str = ""
) -> Groove:
    """Takes the groove out of onsets.

    Timing is the median of what is heard at a step, so one slip does not count; steps nobody plays do as their kind,
    on or off the beat of the grid, does elsewhere.

    Args:
        starts: beats from the start of a bar, (N,), N of 1 or more.
        velocities: (N,).
        grid: value of a step.
        bars: after how many it goes round.
        metre: numerator and denominator.
        name: as shown.

    Returns:
        The groove.

    Raises:
        InvalidValue: field "grid", where a bar is no whole number of steps, or has too many of them.
    """
    size = GRIDS[grid]
    cycle = bars * beats_per_bar(*metre)
    count = round(cycle / size)
    if abs(count * size - cycle) > 1e-6 or not 1 <= count <= MOST_STEPS:
        hint = f"A bar of {metre[0]}/{metre[1]} cannot be divided so: use another grid."
        raise InvalidValue("grid", grid, hint)
    step = np.floor(starts / size + 0.5 + 1e-9).astype(np.int64)
    late = starts - step * size
    which = np.mod(step, count)
    heard = np.bincount(which, minlength=count)
    timing = _medians(which, late, heard)
    loud = np.bincount(which, velocities, minlength=count) / np.maximum(heard, 1)
    off = np.arange(count) % 2 == 1 if not grid.endswith("t") else np.zeros(count, dtype=bool)
    for kind in (off, ~off):
        known = kind & (heard > 0)
        timing[kind & (heard == 0)] = np.median(timing[known]) if known.any() else 0.0
        loud[kind & (heard == 0)] = loud[known].mean() if known.any() else velocities.mean()
    return Groove(
        name=name,
        grid=grid,
        cycle=cycle,
        timing=np.round(timing, 6).tolist(),
        velocity=np.round(loud, 2).tolist(),
        heard=heard.tolist(),
        swing=_swing(timing, heard, off, size),
    )


def _medians(which: NDArray[np.int64], values: Floats, heard: NDArray[np.int64]) -> Floats:
    """The median of the values of each step; 0 where there are none."""
    ordered = values[np.lexsort((values, which))]
    first = np.cumsum(heard) - heard
    low, high = first + np.maximum(heard - 1, 0) // 2, first + heard // 2
    last = len(values) - 1
    return np.where(heard > 0, (ordered[np.minimum(low, last)] + ordered[np.minimum(high, last)]) / 2, 0.0)


def _swing(timing: Floats, heard: NDArray[np.int64], off: NDArray[np.bool_], size: float) -> float:
    """Percent of a triplet by which the second of each pair is later than the first."""
    second, first = off & (heard > 0), ~off & (heard > 0)
    if not second.any() or not first.any():
        return 0.0
    return round(float(np.median(timing[second]) - np.median(timing[first])) / (size / 3) * 100.0, 1)
