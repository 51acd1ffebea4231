"""The tables music21 built, as the engine serves them: no music21 in sight, about a millisecond to load.

``tables.json`` is written by ``python -m engine.theory.build_tables`` and holds:

* ``music21``: the version that built it; ``sha256``: hash of the rest, so that a file
  edited by hand is noticed (``stamp``);
* ``scales``: key name -> the names of its seven degrees;
* ``kinds``: list of [suffix, quality, intervals];
* ``figures``: list of roman figures;
* ``chords``: key name -> one string, three characters for each figure in order: root,
  kind and bass, each an index written as one character of ``ALPHABET``; roots and basses
  index ``NAMES``. Three spaces stand where a key does not hold a figure.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from engine import typed
from engine.theory.chords import Chord
from engine.theory.key import Key
from engine.theory.kinds import Kind

__all__ = ["ABSENT", "ALPHABET", "FILE", "NAMES", "TableData", "Tables", "stamp", "table_key", "tables"]

FILE = "tables.json"
NAMES = tuple(letter + sign for letter in "CDEFGAB" for sign in ("", "#", "b"))
"""Every note name a root or bass can have."""

ALPHABET = "".join(chr(code) for code in range(33, 127) if chr(code) not in '"\\<>&')
"""Digits of the packed rows: printable, needing no escape in JSON."""

ABSENT = "   "
"""Stands in a row for a figure the key does not hold."""


class TableData(msgspec.Struct):
    """The file's content; see the module's words."""

    music21: str
    sha256: str
    scales: dict[str, list[str]]
    kinds: list[tuple[str, str, tuple[int, ...]]]
    figures: list[str]
    chords: dict[str, str]


def stamp(data: TableData) -> str:
    """The hash a table of this content carries: hexadecimal SHA-256 over everything but itself."""
    # OpenSSL takes longer to load than the tables, and only the proof asks for the hash.
    import hashlib  # noqa: PLC0415

    body = (data.music21, data.scales, data.kinds, data.figures, data.chords)
    return hashlib.sha256(msgspec.json.encode(body)).hexdigest()


def table_key(key: Key) -> str:
    """The name under which a key's chords are kept; the three minors share theirs."""
    return f"{key.tonic} {'minor' if key.mode.endswith('minor') else key.mode}"


class Tables:
    """Chords by figure and key."""

    def __init__(self, data: TableData) -> None:
        self.data = data
        self.kinds = [Kind(*kind) for kind in data.kinds]
        self._place = {figure: index for index, figure in enumerate(data.figures)}

    def chord(self, plain: str, written: str, key: Key) -> Chord | None:
        """Looks a figure up.

        Args:
            plain: the figure in plain signs, as the table has it.
            written: what the chord shall carry as its ``figure``.
            key: any key.

        Returns:
            The chord, or None when the tables do not hold this figure in this key.
        """
        place = self._place.get(plain)
        row = self.data.chords.get(table_key(key))
        if place is None or row is None:
            return None
        packed = row[3 * place : 3 * place + 3]
        if packed == ABSENT:
            return None
        root, kind_at, bass = (ALPHABET.index(digit) for digit in packed)
        return Chord.named(NAMES[root], self.kinds[kind_at], NAMES[bass], written)


@lru_cache(maxsize=1)
def tables() -> Tables:
    """The tables, read once."""
    content = Path(__file__).with_name(FILE).read_bytes()
    return Tables(typed.decode(content, TableData))
