"""The SQLite file of Bandmate: what was heard, what the user corrected, and what was learnt from his own music.

Fingerprints have a file of their own (`engine.hear.recordings`): they are large, and can be made anew. So have takes
and ratings (`engine.taste.store`): they are written with every take, by one process only, and deleted as a whole.

A store is opened late (the first question opens it), shared by the threads of a process, and by processes through
SQLite's own locks (write-ahead log: readers never wait for a writer). Once `write` returned, a kill -9 takes nothing
back. A store that cannot be used raises `StoreUnavailable`; whoever can go on without it does.
"""

from __future__ import annotations

import contextlib
import logging
import os
import sqlite3
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.errors import StoreDamaged, StoreUnavailable
from engine.files import PRIVATE
from engine.settings import make_home, store_path

__all__ = ["MIGRATIONS", "Store", "StoreDamaged", "StoreUnavailable", "own_store"]

_log = logging.getLogger("bandmate")

MIGRATIONS = (
    # 1: hearing
    """
    CREATE TABLE file_digests (
        path TEXT PRIMARY KEY, size INTEGER NOT NULL, mtime_ns INTEGER NOT NULL, inode INTEGER NOT NULL,
        digest BLOB NOT NULL, used_ns INTEGER NOT NULL
    ) WITHOUT ROWID;
    CREATE TABLE analyses (
        digest BLOB NOT NULL, version TEXT NOT NULL, span TEXT NOT NULL, hints TEXT NOT NULL, parts TEXT NOT NULL,
        result BLOB NOT NULL, used_ns INTEGER NOT NULL,
        PRIMARY KEY (digest, version, span, hints, parts)
    );
    CREATE INDEX analyses_by_use ON analyses (used_ns);
    CREATE TABLE corrections (
        digest BLOB PRIMARY KEY, bpm REAL, key TEXT, changed_ns INTEGER NOT NULL
    ) WITHOUT ROWID;
    """,
    # 2: recordings that shall be known again
    """
    CREATE TABLE recordings (
        digest BLOB PRIMARY KEY, path BLOB NOT NULL, added_ns INTEGER NOT NULL
    ) WITHOUT ROWID;
    """,
    # 3: each part of an analysis by itself, with its own version
    """
    DROP TABLE analyses;
    CREATE TABLE heard (
        digest BLOB NOT NULL, span TEXT NOT NULL, part TEXT NOT NULL, version TEXT NOT NULL, hints TEXT NOT NULL,
        result BLOB NOT NULL, used_ns INTEGER NOT NULL,
        PRIMARY KEY (digest, span, part, version, hints)
    );
    CREATE INDEX heard_by_use ON heard (used_ns);
    """,
    # 4: styles learnt from the user's own music
    """
    CREATE TABLE own_styles (
        id TEXT PRIMARY KEY, style TEXT NOT NULL, changed_ns INTEGER NOT NULL
    ) WITHOUT ROWID;
    """,
    # 5: what those styles were before they last learnt
    """
    CREATE TABLE own_styles_before (
        id TEXT NOT NULL, version INTEGER NOT NULL, style TEXT NOT NULL,
        PRIMARY KEY (id, version)
    ) WITHOUT ROWID;
    """,
)
"""What brings a store from version n to n + 1. Once released, a script is never changed."""

_BUSY_SECONDS = 3.0


