"""What was learnt of each profile, brought up to its last reward whenever somebody asks.

The rewards are what is true; a model is what follows from them. It is kept now and then so that a start need not learn
everything anew. Lost, of another version, or of a taste that was rolled back, it is learnt from the rewards that count.
"""

from __future__ import annotations

import contextlib
import threading
from collections.abc import Callable, Iterator
from typing import Any, Generic, Protocol, TypeVar

import msgspec

from engine.errors import InvalidValue, StoreUnavailable
from engine.taste.rewards import Meant
from engine.taste.store import history, models, profiles, rewards
from engine.taste.store.book import Book
from engine.taste.store.records import Model, Profile, Take

__all__ = ["KEPT_EVERY", "Learnt", "Pupil"]

KEPT_EVERY = 20
"""Lessons after which a model is kept; at most that many and one are learnt again at a start."""


class Pupil(Protocol):
    """What learns."""

    def learn(self, take: Take, meant: Meant) -> None:
        """Learns what a take was worth."""

    def unlearn(self, take: Take, meant: Meant) -> None:
        """Takes back what it learnt of a take: somebody thinks otherwise now."""

    def state(self) -> dict[str, Any]:
        """All of it, as plain data for JSON."""


_P = TypeVar("_P", bound=Pupil)


class _Held(Generic[_P]):
    def __init__(self, pupil: _P, upto: int, since: int) -> None:
        self.pupil = pupil
        self.upto = upto
        self.since = since
        self.lessons = 0


class Learnt(Generic[_P]):
    """What was learnt of the profiles of a book.

    Args:
        book: takes and rewards.
        version: of the pupil's state; one of another version is learnt anew.
        fresh: makes a pupil that knows nothing.
        of: makes one of a state; ``InvalidValue`` where it cannot.
    """

    def __init__(self, book: Book, version: int, fresh: Callable[[], _P], of: Callable[[dict[str, Any]], _P]) -> None:
        self._book = book
        self._version = version
        self._fresh = fresh
        self._of = of
        self._held: dict[str, _Held[_P]] = {}
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def using(self, profile: str | None = None) -> Iterator[_P]:
        """Gives the pupil of a profile, with every reward in it that counts, to one thread at a time.

        Args:
            profile: by name or uid; None for the one in use.

        Raises:
            InvalidValue: field "profile".
            StoreUnavailable: the rewards cannot be read.
        """
        with self._lock:
            yield self._now(profiles.find(self._book, profile)).pupil

    def keep(self, profile: str | None = None) -> None:
        """Keeps what was learnt of a profile now.

        Raises:
            InvalidValue: field "profile".
            StoreUnavailable: it was not kept; it can be learnt anew.
        """
        with self._lock:
            owner = profiles.find(self._book, profile)
            self._keep(self._now(owner), owner)

    def _now(self, owner: Profile) -> _Held[_P]:
        since = history.last_roll_back(self._book, owner.uid)
        # Out of hand while it learns: one that broke off in between would learn some of it twice.
        held = self._held.pop(owner.uid, None)
        if held is None or held.since != since:
            held = self._read(owner, since)
        self._bring_up(held, owner)
        self._held[owner.uid] = held
        if held.lessons >= KEPT_EVERY:
            with contextlib.suppress(StoreUnavailable):  # it can be learnt anew
                self._keep(held, owner)
        return held

    def _read(self, owner: Profile, since: int) -> _Held[_P]:
        kept = models.kept_model(self._book, self._version, owner.uid)
        if kept is not None:
            try:
                return _Held(self._of(msgspec.json.decode(kept.state)), kept.upto, since)
            except (InvalidValue, msgspec.DecodeError):
                pass  # learnt anew, below
        return _Held(self._fresh(), 0, since)

    def _bring_up(self, held: _Held[_P], owner: Profile) -> None:
        upto = rewards.upto(self._book, owner.uid)  # what comes from now on is for the next time
        news = rewards.news(self._book, held.upto, upto, profile=owner.uid)
        for each in news:
            if each.before is not None:
                held.pupil.unlearn(each.take, each.before)
            if each.after is not None:
                held.pupil.learn(each.take, each.after)
        held.lessons += len(news)
        held.upto = max(held.upto, upto)

    def _keep(self, held: _Held[_P], owner: Profile) -> None:
        state = msgspec.json.encode(held.pupil.state()).decode()
        models.keep_model(self._book, Model(version=self._version, upto=held.upto, state=state), owner.uid)
        held.lessons = 0
