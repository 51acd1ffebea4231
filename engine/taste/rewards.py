"""What a reward says about a take: stars and a weight, from the table on the shelf (``presets/taste/rewards.json``).

What somebody says goes before what he does: with stars of his, what he only did says nothing more. Several people's
words (profiles that were merged) stand side by side.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from functools import cache

import msgspec

import presets
from engine import typed
from engine.errors import InvalidValue, closest

__all__ = ["STARS", "Meant", "RewardKind", "Told", "check_reward", "kinds", "meaning", "settle"]

STARS = "stars"
"""The kind of reward that is said and not only done."""


class Point(msgspec.Struct, frozen=True):
    """Where a line begins or ends: at an amount, so many stars (1..5) with so much weight (0..1)."""

    amount: float
    stars: float
    weight: float


class RewardKind(msgspec.Struct, frozen=True, rename={"begin": "from", "end": "to"}):
    """One kind of reward; see ``presets/schema/taste_rewards.schema.json``.

    Attributes:
        words: what it is, for people.
        unit: of its amount.
        usual: the amount where none is told.
        begin, end: the line by which an amount becomes stars and weight.
        about: of kinds about the same thing the one that was told last counts; "": about itself alone.
    """

    words: str
    unit: str
    usual: float
    begin: Point
    end: Point
    about: str = ""


class _Table(msgspec.Struct, frozen=True):
    most_implicit: float
    kinds: dict[str, RewardKind]


class Told(msgspec.Struct, frozen=True):
    """A reward as it was told.

    Attributes:
        kind: one of ``kinds()``.
        amount: in the kind's unit; for stars 1..5, or 0 for stars taken back.
        rater: who told it: the id of the profile it was told to.
        when: nanoseconds of the Unix clock; of two of one kind and rater the later one counts.
    """

    kind: str
    amount: float
    rater: str
    when: int


class Meant(msgspec.Struct, frozen=True):
    """What rewards come to: stars 1..5, and a weight above 0; 1 is one person's rating in stars."""

    stars: float
    weight: float


@cache
def _table() -> _Table:
    return typed.convert(presets.load("taste/rewards"), _Table)


def kinds() -> dict[str, RewardKind]:
    """Every kind of reward, by its id."""
    return _table().kinds


def check_reward(kind: str, amount: float | None) -> float:
    """Refuses what is no reward.

    Args:
        kind: its id.
        amount: in the kind's unit; None for the kind's usual one.

    Returns:
        The amount.

    Raises:
        InvalidValue: field "kind", or field "amount" (for stars: "stars").
    """
    known = kinds().get(kind)
    if known is None:
        raise InvalidValue("kind", kind, f"{closest(kind, kinds())}Use one of: {', '.join(kinds())}.")
    if amount is None:
        return known.usual
    if kind == STARS and amount not in range(6):
        raise InvalidValue("stars", amount, "Give 1 to 5 stars, or 0 to take them back.")
    if not math.isfinite(amount) or amount < 0:
        raise InvalidValue("amount", amount, f"Give the {known.unit}, 0 or more.")
    return float(amount)


def meaning(kind: str, amount: float) -> Meant:
    """What one reward comes to by itself; a weight of 0 says nothing.

    Args:
        kind: one of ``kinds()``.
        amount: in its unit.
    """
    known = kinds()[kind]
    low, high = known.begin, known.end
    share = min(1.0, max(0.0, (amount - low.amount) / (high.amount - low.amount)))
    return Meant(low.stars + share * (high.stars - low.stars), low.weight + share * (high.weight - low.weight))


def settle(rewards: Iterable[Told]) -> Meant | None:
    """What all rewards of one take come to.

    Args:
        rewards: of one take, in any order; those of kinds that this version does not know are passed over.

    Returns:
        None where they say nothing.
    """
    newest: dict[tuple[str, str], Told] = {}
    for told in sorted(rewards, key=lambda each: each.when):
        if told.kind in kinds():
            newest[told.rater, kinds()[told.kind].about or told.kind] = told
    raters = dict.fromkeys(rater for rater, _ in newest)
    said = [_of_one({kind: told for (who, kind), told in newest.items() if who == rater}) for rater in raters]
    return _together([each for each in said if each is not None])


def _of_one(newest: dict[str, Told]) -> Meant | None:
    stars = newest.pop(STARS, None)
    if stars is not None and stars.amount:
        return meaning(STARS, stars.amount)
    done = _together([meaning(told.kind, told.amount) for told in newest.values()])
    return done and Meant(done.stars, min(done.weight, _table().most_implicit))


def _together(meant: list[Meant]) -> Meant | None:
    weight = sum(each.weight for each in meant)
    if weight <= 0:
        return None
    return Meant(sum(each.stars * each.weight for each in meant) / weight, weight)
