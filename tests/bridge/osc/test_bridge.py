"""The bridge over real UDP on the loopback: acks, answers, limits, listeners, and what it does not harm."""

from __future__ import annotations

import asyncio
import struct
import time
from typing import Any

import pytest

from bridge.client import Client
from bridge.osc.bridge import Bridge
from bridge.osc.listeners import Listeners
from bridge.osc.orders import Orders
from bridge.osc.packet import OscLimits, Refused, read, write
from bridge.osc.socket import OscSocket
from bridge.watching import LiveWish
from engine.settings import Limits
from tests.bridge.house import House, running, until
from tests.bridge.osc.controller import another, controller
from tests.bridge.osc.test_packet import DAWN, bundle
from tests.bridge.test_live import SONG, WRITTEN

LOOPBACK = ("127.0.0.1", 9)


class Hub:
    """A Hub with a tempo, which notes what it was asked for."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, Any]]] = []
        self.gate: asyncio.Event | None = None

    async def tempo(self, **params: Any) -> dict[str, Any]:
        self.asked.append(("tempo", params))
        if self.gate:
            await self.gate.wait()
        return {"tempo": params.get("bpm", 120.0), "automation": "none"}

    def write(self, **params: Any) -> dict[str, Any]:
        self.asked.append(("write", params))
        return {**WRITTEN, "wanted": len(params["notes"]), "written": len(params["notes"])}

    def watch(self, wishes: list[dict[str, Any]]) -> dict[str, Any]:
        self.asked.append(("watch", {"wishes": [each["what"] for each in wishes]}))
        return {"watching": len(wishes), "missing": []}

    async def join(self, house: House) -> Client:
        methods = {"live.tempo": self.tempo, "live.write": self.write, "live.watch": self.watch}
        return await house.client("hub", reverse={**methods, "live.song": lambda: SONG})


def later(seconds: float) -> bytes:
    return struct.pack(">Q", int((time.time() + seconds + DAWN) * 2**32))


async def test_every_message_has_an_ack(house: House) -> None:
    hub = Hub()
    async with controller(house) as desk:
        assert "Live is not reached" in (await desk.ask("/sergik/test"))[2]
        async with await hub.join(house):
            assert await desk.ask("/ableton/tempo", 174.0) == ["/ableton/tempo", "ok", "tempo 174", ""]
            address, status, words, _hint = await desk.ask("/sergik/test")
            assert (address, status) == ("/sergik/test", "ok")
            assert "124 beats" in words
            assert (await desk.ask("/ableton/transport/play", 0))[1:3] == ["ok", "Let go"]
            assert hub.asked[0] == ("tempo", {"bpm": 174.0, "force": False})
            address, status, words, hint = await desk.ask("/ableton/tempo", 5000.0)
            assert (address, status) == ("/ableton/tempo", "err")
            assert "20 to 999" in words + hint
            _, status, words, hint = await desk.ask("/ableton/tempo", "fast")
            assert status == "err"
            assert "a number" in hint
            _, status, _, hint = await desk.ask("/ableton/tempi", 120)
            assert (status, "/ableton/tempo" in hint) == ("err", True)


async def test_without_a_hub_the_controller_is_told_what_to_do(house: House) -> None:
    async with controller(house) as desk:
        _, status, _, hint = await desk.ask("/ableton/tempo", 120.0)
        assert status == "err"
        assert "Drop Bandmate Hub" in hint


async def test_any_method_can_be_asked_and_long_answers_come_in_pieces(house: House) -> None:
    async with controller(house) as desk:
        status = await desk.reply("/bandmate/engine/status")
        assert status["osc"] == house.runtime.osc_port
        assert [each["kind"] for each in status["clients"]] == ["osc"]
        found = await desk.reply("/bandmate/theory/key", "F minor")
        assert found
        text = await desk.reply("/bandmate/test/large", 20_000)
        assert text == "x" * 20_000
        _, status, words, _ = await desk.ask("/bandmate/test/large", 400_000)
        assert (status, "too long for OSC" in words) == ("err", True)
        _, status, words, hint = await desk.ask("/bandmate/test/fail")
        assert (status, words) == ("err", "Internal error")
        assert "secret" not in hint
        _, status, words, _ = await desk.ask("/bandmate/session/hello", "token", "x", "protocol", 1, "client", "{}")
        assert status == "err"
        _, status, _, _ = await desk.ask("/bandmate/hub/changed", "changes", "[]")
        assert status == "err"


async def test_a_take_is_composed_and_written(house: House) -> None:
    hub = Hub()
    async with controller(house) as desk, await hub.join(house):
        _, status, words, _ = await desk.ask("/sergik/generate", "bass", "key", "A minor", "bars", 2.0, "track", 0)
        assert status == "ok", words
        ((name, params),) = hub.asked
        assert (name, params["track"], params["length"]) == ("write", 0, 8.0)
        assert words.startswith(f"{len(params['notes'])} notes in track 0, slot 0")
        _, status, words, hint = await desk.ask("/sergik/generate", "bass", "bars", 2000)
        assert (status, "bars" in words) == ("err", True)
        assert hint


async def test_of_a_fader_that_races_the_newest_value_is_enough_and_each_has_its_ack(house: House) -> None:
    hub = Hub()
    hub.gate = asyncio.Event()
    async with controller(house) as desk, await hub.join(house):
        desk.send("/ableton/tempo", 100.0)
        await until(lambda: hub.asked)
        for bpm in range(101, 121):
            desk.send("/ableton/tempo", float(bpm))
        said = [await desk.ack() for _ in range(19)]
        assert {each[2] for each in said} == {"A newer value took its place"}
        hub.gate.set()
        assert [(await desk.ack())[1] for _ in range(2)] == ["ok", "ok"]
        assert [params["bpm"] for _, params in hub.asked] == [100.0, 120.0]


async def test_a_bundle_is_done_now_or_at_its_time_but_not_much_later(house: House) -> None:
    hub = Hub()
    async with controller(house) as desk, await hub.join(house):
        desk.raw(bundle(write("/ableton/tempo", [100.0]), write("/bandmate/live/song", [])))
        assert sorted([(await desk.ack())[0] for _ in range(2)]) == ["/ableton/tempo", "/bandmate/live/song"]
        desk.raw(bundle(write("/ableton/tempo", [101.0]), tag=later(-5)))
        assert (await desk.ack())[1] == "ok"
        begun = time.monotonic()
        desk.raw(bundle(write("/ableton/tempo", [102.0]), tag=later(0.3)))
        assert (await desk.ask("/ableton/tempo", 103.0))[1] == "ok"
        assert (await desk.ack())[1] == "ok"
        assert time.monotonic() - begun > 0.25
        assert [params["bpm"] for _, params in hub.asked] == [100.0, 101.0, 103.0, 102.0]
        desk.raw(bundle(write("/ableton/tempo", [104.0]), tag=later(3600)))
        _, status, words, hint = await desk.ack()
        assert (status, "too late" in words, "10 s" in hint) == ("err", True, True)
        assert len(hub.asked) == 4


async def test_controllers_hear_what_they_listen_to_and_no_more(house: House) -> None:
    hub = Hub()
    async with controller(house) as desk, another(house.runtime.osc_port) as other:
        assert "when a Bandmate Hub is there" in (await desk.ask("/bandmate/subscribe", "tempo"))[2]
        async with await hub.join(house) as told:
            await until(lambda: hub.asked)
            assert (await other.ask("/bandmate/subscribe", "time"))[1] == "ok"
            assert hub.asked[-1] == ("watch", {"wishes": ["tempo", "time"]})
            changes = [
                {"wish": {"what": "tempo"}, "value": {"tempo": 174.0, "automation": "none"}},
                {"wish": {"what": "time"}, "value": {"time": 8.0}},
            ]
            await told.call("hub.changed", changes=changes)
            assert await desk.hear("/ableton/tempo") == [174.0]
            assert await other.hear("/ableton/transport/time") == [8.0]
            assert desk.silent
            assert other.silent
            assert (await desk.ask("/bandmate/unsubscribe"))[1] == "ok"
            assert hub.asked[-1] == ("watch", {"wishes": ["time"]})
            _, status, _, hint = await desk.ask("/bandmate/subscribe", "weather")
            assert (status, "tempo" in hint) == ("err", True)


async def test_progress_of_a_job_goes_to_who_began_it(house: House) -> None:
    async with controller(house) as desk:
        desk.send("/bandmate/test/job", "steps", 1)
        name, _, _, text = await desk.hear("/bandmate/told")
        while name != "job.done":
            name, _, _, text = await desk.hear("/bandmate/told")
        assert '"result"' in text


@pytest.mark.parametrize(
    "datagram",
    [
        b"",
        b"junk",
        b"\0" * 60_000,
        write("/a", []),
        b"#bundle\0" + struct.pack(">Qi", 1, -4),
        b"/ableton/tempo\0\0,f\0\0",
    ],
)
async def test_bad_packets_are_answered_and_harm_nothing(house: House, datagram: bytes) -> None:
    async with controller(house) as desk, await house.client() as client:
        desk.raw(datagram)
        if datagram:  # of an empty datagram asyncio tells on some systems nothing
            assert (await desk.ack())[1] == "err"
        assert (await desk.ask("/sergik/test"))[1] == "ok"
        assert (await client.call("engine.status"))["osc"]


async def test_many_wrong_addresses_are_answered_without_a_search_for_each(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    searched: list[str] = []
    monkeypatch.setattr(Orders, "near", lambda _self, address: searched.append(address) or "Did you mean that? ")
    async with controller(house) as desk:
        desk.raw(bundle(*[write(f"/wrong/{at}", []) for at in range(60)]))
        hints = [(await desk.ack())[3] for _ in range(60)]
    assert all("docs/osc.md" in each for each in hints)
    assert 0 < len(searched) < 30
    assert sum("Did you mean" in each for each in hints) == len(searched)


def test_a_flood_is_dropped_cheaply_and_complained_of_once_in_a_while() -> None:
    sent: list[bytes] = []
    now = 0.0
    limits = OscLimits(per_second=100, burst=50)

    async def flood() -> None:
        nonlocal now
        async with running() as house:
            bridge = Bridge(house.runtime, lambda datagram, _to: sent.append(datagram), limits, lambda: now)
            for _ in range(5000):
                bridge.take(b"junk", LOOPBACK)
            assert len(sent) < 60
            before = len(sent)
            now += 2.0
            bridge.take(b"junk", LOOPBACK)
            assert len(sent) == before + 1
            await bridge.close()

    asyncio.run(flood())
    assert any("Too many packets" in read(each, OscLimits())[0].args[2] for each in sent)


async def test_more_orders_than_one_client_may_have_waiting_are_refused() -> None:
    async with running(Limits(in_flight=2)) as house, controller(house) as desk:
        for _ in range(3):
            desk.send("/bandmate/test/wait", 0.2)
        said = sorted([(await desk.ack())[1] for _ in range(3)])
        assert said == ["err", "ok", "ok"]


async def test_the_engine_may_sleep_when_osc_has_been_silent_for_long(house: House) -> None:
    async with controller(house, OscLimits(quiet=0.2)) as desk:
        await desk.ask("/sergik/test")
        assert len(house.runtime.sessions) == 1
        await until(lambda: not house.runtime.sessions)
        assert (await desk.ask("/sergik/test"))[1] == "ok"


async def test_answers_go_to_the_reply_port_when_one_is_chosen(house: House) -> None:
    async with another(1) as screen:
        assert screen.transport is not None
        port = screen.transport.get_extra_info("sockname")[1]
        async with controller(house, reply_port=port) as desk:
            desk.send("/sergik/test")
            assert (await screen.ack())[1] == "ok"
            assert desk.silent


async def test_the_socket_is_on_the_loopback_and_nowhere_else(house: House) -> None:
    socket = OscSocket(house.runtime)
    await socket.open(0)
    try:
        assert socket._transport is not None
        assert socket._transport.get_extra_info("sockname")[0] == "127.0.0.1"
        taken: list[bytes] = []
        socket._bridge.take = lambda datagram, _to: taken.append(datagram)  # type: ignore[method-assign]
        socket.datagram_received(b"x", ("192.168.1.7", 5000))
        socket.datagram_received(b"y", ("127.0.0.1", 5000))
        assert taken == [b"y"]
    finally:
        await socket.close()
    assert house.runtime.osc_port == 0


def test_listeners_have_a_lease_and_are_bounded() -> None:
    now = 0.0
    listeners = Listeners(OscLimits(listeners=2, lease=10), lambda: now)
    listeners.add(("127.0.0.1", 1), (LiveWish("tempo"),))
    listeners.add(("127.0.0.1", 2), (LiveWish("tempo"), LiveWish("time")))
    with pytest.raises(Refused, match="Too many controllers"):
        listeners.add(("127.0.0.1", 3), (LiveWish("tempo"),))
    with pytest.raises(Refused, match="Too many things"):
        listeners.add(("127.0.0.1", 1), tuple(LiveWish("mixer", track=at) for at in range(63)))
    now = 8.0
    listeners.renew(("127.0.0.1", 1))
    now = 12.0
    assert listeners.expire()
    assert listeners.of(LiveWish("tempo")) == [("127.0.0.1", 1)]
    said = [listeners.is_news(("127.0.0.1", 1), "/ableton/tempo", [bpm]) for bpm in (120.0, 120.0, 121.0)]
    assert said == [True, False, True]
    listeners.add(("127.0.0.1", 1), ())
    assert listeners.is_news(("127.0.0.1", 1), "/ableton/tempo", [121.0])
    assert listeners.wishes == [LiveWish("tempo")]
    listeners.add(("127.0.0.1", 3), (LiveWish("time"),))
    assert not listeners.expire()
