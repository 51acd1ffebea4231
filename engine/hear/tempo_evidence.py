"""What speaks for each tempo: how onsets and beats repeat at it, and at its multiples and fractions."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from engine.hear import tempo_pulse
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
BARS = (1, 2, 4, 8, 16)
"""Lengths of loops."""

_LOOP = 24.0  # seconds; only what is shorter may be a loop cut at the bar
_PADDING = 0.17  # seconds of silence that coders and tails leave at the end


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
        Shape (COUNT, features), float32, each about -1 to 1: repetition of each signal at each ratio, pulses
        (`tempo_pulse`), onsets in a beat, whole bars, the network's word, and last the tempo itself.
    """
    rise = np.zeros_like(level)
    floored = np.maximum(level - level.max(), -_DEPTH)
    rise[2:] = np.maximum(floored[2:] - floored[:-2], 0)
    pairs = pairwise(_EDGES)
    signals = [rise[:, first:last].mean(axis=1) for first, last in pairs]
    halves = np.arange(len(level)) / 2
    signals += [np.interp(halves, np.arange(len(each)), each).astype(np.float32) for each in (beats, downs)]
    columns: list[NDArray[Any]] = [_repeated(signal, rate) for signal in signals]
    halved = np.stack([_halved(signal) for signal in signals])
    columns += [tempo_pulse.pulses(halved, rate / 2, LOWEST, STEP, COUNT), _crowded(halved, rate / 2)]
    columns.append(whole_bars(len(level) / rate, tempi()))
    return np.concatenate([*columns, classes[:, None] / 10, regions()], axis=1).astype(np.float32)


def whole_bars(seconds: float, bpm: Floats) -> Floats:
    """How near a length comes to 1, 2, 4, 8 and 16 whole bars of four at each tempo, 0 to 1, shape (tempi, 5).

    A loop is cut there, perhaps with a moment of silence after it; a piece that is no loop has only zeros.
    """
    if seconds > _LOOP:
        return np.zeros((len(bpm), len(BARS)))
    left = seconds - np.array(BARS)[None, :] * 240 / bpm[:, None]
    beside = np.maximum(np.maximum(-left, left - _PADDING), 0)
    return np.asarray(np.exp(-0.5 * (beside / (0.006 * seconds)) ** 2))


def _halved(signal: Samples) -> Samples:
    count = max(1, len(signal) // 2)
    return np.asarray(np.resize(signal, 2 * count).reshape(count, 2).mean(axis=1))


def _crowded(signals: Samples, rate: float) -> Floats:
    """Onsets in a beat of each tempo, by signal, as a log; shape (COUNT, signals)."""
    inner = signals[:, 1:-1]
    tops = (inner > signals[:, :-2]) & (inner >= signals[:, 2:])
    strong = inner > 0.25 * np.quantile(signals, 0.98, axis=1, keepdims=True) + 1e-9
    each_second = (tops & strong).sum(axis=1) / signals.shape[1] * rate
    return np.asarray(np.log2((each_second[None] + 0.1) * 60 / tempi()[:, None]) / 4)


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
