"""Every reward once, and what they come to for each take."""

from __future__ import annotations

import itertools
import sqlite3
import time
from collections.abc import Iterator

import msgspec

from engine.errors import InvalidValue
from engine.taste.rewards import Meant, Told, check_reward, settle
from engine.taste.store import history
from engine.taste.store.book import Book
from engine.taste.store.profiles import number_of
from engine.taste.store.records import Lesson, News, Reward
from engine.taste.store.takes import COLUMNS, place_of, take_of

__all__ = ["Added", "add", "count_rated", "last_lessons", "lessons", "meant_of", "news", "of_take", "put", "upto"]

_LONGEST_ID = 100

_WITH_TAKES = (
    f"SELECT {', '.join(f't.{each}' for each in COLUMNS.split(', '))}, r.kind, r.amount, r.rater, r.told_ns, r.number"  # noqa: S608
    " FROM takes t JOIN rewards r ON r.take = t.number WHERE t.profile = ? AND r.counted AND r.number <= ?"
)
_ALL = f"{_WITH_TAKES} ORDER BY t.number, r.number"
_SINCE = _ALL.replace(" ORDER BY", " AND r.take IN (SELECT take FROM rewards WHERE number > ? AND counted) ORDER BY")
_LAST = _ALL.replace(
    " ORDER BY",
    " AND r.number > ? AND r.take IN (SELECT take FROM rewards WHERE profile = ? AND counted AND number > ?"
    " ORDER BY number DESC LIMIT ?) ORDER BY",
)
_TAKE = len(COLUMNS.split(", "))


class Added(msgspec.Struct, frozen=True):
    """What became of a reward.

    Attributes:
        new: False when it had been told before: nothing has changed then.
        meant: what all rewards of the take come to now; None for nothing.
    """

    new: bool
    meant: Meant | None


def add(
    book: Book,
    take: str,
    kind: str,
    amount: float | None = None,
    *,
    reward_id: str,
    told: int | None = None,
    profile: str | None = None,
) -> Added:
    """Adds a reward: when this returned, a kill -9 takes nothing back. It may come at any time after its take.

    Args:
        book: where.
        take: id of the take.
        kind: see ``engine.taste.rewards``.
        amount: in its unit; None for its usual one.
        reward_id: told again under the same id, a reward counts once.
        told: when it happened, nanoseconds of the Unix clock; None for now.
        profile: by name or uid; None for the one in use.

    Raises:
        InvalidValue: naming the field.
        StoreUnavailable: nothing was added.
    """
    when = told if told is not None else time.time_ns()
    checked = check_reward(kind, amount)
    with book.changing() as connection:
        return put(connection, number_of(connection, profile), take, (kind, checked), reward_id=reward_id, when=when)


def put(
    connection: sqlite3.Connection, profile: int, take: str, what: tuple[str, float], *, reward_id: str, when: int
) -> Added:
    """Adds a reward in a change that is under way; see ``add``.

    Args:
        connection: of that change.
        profile: its number.
        take: id of the take.
        what: kind and amount, checked.
        reward_id: told again under the same id, a reward counts once.
        when: it happened, nanoseconds of the Unix clock.

    Raises:
        InvalidValue: field "id" or "take".
    """
    if not 0 < len(reward_id) <= _LONGEST_ID:
        raise InvalidValue("id", reward_id, f"Give an id of at most {_LONGEST_ID} characters, or none.")
    rated = place_of(connection, profile, take)
    history.begin_day(connection, profile, when)
    added = connection.execute(
        "INSERT INTO rewards (profile, id, take, kind, amount, rater, told_ns)"
        " VALUES (?, ?, ?, ?, ?, (SELECT uid FROM profiles WHERE number = ?), ?)"
        " ON CONFLICT (profile, id) DO NOTHING",
        (profile, reward_id, rated, *what, profile, when),
    )
    return Added(added.rowcount == 1, _meant(connection, rated))


