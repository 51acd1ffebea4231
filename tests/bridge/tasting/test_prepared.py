"""Takes are drawn before the first press: what is told is what is found, with honest chances, bounded, and at rest."""

from __future__ import annotations

import asyncio
import logging
import time
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np
import pytest

from bridge.client import Client, RemoteError
from bridge.registry import REGISTRY
from bridge.tasting import considered
from bridge.tasting.ahead import MOST_KEPT, MOST_NOTES, Ahead
from bridge.tasting.prepared import prepared
from tests.bridge.house import House, until
from tests.bridge.tasting.test_taste import refused_in

COUNT = 5
BASS = {"bars": 1, "offer": {"count": COUNT}}


@pytest.fixture(autouse=True)
def _no_time(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """A press has no time to draw: what it has to choose from was there before."""
    monkeypatch.setattr(considered, "SECONDS", 0.0)
    house.runtime.ahead = Ahead(house.runtime.takes.prepare, quiet=0.02)


async def until_drawn(client: Client, role: str, request: dict[str, Any]) -> None:
    async with asyncio.timeout(60):
        while (await client.call("taste.prepare", role=role, request=request))["drawn"] < COUNT:  # noqa: ASYNC110
            await asyncio.sleep(0.05)


async def test_the_first_press_finds_what_was_drawn_whoever_presses_meanwhile(house: House) -> None:
    chords = {"bars": 1, "offer": {"count": COUNT}}
    async with await house.client("device", name="Bass") as bass, await house.client("device", name="Chords") as other:
        await until_drawn(bass, "bass", BASS)
        await until_drawn(other, "chords", chords)
        # A press waits for its rating from then on, and others may be chosen next.
        assert (await other.call("compose.chords", **chords))["offered"]["drawn"] == COUNT
        await until_drawn(bass, "bass", BASS)
        around = [{"pitch": 40, "start_time": 0.0, "duration": 4.0}]
        pressed = {**BASS, "offer": {"count": COUNT, "around": around}}
        found = await bass.call("compose.bass", **pressed)
        assert found["offered"]["drawn"] == COUNT
        told = (await bass.call("taste.take", take=found["take"]))["choice"]
        assert found["offered"]["propensity"] == pytest.approx(told["chance"] * told["recipe_chance"])
        # It took them with it; the next ones come by themselves.
        await until_drawn(bass, "bass", BASS)
        ahead = house.runtime.ahead
        (key,) = [standing.key for (_, role), standing in ahead._standing.items() if role == "bass"]
        assert found["seed"] not in {drawn.take.seed for drawn in ahead._pools[key]}


async def test_the_next_request_takes_the_place_of_the_last(house: House) -> None:
    ahead = house.runtime.ahead
    async with await house.client("device") as client:
        await until_drawn(client, "bass", BASS)
        (first,) = ahead._pools
        for density in (10, 90):
            await until_drawn(client, "bass", {**BASS, "density": density})
        assert len(ahead._pools) == 1
        assert first not in ahead._pools
        # That there are enough it finds out when it would draw the next one.
        await until(lambda: not any(each.todo for each in ahead._standing.values()), 60)
    # Who comes again finds what was drawn for him.
    await until(lambda: not house.runtime.sessions, 60)
    async with await house.client("device") as client:
        found = await client.call("taste.prepare", role="bass", request={**BASS, "density": 90})
        await until(lambda: not any(each.todo for each in ahead._standing.values()), 60)
        assert found["drawn"] == 0
        assert (await client.call("compose.bass", **BASS, density=90))["offered"]["drawn"] == COUNT


async def test_which_recipe_comes_is_drawn_once_for_each_press_by_its_chance(house: House) -> None:
    session: Any = SimpleNamespace(id="s", client=SimpleNamespace(name="Bass", kind="device"))
    call: Any = SimpleNamespace(runtime=house.runtime, session=session, after_reply=[])
    house.runtime.ahead = ahead = Ahead(quiet=1e6)
    check = REGISTRY["compose.bass"].signature.check
    with house.runtime.takes.taste() as (pupil, _):
        pupil.learner.settings = msgspec.structs.replace(pupil.learner.settings, soft=1.0)
    drawn, presses = np.zeros(64), 150
    for number in range(presses):
        asked = {"bars": 1, "context": {"track_name": f"{number}"}}
        assert prepared(call, "bass", check({**asked, "offer": {"explore": 1}})) == 0
        order: Any = ahead.find(("s", "bass"))
        order.look()
        with house.runtime.takes.taste() as (pupil, _):
            choice = order._weigh(pupil, peek=True)
        drawn[choice.index] += 1
        if number < 5:
            # Told again, also by another Explore and back, nothing is drawn by lot again.
            prepared(call, "bass", check({**asked, "offer": {"explore": 0}}))
            prepared(call, "bass", check({**asked, "offer": {"explore": 1}}))
            again: Any = ahead.find(("s", "bass"))
            assert again is not order
            assert again.look() == order._key
    chances = np.array(choice.chances)
    assert chances.max() < 0.5
    assert np.abs(drawn[: len(chances)] / presses - chances).max() < 0.12
    ahead.close()


async def test_another_profile_or_another_shelf_is_looked_at_anew(house: House) -> None:
    async with await house.client("device") as client:
        await until_drawn(client, "bass", BASS)
        ahead = house.runtime.ahead
        (standing,) = ahead._standing.values()
        looks: list[int] = []
        order: Any = standing.order
        look = order.look
        order.look = lambda: looks.append(1) or look()
        take = (await client.call("compose.bass", bars=1, seed=1))["take"]
        kept = await client.call("taste.recipe_keep", take=take, name="Mine")
        await until(lambda: len(looks) >= 1, 60)
        looks.clear()
        await client.call("taste.recipe_delete", recipe=kept["id"])
        await until(lambda: len(looks) >= 1, 60)
        looks.clear()
        await client.call("taste.profile_new", name="Anna")
        await client.call("taste.profile_use", profile="Anna")
        await until(lambda: len(looks) >= 1, 60)


WRONG = (
    ("bass", {"bars": 1000}),
    ("bass", {"tune": 1}),
    ("melody", {"offer": {"explore": 2}}),
    ("arp", {"recipe": "nothing"}),
    ("bass", {"own": "Nobody's"}),
    ("chords", {"key": "Q"}),
    ("drums", {"style": "foo"}),
)


@pytest.mark.parametrize(("role", "wrong"), WRONG)
async def test_what_is_wrong_is_said_as_a_press_says_it(
    house: House, role: str, wrong: dict[str, Any], caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.ERROR, "bandmate")
    async with await house.client("device") as client:
        request = {"offer": {"count": COUNT}, **wrong}
        with pytest.raises(RemoteError) as pressed:
            await client.call(f"compose.{role}", **request)
        with pytest.raises(RemoteError) as told:
            await until_drawn(client, role, request)
        assert (str(told.value), told.value.code, told.value.data) == (
            str(pressed.value),
            pressed.value.code,
            pressed.value.data,
        )
    assert not caplog.records


async def test_what_is_not_offered_cannot_be_prepared(house: House) -> None:
    async with await house.client("device") as client:
        assert await refused_in(client, "taste.prepare", role="bass", request={"bars": 1}) == "offer"
        assert await refused_in(client, "taste.prepare", role="piano", request={}) == "role"
        assert await refused_in(client, "taste.prepare", role="bass", request=[1]) == "request"


class Orders:
    """Orders that want five takes of so many notes each, and count what they draw."""

    def __init__(self, ahead: Ahead) -> None:
        self.ahead = ahead
        self.drawn = 0

    def of(self, key: bytes, notes: int = 10) -> Any:
        take: Any = SimpleNamespace(take=SimpleNamespace(notes=[None] * notes, seed=1))

        def step() -> bool:
            if self.ahead.count(key) < COUNT:
                self.drawn += 1
                self.ahead.add(key, take)
            return self.ahead.count(key) < COUNT

        return SimpleNamespace(look=lambda: key, step=step)

    async def rest(self) -> int:
        """Wait until there is nothing left to do, and say how many takes were drawn since."""
        await until(lambda: not self.ahead._told and self.ahead._next() is None, 60)
        drawn, self.drawn = self.drawn, 0
        return drawn


async def test_nothing_is_drawn_while_anything_is_asked_nor_without_end() -> None:
    steps: list[float] = []
    ahead = Ahead(quiet=0.4)
    order: Any = SimpleNamespace(look=lambda: b"k", step=lambda: steps.append(time.monotonic()) or len(steps) < 3)
    ahead.disturb()
    ahead.wish(("s", "bass"), order)
    last = 0.0
    for _ in range(20):
        ahead.disturb()
        last = time.monotonic()
        if steps:  # a machine that slept for so long that all was quiet
            break
        await until(lambda: time.monotonic() > last + 0.02)  # noqa: B023 - at once
    assert not steps or steps[0] > last - 0.4
    await until(lambda: len(steps) == 3, 60)
    ahead.close()
    assert len(steps) == 3
    assert not ahead._thread or not ahead._thread.is_alive()


@pytest.mark.parametrize(
    ("still", "rested", "took", "pause"),
    [
        (1.0, 1.0, 0.003, 0),
        (1.0, 0.001, 0.001, 0.003),
        (1.0, 0.0, 0.01, 0.02),
        # Parts play along, and it is never quiet: seldom, and in a gap.
        (0.005, 1.0, 0.003, 0.01),
        (0.02, 1.0, 0.003, 0),
        (0.02, 0.3, 0.002, 0.1),
        (0.02, 1.0, 0.02, 0.1),
        (0.02, 5.0, 0.02, 0),
    ],
)
def test_a_take_is_drawn_when_it_is_quiet_or_seldom_in_a_gap(
    still: float, rested: float, took: float, pause: float
) -> None:
    ahead = Ahead(quiet=0.12)
    ahead._last, ahead._ended, ahead._took = 100 - still, 100 - rested, took
    assert max(0.0, ahead._pause(100.0)) == pytest.approx(pause, abs=1e-9)


async def test_a_set_of_many_devices_is_bounded_and_draws_nothing_over_and_over() -> None:
    ahead = Ahead(quiet=0.0)
    orders = Orders(ahead)
    for number in range(MOST_KEPT + 4):
        ahead.wish((f"s{number}", "bass"), orders.of(bytes([number])))
    assert await orders.rest() <= (MOST_KEPT + 4) * COUNT
    assert [ahead.count(bytes([number])) for number in range(MOST_KEPT + 4)] == [0] * 4 + [COUNT] * MOST_KEPT
    for again in (ahead.look_again, ahead.nudge):
        again()
        assert await orders.rest() == 0
    # Whose takes are gone asks anew, and who was not asked for longest makes room.
    ahead.wish(("s0", "bass"), orders.of(bytes([0])))
    assert await orders.rest() == COUNT
    assert ahead.drawn(("s0", "bass")) == COUNT
    assert (len(ahead._pools), ahead.drawn(("s4", "bass")), ahead.count(bytes([4]))) == (MOST_KEPT, None, 0)
    # Of a client that has gone nothing is drawn any more, and its takes go first.
    ahead.leave("s0")
    ahead.take(bytes([0]), COUNT)
    ahead.look_again()
    assert await orders.rest() == 0
    ahead.wish(("s4", "bass"), orders.of(bytes([4])))
    await orders.rest()
    assert ("s0", "bass") not in ahead._standing
    ahead.close()


async def test_takes_of_many_notes_make_room_and_are_not_drawn_over_and_over() -> None:
    ahead = Ahead(quiet=0.0)
    orders = Orders(ahead)
    long = MOST_NOTES // (2 * COUNT) + 1
    for number in range(3):
        ahead.wish((f"s{number}", "arp"), orders.of(bytes([number]), long))
        await orders.rest()
    assert [ahead.count(bytes([number])) for number in range(3)] == [0, 0, COUNT]
    ahead.nudge()
    assert await orders.rest() == 0
    assert [ahead.drawn((f"s{number}", "arp")) for number in range(3)] == [None, None, COUNT]
    # One alone may be longer than all that is kept otherwise.
    ahead.add(b"long", SimpleNamespace(take=SimpleNamespace(notes=[None] * MOST_NOTES)))  # type: ignore[arg-type]
    assert (len(ahead._pools), ahead.count(b"long")) == (1, 1)
    assert len(ahead.take(b"long", 5)) == 1
    assert ahead.take(b"long", 5) == []
    ahead.close()


def test_what_was_taken_is_not_drawn_again() -> None:
    ahead = Ahead(quiet=1e6)

    def take(seed: int) -> Any:
        return SimpleNamespace(take=SimpleNamespace(notes=[], seed=seed))

    order: Any = SimpleNamespace(look=lambda: b"k", step=lambda: False)
    for name in ("one", "other"):
        ahead.wish((name, "bass"), order)
        ahead._standing[name, "bass"].key = b"k"
    began = ahead.taken
    ahead.add(b"k", take(7), began)
    assert len(ahead.take(b"k", COUNT, ("one", "bass"))) == 1
    # One that was being drawn meanwhile is left to who pressed; who wants the same goes on behind it.
    ahead.add(b"k", take(8), began)
    assert (ahead.count(b"k"), ahead.last_seed(b"k")) == (0, 7)
    assert (ahead.drawn(("one", "bass")), ahead.drawn(("other", "bass"))) == (None, 0)
    ahead.close()


async def test_who_changes_what_he_wants_leaves_nothing_behind_and_who_wants_the_same_shares_it() -> None:
    ahead = Ahead(quiet=0.0)
    orders = Orders(ahead)
    for name in ("one", "other"):
        ahead.wish((name, "bass"), orders.of(b"same"))
    assert await orders.rest() == COUNT
    ahead.wish(("one", "bass"), orders.of(b"new"))
    await orders.rest()
    assert set(ahead._pools) == {b"same", b"new"}
    ahead.wish(("other", "bass"), orders.of(b"new"))
    await orders.rest()
    assert set(ahead._pools) == {b"new"}
    ahead.close()
