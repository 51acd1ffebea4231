"""What the methods of taste.* answer."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Literal

import msgspec

if TYPE_CHECKING:
    from engine.taste.rewards import Meant
    from engine.taste.store.records import Profile, Reward, Snapshot, Take

__all__ = [
    "Edited",
    "ProfileMoved",
    "ProfileTold",
    "Profiles",
    "Rated",
    "RewardKindTold",
    "RewardKinds",
    "RewardTold",
    "SnapshotTold",
    "Snapshots",
    "TakeFound",
    "TakeLine",
    "TakeTold",
    "Takes",
    "TasteStatus",
    "iso",
]


def iso(moment: int) -> str:
    """Return nanoseconds of the Unix clock as UTC time, ISO 8601."""
    return datetime.fromtimestamp(moment / 1e9, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


class ProfileTold(msgspec.Struct, frozen=True):
    """A taste profile.

    Attributes:
        id: 16 hexadecimal digits, the same on every computer it travels to by merging.
        name: as the user calls it.
        kind: whose it is.
        made: UTC, ISO 8601.
        in_use: whether takes and ratings go to it.
    """

    id: str
    name: str
    kind: Literal["user", "project", "artist"]
    made: str
    in_use: bool

    @classmethod
    def of(cls, profile: Profile, in_use: bool) -> ProfileTold:
        """Tell a profile."""
        return cls(profile.uid, profile.name, profile.kind, iso(profile.made), in_use)


class Profiles(msgspec.Struct, frozen=True):
    """All of them, oldest first."""

    profiles: list[ProfileTold]


class TasteStatus(msgspec.Struct, frozen=True):
    """How learning is.

    Attributes:
        learning: whether takes are kept.
        words: why not, or "".
        profile: the one in use.
        takes: how many it has.
        rated: how many of them have rewards that say something.
        bytes: size of the file of all profiles.
    """

    learning: bool
    words: str
    profile: ProfileTold
    takes: int
    rated: int
    bytes: int


class Rated(msgspec.Struct, frozen=True):
    """What became of a rating or reward.

    Attributes:
        take: whose it is.
        reward: its id; told again under it, it counts once.
        new: false when it had been told before: nothing has changed then.
        stars: what all rewards of the take come to, 1..5; null for nothing.
        weight: how much that counts beside one person's rating in stars, 0 or more.
    """

    take: str
    reward: str
    new: bool
    stars: float | None
    weight: float

    @classmethod
    def of(cls, take: str, reward: str, new: bool, meant: Meant | None) -> Rated:
        """Tell a reward."""
        return cls(take, reward, new, *((meant.stars, meant.weight) if meant else (None, 0.0)))


class Edited(msgspec.Struct, frozen=True):
    """What became of a take that was edited.

    Attributes:
        take: id of the clip as it is now: ratings of it reach the user's own version.
        share: how much of it changed, 0..1.
        rated: what that says of the take it was.
    """

    take: str
    share: float
    rated: Rated


class RewardKindTold(msgspec.Struct, frozen=True):
    """A kind of reward.

    Attributes:
        kind: how it is told. words: what it is.
        unit: of its amount. usual: the amount where none is told.
        stars: what it comes to at its least and its most. weight: how much that counts, likewise.
        amounts: the least and the most.
    """

    kind: str
    words: str
    unit: str
    usual: float
    amounts: tuple[float, float]
    stars: tuple[float, float]
    weight: tuple[float, float]


class RewardKinds(msgspec.Struct, frozen=True):
    """All of them."""

    kinds: list[RewardKindTold]


class RewardTold(msgspec.Struct, frozen=True):
    """A reward as it was told.

    Attributes:
        reward: its id. kind: see taste.reward_kinds. amount: in its unit.
        told: UTC, ISO 8601. by: id of the profile it was first told to.
        counted: false after a roll-back to before it.
    """

    reward: str
    kind: str
    amount: float
    told: str
    by: str
    counted: bool

    @classmethod
    def of(cls, reward: Reward) -> RewardTold:
        """Tell a reward."""
        return cls(reward.id, reward.kind, reward.amount, iso(reward.told), reward.rater, reward.counted)


class TakeLine(msgspec.Struct, frozen=True):
    """A take in a list.

    Attributes:
        take: its id. method: what made it. role: of the part, or "".
        made: UTC, ISO 8601.
        genre, key: as composed, or "". tempo: BPM, or null.
        device: who asked.
        parent: the take it was made of, or "". how: how it was ("varied", "edited" ...), or "".
        stars: what its rewards come to, or null.
    """

    take: str
    method: str
    role: str
    made: str
    genre: str
    key: str
    tempo: float | None
    device: str
    parent: str
    how: str
    stars: float | None

    @classmethod
    def of(cls, take: Take, meant: Meant | None) -> TakeLine:
        """Tell a take in short, with what its rewards come to."""
        around = take.context
        key = " ".join(str(around[name]) for name in ("key", "mode") if name in around)
        about = (str(around.get("genre", "")), key, around.get("tempo"), str(around.get("device", "")))
        return cls(
            take.id,
            take.method,
            take.role,
            iso(take.made),
            *about,
            take.parent,
            take.how,
            meant.stars if meant else None,
        )


class Takes(msgspec.Struct, frozen=True):
    """Some of them, newest first; `more` names the last one where older ones are left, for `before`."""

    takes: list[TakeLine]
    more: str | None


class TakeTold(msgspec.Struct, frozen=True):
    """A take, whole.

    Attributes:
        line: as in the list.
        seed: repeats it; null where chance had no say.
        recipe: what was asked for where it differs from the usual. resolved: every parameter as used.
        context: genre, tempo, key, mode, energy, section, role, hour, device: as far as they are known.
        features: numbers that were learnt from. propensity: the chance with which it was chosen, or null.
        choice: what is worth knowing of that choice.
        rewards: in the order they were told.
        children: takes that were made of it.
    """

    line: TakeLine
    seed: int | None
    recipe: dict[str, Any]
    resolved: dict[str, Any]
    context: dict[str, Any]
    features: list[float]
    propensity: float | None
    choice: dict[str, Any]
    rewards: list[RewardTold]
    children: list[str]


class TakeFound(msgspec.Struct, frozen=True):
    """The take a clip holds; null where its notes are none that were composed here."""

    take: TakeLine | None


class ProfileMoved(msgspec.Struct, frozen=True):
    """What an import or a merge brought: the profile it went to; how many takes and rewards were new there."""

    profile: ProfileTold
    takes: int
    rewards: int


class SnapshotTold(msgspec.Struct, frozen=True):
    """A point a profile can be brought back to.

    Attributes:
        snapshot: its number. name: as the user called it, or "".
        why: "asked", "day" (before the first reward of a day), "import", "merge", "macro map reset" or "roll back".
        rewards: how many counted then. made: UTC, ISO 8601.
    """

    snapshot: int
    name: str
    why: str
    rewards: int
    made: str

    @classmethod
    def of(cls, snapshot: Snapshot) -> SnapshotTold:
        """Tell a snapshot."""
        return cls(snapshot.number, snapshot.name, snapshot.why, snapshot.rewards, iso(snapshot.made))


class Snapshots(msgspec.Struct, frozen=True):
    """Those of one profile, newest first."""

    snapshots: list[SnapshotTold]
