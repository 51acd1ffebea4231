"""compose.stream on the wire."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bridge.house import House
from tests.bridge.test_methods import refused


@pytest.mark.parametrize("role", ["bass", "melody", "arp", "chords", "drums"])
async def test_bars_come_back_the_same_one_by_one(house: House, role: str) -> None:
    async with await house.client("device") as client:
        options = await client.call("compose.stream_options", role=role)
        style = options["styles"][1]["id"]
        shared: dict[str, Any] = {"role": role, "style": style, "seed": 5, "key": "D minor", "macros": {"energy": 70}}
        found = await client.call("compose.stream", **shared, bar=6, bars=4)
        assert found["style"] == style
        assert [bar["bar"] for bar in found["bars"]] == [6, 7, 8, 9]
        for bar in reversed(found["bars"]):
            alone = await client.call("compose.stream", **shared, bar=bar["bar"])
            assert alone["bars"] == [bar]
        assert [macro["id"] for macro in options["macros"]][:3] == ["density", "complexity", "tension"]


async def test_lanes_and_signatures_are_told_as_they_were_used(house: House) -> None:
    async with await house.client("device") as client:
        found = await client.call(
            "compose.stream",
            role="chords",
            seed=1,
            bars=2,
            points=[{"beat": 1.1, "density": 90}, {"beat": 4.5, "tension": 80, "tempo": 90}],
            signatures=[{"bar": 1, "numerator": 6, "denominator": 8}],
        )
    first, second = found["bars"]
    assert (first["changes"], first["macros"]["density"], second["macros"]["density"]) == ([1.25], 50, 90)
    assert (second["beats"], second["signature_denominator"], second["changes"]) == (3.0, 8, [0.5])
    assert first["parameters"]["density"] == 50
    assert first["take"] != second["take"]
    assert first["chords"]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({}, "role"),
        ({"role": "tuba"}, "role"),
        ({"role": "bass", "bars": 9}, "bars"),
        ({"role": "bass", "style": "polka"}, "style"),
        ({"role": "bass", "macros": {"funk": 3}}, "macros.funk"),
        ({"role": "bass", "macros": {"energy": 300}}, "macros.energy"),
        ({"role": "bass", "points": [{"beat": 2}, {"beat": 1}]}, "points[1].beat"),
        ({"role": "drums", "kit": [{"pitch": 300, "name": "Kick"}]}, "kit[0].pitch"),
    ],
)
async def test_a_wrong_wish_is_refused(house: House, wrong: dict[str, Any], field: str) -> None:
    problem = await refused(house, "compose.stream", **wrong)
    assert problem.code == -32602
    assert problem.data["field"] == field or (not wrong and "role" in problem.hint)
    assert problem.hint
