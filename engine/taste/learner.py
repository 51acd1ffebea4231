"""One taste that learns: choose, hear about it at once, later or never, choose better.

Numbers only: a moment is an array, a recipe is a row of a matrix, how well a recipe suits the moment's genre is a
number. `engine.taste.moment` and `engine.taste.recipes` make them of music; anything else that has numbers can be
learnt as well.

    learner = Learner(contexts=16, arms=8)
    choice = learner.choose(moment, shelf, suits)      # choice.index is a row of the shelf
    learner.rate(choice.id, 4)                         # at once, later, out of order, or never

One model is shared by all recipes, so what is learnt of one tells of the others. All of it is plain data (`state`,
`Learner.of`), and the same state gives the same choices.
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

from engine.compose.dice import Dice
from engine.errors import InvalidValue
from engine.taste.choice import bold, chances, draw, thompson
from engine.taste.drift import KEPT, turning_point
from engine.taste.joint import Joint, Span
from engine.taste.memory import VERSION, Choice, Seen, Settings, State, check_rating, read_state
from engine.taste.posterior import Posterior
from engine.taste.waiting import MOST_WAITING, Waiting

__all__ = ["MOST_WAITING", "Choice", "Learner", "Settings"]

Numbers = NDArray[np.float64]


class Learner:
    """Learns a taste.

    Args:
        contexts: how many numbers a moment has; each about -1..1, those that reach farther are scaled down.
        arms: how many numbers a recipe has; on any scale, their span is learnt from the first shelf.
        settings: how it learns.
        seed: of its dice.

    Attributes:
        joint: what ratings may hang on.
        posterior: what is known about how far they do.
        rated: how many ratings it has learnt from.
        turns: after how many ratings taste was found to have turned.
    """

    def __init__(self, contexts: int, arms: int, settings: Settings | None = None, seed: int = 0) -> None:
        self.settings = settings or Settings()
        self.joint = Joint(contexts, arms, self.settings.reach)
        self._tilts = np.array([self.joint.tilted(tilt) for tilt in self.settings.stories])
        self.posterior = Posterior(self._prior(), self._tilts)
        self.chosen = self.rated = 0
        self.turns: list[int] = []
        self._seed = seed
        self._span: Span | None = None
        self._shelf: tuple[bytes, Numbers, Numbers] | None = None
        self._widest: Numbers = np.ones(contexts)
        self._waiting = Waiting()
        self._recent: list[tuple[Seen, Numbers]] = []

    def _prior(self) -> Numbers:
        mean = np.zeros(self._tilts.shape)
        mean[:, 0] = self.settings.usual / self.settings.reach.usual
        mean[:, 1] = self.settings.suiting / self.settings.reach.suits
        for story, tilt in enumerate(self.settings.stories):
            mean[story, self.joint.parts["bend"]] = -tilt.hill
        return mean

    def choose(
        self,
        context: ArrayLike,
        arms: ArrayLike,
        suits: ArrayLike | None = None,
        *,
        explore: float = 0.5,
        mark: float | None = None,
    ) -> Choice:
        """Chooses a recipe for a moment and waits for its rating.

        Args:
            context: numbers of the moment.
            arms: recipes x numbers.
            suits: how well each recipe suits the moment's genre, 0..1 (1: its own); left out, nothing is known of it:
                in the benchmark's worlds learning then costs half as much again to twice as much.
            explore: 0 (safe) .. 1 (surprising); 0.5 learns fastest.
            mark: 0 <= mark < 1, draws which by their chances; left out, a number of its own each time.

        Returns:
            The choice, its chance, and what is expected of every recipe.

        Raises:
            InvalidValue: arrays of another shape, or numbers that are none.
        """
        choice, seen, features = self._weighed(context, arms, suits, explore, mark)
        self.chosen += 1
        self._waiting.add(self.chosen, seen, features)
        return msgspec.structs.replace(choice, id=self.chosen)

    def peek(
        self,
        context: ArrayLike,
        arms: ArrayLike,
        suits: ArrayLike | None = None,
        *,
        explore: float = 0.5,
        mark: float | None = None,
    ) -> Choice:
        """Returns what ``choose`` would answer now, with an id of 0: nothing is chosen, and nothing waited for."""
        return self._weighed(context, arms, suits, explore, mark)[0]

    def _weighed(
        self, context: ArrayLike, arms: ArrayLike, suits: ArrayLike | None, explore: float, mark: float | None
    ) -> tuple[Choice, Seen, Numbers]:
        if not 0 <= explore <= 1:
            raise InvalidValue("explore", explore, "Use a number from 0 (safe) to 1 (surprising).")
        moment, shelf, fit, basis = self._inputs(context, arms, suits)
        fold = self.joint.fold(moment)
        expected = basis @ fold(self.posterior.mean)
        # How stars fall in this moment is the same for all: what counts is what is unsure beside the others.
        apart = basis - basis.sum(axis=0) / len(basis)
        known = self._waiting.known(self.posterior, fold, self.settings.noise)
        unsure = np.sqrt(np.maximum(((apart @ known) * apart).sum(axis=1), 1e-12))
        dice = Dice(self._seed)
        if self.settings.policy == "thompson":
            # Drawing is bolder than bounding at the same width: most draws go astray somewhere.
            chance = thompson(expected, apart, known, bold(explore) / 2, (dice, self.chosen))
        else:
            soft = self.settings.soft * float(unsure.mean()) * (0.5 + explore)
            chance = chances(expected, unsure, bold(explore), soft)
        index = draw(chance, dice.uniform("choice", self.chosen) if mark is None else mark)
        choice = Choice(
            id=0,
            index=index,
            propensity=float(chance[index]),
            chances=chance.tolist(),
            expected=expected.tolist(),
            unsure=unsure.tolist(),
        )
        seen = Seen(context=moment.tolist(), arm=shelf[index].tolist(), suits=float(fit[index]))
        return choice, seen, self.joint.joined(basis[index], moment, shelf[index])

    def rate(self, choice: int, stars: float, weight: float = 1.0) -> bool:
        """Learns what a choice was worth.

        Args:
            choice: its id.
            stars: 1..5, not always whole.
            weight: how much of a rating it is: 1 is one person's; what somebody did says less than what they said.

        Returns:
            False where it is not waited for any more (rated before, given up, or never chosen); see ``learn``.

        Raises:
            InvalidValue: no such stars, or no such weight.
        """
        check_rating(stars, weight)
        if (found := self._waiting.take(choice)) is None:
            return False
        seen, features = found
        seen.stars, seen.weight = float(stars), float(weight)
        self._learn(seen, features)
        return True

    def forget(self, choice: int) -> None:
        """Stops waiting for a choice that will not be rated."""
        self._waiting.take(choice)

    def learn(
        self, context: ArrayLike, arm: ArrayLike, stars: float, *, suits: float = 0.0, weight: float = 1.0
    ) -> None:
        """Learns from a rating of something that was not chosen here, or too long ago.

        Args:
            context: numbers of the moment.
            arm: numbers of the recipe.
            stars: 1..5.
            suits: how well it suits the moment's genre.
            weight: how much of a rating it is.

        Raises:
            InvalidValue: as ``choose`` and ``rate``.
        """
        check_rating(stars, weight)
        moment, shelf, _, basis = self._inputs(context, np.asarray(arm, dtype=np.float64)[None], [suits])
        seen = Seen(context=moment.tolist(), arm=shelf[0].tolist(), suits=float(suits))
        seen.stars, seen.weight = float(stars), float(weight)
        self._learn(seen, self.joint.joined(basis[0], moment, shelf[0]))

    def unlearn(
        self, context: ArrayLike, arm: ArrayLike, stars: float, *, suits: float = 0.0, weight: float = 1.0
    ) -> None:
        """Takes back what was learnt from a rating since taste last turned; takes what ``learn`` took."""
        check_rating(stars, weight)
        moment, shelf, _, basis = self._inputs(context, np.asarray(arm, dtype=np.float64)[None], [suits])
        features = self.joint.joined(basis[0], moment, shelf[0])
        self.posterior.observe(features, float(stars), -(self.settings.noise**2) / weight)
        self.rated -= 1

    def predict(self, context: ArrayLike, arms: ArrayLike, suits: ArrayLike | None = None) -> tuple[Numbers, Numbers]:
        """Returns expected stars of each recipe and the deviation of that; takes what ``choose`` takes."""
        moment, _, _, basis = self._inputs(context, arms, suits)
        fold = self.joint.fold(moment)
        known = fold(fold(self.posterior.covariance).T)
        variances = np.maximum(((basis @ known) * basis).sum(axis=1), 0)
        return basis @ fold(self.posterior.mean), np.sqrt(variances)

    def _inputs(
        self, context: ArrayLike, arms: ArrayLike, suits: ArrayLike | None
    ) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """The moment, recipes as placed, how they suit it, and their basis; checked."""
        moment = np.asarray(context, dtype=np.float64)
        if moment.shape != (self.joint.contexts,) or not np.isfinite(moment).all():
            raise InvalidValue("context", moment.shape, f"Give {self.joint.contexts} finite numbers.")
        placed, usual = self._placed(np.asarray(arms, dtype=np.float64))
        fit = np.zeros(len(placed)) if suits is None else np.asarray(suits, dtype=np.float64)
        if fit.shape != (len(placed),) or not np.isfinite(fit).all():
            raise InvalidValue("suits", fit.shape, "Give one finite number for each recipe.")
        self._widest = np.maximum(self._widest, np.abs(moment))
        return moment / self._widest, placed, fit, self.joint.suiting(usual, fit)

    def _placed(self, shelf: Numbers) -> tuple[Numbers, Numbers]:
        """Recipes as placed and their basis where they suit nothing; the last shelf is remembered."""
        told = shelf.tobytes()
        if self._shelf and self._shelf[0] == told and shelf.shape == self._shelf[1].shape:
            return self._shelf[1:]
        if shelf.ndim != 2 or len(shelf) == 0 or shelf.shape[1] != self.joint.arms or not np.isfinite(shelf).all():
            raise InvalidValue("arms", shelf.shape, f"Give rows of {self.joint.arms} finite numbers, at least one.")
        if self._span is None:
            self._span = Span.of(shelf)
        placed = self._span.place(shelf)
        found = placed, self.joint.basis(placed, np.zeros(len(placed)))
        if len(shelf) > 1:  # one alone is a rating, and the shelf comes again
            self._shelf = told, *found
        return found

    def _features(self, rows: list[Seen]) -> Numbers:
        contexts = np.array([row.context for row in rows])
        return self.joint.features(contexts, np.array([row.arm for row in rows]), np.array([row.suits for row in rows]))

    def _learn(self, seen: Seen, features: Numbers) -> None:
        stars, variance = seen.stars or 0.0, self.settings.noise**2 / seen.weight
        expected, unsure = self.posterior.observe(features, stars, variance)
        seen.surprise = (stars - expected) ** 2 / (variance + unsure)
        self._recent = [*self._recent[1 - KEPT :], (seen, features)]
        self.rated += 1
        if self.settings.watch_drift and self._alarmed():
            self._look_back()

    def _alarmed(self) -> bool:
        last = self._recent[-self.settings.drift.window :]
        return self.settings.drift.alarmed([row.surprise for row, _ in last])

    def _look_back(self) -> None:
        """Lets go what came before taste turned, where it did."""
        likeliest = int(self.posterior.told.argmax())
        prior, scales = self.posterior.prior[likeliest], self.posterior.scales[likeliest]
        features = np.array([each for _, each in self._recent])
        stars = np.array([row.stars for row, _ in self._recent], dtype=np.float64)
        variances = np.array([self.settings.noise**2 / row.weight for row, _ in self._recent])
        since = turning_point(self.settings.drift, features * scales, stars - features @ prior, variances)
        if since is None:
            return
        self.posterior = Posterior(self._prior(), self._tilts)
        self.posterior.observe_many(features[-since:], stars[-since:], variances[-since:])
        self._recent = self._recent[-since:]
        for row, _ in self._recent:
            row.surprise = 1.0
        self.turns.append(self.rated)

    def state(self) -> dict[str, Any]:
        """Returns all of it as plain data for JSON."""
        lower = np.tril_indices(self.joint.size)
        state = State(
            version=VERSION,
            contexts=self.joint.contexts,
            arms=self.joint.arms,
            settings=self.settings,
            seed=self._seed,
            chosen=self.chosen,
            rated=self.rated,
            turns=self.turns,
            span=self._span,
            widest=self._widest.tolist(),
            waiting=self._waiting.plain(),
            recent=[row for row, _ in self._recent],
            mean=self.posterior.means[0].tolist(),
            covariance=self.posterior.covariances[0][lower].tolist(),
            told=self.posterior.told.tolist(),
        )
        made: dict[str, Any] = msgspec.to_builtins(state)
        return made

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Learner:
        """Returns the learner that a state tells of.

        Args:
            plain: what ``state`` gave, through JSON or not.

        Raises:
            InvalidValue: it is of a newer version, or not whole.
        """
        state = read_state(plain)
        learner = cls(state.contexts, state.arms, state.settings, state.seed)
        learner.chosen, learner.rated, learner.turns = state.chosen, state.rated, state.turns
        learner._span = state.span
        learner._recent = [(row, learner._features([row])[0]) for row in state.recent]
        learner._widest = np.array(state.widest)
        size = learner.joint.size
        lower = np.tril_indices(size)
        told = [len(state.mean), len(state.covariance), len(state.widest), len(state.told)]
        if told != [size, len(lower[0]), state.contexts, len(state.settings.stories)]:
            raise InvalidValue(
                "taste", "a state whose numbers do not fit each other", "Learn it anew from the ratings."
            )
        covariance = np.empty((size, size))
        covariance[lower] = state.covariance
        covariance.T[lower] = state.covariance
        learner.posterior.restore(np.array(state.mean), covariance, np.array(state.told))
        for number, seen in state.waiting:
            learner._waiting.add(number, seen, learner._features([seen])[0])
        return learner
