"""Recipes of the user's own: what a take was made with, kept under a name, to be chosen like those on the shelf."""

from __future__ import annotations

import secrets
import sqlite3
import time
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from engine.compose.recipe.shelf import ROLES, Recipe
from engine.errors import InvalidValue
from engine.taste.store import takes
from engine.taste.store.book import Book
from engine.taste.store.profiles import number_of
from engine.taste.store.records import Id, Moment, Take

__all__ = ["MOST", "PREFIX", "OwnRecipe", "add", "all_recipes", "copy", "delete", "fields_of", "keep", "of_role"]

MOST = 200
"""Recipes of a profile that can be kept."""

PREFIX = "own."
"""What their ids begin with."""

LONGEST_NAME = 40

_SET = frozenset(
    {
        *("key", "mode", "bars", "seed", "tempo", "signature_numerator", "signature_denominator", "clip_length"),
        *("context", "steer", "recipe", "offer", "notes", "number", "camelot", "style_name", "source", "locked"),
        *("progression_name", "lowest", "highest"),
    }
)
"""What belongs to the Set, or only tells what came of the request."""

_COLUMNS = "id, role, name, genre, request, take, made_ns"


class OwnRecipe(msgspec.Struct, frozen=True, kw_only=True):
    """One of them.

    Attributes:
        id: what a request calls it.
        role: "bass", "drums", "melody", "arp" or "chords".
        name: as the user calls it.
        genre: it is for.
        request: fields of the role's request.
        take: id of the take that it was made of.
        made: nanoseconds of the Unix clock.
    """

    id: Id
    role: str
    name: Annotated[str, Meta(min_length=1, max_length=LONGEST_NAME)]
    genre: str = ""
    request: dict[str, Any]
    take: str = ""
    made: Moment = 0

    def recipe(self) -> Recipe:
        """Returns it as those on the shelf are."""
        words = "Yours." if not self.genre else f"Yours, for {self.genre.replace('_', ' ')}."
        return Recipe(id=self.id, name=self.name, description=words, genre=self.genre, request=self.request)


def all_recipes(book: Book, profile: str | None = None) -> list[OwnRecipe]:
    """The recipes of a profile, oldest first.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: they cannot be read.
    """
    with book.asking() as connection:
        asked = (number_of(connection, profile),)
        rows = connection.execute(f"SELECT {_COLUMNS} FROM recipes WHERE profile = ? ORDER BY number", asked)  # noqa: S608
        return [_recipe(row) for row in rows]


def of_role(book: Book, role: str, profile: str | None = None) -> list[Recipe]:
    """The recipes of a profile for one role, oldest first, as those on the shelf are; see ``all_recipes``."""
    return [each.recipe() for each in all_recipes(book, profile) if each.role == role]


def keep(book: Book, take: str, name: str, profile: str | None = None) -> OwnRecipe:
    """Keeps what a take was made with.

    Args:
        book: where.
        take: its id.
        name: for the recipe; one of the profile's own that is called so already takes the new content and a new id.
        profile: by name or uid; None for the one in use.

    Returns:
        The recipe.

    Raises:
        InvalidValue: field "take" (not known, or made of another clip), "name" or "profile".
        StoreUnavailable: nothing was kept.
    """
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidValue("name", name, f"Give a name of at most {LONGEST_NAME} characters.")
    found = takes.find(book, take, profile)
    made = OwnRecipe(
        id=PREFIX + secrets.token_hex(4),
        role=found.role,
        name=name,
        genre=str(found.context.get("genre") or ""),
        request=fields_of(found),
        take=found.id,
        made=time.time_ns(),
    )
    with book.changing() as connection:
        owner = number_of(connection, profile)
        asked = (owner, found.role, name)
        connection.execute("DELETE FROM recipes WHERE profile = ? AND role = ? AND name = ? COLLATE NOCASE", asked)
        count = connection.execute("SELECT COUNT(*) FROM recipes WHERE profile = ?", (owner,)).fetchone()[0]
        if count >= MOST:
            raise InvalidValue("name", name, f"{MOST} recipes are kept already: delete one first.")
        add(connection, owner, made)
    return made


def fields_of(take: Take) -> dict[str, Any]:
    """Returns what of a take makes a recipe: every knob as it was used, nothing that belongs to the Set.

    Raises:
        InvalidValue: field "take": it was made of another clip, or by the user's hand.
    """
    if take.method != f"compose.{take.role}" or take.role not in ROLES:
        raise InvalidValue("take", take.id, "A recipe is made of a take that Chords, Bass, Melody, Arp or Drums made.")
    known = {**take.recipe, **take.resolved}
    if take.role == "chords":
        # Which chords is the Set's matter as soon as somebody chose them.
        known["progression"] = take.recipe.get("progression", "auto")
    else:
        known.pop("progression", None)
    return {name: value for name, value in known.items() if name not in _SET and isinstance(value, str | int | float)}


def delete(book: Book, wanted: str, profile: str | None = None) -> OwnRecipe:
    """Deletes a recipe; takes that were made with it stay.

    Args:
        book: where.
        wanted: its id or name.
        profile: by name or uid; None for the one in use.

    Raises:
        InvalidValue: field "recipe": the profile has none of that name; field "profile".
        StoreUnavailable: it is still there.
    """
    folded = " ".join(wanted.split()).lower()
    gone = next((each for each in all_recipes(book, profile) if folded in (each.id, each.name.lower())), None)
    if gone is None:
        raise InvalidValue("recipe", wanted, "There is no recipe of your own of this name; others cannot be deleted.")
    with book.changing() as connection:
        asked = (number_of(connection, profile), gone.id)
        connection.execute("DELETE FROM recipes WHERE profile = ? AND id = ?", asked)
    return gone


def add(connection: sqlite3.Connection, profile: int, recipe: OwnRecipe) -> int:
    """Adds a recipe in a change that is under way; one of the same id stays as it was. Returns how many were new."""
    request = msgspec.json.encode(recipe.request).decode()
    values = (recipe.id, recipe.role, recipe.name, recipe.genre, request, recipe.take, recipe.made)
    added = connection.execute(
        f"INSERT INTO recipes (profile, {_COLUMNS}) VALUES (?{', ?' * 7}) ON CONFLICT (profile, id) DO NOTHING",  # noqa: S608
        (profile, *values),
    )
    return added.rowcount


def copy(connection: sqlite3.Connection, giver: int, taker: int) -> None:
    """Gives the recipes of one profile to another too, in a change that is under way."""
    connection.execute(
        f"INSERT INTO recipes (profile, {_COLUMNS}) SELECT ?, {_COLUMNS} FROM recipes WHERE profile = ?"  # noqa: S608
        " ORDER BY number ON CONFLICT (profile, id) DO NOTHING",
        (taker, giver),
    )


def _recipe(row: tuple[Any, ...]) -> OwnRecipe:
    recipe_id, role, name, genre, request, take, made = row
    fields = msgspec.json.decode(request)
    return OwnRecipe(id=recipe_id, role=role, name=name, genre=genre, request=fields, take=take, made=made)
