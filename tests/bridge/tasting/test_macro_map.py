"""What the knobs mean to the user on the wire: learnt from ratings, told, the same mid-song, taken back."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator
from typing import Any

import pytest

from bridge.client import Client
from bridge.tasting.steering import Streams
from tests.bridge.house import House

FULL = {"energy": 1.0}
ASKED = {"bars": 1, "style": "acid", "seed": 9}
STREAM = {"role": "bass", "style": "acid", "seed": 4, "steer": FULL}


@pytest.fixture
async def device(house: House) -> AsyncIterator[Client]:
    async with await house.client("device", name="Bandmate Bass") as client:
        yield client


async def rate_dense(device: Client, count: int = 60) -> None:
    """Somebody to whom Energy is density, and twice as much of it as usual."""
    chance = random.Random(3)
    for seed in range(count):
        energy, density = chance.uniform(-0.6, 0.6), chance.uniform(20, 80)
        steer = {"energy": energy, "stretch": {}}
        answer = await device.call("compose.bass", bars=1, style="acid", seed=seed, density=density, steer=steer)
        away = (answer["steered"]["density"] - min(100, max(0, 50 + 60 * energy))) / 100
        await device.call("taste.rate", take=answer["take"], stars=max(1, round(5 - 14 * away * away)))


def stretches(told: dict[str, Any], role: str = "bass") -> dict[str, float]:
    return {f"{one['knob']}.{one['parameter']}": one["stretch"] for one in told["curves"][role]}


async def test_before_the_first_rating_the_knobs_mean_what_they_come_with(device: Client) -> None:
    told = await device.call("taste.macro_map")
    assert (told["rated"], told["words"], told["meanings"]) == (0, [], [])
    assert set(told["curves"]) == {"bass", "melody", "arp", "chords", "drums", "humanise", "vary"}
    assert all(set(stretches(told, role).values()) == {1.0} for role in told["curves"])
    asked = await device.call("compose.bass", **ASKED, steer=FULL)
    assert asked == await device.call("compose.bass", **ASKED, steer=FULL | {"stretch": {}})
    assert asked["stretched"] == {}


async def test_ratings_change_what_a_knob_means_and_nothing_at_rest(device: Client) -> None:
    at_rest = await device.call("compose.bass", **ASKED)
    before = await device.call("compose.bass", **ASKED, steer=FULL)
    stream = await device.call("compose.stream", **STREAM)
    await rate_dense(device)
    told = await device.call("taste.macro_map", role="bass")
    assert told["rated"] == 60
    assert stretches(told)["energy.density"] > 1.3
    assert "Energy adds more density in your basses than usual." in told["words"]
    assert "Energy: " in str(told["meanings"])
    (line,) = [line for line in (await device.call("taste.macro_map"))["meanings"] if line["knob"] == "energy"]
    assert (line["roles"], line["deviations"] > 1) == (["bass"], True)
    assert line["words"].startswith("Energy on bass: ")
    assert await device.call("compose.bass", **ASKED) == at_rest

    after = await device.call("compose.bass", **ASKED, steer=FULL)
    assert after["stretched"]["energy.density"] == stretches(told)["energy.density"]
    assert after["steered"]["density"] > before["steered"]["density"]
    assert after["take"] != before["take"]
    # Who knows what it was stretched by has the same notes for ever, and a take tells it.
    assert await device.call("compose.bass", **ASKED, steer=FULL | {"stretch": after["stretched"]}) == after
    assert (await device.call("compose.bass", **ASKED, steer=FULL | {"stretch": {}})) == before
    recipe = (await device.call("taste.take", take=after["take"]))["recipe"]
    assert recipe["steer"]["stretch"] == after["stretched"]

    # A part that plays goes on as it began, also where it was not steered yet; another seed is another part.
    assert await device.call("compose.stream", **STREAM) == stream
    other = await device.call("compose.stream", **{**STREAM, "seed": 5})
    assert other["stretched"] == after["stretched"]

    # All of it can be taken back, and that too.
    way_back = await device.call("taste.macro_map_reset")
    assert way_back["why"] == "macro map reset"
    assert (await device.call("compose.bass", **ASKED, steer=FULL)) == before
    assert (await device.call("taste.macro_map"))["rated"] == 0
    assert (await device.call("taste.status"))["rated"] == 60
    await device.call("taste.roll_back", snapshot=way_back["snapshot"])
    assert (await device.call("compose.bass", **ASKED, steer=FULL)) == after

    # It is the profile's.
    await device.call("taste.profile_new", name="Night")
    await device.call("taste.profile_use", profile="Night")
    assert (await device.call("compose.bass", **ASKED, steer=FULL)) == before
    assert stretches(await device.call("taste.macro_map", profile="Me")) == stretches(told)
    await device.call("taste.profile_use", profile="Me")
    assert (await device.call("compose.bass", **ASKED, steer=FULL)) == after
    await device.call("taste.forget_all", sure=True)
    assert (await device.call("compose.bass", **ASKED, steer=FULL)) == before


def test_a_part_keeps_what_it_began_with_and_old_parts_make_room() -> None:
    streams, one, other = Streams(), {"energy.density": 1.5}, {"energy.density": 0.5}
    assert streams.fixed(("a", "bass", 1), one) is one
    assert streams.fixed(("a", "bass", 1), other) is one
    assert streams.fixed(("b", "bass", 1), other) is other
    for seed in range(600):
        streams.fixed(("c", "bass", seed), {})
    assert streams.fixed(("a", "bass", 1), other) is other
