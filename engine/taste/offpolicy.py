"""What another way of choosing would have brought, from what was chosen and with which chance.

Plain importance weighting is never told: with few ratings one rare choice outweighs all others. Told are the self-
normalised estimate (Swaminathan and Joachims 2015) and the doubly robust one (Dudík, Langford and Li 2011), which
leans on a model and corrects it where ratings speak; and beside them how many ratings the weights are worth (Kish's
effective sample size).
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidValue

__all__ = ["Estimate", "Logged", "estimate"]

Numbers = NDArray[np.float64]


class Logged(msgspec.Struct, frozen=True, kw_only=True):
    """What was chosen and what it brought.

    Attributes:
        stars: of each choice.
        propensity: the chance each choice had, above 0 to 1.
        target: the chance the other way of choosing would have given it.
        expected: stars a model expects of the choice. A model that has read these ratings flatters itself: let it read
            those before only.
        expected_target: stars the model expects of the other way, mean over its choices.
    """

    stars: Numbers
    propensity: Numbers
    target: Numbers
    expected: Numbers
    expected_target: Numbers


class Estimate(msgspec.Struct, frozen=True):
    """Mean stars the other way would have brought.

    Attributes:
        snips: self-normalised.
        robust: doubly robust.
        deviation: standard error of ``robust``.
        effective: how many ratings the weights are worth, 0..``count``.
        count: ratings.
        enough: whether there are enough to go by; else both figures are guesses.
    """

    snips: float | None
    robust: float
    deviation: float
    effective: float
    count: int
    enough: bool


ENOUGH = 20.0
"""Ratings the weights must be worth."""

_HEAVIEST = 20.0
"""A single rating weighs no more than so many in the doubly robust estimate: a little bias for much less variance."""


def estimate(logged: Logged) -> Estimate:
    """Estimates what another way of choosing would have brought.

    Args:
        logged: choices with their chances, one number each.

    Raises:
        InvalidValue: arrays of different lengths, none at all, or chances that are none.
    """
    count = len(logged.stars)
    arrays = (logged.propensity, logged.target, logged.expected, logged.expected_target)
    if count == 0 or any(len(array) != count for array in arrays):
        raise InvalidValue("logged", count, "Give at least one choice, and every number of each.")
    if not ((logged.propensity > 0) & (logged.propensity <= 1)).all():
        raise InvalidValue(
            "propensity", "a chance that is none", "Each choice must have had a chance above 0, up to 1."
        )
    if not ((logged.target >= 0) & (logged.target <= 1)).all():
        raise InvalidValue("target", "a chance that is none", "Use chances from 0 to 1.")
    weights = logged.target / logged.propensity
    total = float(weights.sum())
    snips = float(weights @ logged.stars) / total if total > 0 else None
    effective = total**2 / float(weights @ weights) if total > 0 else 0.0
    corrected = logged.expected_target + np.minimum(weights, _HEAVIEST) * (logged.stars - logged.expected)
    deviation = float(corrected.std(ddof=1) / np.sqrt(count)) if count > 1 else float("inf")
    return Estimate(
        snips=snips,
        robust=float(corrected.mean()),
        deviation=deviation,
        effective=effective,
        count=count,
        enough=effective >= ENOUGH,
    )
