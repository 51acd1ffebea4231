"""What requests to compose are refused for, however they came about.

The wire checks types and ranges; a caller in Python can put anything into a struct, and NaN slips through every
comparison. Both read ranges and words from the same types.
"""

from __future__ import annotations

import math
from typing import Any, Protocol

from engine.compose.request import (
    LONGEST_BEATS,
    LONGEST_TEXT,
    SHORTEST_CLIP,
    Bars,
    ChordsContext,
    Numerator,
    Percent,
    Pitch,
    PitchClass,
    Seed,
    Tempo,
)
from engine.errors import InvalidValue, closest
from engine.notes import DENOMINATORS, Note, beats_per_bar
from engine.theory.limits import LONGEST_PROGRESSION_TEXT

__all__ = [
    "MOST_NOTES",
    "WORDS",
    "check_choice",
    "check_context",
    "check_frame",
    "check_length",
    "check_notes",
    "check_number",
    "check_percent",
    "check_pitch",
    "check_ranged",
    "check_signature",
    "check_tempo",
    "check_words",
    "is_number",
]

MOST_NOTES = 10_000
"""Notes that one request may hold, as many as a long clip has."""

WORDS = {
    "key": 'Give a key ("D minor", "7A"), or leave it out to follow what surrounds the clip.',
    "mode": 'Give a mode ("dorian"), or leave it out to keep the key\'s own.',
    "progression": 'Give figures ("i VI III VII"), chord names ("Dm7 G7 Cmaj7") or "auto", or leave it out.',
    "style": 'Give a style or "auto", or leave it out.',
}
"""What to do instead of giving a text without a word in it."""


class _Framed(Protocol):
    """A request with the facts that every piece of music stands in."""

    @property
    def tempo(self) -> float: ...
    @property
    def seed(self) -> int | None: ...
    @property
    def signature_numerator(self) -> int: ...
    @property
    def signature_denominator(self) -> int: ...
    @property
    def context(self) -> ChordsContext | None: ...


class _Laid(_Framed, Protocol):
    """A request for some bars, for a clip of some length."""

    @property
    def bars(self) -> int: ...
    @property
    def clip_length(self) -> float | None: ...


def is_number(value: Any, whole: bool = False) -> bool:
    """Whether a value is a finite number (a whole one); True and False are none."""
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return False
    return math.isfinite(value)


def check_number(field: str, value: Any, low: float, high: float, hint: str, *, whole: bool = False) -> None:
    """Refuses what is no number from ``low`` to ``high``.

    Raises:
        InvalidValue: with ``field``, the value and ``hint``.
    """
    if not is_number(value, whole) or not low <= value <= high:
        raise InvalidValue(field, value, hint)


def check_ranged(field: str, value: Any, kind: Any, hint: str) -> None:
    """Refuses what lies outside of a ranged type.

    Args:
        field: as the caller knows it.
        value: as given.
        kind: a number annotated with its lowest and its highest value.
        hint: what to give instead, with a place for each of the two.

    Raises:
        InvalidValue: with the field.
    """
    low, high = _ends(kind)
    whole = kind.__origin__ is int
    # Nearly all are what they should be: words are only put together for those that are not.
    if not is_number(value, whole) or not low <= value <= high:
        raise InvalidValue(field, value, hint.format(low, high))


def _ends(kind: Any) -> tuple[float, float]:
    """The lowest and the highest value of a ranged type."""
    meta = kind.__metadata__[0]
    return meta.ge, meta.le if meta.lt is None else meta.lt - 1


_LEAST, _MOST = _ends(Percent)


def check_percent(field: str, value: Any) -> None:
    """Refuses what is no percentage.

    Raises:
        InvalidValue: with the field.
    """
    if type(value) is float and _LEAST <= value <= _MOST:
        return
    check_ranged(field, value, Percent, "Use a percentage from {} to {}.")


def check_tempo(field: str, value: Any) -> None:
    """Refuses what is no tempo.

    Raises:
        InvalidValue: with the field.
    """
    check_ranged(field, value, Tempo, "Use a tempo from {} to {} beats per minute.")


def check_pitch(field: str, value: Any) -> None:
    """Refuses what is no MIDI pitch.

    Raises:
        InvalidValue: with the field.
    """
    check_ranged(field, value, Pitch, "Use a MIDI pitch from {} to {}.")


def check_choice(field: str, value: Any, allowed: tuple[Any, ...]) -> None:
    """Refuses what is none of those allowed.

    Raises:
        InvalidValue: with the field; the hint names what is near to a word, and lists what is allowed.
    """
    if value not in allowed or isinstance(value, bool):
        words = [str(each) for each in allowed]
        near = closest(value, words) if isinstance(value, str) else ""
        raise InvalidValue(field, value, f"{near}Use one of: {', '.join(words)}.")


