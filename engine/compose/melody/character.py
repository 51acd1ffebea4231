"""Who sings: the traits of one melody, drawn once a take from what melodies of real songs are like together."""

from __future__ import annotations

from functools import cache

import msgspec

from engine.compose.dice import Dice
from engine.compose.melody.before import Before
from engine.compose.melody.request import USUAL_RANGE, MelodyRequest
from engine.compose.melody.style import Style
from engine.compose.melody.weights import weights

__all__ = ["Character", "draw_character"]

_HOME = 70.0
"""Middle of the range of the melodies that were learnt from, MIDI number."""

_LOWEST, _HIGHEST = 24, 108
_SLACK = 3.0
_SMALLER = 0.35
_LEVEL = (0.05, 0.0, -0.1, -0.1)
"""What brings the means of what is composed to those of songs: semitones of range more than are used, deviations of
leapiness and repeated notes less, deviations of the four rates."""


# A trait that was counted in a clip holds that clip's chance too: drawing it and then rolling dice would differ twice.
_KEEP = {
    "strong": 0.9,
    "weak": 0.9,
    "and": 0.9,
    "odd": 1.0,
    "rest": 0.9,
    "again": 1.0,
    "leap": 0.8,
    "same": 0.8,
    "five": 0.9,
    "tones": 0.6,
    "motif": 1.0,
}
_TOLD = ("strong", "weak", "and", "odd", "leap", "same")
_RATES = ("strong", "weak", "and", "odd")


class Character(msgspec.Struct, frozen=True, gc=False):
    """The traits of one melody.

    Attributes:
        rates: how readily notes begin on strong beats, other beats, eighths between, sixteenths; deviations.
        rest, again, leap, same, five, tones: see ``Style``; deviations. motif: how much intervals return; deviations.
        low, high: MIDI numbers it keeps between.
        accent: velocity per unit of metrical weight. rise: velocity per semitone. force: deviation of velocity besides.
        kept: how much of that the next note keeps, -1..1.
        legato: how long notes are held, 0..1. uneven: how much they differ in that.
    """

    rates: tuple[float, float, float, float]
    rest: float
    again: float
    leap: float
    same: float
    five: float
    tones: float
    motif: float
    low: int
    high: int
    accent: float
    rise: float
    force: float
    kept: float
    legato: float
    uneven: float


@cache
def _rows() -> list[dict[str, float]]:
    table = weights().characters
    return [dict(zip(table.columns, row, strict=True)) for row in table.rows]


def draw_character(
    request: MelodyRequest, style: Style, dice: Dice, centre: float | None, before: Before | None = None
) -> Character:
    """Draws the traits of a take.

    Args:
        request: checked; its knobs move the traits.
        style: moves them too.
        dice: of the take's seed.
        centre: MIDI number in the middle of the range, or None for the style's own.
        before: bars whose singer goes on; the one of the table who is most like that.

    Returns:
        The traits.
    """
    rows = _rows()
    drawn = rows[int(dice.uniform("character") * len(rows))] if before is None else _like(before)
    trait = {name: drawn[name] * keep * style.spread for name, keep in _KEEP.items()}
    low, high = _window(request, style, drawn, dice, centre)
    leaps = (request.leaps - 50.0) / 50.0
    return Character(
        rates=_rates(request, style, trait),
        rest=trait["rest"] + style.rest,
        again=trait["again"] + style.again,
        leap=trait["leap"] + style.leap + 4.0 * leaps - _SMALLER,
        same=trait["same"] + style.same - _SMALLER,
        five=trait["five"] + style.five,
        tones=trait["tones"] + style.tones,
        motif=trait["motif"] + style.again,
        low=low,
        high=high,
        accent=drawn["accent"] * style.accent,
        rise=drawn["rise"],
        force=drawn["force"],
        kept=drawn["kept"],
        legato=min(1.0, max(0.0, drawn["legato"] + style.legato)),
        uneven=drawn["uneven"],
    )


def _like(before: Before) -> dict[str, float]:
    """The row most like the bars before, with the traits that these tell put in."""
    table = weights().characters
    counted = dict(zip(_TOLD, (*before.rates, before.leap, before.same), strict=True))
    told = {}
    for name, value in counted.items():
        column = table.columns.index(name)
        told[name] = min(3.0, max(-3.0, (value - table.means[column]) / table.deviations[column]))
    nearest = min(_rows(), key=lambda row: sum((row[name] - value) ** 2 for name, value in told.items()))
    return {**nearest, **told, "legato": before.held, "low": before.lowest, "high": before.highest}


def _rates(request: MelodyRequest, style: Style, trait: dict[str, float]) -> tuple[float, float, float, float]:
    """Rates of the take: complexity moves notes from beats to the places between them."""
    away = (request.complexity - 35.0) / 65.0
    tilt = (-0.9 * away, -0.4 * away, 0.7 * away, 1.0 * away)
    rates = [trait[name] + style.rates[number] + tilt[number] + _LEVEL[number] for number, name in enumerate(_RATES)]
    return rates[0], rates[1], rates[2], rates[3]


def _window(
    request: MelodyRequest, style: Style, drawn: dict[str, float], dice: Dice, centre: float | None
) -> tuple[int, int]:
    """Lowest and highest pitch: the range as drawn, in the part of it that the knob leaves."""
    reach = drawn["high"] - drawn["low"] if style.reach is None else style.reach * (0.75 + 0.5 * dice.uniform("reach"))
    # Who may go to two edges seldom meets both: a window a little wider is filled as far as songs are.
    reach = min(float(request.range), (reach + _SLACK) * request.range / USUAL_RANGE)
    if centre is None:
        off = (drawn["high"] + drawn["low"]) / 2 - _HOME
        centre = style.centre + off * style.wander
    low = round(centre - reach / 2)
    width = min(request.range, max(4, round(reach)))
    low = min(_HIGHEST - width, max(_LOWEST, low))
    return low, low + width
