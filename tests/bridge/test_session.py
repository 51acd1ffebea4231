"""What waits for one client: in order, bounded, and nobody else's problem."""

from __future__ import annotations

import asyncio
import json

import pytest

from bridge.errors import NoHub, TimedOut, TooMuch
from bridge.session import Client, Session
from engine.settings import Limits


def session(**limits: float) -> Session:
    return Session("s1", Client("test"), Limits(**limits))  # type: ignore[arg-type]


async def test_messages_leave_in_order() -> None:
    one = session()
    sent: list[int] = []

    async def send(data: bytes) -> None:
        await asyncio.sleep(0)
        sent.append(json.loads(data))

    for number in range(20):
        one.post(number)
    writer = asyncio.ensure_future(one.write_to(send))
    await asyncio.wait_for(one.flush(), 30)
    one.post(20)
    await asyncio.wait_for(one.flush(), 30)
    writer.cancel()
    assert sent == list(range(21))


async def test_who_does_not_read_is_told_by_a_timeout() -> None:
    one = session(stall_seconds=0.05)

    async def stuck(_: bytes) -> None:
        await asyncio.sleep(60)

    one.post("x")
    with pytest.raises(TimeoutError):
        await asyncio.wait_for(one.write_to(stuck), 30)


async def test_room_is_there_again_when_the_client_reads() -> None:
    one = session(outbox_bytes=10)
    gate = asyncio.Event()

    async def send(_: bytes) -> None:
        await gate.wait()

    writer = asyncio.ensure_future(one.write_to(send))
    one.post("0123456789")
    assert one.full
    waiting = asyncio.ensure_future(one.room())
    await asyncio.sleep(0)
    assert not waiting.done()
    gate.set()
    await asyncio.wait_for(waiting, 30)
    writer.cancel()


async def test_progress_is_left_out_for_who_is_behind_but_an_end_is_not() -> None:
    one = session(outbox_bytes=10)
    one.post("0123456789")
    one.notify("job.progress", {}, may_drop=True)
    assert len(one._outbox) == 1
    one.notify("job.done", {})
    assert len(one._outbox) == 2


async def test_questions_are_bounded_and_end() -> None:
    one = session(in_flight=1)
    first = asyncio.ensure_future(one.ask("live.song", {}, 60))
    await asyncio.sleep(0)
    with pytest.raises(TooMuch):
        await one.ask("live.song", {}, 60)
    one.close()
    with pytest.raises(NoHub):
        await first
    two = session()
    with pytest.raises(TimedOut):
        await two.ask("live.song", {}, 0.01)
    assert two._asked == {}


async def test_a_closed_session_keeps_nothing_and_tells_once() -> None:
    one = session()
    told: list[int] = []
    one.on_close.append(lambda: told.append(1))
    one.post("x")
    one.close()
    one.close()
    one.post("y")
    assert told == [1]
    await asyncio.wait_for(one.flush(), 30)
    await asyncio.wait_for(one.room(), 30)


def test_labels_are_printable() -> None:
    named = Session("s1", Client("test", name="a\nb\x1b[2J\u202e"), Limits())
    assert named.label.isprintable()
