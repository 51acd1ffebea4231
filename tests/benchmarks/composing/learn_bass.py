"""Learns the walking model from real lines: ``python -m tests.benchmarks.composing.learn_bass [rounds]``.

A log-linear model of the next pitch given the chord, the next chord, the place in the bar and the notes before, with
offsets of its own for every line (how much it repeats, steps, leaps, keeps to chord tones ...). Weights and offsets
are the most probable ones; how widely offsets lie is estimated by expectation maximisation (Laplace's approximation).
Then the model is settled on lines of its own; with no rounds of learning it is settled alone. Half of the shared solos
is learned from; ``score_bass`` reports on the other. Writes engine/compose/bass/walking_wjd.json.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec
import numpy as np

from engine.compose.bass.walk_model import HIGH, LAGS, LOW, TRAITS, WEIGHTS, walk_model
from tests.benchmarks.composing.bass_contexts import (
    OFFSETS,
    SHAPES,
    SIZE,
    Floats,
    Looks,
    Row,
    contexts,
    halves,
    real_lines,
)
from tests.benchmarks.composing.score_bass import ours

NOTE = (
    "Derived statistics (weights of a log-linear model and offsets of anonymous eight-bar lines) of bass lines of the "
    "Weimar Jazz Database, as extracted in the JazzoData project. This file is a database of its own, separate from "
    "the program: it is made available under the Open Database License (ODbL) 1.0, share-alike; attribution: The "
    "Jazzomat Research Project, Weimar Jazz Database. It contains no line of music."
)
_STRONGER = {"pair": 3.0, "turn": 2.0}
CLOSE_TO_CHORDS = ("tone", "root", "fifth")


def train(looks: Looks, lines: int, rounds: int) -> tuple[Floats, Floats, Floats]:
    """Fits weights, the offsets of every line and their covariance."""
    from scipy.optimize import minimize

    indices, marks, played, line = looks
    wide, count = len(TRAITS), np.arange(len(played))
    flat = indices.reshape(-1)
    ridge = np.ones(SIZE)
    for name, strength in _STRONGER.items():
        ridge[OFFSETS[name] : OFFSETS[name] + int(np.prod(SHAPES[name]))] = strength
    weights, offsets, spread = np.zeros(SIZE), np.zeros((lines, wide)), np.eye(wide) * 0.2

    def chances(weights: Floats, offsets: Floats) -> Floats:
        score = weights[indices].sum(-1) + np.einsum("npl,nl->np", marks, offsets[line])
        score = np.exp(score - score.max(1, keepdims=True))
        return np.asarray(score / score.sum(1, keepdims=True))

    for turn in range(rounds):
        inverse = np.linalg.inv(spread)

        def loss(point: Floats, inverse: Floats = inverse) -> tuple[float, Floats]:
            weights = np.concatenate([[0.0], point[1:SIZE]])
            offsets = point[SIZE:].reshape(lines, wide)
            chance = chances(weights, offsets)
            pulled = offsets @ inverse
            total = -np.log(chance[count, played]).sum() + (ridge * weights**2).sum() / 2 + (pulled * offsets).sum() / 2
            chance[count, played] -= 1
            slope = np.bincount(flat, np.repeat(chance.reshape(-1), indices.shape[2]), minlength=SIZE)
            slope[0] = 0.0
            each = np.zeros_like(offsets)
            np.add.at(each, line, np.einsum("npl,np->nl", marks, chance))
            return float(total), np.concatenate([slope + ridge * weights, (each + pulled).ravel()])

        start = np.concatenate([weights, offsets.ravel()])
        found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 50 if turn else 120})
        weights, offsets = np.concatenate([[0.0], found.x[1:SIZE]]), found.x[SIZE:].reshape(lines, wide)
        chance = chances(weights, offsets)
        mean = np.einsum("npl,np->nl", marks, chance)
        inner = np.einsum("npl,npk,np->nlk", marks, marks, chance) - mean[:, :, None] * mean[:, None]
        curved = np.zeros((lines, wide, wide))
        np.add.at(curved, line, inner)
        unsure = np.linalg.inv(curved + inverse)
        spread = (offsets[:, :, None] * offsets[:, None] + unsure).mean(0)
        print(f"round {turn + 1}: {-np.log(chance[count, played]).mean():.4f} nats a note", flush=True)
    return weights, offsets, spread


def settle(rows: list[Row], rounds: int, path: Path = WEIGHTS) -> None:
    """Moves all offsets alike until lines of the model have, on the whole, the traits of those learnt from.

    A model of the next note drifts where its own notes lead it, and manners lead it elsewhere: it would leap a little
    more than players do. Lines are made over the same changes, and each trait is moved by what is missing of it; but
    for those that say how close lines keep to their chords, which manners are there to raise.
    """
    wanted, width = _traits_played(rows)
    moved = np.array([trait not in CLOSE_TO_CHORDS for trait in TRAITS])
    for turn in range(rounds):
        walk_model.cache_clear()
        found, _ = _traits_played([ours(row, turn * 10_000 + place) for place, row in enumerate(rows)])
        document = json.loads(path.read_text("utf-8"))
        # Smaller and smaller steps: every round draws other characters, whose chance is to even out.
        step = np.where(moved, 0.8 / (turn + 1) * (wanted - found) / width, 0.0)
        document["characters"] = np.round(np.array(document["characters"]) + step, 2).tolist()
        _save(document, path)
        print("settling:", dict(zip(TRAITS, np.round(found - wanted, 3).tolist(), strict=True)), flush=True)


def _traits_played(rows: list[Row]) -> tuple[Floats, Floats]:
    """How often each trait was played, and its variance."""
    _, marks, played, _ = contexts(rows)
    chosen = marks[np.arange(len(played)), played].astype(np.float64)
    return chosen.mean(0), np.maximum(chosen.var(0), 0.02)


def write(weights: Floats, offsets: Floats, spread: Floats, path: Path = WEIGHTS) -> None:
    """Writes the model as JSON, one table a line."""
    rest = spread - np.cov(offsets.T, bias=True)
    values, vectors = np.linalg.eigh(rest)
    # What offsets miss of their true width, as a matrix that makes bell-shaped numbers hang together.
    loose = np.linalg.qr((vectors * np.sqrt(np.maximum(values, 1e-6))).T)[1].T
    tables = {
        name: np.round(weights[OFFSETS[name] : OFFSETS[name] + int(np.prod(shape))].reshape(shape), 3).tolist()
        for name, shape in SHAPES.items()
        if name != "nothing"
    }
    document = {
        "note": NOTE,
        "made_by": "tests/benchmarks/composing/learn_bass.py",
        "low": LOW,
        "high": HIGH,
        "lags": list(LAGS),
        "traits": list(TRAITS),
        **tables,
        "characters": np.round(offsets, 2).tolist(),
        "loose": np.round(loose, 3).tolist(),
    }
    _save(document, path)


def _save(document: dict[str, Any], path: Path) -> None:
    lines = [f'"{name}": {json.dumps(value, separators=(",", ":"))}' for name, value in document.items()]
    text = "{\n" + ",\n".join(lines) + "\n}\n"
    msgspec.json.decode(text)
    path.write_text(text, "utf-8")


def main() -> None:
    """Learns and writes."""
    rows = real_lines()
    if not rows:
        print("Skipped: the walking lines are not in ../shared/data/music.")
        return
    learn, _ = halves(rows)
    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 14
    if rounds:
        write(*train(contexts(learn), len(learn), rounds))
    settle(learn, 5)


if __name__ == "__main__":
    main()
