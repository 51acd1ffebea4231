"""Learns how loudness goes on a keyboard from POP909: ``python -m tests.benchmarks.composing.fit_touch``.

Writes ``engine/compose/feel/touch.json``: of each trait of a performance its quantiles over the odd songs.
"""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import numpy as np

from engine.compose.feel.deviate import WEIGHT

MUSIC = Path(__file__).resolve().parents[4] / "shared" / "data" / "music"
TARGET = Path(__file__).resolve().parents[3] / "engine" / "compose" / "feel" / "touch.json"
LEVELS = np.linspace(0.05, 0.95, 10)
NOTE = {
    "source": "POP909 (Wang et al. 2020), odd song numbers, velocities of the melody and piano tracks; MIT licence",
    "made_by": "tests/benchmarks/composing/fit_touch.py",
    "traits": "weight: velocity per level of metre; octave: per octave above the mean; bar: deviation from bar to bar; "
    "strike: of one strike; finger: of one note within a strike; each as ten quantiles from 0.05 to 0.95",
}


def traits(clip: dict[str, Any]) -> dict[str, float] | None:
    """The traits of one clip; None where its loudness was not played."""
    notes = sorted(clip["notes"])
    starts, velocities = np.array([n[0] for n in notes]), np.array([n[3] for n in notes], float)
    if len(notes) < 20 or velocities.std() < 2:
        return None
    weight = WEIGHT[np.round(starts * 4).astype(int) % 16]
    pitch = np.array([n[2] for n in notes], float)
    design = np.c_[weight - weight.mean(), np.clip((pitch - pitch.mean()) / 12, -1, 1)]
    (by_weight, by_octave), *_ = np.linalg.lstsq(design, velocities - velocities.mean(), rcond=None)
    rest = velocities - velocities.mean() - design @ (by_weight, by_octave)
    bar, strike = np.maximum(0, starts // 4).astype(int), np.unique(np.round(starts * 8), return_inverse=True)[1]
    bars = np.bincount(bar, rest)[bar] / np.bincount(bar)[bar]
    strikes = np.bincount(strike, rest - bars)[strike] / np.bincount(strike)[strike]
    return {
        "weight": float(by_weight),
        "octave": float(by_octave),
        "bar": float(bars.std()),
        "strike": float(strikes.std()),
        "finger": float((rest - bars - strikes).std()),
    }


def main() -> None:
    """Writes the table that is shipped."""
    found: dict[str, Any] = {}
    for part in ("melody", "comping"):
        path = MUSIC / f"{part}_pop909_odd.jsonl.gz"
        if not path.is_file():
            print(f"{path} is not there: nothing to learn from")
            return
        with gzip.open(path, "rt") as lines:
            rows = [row for line in lines if (row := traits(json.loads(line)))]
        found[part] = {name: np.round(np.quantile([r[name] for r in rows], LEVELS), 2).tolist() for name in rows[0]}
    TARGET.write_text(json.dumps(NOTE | found, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
