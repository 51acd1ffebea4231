"""A small convolutional network that hears beats, down-beats and the tempo in mel bands.

Eight dilated convolutions with residual connections (after Davies and Boeck, "Temporal convolutional networks for
musical audio beat tracking", EUSIPCO 2019), 40 channels, trained by `tests/benchmarks/hearing/train_rhythm.py` on
pieces of which every beat is known. It runs as matrix products; nothing but numpy is needed.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.hear.sound import Samples
from engine.hear.spectrum import FINE_RATE, MEL_BANDS, Spectra

RATE = FINE_RATE / 2
"""Frames a second of what is returned: 43.07."""

LOWEST, STEP = 34.0, 0.03
"""Tempo classes: class n is LOWEST * exp(STEP * n) BPM."""

_WEIGHTS = Path(__file__).parent / "weights" / "beats.npz"
_BANDS = MEL_BANDS // 2
_DEPTH = 60.0  # dB below the loudest moment that are looked at
_SHORT = int(16 * RATE)  # frames; what is shorter is looped, as it would be in Live


def activations(spectra: Spectra) -> tuple[Samples, Samples, Samples]:
    """Hear beats.

    Args:
        spectra: What to hear.

    Returns:
        Probability of a beat and of a down-beat in each frame, shape (frames,) at `RATE` frames a second, and the
        probability of each tempo class, shape (classes,).
    """
    return heard(spectra.log_mel)


def heard(level: Samples) -> tuple[Samples, Samples, Samples]:
    """The same from mel bands in dB, shape (frames, 64), at `FINE_RATE`."""
    features = _features(level)
    count = len(features)
    if count < _SHORT:
        features = np.pad(features, ((0, _SHORT - count), (0, 0)), "wrap")
    weights = _weights()
    x = _elu(_convolved(features.T, weights["first_weight"], weights["first_bias"], 1))
    pooled = []
    for block in range(_blocks()):
        inside = _elu(_convolved(x, weights[f"dilated_{block}_weight"], weights[f"dilated_{block}_bias"], 2**block))
        pooled += [inside.mean(axis=1), inside.std(axis=1, ddof=1)]
        x = x + weights[f"mixed_{block}_weight"][:, :, 0] @ inside + weights[f"mixed_{block}_bias"][:, None]
    said = weights["beats_weight"][:, :, 0] @ x + weights["beats_bias"][:, None]
    hidden = _elu(weights["hidden_weight"] @ np.concatenate(pooled) + weights["hidden_bias"])
    classes = weights["tempo_weight"] @ hidden + weights["tempo_bias"]
    chances = np.exp(classes - classes.max())
    beats, downs = 1 / (1 + np.exp(-said[:, :count]))
    return beats, downs, chances / chances.sum()


def near(chance: Samples, times: NDArray[np.float64]) -> Samples:
    """The highest of the three frames nearest to each time in seconds, shape (times,)."""
    frames = np.clip(np.round(times * RATE).astype(int), 1, len(chance) - 2)
    return np.asarray(np.stack([chance[frames + shift] for shift in (-1, 0, 1)]).max(axis=0))


def _features(level: Samples) -> Samples:
    """Level and rise of 32 bands, shape (frames, 64), independent of the level of the whole."""
    level = np.maximum(level - level.max(), -_DEPTH)
    rise = np.zeros_like(level)
    rise[2:] = np.maximum(level[2:] - level[:-2], 0)
    count = max(1, len(level) // 2)
    if len(level) < 2:
        level, rise = np.repeat(level, 2, axis=0), np.repeat(rise, 2, axis=0)
    pairs = level[: 2 * count].reshape(count, 2, _BANDS, 2).mean(axis=(1, 3)) / 30 + 1
    rises = rise[: 2 * count].reshape(count, 2, _BANDS, 2).mean(axis=3).max(axis=1) / 15
    return np.concatenate([pairs, rises], axis=1)


def _convolved(x: Samples, kernel: Samples, bias: Samples, dilation: int) -> Samples:
    """A convolution over time that keeps the length; zeros lie around the signal."""
    taps, frames = kernel.shape[2], x.shape[1]
    out = np.repeat(bias[:, None], frames, axis=1)
    for tap in range(taps):
        shift = (tap - taps // 2) * dilation
        first, last = max(0, -shift), min(frames, frames - shift)
        if first < last:
            out[:, first:last] += kernel[:, :, tap] @ x[:, first + shift : last + shift]
    return out


def _elu(x: Samples) -> Samples:
    return np.where(x > 0, x, np.expm1(np.minimum(x, 0)))


@lru_cache(1)
def _weights() -> dict[str, Samples]:
    with np.load(_WEIGHTS, allow_pickle=False) as stored:
        return {name: np.ascontiguousarray(stored[name], dtype=np.float32) for name in stored.files}


@lru_cache(1)
def _blocks() -> int:
    return sum(name.startswith("dilated") and name.endswith("weight") for name in _weights())
