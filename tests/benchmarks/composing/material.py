"""Real music to measure against, the measures themselves, and the peers, where they are at hand.

Music and measures lie in `../shared` beside the repository and are no part of it; without them there are latencies
and no scores. The peers live in an interpreter of their own: `make peers` puts it to `.peers/compose`, and
`BANDMATE_COMPOSE_PEERS` names another place.
"""

from __future__ import annotations

import gzip
import importlib.util
import json
import os
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from engine import collector

ROOT = Path(__file__).parents[3]
SHARED = ROOT.parent / "shared"
_PEERS = Path(os.environ.get("BANDMATE_COMPOSE_PEERS") or ROOT / ".peers" / "compose")
_SCRIPTS = Path(__file__).parent / "peers"

Clip = dict[str, Any]


@cache
def measure() -> ModuleType | None:
    """Return the module of measures, or None where it is not at hand."""
    path = SHARED / "eval" / "measure.py"
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("measure", path)
    if spec is None or spec.loader is None:
        return None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@cache
def clips(name: str) -> tuple[Clip, ...]:
    """Read the clips of a file of real music ("bass_wjd_odd"); none where it is not at hand."""
    path = SHARED / "data" / "music" / f"{name}.jsonl.gz"
    if not path.is_file():
        return ()
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return tuple(json.loads(line) for line in file)


def compared(made: Sequence[Clip], real: Sequence[Clip], skip: Sequence[str] = ()) -> dict[str, float | None]:
    """Compare clips with real ones.

    Returns:
        `oa`: mean overlapped area over the features (1 = the same distributions); `c2st`: area under the curve of a
        classifier that tells them apart (0.5 = it cannot); `unique`: share of clips that differ from each other.
    """
    told = measure()
    if told is None:
        raise RuntimeError("The measures are not at hand")
    found = told.report(list(made), ref=list(real), quiet=True, cmp_skip=tuple(skip))
    return {"oa": found.get("mean_oa"), "c2st": found.get("c2st_auc"), "unique": found.get("unique_share")}


def peer(script: str, what: str, asked: Sequence[Clip]) -> list[Clip] | None:
    """Let a peer play clips; None where it is not installed."""
    python = _PEERS / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    if not python.exists():
        return None
    words = [str(python), str(_SCRIPTS / f"{script}_takes.py")]
    wanted = json.dumps({"what": what, "clips": list(asked)})
    done = subprocess.run(words, input=wanted, capture_output=True, text=True, check=False, timeout=600)
    return json.loads(done.stdout) if done.returncode == 0 else None


def timed(play: Callable[[int], object], times: int = 300, warm: int = 20) -> dict[str, float]:
    """Measure how much processor time a call takes.

    Args:
        play: called with 0, 1, 2 ...
        times: calls that count. warm: calls before that do not.

    Returns:
        `p50` and `p99`, milliseconds.
    """
    for number in range(warm):
        play(number)
    collector.settle()  # as the engine does once it is up
    spent = []
    for number in range(warm, warm + times):
        begun = time.process_time()
        play(number)
        spent.append((time.process_time() - begun) * 1e3)
    return {"p50": round(float(np.percentile(spent, 50)), 3), "p99": round(float(np.percentile(spent, 99)), 3)}
