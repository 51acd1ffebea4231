"""What a clip is: drums, bass, melody or chords, from the track's name or from its notes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from engine.compose.vary.kit import FAMILY, HAT, KICK, OTHER, SNARE
from engine.notes import Note

__all__ = ["role_named", "role_of"]

_NAMED = (
    ("drums", r"drum|beat|kick|snare|clap|hat|perc|kit|cymbal|tom|808 kit|break|loop|shaker"),
    ("bass", r"bass|sub|808|303|reese"),
    ("chords", r"chord|pad|keys?|piano|rhodes|organ|stab|comp|string|wurl"),
    ("melody", r"lead|melod|vox|vocal|voice|topline|flute|sax|whistle|bell|pluck|solo"),
)
_NAMES = tuple((role, re.compile(rf"\b(?:{words})", re.IGNORECASE)) for role, words in _NAMED)

_TOGETHER = 0.07
"""Beats within which notes count as struck together."""

_KIT = 0.7
"""Share of notes on the sounds of a kit from which a clip may be one of drums."""

_HIGHEST_BASS = 52.0
"""Median pitch up to which a single line is a bass."""


def role_named(track_name: str) -> str | None:
    """Gives what a track's name says is on it: "drums", "bass", "chords" or "melody"; None where it says nothing."""
    return next((role for role, words in _NAMES if words.search(track_name)), None)


def role_of(notes: Sequence[Note], track_name: str = "") -> str:
    """Finds what a clip is.

    Args:
        notes: at least one.
        track_name: name of its track; a word in it that names an instrument decides.

    Returns:
        "drums", "bass", "melody" or "chords".
    """
    named = role_named(track_name)
    if named:
        return named
    if _drums(notes):
        return "drums"
    if _thickness(notes) > 1.35:
        return "chords"
    pitches = sorted(note.pitch for note in notes)
    return "bass" if pitches[len(pitches) // 2] <= _HIGHEST_BASS else "melody"


def _drums(notes: Sequence[Note]) -> bool:
    """Short hits on a kit's sounds, few of them for their number; a line over them strikes none together."""
    struck = [note.pitch for note in notes]
    pitches, families = set(struck), [FAMILY[pitch] for pitch in struck]
    kit = (len(notes) - families.count(OTHER)) / len(notes)
    if kit < _KIT or not {KICK, SNARE, HAT} & set(families):
        return False
    short = sum([note.duration <= 0.26 for note in notes]) / len(notes)
    if _struck_together(notes) > 0.08:
        return short > 0.5 and _thickness(notes) < 3
    # One hit at a time: a bass may do that on the same pitches, but hardly on so few of them for so many notes.
    return short > 0.8 and kit > 0.95 and len(pitches) * 3 <= len(notes) and len({*families} & {KICK, SNARE, HAT}) > 1


def _struck_together(notes: Sequence[Note]) -> float:
    """Share of onsets at which more than one sound is struck."""
    times = sorted([note.start_time for note in notes])
    onsets = together = 0
    first, count = times[0], 0
    for time in [*times, float("inf")]:
        if time - first <= _TOGETHER:
            count += 1
            continue
        onsets += 1
        together += count > 1
        first, count = time, 1
    return together / onsets


def _thickness(notes: Sequence[Note]) -> float:
    """How many notes sound together where any do, on average."""
    times = [(note.start_time, note.duration) for note in notes]
    edges = [(begin, 1) for begin, _ in times]
    edges += [(max(begin + lasts - _TOGETHER, begin + 0.01), -1) for begin, lasts in times]
    edges.sort()
    sounding, last, filled, weighted = 0, edges[0][0], 0.0, 0.0
    for time, change in edges:
        if sounding:
            gone = time - last
            filled += gone
            weighted += sounding * gone
        sounding += change
        last = time
    return weighted / filled if filled > 0 else 1.0
