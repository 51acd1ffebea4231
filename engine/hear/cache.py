"""What was heard before is not heard again: the result of each part by content, range, algorithm and hints.

Parts are kept one by one, so that a part whose algorithm changed, or that was told something else beforehand, is heard
again by itself.

A file is known by the hash of its bytes, so a renamed or copied one is known too. Hashing takes as long as reading,
so the hash itself is remembered for (path, size, time of change, inode). Nothing heavy: an engine that answers from
here loads no audio library.
"""

from __future__ import annotations

import hashlib
import os
import time
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

import msgspec

from engine.hear.places import forbidden, gone, regular
from engine.store import Store

MOST_BYTES = 200 * 1024 * 1024
"""Results beyond this are forgotten, those that were not asked for the longest time first."""

MOST_DIGESTS = 100_000

_CHUNK = 1 << 20


_TOUCH_NS = 3600 * 10**9  # a use is noted when the last was noted this long ago: looking shall not mean writing


@dataclass(frozen=True, kw_only=True)
class Mark:
    """What two results of one part must share to be the same.

    Attributes:
        version: Of the algorithms.
        hints: What was said about the file beforehand, equal for equal hints; empty where the part is told nothing.
    """

    version: str
    hints: str = ""


@dataclass(frozen=True, kw_only=True)
class Question:
    """What was asked about a file.

    Attributes:
        digest: Of the file's content.
        span: The range of the file, equal for equal ranges; empty for the whole.
        parts: Names of parts, each with its mark.
    """

    digest: bytes
    span: str
    parts: Mapping[str, Mark]


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

    def find(self, question: Question) -> dict[str, bytes]:
        """Return the results that are known, as JSON by the name of the part.

        Raises:
            StoreUnavailable: the memory cannot be used.
        """
        place = (question.digest, question.span)
        rows = self._store.read(
            "SELECT rowid, part, version, hints, used_ns FROM heard WHERE digest = ? AND span = ?", place
        )
        wanted = {(name, mark.version, mark.hints) for name, mark in question.parts.items()}
        fitting = {row: name for row, name, version, hints, _ in rows if (name, version, hints) in wanted}
        if not fitting:
            return {}
        now = time.time_ns()
        rowids = _list(fitting)
        if any(now - used > _TOUCH_NS for row, *_, used in rows if row in fitting):
            self._store.write(
                ("UPDATE heard SET used_ns = ? WHERE rowid IN (SELECT value FROM json_each(?))", (now, rowids))
            )
        found = self._store.read(
            "SELECT rowid, result FROM heard WHERE rowid IN (SELECT value FROM json_each(?))", (rowids,)
        )
        return {fitting[row]: bytes(result) for row, result in found}

    def last(self, digest: bytes, part: str) -> bytes | None:
        """Return what was told last of a part of a file, whatever was said beforehand; None for nothing.

        Raises:
            StoreUnavailable: the memory cannot be used.
        """
        rows = self._store.read(
            "SELECT result FROM heard WHERE digest = ? AND part = ? ORDER BY used_ns DESC LIMIT 1", (digest, part)
        )
        return bytes(rows[0][0]) if rows else None

    def keep(self, question: Question, results: Mapping[str, bytes], versions: Collection[str]) -> None:
        """Remember results, as JSON.

        Args:
            question: What was asked.
            results: By the name of the part; all of them were asked for.
            versions: Of all parts as they are today: what is known of this content by others will never be asked for.

        Raises:
            StoreUnavailable: they were not remembered.
        """
        now = time.time_ns()
        self._store.write(
            (
                "DELETE FROM heard WHERE digest = ? AND version NOT IN (SELECT value FROM json_each(?))",
                (question.digest, _list(versions)),
            ),
            *(
                (
                    "INSERT OR REPLACE INTO heard VALUES (?, ?, ?, ?, ?, ?, ?)",
                    (question.digest, question.span, name, mark.version, mark.hints, results[name], now),
                )
                for name, mark in question.parts.items()
                if name in results
            ),
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
                "DELETE FROM heard WHERE (SELECT SUM(LENGTH(result)) FROM heard) > ?1 AND rowid IN (SELECT rowid "
                "FROM (SELECT rowid, SUM(LENGTH(result)) OVER (ORDER BY used_ns DESC, rowid DESC) AS bytes "
                "FROM heard) WHERE bytes > ?1 * 0.9)",
                (self._most_bytes,),
            )
        )


def _list(values: Collection[int | str]) -> str:
    return msgspec.json.encode(list(values)).decode()


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
