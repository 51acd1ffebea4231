"""`make soak`'s second half: 200 kills of what writes takes and ratings, and 20 of the whole engine."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec

from tests.benchmarks.figures import print_table
from tests.benchmarks.taste import kill_engine, kill_store

STORE, ENGINE = 200, 20


def run(out: Path) -> dict[str, Any]:
    """Kill, print, write `kills.json` into `out`.

    Raises:
        AssertionError: something acknowledged was lost, counted twice, or a file was damaged.
    """
    found = {
        "store": msgspec.to_builtins(kill_store.run(STORE)),
        "engine": msgspec.to_builtins(kill_engine.run(ENGINE)),
    }
    out.mkdir(exist_ok=True)
    (out / "kills.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print_table("Kills", found)
    for tally in found.values():
        assert not tally["lost"] + tally["doubled"] + tally["damaged"], tally
    return found
