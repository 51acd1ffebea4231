"""How a request asks for the best of several takes, and what is told of it; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from engine.notes import Note

__all__ = ["MOST_AROUND", "Offered", "Offering", "RecipeId"]

MOST_AROUND = 10_000
"""Notes beside the part that one request may hold."""

RecipeId = Annotated[str, Meta(max_length=100)]


class Offering(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A wish for the best of several takes.

    Attributes:
        explore: from 0 (safe: what is expected to please) to 1 (surprising).
        count: how many takes to choose from, where there is time for so many.
        others: how many runners-up come with the best.
        around: what sounds beside the part in the Set, in beats from its start, drums left out; left out, nothing.
    """

    explore: Annotated[float, Meta(ge=0, le=1)] = 0.25
    count: Annotated[int, Meta(ge=1, le=32)] = 32
    others: Annotated[int, Meta(ge=0, le=7)] = 3
    around: Annotated[list[Note], Meta(max_length=MOST_AROUND)] | None = None


class Offered(msgspec.Struct, frozen=True, kw_only=True):
    """Why a take was offered.

    Attributes:
        words: one line that says it.
        expected: stars it is expected to get, 1..5.
        unsure: deviation of that, in stars.
        fit: how well it fits what sounds beside it, 0..1.
        propensity: the chance with which it was to be the one that is offered first, above 0 to 1.
        drawn: how many takes there were to choose from.
        recipe: id of the recipe it was made by; "" for none. Asked again with it and with the answer's seed, the same
            notes come.
    """

    words: str
    expected: float
    unsure: float
    fit: float
    propensity: float
    drawn: int
    recipe: str
