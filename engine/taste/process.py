"""A Gaussian process over ratings: the best judge of candidates while ratings are few.

Its kernel is that of the linear model (`engine.taste.joint`) and a Gaussian one of recipe and moment, so that it knows
what lines can tell and remembers what they cannot: what was liked, and what lies near it. It looks at every rating
anew, which costs the cube of their number; after 300 the linear model has caught up, and the oldest are left out. See
Rasmussen and Williams 2006, 2.2 and 5.4.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.taste.centring import Centring
from engine.taste.joint import Joint, Reach, Span, Tilt

__all__ = ["MOST_RATINGS", "Kernel", "Process", "Ratings"]

Numbers = NDArray[np.float64]

MOST_RATINGS = 300
"""Ratings it looks at, the newest."""

_UNHEARD = 4.0
"""Ways of hearing that are e^4 times less likely than the best one are not asked."""


STORIES = (
    Tilt(product=0.0),
    Tilt(arm=0.6, product=1.0),
    Tilt(arm=0.45, product=0.0, hill=3.6),
    Tilt(arm=0.45, product=0.7, hill=3.6),
)
"""The recipe alone, the moment too, an ideal amount, one that moves with the moment."""


class Kernel(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How alike ratings are expected to be.

    Attributes:
        reach: as in the linear model; its smooth rest is this kernel's own, without waves.
        stories: what a user's taste may hang on more or less than that, and how far the middle may be preferred
            beforehand: all are tried, and heard by how likely they make the ratings. Each is a narrow one, so that few
            ratings go far in the story that is true.
        near: how far the Gaussian kernel of the recipe may move a rating, in stars (standard deviation).
        here: the same for recipe and moment together.
        length: how far apart, in spreads a number, recipes are strangers.
        suiting: stars a recipe is expected to gain by being for the moment's genre.
        noise: deviation of a rating.
    """

    reach: Reach = msgspec.field(default_factory=lambda: Reach(suits=0.25, bend=0.1, context=0.2, waves=0))
    stories: tuple[Tilt, ...] = STORIES
    near: float = 0.2
    here: float = 0.15
    length: float = 1.0
    suiting: float = 0.8
    noise: float = 0.85


class Ratings(msgspec.Struct, frozen=True, kw_only=True):
    """Ratings in the order they came.

    Attributes:
        contexts: ratings x numbers of the moment, each about -1..1.
        arms: ratings x numbers of what was rated.
        suits: how well each suited its moment's genre, 0..1.
        stars: 1..5 each.
        weights: how much of a rating each is, above 0 to 1.
    """

    contexts: Numbers
    arms: Numbers
    suits: Numbers
    stars: Numbers
    weights: Numbers

    def last(self, count: int) -> Ratings:
        """Returns the newest of them."""
        return self._some(slice(-count, None))

    def first(self, count: int) -> Ratings:
        """Returns the oldest of them."""
        return self._some(slice(0, count))

    def _some(self, which: slice) -> Ratings:
        return Ratings(
            contexts=self.contexts[which],
            arms=self.arms[which],
            suits=self.suits[which],
            stars=self.stars[which],
            weights=self.weights[which],
        )


class Reading(msgspec.Struct, frozen=True):
    """What ratings come to in one way of hearing them.

    Attributes:
        arm, product: factors of the kernel, squared.
        hill: how far the middle is preferred beforehand.
        share: how far this way is believed, 0..1; all sum to 1.
        half: matrix whose square is the inverse covariance of the ratings.
        weights: of the ratings.
    """

    arm: float
    product: float
    hill: float
    share: float
    half: Numbers
    weights: Numbers


