"""What humanising can be asked for and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Any, Literal, get_args

import msgspec
import numpy as np
from msgspec import Meta

import presets
from engine.compose.checks import MOST_NOTES, check_choice, check_frame, check_notes, check_number, check_percent
from engine.compose.request import (
    LONGEST_BEATS,
    SHORTEST_CLIP,
    ChordsContext,
    Length,
    Numerator,
    Percent,
    Seed,
    Tempo,
    Text,
)
from engine.compose.steer.request import Steer, check_steer
from engine.compose.stock import pick
from engine.errors import InvalidValue
from engine.notes import Note, beats_per_bar, whole_bars

__all__ = [
    "FREELY",
    "LONGEST_MOVE",
    "HumaniseRequest",
    "HumaniseResult",
    "Role",
    "check",
    "check_clip",
    "clip_length",
    "families",
]

LONGEST_MOVE = 100
"""Milliseconds of the widest limit of timing."""

FREELY = 40
"""The limit of velocity at which there is none: loudness goes as far as the player's does."""

Role = Literal["auto", "drums", "bass", "melody", "chords", "arp"]
Notes = Annotated[list[Note], Meta(max_length=MOST_NOTES)]


class HumaniseRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Notes to be played by somebody; only they are required.

    At the defaults a clip of one loudness on the grid comes out as a real performance would: its timing spreads by 17
    to 28 ms, its loudness by 28 to 36 steps (standard deviations). What has been played already keeps what it has, and
    is moved less.

    Attributes:
        notes: the clip; left untouched.
        role: what plays them; "auto" tells it from the track's name and the notes.
        style: for drums, in which style the player should be at home: a style's id or a family of styles ("jazz");
            "auto" looks for somebody who has played something like it.
        amount: percent of the way from the clip to the performance; 0 leaves the notes as they are.
        timing: the limit in milliseconds: no note moves farther.
        velocity: the limit in steps of velocity: no note's loudness changes by more. 40, the widest, is no limit: from
            a clip of one loudness to a backbeat and its ghost notes it is farther than that.
        ghosts: percent; soft snare strokes are added between the written ones, for drums.
        seed: repeats a take; left out, one is drawn and told in the answer.
        tempo: beats (quarter notes) per minute.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        clip_length: beats of the clip; left out, as many whole bars as the notes take. Notes that start outside of the
            clip stay as they are.
        context: what surrounds the clip; the track's name is read.
        steer: where the knobs stand that steer every generator at once; left out, at rest. Parameters are moved from
            where the request has them, and the answer tells where to.
    """

    notes: Notes
    role: Role = "auto"
    style: Text = "auto"
    amount: Percent = 100.0
    timing: Annotated[float, Meta(ge=0, le=LONGEST_MOVE)] = 100.0
    velocity: Annotated[float, Meta(ge=0, le=FREELY)] = 40.0
    ghosts: Percent = 0.0
    seed: Seed | None = None
    tempo: Tempo = 120.0
    signature_numerator: Numerator = 4
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4
    clip_length: Length | None = None
    context: ChordsContext | None = None
    steer: Steer | None = None


class HumaniseResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer.

    Attributes:
        take: id of the take: the same for the same notes from the same request.
        seed: repeats the take.
        notes: by start, then pitch; every note that was given, and the ghosts that were asked for.
        length: beats of the clip.
        role: who played.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
        steered: every parameter that ``steer`` moved and where it stands: "amount", which may go up to 150 %, "ghosts",
            and "loudness", steps of velocity for every note, within the limit of ``velocity``. Empty where nothing was.
        stretched: what learnt curves were stretched by; sent as ``steer.stretch`` it makes the same notes again.
    """

    take: str
    seed: int
    notes: list[Note]
    length: float
    role: str
    summary: str
    notices: list[str]
    steered: dict[str, float] = {}
    stretched: dict[str, float] = {}


def check(request: HumaniseRequest) -> float:
    """Refuses what cannot be humanised, however the request came about.

    Returns:
        Beats of the clip.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    check_clip(request.notes)
    check_percent("amount", request.amount)
    check_percent("ghosts", request.ghosts)
    for field, most, hint in (
        ("timing", LONGEST_MOVE, f"Use milliseconds from 0 to {LONGEST_MOVE}."),
        ("velocity", FREELY, f"Use steps of velocity from 0 to {FREELY}; {FREELY} is no limit."),
    ):
        check_number(field, getattr(request, field), 0, most, hint)
    check_choice("role", request.role, get_args(Role))
    check_frame(request)
    check_steer(request.steer)
    families(request.style)
    metre = (request.signature_numerator, request.signature_denominator)
    return clip_length(request.notes, request.clip_length, metre)


def check_clip(notes: Any) -> None:
    """Refuses what is no list of notes in Live's ranges, as ``check_notes`` does, at a tenth of the time.

    Raises:
        InvalidValue: field "notes"; the hint says which note and why.
    """
    if isinstance(notes, list) and len(notes) <= MOST_NOTES and all(type(note) is Note for note in notes):
        try:
            table = np.array([(note.pitch, note.start_time, note.duration, note.velocity) for note in notes], float)
        except (TypeError, ValueError):
            table = np.array([[np.nan] * 4])
        pitch, _, duration, velocity = table.reshape(-1, 4).T
        fine = np.isfinite(table).all() and (pitch == np.round(pitch)).all() and (duration > 0).all()
        if fine and (pitch >= 0).all() and (pitch <= 127).all() and (velocity >= 0).all() and (velocity <= 127).all():
            return
    check_notes("notes", notes)


def clip_length(notes: list[Note], given: float | None, metre: tuple[int, int]) -> float:
    """Beats of a clip: as given, or as many whole bars as its notes take.

    Raises:
        InvalidValue: field "clip_length" or "notes", for clips too short or too long.
    """
    if given is not None:
        hint = f"A clip needs a length of {SHORTEST_CLIP} to {LONGEST_BEATS} beats."
        check_number("clip_length", given, SHORTEST_CLIP, LONGEST_BEATS, hint)
        return given
    last = max([note.start_time for note in notes], default=0.0)
    end = max([note.start_time + note.duration for note in notes], default=0.0)
    bar = beats_per_bar(*metre)
    # A note that ends a hair past the bar it began in does not make another one.
    until = max(last + 1e-3, min(end, last + bar) - 0.05)
    if until > LONGEST_BEATS:
        raise InvalidValue("notes", until, f"Give a clip of at most {LONGEST_BEATS} beats.")
    return whole_bars(max(until, 1e-3), *metre) * bar


def families(style: str) -> tuple[str, ...]:
    """The families of drummers a style belongs to; none for "auto".

    Raises:
        InvalidValue: field "style".
    """
    if not isinstance(style, str) or not style.strip():
        raise InvalidValue("style", style, 'Give a style ("funk") or "auto", or leave it out.')
    shelf = presets.load("feel/families")
    known = pick("style", style, (*shelf["families"], *shelf["also"]))
    if known == "auto":
        return ()
    return (known,) if known in shelf["families"] else tuple(shelf["also"][known])
