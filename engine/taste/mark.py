"""The mark of notes: by it a clip is known again, also after the Set was closed.

Live keeps times as doubles and may give them back a hair off, so notes are laid on a fine grid first. Its lines stand
where no note of ours begins: times are rounded to millionths of a beat, and no multiple of that is near a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2s
from math import floor

import msgspec

from engine.notes import Note

__all__ = ["changed_share", "mark_of"]

_STEPS = 1000
"""Steps of the grid in a beat: half a millisecond at 120 BPM."""

_LINE = 0.31371
"""Where in a step the line stands, so that what is written on a grid of any usual kind is far from it."""


def mark_of(notes: Iterable[Note]) -> str:
    """The mark of some notes: 16 hexadecimal digits, the same in any order; "" for no notes.

    Pitch, start, length, loudness and mute are read; chances and what Live does when it plays are not.
    """
    laid = sorted(map(_laid, notes))
    return blake2s(msgspec.json.encode(laid), digest_size=8).hexdigest() if laid else ""


def changed_share(before: Iterable[Note], after: Iterable[Note]) -> float:
    """How much of a clip was changed: 0 for nothing, 1 when no note is what it was.

    A note that is louder, softer or longer but begins where it did on the same pitch counts a third.

    Args:
        before: the notes of the take.
        after: the notes as they are now.
    """
    old, new = ({_laid(note) for note in notes} for notes in (before, after))
    if not old and not new:
        return 0.0
    gone, come = old - new, new - old
    places = {place[:2] for place in gone} & {place[:2] for place in come}
    touched = len(places) / 3 + max(len(gone), len(come)) - len(places)
    return min(1.0, touched / max(len(old), len(new)))


def _laid(note: Note) -> tuple[int, int, int, int, bool]:
    start, length = floor(note.start_time * _STEPS + _LINE), floor(note.duration * _STEPS + _LINE)
    return start, note.pitch, length, floor(note.velocity + _LINE), note.mute
