"""How near our melodies are to real ones, over the chords of songs that nothing was learnt from.

    python -m tests.benchmarks.composing.score_melody [--style pop] [--humanise 20] [--clips 300] [--features]

Prints, with the measures that lie beside the repository (``shared/eval/measure.py``): mean overlap of the features'
distributions (1: the same), the area under the curve of a classifier that tells the two apart (0.5: it cannot), the
share of chord tones on strong beats; for ours, for ours by pitch and rhythm alone, for real songs against real songs,
for random tones of the scale; and how long a take of eight bars needs.
"""

from __future__ import annotations

import argparse
import gc
import json
import random
import statistics
import sys
import time
from typing import Any

from engine.compose.melody.compose import MelodyRequest, compose_melody, warm_melody
from engine.compose.part.request import ChordAt
from engine.theory.keys import MODE_STEPS, usual_key
from tests.benchmarks.composing.material import measure
from tests.benchmarks.composing.pop909 import melodies

__all__ = ["at_random", "latency", "measure", "melodies", "ours", "request_for", "scores"]

TOUCH = ("vel_sd", "dev_ms_sd", "dev_lag1", "vel_metric_corr")
"""Features of timing and loudness."""

Row = dict[str, Any]


def request_for(row: Row, seed: int, **more: Any) -> MelodyRequest:
    """The wish for a melody over the chords of a real clip."""
    chords = [
        ChordAt(start=start, duration=end - start, root=root, pitch_classes=tones, bass=bass)
        for start, end, root, tones, bass in row["chords"]
    ]
    key = usual_key(*row["key"]).name
    return MelodyRequest(key=key, chords=chords, tempo=row["bpm"], bars=8, seed=seed, **more)


def ours(rows: list[Row], **more: Any) -> list[Row]:
    """One take over each clip's chords."""
    out = []
    for seed, row in enumerate(rows):
        notes = compose_melody(request_for(row, seed, **more)).notes
        out.append({**row, "notes": [[note.start_time, note.duration, note.pitch, note.velocity] for note in notes]})
    return out


def at_random(rows: list[Row]) -> list[Row]:
    """Eighths of random tones of the scale: what anything has to be better than."""
    chance = random.Random(7)
    out = []
    for row in rows:
        tonic, mode = row["key"]
        scale = [pitch for pitch in range(60, 80) if (pitch - tonic) % 12 in MODE_STEPS[mode]]
        notes = [[step / 2, 0.45, chance.choice(scale), 100] for step in range(64)]
        out.append({**row, "notes": notes})
    return out


def latency(rows: list[Row], times: int = 300) -> tuple[float, float]:
    """Milliseconds of processor time that a take of eight bars needs: median and 99th percentile."""
    warm_melody()
    requests = [request_for(rows[number % len(rows)], number) for number in range(times)]
    taken = []
    gc.collect()
    for request in requests:
        start = time.process_time()
        compose_melody(request)
        taken.append((time.process_time() - start) * 1000)
    taken.sort()
    return statistics.median(taken), taken[int(len(taken) * 0.99)]


def scores(tool: Any, made: list[Row], real: list[Row], skip: tuple[str, ...] = ()) -> Row:
    """The measures of some clips against others."""
    found: Row = tool.report(made, real, quiet=True, cmp_skip=skip)
    return found


def line(name: str, found: Row) -> str:
    """One row of the table."""
    medians = [found["features"][key]["med"] for key in ("chord_tone_strong", "chord_tone", "step_ratio", "leap_ratio")]
    return f"{name:28}{found['mean_oa']:8.3f}{found['c2st_auc']:8.3f}" + "".join(f"{value:8.2f}" for value in medians)


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--style", default="pop")
    parser.add_argument("--humanise", type=float, default=20.0)
    parser.add_argument("--clips", type=int, default=300)
    parser.add_argument("--features", action="store_true", help="one row for every feature")
    parser.add_argument("--part", default="held", choices=("fit", "held"))
    given = parser.parse_args()
    tool, rows = measure(), melodies(given.part)
    if tool is None or not rows:
        sys.stdout.write("The shared measures and melodies are not there: nothing to score against.\n")
        return
    random.Random(3).shuffle(rows)
    real, under = rows[: len(rows) // 2], rows[len(rows) // 2 :][: given.clips]
    made = ours(under, style=given.style, humanise=given.humanise)
    found = scores(tool, made, real)
    sys.stdout.write(f"{'':28}{'OA':>8}{'C2ST':>8}{'strong':>8}{'tones':>8}{'steps':>8}{'leaps':>8}\n")
    for name, result in (
        ("ours", found),
        ("ours, pitch and rhythm", scores(tool, made, real, TOUCH)),
        ("real against real", scores(tool, under, real)),
        ("random in the scale", scores(tool, at_random(under), real)),
    ):
        sys.stdout.write(line(name, result) + "\n")
    if given.features:
        for name, row in found["features"].items():
            sys.stdout.write(f"  {name:22}{json.dumps(row)}\n")
    p50, p99 = latency(under)
    sys.stdout.write(f"eight bars: {p50:.2f} ms (median), {p99:.2f} ms (99th percentile) of processor time\n")


if __name__ == "__main__":
    main()
