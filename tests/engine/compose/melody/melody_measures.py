"""What a listener could count in a melody; shared by the tests of melodies."""

from __future__ import annotations

import itertools
import statistics
from typing import Any

from engine.compose.melody.compose import MelodyRequest, MelodyResult, compose_melody
from engine.notes import Note

HOME = ((0, 4, 7), (7, 11, 2), (9, 0, 4), (5, 9, 0))
"""Pitch classes of the chords of ``takes``: C G Am F, a bar each."""

SEEDS = 16


def takes(count: int = SEEDS, **more: Any) -> list[MelodyResult]:
    """Takes over four plain chords, one a bar."""
    asked = {"style": "pop", "key": "C major", "progression": "I V vi IV", **more}
    return [compose_melody(MelodyRequest(**{"seed": seed, **asked})) for seed in range(count)]


def mean(made: list[MelodyResult], count: Any) -> float:
    """Mean of a count over takes that hold more than three notes."""
    return statistics.mean(count(take) for take in made if len(take.notes) > 3)


def notes(take: MelodyResult) -> float:
    """How many notes there are."""
    return len(take.notes)


def empty(take: MelodyResult) -> float:
    """Share of beats without an onset."""
    return 1.0 - len({int(note.start_time + 0.13) for note in take.notes}) / take.length


def off_beat(take: MelodyResult) -> float:
    """Share of notes that do not begin on a beat."""
    return statistics.mean(round(note.start_time * 4) % 4 != 0 for note in take.notes)


def foreign(take: MelodyResult) -> float:
    """Share of notes on beats that are foreign to the chord (of ``takes``)."""
    return statistics.mean(not chordal(note) for note in take.notes if round(note.start_time * 4) % 4 == 0)


def chordal(note: Note) -> bool:
    """Whether a note is of its chord (of ``takes``)."""
    return note.pitch % 12 in HOME[int((note.start_time + 0.1) // 4) % 4]


def alike(take: MelodyResult) -> float:
    """How alike the bars are: places with their pitch classes, shared of all, mean over pairs."""
    bars = [
        {
            (round(note.start_time * 4) % 16, note.pitch % 12)
            for note in take.notes
            if round(note.start_time * 4) // 16 == bar
        }
        for bar in range(8)
    ]
    return statistics.mean(len(a & b) / len(a | b) for a, b in itertools.combinations(bars[:8], 2) if a | b)


def interval(take: MelodyResult) -> float:
    """Mean size of an interval, semitones."""
    return statistics.mean(abs(b.pitch - a.pitch) for a, b in itertools.pairwise(take.notes))


def reach(take: MelodyResult) -> float:
    """Semitones from the lowest to the highest note."""
    return max(note.pitch for note in take.notes) - min(note.pitch for note in take.notes)


def middle(take: MelodyResult) -> float:
    """Mean pitch."""
    return statistics.mean(note.pitch for note in take.notes)


def unevenness(take: MelodyResult) -> float:
    """Deviation of velocity."""
    return statistics.pstdev(note.velocity for note in take.notes)


def looseness(take: MelodyResult) -> float:
    """Deviation from the sixteenths, beats."""
    return statistics.pstdev(note.start_time - round(note.start_time * 4) / 4 for note in take.notes)


def one_at_a_time(made: list[Note]) -> bool:
    """Whether no note begins while another sounds."""
    return all(b.start_time >= a.end_time - 0.25 for a, b in itertools.pairwise(made))
