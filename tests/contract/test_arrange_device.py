"""Arrange and the engine understand each other; see test_part_devices.py, whose ways it goes."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

import presets
from bridge.registry import REGISTRY
from engine.compose.arrange.forms import arrange_options
from engine.compose.arrange.request import ArrangePart, ArrangeRequest
from tests.bridge.house import House
from tests.contract.test_part_devices import Part, menus, numbers, play

ARRANGE = Part("arrange", "compose.arrange", ArrangeRequest, frozenset({"energy", "levels", "plan"}))
"""It names the sections it bends, which no hand does here, and asks for plans only once a hand rests."""
BEAT = [{"pitch": pitch, "start_time": at, "duration": 0.25} for at in range(8) for pitch in (36, 42)]
LINE = [{"pitch": 36 + at % 3, "start_time": at / 2, "duration": 0.4} for at in range(16)]
TRACKS = [{"kind": "midi", "name": name} for name in ("Beat", "Sub", "Keys")]
LOOP = [
    {"track": track, "slot": 0, "length": 8, "notes": [dict(note, pitch=note["pitch"] + up) for note in notes]}
    for track, notes, up in ((0, BEAT, 0), (1, LINE, 0), (2, LINE, 24))
]


def states() -> list[dict[str, float]]:
    shelf, ranges = menus(ARRANGE), numbers(ARRANGE)
    home = dict.fromkeys(shelf, 0.0) | {name: each["initial"] for name, each in ranges.items()}
    home["scale"] = 0.0  # short songs are made fast
    return [
        *({**home, menu: index} for menu, ids in shelf.items() for index in range(len(ids))),
        *({**home, name: each[end]} for name, each in ranges.items() for end in ("min", "max")),
    ]


def rooms() -> list[dict[str, Any]]:
    odd = {"tempo": 87.53, "signature": [7, 8], "scale": {"root": 2, "name": "Dorian"}, "tracks": TRACKS}
    return [
        {"set": {"tracks": TRACKS}, "clips": LOOP, "states": states()},
        {"set": odd, "clips": LOOP[1:2], "states": [{}]},
    ]


async def test_every_request_is_answered_and_every_answer_is_read(house: House, device_file: str) -> None:
    found = await play(house, device_file, ARRANGE, rooms())
    assert [each for each in found["asked"] if each["error"]] == []
    assert found["faults"] == []
    assert found["missed"] == []
    assert [words for words in found["presses"] if not words.startswith("Made ")] == []
    asked = [each["params"] for each in found["asked"] if each["method"] == ARRANGE.method]
    assert set().union(*asked) - {"plan"} == {f.name for f in msgspec.structs.fields(ArrangeRequest)} - ARRANGE.unasked
    parts = [part for each in asked for part in each["parts"]]
    assert set().union(*parts) == {field.name for field in msgspec.structs.fields(ArrangePart)} - {"sound"}


async def test_a_member_missing_in_an_answer_is_noticed(house: House, device_file: str) -> None:
    found = await play(house, device_file, ARRANGE, rooms()[1:], drop=[ARRANGE.method, "form_name"])
    assert f"{ARRANGE.method}: result.form_name" in found["missed"]


def test_the_menu_shows_the_forms_there_are() -> None:
    table = {each["selector"]: each for each in presets.load("devices/arrange")["parameters"]}
    forms = arrange_options().forms
    assert table["form"]["ids"] == ["auto", *(form.id for form in forms)]
    assert table["form"]["items"] == ["Auto", *(form.name for form in forms)]
    check = REGISTRY[ARRANGE.method].signature.check
    part = {"notes": BEAT, "length": 8}
    for scale in table["scale"]["ids"]:
        check({"parts": [part], "scale": int(scale)})
    assert table["scale"]["ids"][int(table["scale"]["initial"])] == str(ArrangeRequest(parts=[]).scale)


def test_numbers_reach_as_far_as_the_engine_and_start_where_it_starts() -> None:
    defaults = ArrangeRequest(parts=[])
    check = REGISTRY[ARRANGE.method].signature.check
    part = {"notes": BEAT, "length": 8}
    for name, each in numbers(ARRANGE).items():
        if name == "seed":
            continue
        assert each["initial"] == getattr(defaults, name), name
        for value in (each["min"], each["max"]):
            check({"parts": [part], name: value})
        for value in (each["min"] - 1, each["max"] + 1):
            with pytest.raises(Exception, match=f"{name} is .*; allowed"):
                check({"parts": [part], name: value})
