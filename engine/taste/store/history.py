"""Snapshots of a taste, and the way back to one: rewards that came later stay in the log and do not count.

A snapshot says which rewards and corrections counted, as spans of their numbers, and from which on the knobs' meaning
was learnt. What was learnt is learnt anew from those. Takes and recipes of the user's own are things, not judgements:
they stay.
"""

from __future__ import annotations

import sqlite3
import time
from datetime import datetime

import msgspec

from engine.errors import InvalidValue
from engine.taste.store.book import Book
from engine.taste.store.profiles import number_of
from engine.taste.store.records import Snapshot

__all__ = [
    "MOST",
    "all_snapshots",
    "begin_day",
    "begin_steering",
    "held_corrections",
    "last_roll_back",
    "make",
    "roll_back",
    "snapshot",
    "steer_since",
    "steered_since",
    "steered_up_to",
]

MOST = 100
"""Snapshots of a profile that are kept; of more those nobody asked for go first, the oldest before others."""

_NAME = 100
_COLUMNS = "number, name, why, rewards, made_ns"
_LOGS = ("rewards", "corrections")


def snapshot(book: Book, name: str = "", profile: str | None = None) -> Snapshot:
    """Keeps how a profile is now.

    Raises:
        InvalidValue: field "name" or "profile".
        StoreUnavailable: nothing was kept.
    """
    name = " ".join(name.split())
    if len(name) > _NAME:
        raise InvalidValue("name", name, f"Give a name of at most {_NAME} characters, or none.")
    with book.changing() as connection:
        number = make(connection, number_of(connection, profile), "asked", name)
        return _find(connection, number)


def all_snapshots(book: Book, profile: str | None = None) -> list[Snapshot]:
    """The snapshots of a profile, newest first."""
    with book.asking() as connection:
        asked = (number_of(connection, profile),)
        rows = connection.execute(
            f"SELECT {_COLUMNS} FROM snapshots WHERE profile = ? ORDER BY number DESC",  # noqa: S608 - our own words
            asked,
        )
        return [_snapshot(row) for row in rows]


def roll_back(book: Book, number: int, profile: str | None = None) -> Snapshot:
    """Lets count what counted at a snapshot, and nothing else. How it was just now is kept as a snapshot first.

    Returns:
        The snapshot that leads back.

    Raises:
        InvalidValue: field "snapshot" or "profile".
        StoreUnavailable: nothing has changed.
    """
    with book.changing(turning=True) as connection:
        owner = number_of(connection, profile)
        row = connection.execute(
            "SELECT spans, corrections, steered_since FROM snapshots WHERE number = ? AND profile = ?", (number, owner)
        ).fetchone()
        if row is None:
            raise InvalidValue("snapshot", number, "There is no such snapshot of this profile: choose one of its list.")
        way_back = _find(connection, make(connection, owner, "roll back"))
        for table, spans in zip(_LOGS, row, strict=False):
            connection.execute(f"UPDATE {table} SET counted = 0 WHERE profile = ?", (owner,))  # noqa: S608 - our own
            connection.executemany(
                f"UPDATE {table} SET counted = 1 WHERE profile = ? AND number BETWEEN ? AND ?",  # noqa: S608
                [(owner, first, last) for first, last in msgspec.json.decode(spans)],
            )
        connection.execute("DELETE FROM models WHERE profile = ?", (owner,))
        steer_since(connection, owner, row[2])
        return way_back


def last_roll_back(book: Book, profile: str | None = None) -> int:
    """Number of the newest roll-back of a profile; 0 where there was none. Another one: what was learnt is void."""
    with book.asking() as connection:
        question = "SELECT MAX(number) FROM snapshots WHERE profile = ? AND why = 'roll back'"
        return int(connection.execute(question, (number_of(connection, profile),)).fetchone()[0] or 0)


def begin_steering(book: Book, profile: str | None = None) -> Snapshot:
    """Lets what the knobs mean be learnt from later rewards alone. How it was just now is kept as a snapshot first.

    Returns:
        The snapshot that leads back.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: nothing has changed.
    """
    with book.changing(turning=True) as connection:
        owner = number_of(connection, profile)
        way_back = _find(connection, make(connection, owner, "macro map reset"))
        # Numbers of rewards are never given twice, so later ones lie above this one whatever is rolled back.
        row = connection.execute("SELECT MAX(number) FROM rewards WHERE profile = ?", (owner,)).fetchone()
        steer_since(connection, owner, int(row[0] or 0))
        return way_back


