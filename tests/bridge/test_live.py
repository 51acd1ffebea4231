"""Questions to Live: asked of the newest Hub, in order, with an end in any case."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bridge.client import Client, RemoteError
from engine.errors import EngineError
from engine.settings import Limits
from tests.bridge.house import House, running, until

SONG = {
    "tempo": 124.0,
    "signature_numerator": 4,
    "signature_denominator": 4,
    "scale_root": 0,
    "scale_name": "Minor",
    "scale_mode": True,
    "is_playing": False,
    "time": 0.0,
}
TRACKS: dict[str, Any] = {"tracks": [], "complete": True}
CLIP: dict[str, Any] = {
    "track": 0,
    "slot": 0,
    "name": "",
    "midi": True,
    "looping": True,
    "start": 0.0,
    "length": 4.0,
    "signature_numerator": 4,
    "signature_denominator": 4,
    "notes": [],
}
WRITTEN = {"track": 0, "slot": 0, "name": "", "created": True, "wanted": 1, "written": 1, "start": 0.0, "length": 4.0}


def named(scale: str) -> dict[str, Any]:
    """The answer of a Hub that can be told from another by its scale."""
    return {**SONG, "scale_name": scale}


async def hub(house: House, **methods: Any) -> Client:
    """A Hub that knows some live.* methods."""
    reverse = {f"live.{name}": function for name, function in methods.items()}
    return await house.client("hub", reverse=reverse)


async def test_without_a_hub_the_client_is_told_what_to_do(house: House) -> None:
    async with await house.client() as client:
        for method in ("live.song", "live.tracks", "live.clip"):
            with pytest.raises(RemoteError) as caught:
                await client.call(method)
            assert caught.value.code == -32005
            assert "Drop Bandmate Hub" in caught.value.hint


async def test_the_hub_answers_through_the_engine(house: House) -> None:
    async with await hub(house, song=lambda: SONG), await house.client() as client:
        assert await client.call("live.song") == SONG
        assert (await client.call("engine.status"))["hub"] is True


async def test_parameters_are_checked_before_the_hub_is_asked_and_left_out_stays_left_out(house: House) -> None:
    asked: list[dict[str, Any]] = []

    def clip(**params: Any) -> dict[str, Any]:
        asked.append(params)
        return CLIP

    def write(**params: Any) -> dict[str, Any]:
        asked.append(params)
        return {**WRITTEN, "wanted": len(params["notes"])}

    async with await hub(house, clip=clip, write=write), await house.client() as client:
        await client.call("live.clip")
        await client.call("live.clip", track=2, slot=0)
        with pytest.raises(RemoteError) as caught:
            await client.call("live.clip", track=-1)
        assert (caught.value.code, caught.value.data["field"]) == (-32602, "track")
        note = {"pitch": 60, "start_time": 0, "duration": 1}
        assert await client.call("live.write", notes=[note], length=4, name="Take") == WRITTEN
        with pytest.raises(RemoteError, match=r"notes\[0\].pitch is 128; allowed: a whole number from 0 to 127"):
            await client.call("live.write", notes=[{**note, "pitch": 128}], length=4)
    assert asked[:2] == [{}, {"track": 2, "slot": 0}]
    assert set(asked[2]) == {"notes", "length", "name"}
    assert asked[2]["notes"][0]["velocity"] == 100.0
    assert len(asked) == 3


async def test_the_newest_hub_that_is_still_here_is_asked(house: House) -> None:
    old = await hub(house, song=lambda: named("old"))
    new = await hub(house, song=lambda: named("new"))
    async with old, await house.client() as client:
        assert (await client.call("live.song"))["scale_name"] == "new"
        await new.close()
        await until(lambda: len(house.runtime.live._hubs) == 1)
        assert (await client.call("live.song"))["scale_name"] == "old"


async def test_devices_are_not_asked(house: House) -> None:
    async with await house.client("device", reverse={"live.song": lambda: 1}) as device:
        with pytest.raises(RemoteError) as caught:
            await device.call("live.song")
        assert caught.value.code == -32005


async def test_lives_refusal_is_passed_on_in_its_words(house: House) -> None:
    def refuse() -> None:
        raise EngineError("The clip is recording", "Stop it first.")

    async with await hub(house, song=refuse), await house.client() as client:
        with pytest.raises(RemoteError) as caught:
            await client.call("live.song")
        assert (caught.value.code, caught.value.message, caught.value.hint) == (
            -32006,
            "The clip is recording",
            "Stop it first.",
        )
        with pytest.raises(RemoteError) as caught:
            await client.call("live.tracks")
        assert caught.value.code == -32006


async def test_a_silent_hub_is_a_timeout_and_a_late_answer_is_nobodys() -> None:
    async with running(Limits(live_seconds=0.1)) as house:
        gate = asyncio.Event()

        async def song() -> dict[str, Any]:
            await gate.wait()
            return SONG

        async with await hub(house, song=song, tracks=lambda: TRACKS), await house.client() as client:
            with pytest.raises(RemoteError) as caught:
                await client.call("live.song")
            assert caught.value.code == -32003
            gate.set()
            assert await client.call("live.tracks") == TRACKS


async def test_a_hub_that_leaves_in_the_middle_is_said_to_have_left(house: House) -> None:
    started = asyncio.Event()

    async def song() -> None:
        started.set()
        await asyncio.sleep(60)

    leaving = await hub(house, song=song)
    async with await house.client() as client:
        asking = asyncio.ensure_future(client.call("live.song"))
        await asyncio.wait_for(started.wait(), 30)
        leaving._socket.transport.abort()
        with pytest.raises(RemoteError) as caught:
            await asking
        assert caught.value.code == -32005
        assert "left before Live answered" in caught.value.message


async def test_questions_reach_the_hub_in_the_order_asked(house: House) -> None:
    order: list[int] = []

    def clip(track: int) -> dict[str, Any]:
        order.append(track)
        return {**CLIP, "track": track}

    async with await hub(house, clip=clip), await house.client() as client:
        asked = [client.call("live.clip", track=number) for number in range(40)]
        assert [each["track"] for each in await asyncio.gather(*asked)] == list(range(40))
    assert order == list(range(40))


@pytest.mark.parametrize(
    "answer",
    [
        {"jsonrpc": "2.0", "result": 1, "id": "e99"},
        {"jsonrpc": "2.0", "result": 1, "id": 1},
        {"jsonrpc": "2.0", "result": 1, "id": None},
        {"jsonrpc": "2.0", "error": "no object", "id": "e1"},
    ],
)
async def test_answers_nobody_asked_for_harm_nothing(house: House, answer: dict[str, Any]) -> None:
    async with await hub(house, song=lambda: SONG) as asked, await house.client() as client:
        await asked.send(answer)
        assert await client.call("live.song") == SONG


@pytest.mark.parametrize("error", ["text", None, {}, {"code": "x", "message": 7, "data": [1]}, {"message": "x" * 9999}])
async def test_an_error_of_any_shape_is_a_refusal(house: House, error: Any) -> None:
    async with await house.client("hub") as asked, await house.client() as client:

        async def broken(message: dict[str, Any]) -> None:
            await asked.send({"jsonrpc": "2.0", "error": error, "id": message["id"]})

        asked._answer = broken  # type: ignore[method-assign]
        with pytest.raises(RemoteError) as caught:
            await client.call("live.song")
        assert caught.value.code == -32006
        assert len(caught.value.message) <= 300


async def test_one_hub_cannot_answer_for_another(house: House) -> None:
    gate = asyncio.Event()

    async def song() -> dict[str, Any]:
        await gate.wait()
        return named("asked")

    async with await house.client("hub") as forger, await hub(house, song=song), await house.client() as client:
        asking = asyncio.ensure_future(client.call("live.song"))
        await forger.send({"jsonrpc": "2.0", "result": named("forged"), "id": "e1"})
        await client.call("engine.status")
        gate.set()
        assert (await asking)["scale_name"] == "asked"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("song", None),
        ("song", "four"),
        ("song", []),
        ("song", {**SONG, "tempo": "fast"}),
        ("song", {**SONG, "tempo": 1e9}),
        ("song", {key: value for key, value in SONG.items() if key != "time"}),
        ("song", {**SONG, "from the future": 1}),
        ("tracks", {"tracks": [{"index": 0}], "complete": True}),
        ("clip", {**CLIP, "notes": [{"pitch": 200, "start_time": 0, "duration": 1}]}),
        ("write", {}),
    ],
)
async def test_an_answer_that_was_not_promised_is_an_error_in_words(house: House, name: str, said: Any) -> None:
    params = {"write": {"notes": [], "length": 4}}.get(name, {})
    async with await hub(house, **{name: lambda **_: said}), await house.client() as client:
        with pytest.raises(RemoteError) as caught:
            await client.call(f"live.{name}", **params)
        assert caught.value.code == -32006
        assert "this engine does not know" in caught.value.message
        assert "Update Bandmate in Live" in caught.value.hint
        log = (await client.call("engine.log", lines=5))["lines"]
        assert any(f"live.{name} is not as promised" in line for line in log)


async def test_what_is_handed_on_is_of_the_declared_type(house: House) -> None:
    note = {"pitch": 60, "start_time": 0, "duration": 1, "note_id": 7}
    async with await hub(house, clip=lambda: {**CLIP, "notes": [note]}), await house.client() as client:
        (read,) = (await client.call("live.clip"))["notes"]
    assert "note_id" not in read
    assert read["velocity"] == 100.0
