"""A profile as a file one can read and pass on, and two profiles as one.

A file holds the takes that were rated, their rewards (stars, what was done with them, which was chosen), the user's own
recipes, and what was set right of what was heard, nothing else: what was learnt is learnt anew where it arrives, the
knobs' meaning from as far on as it was.
Rewards keep their ids and who told them, so a file that comes twice adds nothing the second time, and two producers'
stars for one take stand side by side. Of what was set right the last word about each content counts.
"""

from __future__ import annotations

import sqlite3
import time
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from engine import typed
from engine.errors import InvalidValue
from engine.taste.rewards import check_reward
from engine.taste.store import corrections, history, recipes, songs, takes
from engine.taste.store.book import Book
from engine.taste.store.profiles import find, make, number_of
from engine.taste.store.records import Profile, ProfileKind, Reward, Take

__all__ = ["FORMAT", "LARGEST", "Moved", "TasteFile", "import_profile", "merge", "read_file", "taste_file", "written"]

FORMAT = 1
"""Of the file; rises when an older Bandmate could not read it. A field that it does not know, it passes over."""

LARGEST = 256 * 1024 * 1024
"""Bytes of a file that is read."""


class TasteFile(msgspec.Struct, frozen=True, kw_only=True):
    """A profile on its way.

    Attributes:
        bandmate: what the file is. format: see ``FORMAT``.
        name, kind, uid: of the profile. made: when the file was, nanoseconds of the Unix clock.
        takes: those that were rated. rewards: those that count.
        recipes: of the user's own.
        corrections: the last word about each content.
        clips: in which the songs among the takes lie.
        unsteered: how many of the rewards, from the first on, the knobs' meaning is not learnt from.
    """

    bandmate: Literal["taste"]
    format: int
    name: Annotated[str, Meta(min_length=1, max_length=100)]
    kind: ProfileKind
    uid: Annotated[str, Meta(min_length=1, max_length=40)]
    made: int
    takes: list[Take]
    rewards: list[Reward]
    recipes: Annotated[list[recipes.OwnRecipe], Meta(max_length=recipes.MOST)] = []
    corrections: Annotated[list[corrections.SetRight], Meta(max_length=corrections.MOST)] = []
    clips: list[songs.SongClips] = []
    unsteered: Annotated[int, Meta(ge=0)] = 0


class Moved(msgspec.Struct, frozen=True):
    """What an import or a merge brought: the profile it went to, and how many takes and rewards were new there."""

    profile: Profile
    takes: int
    rewards: int


