"""Learns the weights of the melody composer from half of the shared songs of POP909.

    python -m tests.benchmarks.composing.fit_melody

Two regressions: whether a note begins on a sixteenth (logistic), and which pitch it takes (a choice among the pitches
of two octaves: conditional logit, McFadden 1974). Where a phrase begins in a clip is not written in the data; it is
found by turns with the weights. Writes ``engine/compose/melody/weights.json``.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from tests.benchmarks.composing.melody_design import PITCH, RHYTHM, Song, offsets, pitch_rows, rhythm_rows
from tests.benchmarks.composing.melody_traits import MEASURED, duration_table, legato, loudness, measured
from tests.benchmarks.composing.pop909 import melodies

OUT = Path(__file__).parents[3] / "engine" / "compose" / "melody" / "weights.json"
NOTE = (
    "Statistics of the melodies of POP909 (Wang et al. 2020, MIT licence), every second of the songs with odd numbers; "
    "made by tests/benchmarks/composing/fit_melody.py."
)
ROUNDS = 3
MOST_CHARACTERS = 240

Floats = NDArray[np.float64]


def main() -> None:
    """Learns and writes."""
    songs = [song for song in map(Song, melodies("fit")) if len(song.steps) >= 8]
    if not songs:
        sys.stdout.write("The shared melodies are not there: nothing was learnt.\n")
        return
    durations = duration_table(songs)
    characters, traits = _characters(songs, durations)
    rhythm = _fit_rhythm(songs, traits)
    pitch = _fit_pitch(songs, traits)
    weights = {
        "source": NOTE,
        "rhythm": _named(RHYTHM, rhythm),
        "pitch": _named(PITCH, pitch),
        "durations": durations,
        "characters": characters,
    }
    OUT.write_text(_printed(weights), encoding="utf-8")
    sys.stdout.write(f"{OUT}: {OUT.stat().st_size} bytes, from {len(songs)} clips\n")


def _characters(songs: list[Song], durations: list[list[float]]) -> tuple[dict[str, Any], list[dict[str, float]]]:
    """Traits of every song in deviations from the mean, and the table of them that is shipped."""
    rows = [measured(song) for song in songs]
    table = np.array([[row[name] for name in MEASURED] for row in rows])
    means, deviations = table.mean(0), table.std(0)
    table = (table - means) / deviations
    # Rest beside fullness: what the rates of onsets do not say already.
    rates, rest = table[:, :4], MEASURED.index("rest")
    table[:, rest] -= rates @ np.linalg.lstsq(rates, table[:, rest], rcond=None)[0]
    traits = [dict(zip(MEASURED, map(float, row), strict=True)) for row in table]
    columns = [*MEASURED, "low", "high", "accent", "rise", "force", "kept", "legato", "uneven"]
    full = [
        [*row, song.low, song.high, *loudness(song), *legato(song, durations)]
        for row, song in zip(table.tolist(), songs, strict=True)
    ]
    chosen = np.random.default_rng(909).permutation(len(full))[:MOST_CHARACTERS]
    return {
        "columns": columns,
        "means": [round(x, 3) for x in means.tolist()],
        "deviations": [round(x, 3) for x in deviations.tolist()],
        "rows": [[round(x, 2) for x in full[i]] for i in sorted(chosen.tolist())],
    }, traits


def _fit_rhythm(songs: list[Song], traits: list[dict[str, float]]) -> Floats:
    for song in songs:
        song.phase = _first_guess(song)
    weights = np.zeros(offsets(RHYTHM)["end"])
    for turn in range(ROUNDS):
        if turn:
            for song, trait in zip(songs, traits, strict=True):
                song.phase = _likeliest(song, trait, weights)
        made = [rhythm_rows(song, trait) for song, trait in zip(songs, traits, strict=True)]
        rows = np.array([row for one in made for row in one[0]], dtype=np.int32)
        values = np.array([value for one in made for value in one[1]], dtype=np.float32)
        hits = np.array([hit for one in made for hit in one[2]])
        weights = _minimised(_logistic(rows, values, hits), weights, 200, len(hits))
    return weights


def _first_guess(song: Song) -> int:
    """Where phrases of four bars begin if they end in silence."""
    late = np.array(song.onsets).reshape(8, 16)[:, 8:].sum(1)
    wanted = {3: 2, 1: 1}
    scores = [sum(late[bar] * wanted.get((bar + phase) % 4, -1) for bar in range(8)) for phase in range(4)]
    return int(np.argmin(scores))


def _likeliest(song: Song, trait: dict[str, float], weights: Floats) -> int:
    scores = []
    for phase in range(4):
        song.phase = phase
        rows, values, hits = (np.array(one) for one in rhythm_rows(song, trait))
        logits = (weights[rows] * values).sum(1)
        scores.append(-np.log1p(np.exp(np.where(hits, -logits, logits))).sum())
    return int(np.argmax(scores))


def _logistic(
    rows: NDArray[np.int32], values: NDArray[np.float32], hits: NDArray[np.int64]
) -> Callable[[Floats], tuple[float, Floats]]:
    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = (weights[rows] * values).sum(1)
        chance = 1 / (1 + np.exp(-logits))
        log = -np.log1p(np.exp(np.where(hits, -logits, logits))).sum()
        slope = np.bincount(rows.ravel(), ((chance - hits)[:, None] * values).ravel(), len(weights)) + weights
        slope[0] = 0
        return float(-log + 0.5 * (weights**2).sum()), slope

    return loss


def _fit_pitch(songs: list[Song], traits: list[dict[str, float]]) -> Floats:
    tables, strengths, choices = [], [], []
    for song, trait in zip(songs, traits, strict=True):
        table, strength, choice = pitch_rows(song, trait)
        known = np.array(choice) >= 0
        tables.append(table[known])
        strengths.append(strength[known])
        choices.append(np.array(choice)[known])
    weights = np.zeros(offsets(PITCH)["end"])
    rows = np.concatenate(tables)
    taken = np.concatenate(choices)
    return _minimised(_choice(rows, np.concatenate(strengths), taken), weights, 80, len(taken))


def _choice(
    rows: NDArray[np.int32], values: NDArray[np.float32], taken: NDArray[np.int64]
) -> Callable[[Floats], tuple[float, Floats]]:
    outside = rows[:, :, 0] < 0
    rows = np.maximum(rows, 0)
    every = np.arange(len(taken))

    def loss(weights: Floats) -> tuple[float, Floats]:
        logits = np.einsum("nck,nck->nc", weights[rows], values)
        logits[outside] = -1e9
        logits -= logits.max(1, keepdims=True)
        chances = np.exp(logits)
        chances /= chances.sum(1, keepdims=True)
        log = np.log(chances[every, taken] + 1e-12).sum()
        chances[every, taken] -= 1
        slope = np.bincount(rows.ravel(), (chances[:, :, None] * values).ravel(), len(weights)) + weights
        slope[0] = 0
        return float(-log + 0.5 * (weights**2).sum()), slope

    return loss


def _minimised(loss: Callable[[Floats], tuple[float, Floats]], start: Floats, turns: int, count: int) -> Floats:
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": turns})
    sys.stdout.write(f"{count} rows, {found.nit} turns, loss {found.fun / count:.4f} nats\n")
    return np.asarray(found.x)


def _named(groups: dict[str, tuple[int, ...]], weights: Floats) -> dict[str, Any]:
    at = offsets(groups)
    return {
        name: [round(x, 3) + 0.0 for x in weights[at[name] : at[name] + math.prod(shape)].tolist()]
        for name, shape in groups.items()
    }


def _printed(weights: dict[str, Any]) -> str:
    """JSON with one list of numbers a line."""
    text = json.dumps(weights, indent=1)
    out: list[str] = []
    for line in text.splitlines():
        word = line.strip()
        number = word.rstrip(",").lstrip("-").replace(".", "", 1).replace("e-", "").isdigit()
        if out and (number or (word in ("]", "],") and out[-1][-1] not in "[]")):
            out[-1] += word if out[-1].endswith("[") or word[0] == "]" else f" {word}"
        else:
            out.append(line)
    return "\n".join(out) + "\n"


if __name__ == "__main__":
    main()
