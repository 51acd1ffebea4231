"""Evidence and truth of many pieces, for `train_tempo`: reads what `features_rhythm` made.

python -m tests.benchmarks.hearing.evidence_rhythm FEATURES OUT
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

import numpy as np

from engine.hear import beat_network, tempo
from engine.hear.spectrum import FINE_RATE
from engine.hear.tempo_evidence import evidence


def main() -> None:
    """Gather the evidence of every piece in one file."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("features", type=Path)
    parser.add_argument("out", type=Path)
    given = parser.parse_args()
    found: list[tuple[Any, ...]] = []
    for path in sorted(given.features.glob("*.npz")):
        with np.load(path, allow_pickle=False) as stored:
            level, true, group = stored["mel"].astype(np.float32), float(stored["tempo"]), str(stored["group"])
        beats, downs, classes = beat_network.heard(level)
        rows = evidence(level, beats, downs, tempo.said(classes), FINE_RATE)
        found.append((rows.astype(np.float16), true, int(path.stem), group))
    columns = zip(*found, strict=True)
    np.savez(given.out, **{name: np.array(each) for name, each in zip("XYSG", columns, strict=True)})


if __name__ == "__main__":
    main()
