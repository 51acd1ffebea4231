"""Deviations that hang together: noise that is a function of the time it is asked for, at several scales.

A player's lateness wanders. Noise drawn per note would forget at once; a chain from note to note would make every note
depend on all before it. Here random values stand on a lattice in time and what lies between two of them is blended from
both, so neighbours share most of it, notes that sound together share all of it, and bar nine is the same whether bar
eight was played or not.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice

__all__ = ["Drift", "deviations", "wander"]


class Drift(NamedTuple):
    """A slow deviation.

    Attributes:
        name: what it is for; another name is another, unrelated one.
        period: beats from one point of the lattice to the next; farther apart than two of them nothing is shared.
        voice: 0..15, of all or of each note, (N,); voices wander each for itself.
    """

    name: str
    period: float
    voice: NDArray[np.int64] | int = 0


def wander(
    dice: Dice, name: str, times: NDArray[np.float64], period: float, voice: NDArray[np.int64] | int = 0
) -> NDArray[np.float64]:
    """Draws a slow deviation at given times.

    Args:
        dice: of the take's seed.
        name: what it is for; another name is another, unrelated wander.
        times: beats, any sign, (N,).
        period: see ``Drift``.
        voice: see ``Drift``.

    Returns:
        Mean 0, deviation 1, (N,).
    """
    none = np.zeros(len(times), dtype=np.int64)
    return np.asarray(deviations(dice, times, (), none, (Drift(name, period, voice),))[0], dtype=np.float64)


def deviations(
    dice: Dice,
    times: NDArray[np.float64],
    own: Sequence[str],
    numbers: NDArray[np.int64],
    drifts: Sequence[Drift],
) -> NDArray[np.float64]:
    """Draws all by which some notes deviate at once, which costs little more than one of it.

    Args:
        dice: of the take's seed.
        times: of the notes, beats, any sign, (N,).
        own: names of what each note has for itself.
        numbers: that the notes are known by there, (N,).
        drifts: what wanders; at least one.

    Returns:
        Mean 0, deviation 1: a row for each of ``own``, then one for each of ``drifts``; (rows, N).
    """
    first, count = len(own), len(drifts)
    # The lattice lies anywhere: were it on the beats, beats would wander more than what is between them.
    lattices = np.array([dice.uniform(f"{drift.name}.lattice") for drift in drifts])
    place = times / np.array([drift.period for drift in drifts])[:, None] + lattices[:, None]
    below = np.floor(place)
    share = place - below
    asked = np.empty((first + 2 * count, len(times)), dtype=np.int64)
    asked[:first] = numbers
    left = below.astype(np.int64) * 16
    for row, drift in enumerate(drifts):
        left[row] += drift.voice
    asked[first : first + count] = left
    asked[first + count :] = left + 16
    names = [drift.name for drift in drifts]
    drawn = dice.rows_of_bells([*own, *names, *names], asked)
    rest = 1 - share
    # Of two independent values the blend would be quieter in the middle: keep the deviation at 1 everywhere.
    drawn[first : first + count] = (drawn[first : first + count] * rest + drawn[first + count :] * share) / np.sqrt(
        rest * rest + share * share
    )
    return drawn[: first + count]
