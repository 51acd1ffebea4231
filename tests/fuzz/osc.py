"""A fuzzer of OSC; `test_osc.py` beside it runs it for long, `tests/bridge/osc/test_fuzz_short.py` for a moment.

Good packets are broken in many small ways and thrown at an engine's OSC over real UDP. What must hold: every ack has
its form and words, no fault of the engine is among them, and both a quiet controller and a quiet client are served.
"""

# ruff: noqa: E501 - tables of samples

from __future__ import annotations

import asyncio
import contextlib
import random
import struct
import time
from collections.abc import Iterable

from bridge.osc.packet import Message, write
from bridge.osc.table import RULES, SPECIAL
from bridge.registry import REGISTRY
from tests.bridge.house import House, running
from tests.bridge.osc.controller import Controller, another, controller

ARGUMENTS = [
    0, 1, -1, 2**31, -(2**63), 0.0, 0.5, 1.0, 8.0, 1e30, True, False, None, "", "force", "tempo", "mixer", "play", "chords",
    "bars", "key", "F minor", "{}", "[]", "{", '{"bars": 2}', '{"a":' * 40, "[" * 3000, "x" * 3000, "\x7f", "é🎹", "wishes",
]  # fmt: skip

# Stopping is a good wish and would end the test; jobs would start a process each.
NEVER = {"engine.stop", "theory.verify"}
ADDRESSES = [
    *SPECIAL,
    *(each.address for each in RULES),
    *(
        f"/bandmate/{name.replace('.', '/')}"
        for name in REGISTRY
        if name.split(".")[0] in {"live", "engine", "theory", "hub"}
    ),
]


def message(dice: random.Random) -> bytes:
    """One message to some address with any arguments."""
    address = dice.choice(ADDRESSES)
    for name in ("track", "slot", "scene", "send", "device", "parameter"):
        address = address.replace(f"<{name}>", dice.choice(["0", "7", "9" * 12, "x", "%00", "%ff", ""]))
    if dice.random() < 0.1:
        address += dice.choice(["/", "*", "é", " ", "x" * 300])
    return write(address, [dice.choice(ARGUMENTS) for _ in range(dice.choice([0, 0, 1, 1, 2, 3, 7]))])


def packet(dice: random.Random, depth: int = 0) -> bytes:
    """A message or a bundle, whole or broken."""
    if depth < 7 and dice.random() < 0.3:
        tag = dice.choice([1, 1, 0, 2**64 - 1, int((time.time() + 2_208_988_800 + dice.random()) * 2**32)])
        elements = [packet(dice, depth + 1) for _ in range(dice.choice([0, 1, 2, 5]))]
        sizes = [dice.choice([len(each)] * 8 + [0, -4, 2**31 - 1, 3]) for each in elements]
        whole = b"#bundle\0" + struct.pack(">Q", tag)
        whole += b"".join(struct.pack(">i", size) + each for size, each in zip(sizes, elements, strict=True))
    else:
        whole = message(dice)
    if dice.random() < 0.4:
        at = dice.randrange(len(whole) + 1)
        broken = dice.choice([b"", dice.randbytes(dice.randrange(1, 9))])
        whole = whole[:at] + broken + whole[at + dice.randrange(9) :]
    return whole[:60_000]


def is_safe(data: bytes) -> bool:
    """Whether nothing in it would end the engine by a good order."""
    return not any(f"/bandmate/{name.replace('.', '/')}".encode() in data for name in NEVER)


def judge(ack: list[object]) -> None:
    """An ack has four texts, and tells of no fault of the engine."""
    address, status, words, hint = ack
    assert isinstance(address, str), ack
    assert status in {"ok", "err"}, ack
    assert isinstance(words, str) and words, ack  # noqa: PT018 - one thing: a text with something in it
    assert isinstance(hint, str), ack
    assert "Internal error" not in words, ack
    assert "fault in the engine" not in words, ack
    assert Message(address, []), ack


def calm_one(house: House) -> contextlib.AbstractAsyncContextManager[Controller]:
    """A controller that behaves."""
    return another(house.runtime.osc_port)


async def throw_packets(times: Iterable[random.Random]) -> int:
    """Throw packets.

    Returns:
        Acks that were judged.
    """
    judged = 0
    async with running() as house, await house.client() as quiet, controller(house) as wild, calm_one(house) as calm:
        for dice in times:
            for data in filter(is_safe, [packet(dice) for _ in range(dice.randrange(1, 20))]):
                wild.raw(data)
            await asyncio.sleep(0.02)
            for ack in wild.acks():
                judge(ack)
                judged += 1
            assert (await calm.ask("/sergik/test"))[1] == "ok"
            assert await asyncio.wait_for(quiet.call("test.add", a=1), 5) == 2
    return judged
