"""Bass lines as tests ask for them, and what they measure of them."""

import itertools
from typing import Any

from engine.compose.bass.compose import BassRequest, BassResult, compose_bass
from engine.compose.bass.styles import bass_styles
from engine.notes import Note

STYLES = tuple(bass_styles())
METRES = [(4, 4), (3, 4), (5, 4), (6, 8), (7, 8), (12, 8), (2, 4), (9, 8), (7, 16), (1, 16)]
SEEDS = range(6)


def asked(**fields: Any) -> BassResult:
    """A line on the grid in D minor unless told otherwise."""
    return compose_bass(BassRequest(**({"key": "D minor", "humanise": 0.0, "seed": 1} | fields)))


def grid(note: Note) -> int:
    """The sixteenth a note was written on, swing aside."""
    return int(note.start_time * 4 + 0.5 + 1e-6 - 0.17)


def ghosts(notes: list[Note]) -> int:
    return sum(note.velocity < 60 for note in notes)


def slides(notes: list[Note]) -> int:
    """Notes that last into the next one."""
    return sum(note.end_time > after.start_time + 0.05 for note, after in itertools.pairwise(notes))
