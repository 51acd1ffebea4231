"""The phrase: where each bar stands in it, how it rises and falls, where it breathes, how it ends.

Statement, answer, development, cadence: the first half of a phrase asks and ends open, the second answers and ends at
home; every second phrase ends more firmly than the one before it, as in a period.
"""

from __future__ import annotations

import math

import msgspec

__all__ = ["COURSES", "Form", "Stand", "curve", "height", "stand"]

COURSES = ("arch", "rise", "fall", "wave", "level")

# Which row of the learnt phrase of four bars each bar of a phrase follows.
_ROWS = {2: (0, 3), 4: (0, 1, 2, 3), 8: (0, 1, 2, 1, 2, 1, 2, 3)}

_PEAK = 0.62
"""Where tension is highest, share of the phrase: near the golden section, as in songs that build."""


class Form(msgspec.Struct, frozen=True, gc=False):
    """What a take's phrases are like.

    Attributes:
        phrase: bars.
        course: one of ``COURSES``. pull: how firmly it is followed; 0 not at all.
        tension: -1..1, 0 as learnt.
    """

    phrase: int
    course: str
    pull: float
    tension: float


class Stand(msgspec.Struct, frozen=True, gc=False):
    """Where a bar stands.

    Attributes:
        row: of the learnt phrase.
        bar: in the phrase, 0 first.
        close: how its last notes want to end: above 0 at home, below 0 open.
        ends: how readily it breathes: 1 at the end of a phrase, half at the end of its first half, else not.
    """

    row: int
    bar: int
    close: float
    ends: float


def stand(number: int, form: Form) -> Stand:
    """Where a bar stands in its phrase.

    Args:
        number: of the bar, 0 first.
        form: of the take.
    """
    phrase, bar = divmod(number, form.phrase)
    firm = phrase % 2 == 1
    calm = 1.0 - 1.2 * form.tension
    close, ends = 0.0, 0.0
    if bar == form.phrase - 1:
        ends = 1.0
        home = 1.3 if firm else 0.5 if form.phrase > 2 else -0.6
        close = home * calm if home > 0 else home
        if form.tension > 0.3 and not firm:
            close = -form.tension
    elif bar == form.phrase // 2 - 1:
        close, ends = -0.6, 0.5
    return Stand(_ROWS[form.phrase][bar], bar, round(close, 2), ends)


def height(form: Form, bar: float) -> float:
    """Height the melody is drawn to, 0 (lowest) to 1.

    Args:
        form: of the take.
        bar: bars since the phrase began, with their fractions.
    """
    x = bar / form.phrase
    course = {
        "arch": 0.2 + 0.6 * math.sin(math.pi * x),
        "rise": 0.15 + 0.7 * x,
        "fall": 0.85 - 0.7 * x,
        "wave": 0.5 - 0.35 * math.cos(4 * math.pi * x),
        "level": 0.5,
    }[form.course]
    return min(1.0, max(0.0, course + 0.3 * form.tension * (curve(x) - 0.5)))


def curve(x: float) -> float:
    """Tension over a phrase, 0..1: it grows to the peak and falls faster than it rose.

    Args:
        x: share of the phrase that is past.
    """
    return x / _PEAK if x < _PEAK else max(0.0, 1.0 - (x - _PEAK) / (1.0 - _PEAK))
