"""The same piece as mel bands, as if through another equaliser, in another room, with more noise; needs only numpy."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Levels = NDArray[np.float32]


def coloured(level: Levels, dice: np.random.Generator) -> Levels:
    """Change what does not change the rhythm.

    Args:
        level: Mel bands in dB, shape (frames, 64).
        dice: Draws how.

    Returns:
        The same shape.
    """
    bands = np.arange(64, dtype=np.float32) / 63
    tilt, wave = dice.normal(0, 5), dice.normal(0, 3)
    shape = tilt * (bands - 0.5) + wave * np.sin(bands * dice.uniform(3, 12) + dice.uniform(0, 6))
    part = level + shape.astype(np.float32)
    if dice.random() < 0.15:
        part[:, int(dice.integers(36, 60)) :] = -100
    if dice.random() < 0.15:
        part[:, : int(dice.integers(2, 12))] = -100
    if dice.random() < 0.15:
        part = _with_tail(part, dice.uniform(6, 18), dice.uniform(0.3, 1.2))
    floor = np.float32(part.max() - dice.uniform(25, 70))
    noise = floor + np.float32(1.5) * dice.standard_normal(part.shape, dtype=np.float32)
    return np.logaddexp(part, noise).astype(np.float32)


def _with_tail(level: Levels, below: float, fall: float) -> Levels:
    """What sounded goes on `below` dB lower, and fades by `fall` dB a frame: a room."""
    tail = level - np.float32(below)
    for frame in range(1, len(tail)):
        np.maximum(tail[frame], tail[frame - 1] - np.float32(fall), out=tail[frame])
    return np.maximum(level, tail)
