"""taste.recipes and its kin: what a press of Generate may choose between. The store is opened from a thread."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import msgspec
from msgspec import Meta

from bridge.call import Call
from bridge.methods.taste import ProfileName, TakeId
from bridge.registry import method
from bridge.tasting.takes import book_of, learnt_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from engine.compose.recipe.shelf import Recipe

RecipeName = Annotated[str, Meta(min_length=1, max_length=100)]
RoleName = Literal["", "chords", "bass", "melody", "arp", "drums"]


class RecipeTold(msgspec.Struct, frozen=True, kw_only=True):
    """A recipe.

    Attributes:
        id: how a request asks for it. name, description: as shown.
        role: "chords", "bass", "melody", "arp" or "drums".
        genre: it is for; "" where that is not known.
        own: whether it is the user's own.
        stars: it is expected to get here, 1..5.
        unsure: deviation of that, in stars.
    """

    id: str
    name: str
    description: str
    role: str
    genre: str
    own: bool
    stars: float
    unsure: float


class Recipes(msgspec.Struct, frozen=True):
    """Recipes, role by role, within each those that are expected to please most first."""

    recipes: list[RecipeTold]


@method("taste.recipes")
def recipes(  # noqa: PLR0917 - the parameters of the wire, given by name
    call: Call,
    role: RoleName = "",
    style: Annotated[str, Meta(max_length=400)] = "",
    tempo: Annotated[float, Meta(ge=20, le=999)] = 120.0,
    key: Annotated[str, Meta(max_length=400)] = "",
    profile: ProfileName | None = None,
) -> Recipes:
    """List the recipes that Generate chooses between where no style is named, and how each is expected to do here.

    Args:
        call: Who asks.
        role: Whose recipes; left out, those of all five.
        style: Genre of what is being made; left out, what the tempo speaks for.
        tempo: Beats per minute.
        key: Name of the key, as far as it is known.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.compose.auto_style import auto_style  # noqa: PLC0415 - on first use
    from engine.compose.recipe import shelf  # noqa: PLC0415
    from engine.taste.store import recipes as own  # noqa: PLC0415

    mine = own.all_recipes(book_of(call), profile)
    context = {"genre": style or auto_style("", tempo)[0].id, "tempo": tempo, "key": key}
    found: list[RecipeTold] = []
    for each in shelf.ROLES if role == "" else (role,):
        listed = [*shelf.recipes(each).values(), *(one.recipe() for one in mine if one.role == each)]
        found += _judged(call, each, listed, {**context, "role": each}, profile)
    return Recipes(found)


@method("taste.recipe_keep")
def recipe_keep(
    call: Call,
    take: TakeId,
    name: Annotated[str, Meta(min_length=1, max_length=100)],
    profile: ProfileName | None = None,
) -> RecipeTold:
    """Keep what a take was made with as a recipe of the user's own: Generate may choose it from now on.

    Args:
        call: Who asks.
        take: Id of a take that Chords, Bass, Melody, Arp or Drums made.
        name: What to call it; a recipe of that name for the same role is replaced.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.store import recipes as own  # noqa: PLC0415 - SQLite, on first use

    made = own.keep(book_of(call), take, name, profile)
    _another_shelf(call)
    context = {"genre": made.genre, "role": made.role}
    return _judged(call, made.role, [made.recipe()], context, profile)[0]


@method("taste.recipe_delete")
def recipe_delete(call: Call, recipe: RecipeName, profile: ProfileName | None = None) -> Recipes:
    """Delete a recipe of the user's own; what was made with it stays. The user's others of that role are the answer.

    Args:
        call: Who asks.
        recipe: Its id or name.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.store import recipes as own  # noqa: PLC0415 - SQLite, on first use

    book = book_of(call)
    gone = own.delete(book, recipe, profile)
    _another_shelf(call)
    return Recipes(_judged(call, gone.role, own.of_role(book, gone.role, profile), {"role": gone.role}, profile))


def _another_shelf(call: Call | None) -> None:
    """There is something else to choose from: takes that lie ready may be of a recipe that is not wanted next."""
    if call is not None:
        call.after_reply.append(call.runtime.ahead.look_again)


def _judged(
    call: Call | None, role: str, listed: list[Recipe], context: Mapping[str, object], profile: str | None
) -> list[RecipeTold]:
    from engine.compose.recipe.shelf import recipes as shelf  # noqa: PLC0415 - on first use
    from engine.taste.pupil import Candidate  # noqa: PLC0415 - numpy, on first use

    if not listed:
        return []
    candidates = [Candidate(recipe=each.request, genre=each.genre) for each in listed]
    with learnt_of(call).using(profile) as pupil:
        stars, unsure = pupil.judge(context, candidates)
    told = [
        RecipeTold(
            id=each.id,
            name=each.name,
            description=each.description,
            role=role,
            genre=each.genre,
            own=each.id not in shelf(role),
            stars=min(5.0, max(1.0, float(star))),
            unsure=float(deviation),
        )
        for each, star, deviation in zip(listed, stars, unsure, strict=True)
    ]
    return sorted(told, key=lambda one: -one.stars)
