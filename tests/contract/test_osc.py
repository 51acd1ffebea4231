"""A controller, the engine, the Hub as built and a Live Set: all the way by real UDP and the real wire, and back."""

from __future__ import annotations

import asyncio

import pytest

from tests.bridge.house import House
from tests.bridge.osc.controller import Controller, controller
from tests.contract.relay import relay


async def becomes(desk: Controller, address: str, value: float) -> None:
    """Wait until an address tells a value; those before are passed over."""
    async with asyncio.timeout(20):
        while (await desk.hear(address))[0] != pytest.approx(value, abs=1e-6):
            pass


async def test_a_controller_drives_live_and_its_faders_follow(house: House) -> None:
    async with relay(house) as pair, controller(house) as desk:
        assert "Live is at 120" in (await desk.ask("/sergik/test"))[2]
        assert (await desk.ask("/bandmate/subscribe"))[1:3] == ["ok", "You hear of changes now"]
        await becomes(desk, "/ableton/tempo", 120)
        await becomes(desk, "/bandmate/macros/energy", 0)
        assert (await desk.ask("/ableton/tempo", 174.0))[2] == "tempo 174"
        await becomes(desk, "/ableton/tempo", 174)
        assert (await desk.ask("/bandmate/macros/energy", 0.75))[1] == "ok"
        await becomes(desk, "/bandmate/macros/energy", 0.75)
        await pair.tell("user energy 20")
        await becomes(desk, "/bandmate/macros/energy", 0.2)
        await pair.tell("user tempo 99")
        await becomes(desk, "/ableton/tempo", 99)
        assert (await desk.ask("/ableton/transport/play", 1))[1] == "ok"
        await becomes(desk, "/ableton/transport/play", 1)
        assert (await desk.ask("/sergik/action", "stop"))[1] == "ok"
        await becomes(desk, "/ableton/transport/play", 0)
        assert (await desk.ask("/ableton/track/1/volume", 0.5))[2] == "track 1, volume 0.5"
        _, status, words, _ = await desk.ask("/sergik/generate", "bass", "bars", 2, "track", 1, "slot", 2)
        assert status == "ok", words
        assert "in track 1, slot 2" in words
    assert pair.report["set"]["energy"] == 20
    assert pair.report["set"]["volume"] == pytest.approx(0.5)
    assert pair.report["set"]["notes"] == int(words.split()[0])
    assert pair.report["unknown"] == []


async def test_what_the_user_automates_is_left_alone_unless_forced_and_all_goes_back(house: House) -> None:
    async with relay(house) as pair, controller(house) as desk:
        await pair.tell("user automate")
        _, status, words, _ = await desk.ask("/bandmate/macros/energy", 0.5)
        assert (status, "Energy of Bandmate Macros has automation" in words) == ("err", True)
        assert (await desk.reply("/bandmate/macros"))["energy"] == 0
        assert (await desk.ask("/bandmate/macros/energy", 0.5, "force"))[1] == "ok"
        assert (await desk.ask("/ableton/tempo", 90.0))[1] == "ok"
        assert (await desk.ask("/ableton/undo"))[2] == "Put back the tempo"
        assert (await desk.ask("/ableton/undo"))[2] == "Put back Energy of Bandmate Macros"
        for address, args, said in [
            ("/ableton/track/7/volume", [0.5], "no track 7"),
            ("/ableton/clip/0/0/fire", [], "is empty"),
            ("/ableton/device/0/Reverb/1", [0.5], 'no device "Reverb"'),
            ("/ableton/device/0/Bandmate%20Macros/Swing", [0.5], "it has Device On, Energy"),
            ("/ableton/track/0/volume", [7.0], "from 0 to 1"),
        ]:
            _, status, words, hint = await desk.ask(address, *args)
            assert status == "err"
            assert said in words + hint
    assert (pair.report["set"]["tempo"], pair.report["set"]["energy"]) == (120, 0)
