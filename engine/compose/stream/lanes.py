"""Lanes as the bars hear them: where the macros stand when a bar begins, and from which sixteenth on elsewhere."""

from __future__ import annotations

import math

import msgspec

from engine.compose.steer.request import Steer, resting
from engine.compose.stream.request import MACROS, MACROS_OF_POINT, Macros, Point, StreamRequest
from engine.notes import beats_per_bar

__all__ = ["GRID", "BarAsked", "Stretch", "bars_asked"]

GRID = 0.25
"""Beats from one place to the next at which a bar follows a macro that moved."""

_CLOSE = 1e-6


_Standing = tuple[Macros, Steer | None]


class Stretch(msgspec.Struct, frozen=True):
    """A part of a bar in which the macros stand still.

    Attributes:
        start: beats from the bar's start.
        macros, steer: where they stand; a steer of None is at rest.
    """

    start: float
    macros: Macros
    steer: Steer | None = None


class BarAsked(msgspec.Struct, frozen=True):
    """One bar to be played.

    Attributes:
        number: counted from 0.
        metre: numerator and denominator.
        beats: its length.
        tempo: beats per minute as it begins.
        stretches: in order, the first from 0.
    """

    number: int
    metre: tuple[int, int]
    beats: float
    tempo: float
    stretches: tuple[Stretch, ...]


def bars_asked(request: StreamRequest) -> list[BarAsked]:
    """The bars of a request, each with all it hangs on.

    A point acts from the next sixteenth of its bar on; one behind the last sixteenth is heard from the next bar on.

    Args:
        request: checked.
    """
    metre = (request.signature_numerator, request.signature_denominator)
    changes = {change.bar: (change.numerator, change.denominator) for change in request.signatures or ()}
    points = list(request.points or ())
    standing: _Standing = (request.macros, resting(request.steer))
    tempo, begin, used = request.tempo, 0.0, 0
    bars: list[BarAsked] = []
    for number in range(request.bar, request.bar + request.bars):
        metre = changes.get(number, metre)
        beats = beats_per_bar(*metre)
        stands: dict[float, _Standing] = {}
        while used < len(points) and points[used].beat < begin + beats - _CLOSE:
            point = points[used]
            place = math.ceil((point.beat - begin) / GRID - _CLOSE) * GRID
            used += 1
            moved = _moved(stands[max(stands)] if stands else standing, point)
            if place <= 0:
                tempo = point.tempo or tempo
                standing = moved
            else:
                stands[place] = moved
        stretches = [Stretch(0.0, *standing), *_heard(stands, standing, beats)]
        bars.append(BarAsked(number, metre, beats, tempo, tuple(stretches)))
        begin += beats
        standing = stands[max(stands)] if stands else standing
        tempo = next((p.tempo for p in reversed(points[:used]) if p.tempo is not None), tempo)
    return bars


def _moved(standing: _Standing, point: Point) -> _Standing:
    macros, steer = standing
    stands = msgspec.structs.astuple(point)[MACROS_OF_POINT]
    given = {name: value for name, value in zip(MACROS, stands, strict=True) if value is not None}
    moved = msgspec.structs.replace(macros, **given) if given else macros
    return moved, steer if point.steer is None else resting(point.steer)


def _heard(stands: dict[float, _Standing], first: _Standing, beats: float) -> list[Stretch]:
    """The places at which something changes and which lie in the bar."""
    out, last = [], first
    for place in sorted(stands):
        if place < beats - _CLOSE and stands[place] != last:
            out.append(Stretch(place, *stands[place]))
            last = stands[place]
    return out
