"""What speaks for each tempo: how onsets and beats repeat at it, and at its multiples and fractions."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from engine.hear.sound import Samples

Floats = NDArray[np.float64]

LOWEST, STEP, COUNT = 24.0, 0.01, 256
"""Tempo n is LOWEST * exp(STEP * n): 24 to 307 BPM."""

RATIOS = (1 / 8, 1 / 6, 1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1, 4 / 3, 3 / 2, 2, 3, 4)
"""Where each tempo is asked for repetition: at itself times these."""

_EDGES = (0, 5, 16, 40, 64)  # mel bands: kick and bass, voice and snare, presence, hats
_REGIONS = 10  # soft steps of the tempo by itself: how usual it is
_POINTS = np.linspace(-0.5, 0.5, 5) * STEP
_DEPTH = 60.0


def tempi() -> Floats:
    """All tempi that are weighed, BPM, shape (COUNT,)."""
    return np.asarray(LOWEST * np.exp(STEP * np.arange(COUNT)))


def evidence(level: Samples, beats: Samples, downs: Samples, classes: Floats, rate: float) -> Samples:
    """Gather what speaks for each tempo.

    Args:
        level: Mel bands in dB, shape (frames, 64), at `rate` frames a second.
        beats: Probability of a beat, at half that rate.
        downs: Probability of a down-beat, at half that rate.
        classes: What the network says of each tempo of `tempi`, log probability, shape (COUNT,).
        rate: Frames a second of `level`.

    Returns:
        Shape (COUNT, features), float32, each about 0 to 1.
    """
    rise = np.zeros_like(level)
    floored = np.maximum(level - level.max(), -_DEPTH)
    rise[2:] = np.maximum(floored[2:] - floored[:-2], 0)
    pairs = pairwise(_EDGES)
    signals = [rise[:, first:last].mean(axis=1) for first, last in pairs]
    halves = np.arange(len(level)) / 2
    signals += [np.interp(halves, np.arange(len(each)), each).astype(np.float32) for each in (beats, downs)]
    columns = [_repeated(signal, rate) for signal in signals]
    return np.concatenate([*columns, classes[:, None] / 10, regions()], axis=1).astype(np.float32)


def regions() -> Floats:
    """Soft steps of the tempo, shape (COUNT, regions)."""
    place = np.arange(COUNT)[:, None] / COUNT * (_REGIONS - 1)
    return np.asarray(np.maximum(0, 1 - np.abs(place - np.arange(_REGIONS))))


def _repeated(signal: Samples, rate: float) -> Floats:
    """Autocorrelation of a signal at each ratio of each tempo, shape (COUNT, ratios); 0 where it is too short."""
    count = len(signal)
    smooth = np.convolve(signal - signal.mean(), (0.25, 0.5, 0.25), "same")
    size = scipy.fft.next_fast_len(2 * count, real=True)
    correlation = scipy.fft.irfft(np.abs(scipy.fft.rfft(smooth, size)) ** 2, size)[:count]
    # Few frames overlap at long lags: what is missing there is no sign against a tempo.
    correlation = correlation / np.maximum(count - np.arange(count), count / 4)
    correlation /= max(float(correlation[0]), 1e-12)
    lags = 60 * rate / (tempi()[:, None, None] * np.array(RATIOS)[None, :, None] * np.exp(_POINTS))
    found = np.interp(lags, np.arange(count), correlation).max(axis=2)
    return np.asarray(np.where(lags[:, :, 2] < 0.8 * count, found, 0))
