"""Mel bands and truth of many pieces, for `train_rhythm` and `evidence_rhythm`.

python -m tests.benchmarks.hearing.features_rhythm OUT

Makes the pieces of `corpus_rhythm`, with --wide those of `corpus_rhythm_wide`, with --plain those of
`corpus_rhythm_plain`, with --loops the even real loops, of which the file tells the tempo and the first beat is the
first sound.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from engine.hear.sound import Sound
from engine.hear.spectrum import FINE_RATE, Spectra
from tests.benchmarks.hearing import corpus_rhythm, corpus_rhythm_plain, corpus_rhythm_wide
from tests.benchmarks.hearing.render import RATE
from tests.benchmarks.hearing.score_rhythm import loops

WIDE, PLAIN, LOOPS = 100_000, 150_000, 200_000
"""What is added to the numbers of pieces, so that each has its own and keeps its part."""


def main() -> None:
    """Make what is not there yet; several runs may share the work with --first and --step."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=1400)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--wide", action="store_true")
    parser.add_argument("--plain", action="store_true")
    parser.add_argument("--loops", action="store_true")
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    if given.loops:
        for number, (group, sound, truth) in enumerate(loops("dev")):
            # Five apart: all of them are part "train", and the odd ones are kept for the score.
            _save(given.out / f"{LOOPS + 5 * number}.npz", sound, _clocked(sound, truth["tempo"]) | {"group": group})
        return
    first, maker = 0, corpus_rhythm.piece
    if given.wide or given.plain:
        first, maker = (WIDE, corpus_rhythm_wide.wide) if given.wide else (PLAIN, corpus_rhythm_plain.plain)
    for seed in range(given.first, given.count, given.step):
        path = given.out / f"{first + seed}.npz"
        if path.exists():
            continue
        made = maker(seed)
        truth = {"tempo": made.tempo, "beats": made.beats, "downs": made.downbeats, "meter": made.meter}
        _save(path, Sound(made.audio, RATE), truth | {"group": made.group})


def _save(path: Path, sound: Sound, truth: dict[str, Any]) -> None:
    np.savez(path, mel=Spectra(sound).log_mel.astype(np.float16), **truth)


def _clocked(sound: Sound, tempo: float) -> dict[str, Any]:
    """Beats of a loop that begins with a bar of four and keeps its tempo."""
    rise = Spectra(sound).rise
    first = int(np.argmax(rise > 0.3 * rise.max())) / FINE_RATE
    beats = np.arange(first if first < 0.1 else 0.0, sound.duration - 0.2, 60 / tempo)
    return {"tempo": tempo, "beats": beats, "downs": beats[::4], "meter": 4}


if __name__ == "__main__":
    main()
