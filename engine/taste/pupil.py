"""What learns a user's taste in music: takes and their rewards in, judgement of candidates out.

Two minds share it. The learner (`engine.taste.learner`) chooses recipes and never forgets; the process
(`engine.taste.process`) judges candidates by what they sound like too, from the last ratings, while these are few.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine import typed
from engine.errors import InvalidValue
from engine.notes import Note
from engine.taste.joint import Span
from engine.taste.learner import Learner
from engine.taste.memory import VERSION as LEARNER_VERSION
from engine.taste.memory import Choice
from engine.taste.music import MOMENT, RECIPE, moment, recipe, recipes, suits
from engine.taste.process import MOST_RATINGS, Process, Ratings
from engine.taste.rewards import Meant
from engine.taste.store.records import Take
from engine.taste.traits import TRAITS, traits

__all__ = ["VERSION", "WAITING", "Candidate", "Pupil"]

Numbers = NDArray[np.float64]

VERSION = 100 * LEARNER_VERSION + 1
"""Of the state; a state of any other version is learnt anew from the rewards."""

WAITING = "waiting"
"""Where a take's ``choice`` holds the id of the choice that waits for its rating."""

_UNHEARD = np.full(len(TRAITS), 0.4)
"""What a take is thought to sound like of which only the recipe is known."""


class Candidate(msgspec.Struct, frozen=True, kw_only=True):
    """One of several to judge.

    Attributes:
        recipe: fields of the role's request, as resolved.
        genre: id of the genre it is for; "" where that is not known.
        traits: what it sounds like; see ``engine.taste.traits``.
    """

    recipe: dict[str, Any]
    genre: str = ""
    traits: list[float] = msgspec.field(default_factory=_UNHEARD.tolist)

    @classmethod
    def of(cls, fields: Mapping[str, Any], notes: Sequence[Note], length: float, genre: str = "") -> Candidate:
        """Returns a candidate of notes.

        Args:
            fields: of the role's request, as resolved.
            notes: of the take.
            length: beats.
            genre: id of the genre it is for; left out, the style of the fields.
        """
        heard = traits(notes, length).tolist()
        return cls(recipe=dict(fields), genre=genre or str(fields.get("style") or ""), traits=heard)


class _Rated(msgspec.Struct, frozen=True):
    take: str
    context: list[float]
    arm: list[float]
    suits: float
    stars: float
    weight: float


