"""A long run: does memory stay flat, does nothing complain, does the device still answer at the end?

`make soak MINUTES=60` prints a line every ten seconds and a table at the end, and writes bench-out/soak.json.
"""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import psutil
from rich.console import Console

from tests.benchmarks.figures import print_table

ROOT = Path(__file__).parents[2]
SETTLED = 3
"""Reports to leave out at the beginning: caches fill."""


def run(out: Path, minutes: float = 60) -> dict[str, Any]:
    """Run for so many minutes, print, write `soak.json` into `out`.

    Raises:
        subprocess.CalledProcessError: The play failed: a device complained or did not answer.
    """
    command = ["node", "tests/benchmarks/soak.mjs", str(minutes)]
    console = Console(highlight=False)
    reports: list[dict[str, Any]] = []
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, encoding="utf-8") as play:
        for line in play.stdout or ():
            report = json.loads(line)
            report["engine_mb"] = psutil.Process(report.pop("engine")).memory_info().rss / 1e6
            reports.append(report)
            acts = sum(report["done"].values())
            memory = f"engine {report['engine_mb']:6.1f} MB  Live {report['live_mb']:6.1f} MB"
            console.print(f"{acts:7} acts  {memory}")
    if play.returncode:
        raise subprocess.CalledProcessError(play.returncode, command)
    first, last = reports[min(SETTLED, len(reports) - 1)], reports[-1]
    found = {
        "minutes": minutes,
        "acts": sum(last["done"].values()),
        "presses": last["done"].get("Generate", 0),
        "complaints": last["complaints"],
        "engine_mb": {"settled": round(first["engine_mb"], 1), "end": round(last["engine_mb"], 1)},
        "live_mb": {"settled": round(first["live_mb"], 1), "end": round(last["live_mb"], 1)},
    }
    out.mkdir(exist_ok=True)
    (out / "soak.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    print_table("Soak", found, {"complaints": "0"})
    return found