def steered_since(book: Book, profile: str | None = None) -> int:
    """Number of the last reward that the knobs' meaning is not learnt from; 0 where it is learnt from all."""
    with book.asking() as connection:
        return steered_up_to(connection, number_of(connection, profile))


def begin_day(connection: sqlite3.Connection, profile: int, now: int) -> None:
    """Keeps how a profile was before the first reward of a day, in a change that is under way.

    Args:
        connection: of that change.
        profile: its number.
        now: nanoseconds of the Unix clock; days are the user's own.
    """
    # From the newest on, one step finds it; the plus keeps SQLite from sorting all of the profile's.
    question = "SELECT told_ns FROM rewards WHERE +profile = ? ORDER BY number DESC LIMIT 1"
    row = connection.execute(question, (profile,)).fetchone()
    if row and _day(now) > _day(row[0]):
        make(connection, profile, "day")


def make(connection: sqlite3.Connection, profile: int, why: str, name: str = "") -> int:
    """Keeps how a profile is, in a change that is under way, and returns the snapshot's number."""
    rewards, corrections = (_counted(connection, log, profile) for log in _LOGS)
    spans = (_spans(rewards), _spans(corrections))
    added = connection.execute(
        "INSERT INTO snapshots (profile, name, why, spans, corrections, rewards, made_ns, steered_since)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (profile, name, why, *spans, len(rewards), time.time_ns(), steered_up_to(connection, profile)),
    )
    connection.execute(
        "DELETE FROM snapshots WHERE number IN (SELECT number FROM snapshots WHERE profile = ?"
        " ORDER BY why = 'asked' DESC, number DESC LIMIT -1 OFFSET ?)",
        (profile, MOST),
    )
    return int(added.lastrowid or 0)


def held_corrections(connection: sqlite3.Connection, profile: int) -> int:
    """Number of the last correction that a snapshot of a profile needs; 0 where none does."""
    rows = connection.execute("SELECT corrections FROM snapshots WHERE profile = ?", (profile,))
    return max((last for row in rows for _, last in msgspec.json.decode(row[0])), default=0)


def steered_up_to(connection: sqlite3.Connection, profile: int) -> int:
    """``steered_since`` in a change that is under way, by the profile's number."""
    row = connection.execute("SELECT reward FROM steered_since WHERE profile = ?", (profile,)).fetchone()
    return int(row[0]) if row else 0


def steer_since(connection: sqlite3.Connection, profile: int, reward: int) -> None:
    """Lets what the knobs mean be learnt from rewards above this number alone, in a change that is under way."""
    connection.execute("INSERT OR REPLACE INTO steered_since (profile, reward) VALUES (?, ?)", (profile, reward))


def _counted(connection: sqlite3.Connection, log: str, profile: int) -> list[int]:
    question = f"SELECT number FROM {log} WHERE profile = ? AND counted ORDER BY number"  # noqa: S608 - our own names
    return [int(row[0]) for row in connection.execute(question, (profile,))]


def _spans(numbers: list[int]) -> str:
    spans: list[tuple[int, int]] = []
    for number in numbers:
        if spans and spans[-1][1] == number - 1:
            spans[-1] = (spans[-1][0], number)
        else:
            spans.append((number, number))
    return msgspec.json.encode(spans).decode()


def _day(moment: int) -> str:
    return datetime.fromtimestamp(moment / 1e9).astimezone().date().isoformat()


def _find(connection: sqlite3.Connection, number: int) -> Snapshot:
    row = connection.execute(f"SELECT {_COLUMNS} FROM snapshots WHERE number = ?", (number,)).fetchone()  # noqa: S608
    return _snapshot(row)


def _snapshot(row: tuple[int, str, str, int, int]) -> Snapshot:
    number, name, why, rewards, made = row
    return Snapshot(number=number, name=name, why=why, rewards=rewards, made=made)
