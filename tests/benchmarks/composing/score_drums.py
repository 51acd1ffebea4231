"""How like real drumming our takes are: ``python -m tests.benchmarks.composing.score_drums [genre ...]``.

For every genre 60 takes at the knobs' defaults, measured with ../shared/eval/measure.py: how many differ (unique), how
many are told to be of their genre by the likelihood of onsets learnt from other takes of all genres (told), the
likelihood each take has among its own kind (own). Where the Groove MIDI Dataset has the genre: the overlap of feature
distributions with played clips (OA, 1 = same), the share of takes whose likelihood lies in the band of the played clips
(band: from their tenth percentile up to their best), and beside ours a Bernoulli baseline: every step of every drum
thrown with the probability it has in the played clips. The vocabulary was tuned beside one half of the performances and
is scored beside that half, the other one (held out) and both. How a performance is timed is measured by score_feel, not
here.
"""

from __future__ import annotations

import json
import sys
from types import ModuleType
from typing import Any

import numpy as np
from numpy.typing import NDArray

from engine.compose.drums.compose import DrumsRequest, compose_drums
from engine.compose.drums.vocabulary import genres
from tests.benchmarks.composing.material import Clip, clips, measure, timed

TAKES = 60
OTHERS = 40
"""Takes of every genre from which the likelihood of onsets is learnt; none of them is scored."""

PLAYED = {
    "hiphop": "hiphop",
    "boom_bap": "hiphop",
    "funk": "funk",
    "disco": "dance/disco",
    "breakbeat": "dance/breakbeat",
    "afrobeats": "afrobeat",
}
"""Clips of the Groove MIDI Dataset beside each genre. Afrobeat is the older music that afrobeats is named after, and
the breakbeats are one player's: these two rows say how far apart they are, not how good ours is."""

TIMING = ("dev_ms_sd", "dev_lag1", "swing16")
_PITCHES = {"kick": 36, "snare": 38, "clap": 39, "rim": 37, "chh": 42, "ohh": 46, "tom": 45, "cymbal": 49, "ride": 51}

_Table = dict[str, dict[str, Any]]


def our_takes(genre: str, count: int = TAKES, first: int = 0) -> list[Clip]:
    """Takes at the defaults, at the middle of the genre's tempi, in the form of the shared clips."""
    low, high = genres()[genre].tempo
    out = []
    for seed in range(first, first + count):
        found = compose_drums(DrumsRequest(style=genre, seed=seed, tempo=(low + high) / 2))
        notes = [[note.start_time, note.duration, note.pitch, note.velocity] for note in found.notes]
        row = {"id": str(seed), "role": "drums", "genre": genre, "bpm": (low + high) / 2, "beats": found.length}
        out.append(row | {"notes": notes})
    return out


def played(genre: str) -> list[Clip]:
    """Played clips of a genre; none where there are none."""
    return [clip for clip in clips("drums_gmd_train") if clip["sub"] == PLAYED.get(genre)]


def onsets(told: ModuleType, rows: list[Clip]) -> list[NDArray[np.bool_]]:
    """Which drum strikes which sixteenth of which bar, for each clip."""
    return [found["_G"] for clip in rows if (found := told.features(clip)) is not None]


def table(told: ModuleType, grids: list[NDArray[np.bool_]]) -> _Table:
    """The probability of every onset."""
    shares = np.mean([grid.mean(axis=1) for grid in grids], axis=0)
    return {"onset_prob": {name: shares[row].tolist() for row, name in enumerate(told.CLS)}}


def thrown(known: _Table, count: int, bars: int = 8) -> list[Clip]:
    """The baseline: every onset of every bar by itself, as often as it is in the table."""
    out = []
    for seed in range(count):
        dice = np.random.default_rng(seed)
        notes = []
        for name, pitch in _PITCHES.items():
            hits = dice.random((bars, 16)) < np.array(known["onset_prob"][name])
            notes += [[bar * 4 + step / 4, 0.25, pitch, 100.0] for bar, step in zip(*np.nonzero(hits), strict=True)]
        out.append({"id": str(seed), "role": "drums", "bpm": 100, "beats": bars * 4.0, "notes": notes})
    return out


def against_played(told: ModuleType, made: list[Clip], real: list[Clip]) -> dict[str, float]:
    """Overlap with played clips, and the share of takes inside their band of likelihood."""
    found = told.report(made, ref=real, quiet=True, cmp_skip=TIMING)
    grids = onsets(told, real)
    known = table(told, grids)
    band = np.array([told.drum_loglik(grid, known) for grid in grids])
    ours = np.array([told.drum_loglik(grid, known) for grid in onsets(told, made)])
    inside = (ours >= np.percentile(band, 10)) & (ours <= band.max())
    return {"oa": found["mean_oa"], "band": round(float(inside.mean()), 2)}


