"""What the knobs mean to whoever is in use, learnt aside and at hand at once.

The rewards are what is true; a map follows from the last of them. Whoever composes reads what was learnt last and waits
for nothing; the tidying thread learns anew after a reward, at most two seconds later.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping

import msgspec

from engine.compose.steer.map import STEERED
from engine.taste.store import history, profiles, rewards
from engine.taste.store.book import Book
from engine.taste.told import StretchedCurve

__all__ = ["MOST_REWARDS", "MacroMap", "MacroMaps"]

MOST_REWARDS = 2_000
"""Rewards that are read: of each generator the last few hundred takes count."""


class MacroMap(msgspec.Struct, frozen=True):
    """What the knobs mean to a profile.

    Attributes:
        profile: its uid.
        upto: number of the last reward in it. since: of the last one that is not. rolled: of the last roll-back.
        rated: takes it was learnt from.
        curves: by generator, one of ``STEERED``; empty where nothing was learnt.
        stretch: likewise, for ``Steer.stretch``.
    """

    profile: str
    upto: int
    since: int
    rolled: int
    rated: int = 0
    curves: Mapping[str, list[StretchedCurve]] = {}
    stretch: Mapping[str, dict[str, float]] = {}


class MacroMaps:
    """The map of the profile in use.

    Args:
        book: takes and rewards.
    """

    def __init__(self, book: Book) -> None:
        self._book = book
        self._lock = threading.Lock()
        self._now: MacroMap | None = None

    @property
    def now(self) -> MacroMap | None:
        """What was learnt last; None before ``refresh``."""
        return self._now

    def refresh(self) -> MacroMap:
        """Learns the map of the profile in use, where anything was told since.

        Raises:
            StoreUnavailable: the rewards cannot be read; the map stays as it was.
        """
        with self._lock:
            self._now = self.of(None)
            return self._now

    def of(self, profile: str | None) -> MacroMap:
        """Returns the map of a profile; None for the one in use.

        Raises:
            InvalidValue: field "profile".
            StoreUnavailable: the rewards cannot be read.
        """
        book, known = self._book, self._now
        owner = profiles.find(book, profile).uid
        blank = MacroMap(
            owner,
            upto=rewards.upto(book, owner),
            since=history.steered_since(book, owner),
            rolled=history.last_roll_back(book, owner),
        )
        if known is not None and _stamp(known) == _stamp(blank):
            return known
        if blank.upto <= blank.since:
            return blank
        from engine.taste.steering import learn, stretch_of  # noqa: PLC0415 - numpy: who never rated goes without

        lessons = rewards.last_lessons(book, MOST_REWARDS, blank.since, profile=owner)
        curves = {role: learn(role, lessons) for role in STEERED}
        stretch = {role: stretch_of(found) for role, found in curves.items()}
        return msgspec.structs.replace(blank, rated=len(lessons), curves=curves, stretch=stretch)


def _stamp(found: MacroMap) -> tuple[str, int, int, int]:
    return found.profile, found.upto, found.since, found.rolled
