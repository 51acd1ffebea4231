"""Signals for the tests of hearing, made from their definitions. Pure functions; noise has a seed. Append only.

All return float32 of shape (frames,) unless said otherwise; levels are linear, full scale 1.
"""

import numpy as np
from numpy.typing import NDArray

from engine.hear.sound import Sound

Wave = NDArray[np.float32]


def sine(hz: float, seconds: float, level: float = 0.5, rate: int = 44_100, phase: float = 0.0) -> Wave:
    """A sine; phase in degrees."""
    time = np.arange(round(seconds * rate)) / rate
    return np.asarray(level * np.sin(2 * np.pi * hz * time + np.radians(phase)), dtype=np.float32)


def noise(seconds: float, level: float = 0.2, rate: int = 44_100, seed: int = 0) -> Wave:
    """White noise; level is its standard deviation."""
    made = np.random.default_rng(seed).standard_normal(round(seconds * rate))
    return np.asarray(level * made, dtype=np.float32)


def silence(seconds: float, rate: int = 44_100) -> Wave:
    """Zeros."""
    return np.zeros(round(seconds * rate), np.float32)


def placed(total: float, events: list[tuple[float, Wave]], rate: int = 44_100) -> Wave:
    """Sounds added up at their times (seconds) on silence; what runs over the end is cut."""
    out = np.zeros(round(total * rate), np.float32)
    for start, wave in events:
        first = round(start * rate)
        part = wave[: max(0, out.size - first)]
        out[first : first + part.size] += part
    return out


def click(rate: int = 44_100, level: float = 0.8, seed: int = 0) -> Wave:
    """A burst of noise that is gone after 5 ms."""
    burst = noise(0.02, level, rate, seed)
    return np.asarray(burst * np.exp(-np.arange(burst.size) / (0.001 * rate)), dtype=np.float32)


def kick(rate: int = 44_100, level: float = 0.9) -> Wave:
    """A falling sine from 150 to 45 Hz with a click in front."""
    time = np.arange(round(0.25 * rate)) / rate
    phase = 2 * np.pi * (45 * time + 105 * 0.03 * (1 - np.exp(-time / 0.03)))
    fade = np.minimum(1, time[::-1] / 0.05)  # a sudden end would be a click
    out = (level * np.sin(phase) * np.exp(-time / 0.09) * fade).astype(np.float32)
    tick = click(rate, 0.3 * level)
    out[: tick.size] += tick
    return out


def sound(*channels: Wave, rate: int = 44_100) -> Sound:
    """A `Sound` of these channels."""
    return Sound(np.ascontiguousarray(np.stack(channels, axis=1), dtype=np.float32), rate)
