"""Learns drummers' feel from the Groove MIDI Dataset: ``python -m tests.benchmarks.composing.fit_feel``.

Writes ``engine/compose/feel/weights.npz``: of every performance, the mean timing and velocity of each drum at each
sixteenth of the bar, how widely they spread, and which drums were struck where. ``score_feel`` learns from half of the
performances with the same functions and reports on the other half.
"""

from __future__ import annotations

import gzip
import json
import statistics
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np

from engine.compose.feel.bank import SCORES, Bank, onsets, read, score_of
from engine.compose.feel.lanes import LANES, lanes

DATA = Path(__file__).resolve().parents[4] / "shared" / "data" / "music" / "drums_gmd_train.jsonl.gz"
WEIGHTS = Path(__file__).resolve().parents[3] / "engine" / "compose" / "feel" / "weights.npz"
SOURCE = "Groove MIDI Dataset 1.0.0, Magenta (Google LLC), Gillick et al. 2019; four-bar clips of its train split"
LICENCE = "Creative Commons Attribution 4.0 International (CC BY 4.0); means and deviations derived by Bandmate"

SHARES = [statistics.NormalDist().cdf(score) for score in SCORES]

_ENOUGH = 6
"""Hits from which a deviation is told."""

Clip = dict[str, Any]


def clips() -> list[Clip]:
    """The shared clips, or none where they do not lie."""
    if not DATA.is_file():
        return []
    with gzip.open(DATA, "rt") as lines:
        return [json.loads(line) for line in lines]


def performances(found: Iterable[Clip]) -> dict[str, list[Clip]]:
    """The clips of each performance."""
    by_name: dict[str, list[Clip]] = defaultdict(list)
    for clip in found:
        by_name[clip["id"].split("@")[0]].append(clip)
    return dict(by_name)


def hits(clip: Clip) -> np.ndarray:
    """Rows of sixteenth, lane, milliseconds late and velocity; the first of a pitch at a sixteenth."""
    seen: set[tuple[int, int]] = set()
    rows = []
    for start, _, pitch, velocity in clip["notes"]:
        place = round(start * 4)
        if (place, pitch) not in seen:
            seen.add((place, pitch))
            rows.append((place, pitch, (start - place / 4) * 60_000 / clip["bpm"], velocity))
    table = np.array(rows, dtype=float)
    table[:, 1] = lanes(table[:, 1].astype(np.int64))
    return table


def learn(found: Iterable[Clip]) -> dict[str, np.ndarray]:
    """The tables of ``engine.compose.feel.bank.Bank`` as they are kept, one row for each performance."""
    groups = performances(found)
    styles = sorted({clip["genre"] for group in groups.values() for clip in group})
    rows: dict[str, list[Any]] = defaultdict(list)
    for name, group in groups.items():
        played = [hits(clip) for clip in group]
        rows["names"].append(name)
        rows["style"].append(styles.index(group[0]["genre"]))
        rows["tempo"].append(group[0]["bpm"])
        shares = [onsets(each[:, 1].astype(int), each[:, 0].astype(int) % 16, 4.0) for each in played]
        rows["onsets"].append(np.round(np.mean(shares, axis=0) * 200))
        for key, value in _habits(np.vstack(played)).items():
            rows[key].append(value)
    kinds = {"style": "i1", "tempo": "f4", "onsets": "u1", "counts": "u2", "late": "i1", "loud": "u1", "levels": "u1"}
    kept = {key: np.array(value, dtype=kinds.get(key)) for key, value in rows.items()}
    kept["spread"], kept["touch"] = kept["spread"].astype("f4"), kept["touch"].astype("f4")
    return kept | {"styles": np.array(styles), "source": np.array(SOURCE), "licence": np.array(LICENCE)}


def _habits(table: np.ndarray) -> dict[str, Any]:
    lane, step = table[:, 1].astype(int), table[:, 0].astype(int) % 16
    late, loud = table[:, 2], table[:, 3]
    shape = (len(LANES), 16)
    counts, late_sum, loud_sum = np.zeros(shape), np.zeros(shape), np.zeros(shape)
    np.add.at(counts, (lane, step), 1)
    np.add.at(late_sum, (lane, step), late)
    np.add.at(loud_sum, (lane, step), loud)
    mean_late, mean_loud = late_sum / np.maximum(counts, 1), loud_sum / np.maximum(counts, 1)
    count = counts[lane, step]
    told = count > 1
    levels = np.zeros((len(LANES), len(SCORES)))
    score, cell = np.zeros(len(table)), np.zeros(shape)
    for each in np.unique(lane):
        levels[each] = np.round(np.quantile(loud[lane == each], SHARES))
        score[lane == each] = score_of(loud[lane == each], levels[each])
        cell[each] = score_of(mean_loud[each], levels[each])
    # A mean of few hits lies too near to them: the usual correction, hit by hit.
    wider = np.sqrt(count / np.maximum(count - 1, 1))
    late_rest, loud_rest = (late - mean_late[lane, step]) * wider, (score - cell[lane, step]) * wider
    touch = [loud_rest[told & (lane == each)] for each in range(len(LANES))]
    return {
        "counts": counts,
        "late": np.clip(np.round(mean_late), -127, 127),
        "loud": np.round(mean_loud),
        "levels": levels,
        "spread": late_rest[told].std() if told.sum() >= _ENOUGH else 18.0,
        "touch": [each.std() if len(each) >= _ENOUGH else 0.0 for each in touch],
    }


def bank(found: Iterable[Clip], path: Path) -> Bank:
    """Learns, writes to ``path`` and reads what was written: what is scored is what is shipped."""
    np.savez_compressed(path, **learn(found))
    return read(path)


def main() -> None:
    """Writes the table that is shipped."""
    found = clips()
    if not found:
        print(f"{DATA} is not there: nothing to learn from")
        return
    made = bank(found, WEIGHTS)
    print(f"{len(made.names)} performances, {WEIGHTS.stat().st_size} bytes")


if __name__ == "__main__":
    main()
