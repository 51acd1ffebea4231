"""The first path through the house: knob to notes, cold start, memory, many clients.

`make bench-first` prints the table and writes bench-out/first.json.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import time
from pathlib import Path
from typing import Any

import psutil

from bridge.client import Client, NoEngine, RemoteError
from tests.benchmarks.engine_process import engine_process
from tests.benchmarks.figures import percentiles, print_table

ROOT = Path(__file__).parents[2]
PRESSES = 500
STARTS = 11
CLIENTS = 64
SECONDS = 30.0
FLAT_OUT_SECONDS = 10.0
PERIOD = 1.0
"""Seconds from press to press of one client: faster than a person who listens to what came."""
IDLE_SECONDS = 3.0
GOLDEN = {"key": "10B", "progression": "i-VI-III-VII", "bars": 8, "rhythm": "stabs", "tempo": 125}

BUDGETS = {
    "request to notes, ms": "p50 < 3, p99 < 10",
    "knob to notes in the clip, ms": "",
    "cold start, ms (median)": "< 400",
    "idle memory, MB": "< 80",
    "64 clients, errors": "0",
    "64 clients without a pause, errors": "0",
}


def run(out: Path) -> dict[str, Any]:
    """Measure everything, print it, write `first.json` into `out`."""
    starts = [_cold_start() for _ in range(STARTS)]
    with engine_process() as engine:
        time.sleep(IDLE_SECONDS)
        memory = psutil.Process(engine.process.pid).memory_info().rss / 1e6
        requests = asyncio.run(_requests())
        crowd = asyncio.run(_crowd(SECONDS, PERIOD))
        flat_out = asyncio.run(_crowd(FLAT_OUT_SECONDS, 0.0))
    knobs = _knob_to_notes()
    found = {
        "knob_to_notes_ms": knobs["knob_to_notes_ms"],
        "request_ms": percentiles(requests),
        "cold_start_ms": round(statistics.median(starts), 1),
        "idle_rss_mb": round(memory, 1),
        "clients64": crowd,
        "clients64_flat_out": flat_out,
    }
    out.mkdir(exist_ok=True)
    (out / "first.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    rows = {
        "request to notes, ms": found["request_ms"],
        "knob to notes in the clip, ms": found["knob_to_notes_ms"],
        "cold start, ms (median)": found["cold_start_ms"],
        "idle memory, MB": found["idle_rss_mb"],
        "64 clients, a press a second each, ms": {"p50": crowd["p50_ms"], "p99": crowd["p99_ms"]},
        "64 clients, errors": crowd["errors"],
        "64 clients without a pause, ms": {"p50": flat_out["p50_ms"], "p99": flat_out["p99_ms"]},
        "64 clients without a pause, takes a second": flat_out["per_second"],
        "64 clients without a pause, errors": flat_out["errors"],
    }
    print_table("First path", rows, BUDGETS)
    return found


def _cold_start() -> float:
    with engine_process() as engine:
        return engine.cold_start_ms


async def _requests() -> list[float]:
    async with await Client.connect(kind="test", name="benchmark") as client:
        times = []
        for seed in range(PRESSES + 20):
            started = time.perf_counter()
            await client.call("compose.chords", **GOLDEN, seed=seed)
            times.append((time.perf_counter() - started) * 1000)
        return times[20:]


async def _crowd(seconds: float, period: float) -> dict[str, float]:
    """64 clients at once, each pressing Generate every `period` seconds, or again as soon as it is answered."""
    times: list[float] = []
    errors = 0
    end = time.perf_counter() + seconds

    async def one(number: int) -> None:
        nonlocal errors
        async with await Client.connect(kind="test", name=f"device {number}") as client:
            seed = 0
            await asyncio.sleep(number / CLIENTS * period)
            while (started := time.perf_counter()) < end:
                seed += 1
                try:
                    await client.call("compose.chords", **GOLDEN, seed=seed)
                    times.append((time.perf_counter() - started) * 1000)
                except (RemoteError, NoEngine):
                    errors += 1
                await asyncio.sleep(max(0.0, period - (time.perf_counter() - started)))

    await asyncio.gather(*(one(number) for number in range(CLIENTS)))
    found = percentiles(times)
    return {
        "p50_ms": found["p50"],
        "p99_ms": found["p99"],
        "per_second": round(len(times) / seconds, 1),
        "errors": errors,
    }


def _knob_to_notes() -> dict[str, Any]:
    done = subprocess.run(
        ["node", "tests/benchmarks/knob_to_notes.mjs", str(PRESSES)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found
