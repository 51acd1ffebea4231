"""In which clips a song lies: by the marks of some of them the song is known again, whatever else the Set holds.

A song form is one take in many clips, none of which is the take; what its clips hold hangs on the take alone, so they
are kept once, by its id, for all profiles that have it.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from typing import Annotated

import msgspec
from msgspec import Meta

from engine.taste.store.book import Book
from engine.taste.store.profiles import number_of
from engine.taste.store.records import Id, Take
from engine.taste.store.takes import COLUMNS, take_of

__all__ = ["MOST", "SongClips", "clips_of", "keep_clips", "known_in", "put_clips"]

MOST = 1_024
"""Different clips of a song that are known; 32 sections of 16 parts have half as many."""

_SHARED = f"""
    SELECT {COLUMNS} FROM takes JOIN (
        SELECT take AS song, SUM(mark IN (SELECT value FROM json_each(?))) AS shared, COUNT(*) AS near
        FROM clips WHERE mark IN (SELECT value FROM json_each(?)) GROUP BY take HAVING shared > 0
    ) ON song = id ORDER BY shared DESC, near DESC, profile = ? DESC, number DESC LIMIT 1
"""  # noqa: S608 - our own words


class SongClips(msgspec.Struct, frozen=True, kw_only=True):
    """In which clips a song lies.

    Attributes:
        take: id of the song's take.
        marks: of its clips' notes; see ``engine.taste.mark``.
    """

    take: Id
    marks: Annotated[list[Annotated[str, Meta(min_length=1, max_length=64)]], Meta(max_length=MOST)]


def keep_clips(book: Book, clips: Iterable[SongClips]) -> None:
    """Keeps in which clips songs lie: when this returned, a kill -9 takes nothing back.

    Raises:
        StoreUnavailable: nothing was kept.
    """
    with book.changing() as connection:
        put_clips(connection, clips)


def put_clips(connection: sqlite3.Connection, clips: Iterable[SongClips]) -> None:
    """Keeps in which clips songs lie, in a change that is under way; what is there already stays."""
    rows = [(mark, each.take) for each in clips for mark in each.marks[:MOST]]
    connection.executemany("INSERT INTO clips (mark, take) VALUES (?, ?) ON CONFLICT DO NOTHING", rows)


def known_in(
    book: Book, marks: Iterable[str], profile: str | None = None, *, beside: Iterable[str] = ()
) -> Take | None:
    """The song that lies in some clips.

    Args:
        book: where.
        marks: of the clips' notes. A song need not have all of them: the one that has most is meant, of several the
            one that has most of ``beside``, then this profile's before another's, then the newest.
        profile: by name or uid; None for the one in use.
        beside: marks of clips near them, which tell songs apart that share a scene and make no song known alone.

    Returns:
        None where no song has any.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    wanted = set(marks) - {""}
    lists = [msgspec.json.encode(sorted(each)).decode() for each in (wanted, wanted | set(beside))]
    with book.asking() as connection:
        row = connection.execute(_SHARED, (*lists, number_of(connection, profile))).fetchone()
    return take_of(row) if row else None


def clips_of(book: Book, profile: str | None = None) -> list[SongClips]:
    """In which clips the songs lie that were rated in a profile.

    Raises:
        InvalidValue: field "profile".
        StoreUnavailable: the file cannot be read.
    """
    with book.asking() as connection:
        owner = number_of(connection, profile)
    rows = book.read_aside(
        "SELECT c.take, c.mark FROM clips c JOIN takes t ON t.id = c.take WHERE t.profile = ?"
        " AND EXISTS (SELECT 1 FROM rewards r WHERE r.take = t.number AND r.counted) ORDER BY c.take, c.mark",
        (owner,),
    )
    found: dict[str, list[str]] = {}
    for take, mark in rows:
        found.setdefault(take, []).append(mark)
    return [SongClips(take=take, marks=marks) for take, marks in found.items()]
