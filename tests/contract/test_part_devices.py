"""The devices for parts and the engine understand each other: each request is answered, each answer is read right.

The devices are the real ones, on a headless Live Set, with their own client on a socket of a real engine. What they
read from an answer is watched: a member that is looked for and not there is a finding.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Any

import msgspec
import pytest

import presets
from bridge import endpoint
from bridge.registry import REGISTRY
from engine.compose.arp.request import ArpRequest
from engine.compose.bass.request import BassRequest
from engine.compose.drums.request import DrumsRequest
from engine.compose.melody.request import MelodyRequest
from tests.bridge.house import House
from tests.contract.node import node_beside


@dataclass(frozen=True)
class Part:
    """A device.

    Attributes:
        id: of its table and folder.
        method: what it asks.
        request: the engine's type of what is asked.
        unasked: fields of the request that the device leaves to the engine.
    """

    id: str
    method: str
    request: type[msgspec.Struct]
    unasked: frozenset[str] = frozenset()


PARTS = [
    Part(
        "arp",
        "compose.arp",
        ArpRequest,
        frozenset(
            {
                *("chords", "rate_beats", "accents", "accent_depth", "velocity", "ratchet_count", "rests", "voices"),
                *("register", "voicing", "restart", "held", "held_notes", "hold"),
            }
        ),
    ),
    Part("bass", "compose.bass", BassRequest, frozenset({"chords"})),
    Part("melody", "compose.melody", MelodyRequest, frozenset({"chords", "register", "before", "line"})),
    Part("drums", "compose.drums", DrumsRequest, frozenset({"lanes", "kit"})),
]
RECALLED = {"recipe"}
"""Fields of a press whose seed is locked, where the engine took a recipe for the one before."""

BY_ID = pytest.mark.parametrize("part", PARTS, ids=[part.id for part in PARTS])

PADS = {"title": "Chords D minor", "length": 16, "track": 1}


def menus(part: Part) -> dict[str, list[str]]:
    table = presets.load(f"devices/{part.id}")["parameters"]
    return {each["selector"]: each["ids"] for each in table if each["kind"] == "menu" and "dynamic_items" not in each}


def numbers(part: Part) -> dict[str, Any]:
    table = presets.load(f"devices/{part.id}")["parameters"]
    return {each["selector"]: each for each in table if each["type"] in ("int", "float") and "min" in each}


def chord(*pitches: int, start: float = 0.0, duration: float = 4.0) -> list[dict[str, Any]]:
    return [{"pitch": each, "start_time": start, "duration": duration, "velocity": 90} for each in pitches]


def states(part: Part, count: int = 8) -> list[dict[str, float]]:
    """Each entry of each menu, all menus turned at once; both ends of all numbers; and anything."""
    dice = random.Random(part.id)
    shelf, ranges = menus(part), numbers(part)
    home = dict.fromkeys(shelf, 0.0) | {name: each["initial"] for name, each in ranges.items()}
    return [
        *(
            {**home, **{menu: index % len(ids) for menu, ids in shelf.items()}}
            for index in range(max(map(len, shelf.values())))
        ),
        *({**home, **{name: each[end] for name, each in ranges.items()}} for end in ("min", "max")),
        *(
            {menu: dice.randrange(len(ids)) for menu, ids in shelf.items()}
            | {name: dice.uniform(each["min"], each["max"]) for name, each in ranges.items()}
            | {"bars": dice.randint(1, 8)}
            for _ in range(count)
        ),
    ]


def rooms(part: Part) -> list[dict[str, Any]]:
    tracks = [{"kind": "midi", "name": name} for name in ("Keys", "Pads", "Lead", "Drums")]
    progression = (
        chord(50, 57, 60, 65) + chord(48, 55, 60, 64, start=4.0) + chord(46, 53, 58, 62, start=8.0, duration=8.0)
    )
    hits = [{"pitch": 36, "start_time": beat, "duration": 0.25, "velocity": 100} for beat in range(4)]
    line = [{"pitch": 62 + beat, "start_time": beat, "duration": 1, "velocity": 90} for beat in range(4)]
    beside = [
        {**PADS, "slot": 0, "notes": progression},
        {"track": 2, "slot": 0, "length": 4, "notes": line},
        {"track": 3, "slot": 0, "length": 4, "notes": hits},
    ]
    plain = {"bars": 4}
    return [
        {"set": {"tracks": tracks}, "states": [*states(part), {**plain, "own_text": "Dm7 | G7 | Cmaj7"}]},
        # What sounds in the same scene is followed; a clip above has a chord of its own.
        {"set": {"tracks": tracks, "tempo": 87.53, "signature": [6, 8]}, "clips": beside, "states": [plain] * 2},
        # An arrangement clip keeps its length, and follows what lies at the same time.
        {
            "set": {"tracks": tracks},
            "clips": [
                {"track": 1, "at": 8, "length": 16, "notes": progression},
                {"track": 3, "at": 16, "length": 4, "notes": hits},
                {"track": 0, "at": 16, "length": 10.5, "shown": True},
            ],
            "states": [plain, {"bars": 8}],
        },
        *(
            {
                "set": {"tempo": tempo, "signature": metre, "tracks": tracks},
                "clips": beside,
                "states": [{"bars": 2}],
            }
            for tempo, metre in ((20, (2, 2)), (999, (5, 4)), (120, (7, 8)), (120.5, (3, 4)))
        ),
    ]


async def play(
    house: House, device_file: str, part: Part, rooms: list[dict[str, Any]], **change: Any
) -> dict[str, Any]:
    assert endpoint.read() == house.where
    asked = {"device": part.id, "pointer": device_file, "rooms": rooms, **change}
    found: dict[str, Any] = await node_beside("part_device.mjs", asked)
    return found


@BY_ID
async def test_every_request_is_answered_and_every_answer_is_read(house: House, device_file: str, part: Part) -> None:
    found = await play(house, device_file, part, rooms(part))
    assert [each for each in found["asked"] if each["error"]] == []
    assert found["faults"] == []
    assert found["missed"] == []
    assert [words for words in found["presses"] if not words.startswith("Wrote ")] == []
    asked = [each["params"] for each in found["asked"] if each["method"] == part.method]
    # Every parameter of the method is one the device uses, or leaves to the engine on purpose.
    fields = {field.name for field in msgspec.structs.fields(part.request)}
    assert set().union(*asked) | RECALLED == fields - part.unasked


@pytest.mark.parametrize("part", [part for part in PARTS if part.id != "arp"], ids=lambda part: part.id)
async def test_a_style_of_the_users_own_is_asked_for_by_its_name(house: House, device_file: str, part: Part) -> None:
    notes = [{"pitch": 36 + step % 3, "start_time": step / 2, "duration": 0.25} for step in range(8)]
    async with await house.client("device") as client:
        for role in ("bass", "drums", "melody"):
            await client.call("compose.learn", name=f"My {role}", role=role, lessons=[{"name": "a", "notes": notes}])
    rooms = [{"set": {}, "states": [{"bars": 2}, {"own": 1, "own_amount": 80}, {"own": 0}]}]
    found = await play(house, device_file, part, rooms)
    assert (found["faults"], found["missed"]) == ([], [])
    asked = [each["params"]["own"] for each in found["asked"] if each["method"] == part.method]
    assert asked == [None, f"My {part.id}", None]
    assert all(words.startswith("Wrote ") for words in found["presses"])


@BY_ID
async def test_a_renamed_parameter_is_noticed(house: House, device_file: str, part: Part) -> None:
    one = [{"set": {}, "states": [{"bars": 4}]}]
    found = await play(house, device_file, part, one, rename=[part.method, "context", "contexts"])
    assert all(each["error"]["code"] == -32602 for each in found["asked"] if each["method"] == part.method)
    assert "unknown parameter" in found["presses"][0]
    assert found["faults"] == []


@BY_ID
async def test_a_member_missing_in_an_answer_is_noticed(house: House, device_file: str, part: Part) -> None:
    one = [{"set": {}, "states": [{"bars": 4}]}]
    found = await play(house, device_file, part, one, drop=[part.method, "resolved", "style_name"])
    assert f"{part.method}: result.resolved.style_name" in found["missed"]


@BY_ID
def test_numbers_reach_as_far_as_the_engine_and_start_where_it_starts(part: Part) -> None:
    defaults = {field.name: field.default for field in msgspec.structs.fields(part.request)}
    check = REGISTRY[part.method].signature.check
    for name, each in numbers(part).items():
        # Macros is the device's own share of what steers the Set; the wire has what comes of it.
        if name in ("seed", "macros"):
            continue  # four digits are enough to press dice for years; the wire takes more
        factor = 0.01 if (part.id, name) == ("drums", "density") else 1
        assert each["initial"] * factor == defaults[name], name
        for value in (each["min"], each["max"]):
            check({name: value * factor})
        for value in (each["min"] - 1, each["max"] + 1):
            with pytest.raises(Exception, match=f"{name} is .*; allowed"):
                check({name: value * factor})
