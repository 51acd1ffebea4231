"""Takes grooves out of clips and gives them to others."""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray

from engine.compose.feel.groove import GRIDS, Grid, Groove, groove_of, likely_grid
from engine.compose.feel.groove_request import (
    GrooveApplyRequest,
    GrooveApplyResult,
    GrooveExtractRequest,
    GrooveResult,
    check_apply,
    check_extract,
)
from engine.compose.feel.replay import pitches_of, replayed, starts_of
from engine.compose.feel.room import moved
from engine.compose.part.harmony import take_id
from engine.notes import beats_per_bar

__all__ = [
    "GrooveApplyRequest",
    "GrooveApplyResult",
    "GrooveExtractRequest",
    "GrooveResult",
    "groove_apply",
    "groove_extract",
    "told",
]

RECIPE = "groove/1"
"""Changes whenever the same request would make other notes; part of every take's id."""

Floats = NDArray[np.float64]

_DIFFERENT = 0.02
"""Beats by which the steps of two bars differ in the middle, from which on they are two bars of groove."""

_LOUDER = 8.0
"""The same in steps of velocity."""


def groove_extract(request: GrooveExtractRequest) -> GrooveResult:
    """Takes the groove out of a clip.

    Args:
        request: the clip; see ``GrooveExtractRequest``.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    check_extract(request)
    heard = [note for note in request.notes if not note.mute]
    metre = (request.signature_numerator, request.signature_denominator)
    velocities = np.array([note.velocity for note in heard])
    return told(starts_of(heard), velocities, grid=request.grid, bars=request.bars, metre=metre, name=request.name)


def told(
    starts: Floats, velocities: Floats, *, grid: str, bars: int | None, metre: tuple[int, int], name: str
) -> GrooveResult:
    """The groove of onsets, with what was decided about it; see ``groove_extract``.

    Args:
        starts: beats from the start of a bar, (N,), N of 1 or more.
        velocities: (N,).
        grid: as asked, or "auto".
        bars: as asked, or None.
        metre: numerator and denominator.
        name: for the groove.
    """
    notices: list[str] = []
    found = likely_grid(starts) if grid == "auto" else cast(Grid, grid)
    if grid == "auto":
        notices.append(f"Grid: {_named(found)}, from the notes.")
    count = bars or _bars(starts, velocities, found, metre)
    if bars is None:
        notices.append(f"It goes round after {count} bar{'s' * (count > 1)}.")
    groove = groove_of(starts, velocities, grid=found, bars=count, metre=metre, name=name)
    played = sum(each > 0 for each in groove.heard)
    swing = f", swing {groove.swing:.0f} %" if abs(groove.swing) >= 5 else ""
    summary = f"Groove of {played} of {len(groove.heard)} {_named(found)}{swing}"
    return GrooveResult(groove=groove, summary=summary, notices=notices)


def groove_apply(request: GrooveApplyRequest) -> GrooveApplyResult:
    """Gives notes a groove.

    Between two steps of the groove a note gets of both what it is near to, so that rolls and flams keep their order.
    Notes written together stay together, nothing leaves the clip, no note is lost.

    Args:
        request: notes, groove and amounts; see ``GrooveApplyRequest``.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    length = check_apply(request)
    notes = sorted(request.notes, key=lambda note: (note.start_time, note.pitch))
    take = take_id(RECIPE, request, 0, length)
    if not notes:
        return GrooveApplyResult(take=take, notes=[], length=length, summary="No notes to groove", notices=[])
    groove = request.groove
    starts = starts_of(notes)
    size = GRIDS[groove.grid]
    straight = starts + (np.round(starts / size) * size - starts) * request.quantise / 100.0
    late = _timing(straight, groove) * request.timing / 100.0
    places = moved(starts, straight + late - starts, pitches_of(notes), length=length, beats_per_ms=0.0, farthest=size)
    velocities = np.array([note.velocity for note in notes])
    accents = np.array(groove.velocity) - _mean(groove)
    step = np.mod(np.round(straight / size).astype(np.int64), len(groove.timing))
    inside = (starts >= 0) & (starts < length)
    loud = np.clip(np.round(velocities + accents[step] * request.velocity / 100.0, 1), 1.0, 127.0)
    made = replayed(notes, places, np.where(inside, loud, velocities), length)
    count = len(notes)
    name = f' "{groove.name}"' if groove.name else ""
    summary = f"{count} note{'s' * (count != 1)} in the groove{name}"
    return GrooveApplyResult(take=take, notes=made, length=length, summary=summary, notices=[])


def _timing(places: Floats, groove: Groove) -> Floats:
    """Beats late at any place: of a step on a step, between two steps of both."""
    size, count = GRIDS[groove.grid], len(groove.timing)
    table = np.array(groove.timing)
    at = places / size
    below = np.floor(at + 1e-9)
    share = np.clip(at - below, 0.0, 1.0)
    index = below.astype(np.int64)
    return np.asarray(table[np.mod(index, count)] * (1 - share) + table[np.mod(index + 1, count)] * share)


def _mean(groove: Groove) -> float:
    heard = np.array(groove.heard, dtype=np.float64)
    weights = heard if heard.sum() > 0 else np.ones(len(heard))
    return float(np.average(groove.velocity, weights=weights))


def _bars(starts: Floats, velocities: Floats, grid: Grid, metre: tuple[int, int]) -> int:
    """One, or two where odd and even bars are played differently."""
    bar = beats_per_bar(*metre)
    if starts.max() < bar:
        return 1
    half = len(groove_of(starts, velocities, grid=grid, bars=1, metre=metre).timing)
    two = groove_of(starts, velocities, grid=grid, bars=2, metre=metre)
    heard = np.minimum(two.heard[:half], two.heard[half:]) > 0
    if not heard.any():
        return 2
    apart = np.abs(np.array(two.timing[:half]) - two.timing[half:])[heard]
    louder = np.abs(np.array(two.velocity[:half]) - two.velocity[half:])[heard]
    return 2 if np.median(apart) > _DIFFERENT or np.median(louder) > _LOUDER else 1


def _named(grid: str) -> str:
    return {"8": "eighths", "8t": "eighth triplets", "16": "sixteenths", "16t": "sixteenth triplets"}[grid]
