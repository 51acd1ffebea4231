"""Notes of several makings put together into one bar: what begins ends what was before it, and nothing doubles."""

from __future__ import annotations

import math

import msgspec

from engine.notes import Note

__all__ = ["LEAST_HELD", "held_over", "inside", "joined_at", "sounding_on"]

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


def sounding_on(before: list[Note], origin: float) -> list[Note]:
    """What would sound on into a bar that has no notes of its own.

    Args:
        before: notes of the bars before it.
        origin: where the bar begins, on the time line of ``before``.

    Returns:
        Of each pitch the last note that lasts a quarter of a beat or more into the bar, by pitch.
    """
    sounding = {note.pitch: note for note in before if note.end_time - origin >= LEAST_HELD}
    return [sounding[pitch] for pitch in sorted(sounding)]


def held_over(sounding: list[Note], notes: list[Note], origin: float, alone: bool) -> list[Note]:
    """What sounds on when a bar begins.

    Args:
        sounding: see ``sounding_on``.
        notes: of the bar itself, beats from its start.
        origin: where the bar begins, on the time line of ``sounding``.
        alone: whether what is struck ends what sounds.

    Returns:
        Notes that begin with the bar, by pitch, each for as long as it lasts, a quarter of a beat at least.
    """
    if not sounding:
        return []
    first = min((note.start_time for note in notes), default=math.inf) if alone else math.inf
    held = []
    for note in sounding:
        pitch = note.pitch
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
    for place, note in enumerate(notes):
        begun = note.start_time
        start = min(latest, max(0.0, round(begun - origin, 6)))
        end = max(begun + note.duration - origin, start + 0.01)
        moved.append((start, note.pitch, note.velocity, place, round(end - start, 6), note))
    moved.sort()
    following: dict[int, float] = {}
    out = []
    for start, pitch, velocity, _, duration, note in reversed(moved):
        until = following.get(pitch, math.inf)
        if until - start < min(0.02, duration) - _CLOSE:
            continue
        following[pitch] = start
        lasts = duration
        if start + lasts > until:
            lasts = until - start
            while start + lasts > until:
                lasts = math.nextafter(lasts, 0.0)
        rest = note.mute, note.probability, note.velocity_deviation, note.release_velocity
        out.append(Note(pitch, start, lasts, velocity, *rest))
    out.reverse()
    return out
