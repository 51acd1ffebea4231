"""How strongly each part of the sound pulses at a tempo and its neighbours, and which parts pulse together.

A kick and a snare that take turns pulse at half the tempo, one against the other; a hat between them pulses at twice.
That tells a tempo from its half and its double where repetition alone cannot. After the Fourier tempogram (Grosche
and Mueller, "Extracting predominant local pulse information from music recordings", IEEE TASLP 19(6), 2011).
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from engine.hear.sound import Samples

RATIOS = (1 / 4, 1 / 3, 1 / 2, 1, 2, 3, 4)
"""Where each tempo is asked for a pulse: at itself times these."""

_PHASED = (2, 3, 4)  # of RATIOS: where parts are compared
_WINDOW, _HOP = 8.0, 4.0  # seconds
_MOST = 200  # windows; in a very long piece they lie further apart


def pulses(signals: Samples, rate: float, lowest: float, step: float, count: int) -> Samples:
    """Measure the pulse of each signal at each tempo.

    Args:
        signals: Onset strengths, shape (signals, frames).
        rate: Frames a second.
        lowest: BPM of the first tempo.
        step: Log ratio of one tempo to the next.
        count: Number of tempi.

    Returns:
        Shape (count, features), float32, -1 to 1: for each ratio and signal the share of its energy that pulses so,
        as a root; then for each pair of signals, at half the tempo, at it and at twice, how far they pulse together
        (1) or in turn (-1).
    """
    size = int(_WINDOW * rate)
    windows = _windowed(signals, size, max(int(_HOP * rate), signals.shape[1] // _MOST))
    energy = np.maximum((windows**2).sum(axis=(1, 2)), 1e-12)
    reach, basis = _reach(step), _basis(size, rate, lowest, step, count)
    found = windows.reshape(-1, size) @ basis
    spectrum = found.reshape(*windows.shape[:2], 2, -1)
    rows = [np.arange(count) + reach + round(float(np.log(ratio)) / step) for ratio in RATIOS]
    taken = [spectrum[..., row] for row in rows]
    powers = [(each**2).sum(axis=(1, 2)) for each in taken]
    columns = [np.sqrt(power / energy[:, None] * (4 / size)) for power in powers]
    for ratio in _PHASED:
        for one in range(len(signals)):
            for other in range(one + 1, len(signals)):
                both = (taken[ratio][one] * taken[ratio][other]).sum(axis=(0, 1))
                scale = np.sqrt(powers[ratio][one] * powers[ratio][other]) + 1e-9
                columns.append((both / scale)[None])
    return np.asarray(np.concatenate(columns).T, np.float32)


def _windowed(signals: Samples, size: int, hop: int) -> Samples:
    """Overlapping windows without their mean, shape (signals, windows, size); what is too short is filled up."""
    frames = signals.shape[1]
    if frames < size:
        signals = np.pad(signals - signals.mean(axis=1, keepdims=True), ((0, 0), (0, size - frames)))
    starts = range(0, max(1, signals.shape[1] - size + 1), hop)
    windows = np.stack([signals[:, start : start + size] for start in starts], axis=1)
    return np.asarray((windows - windows.mean(axis=2, keepdims=True)) * _hann(size), np.float32)


@lru_cache(2)
def _hann(size: int) -> Samples:
    return np.hanning(size).astype(np.float32)


def _reach(step: float) -> int:
    """Steps from a tempo to the farthest of its ratios."""
    return round(float(np.log(RATIOS[-1])) / step)


@lru_cache(2)
def _basis(size: int, rate: float, lowest: float, step: float, count: int) -> Samples:
    """Cosines and sines of all tempi, and of those within reach below and above, shape (size, 2 * tempi)."""
    reach = _reach(step)
    tempi = lowest * np.exp(step * np.arange(-reach, count + reach))
    turns = 2 * np.pi * np.arange(size)[:, None] / rate * tempi[None] / 60
    return np.concatenate([np.cos(turns), np.sin(turns)], axis=1).astype(np.float32)