class _State(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    version: int
    learner: dict[str, Any]
    rated: list[_Rated]


class Pupil:
    """Learns takes.

    Attributes:
        learner: chooses recipes.
    """

    def __init__(self, learner: Learner | None = None) -> None:
        self.learner = learner or Learner(len(MOMENT), len(RECIPE))
        self._rated: list[_Rated] = []
        self._process: Process | None = None

    @property
    def rated(self) -> int:
        """How many takes it has learnt from."""
        return self.learner.rated

    @property
    def ratings(self) -> Ratings | None:
        """The last ratings as numbers, or None before the first."""
        if not self._rated:
            return None
        rows = self._rated
        return Ratings(
            contexts=np.array([row.context for row in rows]),
            arms=np.array([row.arm for row in rows]),
            suits=np.array([row.suits for row in rows]),
            stars=np.array([row.stars for row in rows]),
            weights=np.array([row.weight for row in rows]),
        )

    def learn(self, take: Take, meant: Meant) -> None:
        """Learns what a take was worth."""
        row = _row(take, meant)
        waiting = take.choice.get(WAITING)
        if isinstance(waiting, int):
            self.learner.forget(waiting)
        self._teach(row)
        self._rated = [*self._rated[1 - MOST_RATINGS :], row]
        self._process = None

    def _teach(self, row: _Rated) -> None:
        self.learner.learn(row.context, row.arm[: len(RECIPE)], row.stars, suits=row.suits, weight=row.weight)

    def unlearn(self, take: Take, meant: Meant) -> None:
        """Takes back what it learnt of a take: somebody thinks otherwise now."""
        row = _row(take, meant)
        self._rated = [kept for kept in self._rated if kept.take != take.id]
        self._process = None
        if not self.learner.turns:
            arm = row.arm[: len(RECIPE)]
            self.learner.unlearn(row.context, arm, row.stars, suits=row.suits, weight=row.weight)
            return
        # What came before a turn was let go already: whatever is left is learnt once more.
        self.learner = Learner(len(MOMENT), len(RECIPE), self.learner.settings)
        for kept in self._rated:
            self._teach(kept)

    def choose(
        self,
        context: Mapping[str, Any],
        shelf: Sequence[Candidate],
        explore: float = 0.5,
        mark: float | None = None,
    ) -> Choice:
        """Chooses a recipe for a moment.

        Args:
            context: see ``engine.taste.music.moment``.
            shelf: recipes, at least one.
            explore: 0 (safe) .. 1 (surprising); 0.5 learns fastest.
            mark: 0 <= mark < 1, draws which by their chances; left out, the learner's own number.

        Returns:
            The choice. It waits for its rating: the take made of it holds ``id`` as ``choice["waiting"]``.
        """
        now, recipes, fit = self._numbers(context, shelf)
        return self.learner.choose(now, recipes, fit, explore=explore, mark=mark)

    def peek(
        self,
        context: Mapping[str, Any],
        shelf: Sequence[Candidate],
        explore: float = 0.5,
        mark: float | None = None,
    ) -> Choice:
        """Returns what ``choose`` would answer now; nothing is chosen, and nothing waited for."""
        now, recipes, fit = self._numbers(context, shelf)
        return self.learner.peek(now, recipes, fit, explore=explore, mark=mark)

    def judge(self, context: Mapping[str, Any], candidates: Sequence[Candidate]) -> tuple[Numbers, Numbers]:
        """Returns expected stars of each candidate in a moment, and their deviation.

        Args:
            context: see ``engine.taste.music.moment``.
            candidates: at least one.
        """
        now, recipes, fit = self._numbers(context, candidates)
        self.prepare()
        if self._process is None or self.learner.rated > MOST_RATINGS:
            return self.learner.predict(now, recipes, fit)
        heard = np.array([one.traits for one in candidates])
        return self._process.predict(now, np.hstack([recipes, heard]), fit)

    def prepare(self) -> None:
        """Reads the last ratings, so that the next judgement need not: up to 30 ms once after a lesson."""
        if self._process is None and self.learner.rated <= MOST_RATINGS and (told := self.ratings) is not None:
            self._process = Process(told, span=_SPAN)

    def _numbers(self, context: Mapping[str, Any], shelf: Sequence[Candidate]) -> tuple[Numbers, Numbers, Numbers]:
        role, genre = str(context.get("role") or ""), str(context.get("genre") or "")
        rows = recipes(role, [one.recipe for one in shelf])
        return moment(context), rows, np.array([suits(one.genre, genre) for one in shelf])

    def state(self) -> dict[str, Any]:
        """All of it, as plain data for JSON."""
        made: dict[str, Any] = msgspec.to_builtins(
            _State(version=VERSION, learner=self.learner.state(), rated=self._rated)
        )
        return made

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Pupil:
        """Returns the pupil that a state tells of.

        Raises:
            InvalidValue: it is of another version, or not whole.
        """
        try:
            state = typed.convert(plain, _State)
        except msgspec.ValidationError as error:
            raise InvalidValue("taste", "a state that is not whole", "Learn it anew from the ratings.") from error
        if state.version != VERSION:
            raise InvalidValue("taste", state.version, "This taste was kept by another version: learn it anew.")
        pupil = cls(Learner.of(state.learner))
        pupil._rated = state.rated
        return pupil


_SPAN = Span(
    centre=[0.5] * len(RECIPE) + _UNHEARD.tolist(),
    spread=[0.25] * (len(RECIPE) + len(TRAITS)),
)


def _row(take: Take, meant: Meant) -> _Rated:
    """A rated take as numbers."""
    context = {"role": take.role, **take.context}
    heard = take.features if len(take.features) == len(TRAITS) else _UNHEARD.tolist()
    genre = str(take.context.get("genre") or "")
    # A recipe is chosen by the genre it is for, whatever its role calls the style.
    style = str(take.choice.get("genre") or take.resolved.get("style") or take.recipe.get("style") or genre)
    return _Rated(
        take=take.id,
        context=moment(context).tolist(),
        arm=[*recipe(take.role, {**take.recipe, **take.resolved}).tolist(), *heard],
        suits=suits(style, genre),
        stars=meant.stars,
        weight=meant.weight,
    )
