"""Recordings that shall be known again: which they are, and their fingerprints, on disk.

Fingerprints lie in a file of their own, whole with the path of what they are of; the list of what was remembered lies
with all else that Bandmate remembers. So neither loss is silent: what the list names and the file lacks (because it
was damaged, or made by another version) is counted as missing, and `engine.hear.identify.rebuild` hears it again.

No numpy: fingerprints are bytes here, and the engine's own process can look at the list.
"""

from __future__ import annotations

import contextlib
import os
import time
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.errors import StoreDamaged, StoreUnavailable
from engine.hear.parts import PARTS
from engine.hear.places import shown_name
from engine.hear.recordings_result import Remembered
from engine.settings import fingerprints_path
from engine.store import Store

TABLES = (
    """
    CREATE TABLE prints (
        number INTEGER PRIMARY KEY, digest BLOB NOT NULL UNIQUE, path BLOB NOT NULL, seconds REAL NOT NULL,
        landmarks INTEGER NOT NULL, version INTEGER NOT NULL, hashes BLOB NOT NULL, frames BLOB NOT NULL,
        proof INTEGER NOT NULL
    );
    """,
)

_AT_ONCE = 32  # fingerprints read at a time: about 6 MB of songs
_REBUILD = "Rebuild the fingerprints (hear.rebuild, or bandmate remember --rebuild): what they are of is heard again."


@dataclass(frozen=True, kw_only=True)
class Print:
    """The fingerprint of one recording, as it is stored.

    Attributes:
        digest: Of the file's content.
        path: Of the file, in the bytes of the file system.
        seconds: Its length.
        landmarks: How many peaks.
        hashes: Of pairs of peaks, 32 bits each, little-endian.
        frames: When the first peak of each pair is, the same.
    """

    digest: bytes
    path: bytes
    seconds: float
    landmarks: int
    hashes: bytes
    frames: bytes

    @property
    def name(self) -> str:
        """The file's name as text, without folders."""
        return shown_name(Path(os.fsdecode(self.path)))

    @property
    def shown(self) -> str:
        """The path as text, whatever bytes it has."""
        return self.path.decode("utf-8", "replace")