class Process:
    """A judge that has read some ratings.

    Args:
        ratings: at least one; of more than 300 the newest.
        kernel: how alike ratings are expected to be.
        span: where the numbers of what is rated lie; left out, they are taken from the ratings.

    Attributes:
        centring: how the user gives stars.
    """

    def __init__(self, ratings: Ratings, kernel: Kernel | None = None, span: Span | None = None) -> None:
        told = ratings.last(MOST_RATINGS)
        self.kernel = kernel or Kernel()
        self.centring = Centring.of(told.stars, told.weights)
        self._span = span or Span.of(told.arms)
        self._joint = Joint(told.contexts.shape[1], told.arms.shape[1], self.kernel.reach)
        self._contexts, self._arms = told.contexts, self._span.place(told.arms)
        self._basis = self._joint.basis(self._arms, told.suits)
        self._middle = float(told.suits.mean())
        levels = self.centring.level(told.stars) - self.kernel.suiting * (told.suits - self._middle)
        noise = np.diag(self.kernel.noise**2 / told.weights)
        self._readings = self._read(self._alike(self._basis, self._contexts, self._arms), levels, noise)

    def _read(self, alike: tuple[Numbers, Numbers, Numbers], levels: Numbers, noise: Numbers) -> list[Reading]:
        rest, own, product = alike
        bent = self._bent(self._basis)
        found: list[tuple[float, Reading]] = []
        for story in self.kernel.stories:
            root = np.linalg.cholesky(rest + story.arm**2 * own + story.product**2 * product + noise)
            half = np.asarray(np.linalg.inv(root), dtype=np.float64)
            told = half @ (levels + story.hill * bent)
            evidence = -0.5 * float(told @ told) - float(np.log(np.diag(root)).sum())
            found.append((evidence, Reading(story.arm**2, story.product**2, story.hill, 0.0, half, told @ half)))
        best = max(evidence for evidence, _ in found)
        heard = [(np.exp(evidence - best), reading) for evidence, reading in found if evidence > best - _UNHEARD]
        total = sum(likely for likely, _ in heard)
        return [msgspec.structs.replace(reading, share=float(likely / total)) for likely, reading in heard]

    def _bent(self, basis: Numbers) -> Numbers:
        return np.asarray(basis[:, self._joint.parts["bend"]].sum(axis=1))

    def _alike(self, basis: Numbers, contexts: Numbers, arms: Numbers) -> tuple[Numbers, Numbers, Numbers]:
        """How alike some are to those that were rated: by all else, by the recipe alone, by recipe and moment.

        Features of recipe and moment together need not be made: their product is that of the recipes' and the
        moments'. Contexts of one row are the moment of all.
        """
        kernel, weights = self.kernel, self._joint.weights
        near, met = arms @ self._arms.T, contexts @ self._contexts.T
        own = weights["arm"] ** 2 * near
        rest = basis @ self._basis.T - own + weights["context"] ** 2 * met
        far = _squares(arms, self._arms, near) / (2 * kernel.length**2 * arms.shape[1])
        moments = 3 * _squares(contexts, self._contexts, met) / contexts.shape[1]
        rest += np.exp(-far) * (kernel.near**2 + kernel.here**2 * np.exp(-moments))
        return rest, own, weights["product"] ** 2 * near * met

    def predict(self, context: Numbers, arms: Numbers, suits: Numbers) -> tuple[Numbers, Numbers]:
        """Returns what is expected of each of several in one moment.

        Args:
            context: numbers of the moment.
            arms: several x numbers.
            suits: how well each suits the moment's genre, 0..1.

        Returns:
            Stars this user would give, not cut off at 1 and 5, and their deviation.
        """
        placed = self._span.place(arms)
        basis, weights = self._joint.basis(placed, suits), self._joint.weights
        wide, now = (placed * placed).sum(axis=1), float(context @ context)
        arm, product = weights["arm"] ** 2 * wide, weights["product"] ** 2 * wide * now
        rest = (basis * basis).sum(axis=1) - arm + weights["context"] ** 2 * now
        rest += self.kernel.near**2 + self.kernel.here**2
        alike = self._alike(basis, context[None], placed)
        level, second, bent = np.zeros(len(arms)), np.zeros(len(arms)), self._bent(basis)
        for reading in self._readings:
            near = alike[0] + reading.arm * alike[1] + reading.product * alike[2]
            told = near @ reading.half.T
            mean = near @ reading.weights - reading.hill * bent
            own = rest + reading.arm * arm + reading.product * product - (told * told).sum(axis=1)
            level += reading.share * mean
            second += reading.share * (np.maximum(own, 1e-12) + mean * mean)
        deviation = np.sqrt(np.maximum(second - level * level, 1e-12))
        level += self.kernel.suiting * (suits - self._middle)
        scale = float(self.centring.level(1.0) - self.centring.level(0.0))
        return level / scale + self.centring.centre, deviation / scale


def _squares(some: Numbers, others: Numbers, products: Numbers) -> Numbers:
    """Squared distances between rows whose products are known."""
    far = (some * some).sum(axis=1)[:, None] + (others * others).sum(axis=1) - 2 * products
    return np.asarray(np.maximum(far, 0))
