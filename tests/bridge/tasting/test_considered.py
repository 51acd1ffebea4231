"""A press that is considered: the best of several takes, the chance it had, what is drawn before anybody asks."""

from __future__ import annotations

import sqlite3
from collections.abc import AsyncIterator
from itertools import islice
from pathlib import Path

import pytest

from bridge.client import Client
from bridge.tasting import considered
from bridge.tasting.ahead import Ahead
from engine.filelock import FileLock
from engine.taste.offer import seeds_from
from tests.bridge.house import House, running, until
from tests.bridge.tasting.test_taste import refused_in

ROLES = ("chords", "bass", "melody", "arp", "drums")
FEW = {"count": 6, "explore": 0.25}


@pytest.fixture
async def device(house: House, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Client]:
    """Somebody who has the time to draw all takes at once, so that nothing hangs on the machine."""
    monkeypatch.setattr(considered, "SECONDS", 60.0)
    house.runtime.ahead = Ahead(house.runtime.takes.prepare, quiet=1e6)
    async with await house.client("device", name="Bandmate Bass") as client:
        yield client


@pytest.mark.parametrize("role", ROLES)
async def test_the_answer_is_one_that_can_be_asked_for_again(device: Client, role: str) -> None:
    found = await device.call(f"compose.{role}", bars=2, offer={**FEW, "others": 2})
    assert found["offered"]["drawn"] == 6
    assert found["offered"]["words"].endswith(": nothing rated yet.")
    assert 0 < found["offered"]["propensity"] <= 1
    ids = set()
    for each in (found, *found["others"]):
        assert "others" not in each or each is found
        told = each["offered"]
        again = await device.call(f"compose.{role}", bars=2, seed=each["seed"], recipe=told["recipe"])
        assert (again["notes"], again["take"]) == (each["notes"], each["take"])
        assert not {"offered", "others"} & set(again)
        assert 0 <= each["seed"] < 10_000
        ids.add(each["take"])
    assert len(ids) == 1 + len(found["others"])


async def test_without_an_offer_nothing_is_otherwise(device: Client) -> None:
    plain = await device.call("compose.bass", bars=2, seed=7, style="house")
    await device.call("compose.bass", bars=2, seed=7, style="house", offer=FEW)
    assert await device.call("compose.bass", bars=2, seed=7, style="house") == plain


async def test_the_seed_that_is_asked_for_is_among_the_takes(device: Client) -> None:
    alone = await device.call("compose.bass", bars=2, seed=77, style="house", offer={"count": 1})
    assert (alone["seed"], alone["others"], alone["offered"]["drawn"]) == (77, [], 1)
    assert alone["offered"]["propensity"] == 1


async def test_what_is_liked_is_offered(device: Client) -> None:
    for number in range(12):
        density = 95 if number % 2 else 5
        take = (await device.call("compose.bass", bars=2, seed=number, density=density, style="house"))["take"]
        await device.call("taste.rate", take=take, stars=5 if number % 2 else 1)
    found = await device.call("compose.bass", bars=2, style="house", offer={"count": 16, "explore": 0, "others": 7})
    assert "12 ratings" in found["offered"]["words"]
    stars = [each["offered"]["expected"] for each in (found, *found["others"])]
    assert stars[0] >= max(stars) - 0.4
    assert stars[0] > min(stars)


