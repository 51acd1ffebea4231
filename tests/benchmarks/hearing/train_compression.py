"""Fit the trees that hear heavy compression: `python -m tests.benchmarks.hearing.train_compression`.

Made from the half of the clean material that `score_forensics` does not use. What is compressed lightly is left out of
the question whether it is compressed, since nobody could tell; it teaches the ratio. How sure the trees are is set by
what they say of sounds that they were not fitted on (five parts in turn), with clean sounds weighing more.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from engine.hear.forensics.dynamics import dynamics
from engine.hear.sound import Sound
from tests.benchmarks.hearing.train_forensics import material

WEIGHTS = Path(__file__).parents[3] / "engine" / "hear" / "weights" / "compression.json"
LIGHT = ("6 2", "6 4", "limit 6")
"""Strengths that nobody could tell."""

LIMITED = ("rock", "techno", "drum and bass", "behind a low-pass")
"""Clean files that are made with saturation: neither clean nor of known strength here."""

CAUTION, FALSE = 4.0, 0.015
"""How much more clean sounds weigh, and the share of them that may reach a probability of one half."""

SHORT = 8
"""Seconds; the beginning of a sound is learnt from, too: little sound says less."""
TREES = {"n_estimators": 80, "max_depth": 2, "subsample": 0.7, "min_samples_leaf": 6, "random_state": 1}

Floats = NDArray[np.float64]
Row = tuple[list[float], str, float, int]


def rows(half: str) -> Iterator[Row]:
    """Figures of clean and compressed sounds, the strength ("" is clean), the ratio, and a number for each song."""
    song, name = -1, ""
    for sound, done, strength in material("compression", half):
        song += done is None
        name = strength if done is None else name
        if name.endswith(LIMITED):
            continue
        short = Sound(sound.samples[: SHORT * sound.rate], sound.rate)
        for part in (sound, short) if sound.frames > short.frames else (sound,):
            found = dynamics(part)
            if found is not None:
                yield found, "" if done is None else strength, 1.0 if done is None else done.truth[0], song


def present(told: list[Row]) -> dict[str, object]:
    """Trees whose sum is the logarithm of the odds that it was compressed heavily."""
    kept = [row for row in told if row[1] not in LIGHT]
    figures, truth = np.array([row[0] for row in kept]), np.array([bool(row[1]) for row in kept])
    songs = np.array([row[3] for row in kept])
    said = np.zeros(len(kept))
    for fit, rest in GroupKFold(5).split(figures, truth, songs):
        fitted = GradientBoostingClassifier(learning_rate=0.12, **TREES).fit(figures[fit], truth[fit])
        said[rest] = fitted.decision_function(figures[rest])
    weight = np.where(truth, 1 / truth.mean(), CAUTION / (1 - truth.mean()))
    sure = LogisticRegression(C=10.0).fit(said[:, None], truth, sample_weight=weight)
    slope = float(sure.coef_[0, 0])
    shift = min(float(sure.intercept_[0]), -slope * float(np.quantile(said[~truth], 1 - FALSE)))
    likely = slope * said + shift > 0
    print(f"present: n {len(kept)}, found {likely[truth].mean():.2f}, wrong {likely[~truth].mean():.3f}")
    fitted = GradientBoostingClassifier(learning_rate=0.12, **TREES).fit(figures, truth)
    prior = float(np.log(truth.mean() / (1 - truth.mean())))
    return exported(fitted, 0.12 * slope, slope * prior + shift)


def ratio(told: list[Row]) -> dict[str, object]:
    """Trees whose sum is the logarithm, to base 2, of the ratio."""
    kept = [row for row in told if row[1]]
    figures, truth = np.array([row[0] for row in kept]), np.log2([row[2] for row in kept])
    fitted = GradientBoostingRegressor(learning_rate=0.08, **TREES).fit(figures, truth)
    return exported(fitted, 0.08, float(truth.mean()))


def exported(
    fitted: GradientBoostingClassifier | GradientBoostingRegressor, scale: float, bias: float
) -> dict[str, object]:
    """As `engine.hear.forensics.models.Trees` reads them; where a tree asks once only, both answers add the same."""
    features, thresholds, leaves = [], [], []
    for each in fitted.estimators_[:, 0]:
        tree = each.tree_
        sides = [(tree.children_left[0], tree.children_right[0])] if tree.node_count > 1 else [(0, 0)]
        asked, held, adds = [max(0, int(tree.feature[0]))], [float(tree.threshold[0])], []
        for side in sides[0]:
            leaf = tree.children_left[side] < 0
            asked.append(0 if leaf else int(tree.feature[side]))
            held.append(0.0 if leaf else float(tree.threshold[side]))
            ends = (side, side) if leaf else (tree.children_left[side], tree.children_right[side])
            adds += [round(scale * float(tree.value[end, 0, 0]), 5) for end in ends]
        features.append(asked)
        thresholds.append([round(value, 5) for value in held])
        leaves.append(adds)
    return {"features": features, "thresholds": thresholds, "leaves": leaves, "bias": round(bias, 5)}


def main() -> None:
    """Fit both."""
    told = list(rows("tune"))
    found = {"present": present(told), "ratio": ratio(told)}
    WEIGHTS.write_text(json.dumps(found, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
