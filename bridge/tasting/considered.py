"""A press of Generate that is considered: several takes are drawn, and the one expected to please most is the answer.

Two things are left to chance, each with a chance that is told: by which recipe the takes are made (the learner's choice
among those on the shelf and the user's own, where no style is named), and which of those takes about as good comes
first. Their product is the propensity of the answer.
"""

from __future__ import annotations

import contextlib
import time
from collections.abc import Callable
from hashlib import blake2s
from itertools import islice
from typing import TYPE_CHECKING, Any, Generic, TypeVar

import msgspec

from bridge.call import Call, Kept, device_of
from bridge.own import own_of
from bridge.tasting.recipes import own_recipes_of
from bridge.tasting.takes import taste_of
from engine.errors import InvalidValue, StoreUnavailable

if TYPE_CHECKING:
    from engine.compose.own.model import OwnStyle
    from engine.compose.recipe.offering import Offered, Offering
    from engine.taste.arms import Arm
    from engine.taste.memory import Choice
    from engine.taste.offer import Drawn
    from engine.taste.offer import Offered as Ranked
    from engine.taste.pupil import Pupil

_R = TypeVar("_R", bound=msgspec.Struct)
_A = TypeVar("_A", bound=msgspec.Struct)

SECONDS = 0.006
"""Time that drawing takes may have in a press; what is left of ten milliseconds goes into judging and keeping them."""

LEAST = 2
"""Takes that a press has to choose from however long they take, where there may be runners-up."""

Compose = Callable[[_R, "OwnStyle | None"], _A]
"""A composer: of a request and of the style of the user's own that it names."""


def considered(call: Call | None, role: str, request: _R, compose: Compose[_R, _A]) -> _A:
    """Answer a request of one of the five roles: with the take that is asked for, or with the best of several.

    Args:
        call: Who asks; None where no engine runs and the command line computes by itself.
        role: "chords", "bass", "melody", "arp" or "drums".
        request: Of the role.
        compose: Its composer.

    Raises:
        InvalidValue: the request cannot be composed.
        StoreUnavailable: a recipe or a style of the user's own is asked for by name, and cannot be read.
    """
    asked: Any = request
    if asked.offer is None and not asked.recipe:
        return compose(request, own_of(call, getattr(asked, "own", None)))
    press = _Press(call, role, request, compose)
    return press.one() if asked.offer is None else press.offered()