async def test_what_was_chosen_is_kept_with_its_chance_and_runners_up_are_listed_once_told_of(device: Client) -> None:
    found = await device.call("compose.bass", bars=2, offer=FEW)
    listed = (await device.call("taste.takes"))["takes"]
    assert [each["take"] for each in listed] == [found["take"]]
    assert (await device.call("taste.status"))["takes"] == 1
    best, second = [await device.call("taste.take", take=each["take"]) for each in (found, found["others"][0])]
    assert best["propensity"] == found["offered"]["propensity"]
    assert best["propensity"] == pytest.approx(best["choice"]["chance"] * best["choice"]["recipe_chance"])
    assert (best["choice"]["place"], second["choice"]["place"], second["propensity"]) == (1, 2, None)
    assert best["choice"]["waiting"] > 0
    assert len(best["features"]) == 12
    # Kept with all that the recipe filled in, so that it is told how it was made for good.
    again = await device.call("compose.bass", **best["recipe"])
    assert again["take"] == found["take"]
    await device.call("taste.rate", take=found["others"][0]["take"], stars=4)
    listed = (await device.call("taste.takes"))["takes"]
    assert {each["take"] for each in listed} == {found["take"], found["others"][0]["take"]}
    # The choice waits no longer: its recipe was rated.
    assert not await waits_for(device, best["choice"]["waiting"])


async def waits_for(device: Client, choice: int) -> bool:
    """Say whether the learner still waits for a choice, as its owner sees it."""
    await device.call("taste.why")
    (house,) = HOUSES
    with house.runtime.takes.taste() as (pupil, known):
        assert known
        return pupil.learner.rate(choice, 3)


HOUSES: list[House] = []


@pytest.fixture(autouse=True)
async def _here(house: House) -> AsyncIterator[None]:
    HOUSES[:] = [house]
    yield
    HOUSES.clear()


async def test_what_rubs_is_not_offered_first(device: Client) -> None:
    around = [{"pitch": pitch, "start_time": 0.0, "duration": 8.0} for pitch in (49, 54, 58, 61, 66, 70)]
    asked = {"bars": 2, "style": "house", "seed": 3, "key": "C major"}
    found = await device.call("compose.bass", **asked, offer={"count": 16, "around": around, "others": 7})
    fits = [each["offered"]["fit"] for each in (found, *found["others"])]
    assert min(fits) < 1
    assert (await device.call("compose.drums", bars=2, offer={"count": 2, "around": around}))["offered"]["fit"] == 1


