"""Mel bands and truth of many pieces, for `train_rhythm`: `python -m tests.benchmarks.hearing.features_rhythm OUT`."""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np

from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from tests.benchmarks.hearing.corpus_rhythm import piece
from tests.benchmarks.hearing.render import RATE


def main() -> None:
    """Make what is not there yet; several runs may share the work with --first and --step."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("out", type=Path)
    parser.add_argument("--count", type=int, default=1400)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--step", type=int, default=1)
    given = parser.parse_args()
    given.out.mkdir(parents=True, exist_ok=True)
    for seed in range(given.first, given.count, given.step):
        path = given.out / f"{seed}.npz"
        if path.exists():
            continue
        made = piece(seed)
        np.savez(
            path,
            mel=Spectra(Sound(made.audio, RATE)).log_mel.astype(np.float16),
            tempo=made.tempo,
            beats=made.beats,
            downs=made.downbeats,
            meter=made.meter,
            group=made.group,
        )


if __name__ == "__main__":
    main()
