"""What is set right on the wire teaches: told in words, by profile, taken back, and never in the way of hearing."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from bridge.client import Client
from engine.errors import StoreUnavailable
from engine.taste.store import corrections
from tests.bridge.house import House
from tests.engine.hear.close_calls import remembered

PARTS = ["rhythm", "key"]


async def heard(client: Client, path: Path) -> tuple[float, str, dict[str, Any]]:
    found = (await client.call("hear.analyze", path=str(path), parts=PARTS))["analysis"]
    return found["bpm"], found["key"], found


async def habits(client: Client, **asked: Any) -> list[tuple[str, str, int]]:
    told = (await client.call("taste.habits", **asked))["habits"]
    return [(each["where"], each["reading"], each["times"]) for each in told]


async def test_who_sets_right_the_same_again_and_again_need_not_any_more(house: House, tmp_path: Path) -> None:
    files = [remembered(tmp_path, number) for number in range(8)]
    clear = remembered(tmp_path, 20, half=0.03, minor=0.05)
    async with await house.client() as client:
        assert (await heard(client, files[7]))[:2] == (174.0, "8B")
        assert await habits(client) == []
        for path in files[:6]:
            await client.call("hear.correct", path=str(path), bpm=87, key="Am")
        # Said again of the same file, and with other words, it is one correction.
        await client.call("hear.correct", path=str(files[0]), bpm=87.0)
        assert await habits(client) == [("160-200", "half", 6), ("major", "relative", 6)]

        bpm, key, told = await heard(client, files[7])
        assert (bpm, key, told["corrected"]) == (87.0, "8A", False)
        assert "as you corrected it 6 times" in told["rhythm"]["tempo"]["words"]
        assert "as you corrected it 6 times" in told["key_detail"]["words"]
        assert (await client.call("hear.tempo", path=str(files[7])))["result"]["tempo"]["bpm"] == 87.0
        assert (await heard(client, clear))[:2] == (174.0, "8B"), "what is clear by ear stands"

        # Where the habit was wrong, the word about this file counts, and speaks against the habit.
        await client.call("hear.correct", path=str(files[7]), bpm=174, key="C")
        assert (await heard(client, files[7]))[:2] == (174.0, "8B")
        assert ("160-200", "same", 1) in await habits(client)
        await client.call("hear.forget", path=str(files[7]))
        assert await habits(client) == [("160-200", "half", 6), ("major", "relative", 6)]

        # It is the profile's, and goes back with it.
        snapshot = (await client.call("taste.snapshot"))["snapshot"]
        await client.call("hear.correct", path=str(files[6]), bpm=87)
        assert ("160-200", "half", 7) in await habits(client)
        way_back = (await client.call("taste.roll_back", snapshot=snapshot))["snapshot"]
        assert ("160-200", "half", 6) in await habits(client)
        await client.call("taste.roll_back", snapshot=way_back)
        assert ("160-200", "half", 7) in await habits(client)
        await client.call("taste.profile_new", name="Night")
        await client.call("taste.profile_use", profile="Night")
        assert (await heard(client, files[7]))[:2] == (174.0, "8B")
        assert len(await habits(client, profile="Me")) == 2
        await client.call("taste.habits_forget", profile="Me")
        assert await habits(client, profile="Me") == []
        assert (await heard(client, files[1]))[:2] == (87.0, "8A"), "each file's own correction stays"


async def test_what_cannot_be_learnt_is_set_right_all_the_same(house: House, tmp_path: Path, monkeypatch: Any) -> None:
    path = remembered(tmp_path)

    def full(*_: Any, **__: Any) -> None:
        raise StoreUnavailable("The disk is full", "Make room.")

    monkeypatch.setattr(corrections, "tell", full)
    monkeypatch.setattr(corrections, "forget", full)
    monkeypatch.setattr(corrections, "habits", full)
    async with await house.client() as client:
        assert (await client.call("hear.correct", path=str(path), bpm=87))["bpm"] == 87
        assert (await heard(client, path))[0] == 87.0
        await client.call("hear.forget", path=str(path))
        assert (await heard(client, path))[0] == 174.0
