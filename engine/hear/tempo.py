"""Which tempo: what the network says of the whole, and how well its beats repeat at each distance."""

from __future__ import annotations

import re

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from engine.hear import beat_network
from engine.hear.rhythm_result import Hints
from engine.hear.sound import Samples

Floats = NDArray[np.float64]

LOWEST, HIGHEST = 30.0, 300.0
"""BPM between which a tempo is looked for."""

STEP = 0.005
"""Tempi that are weighed are this far apart, as a ratio."""

_LAGS = (1, 2, 3, 4, 8)
_WEIGHTS = (1.0, 0.9, 0.5, 0.8, 0.5)
_HINT = 1.2  # nats that a hint is worth: it decides between octaves, not against the audio
_HINT_WIDTH = 0.02


def grid() -> Floats:
    """All tempi that are weighed, BPM, shape (n,)."""
    return np.asarray(LOWEST * np.exp(STEP * np.arange(int(np.log(HIGHEST / LOWEST) / STEP) + 1)))


def weighed(beats: Samples, classes: Samples) -> Floats:
    """Log score of each tempo of `grid`.

    Args:
        beats: Probability of a beat in each frame, at `beat_network.RATE`.
        classes: Probability of each tempo class.
    """
    tempi = grid()
    place = np.log(tempi / beat_network.LOWEST) / beat_network.STEP
    said = np.interp(place, np.arange(len(classes)), np.log(classes + 1e-4), left=np.log(1e-4), right=np.log(1e-4))
    return np.asarray(said + 2.5 * np.log(np.maximum(_repeats(beats, tempi), 0.02)))


def _repeats(beats: Samples, tempi: Floats) -> Floats:
    """How well beats repeat after 1, 2, 3, 4 and 8 beats of each tempo: 0 not at all, 1 wholly."""
    centred = beats - beats.mean()
    size = scipy.fft.next_fast_len(2 * len(beats), real=True)
    power = np.abs(scipy.fft.rfft(centred, size)) ** 2
    correlation = scipy.fft.irfft(power, size)[: len(beats)]
    # Few frames overlap at long lags: what is missing there is no sign against a tempo.
    correlation /= np.maximum(len(beats) - np.arange(len(beats)), len(beats) / 4)
    correlation /= max(correlation[0], 1e-12)
    total, weights = np.zeros(len(tempi)), np.zeros(len(tempi))
    for lag, weight in zip(_LAGS, _WEIGHTS, strict=True):
        frames = lag * 60 * beat_network.RATE / tempi
        inside = frames < 0.75 * len(beats)
        near = [np.interp(frames + shift, np.arange(len(beats)), correlation) for shift in (-0.5, 0, 0.5)]
        total += weight * inside * np.max(near, axis=0)
        weights += weight * inside
    return np.maximum(total, 0) / np.maximum(weights, 1e-9)


def hinted(scores: Floats, hints: Hints) -> Floats:
    """Scores with what was said beforehand: a little more near each hint."""
    tempi, out = grid(), scores.copy()
    for bpm in hint_tempi(hints):
        distance = np.log(tempi / bpm) / _HINT_WIDTH
        out += _HINT * np.exp(-0.5 * distance**2)
    return out


def hint_tempi(hints: Hints) -> list[float]:
    """Tempi that the Set and the name speak of, those between 20 and 300 BPM."""
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
