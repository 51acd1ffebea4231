"""How well rhythm is heard on pieces that no part of it was trained on, by group and by tempo.

python -m tests.benchmarks.hearing.score_rhythm --count 60

Pieces are those of `corpus_rhythm` whose part is "test", and every other real loop. No name and no tempo is told.
"""

from __future__ import annotations

import argparse
import re
import time
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import mir_eval
import numpy as np

from engine.hear import rhythm
from engine.hear.load import load
from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from tests.benchmarks.hearing.corpus_rhythm import part, piece
from tests.benchmarks.hearing.render import RATE
from tests.benchmarks.hearing.scores import OCTAVES

LOOPS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "loops"
MEASURES = ("acc1", "acc2", "1 %", "beat F", "downbeat F", "meter", "CPU s/min")
BANDS = (0, 60, 80, 150, 200, 400)


def main() -> None:
    """Print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=60, help="pieces of the corpus")
    parser.add_argument("--part", default="test", help="train, dev or test")
    given = parser.parse_args()
    rhythm.warm()
    rows: dict[str, list[tuple[float, ...]]] = defaultdict(list)
    for group, sound, truth in [*loops(given.part), *pieces(given.part, given.count)]:
        scored = score(sound, truth)
        low = max(bound for bound in BANDS if bound <= truth["tempo"])
        for name in ("all", group.partition(":")[0], f"from {low} BPM"):
            rows[name].append(scored)
    print(f"{'':24}{'n':>5}" + "".join(f"{each:>12}" for each in MEASURES))
    for name, scores in sorted(rows.items()):
        counts = np.sum(~np.isnan(scores), axis=0)
        means = np.nansum(scores, axis=0) / np.maximum(counts, 1)
        cells = [f"{mean:12.3f}" if count else f"{'-':>12}" for mean, count in zip(means, counts, strict=True)]
        print(f"{name:24}{len(scores):5}" + "".join(cells))


def pieces(which: str, count: int) -> Iterator[tuple[str, Sound, dict[str, Any]]]:
    """Pieces of one part of the corpus."""
    seeds = (seed for seed in range(100_000) if part(seed) == which)
    for _, seed in zip(range(count), seeds, strict=False):
        made = piece(seed)
        truth = {"tempo": made.tempo, "beats": made.beats, "downs": made.downbeats, "meter": made.meter}
        yield made.group, Sound(made.audio, RATE), truth


def loops(which: str) -> Iterator[tuple[str, Sound, dict[str, Any]]]:
    """Real loops, of which only the tempo is known: the even ones are dev's, the odd ones are test's."""
    for number, path in enumerate(sorted(LOOPS.glob("*.mp3"))):
        named = re.search(r"_(\d+)bpm", path.name)
        if named and ("dev", "test")[number % 2] == which:
            yield "real loops", load(path), {"tempo": float(named[1])}


def score(sound: Sound, truth: dict[str, Any]) -> tuple[float, ...]:
    """Each of `MEASURES`; NaN where the truth is not known."""
    spectra = Spectra(sound)
    _ = spectra.rise
    begun = time.process_time()
    heard = rhythm.rhythm(spectra)
    spent = (time.process_time() - begun) / sound.duration * 60
    bpm = heard.tempo.bpm or 0.0
    near = [abs(bpm / truth["tempo"] / octave - 1) <= 0.04 for octave in OCTAVES]
    exact = abs(bpm / truth["tempo"] - 1) <= 0.01
    known = "beats" in truth
    return (
        float(near[0]),
        float(any(near)),
        float(exact),
        _f(truth["beats"], heard.beats) if known else np.nan,
        _f(truth["downs"], heard.downbeats) if known else np.nan,
        float(heard.meter.numerator == truth["meter"]) if known else np.nan,
        spent,
    )


def _f(true: Any, heard: list[float]) -> float:
    """F measure within 70 ms; the first five seconds do not count, as is usual."""
    reference, estimate = (mir_eval.beat.trim_beats(np.array(each)) for each in (true, heard))
    return float(mir_eval.beat.f_measure(reference, estimate)) if len(reference) else np.nan


if __name__ == "__main__":
    main()
