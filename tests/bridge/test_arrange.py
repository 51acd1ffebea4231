"""compose.arrange on the wire."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bridge.house import House
from tests.bridge.test_methods import refused

LOOP = [{"pitch": pitch, "start_time": beat, "duration": 0.5} for beat in range(4) for pitch in (36, 42)]
PARTS = [{"name": "Drums", "notes": LOOP, "length": 4}]


async def test_a_loop_becomes_sections(house: House) -> None:
    async with await house.client("device") as client:
        forms = (await client.call("compose.arrange_options"))["forms"]
        for form in forms:
            found = await client.call("compose.arrange", parts=PARTS, form=form["id"], seed=1)
            assert [section["name"] for section in found["sections"]] == form["sections"]
            assert found["bars"] == form["bars"] == sum(form["lengths"])
            assert [section["bars"] for section in found["sections"]] == form["lengths"]
            assert all(section["clips"] for section in found["sections"])


async def test_a_plan_says_who_plays_where_and_a_section_is_meant_by_its_name(house: House) -> None:
    parts = [*PARTS, {"name": "Vocal", "notes": [], "length": 4, "sound": True}]
    async with await house.client("device") as client:
        plan = await client.call("compose.arrange", parts=parts, form="sketch", seed=1, plan=True, levels={"Drop": 0.5})
    assert [(section["name"], section["plays"]) for section in plan["sections"]] == [
        ("Intro", [0]),
        ("Build", [0, 1]),
        ("Drop", [0, 1]),
        ("Outro", [0]),
    ]
    assert not any(section["clips"] for section in plan["sections"])
    assert plan["sections"][2]["energy"] == [0.5, 0.5]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"parts": []}, "parts"),
        ({"form": "opera"}, "form"),
        ({"scale": 75}, "scale"),
        ({"energy": [2]}, "energy[0]"),
        ({"levels": {"Drop": 2}}, "levels[...]"),
    ],
)
async def test_a_wrong_wish_is_refused(house: House, wrong: dict[str, Any], field: str) -> None:
    problem = await refused(house, "compose.arrange", **{"parts": PARTS, **wrong})
    assert (problem.code, problem.data["field"]) == (-32602, field)
    assert problem.hint
