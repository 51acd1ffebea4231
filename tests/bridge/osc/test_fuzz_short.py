"""A moment of OSC's fuzzer, always with the same dice; the long run with new ones is `make fuzz`."""

from __future__ import annotations

import random

import pytest

from bridge.osc.packet import write
from tests.fuzz import osc
from tests.fuzz.osc import throw_packets
from tests.fuzz.wire import rounds


async def test_broken_packets_are_answered_in_words() -> None:
    assert await throw_packets(rounds(1.0, 7, most=25)) > 5


async def test_a_fault_of_the_engine_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(osc, "packet", lambda _dice: write("/bandmate/test/fail", []))
    with pytest.raises(AssertionError, match="Internal error"):
        await throw_packets([random.Random(at) for at in range(20)])