def meant_of(book: Book, takes: list[str], profile: str | None = None) -> dict[str, Meant]:
    """What the rewards of some takes come to, by their ids; those of which they say nothing are left out."""
    found = {}
    with book.asking() as connection:
        number = number_of(connection, profile)
        for take in takes:
            row = connection.execute("SELECT number FROM takes WHERE profile = ? AND id = ?", (number, take)).fetchone()
            meant = _meant(connection, row[0]) if row else None
            if meant is not None:
                found[take] = meant
    return found


def count_rated(book: Book, profile: str | None = None) -> int:
    """How many takes of a profile have a reward that counts."""
    with book.asking() as connection:
        asked = (number_of(connection, profile),)
        question = "SELECT COUNT(DISTINCT take) FROM rewards WHERE profile = ? AND counted"
        return int(connection.execute(question, asked).fetchone()[0])


def of_take(book: Book, take: str, profile: str | None = None) -> list[Reward]:
    """The rewards of a take, in the order they were told.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        rows = connection.execute(
            "SELECT r.id, r.kind, r.amount, r.rater, r.told_ns, r.counted FROM rewards r JOIN takes t"
            " ON t.number = r.take WHERE t.id = ? AND t.profile = ? ORDER BY r.told_ns",
            (take, number_of(connection, profile)),
        ).fetchall()
    return [
        Reward(id=row[0], take=take, kind=row[1], amount=row[2], rater=row[3], told=row[4], counted=bool(row[5]))
        for row in rows
    ]


def lessons(book: Book, profile: str | None = None) -> list[Lesson]:
    """Every take with rewards that say something, oldest take first: the log from which a model is learnt anew."""
    return [
        Lesson(take=each.take, meant=each.after) for each in news(book, 0, profile=profile) if each.after is not None
    ]


def last_lessons(book: Book, most: int, since: int = 0, *, profile: str | None = None) -> list[Lesson]:
    """The takes of the last rewards and what these come to, oldest take first.

    Args:
        book: where.
        most: how many rewards at most.
        since: number of the last reward that does not count here.
        profile: by name or uid; None for the one in use.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        number = number_of(connection, profile)
    rows = book.read_aside(_LAST, (number, 2**62, since, number, since, most))
    return [Lesson(take=each.take, meant=each.after) for each in _news(rows, 0) if each.after is not None]


def news(book: Book, since: int, until: int | None = None, *, profile: str | None = None) -> list[News]:
    """What changed since a model last learnt, oldest take first.

    Args:
        book: where.
        since: the model's ``upto``; 0 for everything.
        until: number of the last reward to look at; None for all.
        profile: by name or uid; None for the one in use.
    """
    last = 2**62 if until is None else until
    with book.asking() as connection:
        number = number_of(connection, profile)
        if since > 0:
            rows = connection.execute(_SINCE, (number, last, since)).fetchall()
    if since <= 0:  # everything takes long: nobody who wants to keep a take waits for it
        rows = book.read_aside(_ALL, (number, last))
    return list(_news(rows, since))


def upto(book: Book, profile: str | None = None) -> int:
    """Number of the newest reward that counts; 0 where there is none."""
    with book.asking() as connection:
        asked = (number_of(connection, profile),)
        # From the newest on, one step finds it; the plus keeps SQLite from sorting all of the profile's.
        question = "SELECT number FROM rewards WHERE +profile = ? AND counted ORDER BY number DESC LIMIT 1"
        row = connection.execute(question, asked).fetchone()
    return int(row[0]) if row else 0


def _news(rows: list[tuple[object, ...]], since: int) -> Iterator[News]:
    for _, group in itertools.groupby(rows, key=lambda row: row[0]):
        of_one = list(group)
        told = [(row[-1], Told(*row[_TAKE:-1])) for row in of_one]  # type: ignore[arg-type]
        before = settle(each for number, each in told if number <= since)  # type: ignore[operator]
        after = settle(each for _, each in told)
        if before != after:
            yield News(take=take_of(of_one[0][:_TAKE]), before=before, after=after)


def _meant(connection: sqlite3.Connection, take: int) -> Meant | None:
    rows = connection.execute("SELECT kind, amount, rater, told_ns FROM rewards WHERE take = ? AND counted", (take,))
    return settle(Told(*row) for row in rows)
