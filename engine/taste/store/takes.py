"""Each generated result: kept before anybody hears of it, found again by its notes."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Collection, Iterable
from typing import Any

import msgspec

from engine.errors import InvalidValue
from engine.taste.store.book import Book
from engine.taste.store.profiles import number_of
from engine.taste.store.records import Take

__all__ = [
    "COLUMNS",
    "MOST_BESIDE",
    "MOST_UNRATED",
    "children",
    "count",
    "find",
    "forget_old",
    "keep",
    "keep_features",
    "known_by",
    "latest",
    "place_of",
    "put",
    "take_of",
]

MOST_UNRATED = 100_000
"""Takes without a reward that stay; of more the oldest go."""

MOST_BESIDE = 4_000
"""Takes before the newest among which runners-up that nothing was told of stay."""

_AT_ONCE = 100
"""Takes that are deleted in one go: whoever wants to write meanwhile waits for that long."""

COLUMNS = "id, method, role, seed, recipe, resolved, context, features, parent, how, mark, propensity, choice, made_ns"
"""Of a take in the file, in the order of ``take_of``."""

_KEEP = (
    f"INSERT INTO takes (profile, {COLUMNS}, shown) VALUES (?{', ?' * 15})"  # noqa: S608
    # A runner-up that is offered, or asked for, later is a take like any other from then on.
    " ON CONFLICT (id, profile) DO UPDATE SET shown = 1, propensity = ifnull(excluded.propensity, propensity),"
    " choice = iif(excluded.choice = '{}', choice, excluded.choice) WHERE NOT shown AND excluded.shown"
)

_LONE = (
    "SELECT id FROM takes WHERE number = ?"
    " AND NOT EXISTS (SELECT 1 FROM takes AS other WHERE other.id = takes.id AND other.number <> takes.number)"
)
"""The id of a take that no other profile has."""

_LISTED = "(shown OR EXISTS (SELECT 1 FROM rewards WHERE rewards.take = takes.number))"
"""Runners-up are listed once something was told of them."""


def keep(
    book: Book, takes: Iterable[Take], *, base: str = "", profile: str | None = None, beside: Collection[str] = ()
) -> None:
    """Keeps takes: when this returned, a kill -9 takes nothing back. A take that is there already stays as it was.

    Args:
        book: where.
        takes: all of them, or none.
        base: mark of the notes they were made of; the newest take of that mark becomes their parent.
        profile: by name or uid; None for the one in use.
        beside: ids of those that stood behind the one that was offered: lists pass them over until something is told
            of them.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: nothing was kept.
    """
    with book.changing() as connection:
        number = number_of(connection, profile)
        parent = _id_of(connection, number, base) if base else ""
        for take in takes:
            put(connection, number, take, parent, shown=take.id not in beside)


def keep_features(book: Book, features: dict[str, list[float]]) -> None:
    """Adds numbers to read to takes that have none, by the takes' ids.

    Raises:
        StoreUnavailable: nothing was added.
    """
    rows = [(msgspec.json.encode(numbers).decode(), take) for take, numbers in features.items()]
    with book.changing() as connection:
        connection.executemany("UPDATE takes SET features = ? WHERE id = ? AND features = '[]'", rows)


def put(connection: sqlite3.Connection, profile: int, take: Take, parent: str = "", *, shown: bool = True) -> None:
    """Keeps a take in a change that is under way; ``parent`` where the take names none."""
    texts = [msgspec.json.encode(each).decode() for each in (take.recipe, take.resolved, take.context, take.features)]
    mother = take.parent or (parent if parent != take.id else "")
    choice = msgspec.json.encode(take.choice).decode()
    made = take.made or time.time_ns()
    about = (profile, take.id, take.method, take.role, take.seed, *texts, mother, take.how if mother else "", take.mark)
    connection.execute(_KEEP, (*about, take.propensity, choice, made, shown))


def find(book: Book, wanted: str, profile: str | None = None) -> Take:
    """One take, of this profile or else of another.

    Raises:
        InvalidValue: field "take": it is not known; field "profile".
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        row = connection.execute(
            f"SELECT {COLUMNS} FROM takes WHERE id = ? ORDER BY profile = ? DESC, number DESC LIMIT 1",  # noqa: S608
            (wanted, number_of(connection, profile)),
        ).fetchone()
        return take_of(row or _unknown(wanted))


def known_by(book: Book, mark: str, profile: str | None = None) -> Take | None:
    """The newest take whose notes have a mark, of this profile or else of another; None where there is none."""
    with book.asking() as connection:
        row = connection.execute(
            f"SELECT {COLUMNS} FROM takes WHERE mark = ? ORDER BY profile = ? DESC, number DESC LIMIT 1",  # noqa: S608
            (mark, number_of(connection, profile)),
        ).fetchone()
    return take_of(row) if row else None


def place_of(connection: sqlite3.Connection, profile: int, wanted: str) -> int:
    """The number of a take, in a change that is under way.

    A take that was made while another profile was in use is copied to this one: who rates it now has this taste.

    Raises:
        InvalidValue: field "take": no profile has it.
    """
    question = "SELECT number, profile FROM takes WHERE id = ? ORDER BY profile = ? DESC, number DESC LIMIT 1"
    row = connection.execute(question, (wanted, profile)).fetchone() or _unknown(wanted)
    if row[1] == profile:
        return int(row[0])
    copied = connection.execute(
        f"INSERT INTO takes (profile, {COLUMNS}) SELECT ?, {COLUMNS} FROM takes WHERE number = ?",  # noqa: S608
        (profile, row[0]),
    )
    return int(copied.lastrowid or 0)


