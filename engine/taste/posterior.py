"""A Bayesian linear model: what is known about the weights, as a mean and a covariance.

The prior is one unit of deviation in every direction, around a mean that may lean ("a recipe suits its own genre").
Observations come one by one (Sherman and Morrison's update) or many at once; see Rasmussen and Williams 2006, 2.1.
"""

from __future__ import annotations

import math

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
        # A page of memory asked for anew with each rating costs more than the arithmetic on it.
        self._scratch: Numbers = np.empty_like(self.covariance)

    def observe(self, features: Numbers, value: float, variance: float) -> tuple[float, float]:
        """Learns from one observation.

        Args:
            features: of what was observed.
            value: what was observed.
            variance: of its noise; below 0, what was learnt from it with that variance above 0 is taken back.

        Returns:
            What was expected before, and the variance of that.
        """
        ahead = self.covariance @ features
        expected, unsure = float(features @ self.mean), float(features @ ahead)
        total = unsure + variance
        self.mean += ahead * ((value - expected) / total)
        # One vector with itself: symmetric to the last bit, so rounding never tips it.
        ahead *= 1 / math.sqrt(abs(total))
        np.multiply(ahead[:, None], ahead, out=self._scratch)
        if total > 0:
            self.covariance -= self._scratch
        else:
            self.covariance += self._scratch
        return expected, unsure

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
