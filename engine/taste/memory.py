"""What a learner is told and remembers, as plain data."""

from __future__ import annotations

from typing import Any

import msgspec

from engine import typed
from engine.errors import InvalidValue
from engine.taste.choice import Policy
from engine.taste.drift import DriftWatch
from engine.taste.joint import Reach, Span, Tilt

__all__ = ["VERSION", "Choice", "Seen", "Settings", "State", "check_rating", "read_state"]

VERSION = 2
"""Of the state; one of another version is refused: all of it can be learnt anew from the ratings."""

HEAVIEST = 100
"""One is one person's rating; several people's words weigh more together."""


STORIES = (
    Tilt(arm=1.1, product=0.25),
    Tilt(product=0.8),
    Tilt(arm=0.7, product=1.5),
    Tilt(arm=0.7, bend=1.2, rest=1.6, product=0.7, hill=1.0),
)
"""What a taste may hang on: the recipe whatever the moment, a little of both, the moment above all, an ideal amount."""


class Settings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How it learns.

    Attributes:
        usual: stars expected where nothing is known.
        suiting: stars a recipe is expected to gain by being for this genre.
        noise: deviation of a rating from what the user would give on average.
        policy: how it chooses.
        soft: how far below the best something may lie and be chosen all the same, as a share of what is unsure.
        reach: how far a rating is expected to move with each kind of feature.
        stories: what a user's taste may hang on more or less than that; ratings tell which is true.
        drift: when taste is thought to have turned.
        watch_drift: whether it is looked for.
    """

    usual: float = 3.0
    suiting: float = 0.7
    noise: float = 0.75
    policy: Policy = "ucb"
    soft: float = 0.03
    reach: Reach = msgspec.field(default_factory=Reach)
    stories: tuple[Tilt, ...] = STORIES
    drift: DriftWatch = msgspec.field(default_factory=DriftWatch)
    watch_drift: bool = True


class Choice(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen.

    Attributes:
        id: to rate it by.
        index: row of the shelf.
        propensity: the chance it had, above 0; for estimates of what other choices would have brought.
        chances: of every row.
        expected: stars of every row.
        unsure: of every row, the deviation of what is expected of it beside the others.
    """

    id: int
    index: int
    propensity: float
    chances: list[float]
    expected: list[float]
    unsure: list[float]


class Seen(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """One choice or rating as it is remembered.

    Attributes:
        context: numbers of the moment, scaled.
        arm: numbers of the recipe, placed.
        suits: how well it suits the moment's genre.
        stars: None while it waits.
        weight: how much of a rating it is.
        surprise: squared error over expected squared error.
    """

    context: list[float]
    arm: list[float]
    suits: float
    stars: float | None = None
    weight: float = 1.0
    surprise: float = 1.0


class State(msgspec.Struct, kw_only=True, forbid_unknown_fields=True):
    """All that a learner is.

    Attributes:
        version: of this shape.
        contexts: how many numbers a moment has. arms: how many a recipe has.
        settings: how it learns.
        seed: of its dice.
        chosen: choices made. rated: ratings learnt.
        turns: after how many ratings taste was found to have turned.
        span: where the numbers of recipes lie; None before the first shelf.
        widest: how far each number of a moment reached, 1 or more.
        waiting: choices without a rating: id and what was chosen.
        recent: the last ratings.
        mean: of the weights in the first story; the others follow from it.
        covariance: of the same, the lower triangle row by row.
        told: logarithm of how likely each story made the ratings.
    """

    version: int
    contexts: int
    arms: int
    settings: Settings
    seed: int
    chosen: int
    rated: int
    turns: list[int]
    span: Span | None
    widest: list[float]
    waiting: list[tuple[int, Seen]]
    recent: list[Seen]
    mean: list[float]
    covariance: list[float]
    told: list[float]


def check_rating(stars: float, weight: float) -> None:
    """Refuses what is no rating.

    Raises:
        InvalidValue: field "stars" or "weight".
    """
    if not 1 <= stars <= 5:
        raise InvalidValue("stars", stars, "Use 1 to 5 stars.")
    if not 0 < weight <= HEAVIEST:
        raise InvalidValue("weight", weight, f"Use a weight above 0, up to {HEAVIEST}.")


def read_state(plain: dict[str, Any]) -> State:
    """Returns plain data as a state.

    Raises:
        InvalidValue: field "taste": it is of a newer version, or no state.
    """
    version = plain.get("version")
    if isinstance(version, int) and version > VERSION:
        raise InvalidValue(
            "taste", version, f"This taste was learnt by a newer Bandmate; this one reads up to {VERSION}."
        )
    if version != VERSION:
        raise InvalidValue("taste", version, "This taste was kept by an older version: learn it anew from the ratings.")
    try:
        return typed.convert(plain, State)
    except msgspec.ValidationError as error:
        raise InvalidValue("taste", "a state that is not whole", "Learn it anew from the ratings.") from error
