"""What is preferred among takes that are nearly alike, from choices alone: this one stayed, those were passed over.

Variations of one clip differ by little beside all that is rated, so they are compared with each other: a linear
preference w . (one - other), learnt as a regression on differences whose target is 1 (the chosen one beats the other by
one), each difference measured by what differences usually are (least squares for paired comparisons; Fürnkranz and
Hüllermeier, Preference Learning, 2010), with a Gaussian prior of no preference.
"""

from __future__ import annotations

from collections.abc import Sequence

__all__ = ["Pair", "preferred"]

Pair = tuple[Sequence[float], Sequence[float], float]
"""What the chosen one and the other sound like (``engine.taste.traits``), and how much this comparison weighs, 0..1."""

_SPREAD = 0.5
"""Deviation of a weight before the first choice: a difference as usual decides half of a comparison."""

_LEAST = 0.005
"""A trait whose differences are usually smaller says nothing."""


def preferred(pairs: Sequence[Pair], candidates: Sequence[Sequence[float]]) -> list[float]:
    """Returns by how much each candidate is preferred to their mean.

    Args:
        pairs: comparisons, in any order; without any, nothing is preferred.
        candidates: what they sound like, at least one.

    Returns:
        About 1 for what would surely be chosen over one that lies at 0.
    """
    if not pairs:
        return [0.0] * len(candidates)
    import numpy as np  # noqa: PLC0415 - the store knows what a pair is, and goes without

    differences = np.array([np.subtract(one, other) for one, other, _ in pairs])
    usual = np.sqrt((differences**2).mean(axis=0))
    known = usual >= _LEAST
    scaled = differences[:, known] / usual[known]
    weights = np.array([weight for _, _, weight in pairs])
    precision = np.eye(scaled.shape[1]) / _SPREAD**2 + scaled.T @ (weights[:, None] * scaled)
    mean = np.linalg.solve(precision, scaled.T @ weights)
    heard = np.array(candidates, dtype=np.float64)[:, known] / usual[known]
    return [float(each) for each in (heard - heard.mean(axis=0)) @ mean]
