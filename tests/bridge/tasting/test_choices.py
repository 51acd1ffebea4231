"""One of several variations stays: that is told once, learnt, and what comes next is in the order that follows."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bridge.client import Client
from bridge.tasting.ahead import Ahead
from bridge.tasting.variations import LIKED_FIRST
from engine.errors import StoreUnavailable
from engine.taste.store import rewards
from tests.bridge.house import House, until
from tests.bridge.test_methods import refused

CLIP = [{"pitch": 60 + step * 5 % 12, "start_time": step / 2, "duration": 0.4} for step in range(32)]
VARY = {"notes": CLIP, "length": 16.0, "count": 4, "distance": 80.0, "role": "melody"}


@pytest.fixture
async def device(house: House) -> AsyncIterator[Client]:
    async with await house.client("device", name="Bandmate Vary") as client:
        yield client


def takes(answer: dict[str, Any]) -> list[str]:
    return [each["take"] for each in answer["variations"]]


def busy(variation: dict[str, Any]) -> int:
    return len(variation["notes"])


async def told_of(device: Client, take: str) -> list[tuple[str, float]]:
    return [(each["kind"], each["amount"]) for each in (await device.call("taste.take", take=take))["rewards"]]


async def test_who_is_chosen_beats_its_siblings_once(house: House, device: Client) -> None:
    first, second, third, fourth = takes(await device.call("compose.vary", **VARY, seed=1))
    house.runtime.ahead = ahead = Ahead(quiet=1e6)
    chose = await device.call("taste.chose", take=second, reward="a", seconds_ago=5.0)
    await until(lambda: ahead._told)  # what is drawn ahead is looked at anew
    ahead.close()
    assert chose["over"] == [first, third, fourth]
    assert (chose["rated"]["new"], chose["rated"]["stars"]) == (True, 4.2)
    again = await device.call("taste.chose", take=second, reward="a")
    assert (again["rated"]["new"], again["over"]) == (False, chose["over"])
    assert await told_of(device, second) == [("chosen", 3)]
    assert [await told_of(device, each) for each in chose["over"]] == [[("passed", 3)]] * 3

    # Another one of them stays after all; only what was heard was passed over.
    other = await device.call("taste.chose", take=fourth, over=[second], reward="b")
    assert other["over"] == [second]
    stars = {each["take"]: each["stars"] for each in (await device.call("taste.takes"))["takes"]}
    assert (stars[fourth], stars[second], stars[first]) == (4.2, 2.4, 2.4)


async def test_who_stands_alone_is_no_choice(house: House, device: Client) -> None:
    one, *_ = takes(await device.call("compose.vary", **VARY, seed=1))
    stranger, *_ = takes(await device.call("compose.vary", **VARY, seed=2))
    assert (await refused(house, "taste.chose", take=one, over=[stranger])).data["field"] == "over"
    assert (await refused(house, "taste.chose", take="nobody")).data["field"] == "take"
    alone = (await device.call("compose.bass", bars=1, seed=1))["take"]
    assert (await refused(house, "taste.chose", take=alone)).data["field"] == "take"
    assert await told_of(device, one) == []
    kept = await device.call("compose.inpaint", notes=CLIP, length=16.0, range_start=4.0, range_end=8.0)
    if len(kept["candidates"]) > 1:
        chose = await device.call("taste.chose", take=kept["candidates"][0]["take"])
        assert len(chose["over"]) == len(kept["candidates"]) - 1


async def test_a_choice_is_told_as_a_whole_or_not_at_all(
    house: House, device: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, second, *_ = takes(await device.call("compose.vary", **VARY, seed=1))
    put, count = rewards.put, 0

    def full(*args: Any, **named: Any) -> Any:
        nonlocal count
        count += 1
        if count > 2:
            raise StoreUnavailable("The disk is full", "Make room.")
        return put(*args, **named)

    monkeypatch.setattr(rewards, "put", full)
    assert await refused(house, "taste.chose", take=first, reward="a")
    monkeypatch.undo()
    assert (await told_of(device, first), await told_of(device, second)) == ([], [])
    assert (await device.call("taste.chose", take=first, reward="a"))["rated"]["new"]


async def test_choices_put_what_is_liked_first_and_change_nothing_else(device: Client) -> None:
    before = await device.call("compose.vary", **VARY, seed=99)
    assert [each["number"] for each in before["variations"]] == [1, 2, 3, 4]
    for seed in range(10):
        made = (await device.call("compose.vary", **VARY, seed=seed))["variations"]
        most = max(made, key=busy)
        if min(map(busy, made)) < busy(most):
            await device.call("taste.chose", take=most["take"])
    first_is_busy = 0
    for seed in range(100, 108):
        after = await device.call("compose.vary", **VARY, seed=seed)
        counts = [busy(each) for each in after["variations"]]
        first_is_busy += counts[0] >= sorted(counts)[-2]
        assert (LIKED_FIRST in after["notices"]) == ([each["number"] for each in after["variations"]] != [1, 2, 3, 4])
    assert first_is_busy >= 7
    # The same ones, as far away, each knowing which it is.
    after = await device.call("compose.vary", **VARY, seed=99)
    assert sorted(after["variations"], key=lambda each: each["number"]) == before["variations"]
    for variation in after["variations"]:
        recipe = (await device.call("taste.take", take=variation["take"]))["recipe"]
        assert recipe["number"] == variation["number"]


async def test_nothing_chosen_leaves_the_order_as_it_is(device: Client) -> None:
    chance = random.Random(1)
    for seed in range(3):
        answer = await device.call("compose.vary", **VARY, seed=chance.randrange(1000))
        assert [each["number"] for each in answer["variations"]] == [1, 2, 3, 4]
        assert LIKED_FIRST not in answer["notices"], seed
