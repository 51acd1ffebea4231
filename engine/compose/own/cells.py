"""A clip as cells: one word for what happens in each beat, and back.

Time inside a beat is told in twelfths, which holds sixteenths and triplets. Where a note was played beside its place,
the offset is kept apart, as groove.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from engine.notes import Note

__all__ = ["TICKS", "CellNote", "cells_of", "read_cell", "slots", "word"]

TICKS = 12
"""Parts of a beat."""

# Where onsets are looked for: sixteenths and triplet eighths; what lies between goes to the nearer one.
_PLACES = (0, 3, 4, 6, 8, 9, 12)
_EMPTY = "-"
_CLOSE = 1e-6


class CellNote(msgspec.Struct, frozen=True, gc=False):
    """One note of a cell.

    Attributes:
        tick: twelfths of the beat from its start, 0..11.
        pitch: MIDI number.
        length: twelfths, at least 1.
        velocity: 1..127.
    """

    tick: int
    pitch: int
    length: int
    velocity: int


def slots(bar: float) -> int:
    """Cells in a bar of so many beats; the last one may be shorter than a beat."""
    return max(1, int(-(-(bar - _CLOSE) // 1)))


def place(start: float, bar: float) -> tuple[int, int, int, float]:
    """Where a note lies: bar, slot, tick, and the beats it is beside that place."""
    number = int((start + 1.0 / (2 * TICKS) + _CLOSE) // bar)
    inside = start - number * bar
    slot = min(max(0, int(inside + 1.0 / (2 * TICKS) + _CLOSE)), slots(bar) - 1)
    rest = (inside - slot) * TICKS
    tick = min(_PLACES, key=lambda candidate: abs(candidate - rest))
    late = (rest - tick) / TICKS
    if tick == TICKS or slot + tick / TICKS >= bar - _CLOSE:
        slot, tick = slot + 1, 0
        if slot >= slots(bar):
            number, slot = number + 1, 0
    return number, slot, tick, late


def cells_of(notes: Iterable[Note], bar: float, length: float) -> list[list[list[CellNote]]]:
    """The notes of a clip, bar by bar and slot by slot.

    Args:
        notes: in any order; muted ones and those outside of the clip are left out.
        bar: beats in a bar.
        length: beats of the clip.

    Returns:
        For each bar that the clip begins, for each slot, the notes that start there, by tick and pitch.
    """
    bars = max(1, int(-(-(length - _CLOSE) // bar)))
    table: list[list[list[CellNote]]] = [[[] for _ in range(slots(bar))] for _ in range(bars)]
    for note in notes:
        if note.mute or note.velocity < 1 or not -0.5 / TICKS <= note.start_time < length - _CLOSE:
            continue
        number, slot, tick, _ = place(note.start_time, bar)
        if number < bars:
            ticks = max(1, round(note.duration * TICKS))
            table[number][slot].append(CellNote(tick, note.pitch, ticks, max(1, round(note.velocity))))
    for row in table:
        for cell in row:
            cell.sort(key=lambda one: (one.tick, one.pitch))
    return table


def word(cell: Sequence[CellNote], drums: bool) -> str:
    """Writes a cell as a word; an empty one is a dash.

    Drums keep pitch and velocity (in steps of 8, so that a hit is met again); for the others only when and how long.
    """
    if not cell:
        return _EMPTY
    if drums:
        return " ".join(f"{one.tick}:{one.pitch}:{_level(one.velocity)}" for one in _once(cell))
    lengths: dict[int, int] = {}
    for one in cell:
        lengths[one.tick] = max(lengths.get(one.tick, 0), one.length)
    return " ".join(f"{tick}/{length}" for tick, length in sorted(lengths.items()))


def _once(cell: Sequence[CellNote]) -> list[CellNote]:
    found: dict[tuple[int, int], CellNote] = {}
    for one in cell:
        found.setdefault((one.tick, one.pitch), one)
    return list(found.values())


def _level(velocity: int) -> int:
    return min(127, max(8, round(velocity / 8) * 8))


def read_cell(text: str, drums: bool) -> list[CellNote]:
    """Reads what ``word`` wrote; pitches of roles other than drums are 0, velocities 0."""
    if text == _EMPTY:
        return []
    if drums:
        hits = [tuple(map(int, hit.split(":"))) for hit in text.split()]
        return [CellNote(tick, pitch, 3, velocity) for tick, pitch, velocity in hits]
    marks = [tuple(map(int, mark.split("/"))) for mark in text.split()]
    return [CellNote(tick, 0, length, 0) for tick, length in marks]
