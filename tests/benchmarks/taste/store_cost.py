"""What keeping takes costs: a request, the start of the engine, memory, disk.

`python -m tests.benchmarks.taste.store_cost` fills a store with 100,000 takes of which 20,000 are rated and prints one
figure a row. `run` returns the figures. What keeping adds to a request is told in two ways: as the time the thread that
composes is busy with it, and as what a client sees, of two engines asked in turns of which one may not write.
"""

from __future__ import annotations

import contextlib
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec
import psutil

from bridge.client import SyncClient, connect
from bridge.tasting.takes import TakeKeeper
from engine.compose.bass.compose import BassRequest, compose_bass
from engine.filelock import FileLock
from engine.taste.described import takes_of
from engine.taste.store import exchange, rewards, takes
from engine.taste.store.book import Book
from engine.taste.store.records import Take
from tests.benchmarks.engine_process import engine_process
from tests.benchmarks.figures import percentiles, print_table

TAKES = 100_000
RATED = 20_000
ASKED = 1000
"""Times each small thing is done."""

_WARM = 8.0
"""Seconds for an engine to warm up."""

FEATURES = 48
"""Numbers in each take for a model to learn from."""

ROOT = Path(__file__).parents[3]

# Opens a store in a process of its own and tells what that took.
_OPEN = """
import json, sys, time
from pathlib import Path
import psutil
from engine.taste.store import profiles, takes
from engine.taste.store.book import Book
before = psutil.Process().memory_info().rss
begun, busy = time.perf_counter(), time.process_time()
book = Book(Path(sys.argv[1]), [takes.forget_old])
book.open()
wall, cpu = time.perf_counter() - begun, time.process_time() - busy
takes.latest(book, 50)
takes.known_by(book, "0" * 16)
print(json.dumps({"wall": wall, "cpu": cpu, "memory": psutil.Process().memory_info().rss - before}))
"""


