"""A press of Generate that is considered: several takes are drawn, and the one expected to please most is the answer.

Two things are left to chance, each with a chance that is told: by which recipe the takes are made (the learner's choice
among those on the shelf and the user's own, where no style is named), and which of those takes about as good comes
first. Their product is the propensity of the answer.

What takes are drawn ahead for the next press hangs on the recipe it will choose. So the number by which it will choose
is fixed as soon as takes are drawn for it: whether and what was drawn says nothing of that number, and the chance that
is told is the one with which the press chose, as if nothing had been drawn.
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
    press = Press(call, role, request, compose)
    return press.one() if asked.offer is None else press.offered()


class Press(Generic[_R, _A]):
    """One press, and, once it was answered, the order to draw takes for the next of the same request."""

    def __init__(self, call: Call | None, role: str, request: _R, compose: Compose[_R, _A]) -> None:
        asked: Any = request
        self._begun = time.perf_counter()
        self._call = call
        self._role = role
        self._compose = compose
        self._seed: int | None = asked.seed
        self._owner = ("" if call is None else call.session.id, role)
        self._offer: Offering = asked.offer
        self._plain = msgspec.structs.replace(request, offer=None, seed=None)
        self._styles: dict[str, OwnStyle] = {}
        self._arms = self._all_arms()
        self._turn: int | None = None
        self._key = b""
        self._next: int | None = None
        self._arm = self._arms[0]

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
        self._wish(chose=choice is not None)
        return best

    def prepare(self) -> int:
        """Draw takes for when this is pressed, once nothing else is asked; say how many lie ready now.

        Raises:
            InvalidValue: it was tried, and cannot be composed.
        """
        ahead = self._runtime().ahead
        before = self._stands()
        drawn = None
        if before is not None:
            # Which recipe comes next may have been found out already: it is not to be drawn by lot once more.
            self._turn = before._turn
            if before._wanted() == self._wanted():
                drawn = ahead.drawn(self._owner)
        if drawn is None:
            ahead.wish(self._owner, self)
        return int(drawn or 0)

    def look(self) -> bytes:
        """Find out by which recipe the next press would draw, and say by which key its takes are kept."""
        self._arms = self._all_arms()
        with taste_of(self._call) as (pupil, _):
            choice = self._weigh(pupil, peek=True)
        self._arm = self._arms[choice.index if choice else 0]
        self._key = self._key_of(self._arm)
        return self._key

    def step(self) -> bool:
        """Draw one take for the next press; False when there are enough."""
        from engine.compose.dice import draw_seed  # noqa: PLC0415 - numpy, on first use
        from engine.taste.offer import Drawn, seeds_from  # noqa: PLC0415

        ahead = self._runtime().ahead
        if ahead.count(self._key) < self._offer.count:
            taken, last = ahead.taken, ahead.last_seed(self._key)
            if self._next is None:
                self._next = draw_seed()
            seed = next(seeds_from(self._next if last is None else last))
            ahead.add(self._key, Drawn(self._drawn(self._arm, seed)), taken)
        return bool(ahead.count(self._key) < self._offer.count)

    def _stands(self) -> Press[Any, Any] | None:
        """Give what takes are drawn for, where it is the next press of this very request."""
        order = None if self._call is None else self._call.runtime.ahead.find(self._owner)
        return order if isinstance(order, Press) and order._plain == self._plain else None

    def _wanted(self) -> tuple[float, int]:
        return self._offer.explore, self._offer.count

    def _all_arms(self) -> list[Arm[_R]]:
        from engine.taste.arms import arms_of  # noqa: PLC0415 - numpy, on first use

        asked: Any = self._plain
        own = self._own_recipes(bool(asked.recipe))
        return [arm for arm in arms_of(self._role, self._plain, own) if self._playable(arm)]

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
        named: Any = self._plain
        with contextlib.suppress(InvalidValue) if arm.id and not named.recipe else contextlib.nullcontext():
            style = own_of(self._call, wanted)
        if style is not None:
            self._styles[wanted] = style
        return style is not None

    def _choice(self) -> Choice | None:
        if len(self._arms) < 2:
            return None
        before = self._stands()
        if before is not None:
            self._turn = before._turn
        with taste_of(self._call) as (pupil, _):
            choice = self._weigh(pupil, peek=False)
        self._turn = None
        return choice

    def _weigh(self, pupil: Pupil, *, peek: bool) -> Choice | None:
        if len(self._arms) < 2:
            return None
        arms = [arm.candidate() for arm in self._arms]
        ask = pupil.peek if peek else pupil.choose
        return ask(self._moment(self._arms[0], None), arms, self._offer.explore, self._mark(pupil.learner.chosen))

    def _mark(self, turn: int) -> float:
        """Give the number by which the recipe is drawn: another for each press, fixed once takes are drawn for it."""
        from engine.compose.dice import Dice  # noqa: PLC0415 - as above

        if self._turn is None:
            self._turn = turn
        asked = msgspec.json.encode([self._role, self._plain])
        return Dice(int.from_bytes(blake2s(asked, digest_size=8).digest(), "big")).uniform("recipe", self._turn)

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
        key, most = self._key_of(arm), self._offer.count - len(own)
        ready = [] if self._call is None else self._call.runtime.ahead.take(key, most, self._owner)
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

    def _wish(self, *, chose: bool) -> None:
        if self._call is None:
            return
        ahead = self._call.runtime.ahead
        if self._offer.count > 1:
            self._call.after_reply.append(lambda: ahead.wish(self._owner, self))
        if chose:
            # A choice that waits for its rating is known as good as rated: others may be chosen next.
            self._call.after_reply.append(ahead.look_again)

    def _runtime(self) -> Any:
        assert self._call is not None  # noqa: S101 - only a running engine draws ahead
        return self._call.runtime
