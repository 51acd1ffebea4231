"""compose.humanise and the grooves on the wire."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import soundfile

from bridge import jobs
from bridge.client import RemoteError
from tests.bridge.house import House
from tests.engine.compose.feel.test_groove_audio import PUSH, RATE, beat

BEAT: list[dict[str, Any]] = [
    {"pitch": pitch, "start_time": bar * 4 + step / 4, "duration": 0.2, "velocity": 100}
    for bar in range(2)
    for pitch, steps in ((36, (0, 8)), (38, (4, 12)), (42, range(16)))
    for step in steps
]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers begin at once."""
    monkeypatch.setattr(jobs, "READY", "tests.bridge.job_functions:ready")


async def test_a_clip_is_humanised_and_its_groove_goes_to_another(house: House) -> None:
    async with await house.client() as client:
        take = await client.call("compose.humanise", notes=BEAT, seed=4, tempo=96)
        again = await client.call("compose.humanise", notes=BEAT, seed=take["seed"], tempo=96)
        found = await client.call("compose.groove_extract", notes=take["notes"], name="four")
        bass = [{"pitch": 40, "start_time": place, "duration": 0.5} for place in (0.0, 0.75, 2.5)]
        given = await client.call("compose.groove_apply", notes=bass, groove=found["groove"])
    assert take == again
    assert (take["role"], len(take["notes"]), take["length"]) == ("drums", len(BEAT), 8.0)
    assert len({note["velocity"] for note in take["notes"]}) > 10
    assert found["groove"]["name"] == "four"
    assert [note["pitch"] for note in given["notes"]] == [40, 40, 40]
    assert any(note["start_time"] != place for note, place in zip(given["notes"], (0.0, 0.75, 2.5), strict=True))


async def test_a_recordings_groove_comes_by_a_job(house: House, tmp_path: Path) -> None:
    path = tmp_path / "beat.wav"
    soundfile.write(path, beat(96.0, PUSH, bars=4), RATE)
    async with await house.client() as client:
        started = await client.call(
            "compose.groove_extract_audio", path=str(path), grid="16", bars=1, tempo=96, signature_numerator=4
        )
        found = await client.wait(started["job"])
        made = await client.call("compose.groove_apply", notes=BEAT, groove=found["groove"])
    assert len(found["groove"]["timing"]) == 16
    assert found["groove"]["swing"] > 10
    assert len(made["notes"]) == len(BEAT)


@pytest.mark.parametrize(
    ("method", "params", "field"),
    [
        ("compose.humanise", {"notes": BEAT, "timing": 101}, "timing"),
        ("compose.humanise", {"notes": BEAT, "velocity": 41}, "velocity"),
        ("compose.humanise", {"notes": BEAT, "style": "polka"}, "style"),
        ("compose.groove_extract", {"notes": []}, "notes"),
        ("compose.groove_extract_audio", {"path": "beat.wav"}, "path"),
        ("compose.groove_apply", {"notes": BEAT, "groove": {"cycle": 4}}, "groove.timing"),
    ],
)
async def test_what_cannot_be_is_refused_with_the_field(house: House, method: str, params: Any, field: str) -> None:
    async with await house.client() as client:
        with pytest.raises(RemoteError) as caught:
            await client.call(method, **params)
    assert caught.value.data["field"] == field
    assert caught.value.data["hint"]
