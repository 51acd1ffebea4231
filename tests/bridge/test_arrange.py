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


@pytest.mark.parametrize(
    ("wrong", "field"),
    [({"parts": []}, "parts"), ({"form": "opera"}, "form"), ({"scale": 75}, "scale"), ({"energy": [2]}, "energy[0]")],
)
async def test_a_wrong_wish_is_refused(house: House, wrong: dict[str, Any], field: str) -> None:
    problem = await refused(house, "compose.arrange", **{"parts": PARTS, **wrong})
    assert (problem.code, problem.data["field"]) == (-32602, field)
    assert problem.hint
