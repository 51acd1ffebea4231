"""Where to look: short stretches spread over a sound, each where something bright happens."""

from __future__ import annotations

import itertools

import numpy as np

from engine.hear.sound import Samples, Sound

_TRIES = 4  # places weighed in each cell


def stretches(sound: Sound, count: int, length: int) -> list[int]:
    """Choose stretches, one in each of as many equal cells, the brightest of a few in its cell.

    Args:
        sound: What to look at.
        count: How many at most; fewer where they would overlap.
        length: Frames of each.

    Returns:
        First frames, ascending; empty when the sound is shorter than one.
    """
    room = sound.frames - length
    if room < 0:
        return []
    count = max(1, min(count, sound.frames // length))
    edges = np.linspace(0, room, count + 1).astype(int)
    chosen = []
    for low, high in itertools.pairwise(edges):
        tries = np.unique(np.linspace(low, high, _TRIES, endpoint=False).astype(int))
        chosen.append(max(tries, key=lambda first: _brightness(sound.samples[first : first + length])))
    return [int(first) for first in chosen]


def mixed(sound: Sound, first: int, length: int, left: bool) -> Samples:
    """Take one stretch of a sound as one signal.

    Args:
        sound: From where.
        first: Frame.
        length: Frames.
        left: The first channel instead of the mean of all.
    """
    part = sound.samples[first : first + length]
    if left or part.shape[1] == 1:
        return np.ascontiguousarray(part[:, 0])
    return np.asarray(part.mean(axis=1), np.float32)


def _brightness(part: Samples) -> float:
    return float(np.abs(np.diff(part[:, 0], 2)).sum())
