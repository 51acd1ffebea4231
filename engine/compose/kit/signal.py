"""The few building blocks all built-in sounds are made of: noise, bands, decays, falling tones, saturation."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "Floats",
    "band",
    "decay",
    "driven",
    "falling",
    "hit_loudness",
    "noise",
    "seconds",
    "tone",
]

Floats = NDArray[np.float64]

_MOMENT = 0.25
"""Seconds over which the loudness of a hit is felt."""


def seconds(length: float, rate: int) -> Floats:
    """The time of each sample of a sound, in seconds from its start, shape (n,)."""
    return np.arange(max(1, round(length * rate)), dtype=np.float64) / rate


def noise(count: int, seed: int) -> Floats:
    """White noise of deviation 1, the same for the same seed, shape (count,)."""
    return np.random.Generator(np.random.PCG64(seed)).standard_normal(count)


def band(signal: Floats, rate: int, low: float = 0.0, high: float = 0.0, steep: int = 2) -> Floats:
    """Keeps a band of frequencies, without moving anything in time.

    Args:
        signal: shape (n,).
        rate: samples per second.
        low: Hz below which it fades; 0: nothing is taken there.
        high: Hz above which it fades; 0: nothing is taken there.
        steep: order of the Butterworth slopes, 6 dB an octave each.

    Returns:
        Shape (n,).
    """
    size = _quick_size(len(signal))
    spectrum = np.fft.rfft(signal, size) * _slopes(size, rate, low, high, steep)
    return np.fft.irfft(spectrum, size)[: len(signal)]


def _quick_size(count: int) -> int:
    """A length above ``count`` that transforms quickly, with room for the filter to ring."""
    size = 256
    while size < count + 256:
        size *= 2
    # Three quarters of a power of two transform as quickly.
    return size * 3 // 4 if size * 3 // 4 >= count + 256 else size


@lru_cache(maxsize=256)
def _slopes(size: int, rate: int, low: float, high: float, steep: int) -> Floats:
    hertz = np.fft.rfftfreq(size, 1 / rate)
    gain = np.ones(len(hertz))
    if low:
        gain /= np.sqrt(1 + (low / np.maximum(hertz, 1e-3)) ** (2 * steep))
    if high:
        gain /= np.sqrt(1 + (hertz / high) ** (2 * steep))
    return gain


def decay(time: Floats, lasts: float, attack: float = 0.0005) -> Floats:
    """A strike that dies away.

    Args:
        time: as ``seconds`` gives it.
        lasts: seconds until it is at a third (1/e).
        attack: seconds until it is there.
    """
    return np.minimum(1.0, time / max(attack, 1e-6)) * np.exp(-time / lasts)


def tone(time: Floats, hertz: float, phase: float = 0.0) -> Floats:
    """A sine; ``phase`` in turns."""
    return np.sin(2 * np.pi * (hertz * time + phase))


def falling(time: Floats, hertz: float, above: float, fall: float) -> Floats:
    """A sine that falls to its pitch, as a drumhead does after the blow.

    Args:
        time: as ``seconds`` gives it.
        hertz: where it ends.
        above: Hz above that where it begins.
        fall: seconds until a third of the way remains.
    """
    return np.sin(2 * np.pi * (hertz * time + above * fall * (1.0 - np.exp(-time / fall))))


def driven(signal: Floats, drive: float) -> Floats:
    """Saturates softly: peaks of 1 stay at 1, what lies below comes up; a drive of 0 leaves all as it is."""
    return signal if drive <= 0 else np.tanh(signal * drive) / np.tanh(drive)


def hit_loudness(signal: Floats, rate: int) -> float:
    """How loud a hit is felt: the power of its loudest quarter of a second as the ear weighs it.

    The weighting is the shape of that of ITU-R BS.1770 (little below 60 Hz, 4 dB more above 2 kHz), as slopes.

    Args:
        signal: shape (n,) or (n, 2).
        rate: samples per second.

    Returns:
        Root mean square over the quarter of a second, linear; 0 for silence.
    """
    mono = signal if signal.ndim == 1 else signal.mean(axis=1)
    size = _quick_size(len(mono))
    heard = np.fft.irfft(np.fft.rfft(mono, size) * _ear(size, rate), size)
    power = np.concatenate(([0.0], np.cumsum(heard**2)))
    span = min(len(power) - 1, round(_MOMENT * rate))
    loudest = float((power[span:] - power[:-span]).max())
    return float(np.sqrt(max(loudest, 0.0) / (_MOMENT * rate)))


@lru_cache(maxsize=32)
def _ear(size: int, rate: int) -> Floats:
    hertz = np.fft.rfftfreq(size, 1 / rate)
    low = 1 / np.sqrt(1 + (60.0 / np.maximum(hertz, 1e-3)) ** 4)
    share = 1 / (1 + (1700.0 / np.maximum(hertz, 1e-3)) ** 4)
    return np.asarray(low * (1.0 + (10 ** (4 / 20) - 1.0) * share))
