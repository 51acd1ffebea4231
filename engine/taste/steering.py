"""What the knobs mean to this user: how far each curve of ``presets/macros`` is stretched, from what he rated.

A parameter is liked best at some place, and every step away costs the more the farther it lies (an ideal point; Coombs,
A Theory of Data, 1964). On the shelf a knob moves that place along its curve; for this user along the curve times a
stretch. With r how far a parameter stood from where the shelf puts it, m how far the knob's curve moves it (both as
shares of its range), and c the curvature, a take is worth

    stars = usual - sum over parameters of c (r - place - sum over knobs of (stretch - 1) m) ** 2 + what knobs are worth

Multiplied out, stretch - 1 stands before 2 c r m: a linear regression, whose weights are known before the first rating
(stretch 1) and after any by Bayes' rule (Bishop, Pattern Recognition and Machine Learning, 2006, equations 3.50 and
3.51). So without ratings the shelf's map stands as it is; and where parameters were only ever heard where the shelf
puts them, nothing says which way to stretch, and it stands as well. The square of what is learnt is left out: it hangs
on the knobs alone, and what these are worth by themselves is learnt beside it.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

import presets
from engine import typed
from engine.compose.steer.curves import at
from engine.compose.steer.map import STEERED, SteerMap, steer_map
from engine.compose.steer.request import KNOBS
from engine.taste.store.records import Lesson, Take
from engine.taste.told import StretchedCurve

__all__ = ["learn", "role_of", "stretch_of"]

Numbers = NDArray[np.float64]

_SURE = 2.0
"""Deviations from 1 at which a stretch is told in words: of up to ten curves chance alone would be sure of one."""


_ROUNDS = 3
"""How often the noise of ratings is looked at anew."""


class _Belief(msgspec.Struct, frozen=True):
    usual: float
    spread: float


class _Stretch(msgspec.Struct, frozen=True):
    spread: float
    bound: float
    step: float


class _Settings(msgspec.Struct, frozen=True):
    """See ``presets/schema/taste_macro_map.schema.json``."""

    stars: _Belief
    noise: float
    stretch: _Stretch
    curvature: _Belief
    place: float
    knob: float
    most_takes: int
    words: dict[str, str]
    nouns: dict[str, str]


@cache
def _settings() -> _Settings:
    return typed.convert(presets.load("taste/macro_map"), _Settings)


def role_of(take: Take) -> str:
    """Which of the generators that can be steered made a take; "" for none."""
    name = take.method.removeprefix("compose.")
    return name if name in STEERED else ""


def learn(role: str, lessons: Sequence[Lesson]) -> list[StretchedCurve]:
    """Learns how far the curves of a generator are stretched.

    Args:
        role: one of ``STEERED``.
        lessons: rated takes of any generator, oldest first; of this one the last are read.

    Returns:
        Every curve of its map, in the map's order. A stretch lies within -0.5 (turned round) and 2.5.
    """
    found, settings = steer_map(role), _settings()
    names = [(knob, name) for knob, meaning in found.steer.items() for name in meaning.moves]
    own = [lesson for lesson in lessons if role_of(lesson.take) == role][-settings.most_takes :]
    if not own:
        return [_told(found, knob, name, 0.0, settings.stretch.spread) for knob, name in names]
    mean, deviation = _posterior(found, names, own)
    return [
        _told(found, knob, name, float(mean[place]), float(deviation[place]))
        for place, (knob, name) in enumerate(names)
    ]


def stretch_of(curves: Sequence[StretchedCurve]) -> dict[str, float]:
    """What a request is steered with, as ``Steer.stretch`` has it; a curve that is as on the shelf is left out."""
    return {f"{one.knob}.{one.parameter}": one.stretch for one in curves if one.stretch != 1}


def _posterior(found: SteerMap, names: Sequence[tuple[str, str]], lessons: Sequence[Lesson]) -> tuple[Numbers, Numbers]:
    """Mean of stretch - 1 of each curve, and its deviation."""
    settings = _settings()
    parameters = list(dict.fromkeys(name for _, name in names))
    heard = [_heard(found, lesson.take, parameters) for lesson in lessons]
    away = np.array([row[0] for row in heard])
    moved = np.array([[row[1].get(pair, 0.0) for pair in names] for row in heard])
    stands = np.array([row[2] for row in heard])
    columns = [parameters.index(name) for _, name in names]
    curvature = settings.curvature.usual
    features = np.hstack(
        [2 * curvature * away[:, columns] * moved, away, -(away**2), stands, stands**2, np.ones((len(heard), 1))]
    )
    many, knobs = len(parameters), stands.shape[1]
    before = np.array(
        [0.0] * (len(names) + many) + [curvature] * many + [0.0] * (2 * knobs) + [settings.stars.usual],
    )
    spread = np.array(
        [settings.stretch.spread] * len(names)
        + [2 * curvature * settings.place] * many
        + [settings.curvature.spread] * many
        + [settings.knob] * (2 * knobs)
        + [settings.stars.spread]
    )
    weights = np.array([lesson.meant.weight for lesson in lessons])
    stars = np.array([lesson.meant.stars for lesson in lessons])
    noise = settings.noise
    for _ in range(_ROUNDS):
        sure = weights / noise**2
        covariance = np.linalg.inv(np.diag(spread**-2) + features.T @ (sure[:, None] * features))
        mean = before + covariance @ features.T @ (sure * (stars - features @ before))
        # Who rates by what is not heard here at all (or by nothing) is believed less.
        left = (weights @ (stars - features @ mean) ** 2) / max(1.0, weights.sum() - _freedom(covariance, spread))
        noise = max(settings.noise, math.sqrt(left))
    return mean[: len(names)], np.sqrt(np.diag(covariance)[: len(names)])


def _freedom(covariance: Numbers, spread: Numbers) -> float:
    """How many weights ratings have determined (Bishop, equation 3.91)."""
    return float(len(spread) - (np.diag(covariance) / spread**2).sum())


def _heard(
    found: SteerMap, take: Take, parameters: Sequence[str]
) -> tuple[list[float], dict[tuple[str, str], float], list[float]]:
    """Of a take: how far parameters stood from where the shelf puts them, what each curve moved, where knobs stood."""
    steer: Mapping[str, Any] = take.recipe.get("steer") or {}
    stands = {knob: min(1.0, max(-1.0, _number(steer.get(knob), 0.0))) for knob in found.steer}
    moved = {
        (knob, name): at(curve, stands[knob])
        for knob, meaning in found.steer.items()
        for name, curve in meaning.moves.items()
    }
    told: Mapping[str, Any] = take.resolved.get("steered") or {}
    away: list[float] = []
    for name in parameters:
        known = found.parameters[name]
        size = known.high - known.low
        asked = sum(move for (_, other), move in moved.items() if other == name)
        # What a range cuts off was never heard.
        here = min(known.high, max(known.low, known.usual + asked)) - known.usual
        for pair in moved:
            if pair[1] == name:
                moved[pair] *= (here / asked if asked else 0.0) / size
        stood = _number(told.get(name), _number(take.resolved.get(name), _number(take.recipe.get(name), known.usual)))
        # Some styles have a figure of the same name that means something else (a register as a pitch).
        stood = stood if known.low <= stood <= known.high else known.usual
        away.append((stood - known.usual - here) / size)
    return away, moved, [stands[knob] for knob in KNOBS if knob in stands]


def _number(value: Any, other: float) -> float:
    plain = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if plain else other


def _told(found: SteerMap, knob: str, name: str, more: float, deviation: float) -> StretchedCurve:
    bound, step = _settings().stretch.bound, _settings().stretch.step
    # Straight near 1 and level at the bounds: no single rating throws a curve about.
    stretch = round(round((1 + bound * math.tanh(more / bound)) / step) * step, 4)
    sure = abs(more) > _SURE * deviation and stretch != 1
    rises = found.steer[knob].moves[name][-1][1] > 0
    return StretchedCurve(
        knob=knob,
        parameter=name,
        stretch=stretch,
        deviation=deviation,
        words=_words(found.role, knob, name, stretch, rises) if sure else "",
    )


def _words(role: str, knob: str, name: str, stretch: float, rises: bool) -> str:
    settings = _settings()
    what, where = settings.words.get(name, name.replace("_", " ")), settings.nouns[role]
    if stretch < 0:
        now, usual = ("takes away", "adds") if rises else ("adds", "takes away")
        return f"{knob.capitalize()} {now} {what} {where}, where it usually {usual} it."
    amount = "more" if stretch > 1 else "less"
    return f"{knob.capitalize()} {'adds' if rises else 'takes away'} {amount} {what} {where} than usual."
