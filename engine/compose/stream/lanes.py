"""Lanes as the bars hear them: where the macros stand when a bar begins, and from which sixteenth on elsewhere."""

from __future__ import annotations

import math

import msgspec

from engine.compose.stream.request import MACROS, Macros, Point, StreamRequest
from engine.notes import beats_per_bar

__all__ = ["GRID", "BarAsked", "Stretch", "bars_asked"]

GRID = 0.25
"""Beats from one place to the next at which a bar follows a macro that moved."""

_CLOSE = 1e-6


class Stretch(msgspec.Struct, frozen=True):
    """A part of a bar in which the macros stand still: beats from the bar's start, and where they stand."""

    start: float
    macros: Macros


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
    macros, tempo, begin, used = request.macros, request.tempo, 0.0, 0
    bars: list[BarAsked] = []
    for number in range(request.bar, request.bar + request.bars):
        metre = changes.get(number, metre)
        beats = beats_per_bar(*metre)
        stands: dict[float, Macros] = {}
        while used < len(points) and points[used].beat < begin + beats - _CLOSE:
            point = points[used]
            place = math.ceil((point.beat - begin) / GRID - _CLOSE) * GRID
            used += 1
            moved = _moved(stands[max(stands)] if stands else macros, point)
            if place <= 0:
                tempo = point.tempo or tempo
                macros = moved
            else:
                stands[place] = moved
        stretches = [Stretch(0.0, macros), *_heard(stands, macros, beats)]
        bars.append(BarAsked(number, metre, beats, tempo, tuple(stretches)))
        begin += beats
        macros = stands[max(stands)] if stands else macros
        tempo = next((p.tempo for p in reversed(points[:used]) if p.tempo is not None), tempo)
    return bars


def _moved(macros: Macros, point: Point) -> Macros:
    given = {name: value for name in MACROS if (value := getattr(point, name)) is not None}
    return msgspec.structs.replace(macros, **given) if given else macros


def _heard(stands: dict[float, Macros], first: Macros, beats: float) -> list[Stretch]:
    """The places at which something changes and which lie in the bar."""
    out, last = [], first
    for place in sorted(stands):
        if place < beats - _CLOSE and stands[place] != last:
            out.append(Stretch(place, stands[place]))
            last = stands[place]
    return out
