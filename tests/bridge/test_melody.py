"""compose.melody and its menus on the wire, as the Melody device asks them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bridge.house import House
from tests.bridge.test_methods import refused

ASKED: dict[str, Any] = {"key": "A minor", "progression": "i VI III VII", "style": "pop", "bars": 4, "seed": 7}


async def test_a_melody_and_the_same_again(house: House) -> None:
    async with await house.client("device") as client:
        found = await client.call("compose.melody", **ASKED)
        again = await client.call("compose.melody", **ASKED)
    assert found == again
    assert (found["seed"], found["length"], found["resolved"]["style"]) == (7, 16, "pop")
    assert [span["symbol"] for span in found["chords"]] == ["Am", "F", "C", "G"]
    assert {note["pitch"] % 12 for note in found["notes"]} <= {0, 2, 4, 5, 7, 9, 11}
    assert found["summary"].endswith("4 bars, A minor")


async def test_it_goes_on_and_sings_beside(house: House) -> None:
    async with await house.client("device") as client:
        first = await client.call("compose.melody", **ASKED)
        second = await client.call("compose.melody", **{**ASKED, "seed": 8}, before=first["notes"])
        beside = await client.call("compose.melody", **{**ASKED, "seed": 8}, line=first["notes"])
    assert any("goes on" in notice for notice in second["notices"])
    sung = [note["pitch"] for note in first["notes"]]
    middle = (second["resolved"]["lowest"] + second["resolved"]["highest"]) / 2
    assert abs((min(sung) + max(sung)) / 2 - middle) <= 3
    assert beside["notes"] != second["notes"]


async def test_the_menus(house: House) -> None:
    async with await house.client("device") as client:
        menus = await client.call("compose.melody_options", tempo=92)
        named = await client.call("compose.melody_options", context={"track_name": "Trance lead"}, tempo=92)
    assert (menus["style"], named["style"]) == ("pop", "trance")
    assert {"pop", "jazz", "reggaeton", "cinematic"} <= {entry["id"] for entry in menus["styles"]}
    assert menus["contours"][0]["id"] == "auto"


@pytest.mark.parametrize(
    ("params", "field"),
    [
        ({"tension": 101}, "tension"),
        ({"range": 4}, "range"),
        ({"register": 35}, "register"),
        ({"phrase": 3}, "phrase"),
        ({"contour": "zigzag"}, "contour"),
        ({"style": "polka"}, "style"),
        ({"before": [{"pitch": 200, "start_time": 0, "duration": 1}]}, "before[0].pitch"),
        ({"line": "all"}, "line"),
        ({"melody": True}, "melody"),
    ],
)
async def test_bad_input_is_refused_by_name(house: House, params: dict[str, Any], field: str) -> None:
    problem = await refused(house, "compose.melody", **params)
    assert (problem.code, problem.data["field"]) == (-32602, field)
    assert problem.hint
