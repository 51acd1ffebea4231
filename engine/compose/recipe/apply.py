"""A request as a recipe fills it: the knobs that nobody turned stand where the recipe has them."""

from __future__ import annotations

from functools import cache
from typing import Any, TypeVar

import msgspec

from engine import typed
from engine.compose.recipe.shelf import Recipe, find_recipe
from engine.errors import InvalidValue

__all__ = ["applied", "with_recipe"]

_R = TypeVar("_R", bound=msgspec.Struct)


def with_recipe(request: _R, role: str) -> _R:
    """Fills a request with the recipe on the shelf that it names.

    Args:
        request: of the role, with a field ``recipe``.
        role: one of ``shelf.ROLES``.

    Returns:
        The request without a recipe to apply; the very same where it names none.

    Raises:
        InvalidValue: field "recipe": there is no such recipe.
    """
    wanted: Any = request.recipe  # type: ignore[attr-defined]
    if wanted == "":
        return request
    find_recipe(role, wanted)
    return _filled(request, _kept(role, wanted, type(request)))


def applied(request: _R, recipe: Recipe) -> _R:
    """Fills a request with a recipe.

    Args:
        request: of the recipe's role, with a field ``recipe``.
        recipe: from the shelf, or the user's own.

    Returns:
        The request with every field that stood at its usual value where the recipe has it, and no recipe to apply.

    Raises:
        InvalidValue: field "recipe": it holds what this request does not take, as one that another Bandmate kept may.
    """
    return _filled(request, _fields(recipe, type(request)))


def _filled(request: _R, fields: tuple[tuple[str, Any, Any], ...]) -> _R:
    moved = {name: value for name, usual, value in fields if getattr(request, name) == usual}
    return msgspec.structs.replace(request, recipe="", **moved)


@cache
def _kept(role: str, wanted: str, kind: type[msgspec.Struct]) -> tuple[tuple[str, Any, Any], ...]:
    return _fields(find_recipe(role, wanted), kind)


def _fields(recipe: Recipe, kind: type[msgspec.Struct]) -> tuple[tuple[str, Any, Any], ...]:
    """Name, usual value and the recipe's value of each field it has, of the type that the wire would give it."""
    try:
        wanted = typed.convert(recipe.request, kind)
    except msgspec.ValidationError as problem:
        raise InvalidValue("recipe", recipe.id, "This recipe does not fit any more: keep it anew.") from problem
    usual = {field.name: field.default for field in msgspec.structs.fields(kind)}
    return tuple((name, usual[name], getattr(wanted, name)) for name in recipe.request)
