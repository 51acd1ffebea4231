"""Eight Jam devices that play with all their macros moving: `make bench-perform` prints the table and writes it down.

Five minutes at 174 beats a minute in the headless Live at the pace of the wall, jumps about the song, two offline
renders of the same Set, and an engine that is killed while they play.
"""

from __future__ import annotations

import json
import math
import os
import subprocess
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import psutil

from bridge.client import connect
from tests.benchmarks.engine_process import EngineProcess, engine_process
from tests.benchmarks.figures import percentiles, print_table
from tests.benchmarks.performing.score import Score, read

ROOT = Path(__file__).parents[3]
TEMPO, BEATS = 174.0, 4
BUDGETS = {
    "late notes": "0",
    "missing notes": "0",
    "notes of no bar": "0",
    "notes that sound on too long": "0",
    "hanging notes": "0",
    "engine, share of one core": "< 0.25",
    "request, ms": "p99 < 10",
    "renders identical": "1",
    "other bars after a locate": "0",
    "recovery after a restart, s": "< 2",
}


@dataclass(frozen=True)
class Size:
    """How much is played.

    Attributes:
        parts: Jam devices, 1..8.
        minutes: of music at 174 beats a minute.
        pace: how many times faster than the wall; 0 is the song's own time, in which nothing hangs on this computer.
        locates: jumps; each is heard by every part.
    """

    parts: int = 8
    minutes: float = 5.0
    pace: float = 1.0
    locates: int = 125

    @property
    def bars(self) -> int:
        """Whole bars, three at least."""
        return max(3, math.ceil(self.minutes * TEMPO / BEATS))

    @property
    def words(self) -> list[str]:
        """As perform.mjs takes it."""
        given = {"parts": self.parts, "bars": self.bars, "pace": self.pace, "locates": self.locates}
        return [word for name, value in given.items() for word in (f"--{name}", f"{value:g}")]


