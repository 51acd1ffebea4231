"""What can be asked of fitting into a key, and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from engine.compose.request import ChordsContext, Length, Text
from engine.notes import Note

__all__ = ["COARSEST", "AudioFit", "AudioFitRequest", "FitRequest", "FitResult"]

COARSEST = 48
"""Semitones that Live transposes an audio clip by at most, up or down."""

Confidence = Annotated[float, Meta(ge=0, le=1)]
Cents = Annotated[float, Meta(ge=-100, le=100)]


class FitRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clip's notes and the key they are to be in.

    Attributes:
        notes: all notes of the clip.
        key: a key in any usual spelling or a Camelot code; a note alone leaves the mode to the clip; left out (or
            "follow"), the key comes from ``context``.
        mode: a mode's name that overrides the key's own; left out or "auto": none.
        context: what surrounds the clip.
        clip_key: the key the clip is in, where that is known; left out, it is heard.
        drums: the notes are hits of a drum kit, not pitches.
        start: beats from where the clip plays: its key is heard there; left out, from its first note.
        length: beats that the clip plays; left out, to its last note.
    """

    notes: Annotated[list[Note], Meta(max_length=10_000)]
    key: Text | None = None
    mode: Text | None = None
    context: ChordsContext | None = None
    clip_key: Text | None = None
    drums: bool = False
    start: float | None = None
    length: Length | None = None


class FitResult(msgspec.Struct, frozen=True, kw_only=True):
    """The notes in the key, or as they were with the reason in ``words``.

    Attributes:
        notes: in the order of the request; only pitches differ.
        moved: how many have another pitch than before.
        bent: how many of them moved otherwise than by ``transposed``: onto another degree's pitch.
        transposed: semitones the clip as a whole was moved by.
        key: "D minor", the key that was wanted; null when there is none.
        camelot: its place on the wheel, "7A", or null.
        clip_key: the key the clip was in, or null where it has none or that played no part.
        confidence: 0..1, how sure ``clip_key`` is; 1 where it was told.
        words: what was done, in a sentence.
        notices: where the key comes from, and what else to know.
    """

    notes: list[Note]
    moved: int = 0
    bent: int = 0
    transposed: int = 0
    key: str | None = None
    camelot: str | None = None
    clip_key: str | None = None
    confidence: float = 1.0
    words: str
    notices: list[str] = []


class AudioFitRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A recording's key, how it is transposed now, and the key it is to be in.

    Attributes:
        clip_key: the key of the recording itself, major or minor.
        key: as for a MIDI clip.
        mode: as for a MIDI clip.
        context: what surrounds the clip.
        confidence: how sure ``clip_key`` is.
        tuning_cents: how far the recording is off A 440.
        coarse: semitones the clip is transposed by now.
        fine: cents on top of that.
    """

    clip_key: Text
    key: Text | None = None
    mode: Text | None = None
    context: ChordsContext | None = None
    confidence: Confidence = 1.0
    tuning_cents: Cents | None = None
    coarse: Annotated[int, Meta(ge=-COARSEST, le=COARSEST)] = 0
    fine: Cents = 0.0


class AudioFit(msgspec.Struct, frozen=True, kw_only=True):
    """The transposition that brings a recording into a key.

    Attributes:
        coarse: semitones to transpose the clip by, in place of what it has now, -48..48.
        transposed: how far that is from now, semitones.
        key: "D minor", the key that was wanted; null when there is none.
        camelot: its place on the wheel, or null.
        sounds: the key the clip sounds in then.
        words: what that does, in a sentence.
        notices: where the key comes from, and what else to know.
    """

    coarse: int
    transposed: int = 0
    key: str | None = None
    camelot: str | None = None
    sounds: str
    words: str
    notices: list[str] = []
