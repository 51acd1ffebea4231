"""The recipes on the shelf (``presets/recipes``)."""

from __future__ import annotations

from functools import cache
from typing import Any

import msgspec

import presets
from engine import typed
from engine.errors import InvalidValue, closest

__all__ = ["ROLES", "Recipe", "find_recipe", "recipes"]

ROLES = ("drums", "bass", "chords", "melody", "arp")
"""Roles that recipes are for."""


class Recipe(msgspec.Struct, frozen=True, kw_only=True):
    """One recipe; see ``presets/schema/recipes.schema.json``.

    Attributes:
        id: what a request calls it.
        name, description: as shown.
        genre: it is for; "" where that is not known.
        request: fields of the role's own request.
    """

    id: str
    name: str
    description: str
    genre: str
    request: dict[str, Any]


class _Shelf(msgspec.Struct, frozen=True):
    role: str
    recipes: list[Recipe]


@cache
def recipes(role: str) -> dict[str, Recipe]:
    """The recipes of a role by id, in menu order.

    Args:
        role: one of ``ROLES``.
    """
    shelf = typed.convert(presets.load(f"recipes/{role}"), _Shelf)
    return {each.id: each for each in shelf.recipes}


def find_recipe(role: str, wanted: str) -> Recipe:
    """One recipe.

    Args:
        role: one of ``ROLES``.
        wanted: its id.

    Raises:
        InvalidValue: field "recipe": there is none of that id for this role.
    """
    shelf = recipes(role)
    found = shelf.get(wanted) if isinstance(wanted, str) else None
    if found is None:
        near = closest(str(wanted)[:100], shelf)
        raise InvalidValue("recipe", wanted, f"{near}Use one that is listed for {role}, or leave it out.")
    return found