class Store:
    """One SQLite file.

    Args:
        path: Where it lies; its folder exists. It is made (mode 0600) by the first question.
        migrations: Its tables, as in `MIGRATIONS`; those when None.
        patience: Seconds to wait for another writer.
        tidied: True when somebody calls `tidy` now and then; else SQLite does so in the middle of some writes, which
            then wait for the disk.
    """

    def __init__(
        self,
        path: Path,
        migrations: Sequence[str] | None = None,
        *,
        patience: float | None = None,
        tidied: bool = False,
    ) -> None:
        self._path = path
        self._migrations = migrations
        self._patience = patience
        self._tidied = tidied
        self._lock = threading.RLock()
        self._connection: sqlite3.Connection | None = None

    def read(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return all rows of a question.

        Raises:
            StoreUnavailable: the store cannot be used; the hint says why.
        """
        with self.asking() as connection:
            return connection.execute(sql, values).fetchall()

    def write(self, *changes: tuple[str, Sequence[Any]]) -> None:
        """Make changes, all or none.

        Args:
            changes: Statements with their values.

        Raises:
            StoreUnavailable: nothing was changed; the hint says why.
        """
        with self.changing() as connection:
            for sql, values in changes:
                connection.execute(sql, values)

    @contextlib.contextmanager
    def changing(self) -> Iterator[sqlite3.Connection]:
        """Give a connection on which to ask and change in one go: all of it stays, or, after an exception, none.

        Raises:
            StoreUnavailable: nothing was changed; the hint says why.
        """
        with self.asking() as connection, connection:  # commits, or rolls back what an exception leaves
            connection.execute("BEGIN IMMEDIATE")
            yield connection

    def tidy(self) -> None:
        """Move what was written from the log into the file, while others go on to read and write.

        It waits for the disk, so call it from a thread of its own.

        Raises:
            StoreUnavailable: the log stays as it is; nothing is lost.
        """
        try:
            with contextlib.closing(self._opened()) as connection:
                connection.execute("PRAGMA wal_checkpoint(PASSIVE)")
        except sqlite3.Error as problem:
            raise _unavailable(str(problem).lower()) from problem

    def close(self) -> None:
        """Let go of the file; the next question opens it again."""
        with self._lock:
            if self._connection:
                self._connection.close()
                self._connection = None

    @contextlib.contextmanager
    def asking(self) -> Iterator[sqlite3.Connection]:
        """Give a connection on which to ask several questions; for changes there is `changing`.

        Raises:
            StoreUnavailable: the store cannot be used; the hint says why.
        """
        with self._lock:
            try:
                if self._connection is None:
                    self._connection = self._connect()
                yield self._connection
            except (sqlite3.ProgrammingError, sqlite3.IntegrityError):
                raise  # our own mistake, not the disk's
            except sqlite3.Error as problem:
                raise self._unavailable(problem) from problem

    def _connect(self) -> sqlite3.Connection:
        with contextlib.suppress(FileExistsError, OSError):
            # SQLite would make it readable for everyone.
            os.close(os.open(self._path, os.O_CREAT | os.O_EXCL | os.O_RDWR, PRIVATE))
        migrations = MIGRATIONS if self._migrations is None else self._migrations
        connection = self._opened()
        try:
            _refuse_newer(connection, migrations)
            _log_ahead(connection, self._waits)
            if self._tidied:
                connection.execute("PRAGMA wal_autocheckpoint = 0")
            connection.execute("PRAGMA synchronous = NORMAL")
            connection.execute("PRAGMA foreign_keys = ON")
            _migrate(connection, migrations)
        except BaseException:
            connection.close()
            raise
        return connection

    def _opened(self) -> sqlite3.Connection:
        return sqlite3.connect(self._path, timeout=self._waits, isolation_level=None, check_same_thread=False)

    @property
    def _waits(self) -> float:
        return _BUSY_SECONDS if self._patience is None else self._patience

    def _unavailable(self, problem: sqlite3.Error) -> StoreUnavailable:
        words = str(problem).lower()
        if "malformed" in words or "not a database" in words:
            self.close()  # it may be replaced; the next question looks at what lies there then
            return StoreDamaged(
                "The file in which Bandmate remembers is damaged", f"Move {self._path.name} away; a new one is made."
            )
        return _unavailable(words)


def own_store() -> Store:
    """Bandmate's store; where its folder cannot be made, each question to it will say so."""
    try:
        make_home()
    except OSError as problem:
        _log.warning("Bandmate's folder cannot be made: %s", type(problem).__name__)
    return Store(store_path())


def _refuse_newer(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    if _version(connection) > len(migrations):
        raise StoreUnavailable(
            "What Bandmate remembers was written by a newer Bandmate", "Update Bandmate; nothing was changed."
        )


def _log_ahead(connection: sqlite3.Connection, patience: float) -> None:
    """Turn the write-ahead log on; SQLite asks others to wait for this, but does not itself wait for them."""
    until = time.monotonic() + patience
    on = False
    while not on:
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            on = True
        except sqlite3.OperationalError as problem:
            if "locked" not in str(problem) or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _migrate(connection: sqlite3.Connection, migrations: Sequence[str]) -> None:
    """Bring an older store to this version, step by step, each step whole or not at all."""
    while (version := _version(connection)) < len(migrations):
        connection.execute("BEGIN IMMEDIATE")
        try:
            # Another process may have taken the same step while we waited.
            if _version(connection) == version:
                for statement in _statements(migrations[version]):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version + 1}")
            connection.execute("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):  # a full disk may have ended it already
                connection.execute("ROLLBACK")
            raise


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _statements(script: str) -> list[str]:
    # executescript would commit before it begins.
    return [each for each in (part.strip() for part in script.split(";")) if each]


def _unavailable(words: str) -> StoreUnavailable:
    if "full" in words:
        return StoreUnavailable("The disk is full: nothing can be remembered", "Make room; all else goes on.")
    if "readonly" in words or "unable to open" in words:
        return StoreUnavailable(
            "Bandmate's folder cannot be written: nothing can be remembered", "Look at its permissions."
        )
    if "locked" in words or "busy" in words:
        return StoreUnavailable("Another Bandmate is writing", "Try again in a moment.")
    if "disk i/o" in words:
        return StoreUnavailable(
            "The disk does not take what Bandmate would remember", "It may be full or gone; all else goes on."
        )
    return StoreUnavailable("Bandmate's memory cannot be used", "Try again; bandmate log may say why.")
