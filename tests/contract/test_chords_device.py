"""Chords and the engine understand each other: each request the device builds is answered, each answer is read right.

The device is the real one, on a headless Live Set, with its own client on a socket of a real engine. What it reads
from an answer is watched: a member that is looked for and not there is a finding.
"""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

import presets
from bridge import endpoint
from bridge.methods.compose import chords_options
from bridge.registry import REGISTRY
from engine.compose.chords import ChordsRequest
from engine.theory.keys import parse_key
from tests.bridge.house import House
from tests.contract.node import node, node_beside

TABLE = presets.load("devices/chords")
MENUS = {each["selector"]: each["ids"] for each in TABLE["parameters"] if each["kind"] == "menu"}
NUMBERS = {each["selector"]: each for each in TABLE["parameters"] if each["type"] in ("int", "float") and "min" in each}
OWN = ["i VI III VII", "ii7 V7 Imaj7", "Dm7 G7 Cmaj7", "I | vi | IV | V", "Am F C G", "C6/9 G7alt Bb7"]


def chord(*pitches: int, start: float = 0.0, duration: float = 4.0) -> list[dict[str, Any]]:
    return [{"pitch": each, "start_time": start, "duration": duration, "velocity": 90} for each in pitches]


def every_menu_entry() -> list[dict[str, int]]:
    """States in which each entry of each menu comes up, with those of the others that stand in the same place."""
    longest = max(map(len, MENUS.values()))
    return [{menu: index % len(ids) for menu, ids in MENUS.items()} for index in range(longest)]


def both_ends() -> list[dict[str, float]]:
    return [{name: each[end] for name, each in NUMBERS.items()} for end in ("min", "max")]


def anything(count: int, seed: int) -> list[dict[str, float]]:
    dice = random.Random(seed)
    return [
        {menu: dice.randrange(len(ids)) for menu, ids in MENUS.items()}
        | {name: dice.uniform(each["min"], each["max"]) for name, each in NUMBERS.items()}
        for _ in range(count)
    ]


def rooms() -> list[dict[str, Any]]:
    scales = node("constants.mjs")["scales"]
    evidence = chord(57, 60, 64) + chord(53, 57, 60, start=4.0) + chord(55, 59, 62, start=8.0, duration=8.0)
    home = dict.fromkeys(MENUS, 0)
    return [
        {"set": {}, "states": [*every_menu_entry(), *both_ends(), *anything(20, 1)], "own": OWN},
        # Something plays in the Set, a chord lies above, and the clip in Detail View has a length of its own.
        {
            "set": {"tempo": 87.53, "signature": [6, 8]},
            "clips": [
                {"track": 1, "slot": 0, "length": 16, "notes": evidence},
                {"track": 0, "slot": 0, "length": 8, "notes": chord(50, 53, 57, 60)},
                {"track": 0, "slot": 1, "length": 7.5, "shown": True},
            ],
            "states": anything(10, 2),
        },
        # A clip of the arrangement keeps its length.
        {"set": {}, "clips": [{"track": 0, "at": 16, "length": 10.5, "shown": True}], "states": anything(5, 3)},
        {
            "set": {"scale": {"root": 0, "name": "Major"}},
            "states": [{**home, "song": {"root_note": i % 12, "scale_name": name}} for i, name in enumerate(scales)],
        },
        *(
            {
                "set": {"tempo": tempo, "signature": signature, "tracks": [{"kind": "midi", "name": "Rhodes ♪ " * 99}]},
                "states": [{**home, "bars": 8}, {**home, "bars": 16}],
            }
            for tempo, signature in ((20, (1, 8)), (999, (1, 1)), (120, (99, 16)), (33.3, (7, 8)))
        ),
    ]


async def play(house: House, device_file: str, rooms: list[dict[str, Any]], **change: Any) -> dict[str, Any]:
    assert endpoint.read() == house.where
    found: dict[str, Any] = await node_beside("chords_device.mjs", {"pointer": device_file, "rooms": rooms, **change})
    return found


