"""Evidence and truth of many pieces, for `train_tempo`: reads what `features_rhythm` made.

python -m tests.benchmarks.hearing.evidence_rhythm FEATURES OUT
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from engine.hear import beat_network, tempo
from engine.hear.sound import Samples
from engine.hear.spectrum import FINE_RATE
from engine.hear.tempo_evidence import evidence
from tests.benchmarks.hearing.coloured import coloured

_LONG = 20.0  # seconds


def main() -> None:
    """Gather the evidence of every piece in one file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument(
        "--copies", type=int, default=1, help="of each piece of the train and dev parts, each another day's"
    )
    given = parser.parse_args()
    found: list[tuple[Any, ...]] = []
    for path in sorted(given.features.glob("*.npz")):
        with np.load(path, allow_pickle=False) as stored:
            level, true, group = stored["mel"].astype(np.float32), float(stored["tempo"]), str(stored["group"])
        seed = int(path.stem)
        for each in [level, *_others(level, seed, given.copies if seed % 5 < 4 else 0)]:
            beats, downs, classes = beat_network.heard(each)
            rows = evidence(each, beats, downs, tempo.said(classes), FINE_RATE)
            found.append((rows.astype(np.float16), true, seed, group))
    columns = zip(*found, strict=True)
    np.savez(given.out, **{name: np.array(each) for name, each in zip("XYSG", columns, strict=True)})


def _others(level: Samples, seed: int, copies: int) -> Iterator[Samples]:
    """The same, coloured; what is long enough to be no loop is also cut somewhere."""
    dice = np.random.default_rng([seed, 79])
    for _ in range(copies):
        first, last = 0, len(level)
        if last > _LONG * FINE_RATE:
            length = int(dice.uniform(0.4, 1) * last)
            first = int(dice.integers(0, last - length + 1))
            last = first + length
        yield coloured(level[first:last], dice)


if __name__ == "__main__":
    main()
