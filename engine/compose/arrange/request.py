"""What can be asked of the arranger and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec
from msgspec import Meta

from engine.compose.checks import check_frame, check_notes, check_number, check_percent
from engine.compose.part.request import Notes
from engine.compose.request import ChordsContext, Length, Numerator, Percent, Seed, Tempo, Text
from engine.errors import InvalidValue
from engine.notes import Note

__all__ = [
    "MOST_PARTS",
    "ArrangePart",
    "ArrangeRequest",
    "ArrangeResult",
    "SectionClip",
    "SectionMade",
    "check_arrange",
]

MOST_PARTS = 16
"""Parts that one loop may have."""

_MOST_BEATS = 256.0
_Role = Literal["auto", "drums", "bass", "chords", "melody", "other"]
_Scale = Literal[50, 100, 200]


class ArrangePart(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One part of the loop.

    Attributes:
        name: of its track; a word in it tells the role where ``role`` does not.
        notes: the loop, in beats from its start.
        length: beats after which it begins again.
        role: what it is; "auto" finds out.
        sound: whether it is a recording: it has no notes, and plays as it is where its role plays.
    """

    name: Text = ""
    notes: Notes
    length: Length
    role: _Role = "auto"
    sound: bool = False


class ArrangeRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wish for an arrangement.

    Attributes:
        parts: the loop, one part a track.
        form: a form's id, or "auto" for the tempo and the tracks' names to decide.
        scale: how long sections are, percent of the form's: 50 halves them, 200 doubles them.
        contrast: how far quiet sections lie below the loop, percent; 0 keeps every part whole.
        variation: how far a section that comes back departs from the loop, percent.
        energy: where each section lies between nothing (0) and the loop as it is (1); left out, the form's own curve.
        levels: the same for sections by name, over ``energy``; names that the form does not have are passed over.
        seed: repeats an arrangement; left out, one is drawn.
        tempo: beats per minute.
        signature_numerator: 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        context: what surrounds the loop.
        plan: only who plays where: the answer's clips are left out.
    """

    parts: Annotated[list[ArrangePart], Meta(min_length=1, max_length=MOST_PARTS)]
    form: Text = "auto"
    scale: _Scale = 100
    contrast: Percent = 60.0
    variation: Percent = 20.0
    energy: Annotated[list[Annotated[float, Meta(ge=0, le=1)]], Meta(max_length=32)] | None = None
    levels: Annotated[dict[Text, Annotated[float, Meta(ge=0, le=1)]], Meta(max_length=32)] | None = None
    seed: Seed | None = None
    tempo: Tempo = 120.0
    signature_numerator: Numerator = 4
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4
    context: ChordsContext | None = None
    plan: bool = False


class SectionClip(msgspec.Struct, frozen=True, kw_only=True):
    """What one part plays in one section.

    Attributes:
        part: which of the request's parts, 0 first.
        notes: by start, then pitch; beats from the section's start.
        length: beats, the section's.
        words: what was done to the loop.
    """

    part: int
    notes: list[Note]
    length: float
    words: str


class SectionMade(msgspec.Struct, frozen=True, kw_only=True):
    """One section: a scene in Session View, a stretch in the Arrangement.

    Attributes:
        name: as a scene or locator shows it. kind: "intro", "verse", "build", "drop" ...
        start: beats from the song's start. bars: its length.
        energy: at its start and at its end, 0..1.
        plays: the parts that play, recordings among them, by number; who is not there rests.
        clips: what the parts that play have to play; recordings have none.
    """

    name: str
    kind: str
    start: float
    bars: int
    energy: tuple[float, float]
    plays: list[int]
    clips: list[SectionClip]


class ArrangeResult(msgspec.Struct, frozen=True, kw_only=True):
    """The arrangement.

    Attributes:
        take: id of the take. seed: repeats it.
        form: id in use. form_name: as shown.
        roles: what each part was taken for.
        bars: of the whole. length: beats of the whole.
        sections: in order.
        curve: energy of each bar, 0..1.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
    """

    take: str
    seed: int
    form: str
    form_name: str
    roles: list[str]
    bars: int
    length: float
    sections: list[SectionMade]
    curve: list[float]
    summary: str
    notices: list[str]


class FormOption(msgspec.Struct, frozen=True):
    """A form as a menu shows it.

    Attributes:
        id: understood as ``form``. name: as shown.
        description: what becomes of the loop.
        bars: of the whole, at scale 100.
        sections: names, in order.
        lengths: bars of each section, at scale 100.
        energy: of each section, the mean of its start and end, 0..1: what ``energy`` overrides.
    """

    id: str
    name: str
    description: str
    bars: int
    sections: list[str]
    lengths: list[int]
    energy: list[float]


class ArrangeOptions(msgspec.Struct, frozen=True):
    """The forms in menu order, without "auto"."""

    forms: list[FormOption]


def check_arrange(request: ArrangeRequest) -> None:
    """Refuses what cannot be arranged, however the request came about.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    parts: Any = request.parts
    if not isinstance(parts, list) or not 1 <= len(parts) <= MOST_PARTS:
        raise InvalidValue("parts", parts, f"Give 1 to {MOST_PARTS} parts.")
    for number, part in enumerate(parts, start=1):
        if not isinstance(part, ArrangePart):
            raise InvalidValue("parts", part, f"Part {number}: give its notes and its length.")
        check_notes("parts", part.notes)
        hint = f"Part {number}: a loop has 1/16 to {_MOST_BEATS:g} beats."
        check_number("parts", part.length, 1 / 16, _MOST_BEATS, hint)
        if part.role not in get_args(_Role):
            raise InvalidValue("parts", part.role, f"Part {number}: a role is one of {', '.join(get_args(_Role))}.")
        if part.sound and part.notes:
            raise InvalidValue("parts", part.sound, f"Part {number}: a recording has no notes.")
    sounds = any(part.sound for part in parts)
    if not sounds and not any(not note.mute and note.start_time < part.length for part in parts for note in part.notes):
        raise InvalidValue("parts", [], "The loop is empty: play or draw something into it first.")
    for field in ("contrast", "variation"):
        check_percent(field, getattr(request, field))
    if request.scale not in get_args(_Scale):
        raise InvalidValue("scale", request.scale, "Use 50, 100 or 200 percent.")
    _check_energy(request)
    check_frame(request)


def _check_energy(request: ArrangeRequest) -> None:
    for field, values in (("energy", request.energy or []), ("levels", (request.levels or {}).values())):
        for value in values:
            check_number(field, value, 0, 1, "Each section's energy lies between 0 and 1.")
