"""How like real walking lines ours are: ``python -m tests.benchmarks.composing.score_bass [seeds]``.

First what lines do where chords change, real ones and ours over the same changes. Then, measured with
../shared/eval/measure.py on solos that the model has not learnt from: overlap of feature distributions (OA, 1 = same)
and a classifier that tries to tell ours from theirs (C2ST, 0.5 = it cannot). Beside ours: the real lines of the other
half, a rule walk, random chord tones. Four sets of features: all but how notes are played, those without rhythm, those
of pitches without what is measured against the chords, and pitches alone.
"""

from __future__ import annotations

import json
import random
import sys
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from typing import Any

from engine.compose.bass.compose import compose_bass
from engine.compose.bass.request import BassRequest
from engine.compose.bass.styles import bass_styles
from engine.compose.part.request import ChordAt
from tests.benchmarks.composing.bass_contexts import Row, halves, real_lines
from tests.benchmarks.composing.material import measure

PLAYED = ("vel_sd", "dev_ms_sd", "dev_lag1", "vel_metric_corr")
RHYTHM = ("notes_per_beat", "empty_beat_rate", "offbeat_ratio", "sync_lhl_bar", "groove_consistency", "rhythm_entropy")
LENGTHS = ("dur_mean", "ioi_entropy")
CHORDS = ("chord_tone", "chord_tone_strong", "root_on_change")
AROUND = ("in_key", "approach_step", "approach_leap")
SETS = {
    "rhythm, chords, pitch": PLAYED,
    "chords, pitch": (*PLAYED, *RHYTHM, *LENGTHS),
    "pitch": (*PLAYED, *RHYTHM, *LENGTHS, *CHORDS),
    "pitch alone": (*PLAYED, *RHYTHM, *LENGTHS, *CHORDS, *AROUND),
}


def ours(row: Row, seed: int) -> Row:
    """A walking line of ours over a real line's changes, every knob at its default."""
    result = compose_bass(request_of(row, seed))
    return row | {"notes": [[note.start_time, note.duration, note.pitch, note.velocity] for note in result.notes]}


def request_of(row: Row, seed: int, **knobs: Any) -> BassRequest:
    """Asks for a walking line over a real line's changes."""
    chords = [
        ChordAt(start=start, duration=end - start, root=root, pitch_classes=pcs, bass=bass)
        for start, end, root, pcs, bass in row["chords"]
    ]
    bars = int(row["beats"]) // 4
    return BassRequest(style="walking", chords=chords, bars=bars, seed=seed, tempo=row["bpm"], **knobs)


def rule_walk(row: Row, seed: int) -> Row:
    """A textbook: root on the change, chord tones by step, a half-step into the next root."""
    dice, notes, last = random.Random(seed), [], 41
    for start, end, root, pcs, _ in row["chords"]:
        following = next((chord[2] for chord in row["chords"] if chord[0] >= end), root)
        for beat in range(int(start), int(end)):
            wanted = [root] if beat == int(start) else pcs
            if beat == int(end) - 1 and beat > start:
                wanted = [(following + dice.choice((-1, 1))) % 12]
            options = [pitch for pitch in range(28, 56) if pitch % 12 in wanted and pitch != last]
            last = min(options, key=lambda pitch: abs(pitch - last) + abs(pitch - 41) * 0.2 + dice.random())
            notes.append([beat, 0.95, last, 90])
    return row | {"notes": notes}


def chord_tones(row: Row, seed: int) -> Row:
    """Any tone of the chord, anywhere in the register."""
    dice, notes = random.Random(seed), []
    for start, end, _, pcs, _ in row["chords"]:
        options = [pitch for pitch in range(31, 53) if pitch % 12 in pcs]
        notes += [[beat, 0.95, dice.choice(options), 90] for beat in range(int(start), int(end))]
    return row | {"notes": notes}


def scores(seeds: tuple[int, ...] = (11, 12, 13)) -> dict[str, dict[str, dict[str, float]]]:
    """OA and C2ST of each source on each set of features, the mean over the seeds; empty without data."""
    told, rows = measure(), real_lines()
    if told is None or not rows:
        return {}
    learn, test = halves(rows)
    sources: dict[str, Callable[[Row, int], Row]] = {"ours": ours, "rule walk": rule_walk, "chord tones": chord_tones}
    takes = {"real, other solos": [learn]}
    for name, make in sources.items():
        takes[name] = [[make(row, seed * 10_000 + place) for place, row in enumerate(test)] for seed in seeds]
    out: dict[str, dict[str, dict[str, float]]] = {}
    for name, clips in takes.items():
        out[name] = {}
        for label, skipped in SETS.items():
            found = [told.report(take, ref=test, cmp_skip=skipped, quiet=True) for take in clips]
            out[name][label] = {
                "oa": round(sum(one["mean_oa"] for one in found) / len(found), 3),
                "c2st": round(sum(one["c2st_auc"] for one in found) / len(found), 3),
            }
    return out


def at_changes(rows: Sequence[Row]) -> dict[str, float]:
    """What lines of one note a beat do where chords change, and how they move.

    Returns:
        Shares of changes that begin on a chord tone, on the root, on the pitch before, and a step from it; shares of
        all intervals that repeat and that step; lowest and highest pitch.
    """
    found: dict[str, list[bool]] = {name: [] for name in ("tone", "root", "held", "stepped", "repeats", "steps")}
    heard: list[int] = []
    for row in rows:
        pitches = [int(note[2]) for note in sorted(row["notes"])]
        moves = [abs(after - before) for before, after in pairwise(pitches)]
        heard += pitches
        found["repeats"] += [move == 0 for move in moves]
        found["steps"] += [1 <= move <= 2 for move in moves]
        for start, _, root, tones, _ in row["chords"]:
            if 0 < start < len(pitches):
                pitch, move = pitches[int(start)], moves[int(start) - 1]
                found["tone"].append(pitch % 12 in tones)
                found["root"].append(pitch % 12 == root)
                found["held"].append(move == 0)
                found["stepped"].append(1 <= move <= 2)
    shares = {name: round(sum(one) / len(one), 3) for name, one in found.items()}
    return shares | {"lowest": min(heard), "highest": max(heard)}


def latency(takes: int = 100) -> dict[str, dict[str, float]]:
    """Processor milliseconds for eight bars of each style, warm."""
    out = {}
    for style in bass_styles():
        spent = []
        for seed in range(-5, takes):
            request = BassRequest(style=style, seed=abs(seed), key="D minor")
            before = time.process_time()
            compose_bass(request)
            spent.append((time.process_time() - before) * 1000)
        spent = sorted(spent[5:])
        out[style] = {"p50": round(spent[len(spent) // 2], 2), "p99": round(spent[int(len(spent) * 0.99)], 2)}
    return out


def main() -> None:
    """Prints the tables."""
    seeds = tuple(map(int, sys.argv[1:])) or (11, 12, 13)
    for name, rows in zip(("learnt from", "held out"), halves(real_lines()), strict=True):
        if rows:
            made = [ours(row, seeds[0] * 10_000 + place) for place, row in enumerate(rows)]
            print(f"changes, {name}: real {at_changes(rows)}\n{'':{len(name) + 10}}ours {at_changes(made)}", flush=True)
    found = scores(seeds)
    if not found:
        print("Skipped: ../shared/data/music or ../shared/eval is not there.")
    for name, sets in found.items():
        print(f"{name:18}", *(f"{label}: OA {one['oa']:.3f} C2ST {one['c2st']:.3f}" for label, one in sets.items()))
    print(json.dumps({"latency_ms": latency()}, indent=None))


if __name__ == "__main__":
    main()
