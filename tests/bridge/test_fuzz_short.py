"""A moment of the wire's fuzzer, always with the same dice; the long run with new ones is `make fuzz`."""

from __future__ import annotations

import pytest

from tests.fuzz import wire
from tests.fuzz.wire import rounds, throw_bytes, throw_frames

SEED = 7
SECONDS = 2.0  # of each; a slow machine throws less


async def test_broken_frames_are_answered_in_words() -> None:
    assert await throw_frames(rounds(SECONDS, SEED, most=60)) > 20


async def test_raw_bytes_of_strangers_harm_nobody() -> None:
    assert await throw_bytes(rounds(SECONDS, SEED, most=60)) > 0


async def test_a_fault_of_the_engine_would_be_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "CORPUS", ['{"jsonrpc":"2.0","method":"test.fail","params":{},"id":1}'])
    with pytest.raises(AssertionError, match="A fault in the engine"):
        await throw_frames(rounds(SECONDS, SEED, most=60))
