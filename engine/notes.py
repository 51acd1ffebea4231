"""Notes, clips and the words for musical time that every module shares.

A beat is a quarter note, as in Live, whatever the time signature says. The fields of
``Note`` are those of Live's note dictionaries (``Clip.add_new_notes``), with the same
names, ranges and defaults, so a generated note needs no translation on its way to Live.
"""

from __future__ import annotations

from typing import Annotated

import msgspec

from engine.errors import InvalidValue

__all__ = ["DENOMINATORS", "Clip", "Note", "bar_start", "beats_per_bar", "beats_to_seconds", "whole_bars"]

DENOMINATORS = (1, 2, 4, 8, 16)
"""Time-signature denominators Live knows."""

# A clip's end is a sum of many floats: 3.9999999996 beats are four.
_CLOSE = 1e-6


class Note(msgspec.Struct, omit_defaults=False):
    """One MIDI note in a clip, in Live's own fields.

    Attributes:
        pitch: MIDI number 0..127; 60 is C3 in Live's naming.
        start_time: beats from the clip's start; may be negative before the first bar.
        duration: beats, above 0.
        velocity: 0..127; Live keeps fractions.
        mute: a muted note is stored but silent.
        probability: chance 0..1 that the note plays on each pass.
        velocity_deviation: -127..127, the width Live may vary the velocity by.
        release_velocity: 0..127.
    """

    pitch: Annotated[int, msgspec.Meta(ge=0, le=127)]
    start_time: float
    duration: Annotated[float, msgspec.Meta(gt=0)]
    velocity: Annotated[float, msgspec.Meta(ge=0, le=127)] = 100.0
    mute: bool = False
    probability: Annotated[float, msgspec.Meta(ge=0, le=1)] = 1.0
    velocity_deviation: Annotated[float, msgspec.Meta(ge=-127, le=127)] = 0.0
    release_velocity: Annotated[float, msgspec.Meta(ge=0, le=127)] = 64.0

    @property
    def end_time(self) -> float:
        """Beats from the clip's start to where the note ends."""
        return self.start_time + self.duration


class Clip(msgspec.Struct):
    """A stretch of notes with its length and time signature.

    Attributes:
        length: beats, above 0.
        notes: in any order; see ``sorted_notes``.
        signature_numerator: 1..99.
        signature_denominator: one of ``DENOMINATORS``.
    """

    length: Annotated[float, msgspec.Meta(gt=0)]
    notes: list[Note]
    signature_numerator: Annotated[int, msgspec.Meta(ge=1, le=99)] = 4
    signature_denominator: int = 4

    @property
    def beats_per_bar(self) -> float:
        """Beats in one bar of this clip."""
        return beats_per_bar(self.signature_numerator, self.signature_denominator)

    @property
    def bars(self) -> float:
        """Length in bars; not always whole."""
        return self.length / self.beats_per_bar

    def sorted_notes(self) -> list[Note]:
        """The notes by start, then pitch: the order in which Live hands them out."""
        return sorted(self.notes, key=lambda note: (note.start_time, note.pitch))


def beats_per_bar(numerator: int, denominator: int) -> float:
    """Counts the beats (quarter notes) in one bar.

    Args:
        numerator: 1..99.
        denominator: one of ``DENOMINATORS``.

    Returns:
        Beats: 4/4 -> 4.0, 6/8 -> 3.0, 7/16 -> 1.75.

    Raises:
        InvalidValue: for a signature Live could not show.
    """
    if not 1 <= numerator <= 99:
        raise InvalidValue("signature_numerator", numerator, "Use a whole number from 1 to 99.")
    if denominator not in DENOMINATORS:
        raise InvalidValue("signature_denominator", denominator, "Use 1, 2, 4, 8 or 16.")
    return numerator * 4.0 / denominator


def bar_start(bar: int, numerator: int = 4, denominator: int = 4) -> float:
    """Beats from the clip's start to where a bar begins; the first bar is 0."""
    return bar * beats_per_bar(numerator, denominator)


def whole_bars(beats: float, numerator: int = 4, denominator: int = 4) -> int:
    """The number of bars needed to hold a stretch of beats, rounded up; at least 1."""
    bars = beats / beats_per_bar(numerator, denominator)
    return max(1, int(-(-(bars - _CLOSE) // 1)))


def beats_to_seconds(beats: float, tempo: float) -> float:
    """Turns beats into seconds at a steady tempo.

    Args:
        beats: quarter notes.
        tempo: beats per minute, above 0.

    Returns:
        Seconds.

    Raises:
        InvalidValue: for a tempo of zero or below.
    """
    if tempo <= 0:
        raise InvalidValue("tempo", tempo, "Use a tempo above 0; Live allows 20 to 999.")
    return beats * 60.0 / tempo
