"""What the user said about a file: it wins over what we hear, from then on, wherever the file lies."""

from __future__ import annotations

import time
from pathlib import PurePath
from typing import Annotated

import msgspec
from msgspec import Meta

from engine.errors import InvalidValue
from engine.store import Store
from engine.theory.keys import parse_key


class Correction(msgspec.Struct, frozen=True, kw_only=True):
    """What the user set right.

    Attributes:
        bpm: BPM, 20 to 999; None where what we hear stands.
        key: As the theory names it, "F# minor"; None where what we hear stands.
    """

    bpm: Annotated[float, Meta(ge=20, le=999)] | None = None
    key: str | None = None


class Said(Correction, frozen=True, kw_only=True):
    """A correction in a list of them.

    Attributes:
        digest: Of the content, 40 hexadecimal digits.
        name: Of the file that had this content when it was last seen, without folders; empty when forgotten.
        changed: When it was said last, seconds since 1970.
    """

    digest: str
    name: str
    changed: float


class Corrections:
    """Corrections by the content of the file.

    Args:
        store: Where they are kept.
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    def find(self, digest: bytes) -> Correction:
        """Return what was set right of a file; nothing is None in each field.

        Raises:
            StoreUnavailable: the memory cannot be used.
        """
        rows = self._store.read("SELECT bpm, key FROM corrections WHERE digest = ?", (digest,))
        return Correction(bpm=rows[0][0], key=rows[0][1]) if rows else Correction()

    def set(self, digest: bytes, *, bpm: float | None = None, key: str | None = None) -> Correction:
        """Set something right; what is None stays as it was.

        Args:
            digest: Of the file's content.
            bpm: 20 to 999.
            key: In any spelling the theory reads: "F#m", "11A", "F# minor"; major or minor.

        Returns:
            All that is set right of this file now.

        Raises:
            InvalidValue: a value makes no sense; nothing was changed.
            StoreUnavailable: nothing was changed.
        """
        if bpm is not None and not 20 <= bpm <= 999:
            raise InvalidValue("bpm", bpm, "20 to 999 BPM.")
        named = None if key is None else parse_key(key).name
        self._store.write(
            (
                "INSERT INTO corrections VALUES (?, ?, ?, ?) ON CONFLICT (digest) DO UPDATE SET "
                "bpm = COALESCE(excluded.bpm, bpm), key = COALESCE(excluded.key, key), "
                "changed_ns = excluded.changed_ns",
                (digest, bpm, named, time.time_ns()),
            )
        )
        return self.find(digest)

    def listed(self) -> list[Said]:
        """Return all corrections, the latest first.

        Raises:
            StoreUnavailable: the memory cannot be used.
        """
        rows = self._store.read(
            "SELECT digest, bpm, key, changed_ns, (SELECT path FROM file_digests WHERE digest = corrections.digest "
            "ORDER BY used_ns DESC LIMIT 1) FROM corrections ORDER BY changed_ns DESC"
        )
        return [
            Said(digest=digest.hex(), bpm=bpm, key=key, changed=at / 1e9, name=PurePath(path or "").name)
            for digest, bpm, key, at, path in rows
        ]

    def forget(self, digest: bytes) -> None:
        """What we hear stands again.

        Raises:
            StoreUnavailable: nothing was changed.
        """
        self._store.write(("DELETE FROM corrections WHERE digest = ?", (digest,)))