def run(out: Path, size: Size | None = None, *, recovery: bool = True) -> dict[str, Any]:
    """Measure everything, print it, write `perform.json` into `out`.

    Args:
        out: Folder, made if need be.
        size: How much is played; the full measure when left out.
        recovery: Whether an engine is killed too: half a minute by the clock on the wall.
    """
    size = size or Size()
    killed = _play("recover", size)[0] if recovery else {"recovery_s": None, "silent": None, "hanging": 0}
    with tempfile.TemporaryDirectory(prefix="bandmate-perform-") as folder, engine_process() as engine:
        home = os.environ["BANDMATE_HOME"]
        heard = Path(folder) / "heard.json"
        played, seconds = _play("play", size, engine, "--home", home, "--out", str(heard))
        scores = read(heard)
        renders = [_render(size, home, Path(folder) / f"{at}.mid") for at in range(2)]
    found = figures(played, scores, seconds / played["music_s"], renders, killed)
    out.mkdir(exist_ok=True)
    (out / "perform.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    _print(found, size)
    return found


def figures(
    played: dict[str, Any],
    scores: Sequence[Score],
    share: float,
    renders: Sequence[tuple[bytes, dict[str, Any]]],
    killed: dict[str, Any],
) -> dict[str, Any]:
    """All figures of the plays.

    Args:
        played: What the play told.
        scores: Of its parts.
        share: Seconds of the engine's processor time for each second of music.
        renders: Files, and what was told of them.
        killed: What the play told in which the engine was killed.
    """
    strays = [abs(stray) for one in scores for stray in one.strays]
    hanging = played["hanging"] + killed["hanging"] + sum(told["hanging"] for _, told in renders)
    return {
        "late": sum(one.late for one in scores),
        "missing": sum(one.missing for one in scores),
        "strange": sum(one.strange for one in scores),
        "overlong": sum(one.overlong for one in scores),
        "overtaken": sum(one.overtaken for one in scores),
        "filled": sum(one.filled for one in scores),
        "notes": sum(len(one.strays) + one.missing for one in scores),
        "hanging": hanging,
        "jitter_ms": percentiles(strays),
        "engine_cpu": round(share, 4),
        "request_ms": percentiles(played["asked"]),
        "request_alone_ms": percentiles(played["alone"]),
        "request_engine_ms": {each: round(played["answers"][f"{each}_ms"], 2) for each in ("p50", "p99")},
        "requests": len(played["asked"]),
        "renders_identical": len({bytes_ for bytes_, _ in renders}) == 1,
        "render_faster": round(float(np.mean([told["faster"] for _, told in renders])), 2),
        "locates": played["locates"],
        "locate_mismatches": played["locate_mismatches"],
        "recovery_s": killed["recovery_s"],
        "silent_bars": killed["silent"],
        "music_s": round(played["music_s"], 1),
        "complaints": played["errors"],
    }


def _render(size: Size, home: str, path: Path) -> tuple[bytes, dict[str, Any]]:
    told, _ = _play("render", size, None, "--home", home, "--out", str(path))
    return path.read_bytes(), told


def _play(kind: str, size: Size, engine: EngineProcess | None = None, *words: str) -> tuple[dict[str, Any], float]:
    """One play of perform.mjs, and the seconds of processor time that the engine took for it from beginning to end.

    With an engine `answers` tells how long it took over its newest answers to compose.stream by then: what a request
    takes beyond that is spent in Live's own process and in the Hub's.
    """
    command = ["node", "tests/benchmarks/performing/perform.mjs", kind, *size.words, *words]
    begun = seconds = 0.0
    answers: dict[str, Any] = {}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        last = ""
        for line in process.stdout:
            if line.strip() == "begins" and engine is not None:
                begun = _processor(engine.process.pid)
            elif line.strip() == "ends" and engine is not None:
                seconds = _processor(engine.process.pid) - begun
                answers = _answers(engine)
            else:
                last = line
    if process.returncode != 0:
        raise RuntimeError(f"the play ended with {process.returncode}")
    told: dict[str, Any] = json.loads(last)
    return {**told, "answers": answers}, seconds


def _answers(engine: EngineProcess) -> dict[str, Any]:
    with connect(engine.where, kind="test", name="benchmark") as client:
        told: dict[str, Any] = client.call("engine.status")["answers"]["compose.stream"]
    return told


def _processor(pid: int) -> float:
    """Seconds of processor time of a process and those it started."""
    one = psutil.Process(pid)
    return float(sum(each.cpu_times().user + each.cpu_times().system for each in [one, *one.children(recursive=True)]))


def _print(found: dict[str, Any], size: Size) -> None:
    rows = {
        "notes": found["notes"],
        "late notes": found["late"],
        "missing notes": found["missing"],
        "notes of no bar": found["strange"],
        "notes that sound on too long": found["overlong"],
        "notes told when they were over": found["overtaken"],
        "notes played of its own where nothing was told": found["filled"],
        "hanging notes": found["hanging"],
        "onsets beside grid and groove, ms": found["jitter_ms"],
        "engine, share of one core": found["engine_cpu"],
        "request, ms": found["request_ms"],
        "request, the others' turns not counted, ms": found["request_alone_ms"],
        "request, in the engine from socket to socket, ms": found["request_engine_ms"],
        "renders identical": found["renders_identical"],
        "render, times faster than the music": found["render_faster"],
        "locates": found["locates"],
        "other bars after a locate": found["locate_mismatches"],
        "recovery after a restart, s": math.nan if found["recovery_s"] is None else found["recovery_s"],
        "silent bars meanwhile": math.nan if found["silent_bars"] is None else found["silent_bars"],
    }
    music = time.strftime("%M:%S", time.gmtime(found["music_s"]))
    print_table(f"{size.parts} parts that play along, {music} at {TEMPO:g} bpm, nine lanes each", rows, BUDGETS)
