"""Deviations that hang together: noise that is a function of the time it is asked for, at several scales.

A player's lateness wanders. Noise drawn per note would forget at once; a chain from note to note would make every note
depend on all before it. Here random values stand on a lattice in time and what lies between two of them is blended from
both, so neighbours share most of it, notes that sound together share all of it, and bar nine is the same whether bar
eight was played or not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice

__all__ = ["wander"]


def wander(
    dice: Dice, name: str, times: NDArray[np.float64], period: float, voice: NDArray[np.int64] | int = 0
) -> NDArray[np.float64]:
    """Draws a slow deviation at given times.

    Args:
        dice: of the take's seed.
        name: what it is for; another name is another, unrelated wander.
        times: beats, any sign, (N,).
        period: beats from one point of the lattice to the next; farther apart than two of them nothing is shared.
        voice: 0..15, of all or of each; voices wander each for itself.

    Returns:
        Mean 0, deviation 1, (N,).
    """
    # The lattice lies anywhere: were it on the beats, beats would wander more than what is between them.
    place = times / period + dice.uniform(f"{name}.lattice")
    below = np.floor(place)
    share = place - below
    index = below.astype(np.int64)
    left, right = dice.bells(name, np.stack([index, index + 1]) * 16 + voice)
    # Of two independent values the blend would be quieter in the middle: keep the deviation at 1 everywhere.
    return np.asarray((left * (1 - share) + right * share) / np.sqrt((1 - share) ** 2 + share**2), dtype=np.float64)
