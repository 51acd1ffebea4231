"""compose.fit and compose.fit_audio on the wire, as Companion asks them."""

from __future__ import annotations

from typing import Any

import pytest

import presets
from engine.theory.keys import parse_key
from tests.bridge.house import House
from tests.bridge.test_methods import refused

TUNE = (60, 64, 67, 65, 69, 67, 71, 72, 67, 64, 62, 60)
NOTES = [{"pitch": pitch, "start_time": at, "duration": 1, "velocity": 33.5} for at, pitch in enumerate(TUNE)]


async def test_a_clip_is_fitted_to_lives_scale(house: House) -> None:
    context = {"scale_root": 2, "scale_name": "Major", "scale_mode": True}
    async with await house.client("device") as client:
        found = await client.call("compose.fit", notes=NOTES, context=context, start=0, length=12)
    assert [note["pitch"] for note in found["notes"]] == [pitch + 2 for pitch in TUNE]
    assert [note["velocity"] for note in found["notes"]] == [33.5] * len(TUNE)
    assert (found["key"], found["camelot"], found["clip_key"]) == ("D major", "10B", "C major")
    assert (found["moved"], found["bent"], found["transposed"]) == (12, 0, 2)
    assert found["words"] == "Transposed +2 to D major"


async def test_drums_and_a_set_without_a_key_are_answered_in_words(house: House) -> None:
    async with await house.client("device") as client:
        drums = await client.call("compose.fit", notes=NOTES, key="D", drums=True)
        nowhere = await client.call("compose.fit", notes=NOTES)
    assert (drums["words"], drums["moved"]) == ("No key: a drum clip", 0)
    assert nowhere["words"].startswith("No key to fit to")
    assert [note["pitch"] for note in nowhere["notes"]] == list(TUNE)


async def test_a_recording(house: House) -> None:
    async with await house.client("device") as client:
        found = await client.call("compose.fit_audio", clip_key="F# minor", key="A", coarse=12)
    assert (found["coarse"], found["sounds"], found["words"]) == (15, "A minor", "Transposed +3 to A minor")


async def test_every_item_of_the_menus_is_a_key_to_fit_to(house: House) -> None:
    keys, modes = (
        [each for each in menu["ids"] if each not in ("follow", "auto")]
        for menu in presets.load("devices/companion")["parameters"]
        if menu["kind"] == "menu"
    )
    async with await house.client("device") as client:
        for key, mode in [*((key, None) for key in keys), *(("D", mode) for mode in modes)]:
            found = await client.call("compose.fit", notes=NOTES, key=key, mode=mode)
            wanted = parse_key(f"{key} {mode or 'major'}")
            assert found["key"] == wanted.name
            assert {note["pitch"] % 12 for note in found["notes"]} <= set(wanted.scale_pcs)


@pytest.mark.parametrize(
    ("method", "wrong", "field"),
    [
        ("compose.fit", {"key": "H dur"}, "key"),
        ("compose.fit", {"notes": [{"pitch": 128, "start_time": 0, "duration": 1}]}, "notes[0].pitch"),
        ("compose.fit", {"length": 0}, "length"),
        ("compose.fit", {"clip_key": "H dur"}, "key"),
        ("compose.fit_audio", {"clip_key": "C", "coarse": 49}, "coarse"),
        ("compose.fit_audio", {"key": "C"}, "clip_key"),
        ("compose.fit_audio", {"clip_key": "C", "kee": "C"}, "kee"),
    ],
)
async def test_a_wrong_wish_is_refused(house: House, method: str, wrong: dict[str, Any], field: str) -> None:
    notes = {"notes": NOTES} if method == "compose.fit" else {}
    problem = await refused(house, method, **{**notes, **wrong})
    assert (problem.code, problem.data["field"]) == (-32602, field)
    assert problem.hint
