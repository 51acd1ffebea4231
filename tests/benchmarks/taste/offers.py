"""What a press costs that is considered: how many takes there are to choose from, and the time it takes.

`python -m tests.benchmarks.taste.offers` prints it; `run` returns the figures. A press is everything that an engine
does for it in the thread that composes: reading the request, drawing, judging, keeping and writing the answer. Time is
that thread's own (CPU), so what else the machine does is left out. Cold, nothing was drawn before; first, the device
had stood for a moment before its first press of this request, and told it; warm, Generate is pressed again.
"""

from __future__ import annotations

import contextlib
import itertools
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import msgspec
import numpy as np

import bridge.methods  # noqa: F401 - fills the registry
from bridge.call import Call
from bridge.registry import REGISTRY
from bridge.tasting.ahead import Ahead
from bridge.tasting.prepared import prepared
from bridge.tasting.takes import TakeKeeper
from engine.taste.store import rewards
from engine.taste.store.book import Book
from tests.benchmarks.figures import percentiles, print_table

ROLES = ("chords", "bass", "melody", "arp", "drums")
RATINGS = (0, 30, 300)
PRESSES = 12
"""For each role, and as many again cold."""

FIRST = 4
"""First presses for each role: all of their takes are drawn for them."""

AROUND = [
    {"pitch": pitch, "start_time": float(bar * 4), "duration": 4.0} for bar in range(8) for pitch in (48, 55, 60, 64)
]


def run(out: Path, presses: int = PRESSES) -> dict[str, Any]:
    """Measure, print, write `taste_offers.json` into `out`, and return the figures.

    Args:
        out: Folder for the figures.
        presses: For each role, and as many again cold.
    """
    found: dict[str, Any] = {}
    for rated in RATINGS:
        with _house() as call:
            _rate(call, rated)
            found[str(rated)] = {kind: _presses(call, kind, presses) for kind in ("cold", "warm")}
            found[str(rated)]["first"] = _first_presses(call, min(FIRST, presses))
    out.mkdir(exist_ok=True)
    (out / "taste_offers.json").write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    rows = {
        f"{name} of a press, {kind}, {rated} ratings": figure
        for rated, kinds in found.items()
        for kind, figures in kinds.items()
        for name, figure in figures.items()
    }
    budget = {
        f"cpu_ms of a press, {kind}, {rated} ratings": "p99 <= 10" for rated in found for kind in ("first", "warm")
    }
    print_table("A press that is considered", rows, budget)
    return found


@contextlib.contextmanager
def _house() -> Iterator[Call]:
    """The parts of an engine that a press needs, with a store of its own, and nobody else in it."""
    with tempfile.TemporaryDirectory(prefix="bandmate-offers-") as folder, contextlib.ExitStack() as held:
        keeper = TakeKeeper()
        keeper._book = held.enter_context(contextlib.closing(Book(Path(folder) / "taste.sqlite")))
        keeper.open()
        # Takes are drawn by hand below: nobody draws them while a press is timed.
        ahead = Ahead(keeper.prepare, quiet=1e9)
        held.callback(ahead.close)
        runtime: Any = SimpleNamespace(takes=keeper, ahead=ahead, shelf=None)
        session: Any = SimpleNamespace(client=SimpleNamespace(name="Bandmate", kind="device"), id="s1")
        yield Call(runtime, session)


def _rate(call: Call, count: int) -> None:
    """Rate takes that were offered: those with many notes get more stars."""
    answers = [_press(call, ROLES[number % len(ROLES)], {"bars": 2, "offer": {"count": 2}}) for number in range(count)]
    _replied(call)
    # All at once, since each press after a rating would read the ratings anew.
    for number, answer in enumerate(answers):
        stars = 1 + min(4, len(answer.notes) // 12)
        rewards.add(call.runtime.takes.book, answer.take, "stars", stars, reward_id=f"r{number}", told=time.time_ns())
    call.runtime.takes.prepare()


def _press(call: Call, role: str, asked: dict[str, Any]) -> Any:
    return REGISTRY[f"compose.{role}"].call(call, asked)


def _replied(call: Call) -> None:
    """Do what an engine does once the answer is on its way."""
    for action in call.after_reply:
        action()
    call.after_reply.clear()


def _presses(call: Call, kind: str, presses: int) -> dict[str, Any]:
    busy, drawn = [], []
    for role in ROLES:
        asked = {"offer": {"around": AROUND if role != "drums" else None}}
        _press(call, role, asked)
        _replied(call)
        pools: dict[bytes, list[Any]] = {}
        for _ in range(presses):
            call.runtime.ahead._pools.clear()
            if kind == "warm":
                _draw_ahead(call, role, pools)
            begun = time.thread_time()
            answer = _press(call, role, asked)
            msgspec.json.encode(answer)
            busy.append(1000 * (time.thread_time() - begun))
            _replied(call)
            drawn.append(answer.offered.drawn)
    return {"cpu_ms": percentiles(busy), "drawn": _counted(drawn)}


def _first_presses(call: Call, presses: int) -> dict[str, Any]:
    """Press what was never asked for before, once it was told and drawn for."""
    busy, drawn, telling, drawing = [], [], [], []
    for role, number in itertools.product(ROLES, range(presses)):
        asked = {"tempo": 90.0 + 7 * number, "offer": {"around": AROUND if role != "drums" else None}}
        times = [time.thread_time()]
        prepared(call, role, REGISTRY[f"compose.{role}"].signature.check({**asked, "offer": {}}))
        times.append(time.thread_time())
        _draw_ahead(call, role, {})
        times.append(time.thread_time())
        answer = _press(call, role, asked)
        msgspec.json.encode(answer)
        times.append(time.thread_time())
        _replied(call)
        for kept, took in zip((telling, drawing, busy), np.diff(times), strict=True):
            kept.append(1000 * float(took))
        drawn.append(answer.offered.drawn)
    return {
        "cpu_ms": percentiles(busy),
        "drawn": _counted(drawn),
        "telling_cpu_ms": percentiles(telling),
        "drawing_cpu_ms": percentiles(drawing),
    }


def _counted(drawn: list[int]) -> dict[str, float]:
    return {"least": min(drawn), "mean": float(np.mean(drawn)), "most": max(drawn)}


def _draw_ahead(call: Call, role: str, pools: dict[bytes, list[Any]]) -> None:
    """Draw what the thread beside would have drawn since; of one recipe once, since that takes long."""
    ahead = call.runtime.ahead
    ahead._pools.update({key: list(pool) for key, pool in pools.items()})
    standing = ahead._standing[call.session.id, role]
    standing.key = standing.order.look()
    standing.look = False
    while standing.order.step():
        pass
    pools.update({key: list(pool) for key, pool in ahead._pools.items()})


if __name__ == "__main__":
    run(Path("bench-out"))
