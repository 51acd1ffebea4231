"""How much louder each note gets: a clip of one loudness takes the player's, one with its own keeps it."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compose.feel.deviate import Departures

__all__ = ["louder"]

Floats = NDArray[np.float64]

_FLAT = 6.0
"""Deviation of velocity from which on a clip, or a drum in it, has a loudness of its own."""

_LEAST = 0.35
"""What is left of chance where loudness was played already."""

_GHOSTLY = 12.0
"""Steps of velocity by which a ghost note differs from what it was drawn as, at most: it has to stay one."""


def louder(velocities: Floats, departures: Departures, count: int, *, by_drum: bool) -> Floats:
    """Steps of velocity by which each note changes.

    A clip in which all is equally loud says nothing about loudness: it takes what the player would do. Drums set
    against each other but flat in themselves keep their levels and take the player's accents. What has accents keeps
    them and takes only a little of the player's chance.

    Args:
        velocities: as given, (N,).
        departures: of the player, (N,).
        count: how many of the notes were given; those after them are ghost notes that are soft already.
        by_drum: whether ``departures.loud`` is a velocity for each drum, or relative to the mean of the line.
    """
    given, loud = velocities[:count], departures.loud[:count]
    soft = np.clip(departures.touch[count:] / 2, -_GHOSTLY, _GHOSTLY)
    whole = _flatness(np.array([given.std()]))[0]
    if not by_drum:
        change = whole * loud + _chance(whole) * departures.touch[:count]
        return np.concatenate([change, soft])
    lane = departures.lane[:count]
    heard = np.maximum(np.bincount(lane), 1)
    mean, usual = np.bincount(lane, given) / heard, np.bincount(lane, loud) / heard
    spread = np.sqrt(np.maximum(0.0, np.bincount(lane, (given - mean[lane]) ** 2) / heard))
    flat = np.maximum(whole, _flatness(spread))[lane]
    accents = whole * (loud - given) + (1 - whole) * flat * (loud - usual[lane])
    change = accents + _chance(flat) * departures.touch[:count]
    return np.concatenate([change, soft])


def _flatness(spread: Floats) -> Floats:
    return np.clip(1.0 - spread / _FLAT, 0.0, 1.0)


def _chance(flat: Floats) -> Floats:
    return np.asarray(_LEAST + (1 - _LEAST) * flat, dtype=np.float64)
