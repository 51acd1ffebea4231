"""The end of every take: notes in order, inside the clip, and no pitch sounding twice at once."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from engine.notes import Note

__all__ = ["finished"]

_LEAST = 0.02
"""Shortest note worth playing, beats; in clips shorter than four of them, a quarter of the clip."""


def finished(notes: Iterable[Note], length: float) -> list[Note]:
    """Brings notes into the shape in which Live keeps them.

    A note that begins before the clip begins with it; one that begins where the clip has ended is left out; none
    rings past the end. Where a pitch starts again, the note before ends, and of two that start together the louder
    one stays. What would be shorter than can be heard is left out.

    Args:
        notes: in any order; left as they are.
        length: beats of the clip.

    Returns:
        The notes by start, then pitch.
    """
    least = min(_LEAST, length / 4)
    ordered = sorted(notes, key=lambda note: (note.start_time, note.pitch, note.velocity))
    following: dict[int, float] = {}
    kept: list[Note] = []
    for note in reversed(ordered):
        start, end = max(0.0, note.start_time), note.end_time
        until = min(following.get(note.pitch, length), length)
        if until - start < least or end <= start:
            continue
        following[note.pitch] = start
        duration = note.duration if start == note.start_time else end - start
        duration = max(duration, least)
        if start + duration > until:
            duration = _within(start, until)
        if start != note.start_time or duration != note.duration:
            note = msgspec.structs.replace(note, start_time=start, duration=duration)  # noqa: PLW2901 - the note as kept
        kept.append(note)
    kept.reverse()
    # Notes moved to the clip's start may have changed places.
    kept.sort(key=lambda note: (note.start_time, note.pitch))
    return kept


def _within(start: float, until: float) -> float:
    # 27.9 + 4.1 may come out a hair above 32: step down to the largest duration that fits.
    duration = until - start
    while start + duration > until:
        duration = math.nextafter(duration, 0.0)
    return duration
