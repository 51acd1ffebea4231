"""What was set right of what was heard: a log, of which the last word about each content counts.

Like rewards, each has a number of its own, so that a snapshot can say which of them counted, and is known again where
it comes a second time. Files of profiles bring the last word about each content, whoever said it.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Sequence
from typing import Annotated

import msgspec
from msgspec import Meta

from engine.taste.corrections import Corrected, Habits, What, habits_of
from engine.taste.store.book import Book
from engine.taste.store.history import held_corrections
from engine.taste.store.profiles import number_of
from engine.taste.store.records import Moment

__all__ = ["MOST", "SetRight", "add", "all_set_right", "copy", "forget", "forget_all", "habits", "tell"]

MOST = 2_000
"""Contents that are counted, those that were spoken of last."""

_Words = Annotated[str, Meta(min_length=1, max_length=100)]

# Of a group SQLite gives the row in which the moment is the greatest.
_LAST = (
    "SELECT digest, what, heard, said, MAX(told_ns) AS told FROM corrections WHERE profile = ? AND counted"
    " GROUP BY digest, what ORDER BY told DESC LIMIT ?"
)
_ADD = (
    "INSERT INTO corrections (profile, digest, what, heard, said, told_ns) VALUES (?, ?, ?, ?, ?, ?)"
    " ON CONFLICT (profile, digest, what, told_ns) DO NOTHING"
)


class SetRight(msgspec.Struct, frozen=True, kw_only=True):
    """The last word about one content.

    Attributes:
        digest: of the content, hexadecimal.
        what: "tempo" or "key".
        heard: BPM, or the name of a key.
        said: likewise; the same as was heard says that this was right.
        told: nanoseconds of the Unix clock.
    """

    digest: Annotated[str, Meta(min_length=1, max_length=128)]
    what: What
    heard: _Words
    said: _Words
    told: Moment


def tell(book: Book, digest: str, corrected: Corrected, *, told: int | None = None, profile: str | None = None) -> None:
    """Keeps a correction: when this returned, a kill -9 takes nothing. Of one content the last word counts.

    Args:
        book: where.
        digest: of the content, hexadecimal.
        corrected: what was heard and what was said.
        told: when, nanoseconds of the Unix clock; None for now.
        profile: by name or uid; None for the one in use.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: nothing was kept.
    """
    when = told if told is not None else time.time_ns()
    with book.changing() as connection:
        owner = number_of(connection, profile)
        # Who drags a number says many things on the way: those that no snapshot needs make room.
        connection.execute(
            "DELETE FROM corrections WHERE profile = ? AND digest = ? AND what = ? AND told_ns <= ? AND number > ?",
            (owner, digest, corrected.what, when, held_corrections(connection, owner)),
        )
        connection.execute(_ADD, (owner, digest, corrected.what, corrected.heard, corrected.said, when))


def forget(book: Book, digest: str, profile: str | None = None) -> None:
    """Deletes what was set right of one content, for good: no snapshot brings it back.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: it is still there.
    """
    with book.changing() as connection:
        asked = (number_of(connection, profile), digest)
        connection.execute("DELETE FROM corrections WHERE profile = ? AND digest = ?", asked)


def forget_all(book: Book, profile: str | None = None) -> None:
    """Deletes all that was set right, for good: no snapshot brings it back.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: it is still there.
    """
    with book.changing() as connection:
        connection.execute("DELETE FROM corrections WHERE profile = ?", (number_of(connection, profile),))


def all_set_right(book: Book, profile: str | None = None) -> list[SetRight]:
    """The last word about each content, newest first, at most ``MOST``.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        rows = connection.execute(_LAST, (number_of(connection, profile), MOST)).fetchall()
    return _read(rows)


def habits(book: Book, profile: str | None = None) -> Habits:
    """What the user of a profile tends to set right.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    return habits_of(Corrected(each.what, each.heard, each.said) for each in all_set_right(book, profile))


def add(connection: sqlite3.Connection, profile: int, found: Sequence[SetRight]) -> int:
    """Adds what was set right, in a change that is under way; what is there already stays. Returns how many are new."""
    rows = [(profile, each.digest, each.what, each.heard, each.said, each.told) for each in reversed(found)]
    return connection.executemany(_ADD, rows).rowcount if rows else 0


def copy(connection: sqlite3.Connection, giver: int, taker: int) -> int:
    """Gives what counts in one profile to another too, in a change that is under way. Returns how many are new."""
    rows = connection.execute(_LAST, (giver, MOST)).fetchall()
    return add(connection, taker, _read(rows))


def _read(rows: list[tuple[str, What, str, str, int]]) -> list[SetRight]:
    return [SetRight(digest=a, what=b, heard=c, said=d, told=e) for a, b, c, d, e in rows]
