"""Notes of several makings put together into one bar: what begins ends what was before it, and nothing doubles."""

from __future__ import annotations

import math

import msgspec

from engine.notes import Note

__all__ = ["LEAST_HELD", "held_over", "inside", "joined_at"]

LEAST_HELD = 0.25
"""Beats that what sounds on from before has to last to be told, and to be struck where it does not sound."""

_CLOSE = 1e-6


def joined_at(early: list[Note], late: list[Note], alone: bool) -> list[Note]:
    """Puts notes behind others.

    Args:
        early: begin before all of the others.
        late: the others.
        alone: whether the first of the others ends what still sounds.

    Returns:
        All of them; those given are left as they were.
    """
    if not late or not alone:
        return [*early, *late]
    first = min(note.start_time for note in late)
    return [
        *(
            msgspec.structs.replace(note, duration=first - note.start_time) if note.end_time > first else note
            for note in early
        ),
        *late,
    ]


def held_over(before: list[Note], notes: list[Note], origin: float, alone: bool) -> list[Note]:
    """What sounds on when a bar begins.

    Args:
        before: notes of the bars before it.
        notes: of the bar itself, beats from its start.
        origin: where the bar begins, on the time line of ``before``.
        alone: whether what is struck ends what sounds.

    Returns:
        Notes that begin with the bar, by pitch, each for as long as it lasts, a quarter of a beat at least.
    """
    first = min((note.start_time for note in notes), default=math.inf) if alone else math.inf
    sounding = {note.pitch: note for note in before if note.end_time - origin >= LEAST_HELD}
    held = []
    for pitch, note in sorted(sounding.items()):
        again = min((other.start_time for other in notes if other.pitch == pitch), default=math.inf)
        lasts = min(note.end_time - origin, first, again)
        if lasts >= LEAST_HELD - _CLOSE:
            held.append(Note(pitch, 0.0, round(lasts, 6), note.velocity))
    return held


def inside(notes: list[Note], origin: float, beats: float) -> list[Note]:
    """Brings played notes into their bar.

    A note that was played a little before the bar line begins on it: no bar knows whether the one before is heard. One
    that came too late for its bar begins just before the end. Where a pitch begins again the note before ends.

    Args:
        notes: on the time line of ``origin``.
        origin: where the bar begins.
        beats: its length.

    Returns:
        Notes by start, then pitch, beats from the bar's start; they may last beyond its end.
    """
    latest = beats - min(0.02, beats / 8)
    moved = []
    for note in notes:
        start = min(latest, max(0.0, round(note.start_time - origin, 6)))
        end = max(note.end_time - origin, start + 0.01)
        moved.append(msgspec.structs.replace(note, start_time=start, duration=round(end - start, 6)))
    moved.sort(key=lambda note: (note.start_time, note.pitch, note.velocity))
    following: dict[int, float] = {}
    out = []
    for note in reversed(moved):
        until = following.get(note.pitch, math.inf)
        if until - note.start_time < min(0.02, note.duration) - _CLOSE:
            continue
        following[note.pitch] = note.start_time
        if note.end_time > until:
            note.duration = until - note.start_time
            while note.end_time > until:
                note.duration = math.nextafter(note.duration, 0.0)
        out.append(note)
    out.reverse()
    return out
