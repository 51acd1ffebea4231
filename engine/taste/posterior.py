"""A Bayesian linear model: what is known about the weights, as a mean and a covariance.

The prior is one unit of deviation in every direction, around a mean that may lean ("a recipe suits its own genre").
Observations come one by one (Sherman and Morrison's update) or many at once; see Rasmussen and Williams 2006, 2.1.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Posterior", "evidence"]

Numbers = NDArray[np.float64]


class Posterior:
    """Weights as a normal distribution.

    Args:
        mean: of the prior, one number a feature.

    Attributes:
        mean: of the weights.
        covariance: of the weights.
    """

    def __init__(self, mean: Numbers) -> None:
        self.mean: Numbers = mean.astype(np.float64, copy=True)
        self.covariance: Numbers = np.eye(len(mean))

    def expect(self, features: Numbers) -> tuple[float, float]:
        """Returns what is expected of one observation, and the variance of that expectation."""
        return float(features @ self.mean), float(features @ self.covariance @ features)

    def observe(self, features: Numbers, value: float, variance: float) -> None:
        """Learns from one observation.

        Args:
            features: of what was observed.
            value: what was observed.
            variance: of its noise; below 0, what was learnt from it with that variance above 0 is taken back.
        """
        ahead = self.covariance @ features
        total = float(features @ ahead) + variance
        self.mean += ahead * ((value - float(features @ self.mean)) / total)
        # One vector with itself: symmetric to the last bit, so rounding never tips it.
        ahead *= 1 / np.sqrt(abs(total))
        self.covariance -= np.copysign(1, total) * (ahead[:, None] * ahead)

    def observe_many(self, features: Numbers, values: Numbers, variances: Numbers) -> None:
        """Learns from many observations at once: the same as one by one, in any order.

        Args:
            features: observations x features.
            values: what was observed.
            variances: of their noise, above 0.
        """
        ahead = features @ self.covariance
        gain = np.linalg.solve(ahead @ features.T + np.diag(variances), ahead)
        self.mean += (values - features @ self.mean) @ gain
        covariance = self.covariance - ahead.T @ gain
        self.covariance = (covariance + covariance.T) / 2


def evidence(products: Numbers, residuals: Numbers, variances: Numbers) -> Numbers:
    """Returns the logarithm of the chance of the first observations under the prior, for each number of them.

    Args:
        products: features of each observation times those of each other, observations x observations.
        residuals: what was observed, less what the prior expected.
        variances: of the noise of each.

    Returns:
        one number for the first observation, the first two and so on, but for a constant an observation.
    """
    root = np.linalg.cholesky(products + np.diag(variances))
    told = np.linalg.solve(root, residuals)
    return np.asarray(np.cumsum(-0.5 * told * told - np.log(np.diag(root))), dtype=np.float64)
