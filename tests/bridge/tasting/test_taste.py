"""taste.* on the wire: takes are kept before they are answered, rated, found again, taken along, forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from bridge.client import Client
from bridge.registry import REGISTRY
from engine.filelock import FileLock
from tests.bridge.house import House
from tests.bridge.test_methods import refused

NOTES = [{"pitch": 40 + step % 3, "start_time": step / 2, "duration": 0.25} for step in range(16)]
ASKED: dict[str, dict[str, Any]] = {
    "compose.chords": {"bars": 1},
    "compose.bass": {"bars": 1, "style": "acid", "context": {"track_name": "Sub"}},
    "compose.melody": {"bars": 1},
    "compose.arp": {"bars": 1},
    "compose.drums": {"bars": 1},
    "compose.humanise": {"notes": NOTES},
    "compose.groove_apply": {"notes": NOTES},
    "compose.vary": {"notes": NOTES, "length": 8.0, "count": 2},
    "compose.transform": {"notes": NOTES, "length": 8.0, "kind": "retrograde"},
    "compose.inpaint": {"notes": NOTES, "length": 8.0, "range_start": 2.0, "range_end": 4.0},
    "compose.continue": {"notes": NOTES, "length": 8.0, "beats": 4.0},
    "compose.arrange": {"parts": [{"name": "Bass", "notes": NOTES, "length": 8.0}]},
}
"""What makes takes, and how little it takes to ask."""


@pytest.fixture
async def device(house: House) -> AsyncIterator[Client]:
    async with await house.client("device", name="Bandmate Bass") as client:
        yield client


def kept_in(home: Path) -> list[str]:
    """Ids of the takes in the file, as somebody else finds them."""
    with sqlite3.connect(home / "taste.sqlite") as other:
        return [row[0] for row in other.execute("SELECT id FROM takes ORDER BY number")]


def ids_of(answer: dict[str, Any]) -> list[str]:
    several = [answer[name] for name in ("variations", "candidates", "continuations") if name in answer]
    return [each["take"] for each in several[0]] if several else [answer["take"]]


def test_every_method_that_makes_takes_keeps_them() -> None:
    assert {name for name, method in REGISTRY.items() if method.then} == set(ASKED)


async def test_what_is_answered_is_kept_already(device: Client, home: Path) -> None:
    groove = (await device.call("compose.groove_extract", notes=NOTES))["groove"]
    kept: list[str] = []
    for method, asked in ASKED.items():
        more = {"groove": groove} if method == "compose.groove_apply" else {}
        kept += ids_of(await device.call(method, **asked, **more))
        assert kept_in(home) == kept, method


async def test_a_take_is_told_whole(device: Client) -> None:
    answer = await device.call("compose.bass", seed=5, tempo=131.0, **ASKED["compose.bass"])
    told = await device.call("taste.take", take=answer["take"])
    assert told["recipe"] == {
        "bars": 1,
        "style": "acid",
        "seed": 5,
        "tempo": 131.0,
        "context": {"track_name": "Sub", "scale_mode": False},
    }
    assert told["resolved"] == {name: value for name, value in answer["resolved"].items() if value is not None}
    around = {"genre": "acid", "tempo": 131.0, "role": "bass", "device": "Bandmate Bass", "track": "Sub"}
    assert told["context"].items() >= around.items()
    assert 0 <= told["context"]["hour"] <= 24
    again = await device.call("compose.bass", **told["recipe"])
    assert (again["take"], again["notes"]) == (answer["take"], answer["notes"])


async def test_a_rating_counts_once_and_can_be_taken_back(device: Client) -> None:
    take = (await device.call("compose.bass", bars=1))["take"]
    first = await device.call("taste.rate", take=take, stars=4, reward="r1")
    assert first == {"take": take, "reward": "r1", "new": True, "stars": 4.0, "weight": 1.0}
    assert await device.call("taste.rate", take=take, stars=4, reward="r1") == {**first, "new": False}
    await device.call("taste.reward", take=take, kind="undone", amount=3, seconds_ago=60)
    (line,) = (await device.call("taste.takes", rated=True))["takes"]
    assert (line["take"], line["stars"]) == (take, 4.0)
    back = await device.call("taste.rate", take=take, stars=0)
    assert 1 < back["stars"] < 2
    assert 0 < back["weight"] < 0.5
    assert [each["kind"] for each in (await device.call("taste.take", take=take))["rewards"]] == [
        "undone",
        "stars",
        "stars",
    ]


async def test_a_clip_is_found_by_its_notes_and_what_was_made_of_it_knows_it(device: Client) -> None:
    bass = await device.call("compose.bass", bars=1)
    found = (await device.call("taste.find", notes=list(reversed(bass["notes"]))))["take"]
    assert (found["take"], found["stars"]) == (bass["take"], None)
    assert await device.call("taste.find", notes=NOTES) == {"take": None}
    assert await device.call("taste.find", notes=[]) == {"take": None}
    varied = await device.call("compose.vary", notes=bass["notes"], length=bass["length"], count=2)
    told = await device.call("taste.take", take=bass["take"])
    assert told["children"] == ids_of(varied)
    line = (await device.call("taste.take", take=told["children"][0]))["line"]
    assert (line["parent"], line["how"], line["role"]) == (bass["take"], "varied", "bass")


async def test_an_edit_is_measured_and_rated_by_itself(device: Client) -> None:
    bass = await device.call("compose.bass", bars=1)
    after = [{**bass["notes"][0], "pitch": 99}, *bass["notes"][1:]]
    told = await device.call("taste.edited", take=bass["take"], before=bass["notes"], after=after)
    assert abs(told["share"] - 1 / len(after)) < 1e-9
    assert told["rated"]["stars"] > 3.5
    found = (await device.call("taste.find", notes=after))["take"]
    assert (found["take"], found["parent"], found["how"]) == (told["take"], bass["take"], "edited")
    same = await device.call("taste.edited", take=bass["take"], before=after, after=after)
    assert (same["take"], same["share"]) == (bass["take"], 0)


async def test_takes_come_in_pages(device: Client) -> None:
    made = [(await device.call("compose.bass", bars=1, seed=seed))["take"] for seed in range(3)]
    first = await device.call("taste.takes", count=2)
    assert ([each["take"] for each in first["takes"]], first["more"]) == (made[:0:-1], made[1])
    rest = await device.call("taste.takes", count=2, before=first["more"])
    assert ([each["take"] for each in rest["takes"]], rest["more"]) == (made[:1], None)


async def test_profiles_travel_merge_and_go(device: Client, tmp_path: Path) -> None:
    take = (await device.call("compose.bass", bars=1))["take"]
    await device.call("taste.rate", take=take, stars=5)
    path = str(tmp_path / "mine.json")
    out = await device.call("taste.export", path=path)
    assert (out["profile"], out["takes"], out["rewards"]) == ("Me", 1, 1)
    assert (await refused_in(device, "taste.export", path=path)) == "path"
    await device.call("taste.export", path=path, replace=True)
    came = await device.call("taste.import", path=path, name="Anna")
    assert (came["profile"]["name"], came["takes"], came["rewards"]) == ("Anna", 1, 1)
    assert (await device.call("taste.import", path=path, into="Anna"))["rewards"] == 0
    assert (await device.call("taste.merge", source="Anna", into="Me"))["rewards"] == 0
    await device.call("taste.profile_new", name="Ben", kind="artist")
    assert (await device.call("taste.profile_use", profile="ben"))["in_use"] is True
    assert (await device.call("taste.status"))["takes"] == 0
    left = await device.call("taste.profile_delete", profile="Anna")
    assert [(each["name"], each["kind"], each["in_use"]) for each in left["profiles"]] == [
        ("Me", "user", False),
        ("Ben", "artist", True),
    ]
    gone = await device.call("taste.forget_all", sure=True)
    assert (gone["profile"]["name"], gone["profile"]["in_use"]) == ("Me", True)
    assert len((await device.call("taste.profiles"))["profiles"]) == 1
    assert (await device.call("taste.takes"))["takes"] == []


async def test_a_taste_is_rolled_back(device: Client) -> None:
    take = (await device.call("compose.bass", bars=1))["take"]
    kept = await device.call("taste.snapshot", name="before")
    await device.call("taste.rate", take=take, stars=1)
    assert (await device.call("taste.status"))["rated"] == 1
    back = await device.call("taste.roll_back", snapshot=kept["snapshot"])
    assert (back["why"], back["rewards"]) == ("roll back", 1)
    assert (await device.call("taste.status"))["rated"] == 0
    assert [each["name"] for each in (await device.call("taste.snapshots"))["snapshots"]] == ["", "before"]


async def test_what_was_learnt_is_told_in_words_and_figures(device: Client) -> None:
    knows_nothing = await device.call("taste.why")
    assert (knows_nothing["rated"], knows_nothing["trust"]) == (0, None)
    # Somebody who loves it dense and hates it sparse, at once and every time.
    for number in range(24):
        density = 95 if number % 2 else 5
        take = (await device.call("compose.bass", bars=1, seed=number, density=density, style="house"))["take"]
        await device.call("taste.rate", take=take, stars=5 if number % 2 else 1)
    told = await device.call("taste.why", role="bass")
    assert (told["rated"], told["distribution"]) == (24, [12, 0, 0, 0, 12])
    assert any("basses" in each["words"] and each["stars"] > 0 for each in told["likings"])
    assert told["trust"]["mse"] < told["trust"]["plain"]
    ids = [
        (await device.call("compose.bass", bars=1, seed=99, density=density, style="house"))["take"]
        for density in (5, 95)
    ]
    sparse, dense = [await device.call("taste.expect", take=take) for take in ids]
    assert sparse["stars"] + 1.5 < dense["stars"]
    assert 0 < dense["unsure"] < 2
    assert (await device.call("taste.take", take=ids[0]))["features"]


async def refused_in(client: Client, method: str, **params: Any) -> str:
    from bridge.client import RemoteError

    with pytest.raises(RemoteError) as caught:
        await client.call(method, **params)
    assert (caught.value.code, bool(caught.value.hint)) == (-32602, True)
    return str(caught.value.data["field"])


WRONG: list[tuple[str, dict[str, Any], str]] = [
    ("taste.rate", {"take": "x", "stars": 3}, "take"),
    ("taste.rate", {"take": "x", "stars": 6}, "stars"),
    ("taste.reward", {"take": "x", "kind": "applauded"}, "kind"),
    ("taste.take", {"take": "x"}, "take"),
    ("taste.takes", {"before": "x"}, "before"),
    ("taste.takes", {"profile": "x"}, "profile"),
    ("taste.profile_new", {"name": "me"}, "name"),
    ("taste.profile_new", {"name": "a", "kind": "band"}, "kind"),
    ("taste.profile_delete", {"profile": "Me"}, "profile"),
    ("taste.forget_all", {"sure": False}, "sure"),
    ("taste.export", {"path": "mine.json"}, "path"),
    ("taste.export", {"path": "/nowhere/mine.json"}, "path"),
    ("taste.export", {"path": "/mine.txt"}, "path"),
    ("taste.import", {"path": "/nowhere/mine.json"}, "path"),
    ("taste.import", {"path": "/dev/null"}, "path"),
    ("taste.merge", {"source": "Me", "into": "Me"}, "into"),
    ("taste.roll_back", {"snapshot": 9}, "snapshot"),
]


async def test_a_wrong_wish_is_refused(device: Client) -> None:
    for method, params, field in WRONG:
        assert await refused_in(device, method, **params) == field, method


async def test_every_kind_of_reward_is_told(device: Client) -> None:
    told = (await device.call("taste.reward_kinds"))["kinds"]
    take = (await device.call("compose.bass", bars=1))["take"]
    for each in told:
        assert (await device.call("taste.reward", take=take, kind=each["kind"]))["new"] is True
    assert len(told) == 11


async def test_music_goes_on_where_nothing_can_be_kept_and_says_so_once(house: House, home: Path) -> None:
    async with await house.client("device") as client:
        before = (await client.call("compose.bass", bars=1))["take"]
    house.runtime.takes.close()
    with FileLock(home / "taste.lock"):
        async with await house.client("device") as client:
            first = await client.call("compose.bass", bars=1)
            assert "Another Bandmate" in first["notices"][-1]
            assert "without learning" in first["notices"][-1]
            second = await client.call("compose.bass", bars=1)
            assert second["notes"]
            assert not any("Bandmate" in each for each in second["notices"])
        problem = await refused(house, "taste.rate", take=first["take"], stars=5)
        assert (problem.code, "Another Bandmate" in problem.message) == (-32016, True)
    async with await house.client("device") as client:
        assert (await client.call("taste.status"))["learning"] is False
        # What waited is told by itself, and after it nothing waits any more.
        await client.call("taste.rate", take=before, stars=5)
        assert (await client.call("taste.status"))["learning"] is True
        third = await client.call("compose.bass", bars=1)
        assert sorted(kept_in(home)) == sorted([before, third["take"]])


async def test_a_damaged_file_stops_no_music(house: House, home: Path) -> None:
    (home / "taste.sqlite").write_bytes(b"no database" * 100)
    async with await house.client("device") as client:
        assert "damaged" in (await client.call("compose.chords", bars=1))["notices"][-1]
    assert "damaged" in (await refused(house, "taste.status")).message


async def test_a_fault_of_ours_costs_the_memory_and_not_the_take(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("engine.taste.described.takes_of", broken)
    async with await house.client("device") as client:
        assert (await client.call("compose.bass", bars=1))["notes"]
    assert "could not be kept" in "\n".join(house.runtime.log.newest(50))
