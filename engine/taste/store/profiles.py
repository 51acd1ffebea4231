"""Several tastes side by side: the user's own, one for a project, one for each artist name."""

from __future__ import annotations

import secrets
import sqlite3
import time
from typing import Any, get_args

from engine.errors import InvalidValue, closest
from engine.taste.store.book import Book
from engine.taste.store.records import Profile, ProfileKind

__all__ = ["MOST", "all_profiles", "create", "delete", "find", "in_use", "make", "number_of", "use"]

MOST = 200
"""Profiles that can be kept."""

LONGEST_NAME = 100
"""Characters of a name."""

_COLUMNS = "number, uid, name, kind, made_ns"


def all_profiles(book: Book) -> list[Profile]:
    """Every profile, oldest first.

    Raises:
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        return [_profile(row) for row in connection.execute(f"SELECT {_COLUMNS} FROM profiles ORDER BY number")]  # noqa: S608


def in_use(book: Book) -> Profile:
    """The profile that takes and rewards go to."""
    return find(book, None)


def find(book: Book, wanted: str | None) -> Profile:
    """One profile, by name or uid; None for the one in use.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        number = number_of(connection, wanted)
        row = connection.execute(f"SELECT {_COLUMNS} FROM profiles WHERE number = ?", (number,))  # noqa: S608
        return _profile(row.fetchone())


def create(book: Book, name: str, kind: str = "user") -> Profile:
    """Makes a profile; it is not in use yet.

    Raises:
        InvalidValue: field "name" (taken, empty, too long, or there are too many) or "kind".
        StoreUnavailable: nothing was made.
    """
    with book.changing() as connection:
        number = make(connection, name, kind)
    return next(each for each in all_profiles(book) if each.number == number)


def make(connection: sqlite3.Connection, name: str, kind: str, uid: str = "") -> int:
    """Makes a profile in a change that is under way, and returns its number; see ``create``."""
    name = " ".join(name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        raise InvalidValue("name", name, f"Give a name of at most {LONGEST_NAME} characters.")
    if kind not in get_args(ProfileKind):
        raise InvalidValue("kind", kind, f"Use one of: {', '.join(get_args(ProfileKind))}.")
    names = [str(row[0]) for row in connection.execute("SELECT name FROM profiles")]
    if name.lower() in (each.lower() for each in names):
        raise InvalidValue("name", name, "There is a profile of this name already: choose another name.")
    if len(names) >= MOST:
        raise InvalidValue("name", name, f"{MOST} profiles are kept already: delete one first.")
    added = connection.execute(
        "INSERT INTO profiles (uid, name, kind, made_ns) VALUES (?, ?, ?, ?)",
        (uid or secrets.token_hex(8), name, kind, time.time_ns()),
    )
    return int(added.lastrowid or 0)


def use(book: Book, wanted: str) -> Profile:
    """Lets takes and rewards go to a profile from now on.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the one before stays in use.
    """
    with book.changing(turning=True) as connection:
        connection.execute("UPDATE in_use SET profile = ?", (number_of(connection, wanted),))
    return in_use(book)


def delete(book: Book, wanted: str) -> Profile:
    """Deletes a profile with its rewards, recipes, corrections and snapshots; its takes go bit by bit, aside.

    Raises:
        InvalidValue: field "profile": there is none of that name, or it is in use.
        StoreUnavailable: it is still there.
    """
    gone = find(book, wanted)
    with book.changing() as connection:
        if gone.number == number_of(connection, None):
            raise InvalidValue("profile", wanted, "This profile is in use: use another one first.")
        for table in ("recipes", "rewards", "snapshots", "models", "steered_since", "corrections"):
            connection.execute(f"DELETE FROM {table} WHERE profile = ?", (gone.number,))  # noqa: S608 - our own names
        connection.execute("DELETE FROM profiles WHERE number = ?", (gone.number,))
        connection.execute("INSERT INTO leaving (profile) VALUES (?)", (gone.number,))
    return gone


def number_of(connection: sqlite3.Connection, wanted: str | None) -> int:
    """The number of a profile, by name or uid; None for the one in use.

    Raises:
        InvalidValue: field "profile".
    """
    if wanted is None:
        return int(connection.execute("SELECT profile FROM in_use").fetchone()[0])
    text = " ".join(wanted.split())
    row = connection.execute("SELECT number FROM profiles WHERE name = ? OR uid = ?", (text, text)).fetchone()
    if row:
        return int(row[0])
    names = [str(each[0]) for each in connection.execute("SELECT name FROM profiles")]
    raise InvalidValue("profile", wanted, f"{closest(wanted, names)}Use one of: {', '.join(names)}.")


def _profile(row: tuple[Any, ...]) -> Profile:
    number, uid, name, kind, made = row
    return Profile(number=number, uid=uid, name=name, kind=kind, made=made)
