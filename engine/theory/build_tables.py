"""Builds ``tables.json`` from music21: ``python -m engine.theory.build_tables``.

Run it after an upgrade of music21, or when a preset ships a figure the tables lack; a test
says so in both cases.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import msgspec

from engine.theory import oracle
from engine.theory.key import MODES, Key, usual_key
from engine.theory.kinds import Kind, read_kind
from engine.theory.tables import ABSENT, ALPHABET, FILE, NAMES, TableData, stamp, table_key
from engine.theory.usual import modal_figures, usual_figures

__all__ = ["build", "main", "row_keys"]

Progress = Callable[[int, int, str], None]


def row_keys() -> tuple[Key, ...]:
    """The keys the tables hold: twelve tonics in each mode, the three minors sharing one row."""
    modes = [mode for mode in MODES if mode not in ("harmonic_minor", "melodic_minor")]
    return tuple(usual_key(tonic, mode) for mode in modes for tonic in range(12))


def build(progress: Progress | None = None) -> TableData:
    """Asks music21 for everything the tables hold.

    Args:
        progress: called with (done, total, text), total being the number of chords.

    Returns:
        The content of the file, stamped with music21's version and a hash.
    """
    oracle.forget()
    figures, modal = usual_figures(), frozenset(modal_figures())
    kinds: dict[str, int] = {}
    rows: dict[str, str] = {}
    keys = row_keys()
    done, total = 0, len(keys) * len(figures)
    for key in keys:
        cells = []
        for figure, cell in _row(key, figures, modal, kinds):
            cells.append(cell)
            done += 1
            if progress and done % 16 == 0:
                progress(done, total, f"{figure} in {key.name}")
        rows[table_key(key)] = "".join(cells)
    if progress:
        progress(total, total, "chords read")
    data = TableData(
        music21=oracle.version(),
        sha256="",
        scales=_scales(),
        kinds=[_kind(suffix) for suffix in kinds],
        figures=list(figures),
        chords=rows,
    )
    data.sha256 = stamp(data)
    return data


def _row(key: Key, figures: tuple[str, ...], modal: frozenset[str], kinds: dict[str, int]) -> Iterator[tuple[str, str]]:
    whole = key.mode in ("major", "minor")
    for figure in figures:
        if not whole and figure not in modal:
            yield figure, ABSENT
            continue
        heard, suffix = oracle.reading(figure, key.tonic, key.mode)
        digits = (NAMES.index(heard.root), kinds.setdefault(suffix, len(kinds)), NAMES.index(heard.bass))
        yield figure, "".join(ALPHABET[digit] for digit in digits)


def _kind(suffix: str) -> tuple[str, str, tuple[int, ...]]:
    # The name is ours, the tones are music21's.
    named: Kind = read_kind(suffix)
    return named.suffix, named.quality, oracle.kind_intervals(suffix)


def _scales() -> dict[str, list[str]]:
    keys = [usual_key(tonic, mode) for mode in MODES for tonic in range(12)]
    return {key.name: list(oracle.scale_names(key.tonic, key.mode)) for key in keys}


def main() -> None:
    """Writes the file beside this module."""
    data = build()
    path = Path(__file__).with_name(FILE)
    path.write_bytes(msgspec.json.format(msgspec.json.encode(data), indent=1) + b"\n")
    chords = sum(len(row) - row.count(" ") for row in data.chords.values()) // 3
    sys.stdout.write(f"{FILE}: {chords} chords, {len(data.kinds)} kinds, music21 {data.music21}\n")


if __name__ == "__main__":
    main()
