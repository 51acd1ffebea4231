"""How human humanised drums are: ``python -m tests.benchmarks.composing.score_feel [--split drummer] [--genres]``.

Learns from one half of the performances of the shared clips, takes the other half's clips, flattens them (every onset
on its sixteenth, every velocity 100), humanises them at the knobs' defaults and compares them with themselves as they
were played, by the shared measures: overlapped area of the features (OA, 1 is the same) and how often a classifier
tells them apart (AUC, 0.5 is never). Beside them stand what real clips of the two halves give, and the flattened ones.
"""

from __future__ import annotations

import argparse
import tempfile
import zlib
from collections import Counter
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np

from engine.compose.feel.humanise import HumaniseRequest, humanise
from engine.notes import Note
from tests.benchmarks.composing.fit_feel import Clip, bank, clips
from tests.benchmarks.composing.material import measure

FEEL = ["dev_ms_sd", "dev_lag1", "vel_sd", "vel_metric_corr", "ghost_share", "hat_vel_sd", "swing16", "dev_ms_mean"]
"""What is measured of feel; the score of all features is given beside it."""


def halves(found: list[Clip], split: str) -> tuple[list[Clip], list[Clip]]:
    """Two halves without a performance (or a drummer) in common; the first one is learned from."""
    name = (
        (lambda clip: clip["id"].split("@")[0]) if split == "performance" else (lambda clip: clip["id"].split("/")[0])
    )
    if split == "performance":
        first = {each for each in map(name, found) if zlib.crc32(each.encode()) % 2 == 0}
    else:
        first = {"drummer1", "drummer5", "drummer6", "drummer9", "drummer2"}
    return [c for c in found if name(c) in first], [c for c in found if name(c) not in first]


def flattened(clip: Clip, velocity: int = 100) -> Clip:
    """A clip as a step sequencer would hold it."""
    seen = {(max(0, round(start * 4)), pitch): length for start, length, pitch, _ in reversed(clip["notes"])}
    notes = [
        [place / 4, length, pitch, velocity] for (place, pitch), length in seen.items() if place < clip["beats"] * 4
    ]
    return clip | {"notes": sorted(notes)}


def played(clip: Clip, seed: int, **more: Any) -> Clip:
    """A clip humanised at the defaults."""
    drummers = more.pop("bank", None)
    notes = [Note(pitch, start, length, velocity) for start, length, pitch, velocity in clip["notes"]]
    request = HumaniseRequest(
        notes=notes, role="drums", tempo=clip["bpm"], clip_length=float(clip["beats"]), seed=seed, **more
    )
    made = humanise(request, drummers).notes
    return clip | {"notes": [[note.start_time, note.duration, note.pitch, note.velocity] for note in made]}


def compared(
    measure: ModuleType, some: list[Clip], others: list[Clip], keys: list[str] | None = None
) -> dict[str, Any]:
    """Mean OA, the OA of each feature, and AUC of two lists of clips."""
    first, second = measure.table(some)[0], measure.table(others)[0]
    found = {key: None for row in first for key in row if not key.startswith("_") and key not in measure.SKIP}
    keys = keys or list(found)
    x, y = measure.matrix(first, keys), measure.matrix(second, keys)
    rng = np.random.default_rng(0)
    each = {key: measure.oa_kld(x[:, i], y[:, i], rng) for i, key in enumerate(keys)}
    areas = {key: value[0] for key, value in each.items() if value}
    return {"oa": float(np.mean(list(areas.values()))), "auc": measure.c2st(x, y), "each": areas}


def _line(name: str, measure: ModuleType, some: list[Clip], others: list[Clip]) -> None:
    feel, all_ = compared(measure, some, others, FEEL), compared(measure, some, others)
    auc = [f"{each['auc']:.3f}" if each["auc"] else "too few" for each in (feel, all_)]
    print(f"{name:26} feel: OA {feel['oa']:.3f} AUC {auc[0]}   all: OA {all_['oa']:.3f} AUC {auc[1]}")
    print(" " * 27 + " ".join(f"{key} {area:.2f}" for key, area in feel["each"].items()))


def main() -> None:
    """Prints the table."""
    options = argparse.ArgumentParser()
    options.add_argument("--split", choices=["performance", "drummer"], default="performance")
    options.add_argument("--genres", action="store_true")
    options.add_argument("--style", action="store_true", help="tell the style instead of leaving it to be found")
    asked = options.parse_args()
    found = clips()
    told = measure()
    if not found or told is None:
        print("The shared performances or measures are not there: nothing to measure")
        return
    learned, held = halves(found, asked.split)
    with tempfile.TemporaryDirectory() as folder:
        drummers = bank(learned, Path(folder) / "half.npz")
    flat = [flattened(clip) for clip in held]
    made = [
        played(
            clip,
            number,
            bank=drummers,
            style=clip["genre"] if asked.style and clip["genre"] in drummers.styles else "auto",
        )
        for number, clip in enumerate(flat)
    ]
    print(f"{len(learned)} clips learned from, {len(held)} held out, split by {asked.split}")
    _line("real, the other half", told, learned, held)
    _line("flattened", told, flat, held)
    _line("humanised", told, made, held)
    if asked.genres:
        for genre, count in Counter(clip["genre"] for clip in held).most_common():
            if count >= 16:
                pick = [i for i, clip in enumerate(held) if clip["genre"] == genre]
                _line(f"humanised {genre} ({count})", told, [made[i] for i in pick], [held[i] for i in pick])


if __name__ == "__main__":
    main()
