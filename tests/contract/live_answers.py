"""What the engine's callers may rely on in the answers of `live.*`: every member, its kind and its range."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from bridge.registry import REGISTRY
from engine.notes import Note

Beats = Annotated[float, Meta(gt=0)]
Number = Annotated[int, Meta(ge=0)]


class Answer(msgspec.Struct, forbid_unknown_fields=True):
    """A base: no member more, none less."""


class Song(Answer):
    tempo: Annotated[float, Meta(ge=20, le=999)]
    signature_numerator: Annotated[int, Meta(ge=1, le=99)]
    signature_denominator: Literal[1, 2, 4, 8, 16]
    scale_root: Annotated[int, Meta(ge=0, le=11)]
    scale_name: str
    scale_mode: bool
    is_playing: bool
    time: Annotated[float, Meta(ge=0)]


class AnyClip(Answer):
    """In the session a clip has a slot, in the arrangement a place in time."""

    slot: Number | None
    name: str
    midi: bool
    length: Beats
    start_time: float | None = None

    def __post_init__(self) -> None:
        if (self.slot is None) == (self.start_time is None):
            raise ValueError("a clip has a slot or a start_time")


class Track(Answer):
    index: Number
    name: str
    kind: Literal["midi", "audio", "group"]
    frozen: bool
    clips: list[AnyClip]


class Tracks(Answer):
    tracks: list[Track]
    complete: bool


class Clip(Answer):
    track: Number
    slot: Number | None
    name: str
    midi: bool
    looping: bool
    start: float
    length: Beats
    signature_numerator: Annotated[int, Meta(ge=1, le=99)]
    signature_denominator: Literal[1, 2, 4, 8, 16]
    notes: list[Note]


class Written(Answer):
    track: Number
    slot: Number | None
    name: str
    created: bool
    wanted: Number
    written: Number
    start: float
    length: Beats


ANSWERS: dict[str, Any] = {"live.song": Song, "live.tracks": Tracks, "live.clip": Clip, "live.write": Written}


def declared(method: str) -> Any:
    """Give the type of a method's answer: the engine's own, where it says more than "anything"."""
    own = REGISTRY[method].signature.returns
    return ANSWERS[method] if own is Any else own
