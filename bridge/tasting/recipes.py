"""Where a request's recipe of the user's own comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import msgspec

from bridge.tasting.takes import book_of

if TYPE_CHECKING:
    from bridge.call import Call
    from engine.compose.recipe.shelf import Recipe

_R = TypeVar("_R", bound=msgspec.Struct)


def own_recipes_of(call: Call | None, role: str) -> list[Recipe]:
    """Find the recipes of the profile in use for a role.

    Args:
        call: Who asks; None where no engine runs and the command line computes by itself.
        role: "chords", "bass", "melody", "arp" or "drums".

    Raises:
        StoreUnavailable: they cannot be read.
    """
    from engine.taste.store.recipes import of_role  # noqa: PLC0415 - SQLite, on first use

    return of_role(book_of(call), role)


def with_own_recipe(call: Call | None, role: str, request: _R) -> _R:
    """Fill a request with the recipe of the user's own that it names; any other request stays as it is.

    Args:
        call: Who asks; None where no engine runs and the command line computes by itself.
        role: Of the request.
        request: With a field `recipe`.

    Raises:
        InvalidValue: field "recipe": it does not fit the request any more.
        StoreUnavailable: the recipes cannot be read.
    """
    wanted: Any = request.recipe  # type: ignore[attr-defined]
    from engine.compose.recipe.apply import applied  # noqa: PLC0415 - the method has loaded it
    from engine.compose.recipe.shelf import recipes  # noqa: PLC0415

    if not wanted or wanted in recipes(role):
        return request
    mine = next((each for each in own_recipes_of(call, role) if each.id == wanted), None)
    return applied(request, mine) if mine else request