def run(out: Path, *, kept: int = TAKES, rated: int = RATED) -> dict[str, Any]:
    """Measure, print, write `taste_store.json` into `out`, and return the figures.

    Args:
        out: Folder for the figures.
        kept: Takes in the store.
        rated: Takes of them that are rated.
    """
    with tempfile.TemporaryDirectory(prefix="bandmate-store-") as folder:
        path = Path(folder) / "taste.sqlite"
        empty = _opened(Path(folder) / "empty.sqlite")
        with contextlib.closing(Book(path)) as book:
            fill(book, kept, rated)
        full = _opened(path)
        with contextlib.closing(Book(path, [takes.forget_old])) as book:
            found = {
                "takes": kept,
                "rated": rated,
                "file MB": round(path.stat().st_size / 1e6, 1),
                "open ms, empty (made anew)": round(empty["wall"] * 1e3, 1),
                "open ms, full": round(full["wall"] * 1e3, 1),
                "memory MB, empty": round(empty["memory"] / 1e6, 1),
                "memory MB, full": round(full["memory"] / 1e6, 1),
                **_small_things(book),
                **_large_things(book),
            }
    found |= asked_in_turns()
    out.mkdir(exist_ok=True)
    (out / "taste_store.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print_table("Keeping takes and ratings", found, {"keep a take, busy ms": "p99 < 1"})
    return found


def fill(book: Book, kept: int, rated: int) -> None:
    """Fill a store with takes like those of the bass, every so manieth of them rated."""
    dice = random.Random(1)
    request = BassRequest(seed=1)
    (like,) = takes_of("compose.bass", request, compose_bass(request), "Bandmate Bass", time.time_ns())

    def made(number: int) -> Take:
        return msgspec.structs.replace(
            like,
            id=f"{number:010x}",
            seed=number,
            recipe={**like.recipe, "seed": number, "density": dice.randint(0, 100)},
            features=[round(dice.random(), 4) for _ in range(FEATURES)],
            mark=f"{number:016x}",
        )

    for first in range(0, kept, 1000):
        takes.keep(book, [made(number) for number in range(first, min(kept, first + 1000))])
    for number in range(0, kept, max(1, kept // rated)):
        rewards.add(book, f"{number:010x}", "stars", dice.randint(1, 5), reward_id=f"r{number}")


def _opened(path: Path) -> dict[str, float]:
    """The quickest of five openings, each by a process of its own."""
    command = [sys.executable, "-c", _OPEN, str(path)]
    tries = [json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout) for _ in range(5)]
    return min(tries, key=lambda each: float(each["wall"]))


def _small_things(book: Book) -> dict[str, Any]:
    keeper = TakeKeeper()
    keeper._book = book
    requests = [BassRequest(seed=10**6 + number) for number in range(ASKED)]
    answers = [compose_bass(request) for request in requests]
    mine = takes.latest(book, ASKED)

    def keep(number: int) -> None:
        keeper.keep("Bandmate Bass", "compose.bass", requests[number], answers[number])

    def rate(number: int) -> None:
        rewards.add(book, mine[number].id, "stars", 1 + number % 5, reward_id=f"small {number}")

    busy, wall = _times(keep)
    return {
        "keep a take, busy ms": busy,
        "keep a take, wall ms": wall,
        "rate, busy ms": _times(rate)[0],
        "find by notes, busy ms": _times(lambda number: takes.known_by(book, mine[number].mark))[0],
    }


def _times(act: Callable[[int], object]) -> tuple[dict[str, float], dict[str, float]]:
    """Percentiles of milliseconds in which this thread was busy, and of those that went by."""
    busy, wall = [], []
    for number in range(ASKED):
        begun, worked = time.perf_counter(), time.thread_time()
        act(number)
        busy.append((time.thread_time() - worked) * 1e3)
        wall.append((time.perf_counter() - begun) * 1e3)
    return percentiles(busy), percentiles(wall)


def _large_things(book: Book) -> dict[str, Any]:
    def seconds(act: Callable[[], object]) -> float:
        begun = time.thread_time()
        act()
        return round(time.thread_time() - begun, 2)

    return {
        "all lessons for a model, s": seconds(lambda: rewards.lessons(book)),
        "export, s": seconds(lambda: exchange.written(exchange.taste_file(book))),
        "integrity check, s": seconds(lambda: book.read_aside("PRAGMA integrity_check")),
    }


def asked_in_turns(times: int = ASKED) -> dict[str, Any]:
    """What a client sees of two engines asked in turns for the same bass line: one keeps takes, one may not."""
    seen: dict[str, list[float]] = {"keeping": [], "not keeping": []}
    with _client(keeping=True) as one, _client(keeping=False) as other:
        asked = {"keeping": one, "not keeping": other}
        before = {name: _busy(process) for name, (_, process) in asked.items()}
        for seed in range(times):
            for name in sorted(asked, reverse=bool(seed % 2)):
                begun = time.perf_counter()
                asked[name][0].call("compose.bass", seed=seed, style="house")
                seen[name].append((time.perf_counter() - begun) * 1e3)
        busy = {name: round((_busy(process) - before[name]) / times * 1e3, 2) for name, (_, process) in asked.items()}
    return {
        **{f"bass request ms, {name}": percentiles(found) for name, found in seen.items()},
        **{f"engine busy ms a request, {name}": found for name, found in busy.items()},
    }


def _busy(process: int) -> float:
    """Seconds a process has been busy, all threads of it."""
    return float(sum(psutil.Process(process).cpu_times()[:2]))


@contextlib.contextmanager
def _client(*, keeping: bool) -> Iterator[tuple[SyncClient, int]]:
    with contextlib.ExitStack() as stack:
        engine = stack.enter_context(engine_process())
        if not keeping:
            # While it warms up, somebody else takes its file: it tries every ten seconds and goes on without.
            stack.enter_context(FileLock(Path(os.environ["BANDMATE_HOME"]) / "taste.lock"))
        client = stack.enter_context(connect(engine.where, kind="device", name="benchmark"))
        time.sleep(_WARM)
        yield client, engine.process.pid


def main() -> None:
    """Measure with as many takes and ratings as the arguments say."""
    sizes = [int(word) for word in sys.argv[1:3]] or [TAKES, RATED]
    run(ROOT / "bench-out", kept=sizes[0], rated=sizes[-1])


if __name__ == "__main__":
    main()
