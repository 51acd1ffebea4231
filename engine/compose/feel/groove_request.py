"""What grooves can be asked for and what is answered; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Literal, get_args

import msgspec
from msgspec import Meta

from engine.compose.checks import check_choice, check_number, check_signature
from engine.compose.feel.groove import Grid, Groove, check_groove
from engine.compose.feel.request import Notes, check_clip, clip_length
from engine.compose.request import Length, Numerator, Percent, Text
from engine.errors import InvalidValue
from engine.notes import Note

__all__ = [
    "GrooveApplyRequest",
    "GrooveApplyResult",
    "GrooveExtractRequest",
    "GrooveResult",
    "check_apply",
    "check_extract",
    "check_grid",
]


class GrooveExtractRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The clip whose groove is wanted.

    Attributes:
        notes: the clip, at least one note that is not muted.
        grid: value of a step, "8" or "16", with "t" for triplets; "auto" tells it from the notes.
        bars: after how many bars the groove goes round; left out, two where the clip has two that differ, else one.
        name: for the groove, as shown.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
    """

    notes: Annotated[Notes, Meta(min_length=1)]
    grid: Literal["auto", "8", "8t", "16", "16t"] = "auto"
    bars: Literal[1, 2] | None = None
    name: Text = ""
    signature_numerator: Numerator = 4
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4


class GrooveResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer.

    Attributes:
        groove: as compose.groove_apply takes it.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
    """

    groove: Groove
    summary: str
    notices: list[str]


class GrooveApplyRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Notes to be given a groove.

    Attributes:
        notes: the clip; left untouched.
        groove: as compose.groove_extract made it.
        quantise: percent of the way to the groove's grid that every note goes first; 0 keeps what it has of its own.
        timing: percent of the groove's timing; with quantise at 100 the notes end on the groove's very places.
        velocity: percent of the groove's accents, as far as they differ from its mean; negative turns them round.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        clip_length: beats of the clip; left out, as many whole bars as the notes take.
    """

    notes: Notes
    groove: Groove
    quantise: Percent = 0.0
    timing: Percent = 100.0
    velocity: Annotated[float, Meta(ge=-100, le=100)] = 50.0
    signature_numerator: Numerator = 4
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4
    clip_length: Length | None = None


class GrooveApplyResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer.

    Attributes:
        take: id of the take: the same for the same notes from the same request.
        notes: every note that was given, by start, then pitch.
        length: beats of the clip.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
    """

    take: str
    notes: list[Note]
    length: float
    summary: str
    notices: list[str]


def check_extract(request: GrooveExtractRequest) -> None:
    """Refuses what no groove can be taken from.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    check_clip(request.notes)
    if not any(not note.mute for note in request.notes):
        raise InvalidValue("notes", request.notes, "Give a clip with at least one note that sounds.")
    check_grid(request.grid, request.bars)
    check_signature(request.signature_numerator, request.signature_denominator)
    clip_length(request.notes, None, (request.signature_numerator, request.signature_denominator))


def check_grid(grid: str, bars: int | None) -> None:
    """Refuses a grid or a number of bars that no groove has.

    Raises:
        InvalidValue: field "grid" or "bars".
    """
    grids = ("auto", *get_args(Grid))
    check_choice("grid", grid, grids)
    if bars not in (None, 1, 2) or isinstance(bars, bool):
        raise InvalidValue("bars", bars, "A groove goes round after 1 or 2 bars; leave it out to have it told.")


def check_apply(request: GrooveApplyRequest) -> float:
    """Refuses notes, amounts or a groove that cannot be.

    Returns:
        Beats of the clip.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    check_clip(request.notes)
    check_groove(request.groove)
    for field, low in (("quantise", 0), ("timing", 0), ("velocity", -100)):
        check_number(field, getattr(request, field), low, 100, f"Use a percentage from {low} to 100.")
    check_signature(request.signature_numerator, request.signature_denominator)
    metre = (request.signature_numerator, request.signature_denominator)
    return clip_length(request.notes, request.clip_length, metre)
