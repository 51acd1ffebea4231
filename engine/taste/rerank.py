"""Which of several candidates to offer first: what pleases, fits what sounds, and is not one more of the same.

Near duplicates go first. The rest is ordered one by one, each time by worth less likeness to what stands above it
already (maximal marginal relevance, Carbonell and Goldstein 1998). Explore turns from what is sure to please to what
could. Which one stands first may be drawn, those about as good having a chance, so that the chance is known by which
other ways of choosing can be judged later.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidValue
from engine.taste.choice import bold, chances, draw
from engine.taste.traits import TRAITS

__all__ = ["Pick", "rerank", "told"]

Numbers = NDArray[np.float64]

NEAR = 0.035
"""Candidates whose numbers differ by less on average are one."""

_FIT = 0.8
"""Stars that lie between what fits perfectly and what does not at all."""

_APART = 0.25
"""How far apart candidates are that are not alike any more, mean difference of their numbers."""

_SOFT, _SOFTER = 0.05, 0.25
"""Stars below the best at which the chance to stand first has fallen to 1/e; and what Explore adds to them."""

_OPPOSITES = {
    "busyness": ("sparse", "busy"),
    "height": ("low", "high"),
    "span": ("narrow", "wide"),
    "sustain": ("short notes", "long notes"),
    "syncopation": ("on the beat", "syncopated"),
    "thickness": ("single notes", "thick"),
    "loudness": ("soft", "loud"),
    "dynamics": ("even", "dynamic"),
    "repetition": ("changing", "repeating"),
    "leaps": ("stepwise", "leaping"),
    "colours": ("few tones", "many tones"),
    "silence": ("full", "airy"),
}


class Pick(msgspec.Struct, frozen=True):
    """One candidate in its place.

    Attributes:
        index: of the candidate.
        worth: what it was ordered by, in stars, before likeness was taken off.
        expected: stars. unsure: deviation of that.
        fit: with what sounds, 0..1.
        chance: to stand first.
        words: one line that says why it stands here.
    """

    index: int
    worth: float
    expected: float
    unsure: float
    fit: float
    chance: float
    words: str


def rerank(  # noqa: PLR0917 - what is known of the candidates, and how to choose
    heard: Numbers,
    judged: tuple[Numbers, Numbers],
    fit: Numbers | None = None,
    explore: float = 0.25,
    ratings: int | None = 0,
    mark: float | None = None,
    name: str = "",
    most: int | None = None,
) -> list[Pick]:
    """Orders candidates.

    Args:
        heard: candidates x traits, each within 0..1; at least one.
        judged: expected stars of each, and the deviation of that.
        fit: how well each fits what already sounds, 0..1; left out, nothing sounds.
        explore: 0 (safe) .. 1 (surprising).
        ratings: how many the judgement rests on, for the words; None where they cannot be read.
        mark: 0 <= mark < 1, draws who stands first; left out, the worthiest does.
        name: what they are called together, for the words.
        most: how many are wanted; left out, all.

    Returns:
        The best first, without near duplicates; runners-up follow.

    Raises:
        InvalidValue: no candidates, or arrays of different lengths.
    """
    count = len(heard)
    expected, unsure = judged
    fits = np.ones(count) if fit is None else fit
    if count == 0 or not count == len(expected) == len(unsure) == len(fits):
        raise InvalidValue("candidates", count, "Give at least one, and a judgement of each.")
    if not 0 <= explore <= 1:
        raise InvalidValue("explore", explore, "Use a number from 0 (safe) to 1 (surprising).")
    worth = expected + bold(explore) * unsure + _FIT * (fits - 1)
    columns = np.ascontiguousarray(heard.T)
    apart = np.abs(columns[:, :, None] - columns[:, None, :]).sum(axis=0) / heard.shape[1]
    distinct = _distinct(worth, apart)
    softness = 0.0 if mark is None else _SOFT + _SOFTER * explore
    chance = np.zeros(count)
    chance[distinct] = chances(worth[distinct], np.zeros(len(distinct)), 0.0, softness)
    first = distinct[0 if mark is None else draw(chance[distinct], mark)]
    left = [first, *(each for each in distinct if each != first)]
    order = _ordered(worth, apart, left, 0.2 + 0.6 * explore, len(left) if most is None else most)
    away = heard - heard[distinct].mean(axis=0)
    return [
        Pick(
            *(each, float(worth[each]), float(expected[each]), float(unsure[each]), float(fits[each])),
            float(chance[each]),
            told(away[each], float(expected[each]), float(unsure[each]), float(fits[each]), ratings, name),
        )
        for each in order
    ]


def _distinct(worth: Numbers, apart: Numbers) -> list[int]:
    """Of those that are near duplicates the worthiest, best first."""
    kept: list[int] = []
    near, gone = apart < NEAR, np.zeros(len(worth), dtype=bool)
    for each in np.argsort(-worth, kind="stable").tolist():
        if not gone[each]:
            kept.append(each)
            gone |= near[each]
    return kept


def _ordered(worth: Numbers, apart: Numbers, left: Sequence[int], likeness: float, most: int) -> list[int]:
    """One by one, by worth less likeness to what stands above already.

    Args:
        worth: in stars.
        apart: mean difference of the numbers of each two.
        left: who is to be ordered; who stands first stays there.
        likeness: stars that a duplicate would lose.
        most: how many are wanted, at least one.
    """
    rest = np.array(left[1:], dtype=np.int64)
    alike = np.maximum(0, 1 - apart / _APART)
    order = [left[0]]
    nearest = alike[left[0]]
    while len(rest) and len(order) < most:
        place = int(np.argmax(worth[rest] - likeness * nearest[rest]))
        order.append(int(rest[place]))
        rest = np.delete(rest, place)
        nearest = np.maximum(nearest, alike[order[-1]])
    return order


def told(  # noqa: PLR0917 - the figures of one line
    away: Numbers, expected: float, unsure: float, fit: float, ratings: int | None, name: str = ""
) -> str:
    """Returns why a candidate stands where it does, in one line.

    Args:
        away: its traits less the mean of those beside it.
        expected: stars.
        unsure: deviation of that.
        fit: with what sounds, 0..1.
        ratings: how many the judgement rests on; None where they cannot be read.
        name: what it is called.
    """
    strongest = np.argsort(-np.abs(away), kind="stable")[:2]
    marks = [_OPPOSITES[TRAITS[each]][int(away[each] > 0)] for each in strongest if abs(away[each]) > 0.02]
    sound = " and ".join(marks) if marks else "much like the others" if away.any() else "the first that came"
    sound = f"{name}, {sound}" if name else sound.capitalize()
    if ratings is None:
        why = "your ratings cannot be read now"
    elif ratings == 0:
        why = "nothing rated yet"
    else:
        sure = "a guess" if unsure > 0.6 else "likely" if unsure > 0.35 else "sure"
        why = f"{min(5.0, max(1.0, expected)):.1f} stars expected ({sure}, from {ratings} rating{'s'[: ratings != 1]})"
    beside = (
        "" if fit > 0.66 else "; leaves little room for the rest" if fit < 0.33 else "; partly in the way of the rest"
    )
    return f"{sound}: {why}{beside}."
