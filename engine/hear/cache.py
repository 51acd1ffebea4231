"""What was heard before is not heard again: results by content, algorithm, range and hints.

A file is known by the hash of its bytes, so a renamed or copied one is known too. Hashing takes as long as reading,
so the hash itself is remembered for (path, size, time of change, inode). Nothing heavy: an engine that answers from
here loads no audio library.
"""

from __future__ import annotations

import hashlib
import os
import time
from dataclasses import dataclass
from pathlib import Path

from engine.hear.places import forbidden, gone, regular
from engine.store import Store

MOST_BYTES = 200 * 1024 * 1024
"""Results beyond this are forgotten, those that were not asked for the longest time first."""

MOST_DIGESTS = 100_000

_CHUNK = 1 << 20


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was asked about a file.

    Attributes:
        digest: Of the file's content.
        version: Of the algorithms.
        span: The range of the file, equal for equal ranges; empty for the whole.
        hints: What was said about the file beforehand, equal for equal hints; empty where the parts do not depend
            on it, and then any result will do.
        parts: Names of parts.
    """

    digest: bytes
    version: str
    span: str
    hints: str
    parts: frozenset[str]

    @property
    def place(self) -> tuple[bytes, str, str, str]:
        """What results must share to answer each other's questions."""
        return self.digest, self.version, self.span, self.hints


class Cache:
    """Results of hearing.

    Args:
        store: Where they are kept.
        most_bytes: How large all results together may get.
    """

    def __init__(self, store: Store, most_bytes: int = MOST_BYTES) -> None:
        self._store = store
        self._most_bytes = most_bytes

    def known_digest(self, path: Path) -> bytes | None:
        """Return the hash of a file's content when it was worked out before and the file has not changed.

        Raises:
            NoSuchFile, NotAFile, NotReadable: it cannot be looked at.
            StoreUnavailable: the memory cannot be used.
        """
        real, facts = _facts(path)
        rows = self._store.read(
            "SELECT digest FROM file_digests WHERE path = ? AND size = ? AND mtime_ns = ? AND inode = ?",
            (real, *facts),
        )
        return rows[0][0] if rows else None

    def digest(self, path: Path) -> bytes:
        """Return the hash of a file's content, worked out now if need be.

        Raises:
            NoSuchFile, NotAFile, NotReadable: it cannot be read.
            StoreUnavailable: the memory cannot be used.
        """
        known = self.known_digest(path)
        if known is not None:
            return known
        real, facts = _facts(path)
        found = digest_of(path)
        if _facts(path) == (real, facts):  # else it is being written right now, and the hash is of no use tomorrow
            self._store.write(
                (
                    "INSERT OR REPLACE INTO file_digests VALUES (?, ?, ?, ?, ?, ?)",
                    (real, *facts, found, time.time_ns()),
                ),
                (
                    "DELETE FROM file_digests WHERE path IN "
                    "(SELECT path FROM file_digests ORDER BY used_ns DESC LIMIT -1 OFFSET ?)",
                    (MOST_DIGESTS,),
                ),
            )
        return found

    def find(self, question: Question) -> bytes | None:
        """Return a result that holds at least the parts asked for, as JSON, or None.

        Raises:
            StoreUnavailable: the memory cannot be used.
        """
        wanted = set(question.parts)
        rows = self._store.read(
            "SELECT rowid, parts FROM analyses WHERE digest = ?1 AND version = ?2 AND span = ?3 "
            "AND (?4 = '' OR hints = ?4)",
            question.place,
        )
        fitting = sorted((len(had), row) for row, had in rows if wanted <= set(had.split(",")))
        if not fitting:
            return None
        row = fitting[0][1]
        found = self._store.read("SELECT result FROM analyses WHERE rowid = ?", (row,))
        self._store.write(("UPDATE analyses SET used_ns = ? WHERE rowid = ?", (time.time_ns(), row)))
        return bytes(found[0][0]) if found else None

    def keep(self, question: Question, result: bytes) -> None:
        """Remember a result, as JSON.

        Raises:
            StoreUnavailable: it was not remembered.
        """
        row = (*question.place, ",".join(sorted(question.parts)), result, time.time_ns())
        self._store.write(
            # Results of older algorithms will never be asked for again.
            ("DELETE FROM analyses WHERE digest = ? AND version != ?", (question.digest, question.version)),
            ("INSERT OR REPLACE INTO analyses VALUES (?, ?, ?, ?, ?, ?, ?)", row),
        )
        self._make_room()

    def _make_room(self) -> None:
        """Forget what was not asked for the longest time; a tenth more than need be, so that it is rarely done."""
        # The whole file is an upper bound, known at once; the sum over all results takes longer the more there are.
        pages, free, size = (
            self._store.read(f"PRAGMA {name}")[0][0] for name in ("page_count", "freelist_count", "page_size")
        )
        if (pages - free) * size <= self._most_bytes:
            return
        self._store.write(
            (
                "DELETE FROM analyses WHERE (SELECT SUM(LENGTH(result)) FROM analyses) > ?1 AND rowid IN (SELECT rowid "
                "FROM (SELECT rowid, SUM(LENGTH(result)) OVER (ORDER BY used_ns DESC, rowid DESC) AS bytes "
                "FROM analyses) WHERE bytes > ?1 * 0.9)",
                (self._most_bytes,),
            )
        )


def digest_of(path: Path) -> bytes:
    """Hash the content of a file (BLAKE2b, 20 bytes).

    Raises:
        NoSuchFile, NotAFile, NotReadable: it cannot be read.
    """
    found = hashlib.blake2b(digest_size=20)
    try:
        with regular(path).open("rb") as file:
            while chunk := file.read(_CHUNK):
                found.update(chunk)
    except FileNotFoundError:
        raise gone() from None
    except OSError:
        raise forbidden() from None
    return found.digest()


def _facts(path: Path) -> tuple[str, tuple[int, int, int]]:
    """The real path, and what changes when a file does."""
    real = regular(path)
    try:
        found = real.stat()
    except OSError:
        raise gone() from None
    # A name that is no UTF-8 holds halves of surrogates, which SQLite does not take.
    return os.fsencode(real).decode("utf-8", "backslashreplace"), (found.st_size, found.st_mtime_ns, found.st_ino)
