"""Bars one after the other as they are heard: the rule of ``StreamBar``, kept for clips, renders and tests alike."""

from __future__ import annotations

import math
from collections.abc import Iterable

import msgspec

from engine.compose.stream.request import StreamBar
from engine.compose.stream.splice import LEAST_HELD
from engine.notes import Note

__all__ = ["joined"]

_CLOSE = 1e-6


def joined(bars: Iterable[StreamBar]) -> list[Note]:
    """Plays bars in the order given, whatever their numbers are.

    Args:
        bars: as answered; left as they are.

    Returns:
        Notes by start, then pitch, beats from the start of the first bar, no pitch sounding twice at once. What rings
        past the last bar does so still.
    """
    out: list[Note] = []
    sounding: dict[int, Note] = {}
    origin = 0.0
    for bar in bars:
        _cross(bar, origin, sounding, out)
        for note in bar.notes:
            _end(sounding.pop(note.pitch, None), origin + note.start_time)
            sounding[note.pitch] = played = msgspec.structs.replace(note, start_time=origin + note.start_time)
            out.append(played)
        origin += bar.beats
    out.sort(key=lambda note: (note.start_time, note.pitch))
    return out


def _cross(bar: StreamBar, origin: float, sounding: dict[int, Note], out: list[Note]) -> None:
    """What happens at the bar line."""
    held = {note.pitch: note for note in bar.held}
    for pitch in list(sounding):
        left = sounding[pitch].end_time - origin
        if left <= _CLOSE:
            del sounding[pitch]
        elif pitch in held:
            sounding[pitch].duration = origin + held.pop(pitch).duration - sounding[pitch].start_time
        elif left > LEAST_HELD + _CLOSE:
            _end(sounding.pop(pitch), origin)
    for note in held.values():
        sounding[note.pitch] = played = msgspec.structs.replace(note, start_time=origin)
        out.append(played)


def _end(note: Note | None, beat: float) -> None:
    """Ends a note where another begins, at the latest."""
    if note is None or note.end_time <= beat:
        return
    note.duration = beat - note.start_time
    while note.end_time > beat:
        note.duration = math.nextafter(note.duration, 0.0)
