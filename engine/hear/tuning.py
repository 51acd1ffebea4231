"""How far a recording's tuning lies from A 440."""

from __future__ import annotations

import numpy as np

from engine.hear.chroma import Partials

_RELIABLE = 52.0  # below E3 a bin is wider than a semitone and two low notes pull at each other
_ROUNDS = 3


def tuning(found: Partials) -> float:
    """The tuning in cents: the circular mean of how far the partials lie from the notes of A 440.

    The mean is taken on a circle of one semitone (K. Dressler & S. Streich, ISMIR 2007), then again with partials
    near it counting more, so that vibrato, detuned voices and stretched overtones do not pull.

    Args:
        found: The partials of the sound.

    Returns:
        -50 to 50; 0 where no partial is found. A 432 Hz recording reads -31.8.
    """
    enough = found.pitch >= _RELIABLE
    if not enough.any():
        enough = np.ones(len(found.pitch), bool)
    fraction = found.pitch[enough] % 1.0
    weight = np.sqrt(found.magnitude[enough]) * found.clarity[enough]
    if not weight.any():
        return 0.0
    angle = 2 * np.pi * fraction
    centre = 0.0
    near = np.ones(len(angle))
    for _ in range(_ROUNDS):
        centre = float(np.arctan2(np.sum(weight * near * np.sin(angle)), np.sum(weight * near * np.cos(angle))))
        near = np.exp(4 * (np.cos(angle - centre) - 1))
    return centre / (2 * np.pi) * 100