def children(book: Book, parent: str, profile: str | None = None) -> list[str]:
    """Ids of the takes that were made of one, oldest first."""
    with book.asking() as connection:
        asked = (number_of(connection, profile), parent)
        question = "SELECT id FROM takes WHERE profile = ? AND parent = ? AND parent <> '' ORDER BY number LIMIT 200"
        return [str(row[0]) for row in connection.execute(question, asked)]


def latest(
    book: Book, most: int, *, before: str | None = None, rated: bool = False, profile: str | None = None
) -> list[Take]:
    """The newest takes, newest first; runners-up only where something was told of them.

    Args:
        book: where.
        most: how many at most.
        before: only those kept before this take.
        rated: only those with a reward that counts.
        profile: by name or uid; None for the one in use.

    Raises:
        InvalidValue: field "before" or "profile".
        StoreUnavailable: the file cannot be read.
    """
    where = f"number < ? AND {_LISTED}"
    if rated:
        where += " AND EXISTS (SELECT 1 FROM rewards WHERE rewards.take = takes.number AND counted)"
    with book.asking() as connection:
        owner = number_of(connection, profile)
        below = _place(connection, owner, before) if before else 2**62
        rows = connection.execute(_select(where, " ORDER BY number DESC LIMIT ?"), (owner, below, most)).fetchall()
    return [take_of(row) for row in rows]


def count(book: Book, profile: str | None = None) -> int:
    """How many takes a profile has, without runners-up that nothing was told of."""
    with book.asking() as connection:
        asked = (number_of(connection, profile),)
        question = f"SELECT COUNT(*) FROM takes WHERE profile = ? AND {_LISTED}"  # noqa: S608 - our own words
        return int(connection.execute(question, asked).fetchone()[0])


def forget_old(book: Book, most: int = MOST_UNRATED) -> bool:
    """Deletes some takes that have no reward and are older than the newest ``most``, and some of deleted profiles.

    Runners-up go sooner, after ``MOST_BESIDE``.

    Returns:
        True when there is more to delete: call again.
    """
    free = "NOT EXISTS (SELECT 1 FROM rewards WHERE rewards.take = takes.number)"
    leaving = [profile for (profile,) in book.read_aside("SELECT profile FROM leaving")]
    left = [
        row
        for profile in leaving
        for row in book.read_aside(f"SELECT number FROM takes WHERE profile = ? LIMIT {_AT_ONCE}", (profile,))  # noqa: S608
    ]
    # Numbers rise by one with each take, so what is below has at least `most` takes above it.
    old = book.read_aside(
        f"SELECT number FROM takes WHERE number <= (SELECT MAX(number) FROM takes) - ? AND {free}"  # noqa: S608
        f" ORDER BY number LIMIT {_AT_ONCE}",
        (most,),
    )
    old += book.read_aside(
        f"SELECT number FROM takes WHERE shown = 0 AND number <= (SELECT MAX(number) FROM takes) - ? AND {free}"  # noqa: S608
        f" ORDER BY number LIMIT {_AT_ONCE}",
        (min(most, MOST_BESIDE),),
    )
    if leaving or old:
        with book.changing() as connection:
            if not left:
                connection.executemany("DELETE FROM leaving WHERE profile = ?", [(profile,) for profile in leaving])
            going = (left + old)[:_AT_ONCE]
            connection.executemany(f"DELETE FROM clips WHERE take = ({_LONE} AND {free})", going)  # noqa: S608
            connection.executemany(f"DELETE FROM takes WHERE number = ? AND {free}", going)  # noqa: S608
    return len(left) + len(old) >= _AT_ONCE


def take_of(row: tuple[Any, ...]) -> Take:
    """A take from its row, ``COLUMNS``."""
    take_id, method, role, seed, recipe, resolved, context, features, parent, how, mark, propensity, choice, made = row
    return Take(
        id=take_id,
        method=method,
        role=role,
        seed=seed,
        recipe=msgspec.json.decode(recipe),
        resolved=msgspec.json.decode(resolved),
        context=msgspec.json.decode(context),
        features=msgspec.json.decode(features),
        parent=parent,
        how=how,
        mark=mark,
        propensity=propensity,
        choice=msgspec.json.decode(choice),
        made=made,
    )


def _select(where: str, order: str = "") -> str:
    return f"SELECT {COLUMNS} FROM takes WHERE profile = ? AND {where}{order}"  # noqa: S608 - our own words


def _id_of(connection: sqlite3.Connection, profile: int, mark: str) -> str:
    question = "SELECT id FROM takes WHERE profile = ? AND mark = ? ORDER BY number DESC LIMIT 1"
    row = connection.execute(question, (profile, mark)).fetchone()
    return str(row[0]) if row else ""


def _place(connection: sqlite3.Connection, profile: int, before: str) -> int:
    row = connection.execute("SELECT number FROM takes WHERE profile = ? AND id = ?", (profile, before)).fetchone()
    if row is None:
        raise InvalidValue("before", before, "This take is not known, or not any more: leave it out.")
    return int(row[0])


def _unknown(wanted: str) -> tuple[Any, ...]:
    raise InvalidValue("take", wanted, "This take is not known, or not any more: rate one that was made here.")
