"""Fit the small models of forensics: `python -m tests.benchmarks.hearing.train_forensics [lossy ...]`.

Everything is made from the half of the clean material that `score_forensics` does not use. Probabilities are logistic
and fitted with as much clean as damaged material; what is told at 0.5 is therefore what is likelier damaged.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression, Ridge
from sklearn.preprocessing import StandardScaler

from engine.hear.forensics import edge, edits, lossy, resampled, seams, traces
from engine.hear.forensics.edit_kernels import bends
from engine.hear.sound import Sound
from tests.benchmarks.hearing.damages import Damaged
from tests.benchmarks.hearing.damages_all import MAKERS, STRENGTHS
from tests.benchmarks.hearing.damages_clean import KINDS, RATE, clean

WEIGHTS = Path(__file__).parents[3] / "engine" / "hear" / "weights" / "forensics.json"
COUNTS = {"music": 45, "edm": 20, "loop": 23, "plain": 30}

CLOSE = 0.006
"""Seconds that a seam may be beside the edit."""

Row = tuple[list[float], float]


def material(kind: str, half: str = "tune", share: float = 1.0) -> Iterator[tuple[Sound, Damaged | None, str]]:
    """Clean files, each followed by some damage of one kind: the sound, what was done, its strength."""
    for number, group in enumerate(KINDS):
        for index, item in enumerate(clean(half, group, round(share * COUNTS[group]))):
            yield item.sound, None, item.name
            dice = np.random.default_rng([7, number, index])
            if np.abs(item.sound.samples).max() == 0:
                continue
            for place in range(3):
                strength = STRENGTHS[kind][(index * 3 + place) % len(STRENGTHS[kind])]
                done = MAKERS[kind](item.sound.samples, strength, dice)
                yield Sound(done.samples, RATE), done, strength


def fit_lossy() -> dict[str, object]:
    """The probability of lossy coding, and its bit rate for coders like MP3 and like AAC."""
    rows: list[Row] = []
    rates: dict[str, list[Row]] = {"MP3": [], "AAC": []}
    for sound, done, _ in material("lossy"):
        found = traces.trace(sound)
        if found is None:
            continue
        rows.append((lossy.lossy_features(found), float(done is not None)))
        if done is not None and found.score > 5:
            rates[found.coder].append((lossy.rate_features(found), float(np.log2(done.truth[0]))))
    return {"lossy": logistic(rows), "mp3_rate": ridge(rates["MP3"]), "aac_rate": ridge(rates["AAC"])}


def fit_resampled() -> dict[str, object]:
    """The probability of resampling, by the end of the spectrum and by its mirror image."""
    ends, images = [], []
    for sound, done, strength in material("resampled"):
        end, image = edge.edges(sound)
        good = done is None or strength.split()[0] in {"soxr", "sox"}
        if end is not None and good and (done is None or abs(end.hz - done.truth[0] / 2) < 0.1 * end.hz):
            ends.append((resampled.edge_features(sound, end), float(done is not None)))
        if image is not None and (done is None or (not good and image.origin == done.truth[0])):
            images.append((resampled.mirror_features(image), float(done is not None)))
    return {"resampled": logistic(ends), "mirrored": logistic(images)}


def fit_edit() -> dict[str, object]:
    """The probability of an edit, by how far a seam stands out."""
    rows = []
    for sound, done, _ in material("edit"):
        found = seams.seams(sound, bends(sound.samples))
        for seam, strength in zip(found, edits.strengths(found, sound.duration), strict=True):
            there = done is not None and any(abs(seam.frame / RATE - edit) < CLOSE for edit in done.truth)
            if strength >= 2 and (done is None or there):
                rows.append((edits.edit_features(strength), float(there)))
    return {"edit": logistic(rows)}


def logistic(rows: list[Row], caution: float = 4.0) -> dict[str, object]:
    """Logistic regression on standardised features; clean files together weigh `caution` times what damaged do."""
    features, truth = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    scaler = StandardScaler().fit(features)
    damaged = float(truth.mean())
    weight = np.where(truth > 0, 1 / damaged, caution / (1 - damaged))
    fitted = LogisticRegression(C=1.0, max_iter=5000)
    fitted.fit(scaler.transform(features), truth, sample_weight=weight)
    said = fitted.predict(scaler.transform(features))
    missed, wrong = int((said < truth).sum()), int((said > truth).sum())
    print(f"  n {len(rows)}, damaged {int(truth.sum())}, missed {missed}, wrong {wrong}")
    return numbers(scaler, fitted.coef_[0], float(fitted.intercept_[0]))


def ridge(rows: list[Row]) -> dict[str, object]:
    """Linear regression."""
    features, truth = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    scaler = StandardScaler().fit(features)
    fitted = Ridge(alpha=1.0).fit(scaler.transform(features), truth)
    off = np.abs(fitted.predict(scaler.transform(features)) - truth)
    print(f"  n {len(rows)}, off by {np.median(off):.2f} octaves (median), {np.quantile(off, 0.9):.2f} (nine of ten)")
    return numbers(scaler, fitted.coef_, float(fitted.intercept_))


def numbers(scaler: StandardScaler, weights: np.ndarray, bias: float) -> dict[str, object]:
    """As `engine.hear.forensics.models` reads them."""
    found = {"mean": scaler.mean_, "scale": scaler.scale_, "weights": weights}
    told = {name: [round(float(each), 5) for each in values] for name, values in found.items()}
    return told | {"bias": round(bias, 5)}


FITS: dict[str, Callable[[], dict[str, object]]] = {"lossy": fit_lossy, "resampled": fit_resampled, "edit": fit_edit}


def main() -> None:
    """Fit what is asked for, all by default, and keep the rest."""
    found = json.loads(WEIGHTS.read_text(encoding="utf-8")) if WEIGHTS.exists() else {}
    for name in sys.argv[1:] or FITS:
        print(name)
        found |= FITS[name]()
    WEIGHTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
