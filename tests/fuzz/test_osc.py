"""The long run of OSC's fuzzer: `make fuzz`, or FUZZ_SECONDS=600 FUZZ_SEED=7 python -m pytest tests/fuzz."""

# ruff: noqa: T201 - the seed is printed to repeat a run

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.fuzz.osc import throw_packets
from tests.fuzz.wire import rounds

SECONDS = float(os.environ.get("FUZZ_SECONDS", "15"))
SEED = int(os.environ.get("FUZZ_SEED", str(random.SystemRandom().randrange(2**32))))


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANDMATE_HOME", str(tmp_path / "bandmate"))
    print(f"FUZZ_SEED={SEED}")


@pytest.mark.timeout(SECONDS + 120)
async def test_broken_packets() -> None:
    print(f"{await throw_packets(rounds(SECONDS, SEED))} acks judged")