def taste_file(book: Book, profile: str | None = None) -> TasteFile:
    """A profile as it travels.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    owner = find(book, profile)
    columns = ", ".join(f"t.{each}" for each in takes.COLUMNS.split(", "))
    rated = book.read_aside(
        f"SELECT {columns} FROM takes t WHERE t.profile = ? AND EXISTS"  # noqa: S608 - our own words
        " (SELECT 1 FROM rewards r WHERE r.take = t.number AND r.counted) ORDER BY t.number",
        (owner.number,),
    )
    told = book.read_aside(
        "SELECT r.id, t.id, r.kind, r.amount, r.rater, r.told_ns, r.number FROM rewards r"
        " JOIN takes t ON t.number = r.take WHERE r.profile = ? AND r.counted ORDER BY r.number",
        (owner.number,),
    )
    since = history.steered_since(book, owner.uid)
    rewards = [Reward(id=a, take=b, kind=c, amount=d, rater=e, told=f) for a, b, c, d, e, f, _ in told]
    return TasteFile(
        bandmate="taste",
        format=FORMAT,
        name=owner.name,
        kind=owner.kind,
        uid=owner.uid,
        made=time.time_ns(),
        takes=[takes.take_of(row) for row in rated],
        rewards=rewards,
        recipes=recipes.all_recipes(book, owner.uid),
        corrections=corrections.all_set_right(book, owner.uid),
        clips=songs.clips_of(book, owner.uid),
        unsteered=sum(row[-1] <= since for row in told),
    )


def written(file: TasteFile) -> bytes:
    """A profile as the content of a file: JSON, UTF-8, for people too."""
    return msgspec.json.format(msgspec.json.encode(file), indent=1) + b"\n"


def read_file(content: bytes) -> TasteFile:
    """The profile in a file.

    Raises:
        InvalidValue: field "path": it is no such file, or of a newer Bandmate.
    """
    if len(content) > LARGEST:
        raise InvalidValue("path", f"{len(content)} bytes", "This file is too large to be a taste profile.")
    hint = "Choose a file that Bandmate exported as a taste profile."
    try:
        found = typed.decode(content, _Head)
        if found.bandmate == "taste" and found.format > FORMAT:
            hint = "A newer Bandmate wrote this file: update Bandmate to read it."
            raise InvalidValue("path", f"format {found.format}", hint)
        return typed.decode(content, TasteFile)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError):
        raise InvalidValue("path", "the file", hint) from None


class _Head(msgspec.Struct, frozen=True):
    bandmate: str
    format: int


def import_profile(book: Book, file: TasteFile, *, name: str | None = None, into: str | None = None) -> Moved:
    """Brings a profile from a file, as a profile of its own or into one that is there. All of it, or none.

    Args:
        book: where.
        file: see ``read_file``.
        name: for a new profile; None for the name in the file.
        into: an existing profile, by name or uid, that all is added to. From where on its knobs' meaning is learnt
            stays as it is there, but where it was told nothing yet.

    Raises:
        InvalidValue: field "profile", "name", or "path" where a reward in the file is none.
        StoreUnavailable: nothing was brought.
    """
    for reward in file.rewards:
        try:
            check_reward(reward.kind, reward.amount)
        except InvalidValue as problem:
            raise InvalidValue("path", problem.value, "A reward in this file is none: it may be damaged.") from None
    with book.changing() as connection:
        if into is None:
            owner = make(connection, name or file.name, file.kind)
        else:
            owner = number_of(connection, into)
            history.make(connection, owner, "import")
        steered = _told_nothing(connection, owner)
        before = connection.total_changes
        for take in file.takes:
            takes.put(connection, owner, take)
        new_takes = connection.total_changes - before
        new_rewards = connection.executemany(
            "INSERT INTO rewards (profile, id, take, kind, amount, rater, told_ns)"
            " SELECT ?, ?, number, ?, ?, ?, ? FROM takes WHERE profile = ? AND id = ?"
            " ON CONFLICT (profile, id) DO NOTHING",
            [(owner, r.id, r.kind, r.amount, r.rater, r.told, owner, r.take) for r in file.rewards],
        ).rowcount
        if steered:
            _steer_behind(connection, owner, [reward.id for reward in file.rewards[: file.unsteered]])
        songs.put_clips(connection, file.clips)
        for recipe in file.recipes:
            recipes.add(connection, owner, recipe)
        corrections.add(connection, owner, file.corrections)
        uid = str(connection.execute("SELECT uid FROM profiles WHERE number = ?", (owner,)).fetchone()[0])
    return Moved(find(book, uid), new_takes, new_rewards)


def merge(book: Book, source: str, into: str) -> Moved:
    """Adds what one profile was told to another; the first stays as it is.

    Args:
        book: where both are.
        source: whose rewards, recipes and corrections are added, by name or uid.
        into: whom they are added to, by name or uid.

    Raises:
        InvalidValue: field "source" or "into".
        StoreUnavailable: nothing has changed.
    """
    numbers = {}
    with book.changing() as connection:
        for field, wanted in (("source", source), ("into", into)):
            try:
                numbers[field] = number_of(connection, wanted)
            except InvalidValue as problem:
                raise InvalidValue(field, wanted, problem.hint) from None
        giver, taker = numbers["source"], numbers["into"]
        if giver == taker:
            raise InvalidValue("into", into, "A profile cannot be merged with itself: choose another.")
        history.make(connection, taker, "merge")
        steered = _told_nothing(connection, taker)
        new_takes = connection.execute(
            f"INSERT INTO takes (profile, {takes.COLUMNS}) SELECT ?, {takes.COLUMNS} FROM takes WHERE profile = ?"  # noqa: S608
            " AND EXISTS (SELECT 1 FROM rewards r WHERE r.take = takes.number AND r.counted)"
            " ORDER BY number ON CONFLICT (profile, id) DO NOTHING",
            (taker, giver),
        ).rowcount
        new_rewards = connection.execute(
            "INSERT INTO rewards (profile, id, take, kind, amount, rater, told_ns)"
            " SELECT ?, r.id, mine.number, r.kind, r.amount, r.rater, r.told_ns FROM rewards r"
            " JOIN takes theirs ON theirs.number = r.take JOIN takes mine ON mine.profile = ? AND mine.id = theirs.id"
            " WHERE r.profile = ? AND r.counted ORDER BY r.number ON CONFLICT (profile, id) DO NOTHING",
            (taker, taker, giver),
        ).rowcount
        if steered:
            rows = connection.execute(
                "SELECT id FROM rewards WHERE profile = ? AND counted AND number <= ? ORDER BY number",
                (giver, history.steered_up_to(connection, giver)),
            )
            _steer_behind(connection, taker, [row[0] for row in rows])
        recipes.copy(connection, giver, taker)
        corrections.copy(connection, giver, taker)
    return Moved(find(book, into), new_takes, new_rewards)


def _told_nothing(connection: sqlite3.Connection, profile: int) -> bool:
    return connection.execute("SELECT 1 FROM rewards WHERE profile = ? LIMIT 1", (profile,)).fetchone() is None


def _steer_behind(connection: sqlite3.Connection, profile: int, unsteered: list[str]) -> None:
    """Lets the knobs' meaning be learnt from what came after the last of these rewards."""
    for reward in reversed(unsteered):  # one whose take did not come along is not there
        asked = (profile, reward)
        row = connection.execute("SELECT number FROM rewards WHERE profile = ? AND id = ?", asked).fetchone()
        if row is not None:
            history.steer_since(connection, profile, int(row[0]))
            return
