"""Which tempo: the evidence for each, weighed by a small network that looks at all tempi alike."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.hear import beat_network, tempo_evidence
from engine.hear.rhythm_result import Hints
from engine.hear.sound import Samples
from engine.hear.spectrum import FINE_RATE

Floats = NDArray[np.float64]

LOWEST, HIGHEST = 24.0, 300.0
"""BPM between which a tempo is looked for."""

_WEIGHTS = Path(__file__).parent / "weights" / "tempo.npz"
_HINT = 1.2  # nats that a hint is worth: it decides between octaves, not against the audio
_HINT_WIDTH = 0.02


def grid() -> Floats:
    """All tempi that are weighed, BPM, shape (n,)."""
    return tempo_evidence.tempi()


def weighed(level: Samples, beats: Samples, downs: Samples, classes: Samples) -> Floats:
    """Log score of each tempo of `grid`.

    Args:
        level: Mel bands in dB, shape (frames, 64), at `FINE_RATE`.
        beats: Probability of a beat in each frame, at `beat_network.RATE`.
        downs: Probability of a down-beat in each frame.
        classes: Probability of each tempo class of the network.
    """
    weights = _weights()
    x = tempo_evidence.evidence(level, beats, downs, said(classes), FINE_RATE)
    for layer in ("first", "second"):
        x = x @ weights[f"{layer}_weight"].T + weights[f"{layer}_bias"]
        x = np.where(x > 0, x, np.expm1(np.minimum(x, 0)))
    scores = (x @ weights["last_weight"].T + weights["last_bias"])[:, 0].astype(np.float64)
    scores[grid() > HIGHEST] = -50
    return scores


def said(classes: Samples) -> Floats:
    """Log probability of each tempo of `grid` from the network's coarser classes."""
    place = np.log(grid() / beat_network.LOWEST) / beat_network.STEP
    least = float(np.log(1e-4))
    return np.asarray(np.interp(place, np.arange(len(classes)), np.log(classes + 1e-4), left=least, right=least))


def hinted(scores: Floats, hints: Hints) -> Floats:
    """Scores with what was said beforehand: a little more near each hint."""
    tempi, out = grid(), scores.copy()
    for bpm in hint_tempi(hints):
        distance = np.log(tempi / bpm) / _HINT_WIDTH
        out += _HINT * np.exp(-0.5 * distance**2)
    return out


def hint_tempi(hints: Hints) -> list[float]:
    """Tempi that the Set and the name speak of, those between 24 and 300 BPM."""
    found = [] if hints.tempo is None else [hints.tempo]
    named = named_tempo(hints.name)
    return [bpm for bpm in (*found, *([] if named is None else [named])) if LOWEST <= bpm <= HIGHEST]


def named_tempo(name: str) -> float | None:
    """The tempo that a file's name speaks of: "loop_174bpm.wav", "BPM 90 keys"; None when it speaks of none."""
    found = re.search(r"(?<![\d.])(\d{2,3}(?:\.\d{1,3})?)[ _-]?bpm|bpm[ _-]?(\d{2,3}(?:\.\d{1,3})?)(?!\d)", name, re.I)
    return float(found[1] or found[2]) if found else None


def peaks(scores: Floats, most: int = 5, apart: float = 0.06) -> list[tuple[float, float]]:
    """The best tempi and their shares, at least `apart` from each other as a ratio."""
    tempi, chances = grid(), np.exp(scores - scores.max())
    found: list[tuple[float, float]] = []
    left = chances.copy()
    while len(found) < most and left.max() > 0:
        best = int(left.argmax())
        near = np.abs(np.log(tempi / tempi[best])) < apart
        found.append((float(tempi[best]), float(chances[best])))
        left[near] = 0
    total = sum(share for _, share in found)
    return [(bpm, share / total) for bpm, share in found]


@lru_cache(1)
def _weights() -> dict[str, Samples]:
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        return {name: np.ascontiguousarray(stored[name], dtype=np.float32) for name in stored.files}
