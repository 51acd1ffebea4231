"""What taste may hang on: numbers of the moment, of the recipe, and of both together.

A rating is thought of as a sum: how stars usually fall, how well the recipe suits the moment's genre, each number of
the recipe, how far it lies from the middle (a bend, so that an ideal amount can lie inside), a smooth rest that no
such sum holds (random Fourier features of a Gaussian kernel, Rahimi and Recht 2007), each number of the moment, and
each number of the recipe times each of the moment. Every feature is scaled by how far taste is expected to hang on
it, so that one unit of weight is as likely a priori for each of them: few ratings go to what is likely, many can
prove anything.

The moment is the same for all that are chosen between. So what is known about all weights is folded, once a choice,
into what is known about a few (``Joint.fold``), and a shelf is judged by ``Joint.basis`` alone: a quarter of the
numbers.
"""

from __future__ import annotations

from collections.abc import Callable

import msgspec
import numpy as np
from numpy.typing import NDArray

__all__ = ["Joint", "Reach", "Span", "Tilt"]

Numbers = NDArray[np.float64]

_WAVES_SEED = 2026

_ONE_SCALE = 3.0
"""Numbers are on one scale where none spreads so many times as far as another."""

_FILLED = 0.6
"""Share of 0..1 or -1..1 from which on it is thought to be what numbers are drawn from."""


