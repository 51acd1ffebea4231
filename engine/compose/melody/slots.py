"""A bar as a row of sixteenths, each with its weight, in whatever metre.

What was learnt from songs in 4/4 is asked for by the place in a 4/4 bar. A bar in another metre borrows those
places: its first group of beats is the first beat, its last the fourth, the ones between weigh as they lie.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from engine.compose.metre import groups
from engine.notes import beats_per_bar

__all__ = ["AND", "ODD", "STRONG", "WEAK", "Bar", "bar_of"]

STRONG, WEAK, AND, ODD = 0, 1, 2, 3
"""Weights of a place: a strong beat, another beat, the eighth between beats, the sixteenths around it."""

_SIXTEENTH = 0.25


class Bar(msgspec.Struct, frozen=True, gc=False):
    """The places of one bar.

    Attributes:
        beats: length of the bar, quarter notes.
        places: for each sixteenth the place 0..15 of a 4/4 bar that it resembles.
        weights: for each sixteenth one of ``STRONG``, ``WEAK``, ``AND``, ``ODD``.
        groups: for each sixteenth the first sixteenth of its group of beats.
    """

    beats: float
    places: tuple[int, ...]
    weights: tuple[int, ...]
    groups: tuple[int, ...]

    @property
    def steps(self) -> int:
        """Sixteenths in the bar."""
        return len(self.places)


@lru_cache(maxsize=256)
def bar_of(numerator: int, denominator: int) -> Bar:
    """The places of a bar.

    Args:
        numerator: 1..99.
        denominator: 1, 2, 4, 8 or 16.

    Returns:
        The bar; every signature Live knows is a whole number of sixteenths.
    """
    lengths = [round(length / _SIXTEENTH) for length in groups(numerator, denominator)]
    places: list[int] = []
    firsts: list[int] = []
    for number, length in enumerate(lengths):
        beat = _beat_like(number, len(lengths))
        first = len(places)
        places += [4 * beat + _offset_like(offset) for offset in range(length)]
        firsts += [first] * length
    weights = tuple(_weight(place) for place in places)
    return Bar(beats_per_bar(numerator, denominator), tuple(places), weights, tuple(firsts))


def _beat_like(number: int, count: int) -> int:
    """Which beat of 4/4 a group of beats resembles."""
    if number == 0:
        return 0
    half = (count + 1) // 2
    if number < half:
        return 1
    if number == count - 1 and count > 2:
        return 3
    if number == half:
        return 2
    return 1 if (number - half) % 2 == 0 else 3


def _offset_like(offset: int) -> int:
    """Which sixteenth of a beat resembles one of a longer group: eighths stay eighths."""
    if offset < 4:
        return offset
    return 2 if offset % 2 == 0 else 3


def _weight(place: int) -> int:
    if place % 2:
        return ODD
    if place % 4:
        return AND
    return STRONG if place % 8 == 0 else WEAK
