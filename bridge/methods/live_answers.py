"""What Live answers to live.*: the promise that the Hub keeps (js/live/reverse.js) and callers rely on."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from engine.notes import Note

Beats = Annotated[float, Meta(gt=0)]
Number = Annotated[int, Meta(ge=0)]
Numerator = Annotated[int, Meta(ge=1, le=99)]
Denominator = Literal[1, 2, 4, 8, 16]


class LiveSong(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The Set as a whole.

    Attributes:
        tempo: Beats per minute.
        signature_numerator: Of the Set's time signature.
        signature_denominator: Of the Set's time signature.
        scale_root: Pitch class 0 (C) to 11 (B).
        scale_name: Live's own name ("Minor", "Dorian").
        scale_mode: True when the Set's scale is switched on.
        is_playing: True while the transport runs.
        time: Beats from the start of the arrangement.
    """

    tempo: Annotated[float, Meta(ge=20, le=999)]
    signature_numerator: Numerator
    signature_denominator: Denominator
    scale_root: Annotated[int, Meta(ge=0, le=11)]
    scale_name: str
    scale_mode: bool
    is_playing: bool
    time: float


class LiveClipBrief(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A clip in the list of tracks.

    Attributes:
        slot: Number of its clip slot from 0; null in the arrangement.
        name: Its name.
        midi: True for a MIDI clip.
        length: Beats that are heard of it.
        start_time: Beats from the start of the arrangement; only there.
    """

    slot: Number | None
    name: str
    midi: bool
    length: Beats
    start_time: float | None = None


class LiveTrack(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A track.

    Attributes:
        index: Its number from 0, left to right.
        name: Its name.
        kind: What it holds.
        frozen: True for a frozen track, which takes no notes.
        clips: Its clips in session and arrangement.
    """

    index: Number
    name: str
    kind: Literal["midi", "audio", "group"]
    frozen: bool
    clips: list[LiveClipBrief]


class LiveTracks(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The tracks of the Set.

    Attributes:
        tracks: Left to right.
        complete: False when the Set has more clips than are told.
    """

    tracks: list[LiveTrack]
    complete: bool


class LiveClip(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A clip with its notes.

    Attributes:
        track: Number of its track from 0.
        slot: Number of its clip slot from 0; null in the arrangement.
        name: Its name.
        midi: True for a MIDI clip.
        looping: True when it loops.
        start: Beats from the clip's zero to where it starts to play.
        length: Beats that are heard of it.
        signature_numerator: Of the clip's time signature.
        signature_denominator: Of the clip's time signature.
        notes: Those that are heard; none in an audio clip.
    """

    track: Number
    slot: Number | None
    name: str
    midi: bool
    looping: bool
    start: float
    length: Beats
    signature_numerator: Numerator
    signature_denominator: Denominator
    notes: list[Note]


class LiveWritten(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was written, as it was read back.

    Attributes:
        track: Number of the track from 0.
        slot: Number of the clip slot from 0; null in the arrangement.
        name: Name of the clip.
        created: True when the clip was made for it.
        wanted: Notes that were to be written.
        written: Notes that Live holds.
        start: Beats from the clip's zero to the first beat written.
        length: Beats that were written.
    """

    track: Number
    slot: Number | None
    name: str
    created: bool
    wanted: Number
    written: Number
    start: float
    length: Beats
