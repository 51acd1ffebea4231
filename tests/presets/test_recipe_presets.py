"""Recipes fit their schema, are told apart, and each is accepted by the composer of its role."""

import json
from collections.abc import Callable
from typing import Any

import jsonschema
import pytest

import presets
from engine import typed
from engine.compose.arp.compose import compose_arp
from engine.compose.arp.request import ArpRequest
from engine.compose.bass.compose import compose_bass
from engine.compose.bass.request import BassRequest
from engine.compose.chords import ChordsRequest, compose_chords
from engine.compose.drums.compose import DrumsRequest, compose_drums
from engine.compose.melody.compose import compose_melody
from engine.compose.melody.request import MelodyRequest

COMPOSERS: dict[str, tuple[Any, Callable[[Any], Any]]] = {
    "drums": (DrumsRequest, compose_drums),
    "bass": (BassRequest, compose_bass),
    "chords": (ChordsRequest, compose_chords),
    "melody": (MelodyRequest, compose_melody),
    "arp": (ArpRequest, compose_arp),
}
SHELF = {role: presets.load(f"recipes/{role}") for role in presets.names("recipes")}
RECIPES = [pytest.param(role, one, id=one["id"]) for role, shelf in SHELF.items() for one in shelf["recipes"]]


def check(schema: str, document: Any) -> None:
    rules = presets.load(f"schema/{schema}.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def test_there_are_recipes_for_every_role_and_many_genres() -> None:
    assert set(SHELF) == set(COMPOSERS)
    assert len(RECIPES) >= 40
    taste = presets.load("taste/kinship")
    kin = {genre: family for family, genres in taste["families"].items() for genre in genres}
    genres = {taste["same"].get(one["genre"], one["genre"]) for shelf in SHELF.values() for one in shelf["recipes"]}
    assert len(genres) >= 20
    assert genres <= set(kin)
    for shelf in SHELF.values():
        assert len({kin[taste["same"].get(one["genre"], one["genre"])] for one in shelf["recipes"]}) >= 5


@pytest.mark.parametrize("role", sorted(SHELF))
def test_a_shelf_fits_its_schema_and_no_two_recipes_are_one(role: str) -> None:
    check("recipes", SHELF[role])
    assert SHELF[role]["role"] == role
    for field in ("id", "name", "description"):
        texts = [one[field] for one in SHELF[role]["recipes"]]
        assert len(set(texts)) == len(texts)
    assert all(one["id"].startswith(f"{role}.") for one in SHELF[role]["recipes"])


@pytest.mark.parametrize(("role", "recipe"), RECIPES)
def test_a_recipe_is_accepted_by_its_composer(role: str, recipe: dict[str, Any]) -> None:
    request, compose = COMPOSERS[role]
    made = compose(typed.convert({**recipe["request"], "bars": 4, "seed": 1}, request))
    assert made.resolved.style == recipe["request"]["style"]
    assert made.notes


def test_kinship_fits_its_schema_and_no_genre_has_two_families() -> None:
    taste = presets.load("taste/kinship")
    check("taste_kinship", taste)
    genres = [genre for family in taste["families"].values() for genre in family]
    assert len(set(genres)) == len(genres)
    assert set(taste["same"].values()) <= set(genres)
    assert not set(taste["same"]) & set(genres)
    assert set(taste["roles"]) == set(SHELF)


@pytest.mark.parametrize(
    ("path", "wrong"),
    [(("role",), "kazoo"), (("recipes", 0, "request"), {"density": 3}), (("recipes", 0, "id"), "Bass 1")],
)
def test_the_schema_bites(path: tuple[Any, ...], wrong: Any) -> None:
    broken = json.loads(json.dumps(SHELF["bass"]))
    inner = broken
    for step in path[:-1]:
        inner = inner[step]
    inner[path[-1]] = wrong
    with pytest.raises(jsonschema.ValidationError):
        check("recipes", broken)


def test_a_field_that_no_composer_knows_is_refused() -> None:
    with pytest.raises(Exception, match="unknown field"):
        typed.convert({"style": "house", "wobble": 3}, BassRequest)