def halves(rows: list[Clip]) -> tuple[list[Clip], list[Clip]]:
    """Two halves that share no performance: the first is for tuning, the second for scoring alone."""
    names = sorted({clip["id"].split("@")[0] for clip in rows})
    first = set(names[::2])
    return [clip for clip in rows if clip["id"].split("@")[0] in first], [
        clip for clip in rows if clip["id"].split("@")[0] not in first
    ]


def told_apart(told: ModuleType, tested: dict[str, list[NDArray[np.bool_]]]) -> dict[str, float]:
    """The share of takes of each genre whose likelihood is highest among takes of that genre."""
    known = {genre: table(told, onsets(told, our_takes(genre, OTHERS, 10_000))) for genre in genres()}
    out = {}
    for genre, grids in tested.items():
        best = [max(known, key=lambda name: told.drum_loglik(grid, known[name])) for grid in grids]
        out[genre] = round(sum(name == genre for name in best) / len(best), 2)
    return out


def own_likelihood(told: ModuleType, grids: list[NDArray[np.bool_]]) -> list[float]:
    """Tenth percentile, median and ninetieth of the likelihood of each take under all others of its genre."""
    means = np.array([grid.mean(axis=1) for grid in grids])
    whole, found = means.sum(axis=0), []
    for grid, mean in zip(grids, means, strict=True):
        rest = (whole - mean) / (len(grids) - 1)
        known = {"onset_prob": {name: rest[row] for row, name in enumerate(told.CLS)}}
        found.append(told.drum_loglik(grid, known))
    return [round(float(value), 3) for value in np.percentile(found, [10, 50, 90])]


def unique(rows: list[Clip]) -> float:
    """The share of takes that differ from all others in sixteenths and pitches."""
    signs = {json.dumps(sorted([round(note[0] * 4), note[2]] for note in clip["notes"])) for clip in rows}
    return round(len(signs) / len(rows), 3)


def latency(genre: str, times: int = 100) -> dict[str, float]:
    """Processor milliseconds for eight bars."""
    return timed(lambda seed: compose_drums(DrumsRequest(style=genre, seed=seed)), times)


def scores(wanted: list[str] | None = None) -> dict[str, dict[str, Any]]:
    """Every figure by genre; without the shared measures only unique share and latency."""
    names = wanted or list(genres())
    made = {genre: our_takes(genre) for genre in names}
    out: dict[str, dict[str, Any]] = {
        genre: {"unique": unique(rows), "latency_ms": latency(genre)} for genre, rows in made.items()
    }
    told = measure()
    if told is None:
        return out
    grids = {genre: onsets(told, rows) for genre, rows in made.items()}
    for genre, share in told_apart(told, grids).items():
        out[genre] |= {"told": share, "own": own_likelihood(told, grids[genre])}
    for genre in names:
        real = played(genre)
        if real:
            baseline = thrown(table(told, onsets(told, real)), TAKES)
            one, two = halves(real)
            out[genre] |= {
                "played": against_played(told, made[genre], real),
                "tuned": against_played(told, made[genre], one),
                "held_out": against_played(told, made[genre], two),
                "bernoulli": against_played(told, baseline, real),
                "real_oa": told.report(one, ref=two, quiet=True, cmp_skip=TIMING)["mean_oa"],
            }
    return out


def main() -> None:
    """Prints the table."""
    if measure() is None or not clips("drums_gmd_train"):
        print("Without ../shared only unique shares and latencies are measured.")
    found = scores(sys.argv[1:] or None)
    for genre, row in found.items():
        spent = row["latency_ms"]
        line = f"{genre:11} unique {row['unique']:.2f}  p50 {spent['p50']:.2f} p99 {spent['p99']:.2f} ms"
        if "told" in row:
            line += f"  told {row['told']:.2f}  own {row['own']}"
        if "played" in row:
            for measured in ("oa", "band"):
                line += f"  {measured} {row['played'][measured]} (tuned {row['tuned'][measured]}, "
                line += f"held out {row['held_out'][measured]}, bernoulli {row['bernoulli'][measured]})"
            line += f"  real halves oa {row['real_oa']}"
        print(line)
    if all("told" in row for row in found.values()):
        print(
            f"told on average {np.mean([row['told'] for row in found.values()]):.2f}; by chance {1 / len(genres()):.2f}"
        )


if __name__ == "__main__":
    main()
