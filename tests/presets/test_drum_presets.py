"""The vocabulary of drums fits its schema, and what it says of itself is so."""

import json
from typing import Any

import jsonschema
import pytest

import presets
from engine.compose.drums.roles import BY_GM, ORDER, ROLES
from engine.compose.drums.vocabulary import aliases, fills, genres

GENRES = [
    *(
        "house",
        "deep_house",
        "tech_house",
        "techno",
        "minimal",
        "trance",
        "hiphop",
        "boom_bap",
        "trap",
        "drill",
        "lo_fi",
    ),
    *("dnb", "jungle", "breakbeat", "uk_garage", "dubstep", "reggaeton", "dembow", "afrobeats", "disco", "funk"),
    *("ambient", "downtempo"),
]


def check(schema: str, document: Any) -> None:
    rules = presets.load(f"schema/{schema}.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(document)


def test_the_shelf_holds_the_genres_in_menu_order() -> None:
    assert presets.load("drums") == GENRES
    assert presets.names("drums") == tuple(sorted(GENRES))
    assert list(genres()) == GENRES


@pytest.mark.parametrize("name", GENRES)
def test_a_genre_fits_its_schema(name: str) -> None:
    document = presets.load(f"drums/{name}")
    check("drum_genre", document)
    assert document["id"] == name


@pytest.mark.parametrize(
    "damage",
    [
        lambda d: d["lanes"][0]["cells"][0].update(bars=["x..."]),
        lambda d: d["lanes"][0]["cells"][0].update(bars=["................"] * 3),
        lambda d: d["lanes"][0].update(role="gong"),
        lambda d: d["lanes"][0].update(velocity=[100, 90]),
        lambda d: d["lanes"][0].update(presence=0),
        lambda d: d["fills"][0].update(weight=0),
        lambda d: d.update(extra=1),
        lambda d: d.pop("tempo"),
    ],
)
def test_the_schema_bites(damage: Any) -> None:
    broken = json.loads(json.dumps(presets.load("drums/house")))
    damage(broken)
    with pytest.raises(jsonschema.ValidationError):
        check("drum_genre", broken)


def test_fills_fit_their_schema_and_last_as_long_as_they_say() -> None:
    check("drum_fills", presets.load("drum_fills"))
    for fill in fills().values():
        assert {len(signs) for signs in fill.lanes.values()} == {fill.beats * 4}, fill.id
    assert len(fills()) == len(presets.load("drum_fills"))


def test_every_fill_is_used_and_every_genre_has_all_sizes() -> None:
    used = {item.fill for genre in genres().values() for item in genre.fills}
    assert used == set(fills())
    for genre in genres().values():
        assert {fills()[item.fill].beats for item in genre.fills} == {1, 2, 4}, genre.id


def test_a_lane_is_there_once_and_choices_name_lanes_there_are() -> None:
    for genre in genres().values():
        roles = [lane.role for lane in genre.lanes]
        assert len(set(roles)) == len(roles), genre.id
        named = {role for choice in genre.choices for option in choice.options for role in option.lanes}
        assert named <= set(roles), genre.id
        assert genre.rolls is None or genre.rolls.role in roles
        assert genre.tempo[0] < genre.tempo[1]


def test_no_two_genres_answer_to_one_name() -> None:
    names = [*genres(), *(other for genre in genres().values() for other in genre.aliases)]
    assert len(set(names)) == len(names)
    assert set(aliases().values()) <= set(genres())
    for wanted, found in (("hip_hop", "hiphop"), ("drum_and_bass", "dnb"), ("funk_soul", "funk")):
        assert aliases()[wanted] == found


def test_no_two_genres_have_the_same_words_or_cells() -> None:
    words = [word for genre in genres().values() for word in genre.words]
    assert len(set(words)) == len(words)
    kits = {
        json.dumps([presets.load(f"drums/{name}")["lanes"][place]["cells"] for place in (0, 1, 2)]) for name in GENRES
    }
    assert len(kits) == len(GENRES)


def test_roles_have_pitches_of_their_own_and_stand_ins_there_are() -> None:
    assert len(BY_GM) == len(ROLES) == len(ORDER)
    assert all(35 <= role.pitch <= 81 for role in ROLES.values())
    assert all(other in ROLES and other != role.id for role in ROLES.values() for other in role.instead)
    allowed = presets.load("schema/drum_genre.schema")["$defs"]["lane"]["properties"]["role"]["enum"]
    assert allowed == list(ROLES)
