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

_HELD = 8
"""Observations that are taken off a covariance at once: as much arithmetic as one by one, a fifth of the time."""


class Posterior:
    """Weights as a mixture of normal distributions, one a story.

    Args:
        mean: of the prior, one number a feature, or stories x features.
        scales: stories x features, deviations of the weights a priori, above 0; left out, one story of ones.

    Attributes:
        scales: as given.
        prior: means before anything was observed, stories x features.
        means: of the weights in each story, stories x features.
        told: logarithm of how likely each story made what was observed, up to a constant they share.
    """

    def __init__(self, mean: Numbers, scales: Numbers | None = None) -> None:
        self.scales = np.ones((1, mean.shape[-1])) if scales is None else scales
        self.prior: Numbers = np.broadcast_to(mean, self.scales.shape).astype(np.float64)
        self.means: Numbers = self.prior.copy()
        self.told: Numbers = np.zeros(len(self.scales))
        self._covariances: Numbers = np.stack([np.diag(each**2) for each in self.scales])
        # What was learnt last: rows that, times themselves, are still to be taken off the covariances.
        self._news: Numbers = np.zeros((len(self.scales), _HELD, mean.shape[-1]))
        self._observed = 0
        # A page of memory asked for anew with each rating costs more than the arithmetic on it.
        self._scratch: Numbers = np.empty_like(self._covariances[0])
        self._blend: Numbers = np.empty_like(self._covariances[0])
        self._rows: Numbers = np.empty((len(self.scales) * (1 + _HELD), mean.shape[-1]))
        self._signs: Numbers = np.repeat([1.0, -1.0], [len(self.scales), len(self.scales) * _HELD])
        self._blended = False
        self._shares: Numbers | None = None

    @property
    def shares(self) -> Numbers:
        """How far each story is believed, 0..1; all sum to 1."""
        if self._shares is None:
            raised = np.exp(self.told - self.told.max())
            self._shares = np.asarray(raised / raised.sum())
        return self._shares

    @property
    def mean(self) -> Numbers:
        """Of the weights, over all stories."""
        return np.asarray(self.shares @ self.means)

    @property
    def covariances(self) -> Numbers:
        """Of the weights in each story, stories x features x features; not to be written to."""
        for story in range(len(self.scales)):
            self._settle(story)
        return self._covariances

    @property
    def covariance(self) -> Numbers:
        """Of the weights, over all stories."""
        size = len(self._blend)
        apart = (self.means - self.mean) * np.sqrt(self.shares)[:, None]
        return np.asarray(
            (self.shares @ self.covariances.reshape(-1, size * size)).reshape(size, size) + apart.T @ apart
        )

    def spread(self) -> tuple[Numbers, Numbers, Numbers]:
        """Returns the covariance over all stories in the parts it is kept in, which costs less than their sum.

        Returns:
            A matrix; rows; and the sign with which each row, times itself, is added to it. Not to be written to, and
            good until the next observation.
        """
        if not self._blended:
            stories, _, size = self._news.shape
            np.matmul(self.shares, self._covariances.reshape(-1, size * size), out=self._blend.reshape(-1))
            believed = np.sqrt(self.shares)[:, None]
            self._rows[:stories] = (self.means - self.mean) * believed
            np.multiply(self._news, believed[:, :, None], out=self._rows[stories:].reshape(self._news.shape))
            self._blended = True
        return self._blend, self._rows, self._signs

    def observe(self, features: Numbers, value: float, variance: float) -> tuple[float, float]:
        """Learns from one observation.

        Args:
            features: of what was observed.
            value: what was observed.
            variance: of its noise; below 0, what was learnt from it with that variance above 0 is taken back.

        Returns:
            What was expected before, and the variance of that.
        """
        shares, stories = self.shares, len(self.scales)
        ahead = self._covariances @ features
        ahead -= np.matmul((self._news @ features)[:, None], self._news)[:, 0]
        expected, unsure = self.means @ features, ahead @ features
        total, apart = unsure + variance, value - expected
        self.means += ahead * (apart / total)[:, None]
        middle = float(shares @ expected)
        doubt = float(shares @ (unsure + (expected - middle) ** 2))
        if variance > 0:
            self.told += -0.5 * (apart * apart / total + np.log(total))
            self._news[:, self._observed % _HELD] = ahead / np.sqrt(total)[:, None]
            # In turns, so that no observation costs much more than another.
            for story in range(stories):
                if (self._observed + story * _HELD // stories) % _HELD == 0:
                    self._settle(story)
            self._observed += 1
        else:
            # The evidence of all observations is the same in any order: what is taken back came last.
            apart, before = value - self.means @ features, variance * variance / -total
            self.told += 0.5 * (apart * apart / before + np.log(before))
            self._covariances = self.covariances - ahead[:, :, None] * ahead[:, None] / total[:, None, None]
        self._blended, self._shares = False, None
        return middle, doubt

    def _settle(self, story: int) -> None:
        """Takes off its covariance what was learnt last."""
        news = self._news[story]
        # Rows with themselves: symmetric to the last bit, so rounding never tips it.
        self._covariances[story] -= np.matmul(news.T, news, out=self._scratch)
        news[:] = 0.0
        self._blended = False

    def observe_many(self, features: Numbers, values: Numbers, variances: Numbers) -> None:
        """Learns from many observations at once: the same as one by one, in any order.

        Args:
            features: observations x features.
            values: what was observed.
            variances: of their noise, above 0.
        """
        for story, covariance in enumerate(self.covariances):
            ahead = features @ covariance
            products, apart = ahead @ features.T, values - features @ self.means[story]
            gain = np.linalg.solve(products + np.diag(variances), ahead)
            self.told[story] += evidence(products, apart, variances)[-1]
            self.means[story] += apart @ gain
            less = covariance - ahead.T @ gain
            self._covariances[story] = (less + less.T) / 2
        self._blended, self._shares = False, None

    def restore(self, mean: Numbers, covariance: Numbers, told: Numbers) -> None:
        """Knows what another one knew: the first story says what was observed, so the others follow from it.

        Args:
            mean: of its first story.
            covariance: of its first story.
            told: as the attribute.
        """
        self._news[:] = 0.0
        self.means[0], self._covariances[0], self.told = mean, covariance, told.copy()
        precision = np.linalg.inv(covariance)
        precision = (precision + precision.T) / 2
        drawn = precision @ mean
        for story in range(1, len(self.scales)):
            more = self.scales[story] ** -2 - self.scales[0] ** -2
            found = np.linalg.inv(precision + np.diag(more))
            self._covariances[story] = (found + found.T) / 2
            leaning = self.prior[story] / self.scales[story] ** 2 - self.prior[0] / self.scales[0] ** 2
            self.means[story] = self._covariances[story] @ (drawn + leaning)
        self._blended, self._shares = False, None


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
