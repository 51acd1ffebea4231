"""Everything that stays the same from bar to bar while one line is made."""

from __future__ import annotations

from functools import lru_cache

import msgspec

from engine.compose.bass.changes import Changes
from engine.compose.bass.request import BassRequest
from engine.compose.bass.stroke import Stroke
from engine.compose.bass.styles import BassStyle, Ghost, Hit
from engine.compose.dice import Dice
from engine.compose.metre import groups
from engine.notes import beats_per_bar

__all__ = ["SIXTEENTH", "Metre", "Plan", "evenly", "metre_of", "of_own"]

SIXTEENTH = 0.25
_CLOSE = 1e-6
_GOLDEN, _SILVER = 0.6180339887498949, 0.41421356237309515


class Metre(msgspec.Struct, frozen=True):
    """A bar in sixteenths.

    Attributes:
        bar: beats.
        steps: sixteenths in it.
        groups: lengths of its pulse groups, in sixteenths.
        pulses: sixteenth on which each group begins.
        even: whether it is a bar of four beats, which patterns are written for.
    """

    bar: float
    steps: int
    groups: tuple[int, ...]
    pulses: tuple[int, ...]
    even: bool

    def pulse(self, step: int) -> int:
        """Which group a sixteenth lies in."""
        return sum(begin <= step for begin in self.pulses) - 1


def metre_of(numerator: int, denominator: int) -> Metre:
    """Reads a time signature; a bar shorter than a sixteenth has one all the same."""
    sizes = tuple(max(1, round(group / SIXTEENTH)) for group in groups(numerator, denominator))
    begins = tuple(sum(sizes[:place]) for place in range(len(sizes)))
    bar = beats_per_bar(numerator, denominator)
    return Metre(bar, sum(sizes), sizes, begins, abs(bar - 4.0) < _CLOSE and len(sizes) == 4)


class Plan(msgspec.Struct, frozen=True):
    """What a bar is made from, besides its number and what came before it.

    Attributes:
        request: the knobs.
        style: whose vocabulary.
        changes: the harmony.
        metre: the bar.
        length: beats of the whole.
        kicks: for each bar of the kick's round, its onsets in beats from the bar's start; none: no kick is heard.
        dice: of the take's seed.
        slots: patterns drawn so far, by their slot; kept so that each is drawn once.
        rows: strokes of bars so far, by the bar's number; likewise.
    """

    request: BassRequest
    style: BassStyle
    changes: Changes
    metre: Metre
    length: float
    kicks: tuple[tuple[float, ...], ...]
    dice: Dice
    slots: dict[int, tuple[tuple[Hit, ...], tuple[Ghost, ...]]]
    rows: dict[int, list[Stroke]]

    def kicks_in(self, bar: int) -> tuple[float, ...]:
        """Kick onsets of a bar, beats from its start."""
        return self.kicks[bar % len(self.kicks)] if self.kicks else ()


def of_own(percent: float, own: float, most: float = 1.0) -> float:
    """Reads a knob on which 50 is the style's own amount.

    Args:
        percent: 0..100.
        own: amount at 50.
        most: amount at 100.

    Returns:
        0 at 0, ``own`` at 50, ``most`` at 100, straight between.
    """
    if percent <= 50:
        return own * percent / 50.0
    return own + (most - own) * (percent - 50.0) / 50.0


def evenly(dice: Dice, name: str, bar: int, step: float) -> float:
    """A mark that decides about one stroke of a bar, 0 <= x < 1, such that the marks of neighbouring bars lie apart.

    Independent draws come in runs: of a few chances in eight bars often none is taken, or all are. Steps of the golden
    ratio never do (Weyl's sequence).
    """
    return (_turn(dice, name) + bar * _GOLDEN + step * _SILVER) % 1.0


@lru_cache(maxsize=64)
def _turn(dice: Dice, name: str) -> float:
    return dice.uniform(name)
