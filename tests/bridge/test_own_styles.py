"""compose.learn and its kin on the wire: kept, told in words, forgotten."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.bridge.house import House
from tests.bridge.test_methods import refused

HATS = [{"pitch": 42, "start_time": step / 2, "duration": 0.25} for step in range(8)]
LESSON = {"name": "Hats", "notes": HATS}


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANDMATE_HOME", str(tmp_path))


async def test_a_style_is_learnt_listed_shown_and_forgotten(house: House) -> None:
    async with await house.client("device") as client:
        assert (await client.call("compose.own_styles"))["styles"] == []
        first = await client.call("compose.learn", name="My hats", role="drums", lessons=[LESSON])
        again = await client.call("compose.learn", name="My hats", role="drums", lessons=[LESSON])
        assert (first["id"], first["version"], again["version"], again["bars"]) == ("my_hats", 1, 2, 2)
        assert "2 clips" in again["words"][0]
        shown = await client.call("compose.own_style", style="my hats")
        assert shown["cells"]["0"] == {"0:42:96 6:42:96": 2}
        assert [each["name"] for each in (await client.call("compose.own_styles"))["styles"]] == ["My hats"]
        played = await client.call("compose.drums", own="My hats", own_amount=100, humanise=0, bars=1, swing_grid="16")
        assert {note["pitch"] for note in played["notes"]} == {42}
        await client.call("compose.forget_style", style="my_hats")
        assert (await client.call("compose.own_styles"))["styles"] == []


async def test_a_lesson_is_taken_back_and_devices_hear_of_every_change(house: House) -> None:
    async with await house.client("device") as device, await house.client("cli") as other:
        first = await other.call("compose.learn", name="My hats", role="drums", lessons=[LESSON])
        second = await other.call("compose.learn", name="My hats", role="drums", lessons=[LESSON])
        assert (first["notes"], second["notes"]) == (8, 16)
        assert await other.call("compose.unlearn", style="My hats", version=2) == {"style": first}
        assert await other.call("compose.unlearn", style="My hats") == {"style": None}
        await other.call("compose.learn", name="My hats", role="drums", lessons=[LESSON])
        await other.call("compose.forget_style", style="My hats")
        for _ in range(6):
            assert await device.heard() == ("compose.own_changed", {})
        assert other.notifications.empty()


@pytest.mark.parametrize(
    ("method", "params", "field"),
    [
        ("compose.learn", {"name": "x", "role": "kazoo", "lessons": [LESSON]}, "role"),
        ("compose.learn", {"name": "x", "role": "bass", "lessons": []}, "lessons"),
        ("compose.learn", {"name": "x", "role": "bass", "lessons": [{**LESSON, "notes": HATS[:2]}]}, "lessons"),
        ("compose.own_style", {"style": "nothing"}, "style"),
        ("compose.forget_style", {"style": "nothing"}, "style"),
        ("compose.unlearn", {"style": "nothing"}, "style"),
        ("compose.drums", {"own": "nothing"}, "own"),
        ("compose.bass", {"own": "nothing"}, "own"),
        ("compose.melody", {"own": "nothing"}, "own"),
    ],
)
async def test_a_wrong_wish_is_refused(house: House, method: str, params: dict[str, Any], field: str) -> None:
    problem = await refused(house, method, **params)
    assert (problem.code, problem.data["field"]) == (-32602, field)
    assert problem.hint


async def test_a_store_that_cannot_be_used_is_told_and_nothing_breaks(house: House, tmp_path: Path) -> None:
    (tmp_path / "bandmate.sqlite").write_bytes(b"no database" * 100)
    problem = await refused(house, "compose.own_styles")
    assert "damaged" in problem.message
    async with await house.client("device") as client:
        assert await client.call("compose.chords", bars=1)
