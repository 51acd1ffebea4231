"""taste.why and taste.expect: what was learnt from ratings, in words and figures. Loads on first use, in a thread."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from bridge.call import Call
from bridge.methods.taste import ProfileName, TakeId
from bridge.registry import method
from bridge.tasting.takes import book_of, learnt_of
from engine.taste.told import Liking, Trust

_STEP = 5
"""Ratings after which the first ones are read anew to see how well the next are foretold, where these are few."""
_READINGS = 20
"""How often at most: devices ask after each rating, while others wait for notes."""


class Why(msgspec.Struct, frozen=True):
    """What a taste profile has learnt.

    Attributes:
        rated: takes it learnt from.
        likings: what ratings hang on most, as far as it is sure, strongest first.
        distribution: how many of the last ratings lie nearest to 1, 2, 3, 4 and 5 stars.
        trust: how far it may be trusted; null where there are not enough ratings.
    """

    rated: int
    likings: list[Liking]
    distribution: list[int]
    trust: Trust | None


class Expected(msgspec.Struct, frozen=True):
    """What a take is expected to get.

    Attributes:
        take: its id.
        stars: 1..5.
        unsure: deviation of that, in stars.
        rated: takes that this was learnt from.
    """

    take: str
    stars: float
    unsure: float
    rated: int


@method("taste.why")
def why(
    call: Call,
    role: Literal["", "bass", "melody", "arp", "chords", "drums"] = "",
    count: Annotated[int, Meta(ge=1, le=20)] = 5,
    profile: ProfileName | None = None,
) -> Why:
    """Say in words what a taste profile has learnt, and how far it may be trusted.

    Args:
        call: Who asks.
        role: Whose music is meant, for the words; left out, any.
        count: How many sentences at most.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.insight import distribution, likings, trust  # noqa: PLC0415 - numpy and SQLite, on first use

    with learnt_of(call).using(profile) as pupil:
        ratings, rated = pupil.ratings, pupil.rated
        found = likings(pupil.learner, role, count)
    return Why(
        rated=rated,
        likings=found,
        distribution=distribution([] if ratings is None else ratings.stars.tolist()),
        trust=None if ratings is None else trust(ratings, step=max(_STEP, len(ratings.stars) // _READINGS)),
    )


@method("taste.expect")
def expect(call: Call, take: TakeId, profile: ProfileName | None = None) -> Expected:
    """Say how many stars a take is expected to get, and how sure that is.

    Args:
        call: Who asks.
        take: Its id.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.pupil import Candidate  # noqa: PLC0415 - as above
    from engine.taste.store import takes  # noqa: PLC0415

    found = takes.find(book_of(call), take, profile)
    genre = str(found.context.get("genre") or "")
    heard = {"traits": found.features} if found.features else {}
    candidate = Candidate(recipe={**found.recipe, **found.resolved}, genre=genre, **heard)
    with learnt_of(call).using(profile) as pupil:
        stars, unsure = pupil.judge({"role": found.role, **found.context}, [candidate])
        rated = pupil.rated
    return Expected(take, min(5.0, max(1.0, float(stars[0]))), float(unsure[0]), rated)
