"""What changes in Live is told to who wished to hear of it, by the Hub that is asked, and by nobody else."""

from __future__ import annotations

import asyncio
from typing import Any, get_args, get_type_hints

import pytest

from bridge.client import Client, RemoteError
from bridge.watching import MOST_WISHES, VALUES, LiveWish
from tests.bridge.house import House, until

TEMPO = {"wish": {"what": "tempo"}, "value": {"tempo": 174.0, "automation": "none"}}
TIME = {"wish": {"what": "time"}, "value": {"time": 4.0}}


class Hub:
    """A Hub that notes what it was asked to watch."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def watch(self, wishes: list[dict[str, Any]]) -> dict[str, Any]:
        self.asked.append([each["what"] for each in wishes])
        return {"watching": len(wishes), "missing": []}


async def joined(house: House, hub: Hub) -> Client:
    return await house.client("hub", reverse={"live.watch": hub.watch})


async def heard(client: Client) -> list[str]:
    name, said = await asyncio.wait_for(client.heard(), 30)
    assert name == "live.changed"
    return [each["wish"]["what"] for each in said["changes"]]


def test_every_wish_has_a_value_that_was_promised() -> None:
    assert set(VALUES) == set(get_args(get_type_hints(LiveWish)["what"]))


async def test_the_hub_is_asked_for_all_wishes_and_each_client_hears_its_own(house: House) -> None:
    hub = Hub()
    async with await joined(house, hub) as told, await house.client() as one, await house.client() as two:
        assert await one.call("live.watch", wishes=[{"what": "tempo"}]) == {"watching": 1, "missing": []}
        await two.call("live.watch", wishes=[{"what": "tempo"}, {"what": "time"}])
        assert hub.asked == [["tempo"], ["tempo", "time"]]
        assert await told.call("hub.changed", changes=[TEMPO, TIME]) == {"heard": 2}
        assert await heard(one) == ["tempo"]
        assert await heard(two) == ["tempo", "time"]
        await two.call("live.watch", wishes=[])
        await told.call("hub.changed", changes=[TIME])
        await one.call("engine.status")
        await two.call("engine.status")
        assert one.notifications.empty()
        assert two.notifications.empty()


async def test_who_leaves_is_watched_for_no_more(house: House) -> None:
    hub = Hub()
    async with await joined(house, hub):
        client = await house.client()
        await client.call("live.watch", wishes=[{"what": "tempo"}])
        await client.close()
        await until(lambda: hub.asked == [["tempo"], []])


async def test_a_hub_that_comes_hears_what_is_wished(house: House) -> None:
    hub = Hub()
    async with await house.client() as client:
        with pytest.raises(RemoteError) as caught:
            await client.call("live.watch", wishes=[{"what": "macros"}])
        assert caught.value.code == -32005
        async with await joined(house, hub):
            await until(lambda: hub.asked == [["macros"]])


@pytest.mark.parametrize("kind", ["device", "cli", "test"])
async def test_nobody_but_the_hub_tells_what_changes(house: House, kind: str) -> None:
    async with await joined(house, Hub()), await house.client() as one, await house.client(kind) as forger:
        await one.call("live.watch", wishes=[{"what": "tempo"}])
        with pytest.raises(RemoteError, match="Only the Bandmate Hub"):
            await forger.call("hub.changed", changes=[TEMPO])
        await one.call("engine.status")
        assert one.notifications.empty()


async def test_news_that_was_not_promised_is_not_handed_on(house: House) -> None:
    async with await joined(house, Hub()) as told, await house.client() as one:
        await one.call("live.watch", wishes=[{"what": "tempo"}, {"what": "time"}])
        await told.call("hub.changed", changes=[{**TEMPO, "value": {"tempo": "fast"}}, TIME])
        assert await heard(one) == ["time"]
        lines = (await one.call("engine.log", lines=5))["lines"]
        assert any("news of tempo is not as promised" in line for line in lines)


async def test_wishes_are_bounded_and_an_old_hub_is_said_to_be_old(house: House) -> None:
    async with await house.client("hub", reverse={"live.watch": lambda **_: 7}), await house.client() as client:
        with pytest.raises(RemoteError, match="wishes is"):
            await client.call("live.watch", wishes=[{"what": "tempo"}] * (MOST_WISHES + 1))
        with pytest.raises(RemoteError, match="This Hub cannot watch"):
            await client.call("live.watch", wishes=[{"what": "tempo"}])
