"""What a press chooses between before any take is drawn: the request as it is, and recipes that may fill it.

Where the user named a style or a recipe, or a progression of the style's, there is nothing to choose.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Generic, TypeVar

import msgspec

from engine.compose.auto_style import auto_style
from engine.compose.recipe.apply import applied, with_recipe
from engine.compose.recipe.shelf import Recipe, find_recipe, recipes
from engine.errors import InvalidValue
from engine.taste.pupil import Candidate

__all__ = ["Arm", "arms_of", "genre_of"]

_R = TypeVar("_R", bound=msgspec.Struct)


class Arm(msgspec.Struct, Generic[_R], frozen=True, kw_only=True):
    """One of them.

    Attributes:
        id: of the recipe; "" for the request as it is.
        name: as shown; "" for the request as it is.
        genre: it is for; "" where the style says that.
        request: as it is composed, without a recipe to apply.
    """

    id: str = ""
    name: str = ""
    genre: str = ""
    request: _R

    def candidate(self) -> Candidate:
        """Returns it as taste knows it before anything is drawn."""
        fields = {name: getattr(self.request, name) for name in self.request.__struct_fields__}
        return Candidate(recipe=fields, genre=self.genre)


def arms_of(role: str, request: _R, own: Sequence[Recipe] = ()) -> list[Arm[_R]]:
    """What there is to choose between, the request as it is first.

    Args:
        role: of the request.
        request: of one of the five roles.
        own: the user's own recipes of this role.

    Returns:
        At least one.

    Raises:
        InvalidValue: field "recipe": the one that is asked for is not there.
    """
    asked: Any = request
    if asked.recipe:
        mine = next((each for each in own if each.id == asked.recipe), None)
        recipe = mine or find_recipe(role, asked.recipe)
        filled = applied(request, recipe) if mine else with_recipe(request, role)
        return [Arm(id=recipe.id, name=recipe.name, genre=recipe.genre, request=filled)]
    # A progression by its number is one of the style's own, as a menu shows them: another style would have another.
    if asked.style != "auto" or getattr(asked, "progression", "").strip().startswith("#"):
        return [Arm(request=request)]
    found = [Arm(genre=genre_of(request), request=request)]
    for recipe in recipes(role).values():
        filled = with_recipe(msgspec.structs.replace(request, recipe=recipe.id), role)
        found.append(Arm(id=recipe.id, name=recipe.name, genre=recipe.genre, request=filled))
    for recipe in own:
        try:
            filled = applied(request, recipe)
        except InvalidValue:  # kept by a Bandmate whose requests were others
            continue
        found.append(Arm(id=recipe.id, name=recipe.name, genre=recipe.genre, request=filled))
    return found


def genre_of(request: Any) -> str:
    """Returns the genre that a request without a style is for: what the track's name or the tempo speaks for."""
    around = request.context
    return auto_style(around.track_name if around else "", request.tempo)[0].id
