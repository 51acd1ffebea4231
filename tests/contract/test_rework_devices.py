"""Humanise and Vary and the engine understand each other; see test_part_devices.py, whose ways they go."""

from __future__ import annotations

import random
from typing import Any

import msgspec
import pytest

from bridge.registry import REGISTRY
from engine.compose.feel.request import HumaniseRequest
from engine.compose.vary.vary import VaryRequest
from tests.bridge.house import House
from tests.contract.test_part_devices import Part, menus, numbers, play

PARTS = [
    Part("humanise", "compose.humanise", HumaniseRequest, frozenset({"style"})),
    Part("vary", "compose.vary", VaryRequest, frozenset({"key", "mode", "chords", "start"})),
]
BY_ID = pytest.mark.parametrize("part", PARTS, ids=[part.id for part in PARTS])
LINE = [
    {"pitch": 60 + step, "start_time": at / 2, "duration": 0.45, "velocity": 70 + step}
    for at, step in enumerate((0, 3, 7, 10, 7, 3, 5, 2, 0, 7, 12, 7, 8, 5, 3, 2))
]
SAID = {"humanise": "Played ", "vary": "Variation 1 of "}


def states(part: Part) -> list[dict[str, float]]:
    dice = random.Random(part.id)
    shelf, ranges = menus(part), numbers(part)
    home = dict.fromkeys(shelf, 0.0) | {name: each["initial"] for name, each in ranges.items()}
    return [
        *({**home, menu: index} for menu, ids in shelf.items() for index in range(len(ids))),
        *({**home, name: each[end]} for name, each in ranges.items() for end in ("min", "max")),
        *({name: dice.uniform(each["min"], each["max"]) for name, each in ranges.items()} for _ in range(8)),
    ]


def rooms(part: Part) -> list[dict[str, Any]]:
    session = {"track": 0, "slot": 0, "length": 8, "notes": LINE, "shown": True}
    song = {"track": 0, "at": 16, "length": 7.5, "notes": LINE, "shown": True}
    return [
        {"set": {}, "clips": [session], "states": states(part)},
        {"set": {"tempo": 87.53, "signature": [7, 8]}, "clips": [song], "states": [{}, {}]},
        {"set": {"scale": {"root": 2, "name": "Dorian"}}, "clips": [session], "states": [{}]},
    ]


@BY_ID
async def test_every_request_is_answered_and_every_answer_is_read(house: House, device_file: str, part: Part) -> None:
    found = await play(house, device_file, part, rooms(part))
    assert [each for each in found["asked"] if each["error"]] == []
    assert found["faults"] == []
    assert found["missed"] == []
    assert [words for words in found["presses"] if not words.startswith(SAID[part.id])] == []
    asked = [each["params"] for each in found["asked"] if each["method"] == part.method]
    fields = {field.name for field in msgspec.structs.fields(part.request)}
    assert set().union(*asked) == fields - part.unasked


@BY_ID
async def test_a_member_missing_in_an_answer_is_noticed(house: House, device_file: str, part: Part) -> None:
    found = await play(house, device_file, part, rooms(part)[2:], drop=[part.method, "notices"])
    assert f"{part.method}: result.notices" in found["missed"]


@BY_ID
def test_numbers_reach_as_far_as_the_engine_and_start_where_it_starts(part: Part) -> None:
    defaults = {field.name: field.default for field in msgspec.structs.fields(part.request)}
    check = REGISTRY[part.method].signature.check
    given = {"notes": LINE} | ({"length": 8} if part.id == "vary" else {})
    for name, each in numbers(part).items():
        # Macros is the device's own share of what steers the Set; the wire has what comes of it.
        if name in ("seed", "macros"):
            continue
        assert each["initial"] == defaults[name], name
        for value in (each["min"], each["max"]):
            check({**given, name: value})
        for value in (each["min"] - 1, each["max"] + 1):
            with pytest.raises(Exception, match=f"{name} is .*; allowed"):
                check({**given, name: value})
