"""compose.vary, transform, inpaint and continue on the wire, as the Vary device asks them."""

from __future__ import annotations

from typing import Any

import pytest

from tests.bridge.house import House
from tests.bridge.test_methods import refused

TUNE = (64, 67, 65, 64, 62, 65, 64, 62, 60, 64, 67, 69, 67, 65, 62, 60)
NOTES = [{"pitch": pitch, "start_time": at, "duration": 1, "velocity": 83.5} for at, pitch in enumerate(TUNE)]
CLIP: dict[str, Any] = {"notes": NOTES, "length": 16, "seed": 4}


async def test_variations_of_a_clip(house: House) -> None:
    context = {"scale_root": 0, "scale_name": "Major", "scale_mode": True}
    async with await house.client("device") as client:
        found = await client.call("compose.vary", **CLIP, count=4, distance=40, context=context)
        again = await client.call("compose.vary", **CLIP, count=4, distance=40, context=context)
    assert found == again
    assert (found["role"], found["key"], found["seed"]) == ("melody", "C major", 4)
    takes = [[(note["start_time"], note["pitch"]) for note in each["notes"]] for each in found["variations"]]
    assert len({tuple(take) for take in takes}) == 4
    assert all(0.15 < each["distance"] < 0.6 and each["words"] for each in found["variations"])
    assert {note["pitch"] % 12 for each in found["variations"] for note in each["notes"]} <= {0, 2, 4, 5, 7, 9, 11}


async def test_a_transformation(house: House) -> None:
    async with await house.client("device") as client:
        found = await client.call("compose.transform", **CLIP, kind="retrograde")
        part = await client.call("compose.transform", **CLIP, kind="invert", range_start=8, range_end=12, key="C")
    assert [note["pitch"] for note in found["notes"]] == list(reversed(TUNE))
    assert [note["pitch"] for note in part["notes"]][:8] == list(TUNE[:8])
    assert (part["changed"], part["key"]) == (4, "C major")


async def test_a_range_is_rewritten_and_a_clip_goes_on(house: House) -> None:
    async with await house.client("device") as client:
        painted = await client.call("compose.inpaint", **CLIP, range_start=4, range_end=8, count=3)
        longer = await client.call("compose.continue", **CLIP, beats=8)
    for each in painted["candidates"]:
        kept = [note for note in each["notes"] if not 4 <= note["start_time"] < 8]
        assert [note["pitch"] for note in kept] == [*TUNE[:4], *TUNE[8:]]
    assert longer["length"] == 24
    assert [note["pitch"] for note in longer["continuations"][0]["notes"]][:16] == list(TUNE)
    assert longer["continuations"][0]["added"] >= 4


@pytest.mark.parametrize(
    ("method", "wrong", "field"),
    [
        ("compose.vary", {"notes": []}, "notes"),
        ("compose.vary", {"count": 17}, "count"),
        ("compose.vary", {"distance": 100.5}, "distance"),
        ("compose.vary", {"keep": "soul"}, "keep"),
        ("compose.vary", {"notes": [{"pitch": 128, "start_time": 0, "duration": 1}]}, "notes[0].pitch"),
        ("compose.transform", {"kind": "explode"}, "kind"),
        ("compose.transform", {"kind": "invert", "range_start": 99}, "range_start"),
        ("compose.inpaint", {"range_start": 4}, "range_end"),
        ("compose.inpaint", {"range_start": 4, "range_end": 4}, "range_end"),
        ("compose.continue", {"beats": 0}, "beats"),
        ("compose.continue", {"beats": 4, "bars": 2}, "bars"),
    ],
)
async def test_what_cannot_be_is_refused_with_a_hint(
    house: House, method: str, wrong: dict[str, Any], field: str
) -> None:
    problem = await refused(house, method, **{**CLIP, **wrong})
    assert (problem.code, problem.data["field"]) == (-32602, field)
    assert problem.hint
