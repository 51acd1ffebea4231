"""A Bayesian linear model: what is known about the weights, as a mean and a covariance.

Nobody knows beforehand how far a user's taste hangs on what, so several stories are held at once: in each of them
weights of other kinds are likely to be large. Every story learns from every observation, and is believed by how well
it foretold them (its evidence), so few observations are read by the likeliest story and many by what they say.

Around a mean that may lean ("a recipe suits its own genre") the prior of each story is normal, without ties between
weights. Observations come one by one (Sherman and Morrison's update) or many at once; see Rasmussen and Williams
2006, 2.1 and 5.2, and Hoeting, Madigan, Raftery and Volinsky 1999 for believing several models.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["Posterior", "evidence"]

Numbers = NDArray[np.float64]


class Posterior:
    """Weights as a mixture of normal distributions, one a story.

    Args:
        mean: of the prior, one number a feature, or stories x features.
        scales: stories x features, deviations of the weights a priori, above 0; left out, one story of ones.

    Attributes:
        scales: as given.
        prior: means before anything was observed, stories x features.
        means: of the weights in each story, stories x features.
        covariances: of the weights in each story, stories x features x features.
        told: logarithm of how likely each story made what was observed, up to a constant they share.
    """

    def __init__(self, mean: Numbers, scales: Numbers | None = None) -> None:
        self.scales = np.ones((1, mean.shape[-1])) if scales is None else scales
        self.prior: Numbers = np.broadcast_to(mean, self.scales.shape).astype(np.float64)
        self.means: Numbers = self.prior.copy()
        self.covariances: Numbers = np.stack([np.diag(each**2) for each in self.scales])
        self.told: Numbers = np.zeros(len(self.scales))
        # A page of memory asked for anew with each rating costs more than the arithmetic on it.
        self._scratch: Numbers = np.empty_like(self.covariances[0])
        self._blend: Numbers = np.empty_like(self.covariances[0])
        self._blended = False

    @property
    def shares(self) -> Numbers:
        """How far each story is believed, 0..1; all sum to 1."""
        raised = np.exp(self.told - self.told.max())
        return np.asarray(raised / raised.sum())

    @property
    def mean(self) -> Numbers:
        """Of the weights, over all stories."""
        return np.asarray(self.shares @ self.means)

    @property
    def covariance(self) -> Numbers:
        """Of the weights, over all stories; not to be written to, and good until the next observation."""
        if not self._blended:
            size = len(self._blend)
            np.matmul(self.shares, self.covariances.reshape(-1, size * size), out=self._blend.reshape(-1))
            if len(self.scales) > 1:
                apart = (self.means - self.mean) * np.sqrt(self.shares)[:, None]
                self._blend += np.matmul(apart.T, apart, out=self._scratch)
            self._blended = True
        return self._blend

    def observe(self, features: Numbers, value: float, variance: float) -> tuple[float, float]:
        """Learns from one observation.

        Args:
            features: of what was observed.
            value: what was observed.
            variance: of its noise; below 0, what was learnt from it with that variance above 0 is taken back.

        Returns:
            What was expected before, and the variance of that.
        """
        shares = self.shares
        ahead = self.covariances @ features
        expected, unsure = self.means @ features, ahead @ features
        total = unsure + variance
        self.means += ahead * ((value - expected) / total)[:, None]
        # The evidence of all observations is the same in any order: what is taken back came last.
        apart, spread = value - expected, total
        if variance < 0:
            apart, spread = value - self.means @ features, variance * variance / -total
        likely = -0.5 * (apart * apart / spread + np.log(spread))
        self.told += likely if variance > 0 else -likely
        # One vector with itself: symmetric to the last bit, so rounding never tips it.
        ahead /= np.sqrt(np.abs(total))[:, None]
        change = np.subtract if variance > 0 else np.add
        for covariance, each in zip(self.covariances, ahead, strict=True):
            np.multiply(each[:, None], each, out=self._scratch)
            change(covariance, self._scratch, out=covariance)
        self._blended = False
        middle = float(shares @ expected)
        return middle, float(shares @ (unsure + (expected - middle) ** 2))

    def observe_many(self, features: Numbers, values: Numbers, variances: Numbers) -> None:
        """Learns from many observations at once: the same as one by one, in any order.

        Args:
            features: observations x features.
            values: what was observed.
            variances: of their noise, above 0.
        """
        for story in range(len(self.scales)):
            ahead = features @ self.covariances[story]
            products, apart = ahead @ features.T, values - features @ self.means[story]
            gain = np.linalg.solve(products + np.diag(variances), ahead)
            self.told[story] += evidence(products, apart, variances)[-1]
            self.means[story] += apart @ gain
            covariance = self.covariances[story] - ahead.T @ gain
            self.covariances[story] = (covariance + covariance.T) / 2
        self._blended = False

    def restore(self, mean: Numbers, covariance: Numbers, told: Numbers) -> None:
        """Knows what another one knew: the first story says what was observed, so the others follow from it.

        Args:
            mean: of its first story.
            covariance: of its first story.
            told: as the attribute.
        """
        self.means[0], self.covariances[0], self.told = mean, covariance, told.copy()
        precision = np.linalg.inv(covariance)
        precision = (precision + precision.T) / 2
        drawn = precision @ mean
        for story in range(1, len(self.scales)):
            more = self.scales[story] ** -2 - self.scales[0] ** -2
            found = np.linalg.inv(precision + np.diag(more))
            self.covariances[story] = (found + found.T) / 2
            leaning = self.prior[story] / self.scales[story] ** 2 - self.prior[0] / self.scales[0] ** 2
            self.means[story] = self.covariances[story] @ (drawn + leaning)
        self._blended = False


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