class Recordings:
    """All recordings that shall be known again.

    Args:
        listed: Where the list of them is kept.
        prints: Where their fingerprints are; Bandmate's own file when None.
    """

    def __init__(self, listed: Store, prints: Path | None = None) -> None:
        self._listed = listed
        self._file = prints or fingerprints_path()
        self._version = PARTS["fingerprint"].version

    def keep(self, print_: Print) -> None:
        """Remember a recording; what was remembered of the same content or under the same path makes way.

        Raises:
            StoreUnavailable: it was not remembered.
        """
        proof = zlib.crc32(print_.frames, zlib.crc32(print_.hashes))
        row = (print_.digest, print_.path, print_.seconds, print_.landmarks, self._version)
        with self._prints() as prints:
            prints.write(
                ("DELETE FROM prints WHERE digest = ? OR path = ?", (print_.digest, print_.path)),
                (
                    "INSERT INTO prints (digest, path, seconds, landmarks, version, hashes, frames, proof) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                    (*row, print_.hashes, print_.frames, proof),
                ),
            )
        self._listed.write(
            ("DELETE FROM recordings WHERE digest = ? OR path = ?", (print_.digest, print_.path)),
            ("INSERT INTO recordings VALUES (?, ?, ?)", (print_.digest, print_.path, time.time_ns())),
        )

    def known(self, digest: bytes, path: Path) -> Remembered | None:
        """Say what is known of a recording; None when it has to be heard.

        Raises:
            StoreUnavailable: the list or the fingerprints cannot be used.
        """
        with self._prints() as prints:
            rows = prints.read(
                "SELECT seconds, landmarks, path FROM prints WHERE digest = ? AND version = ?", (digest, self._version)
            )
        listed = self._listed.read("SELECT path FROM recordings WHERE digest = ?", (digest,))
        if not (rows and listed and rows[0][2] == listed[0][0] == os.fsencode(path)):
            return None
        seconds, landmarks, _ = rows[0]
        return Remembered(name=shown_name(path), duration=seconds, landmarks=landmarks, new=False, recordings=len(self))

    def forget(self, *, digest: bytes | None = None, path: Path | None = None) -> bool:
        """Forget a recording by its content or by where it lay.

        Returns:
            Whether it was known.

        Raises:
            StoreUnavailable: it is still remembered.
        """
        which = (digest, None if path is None else os.fsencode(path))
        was = bool(self._listed.read("SELECT 1 FROM recordings WHERE digest = ? OR path = ?", which))
        with self._prints() as prints:
            was = was or bool(prints.read("SELECT 1 FROM prints WHERE digest = ? OR path = ?", which))
            prints.write(("DELETE FROM prints WHERE digest = ? OR path = ?", which))
        self._listed.write(("DELETE FROM recordings WHERE digest = ? OR path = ?", which))
        return was

    def __len__(self) -> int:
        """How many can be known again.

        Raises:
            StoreUnavailable: the fingerprints cannot be read.
        """
        with self._prints() as prints:
            return int(prints.read("SELECT COUNT(*) FROM prints WHERE version = ?", (self._version,))[0][0])

    def __iter__(self) -> Iterator[Print]:
        """Give all fingerprints that are whole; few are held at a time.

        Raises:
            StoreUnavailable: they cannot be read.
        """
        last = 0
        with self._prints() as prints:
            while rows := prints.read(
                "SELECT number, proof, digest, path, seconds, landmarks, hashes, frames FROM prints "
                "WHERE number > ? AND version = ? ORDER BY number LIMIT ?",
                (last, self._version, _AT_ONCE),
            ):
                last = rows[-1][0]
                for _, proof, digest, path, seconds, landmarks, hashes, frames in rows:
                    if zlib.crc32(frames, zlib.crc32(hashes)) == proof:
                        yield Print(
                            digest=digest,
                            path=path,
                            seconds=seconds,
                            landmarks=landmarks,
                            hashes=hashes,
                            frames=frames,
                        )

    def missing(self) -> list[tuple[bytes, bytes]]:
        """Digest and path of what is on the list and has no whole fingerprint.

        Raises:
            StoreUnavailable: the list or the fingerprints cannot be read.
        """
        there = {each.digest for each in self}
        return [row for row in self.listed() if row[0] not in there]

    def listed(self) -> list[tuple[bytes, bytes]]:
        """Digest and path of all that was remembered, the oldest first.

        Raises:
            StoreUnavailable: the list cannot be read.
        """
        rows = self._listed.read("SELECT digest, path FROM recordings ORDER BY added_ns")
        return [(bytes(digest), bytes(path)) for digest, path in rows]

    def set_aside(self) -> bool:
        """Lay the file of fingerprints aside when it is damaged, so that a new one can be made.

        Returns:
            Whether it was damaged.

        Raises:
            StoreUnavailable: it cannot be moved.
        """
        try:
            with self._prints() as prints:
                whole = prints.read("PRAGMA quick_check(1)")[0][0] == "ok"
        except StoreDamaged:
            whole = False
        if whole:
            return False
        try:
            self._file.replace(self._file.with_suffix(".damaged"))
        except OSError:
            raise StoreUnavailable(
                "The damaged fingerprints cannot be laid aside", f"Move {self._file.name} away."
            ) from None
        for rest in ("-wal", "-shm"):
            self._file.with_name(self._file.name + rest).unlink(missing_ok=True)
        return True

    @contextlib.contextmanager
    def _prints(self) -> Iterator[Store]:
        # Opened for each question: another process may have laid a damaged file aside.
        store = Store(self._file, TABLES)
        try:
            yield store
        except StoreDamaged:
            raise StoreDamaged("The file of fingerprints is damaged", _REBUILD) from None
        finally:
            store.close()
