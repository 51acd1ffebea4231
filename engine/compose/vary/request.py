"""What every request about a clip holds, and what is refused; also the shape on the wire."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from engine.compose.checks import WORDS, check_choice, check_frame, check_notes, check_number, check_words
from engine.compose.part.request import ChordAt, check_chords
from engine.compose.request import (
    SHORTEST_CLIP,
    ChordsContext,
    Length,
    Numerator,
    Percent,
    Seed,
    Tempo,
    Text,
)
from engine.errors import InvalidValue
from engine.notes import Note

__all__ = [
    "LONGEST",
    "MOST_NOTES",
    "ROLES",
    "Chords",
    "ClipRequest",
    "Notes",
    "Percent",
    "Role",
    "Seed",
    "Text",
    "check_clip",
    "check_range",
]

MOST_NOTES = 10_000
"""Notes one clip may hold here."""

LONGEST = 8192.0
"""Beats one clip may last here: 2,048 bars of 4/4."""

Role = Literal["auto", "drums", "bass", "melody", "chords"]
"""What a clip may be; "auto" finds out."""

ROLES: tuple[Role, ...] = get_args(Role)
Notes = Annotated[list[Note], Meta(max_length=MOST_NOTES)]
Chords = Annotated[list[ChordAt], Meta(max_length=1024)]


class ClipRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clip and what is known about it.

    Attributes:
        notes: the clip's notes, in any order.
        length: beats of the clip, counted from ``start``.
        role: what the clip is; "auto" finds out from its notes and the track's name.
        key: a key in any usual spelling or a Camelot code; left out (or "follow"), the key comes from ``context``,
            or is heard in the notes.
        mode: a mode's name that overrides the key's own; left out or "auto": none.
        chords: the harmony, where it is known; left out, it is heard in the notes.
        context: what surrounds the clip in the Set.
        tempo: beats (quarter notes) per minute.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        start: beat at which the clip's first bar begins, on the time line of the notes.
        seed: repeats a result; left out, one is drawn and told in the answer.
    """

    notes: Notes
    length: Length
    role: Role = "auto"
    key: Text | None = None
    mode: Text | None = None
    chords: Chords | None = None
    context: ChordsContext | None = None
    tempo: Tempo = 120.0
    signature_numerator: Numerator = 4
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4
    start: float = 0.0
    seed: Seed | None = None

    @property
    def metre(self) -> tuple[int, int]:
        """Numerator and denominator of the signature."""
        return self.signature_numerator, self.signature_denominator

    @property
    def end(self) -> float:
        """Beat at which the clip ends."""
        return self.start + self.length


def check_clip(request: ClipRequest) -> None:
    """Refuses a clip that cannot be worked on, however the request came about.

    The wire checks types and ranges; a caller in Python can put anything into a struct.

    Args:
        request: as given.

    Raises:
        InvalidValue: naming the field, its value and what is allowed. A clip without notes is one.
    """
    if not _plain(request.notes):
        check_notes("notes", request.notes, MOST_NOTES)
    if not request.notes:
        raise InvalidValue("notes", [], "The clip is empty: play or draw something into it first.")
    hint = f"Use a clip of {SHORTEST_CLIP} to {LONGEST:g} beats; of a longer one give a part."
    check_number("length", request.length, SHORTEST_CLIP, LONGEST, hint)
    check_number("start", request.start, -1e6, 1e6, "Use the beat at which the clip's first bar begins.")
    check_choice("role", request.role, ROLES)
    check_frame(request)
    for field in ("key", "mode"):
        check_words(field, getattr(request, field), WORDS[field])
    check_chords(request.chords)


def _plain(notes: Any) -> bool:
    """Whether notes are what they should be, told fast; where not, ``check_notes`` says why."""
    if type(notes) is not list or len(notes) > MOST_NOTES:
        return False
    for note in notes:
        if not (
            type(note) is Note
            and type(note.pitch) is int
            and 0 <= note.pitch <= 127
            and -math.inf < note.start_time < math.inf
            and 0 < note.duration < math.inf
            and 0 <= note.velocity <= 127
        ):
            return False
    return True


def check_range(request: ClipRequest, start: float | None, end: float | None) -> tuple[float, float]:
    """The range of a clip that a request is about.

    Args:
        request: the clip, checked.
        start: beat on the notes' time line, or None for the clip's start.
        end: likewise, or None for the clip's end.

    Returns:
        Both, inside the clip.

    Raises:
        InvalidValue: field "range_start" or "range_end", when nothing of the clip lies between them.
    """
    for field, value in (("range_start", start), ("range_end", end)):
        if value is not None:
            check_number(field, value, -math.inf, math.inf, "Give a beat on the clip's own time line.")
    first = request.start if start is None else max(start, request.start)
    last = request.end if end is None else min(end, request.end)
    if last - first < SHORTEST_CLIP:
        field, value = ("range_start", start) if end is None else ("range_end", end)
        hint = f"The range must hold at least {SHORTEST_CLIP} beats between {request.start:g} and {request.end:g}."
        raise InvalidValue(field, value, hint)
    return first, last