async def test_every_request_of_the_device_is_answered_and_every_answer_is_read(house: House, device_file: str) -> None:
    found = await play(house, device_file, rooms())
    refused = [each for each in found["asked"] if each["error"]]
    assert refused == []
    assert found["faults"] == []
    assert found["missed"] == []
    said = [each["words"] for each in found["presses"]]
    wrong = [words for words in said if not words.startswith(("Wrote ", "Own progression: "))]
    assert wrong == []

    asked = [each["params"] for each in found["asked"] if each["method"] == "compose.chords"]
    pressed = sum(len(room["states"]) + len(room.get("own", [])) for room in rooms())
    assert len(asked) >= pressed > 80
    # What is told of takes hangs on time; tests/contract/test_relay.py has all of it.
    methods = {each["method"] for each in found["asked"]}
    assert {each for each in methods if not each.startswith("taste.")} == {
        "session.hello",
        "compose.chords_options",
        "compose.chords",
        "theory.progression",
    }
    # Every parameter of the method is one the device uses, and each part of the context came up.
    assert any("offer" in each for each in asked)
    # Which recipe was best the engine decides; a seed that is locked then asks by it.
    assert set().union(*asked) | {"recipe"} == {field.name for field in msgspec.structs.fields(ChordsRequest)}
    contexts = [each["context"] for each in asked]
    assert any(each["pitch_classes"] for each in contexts)
    assert any(each["previous"] for each in contexts)
    assert {each["scale_name"] for each in contexts if each["scale_mode"]} == set(node("constants.mjs")["scales"])
    for menu, ids in MENUS.items():
        sent = {each[menu] for each in asked}
        assert {None if each == "follow" or (each == "auto" and menu == "mode") else each for each in ids} <= sent
    # The menu shows the style's own twelve.
    menus = {tuple(each["menu"]) for each in found["presses"]}
    assert len(menus) > 3
    assert {len(each) for each in menus} == {len(set(each)) for each in menus} == {13}


ONE = [{"set": {}, "states": [{"bars": 4}], "own": ["ii V I"]}]


@pytest.mark.parametrize(
    ("method", "parameter"),
    [("compose.chords", "context"), ("theory.progression", "progression")],
)
async def test_a_renamed_parameter_is_noticed(house: House, device_file: str, method: str, parameter: str) -> None:
    found = await play(house, device_file, ONE, rename=[method, parameter, parameter + "s"])
    refused = [each for each in found["asked"] if each["error"]]
    assert {each["method"] for each in refused} == {method}
    assert all(each["error"]["code"] == -32602 for each in refused)
    # The device says so in words, and does not fall over.
    assert any("unknown parameter" in each["words"] for each in found["presses"])
    assert found["faults"] == []


@pytest.mark.parametrize(
    "path",
    [
        ("compose.chords", "resolved", "figures"),
        ("compose.chords", "length"),
        ("theory.progression", "chords"),
    ],
)
async def test_a_member_missing_in_an_answer_is_noticed(house: House, device_file: str, path: tuple[str, ...]) -> None:
    found = await play(house, device_file, ONE, drop=path)
    method, *members = path
    assert f"{method}: result.{'.'.join(members)}" in found["missed"]


@pytest.mark.parametrize(("menu", "value"), [(menu, value) for menu, ids in MENUS.items() for value in ids])
def test_every_entry_of_every_menu_is_a_word_the_engine_knows(menu: str, value: str) -> None:
    answer = REGISTRY["compose.chords"].call(None, {menu: value, "seed": 1})
    resolved = answer.resolved
    if value not in ("auto", "follow") and menu in ("style", "voicing", "rhythm"):
        assert getattr(resolved, menu) == value
    if menu == "mode" and value != "auto":
        assert resolved.key.split(" ", 1)[1].replace(" ", "_") == value
    if menu == "key" and value != "follow":
        # C# minor under its usual name is what Db with a minor progression comes to.
        assert parse_key(resolved.key).tonic_pc == parse_key(f"{value} major").tonic_pc


@pytest.mark.parametrize("menu", [*(each for each in MENUS if each != "key"), "key"])
def test_a_word_no_menu_has_is_refused(menu: str) -> None:
    with pytest.raises(ValueError, match="is not allowed"):
        REGISTRY["compose.chords"].call(None, {menu: "#13" if menu == "progression" else "polka"})


def test_the_menus_hold_what_the_shelf_holds() -> None:
    assert MENUS["style"] == ["auto", *presets.load("styles")]
    assert MENUS["rhythm"] == ["auto", *(each["id"] for each in presets.load("rhythms"))]
    assert MENUS["voicing"] == ["auto", *(each["id"] for each in presets.load("voicings"))]


@pytest.mark.parametrize("style", MENUS["style"])
def test_each_style_fills_the_progression_menu(style: str) -> None:
    found = chords_options(style)
    assert len(found.progressions) == len(MENUS["progression"]) - 1 == 12
    assert len({each.id for each in found.progressions}) == 12
    # What the menu shows as its third entry is what "#3" composes.
    if style != "auto":
        third = REGISTRY["compose.chords"].call(None, {"style": style, "progression": "#3", "seed": 1})
        assert third.resolved.progression == found.progressions[2].id


def test_dials_reach_as_far_as_the_engine_and_start_where_it_starts() -> None:
    defaults = {field.name: field.default for field in msgspec.structs.fields(ChordsRequest)}
    check = REGISTRY["compose.chords"].signature.check
    for name, each in NUMBERS.items():
        if name == "macros":
            continue  # the device's own share of what steers the Set; the wire has what comes of it
        for value in (each["min"], each["max"]):
            check({name: value})
        if name == "seed":
            continue  # four digits are enough to press dice for years; the wire takes more
        assert each["initial"] == defaults[name], name
        for value in (each["min"] - 1, each["max"] + 1):
            with pytest.raises(Exception, match=f"{name} is .*; allowed"):
                check({name: value})
