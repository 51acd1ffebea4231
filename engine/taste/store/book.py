"""The file of takes and rewards: one process writes it at a time, and it is tidied aside.

The log of SQLite is written with every take, without waiting for the disk: what is written is the operating system's
then, and survives a kill -9. Moving the log into the file waits for the disk, so a thread of its own does that, and
what nobody rated makes room there.
"""

from __future__ import annotations

import contextlib
import logging
import secrets
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from engine.errors import StoreUnavailable
from engine.filelock import FileLock, Taken
from engine.settings import make_home, taste_path
from engine.store import Store
from engine.taste.store.tables import MIGRATIONS

__all__ = ["FIRST_NAME", "Book"]

_log = logging.getLogger("bandmate")

FIRST_NAME = "Me"
"""What the profile is called that is there from the beginning."""

_PATIENCE = 0.25
"""Seconds to wait for a program that holds the file: nobody else of ours writes it, and somebody waits for notes."""

_REST = 2.0
"""Seconds from a change to tidying up; what changes meanwhile is tidied along."""

_BREATH = 0.05
"""Seconds between two steps of a chore that takes several."""

_CLOSING = 5.0
"""Seconds to wait for the tidying thread when the book is closed."""

Chore = Callable[["Book"], bool]
"""Something to do aside; True when there is more of it to do."""


class Book:
    """Takes, rewards and profiles of this user.

    It opens late: the first question takes the lock and opens the file, and each question tries anew after a failure.

    Args:
        path: the file; its lock lies beside it. None for Bandmate's own.
        chores: what else the tidying thread does, in order.
        turned: told after a change by which all that was learnt may be another: who asked for it waits meanwhile.
    """

    def __init__(
        self, path: Path | None = None, chores: Sequence[Chore] = (), turned: Callable[[], object] | None = None
    ) -> None:
        self._path = path
        self._chores = chores
        self._turned = turned
        self._lock = threading.RLock()
        self._aside = threading.RLock()
        self._held: FileLock | None = None
        self._store: Store | None = None
        self._changed = threading.Event()
        self._closing = threading.Event()
        self._tidying: threading.Thread | None = None

    @property
    def path(self) -> Path:
        """Where the file lies."""
        return self._path or taste_path()

    def read_aside(self, sql: str, values: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Returns all rows of a question that takes long: nobody who asks or changes meanwhile waits for it.

        Raises:
            StoreUnavailable: the file cannot be used; the hint says why.
        """
        self._opened()
        with self._aside, contextlib.closing(Store(self.path, MIGRATIONS, patience=_PATIENCE, tidied=True)) as aside:
            return aside.read(sql, values)

    @contextlib.contextmanager
    def asking(self) -> Iterator[sqlite3.Connection]:
        """Gives a connection on which to ask several questions.

        Raises:
            StoreUnavailable: the file cannot be used; the hint says why.
        """
        with self._opened().asking() as connection:
            yield connection

    @contextlib.contextmanager
    def changing(self, *, turning: bool = False) -> Iterator[sqlite3.Connection]:
        """Gives a connection on which to ask and change in one go: all of it stays, or, after an exception, none.

        Args:
            turning: what was learnt may be another afterwards, as when another profile is put to use.

        Raises:
            StoreUnavailable: nothing was changed; the hint says why.
        """
        with self._opened().changing() as connection:
            yield connection
        self._changed.set()
        if turning:
            self._tell()

    def open(self) -> None:
        """Opens the file now, so that the first take need not.

        Raises:
            StoreUnavailable: it cannot be used now; the next question tries again.
        """
        self._opened()

    def close(self) -> None:
        """Lets go of the file and the lock; the next question takes them again."""
        self._closing.set()
        self._changed.set()
        tidying = self._tidying
        if tidying is not None and tidying is not threading.current_thread():
            tidying.join(_CLOSING)
        with self._lock:
            self._tidying = None
            if self._store is not None:
                self._store.close()
                self._store = None
            if self._held is not None:
                self._held.__exit__(None, None, None)
                self._held = None
            self._closing.clear()

    def erase(self) -> None:
        """Deletes the file itself: every profile, take and reward.

        Raises:
            StoreUnavailable: it could not be deleted, or not all of it.
        """
        store = self._opened()
        # Nobody may have the old file open while a new one comes: who closes it last would delete the new one's log.
        with self._aside, store.asking():
            store.close()
            try:
                # The log first: the file alone is whole at every moment.
                for ending in ("-wal", "-shm", ""):
                    self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
            except OSError as problem:
                raise StoreUnavailable(
                    "What Bandmate learnt could not be deleted", "Look at the permissions of Bandmate's folder."
                ) from problem
            with store.changing() as connection:
                _begin(connection)
        self._changed.set()
        self._tell()

    def _tell(self) -> None:
        """Says that what was learnt may be another; the change stands whatever becomes of that."""
        if self._turned is None:
            return
        try:
            self._turned()
        except StoreUnavailable as problem:
            _log.warning("what was learnt could not be read anew: %s", problem)

    def _opened(self) -> Store:
        # Without the lock where it is open, since every take comes by here.
        return self._store or self._open()

    def _open(self) -> Store:
        with self._lock:
            if self._store is not None:
                return self._store
            if self._held is None:
                self._held = self._take_lock()
            store = Store(self.path, MIGRATIONS, patience=_PATIENCE, tidied=True)
            with store.changing() as connection:
                _begin(connection)
            self._store = store
            if self._tidying is None:
                self._tidying = threading.Thread(target=self._tidy, name="taste-tidy", daemon=True)
                self._tidying.start()
            self._changed.set()  # what the last process had no time for
            return store

    def _take_lock(self) -> FileLock:
        try:
            if self._path is None:
                make_home()
            return FileLock(self.path.with_suffix(".lock")).__enter__()
        except Taken:
            raise StoreUnavailable(
                "Another Bandmate keeps takes and ratings at this moment", "End it, then try again."
            ) from None
        except OSError:
            raise StoreUnavailable(
                "Bandmate's folder cannot be written: takes and ratings cannot be kept", "Look at its permissions."
            ) from None

    def _tidy(self) -> None:
        more: list[Chore] = []
        while not self._closing.is_set():
            self._changed.wait()
            if self._closing.wait(_BREATH if more else _REST):
                return
            self._changed.clear()
            try:
                more = [chore for chore in self._chores if chore(self)]
                with self._aside:
                    if self._store is not None:
                        self._store.tidy()
                if more:
                    self._changed.set()
            except (StoreUnavailable, sqlite3.Error) as problem:
                _log.warning("takes could not be tidied up: %s", problem)


def _begin(connection: sqlite3.Connection) -> None:
    """Sees to it that there is a profile, and one in use."""
    if connection.execute("SELECT 1 FROM in_use").fetchone():
        return
    connection.execute(
        "INSERT INTO profiles (uid, name, kind, made_ns) VALUES (?, ?, 'user', ?)",
        (secrets.token_hex(8), FIRST_NAME, time.time_ns()),
    )
    connection.execute("INSERT INTO in_use (one, profile) VALUES (1, last_insert_rowid())")