class _Press(Generic[_R, _A]):
    """One press, and, once it was answered, the order to draw takes for the next of the same request."""

    def __init__(self, call: Call | None, role: str, request: _R, compose: Compose[_R, _A]) -> None:
        from engine.taste.arms import arms_of  # noqa: PLC0415 - numpy, on first use

        asked: Any = request
        self._begun = time.perf_counter()
        self._call = call
        self._role = role
        self._compose = compose
        self._seed: int | None = asked.seed
        self._offer: Offering = asked.offer
        self._plain = msgspec.structs.replace(request, offer=None, seed=None)
        self._styles: dict[str, OwnStyle] = {}
        named = bool(asked.recipe)
        self._arms = [arm for arm in arms_of(role, self._plain, self._own_recipes(named)) if self._playable(arm)]
        self._key = b""
        self._next = 0
        self._arm = 0

    def one(self) -> _A:
        """Compose the one take that is asked for, by the recipe it names."""
        arm = self._arms[0]
        take: _A = self._drawn(arm, self._seed)
        self._note(take, [Kept(request=self._request(arm, take), result=take, choice={"recipe": arm.id})])
        return take

    def offered(self) -> _A:
        """Draw takes and answer with the best of them."""
        from engine.compose.dice import Dice  # noqa: PLC0415 - numpy, on first use
        from engine.taste.beside import beside  # noqa: PLC0415
        from engine.taste.offer import offer  # noqa: PLC0415

        choice = self._choice()
        arm = self._arms[choice.index if choice else 0]
        drawn = self._draw(arm)
        first: Any = drawn[0].take
        context = self._moment(arm, first)
        around = beside(self._role, arm.request, first.length, self._offer.around)
        with taste_of(self._call) as (pupil, known):
            found = offer(
                drawn,
                pupil,
                context,
                around=around,
                explore=self._offer.explore,
                mark=Dice(first.seed).uniform("offer"),
                name=arm.name,
                known=known,
                others=self._offer.others,
            )
        ranked = [found.best, *found.others]
        answers = [self._told(each, arm, choice, found.drawn) for each in ranked]
        best: _A = msgspec.structs.replace(answers[0], others=answers[1:])
        self._note(best, self._kept(ranked, [best, *answers[1:]], arm, choice))
        self._wish()
        return best

    def step(self) -> bool:
        """Draw one take for the next press, by the recipe that it would choose now; False when there are enough."""
        ahead = self._runtime().ahead
        if not self._key:
            with taste_of(self._call) as (pupil, _):
                choice = self._weigh(pupil, peek=True)
            self._arm = choice.index if choice else 0
            self._key = self._key_of(self._arms[self._arm])
        if ahead.count(self._key) >= self._offer.count:
            self._key = b""
            return False
        arm = self._arms[self._arm]
        last = ahead.last_seed(self._key)
        ahead.add(self._key, _heard(self._drawn(arm, _after(self._next if last is None else last))))
        return True

    def _own_recipes(self, named: bool) -> list[Any]:
        """The user's own recipes; where none is asked for by name, music goes on without them."""
        asked: Any = self._plain
        if not named and asked.style != "auto":
            return []
        try:
            return own_recipes_of(self._call, self._role)
        except StoreUnavailable:
            from engine.compose.recipe.shelf import recipes  # noqa: PLC0415 - numpy, on first use

            if named and asked.recipe not in recipes(self._role):
                raise
            return []

    def _playable(self, arm: Arm[_R]) -> bool:
        """Look for the style of the user's own that a recipe names; one that was forgotten cannot be played."""
        wanted = getattr(arm.request, "own", None)
        if wanted is None or wanted in self._styles:
            return True
        style = None
        with contextlib.suppress(InvalidValue) if arm.id else contextlib.nullcontext():
            style = own_of(self._call, wanted)
        if style is not None:
            self._styles[wanted] = style
        return style is not None

    def _choice(self) -> Choice | None:
        if len(self._arms) < 2:
            return None
        with taste_of(self._call) as (pupil, _):
            return self._weigh(pupil, peek=False)

    def _weigh(self, pupil: Pupil, *, peek: bool) -> Choice | None:
        if len(self._arms) < 2:
            return None
        arms = [arm.candidate() for arm in self._arms]
        ask = pupil.peek if peek else pupil.choose
        return ask(self._moment(self._arms[0], None), arms, self._offer.explore)

    def _moment(self, arm: Arm[_R], take: Any) -> dict[str, Any]:
        from engine.taste.described import moment_of  # noqa: PLC0415 - as above

        genre = self._arms[0].genre if len(self._arms) > 1 else ""
        resolved = None if take is None else take.resolved
        return moment_of(arm.request, resolved, self._role, device_of(self._call), time.time_ns(), genre)

    def _draw(self, arm: Arm[_R]) -> list[Drawn[Any]]:
        """Give the takes to choose from: of the seed that was asked for, drawn before, and drawn now, in this order."""
        from engine.compose.dice import draw_seed  # noqa: PLC0415 - as above
        from engine.taste.offer import draw_in_time, seeds_from  # noqa: PLC0415

        own = [] if self._seed is None else [self._seed]
        key = self._key_of(arm)
        ready = [] if self._call is None else self._call.runtime.ahead.take(key, self._offer.count - len(own))
        start = own or ([] if ready else [draw_seed()])
        before = ready[-1].take.seed if ready else start[0]
        seeds = [*start, *islice(seeds_from(before), self._offer.count - len(ready) - len(start))]
        until = self._begun + SECONDS
        # However late it is there is one for Next, where one is wanted.
        wanted = min(self._offer.count, LEAST if self._offer.others else 1) - len(ready)
        new = draw_in_time(lambda seed: self._drawn(arm, seed), seeds, until, least=max(len(start), wanted))
        found = [*new[: len(start)], *ready, *new[len(start) :]]
        self._next = (new[-1] if len(new) > len(start) else found[-1]).take.seed
        return found

    def _drawn(self, arm: Arm[_R], seed: int | None) -> Any:
        wanted: Any = arm.request
        style = self._styles.get(getattr(wanted, "own", None) or "")
        return self._compose(msgspec.structs.replace(wanted, seed=seed), style)

    def _key_of(self, arm: Arm[_R]) -> bytes:
        own = self._styles.get(getattr(arm.request, "own", None) or "")
        asked = msgspec.json.encode([self._role, arm.request, own and own.version])
        return blake2s(asked, digest_size=16).digest()

    def _told(self, ranked: Ranked[Any], arm: Arm[_R], choice: Choice | None, drawn: int) -> Any:
        from engine.compose.recipe.offering import Offered  # noqa: PLC0415 - as above

        pick = ranked.pick
        offered: Offered = Offered(
            words=pick.words,
            expected=min(5.0, max(1.0, pick.expected)),
            unsure=pick.unsure,
            fit=pick.fit,
            propensity=max(1e-12, pick.chance * (choice.propensity if choice else 1.0)),
            drawn=drawn,
            recipe=arm.id,
        )
        return msgspec.structs.replace(ranked.take, offered=offered)

    def _kept(self, ranked: list[Ranked[Any]], answers: list[Any], arm: Arm[_R], choice: Choice | None) -> list[Kept]:
        genre = self._arms[0].genre if len(self._arms) > 1 else ""
        found = []
        for place, (each, answer) in enumerate(zip(ranked, answers, strict=True), 1):
            how: dict[str, Any] = {
                "policy": "considered",
                "place": place,
                "drawn": answer.offered.drawn,
                "explore": self._offer.explore,
                "chance": each.pick.chance,
                "words": each.pick.words,
                "recipe": arm.id,
            }
            if choice is not None:
                how |= {"waiting": choice.id, "recipe_chance": choice.propensity}
            if arm.genre:
                how["genre"] = arm.genre
            found.append(
                Kept(
                    request=self._request(arm, each.take),
                    result=answer,
                    choice=how,
                    # What stands behind the first was not chosen by chance.
                    propensity=answer.offered.propensity if place == 1 else None,
                    features=each.traits,
                    genre=genre,
                    beside=place > 1,
                )
            )
        return found

    def _request(self, arm: Arm[_R], take: Any) -> _R:
        return msgspec.structs.replace(arm.request, seed=take.seed)

    def _note(self, answer: Any, kept: list[Kept]) -> None:
        if self._call is not None:
            self._call.considered[id(answer)] = kept

    def _wish(self) -> None:
        if self._call is not None and self._offer.count > 1:
            ahead = self._call.runtime.ahead
            self._call.after_reply.append(lambda: ahead.wish(self))

    def _runtime(self) -> Any:
        assert self._call is not None  # noqa: S101 - only a running engine draws ahead
        return self._call.runtime


def _heard(take: Any) -> Drawn[Any]:
    from engine.taste.offer import Drawn  # noqa: PLC0415 - numpy, on first use

    return Drawn(take)


def _after(seed: int) -> int:
    from engine.taste.offer import seeds_from  # noqa: PLC0415 - numpy, on first use

    return next(seeds_from(seed))
