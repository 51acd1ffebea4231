"""Takes, rewards and profiles as the rest of the house knows them."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from engine.taste.rewards import Meant

__all__ = ["Lesson", "Model", "News", "Profile", "ProfileKind", "Reward", "Snapshot", "Take"]

ProfileKind = Literal["user", "project", "artist"]

Id = Annotated[str, Meta(min_length=1, max_length=100)]
Moment = Annotated[int, Meta(ge=0, le=2**63 - 1)]
"""Nanoseconds of the Unix clock, as SQLite can hold them; files may come from anywhere."""


class Take(msgspec.Struct, frozen=True, kw_only=True):
    """One generated result.

    Attributes:
        id: the same for the same notes from the same recipe.
        method: what made it ("compose.bass"); "edit" where the user's own hand did.
        role: of the part ("bass", "drums", "melody", "arp", "chords"), or "" where that is not known.
        seed: repeats it; None where chance had no say.
        recipe: what was asked for where it differs from the usual, seed included: asked again it makes the same notes.
            Long lists of notes are told by their count and mark.
        resolved: the parameters as used.
        context: genre, tempo, key, mode, energy, section, role, hour, device: as far as they are known.
        features: numbers the model reads, as it told them; empty where they can be worked out later.
        parent: id of the take it was made of, or "".
        how: how it was made of that: "varied", "edited" ...
        mark: of its notes; see ``engine.taste.mark``.
        propensity: the chance with which it was chosen among others, above 0 to 1; None where nothing was chosen.
        choice: what is worth knowing of that choice: which policy, among how many, in what words.
        made: nanoseconds of the Unix clock.
    """

    id: Id
    method: str
    role: str = ""
    seed: Annotated[int, Meta(ge=-(2**63), le=2**63 - 1)] | None = None
    recipe: dict[str, Any] = {}
    resolved: dict[str, Any] = {}
    context: dict[str, Any] = {}
    features: list[float] = []
    parent: str = ""
    how: str = ""
    mark: str = ""
    propensity: float | None = None
    choice: dict[str, Any] = {}
    made: Moment = 0


class Reward(msgspec.Struct, frozen=True, kw_only=True):
    """One reward of one take.

    Attributes:
        id: it counts once, however often it is told.
        take: id of the take.
        kind: see ``engine.taste.rewards.kinds``. amount: in the kind's unit.
        rater: id of the profile it was first told to.
        told: nanoseconds of the Unix clock: when it happened.
        counted: false after a roll-back to before it.
    """

    id: Id
    take: Id
    kind: str
    amount: float
    rater: str
    told: Moment
    counted: bool = True


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """One taste.

    Attributes:
        number: in this file.
        uid: everywhere, 16 hexadecimal digits.
        name: as the user calls it.
        kind: whose it is.
        made: nanoseconds of the Unix clock.
    """

    number: int
    uid: str
    name: str
    kind: ProfileKind
    made: int


class Snapshot(msgspec.Struct, frozen=True, kw_only=True):
    """A point a profile can be brought back to.

    Attributes:
        number: in this file.
        name: as the user calls it, or "".
        why: "asked", "day" (the first reward of a day came), "import", "merge", "macro map reset" or "roll back".
        rewards: how many counted.
        made: nanoseconds of the Unix clock.
    """

    number: int
    name: str
    why: str
    rewards: int
    made: int


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """What was learnt, as its owner wrote it.

    Attributes:
        version: of the state's form; another one is learnt anew from the rewards.
        upto: number of the last reward in it.
        state: JSON.
    """

    version: int
    upto: int
    state: str


class Lesson(msgspec.Struct, frozen=True, kw_only=True):
    """A take and what its rewards come to."""

    take: Take
    meant: Meant


class News(msgspec.Struct, frozen=True, kw_only=True):
    """What a take's rewards came to, and come to now, for models that learn as they go.

    Attributes:
        take: the take.
        before: what is in the model already; None for nothing.
        after: what shall be in it; None for nothing.
    """

    take: Take
    before: Meant | None
    after: Meant | None
