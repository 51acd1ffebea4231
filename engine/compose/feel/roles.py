"""What kind of part a clip is, where nobody says so: the track's name first, then the notes themselves."""

from __future__ import annotations

import re
import statistics

from engine.notes import Note

__all__ = ["role_of"]

_WORDS = {
    "drums": ("drum", "drums", "kit", "beat", "beats", "perc", "percussion", "hats", "snare", "kick", "break"),
    "bass": ("bass", "sub", "808", "reese", "303"),
    "chords": ("chord", "chords", "keys", "pad", "pads", "piano", "rhodes", "organ", "strings", "stab", "stabs"),
    "arp": ("arp", "arps", "sequence", "seq"),
    "melody": ("melody", "lead", "solo", "vocal", "theme", "hook"),
}

_KINDS = ({35, 36}, {37, 38, 39, 40}, {22, 26, 42, 44, 46, 51, 53, 59})
"""Kick, snare and what keeps time, in General MIDI."""

_KIT = (22, 26, *range(35, 60))
_FEW = 4
_SHORT = 0.5
_THICK = 1.6
"""Notes that sound at once, on average, from which on it is no single line."""


def role_of(name: str, notes: list[Note]) -> tuple[str, str]:
    """Tells who would play this.

    Args:
        name: of the track, may be empty.
        notes: of the clip, at least one.

    Returns:
        The role, and a sentence saying what spoke for it.
    """
    words = set(re.findall(r"[a-z0-9]+", name.lower()))
    for role, known in _WORDS.items():
        if words.intersection(known):
            return role, f"Played as {role}, from the track name."
    return (role := _heard(notes)), f"Played as {role}, from the notes."


def _heard(notes: list[Note]) -> str:
    pitches = {note.pitch for note in notes}
    together = len({round(note.start_time * 16) for note in notes}) / len(notes)
    kinds = sum(bool(pitches & kind) for kind in _KINDS)
    short = statistics.median(note.duration for note in notes) <= _SHORT
    # A bass walks over the same keys, but never on two at once, and over more of them than a beat without hats has.
    if kinds >= 2 and short and pitches.issubset(_KIT) and (together < 0.98 or len(pitches) < _FEW):
        return "drums"
    span = max(note.end_time for note in notes) - min(note.start_time for note in notes)
    if together < 0.6 or sum(note.duration for note in notes) > _THICK * span:
        return "chords"
    return "bass" if statistics.median(pitches) < 48 else "melody"
