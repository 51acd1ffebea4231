"""What was set right of what was heard: of each content once, by whom it was said."""

from __future__ import annotations

import time

from engine.taste.corrections import Corrected, Habits, habits_of
from engine.taste.store.book import Book
from engine.taste.store.profiles import number_of

__all__ = ["MOST", "forget", "forget_all", "habits", "tell"]

MOST = 2_000
"""Corrections that are counted, the last ones."""


def tell(book: Book, digest: str, corrected: Corrected, *, told: int | None = None, profile: str | None = None) -> None:
    """Keeps a correction in place of an earlier one of the same content: when this returned, a kill -9 takes nothing.

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
    with book.changing() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO corrections (profile, digest, what, heard, said, told_ns)"
            " VALUES (?, ?, ?, ?, ?, ?)",
            (
                number_of(connection, profile),
                digest,
                corrected.what,
                corrected.heard,
                corrected.said,
                told if told is not None else time.time_ns(),
            ),
        )


def forget(book: Book, digest: str, profile: str | None = None) -> None:
    """Deletes what was set right of one content.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: it is still there.
    """
    with book.changing() as connection:
        asked = (number_of(connection, profile), digest)
        connection.execute("DELETE FROM corrections WHERE profile = ? AND digest = ?", asked)


def forget_all(book: Book, profile: str | None = None) -> int:
    """Deletes all that was set right, and returns how much that was; there is no way back.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: it is still there.
    """
    with book.changing() as connection:
        asked = (number_of(connection, profile),)
        return connection.execute("DELETE FROM corrections WHERE profile = ?", asked).rowcount


def habits(book: Book, profile: str | None = None) -> Habits:
    """What the user of a profile tends to set right.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        rows = connection.execute(
            "SELECT what, heard, said FROM corrections WHERE profile = ? AND counted ORDER BY told_ns DESC LIMIT ?",
            (number_of(connection, profile), MOST),
        ).fetchall()
    return habits_of(Corrected(*row) for row in rows)