class Reach(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """How far a rating is expected to move with each kind of feature, in stars (standard deviations).

    Attributes:
        usual: how stars usually fall.
        suits: the recipe is for this genre.
        arm: all numbers of the recipe together.
        bend: their bends together.
        rest: the smooth rest.
        context: all numbers of the moment together.
        product: all products together.
        waves: how many features hold the smooth rest.
    """

    usual: float = 0.7
    suits: float = 0.8
    arm: float = 1.0
    bend: float = 0.45
    rest: float = 0.35
    context: float = 0.4
    product: float = 0.75
    waves: int = 12


class Tilt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One story of what a user's taste hangs on: factors of `Reach`, above 0.

    Attributes:
        arm: of the numbers of the recipe.
        bend: of their bends.
        rest: of the smooth rest.
        product: of the products.
        hill: how far what lies away from the middle is disliked beforehand, whatever the number: 1 moves a rating as
            far as all bends together usually do. Liking that is highest at a moderate amount is what is found most
            often (Berlyne 1971; Chmiel and Schubert 2017).
    """

    arm: float = 1.0
    bend: float = 1.0
    rest: float = 1.0
    product: float = 1.0
    hill: float = 0.0


class Span(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the numbers of recipes lie: learnt from the first shelf, then kept.

    Attributes:
        centre: of each number.
        spread: standard deviation of each, above 0.
    """

    centre: list[float]
    spread: list[float]

    @classmethod
    def of(cls, arms: Numbers) -> Span:
        """Returns the span of a shelf; of fewer than 8 recipes, one for numbers in 0..1.

        Numbers that spread alike are on one scale: which of them this shelf happens to spread most tells nothing, so
        they share one spread. Where they fill 0..1 or -1..1, its middle is their centre, wherever recipes crowd.

        Args:
            arms: recipes x numbers.
        """
        if len(arms) < 8:
            return cls(centre=[0.5] * arms.shape[1], spread=[0.3] * arms.shape[1])
        centre, spread = arms.mean(axis=0), arms.std(axis=0)
        # A number that all recipes share tells nothing: left at 0, wherever it lies.
        moves = spread > 1e-6
        own = spread[moves]
        spread = np.where(moves, spread, 1.0)
        if own.size and own.max() < _ONE_SCALE * own.min():
            spread[moves] = np.sqrt((own * own).mean())
            low, high = float(arms[:, moves].min()), float(arms[:, moves].max())
            for begin, end in ((0.0, 1.0), (-1.0, 1.0)):
                if begin <= low < high <= end and high - low > _FILLED * (end - begin):
                    centre[moves] = (begin + end) / 2
                    break
        return cls(centre=centre.tolist(), spread=spread.tolist())

    def place(self, arms: Numbers) -> Numbers:
        """Returns recipes as deviations from the centre, in spreads, none beyond 4."""
        away = (arms - np.array(self.centre)) / np.array(self.spread)
        return np.asarray(np.minimum(np.maximum(away, -4.0), 4.0))


class Joint:
    """Makes the features.

    Args:
        contexts: how many numbers a moment has, 1 or more.
        arms: how many numbers a recipe has, 1 or more.
        reach: how far a rating is expected to move with each kind.

    Attributes:
        size: how many features there are.
        own: how many of them, the first ones, hang on the recipe alone (``basis``).
        parts: by kind, where its features lie.
        weights: of some kinds, what their numbers are multiplied by.
    """

    def __init__(self, contexts: int, arms: int, reach: Reach) -> None:
        self.reach, self.contexts, self.arms = reach, contexts, arms
        sizes = {
            **{"usual": 1, "suits": 1, "arm": arms, "bend": arms, "rest": reach.waves},
            **{"context": contexts, "product": contexts * arms},
        }
        ends = np.cumsum(list(sizes.values())).tolist()
        self.parts = {name: slice(end - size, end) for (name, size), end in zip(sizes.items(), ends, strict=True)}
        self.size, self.own = ends[-1], ends[4]
        told = np.random.default_rng(_WAVES_SEED)
        self._turns = told.normal(0, 1 / (1.1 * np.sqrt(arms)), (arms, reach.waves))
        self._phases = told.uniform(0, 2 * np.pi, reach.waves)
        # A moment's numbers are about 1/3 each in mean square (a third of -1..1, one of eight in a one-hot and so on).
        third = np.sqrt(contexts / 3)
        self._arm = reach.arm / np.sqrt(arms)
        self._bend = reach.bend / np.sqrt(2 * arms)
        self._rest = reach.rest * np.sqrt(2 / max(reach.waves, 1))
        self._context = reach.context / third
        self._product = reach.product / (third * np.sqrt(arms))
        self.weights = {"arm": self._arm, "context": self._context, "product": self._product}

    def basis(self, arms: Numbers, suits: Numbers) -> Numbers:
        """Returns the features of recipes that hang on them alone.

        Args:
            arms: recipes x numbers, placed by ``Span``.
            suits: how well each suits the moment's genre, 0..1.

        Returns:
            recipes x ``own``.
        """
        parts = self.parts
        made = np.empty((len(arms), self.own))
        made[:, 0] = self.reach.usual
        made[:, 1] = suits * self.reach.suits
        made[:, parts["arm"]] = arms * self._arm
        made[:, parts["bend"]] = (arms * arms - 1) * self._bend
        made[:, parts["rest"]] = np.cos(arms @ self._turns + self._phases) * self._rest
        return made

    def features(self, contexts: Numbers, arms: Numbers, suits: Numbers) -> Numbers:
        """Returns all features of recipes, each in a moment of its own.

        Args:
            contexts: recipes x numbers of its moment.
            arms: recipes x numbers, placed by ``Span``.
            suits: how well each suits its moment's genre, 0..1.

        Returns:
            recipes x ``size``.
        """
        made = np.empty((len(arms), self.size))
        made[:, : self.own] = self.basis(arms, suits)
        made[:, self.parts["context"]] = contexts * self._context
        products = (arms * self._product)[:, :, None] * contexts[:, None, :]
        made[:, self.parts["product"]] = products.reshape(len(arms), -1)
        return made

    def suiting(self, basis: Numbers, suits: Numbers) -> Numbers:
        """Returns a basis of the same recipes where they suit otherwise."""
        made = basis.copy()
        made[:, 1] = suits * self.reach.suits
        return made

    def joined(self, basis: Numbers, context: Numbers, arm: Numbers) -> Numbers:
        """Returns all features of one recipe, whose row of the basis is known, in one moment."""
        made = np.empty(self.size)
        made[: self.own] = basis
        made[self.parts["context"]] = context * self._context
        np.multiply(
            (arm * self._product)[:, None],
            context,
            out=made[self.parts["product"]].reshape(self.arms, self.contexts),
        )
        return made

    def tilted(self, tilt: Tilt) -> Numbers:
        """Returns the deviation of each weight a priori, in one story of what taste hangs on."""
        made = np.ones(self.size)
        for kind in ("arm", "bend", "rest", "product"):
            made[self.parts[kind]] = getattr(tilt, kind)
        return made

    def arm_weight(self, arm: int) -> tuple[int, float]:
        """Returns where the weight of a recipe's number lies, and stars for a unit of it a spread off the centre."""
        return self.parts["arm"].start + arm, float(self._arm)

    def product_weight(self, arm: int, context: int) -> tuple[int, float]:
        """Returns the same for a recipe's number times a moment's, where that is 1."""
        return self.parts["product"].start + arm * self.contexts + context, float(self._product)

    def fold(self, context: Numbers) -> Callable[[Numbers], Numbers]:
        """Returns what folds all features into those of the basis, in one moment.

        ``features @ weights`` of recipes in the moment is ``basis @ fold(weights)``, and so on for matrices.

        Args:
            context: numbers of the moment.

        Returns:
            Takes one row (or number) for each of all features, gives one for each feature of the basis.
        """
        moment = context * (self._context / self.reach.usual)
        turned = context * (self._product / self._arm)
        parts = self.parts

        def folded(rows: Numbers) -> Numbers:
            told = rows[: self.own].copy()
            told[0] += moment @ rows[parts["context"]]
            products = turned @ rows[parts["product"]].reshape(self.arms, self.contexts, -1)
            told[parts["arm"]] += products.reshape(told[parts["arm"]].shape)
            return told

        return folded
