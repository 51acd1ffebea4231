"""Choosing one of several by what is known and what is not, with the chance each had.

Two ways. "ucb" takes what could turn out best (mean plus so many deviations); so that what was not taken can be judged
later, those about as good get a small chance by a soft maximum. "thompson" draws one believable taste and takes its
best; the chance of each is counted over many draws.
"""

from __future__ import annotations

from typing import Literal

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice

__all__ = ["Policy", "bold", "chances", "draw", "thompson"]

Numbers = NDArray[np.float64]
Policy = Literal["ucb", "thompson"]

_DRAWS = 64


def bold(explore: float) -> float:
    """Returns by how many deviations what could be counts beside what is expected.

    Args:
        explore: 0 (safe: what is expected to please) .. 1 (surprising); 0.5 learns fastest.
    """
    return 1.2 * explore if explore <= 0.5 else 0.6 + 2.8 * (explore - 0.5)


def chances(mean: Numbers, deviation: Numbers, boldness: float, soft: float) -> Numbers:
    """Returns the chance of each to be taken by its upper bound.

    Args:
        mean: expected stars.
        deviation: of what is expected.
        boldness: deviations that are added.
        soft: stars below the best at which the chance has fallen to 1/e; 0 takes the best alone.

    Returns:
        Chances that sum to 1.
    """
    bound = mean + boldness * deviation
    if soft <= 0:
        taken = np.zeros(len(bound))
        taken[int(np.argmax(bound))] = 1.0
        return taken
    raised = np.exp((bound - bound.max()) / soft)
    return np.asarray(raised / raised.sum())


def thompson(mean: Numbers, features: Numbers, covariance: Numbers, boldness: float, dice: tuple[Dice, int]) -> Numbers:
    """Returns how often each is the best of believable tastes.

    Args:
        mean: expected stars.
        features: rows x features.
        covariance: of the weights of the features.
        boldness: how far tastes are drawn from the mean, in deviations.
        dice: draws them; and which choice it is: each draws tastes of its own.

    Returns:
        Chances that sum to 1, in steps of 1/64.
    """
    root = np.linalg.cholesky(covariance + 1e-9 * np.eye(len(covariance)))
    numbers = np.arange(len(root) * _DRAWS, dtype=np.int64) + dice[1] * len(root) * _DRAWS
    tastes = features @ (root @ dice[0].bells("taste", numbers).reshape(len(root), _DRAWS))
    best = np.argmax(mean[:, None] + boldness * tastes, axis=0)
    return np.bincount(best, minlength=len(mean)) / _DRAWS


def draw(chance: Numbers, mark: float) -> int:
    """Returns the one that a number in 0 <= mark < 1 falls on; what has no chance is never drawn."""
    steps = np.cumsum(chance)
    return int(np.searchsorted(steps, mark * steps[-1], side="right"))
