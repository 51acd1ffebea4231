"""The end of every take: notes in order, inside the clip, and no pitch sounding twice at once."""

from __future__ import annotations

import math
from collections.abc import Iterable
from operator import attrgetter

import msgspec

from engine.notes import Note

__all__ = ["finished"]

_LEAST = 0.02
"""Shortest note worth playing, beats; in clips shorter than four of them, a quarter of the clip."""

_BY_PLACE, _BY_PLACE_AND_FORCE = attrgetter("start_time", "pitch"), attrgetter("start_time", "pitch", "velocity")


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
    ordered = sorted(notes, key=_BY_PLACE_AND_FORCE)
    early = bool(ordered) and ordered[0].start_time < 0
    following: dict[int, float] = {}
    kept: list[Note] = []
    for note in reversed(ordered):
        begin, pitch, duration = note.start_time, note.pitch, note.duration
        start, end = max(0.0, begin), begin + duration
        until = following.get(pitch, length)
        if until - start < least or end <= start:
            continue
        following[pitch] = start
        lasts = max(duration if start == begin else end - start, least)
        if start + lasts > until:
            lasts = _within(start, until)
        if start != begin or lasts != duration:
            note = msgspec.structs.replace(note, start_time=start, duration=lasts)  # noqa: PLW2901 - the note as kept
        kept.append(note)
    kept.reverse()
    if early:
        # Notes moved to the clip's start may have changed places.
        kept.sort(key=_BY_PLACE)
    return kept


def _within(start: float, until: float) -> float:
    # 27.9 + 4.1 may come out a hair above 32: step down to the largest duration that fits.
    duration = until - start
    while start + duration > until:
        duration = math.nextafter(duration, 0.0)
    return duration
