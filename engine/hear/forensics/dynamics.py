"""How levels are spread over time: what a compressor changes, in figures that do not depend on the level."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.hear.forensics.kernels import block_levels
from engine.hear.sound import Sound

Floats = NDArray[np.float64]

SHORT = 256 / 44_100
"""Seconds of the shortest level looked at."""

_FRAME, _WINDOW = 8, 69  # of these in a frame of 46 ms, in a window of 0.4 s
_HEARD, _LOUD = 40.0, 30.0  # dB below the loudest frame or window; what is lower is a rest
_LEAST = 60  # frames: almost three seconds
_STILL = 0.3  # dB added to deviations that divide


def dynamics(sound: Sound) -> list[float] | None:
    """Describe the dynamics of a sound, rests left out.

    Args:
        sound: What to look at.

    Returns:
        Twenty figures in dB or shares: crest factors, distances between quantiles of levels and of peaks, how fast
        levels change. None where there is too little sound.
    """
    _, power, peak = block_levels(sound.samples, max(1, round(SHORT * sound.rate)))
    square, highest = power.mean(axis=0).astype(np.float64), peak.max(axis=0).astype(np.float64)
    frames = len(square) // _FRAME
    if frames < _LEAST:
        return None
    level = _decibels(square[: frames * _FRAME].reshape(frames, _FRAME).mean(axis=1))
    top = 2 * _decibels(highest[: frames * _FRAME].reshape(frames, _FRAME).max(axis=1))
    heard = level > level.max() - _HEARD
    if heard.sum() < _LEAST or level.max() < -80:
        return None
    return [*_spread(level[heard], top[heard]), *_windows(square)]


def _spread(level: Floats, top: Floats) -> list[float]:
    """Of frames: their levels and their peaks."""
    low, fifth, quarter, half, upper, most, loud = np.quantile(level, (0.02, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95))
    loudest, crest = top.max(), top - level
    rare, tenth, fourth, middle = loudest - np.quantile(top, (0.99, 0.9, 0.75, 0.5))
    moves = np.abs(np.diff(level))
    skew = float(np.mean((level - level.mean()) ** 3)) / float(level.std() + _STILL) ** 3
    return [
        float(each)
        for each in (
            loudest - _decibels(np.mean(10 ** (level / 10))),
            np.median(crest),
            loud - half,
            half - fifth,
            np.quantile(top, 0.995) - np.quantile(top, 0.9),
            np.quantile(top, 0.95) - np.quantile(top, 0.5),
            np.mean(top > loudest - 3),
            np.quantile(level, 0.99) - most,
            np.quantile(crest, 0.9) - np.quantile(crest, 0.1),
            loud - low,
            loud - quarter,
            loud - upper,
            loud - most,
            rare,
            tenth,
            fourth,
            middle,
            skew,
            np.quantile(moves, 0.9),
        )
    ]


def _windows(square: Floats) -> list[float]:
    """Of windows of 0.4 s: how far their loudest moment is above them."""
    count = len(square) // _WINDOW
    parts = square[: count * _WINDOW].reshape(count, _WINDOW)
    level = _decibels(parts.mean(axis=1))
    inside = (_decibels(parts.max(axis=1)) - level)[level > level.max() - _LOUD]
    return [float(np.median(inside))]


def _decibels(power: Floats | np.floating) -> Floats:
    return np.asarray(10 * np.log10(np.asarray(power) + 1e-10))
