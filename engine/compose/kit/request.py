"""What can be asked of a render and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from engine.compose.checks import MOST_NOTES, check_choice, check_notes, check_number, check_tempo
from engine.compose.drums.request import KitAsked, check_kit
from engine.compose.kit.mix import Tail
from engine.compose.request import Seed, Tempo, Text
from engine.errors import InvalidValue
from engine.notes import Note, beats_to_seconds

__all__ = ["MOST_SECONDS", "RenderRequest", "RenderResult", "RoleSound", "SoundName", "check_render"]

MOST_SECONDS = 300.0
"""Longest render."""

Path = Annotated[str, Meta(min_length=1, max_length=4096)]
RenderRole = Literal["drums", "bass", "melody", "chords", "arp"]
SoundName = Literal["auto", "club", "boom", "dusty", "808", "bass", "lead", "keys", "pluck", "pad"]


class RenderRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One clip that is to become audio.

    Attributes:
        notes: the clip's notes; muted ones are silent, of those with a probability some are left out.
        length: beats of the clip.
        tempo: beats (quarter notes) per minute.
        role: what the clip is: drums, bass, melody, chords or arp.
        sound: a built-in kit (club, boom, dusty) for drums, a voice (808, bass, lead, keys, pluck, pad) for the rest;
            "auto" takes what suits role and style. Notes of the 808 that touch slide.
        style: the music it is from ("trap"), for "auto".
        kit: MIDI pitch of each role ({"kick": 36}), or the pads of a rack by pitch and name, as in compose.drums; left
            out, General MIDI's.
        samples: whole path of a folder with the user's own sounds. Which is which is read from the names of files and
            folders; roles it lacks are played by the built-in kit.
        rate: samples per second, 44100 or 48000.
        tail: what becomes of sound that rings past the end: "loop" folds it onto the beginning, as a second round has
            it; "cut" ends it; "keep" makes the file longer than the clip.
        seed: which of several samples are taken and which notes with a probability sound.
        name: what the file is called; the tempo is added, and a number where the name is taken.
        folder: whole path of a folder that is there; left out: Bandmate/Renders in the user's music.
    """

    notes: Annotated[list[Note], Meta(max_length=MOST_NOTES)]
    length: Annotated[float, Meta(gt=0)]
    tempo: Tempo = 120.0
    role: RenderRole = "drums"
    sound: SoundName = "auto"
    style: Text = ""
    kit: KitAsked | None = None
    samples: Path | None = None
    rate: Literal[44100, 48000] = 44100
    tail: Tail = "loop"
    seed: Seed = 0
    name: Text = ""
    folder: Path | None = None


class RoleSound(msgspec.Struct, frozen=True):
    """What played a role.

    Attributes:
        role: id of the role.
        source: name of the user's file, or of the built-in kit.
    """

    role: str
    source: str


class RenderResult(msgspec.Struct, frozen=True):
    """The answer.

    Attributes:
        path: whole path of the WAV file: 24 bits, stereo; what a clip slot can be given.
        seconds: length of the file.
        frames: the same in samples. rate: samples per second.
        peak: true peak, dB below full scale; -1 at most, -120 for silence.
        sound: the built-in kit or voice in use.
        roles: what played each role of a drum clip.
        notices: what was decided without being asked for.
    """

    path: str
    seconds: float
    frames: int
    rate: int
    peak: float
    sound: str
    roles: list[RoleSound]
    notices: list[str]


def check_render(request: RenderRequest) -> None:
    """Refuses what cannot be rendered, however the request came about.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    check_notes("notes", request.notes)
    check_tempo("tempo", request.tempo)
    check_number("length", request.length, 1 / 16, 1e6, "A clip needs a length of at least 0.0625 beats.")
    lasts = beats_to_seconds(request.length, request.tempo)
    if lasts > MOST_SECONDS:
        hint = (
            f"This is {lasts:.0f} seconds at {request.tempo:g} beats per minute: at most {MOST_SECONDS:g} are rendered."
        )
        raise InvalidValue("length", request.length, hint)
    check_number("seed", request.seed, 0, 2**31 - 1, f"Use a whole number from 0 to {2**31 - 1}.", whole=True)
    for field, kind in (("role", RenderRole), ("sound", SoundName), ("tail", Tail), ("rate", Literal[44100, 48000])):
        check_choice(field, getattr(request, field), get_args(kind))
    for field in ("style", "name"):
        if not isinstance(getattr(request, field), str):
            raise InvalidValue(field, getattr(request, field), "Give text, or leave it out.")
    check_kit(request.kit)
