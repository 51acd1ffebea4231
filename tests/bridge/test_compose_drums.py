"""compose.drums and compose.drums_options on the wire, as a device asks them."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bridge.client import RemoteError
from engine.compose.drums.compose import DrumsRequest, compose_drums
from tests.bridge.house import House


async def test_drums_on_the_wire_are_the_engine_s(house: House) -> None:
    async with await house.client() as client:
        found = await client.call("compose.drums", style="house", seed=3, bars=4)
    made = compose_drums(DrumsRequest(style="house", seed=3, bars=4))
    assert found == msgspec.to_builtins(made)
    assert {lane["role"] for lane in found["lanes"]} >= {"kick", "open_hat"}


async def test_kits_lanes_and_menus_on_the_wire(house: House) -> None:
    pads = [{"pitch": 60, "name": "Kick"}, {"pitch": 61, "name": "Snare"}, {"pitch": 62, "name": "HH Closed"}]
    kept = [{"pitch": 61, "start_time": 1, "duration": 0.5, "velocity": 90}]
    async with await house.client() as client:
        found = await client.call(
            "compose.drums", style="hip_hop", seed=1, kit=pads, lanes={"snare": {"keep": kept}, "hat": {"density": 0.5}}
        )
        mapped = await client.call("compose.drums", style="hiphop", seed=1, kit={"kick": 50, "snare": 51})
        options = await client.call("compose.drums_options", style="drum_and_bass")
    assert found["resolved"]["style"] == "hiphop"
    assert [note["start_time"] for note in found["notes"] if note["pitch"] == 61] == [1]
    assert {note["pitch"] for note in found["notes"]} <= {60, 61, 62}
    assert {note["pitch"] for note in mapped["notes"]} <= {50, 51}
    assert options["style"] == "dnb"
    assert len(options["styles"]) == 23


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"style": "polka"}, "style"),
        ({"density": 3}, "density"),
        ({"phrase": 5}, "phrase"),
        ({"lanes": {"gong": {}}}, "lanes"),
        ({"kit": {}}, "kit"),
        ({"kit": {"kick": 128}}, "kit"),
        ({"build": "riser"}, "build"),
        ({"key": "D minor"}, "key"),
    ],
)
async def test_what_is_wrong_is_named_with_a_hint(house: House, wrong: dict[str, Any], field: str) -> None:
    async with await house.client() as client:
        with pytest.raises(RemoteError) as caught:
            await client.call("compose.drums", **wrong)
    assert caught.value.code == -32602
    assert str(caught.value.data["field"]).startswith(field)