def check_words(field: str, value: Any, hint: str) -> None:
    """Refuses a text without a word in it, or one that is too long; a key and a mode may be left out.

    Raises:
        InvalidValue: with the field.
    """
    if value is None and field in ("key", "mode"):
        return
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(field, value, hint)
    limit = LONGEST_PROGRESSION_TEXT if field == "progression" else LONGEST_TEXT
    if len(value) > limit:
        raise InvalidValue(field, value, f"Use at most {limit} characters.")


def check_signature(numerator: Any, denominator: Any, prefix: str = "signature_") -> None:
    """Refuses a time signature that cannot be.

    Args:
        numerator: as given.
        denominator: as given.
        prefix: of the names of both.

    Raises:
        InvalidValue: naming the one that is wrong.
    """
    check_ranged(f"{prefix}numerator", numerator, Numerator, "Use a whole number from {} to {}.")
    if denominator not in DENOMINATORS or isinstance(denominator, bool):
        raise InvalidValue(f"{prefix}denominator", denominator, "Use 1, 2, 4, 8 or 16.")


def check_frame(request: _Framed) -> None:
    """Refuses a tempo, a seed, a time signature or a context that cannot be.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    check_tempo("tempo", request.tempo)
    if request.seed is not None:
        check_ranged("seed", request.seed, Seed, "Use a whole number from {} to {}, or leave it out to have one drawn.")
    check_signature(request.signature_numerator, request.signature_denominator)
    if request.context is not None:
        check_context(request.context)


def check_length(request: _Laid) -> float:
    """Refuses bars that cannot be written.

    Args:
        request: its frame is checked, see ``check_frame``.

    Returns:
        Beats to be written: whole bars, or the clip where that is shorter.

    Raises:
        InvalidValue: field "bars" or "clip_length".
    """
    check_ranged("bars", request.bars, Bars, "Use a whole number of bars from {} to {}.")
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    if request.bars * bar > LONGEST_BEATS:
        fits = int(LONGEST_BEATS // bar)
        raise InvalidValue("bars", request.bars, f"Bars of {bar:g} beats are long: use 1 to {fits} of them.")
    if request.clip_length is None:
        return request.bars * bar
    hint = f"A clip needs a length of at least {SHORTEST_CLIP} beats."
    check_number("clip_length", request.clip_length, SHORTEST_CLIP, math.inf, hint)
    return min(request.bars * bar, request.clip_length)


def check_context(context: Any) -> None:
    """Refuses a context that cannot be.

    Raises:
        InvalidValue: field "context", or it and a dot and the name of what is wrong in it.
    """
    if not isinstance(context, ChordsContext):
        raise InvalidValue("context", context, "Give what surrounds the clip as a context, or leave it out.")
    weights = context.pitch_classes
    if weights is not None and (len(weights) != 12 or not all(is_number(each) and each >= 0 for each in weights)):
        raise InvalidValue("context.pitch_classes", weights, "Give 12 weights of 0 or more, C first.")
    if context.scale_root is not None:
        hint = "Use a pitch class from {} (C) to {} (B)."
        check_ranged("context.scale_root", context.scale_root, PitchClass, hint)
    previous = context.previous
    if previous is not None and (
        len(previous) > 16 or not all(is_number(pitch, whole=True) and 0 <= pitch <= 127 for pitch in previous)
    ):
        raise InvalidValue("context.previous", previous, "Give up to 16 MIDI pitches from 0 to 127.")
    _check_text("context.track_name", context.track_name)
    if context.scale_name is not None:
        _check_text("context.scale_name", context.scale_name)


def _check_text(field: str, value: Any) -> None:
    if not isinstance(value, str):
        raise InvalidValue(field, value, "Give text.")
    if len(value) > LONGEST_TEXT:
        raise InvalidValue(field, value, f"Use at most {LONGEST_TEXT} characters.")


def check_notes(field: str, notes: Any, most: int = MOST_NOTES) -> None:
    """Refuses what is no list of notes in Live's ranges.

    Raises:
        InvalidValue: with ``field``; the hint says which note and why.
    """
    if not isinstance(notes, list) or len(notes) > most:
        raise InvalidValue(field, notes, f"Give a list of at most {most} notes.")
    for number, note in enumerate(notes, start=1):
        wrong = _wrong_with(note)
        if wrong:
            raise InvalidValue(field, note, f"Note {number}: {wrong}")


def _wrong_with(note: Any) -> str:
    if not isinstance(note, Note):
        return "give a note with pitch, start_time and duration."
    if not is_number(note.pitch, whole=True) or not 0 <= note.pitch <= 127:
        return "a pitch is a whole number from 0 to 127."
    if not is_number(note.start_time) or not is_number(note.duration) or note.duration <= 0:
        return "start_time and duration are beats, a duration above 0."
    if not is_number(note.velocity) or not 0 <= note.velocity <= 127:
        return "a velocity lies between 0 and 127."
    return ""