async def test_takes_drawn_aside_give_the_answer_that_drawing_all_at_once_gives(
    home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for asked in ({"bars": 1, "style": "house"}, {"bars": 1}):
        monkeypatch.setattr(considered, "SECONDS", 0.0)
        async with running() as house, await house.client("device") as client:
            house.runtime.ahead = ahead = Ahead(house.runtime.takes.prepare, quiet=0.0)
            first = await client.call("compose.bass", **asked, seed=5, offer={"count": 8, "others": 0})
            assert first["offered"]["drawn"] == 1
            await until(lambda: max(map(len, ahead._pools.values()), default=0) == 8, 60)  # noqa: B023 - at once
            warm = await client.call("compose.bass", **asked, offer={"count": 8})
            assert warm["offered"]["drawn"] == 8
            ahead.close()
        (home / "taste.sqlite").unlink()
        monkeypatch.setattr(considered, "SECONDS", 60.0)
        async with running() as house, await house.client("device") as client:
            house.runtime.ahead = Ahead(quiet=1e6)
            await client.call("compose.bass", **asked, seed=5, offer={"count": 1})
            following = next(islice(seeds_from(5), 1))
            cold = await client.call("compose.bass", **asked, seed=following, offer={"count": 8})
        (home / "taste.sqlite").unlink()
        assert cold == warm


async def test_music_is_offered_where_nothing_can_be_learnt(house: House, home: Path) -> None:
    with FileLock(home / "taste.lock"):
        async with await house.client("device") as client:
            house.runtime.takes.close()
            found = await client.call("compose.drums", bars=1, offer={"count": 2})
            assert "Another Bandmate" in found["notices"][-1]
            assert "cannot be read" in found["offered"]["words"]
            assert found["notes"]
            again = await client.call("compose.drums", bars=1, offer={"count": 2})
            assert not any("Another Bandmate" in each for each in again["notices"])


async def test_a_recipe_of_ones_own_is_kept_chosen_and_deleted(device: Client, tmp_path: Path) -> None:
    made = await device.call("compose.bass", bars=2, seed=4, style="acid", density=90, context={"track_name": "Acid"})
    kept = await device.call("taste.recipe_keep", take=made["take"], name=" Loud  Box ")
    assert (kept["name"], kept["role"], kept["own"], kept["genre"]) == ("Loud Box", "bass", True, "acid")
    again = await device.call("compose.bass", bars=2, seed=4, recipe=kept["id"])
    assert again["notes"] == made["notes"]
    # What the user turned himself goes before what the recipe says.
    turned = await device.call("compose.bass", bars=2, seed=4, recipe=kept["id"], density=10)
    assert turned["resolved"]["density"] == 10
    offered = await device.call("compose.bass", bars=2, recipe=kept["id"], offer={"count": 2})
    assert (offered["offered"]["recipe"], offered["resolved"]["style"]) == (kept["id"], "acid")
    assert offered["offered"]["words"].startswith("Loud Box, ")
    assert (await device.call("compose.arp_live", recipe="arp.house_pluck", style="auto"))["ticks"] > 0
    listed = (await device.call("taste.recipes", role="bass", tempo=128.0))["recipes"]
    assert kept["id"] in {each["id"] for each in listed}
    stars = [each["stars"] for each in listed]
    assert stars == sorted(stars, reverse=True)
    assert {each["role"] for each in (await device.call("taste.recipes"))["recipes"]} == set(ROLES)
    path = str(tmp_path / "mine.json")
    await device.call("taste.export", path=path)
    await device.call("taste.import", path=path, name="Anna")
    assert kept["id"] in {each["id"] for each in (await device.call("taste.recipes", profile="Anna"))["recipes"]}
    assert (await device.call("taste.recipe_delete", recipe="loud box"))["recipes"] == []
    await device.call("taste.merge", source="Anna", into="Me")
    assert (await device.call("taste.recipe_delete", recipe=kept["id"]))["recipes"] == []
    assert await refused_in(device, "compose.bass", recipe=kept["id"]) == "recipe"
    assert await refused_in(device, "taste.recipe_delete", recipe=kept["id"]) == "recipe"
    assert await refused_in(device, "taste.recipe_keep", take="nowhere", name="x") == "take"


async def test_a_recipe_whose_style_was_forgotten_is_not_chosen(device: Client, home: Path) -> None:
    notes = [{"pitch": 36 + step % 3, "start_time": step / 2, "duration": 0.25} for step in range(8)]
    await device.call("compose.learn", name="Mine", role="bass", lessons=[{"name": "a", "notes": notes}])
    made = await device.call("compose.bass", bars=1, own="Mine", own_amount=80)
    kept = await device.call("taste.recipe_keep", take=made["take"], name="Of mine")
    assert (await device.call("compose.bass", bars=1, recipe=kept["id"]))["resolved"]["own"] == "Mine"
    await device.call("compose.forget_style", style="Mine")
    assert await refused_in(device, "compose.bass", recipe=kept["id"]) == "own"
    for _ in range(3):
        found = await device.call("compose.bass", bars=1, offer={"count": 1, "explore": 1})
        assert found["offered"]["recipe"] != kept["id"]
    assert sqlite3.connect(home / "taste.sqlite").execute("SELECT COUNT(*) FROM recipes").fetchone() == (1,)


async def test_a_wrong_wish_is_refused(device: Client) -> None:
    assert await refused_in(device, "compose.bass", offer={"explore": 2}) == "offer.explore"
    assert await refused_in(device, "compose.bass", offer={"count": 33}) == "offer.count"
    assert await refused_in(device, "compose.bass", recipe="drums.house_straight") == "recipe"
    assert await refused_in(device, "compose.bass", recipe="nothing", offer={}) == "recipe"
    assert await refused_in(device, "compose.bass", bars=2, density=400, offer={}) == "density"


async def test_however_late_it_is_there_is_one_for_next(device: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(considered, "SECONDS", 0.0)
    found = await device.call("compose.bass", bars=4, seed=5, offer={})
    assert (found["offered"]["drawn"], len(found["others"])) == (2, 1)
