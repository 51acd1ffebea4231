"""Pitches upside down, in a scale or by semitones; done twice it is as if never done.

Notes of the scale change places with notes of the scale, the same number of degrees on the other side of the axis, and
notes between the degrees with notes between the degrees, counted likewise. So nothing of the scale leaves it, no two
pitches become one, and every pitch comes back to where it was when it is mirrored again.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence

__all__ = ["mirrored"]

_PITCHES = range(128)


def mirrored(pitches: Sequence[int], scale: Sequence[int] | None, axis: int | None = None) -> list[int]:
    """Turns pitches upside down.

    Args:
        pitches: MIDI numbers, at least one.
        scale: pitch classes of the scale, or None to mirror by semitones.
        axis: pitch that stays; None: the middle of the pitches, so that the highest becomes the lowest.

    Returns:
        The mirrored pitches, in the order given. What would lie past either end comes back by octaves.
    """
    inside = [pitch for pitch in _PITCHES if scale is None or pitch % 12 in scale]
    outside = [pitch for pitch in _PITCHES if scale is not None and pitch % 12 not in scale]
    # The sum of the places of a pitch and its image is the same for all.
    total, centre = _axis(inside, outside, pitches, axis)
    other = _sum_around(outside, centre) if outside else 0
    return [_image(inside, total, pitch) if pitch in inside else _image(outside, other, pitch) for pitch in pitches]


def _axis(inside: Sequence[int], outside: Sequence[int], pitches: Sequence[int], axis: int | None) -> tuple[int, float]:
    """The sum of places in the scale that stays the same, and the pitch (or the half of one) it turns about."""
    if axis is not None:
        return _sum_around(inside, float(axis)), float(axis)
    of_scale = [pitch for pitch in pitches if pitch in inside]
    if not of_scale:
        total = bisect_left(outside, min(pitches)) + bisect_left(outside, max(pitches))
        centre = _centre(outside, total)
        return _sum_around(inside, centre), centre
    total = bisect_left(inside, min(of_scale)) + bisect_left(inside, max(of_scale))
    return total, _centre(inside, total)


def _centre(row: Sequence[int], total: int) -> float:
    return (row[total // 2] + row[min(len(row) - 1, (total + 1) // 2)]) / 2


def _sum_around(row: Sequence[int], centre: float) -> int:
    """The sum of the places of a pitch and its image in a row, turned about a pitch or between two."""
    below, upto = bisect_left(row, centre), bisect_right(row, centre)
    return 2 * below if upto > below else 2 * below - 1


def _image(row: Sequence[int], total: int, pitch: int) -> int:
    place = total - bisect_left(row, pitch)
    octave = sum(1 for each in row if each < 12)
    while place < 0:
        place += octave
    while place >= len(row):
        place -= octave
    return row[place]
