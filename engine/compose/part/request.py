"""What every part can be asked for and what it answers: the base of each role's own request, and of the wire's."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal, Protocol

import msgspec
from msgspec import Meta

from engine.compose.dice import SEEDS
from engine.compose.request import (
    LONGEST_BEATS,
    SHORTEST_CLIP,
    Bars,
    ChordsContext,
    ChordSpan,
    Length,
    Numerator,
    Percent,
    PitchClass,
    Seed,
    Tempo,
    Text,
    check_context,
)
from engine.compose.steer.request import Steer, check_steer
from engine.errors import InvalidValue
from engine.notes import DENOMINATORS, Note, beats_per_bar
from engine.theory.limits import LONGEST_PROGRESSION_TEXT

__all__ = [
    "MOST_CHORDS",
    "MOST_NOTES",
    "ChordAt",
    "PartRequest",
    "PartResult",
    "check_frame",
    "check_notes",
    "check_number",
    "check_part",
    "is_number",
]

MOST_CHORDS = 1024
"""Chords in time that one request may hold."""

MOST_NOTES = 10_000
"""Notes that one request may hold, as many as a long clip has."""

Notes = Annotated[list[Note], Meta(max_length=MOST_NOTES)]


class ChordAt(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One chord in time, told by its symbol or by its tones.

    Attributes:
        start: beats from the clip's start, 0 or more.
        duration: beats, above 0; the chord stays until the next one all the same.
        symbol: chord symbol ("Dm9"); left out, ``pitch_classes`` tell the chord.
        root: pitch class of the root; left out, the bass or the first of ``pitch_classes``.
        pitch_classes: what sounds, 0 (C) to 11 (B).
        bass: pitch class of the lowest tone; left out, the root.
    """

    start: Annotated[float, Meta(ge=0)]
    duration: Annotated[float, Meta(gt=0)]
    symbol: Text | None = None
    root: PitchClass | None = None
    pitch_classes: Annotated[list[PitchClass], Meta(max_length=12)] | None = None
    bass: PitchClass | None = None


class PartRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What every role can be asked for; nothing is required.

    Attributes:
        key: a key in any usual spelling or a Camelot code; left out (or "follow"), the key comes from ``context``, or
            from the chords.
        mode: a mode's name that overrides the key's own; left out or "auto": none.
        progression: "auto" for one of the style's stock; or own text: romans ("i VI III VII") or chord names
            ("Dm7 G7 Cmaj7"), with ``|`` between bars where wanted. ``chords`` and ``harmony_notes`` go before it.
        chords: the harmony as chords in time; shorter than the part, they go round.
        harmony_notes: the notes of another clip from which the harmony is heard; shorter than the part, they go round.
        style: a style's id, or "auto" for the track's name and the tempo to decide.
        bars: how many bars to write.
        density: how much is played, percent; 50 is the style's usual.
        complexity: how far from the plainest the part goes, percent.
        humanise: looseness of timing and loudness, percent; 0 is on the grid.
        swing: percent; 0 is the style's own swing (or none, where ``swing_grid`` is chosen), 100 is triplets.
        swing_grid: which off-beats swing: "8" eighths, "16" sixteenths, "style" those of the style.
        variation: how much bars differ from each other, percent; 0 repeats.
        seed: repeats a take; left out, one is drawn and told in the answer.
        tempo: beats (quarter notes) per minute.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        clip_length: beats of the clip that receives the notes, at least 1/16; nothing sounds past it.
        context: what surrounds the clip.
        steer: where the knobs stand that steer every generator at once; left out, at rest. Parameters are moved from
            where the request has them, and the answer tells where to.
    """

    key: Text | None = None
    mode: Text | None = None
    progression: Annotated[str, Meta(max_length=LONGEST_PROGRESSION_TEXT)] = "auto"
    chords: Annotated[list[ChordAt], Meta(max_length=MOST_CHORDS)] | None = None
    harmony_notes: Notes | None = None
    style: Text = "auto"
    bars: Bars = 8
    density: Percent = 50.0
    complexity: Percent = 35.0
    humanise: Percent = 20.0
    swing: Percent = 0.0
    swing_grid: Literal["style", "8", "16"] = "style"
    variation: Percent = 25.0
    seed: Seed | None = None
    tempo: Tempo = 120.0
    signature_numerator: Numerator = 4
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4
    clip_length: Length | None = None
    context: ChordsContext | None = None
    steer: Steer | None = None


class PartResult(msgspec.Struct, frozen=True, kw_only=True):
    """What every role answers.

    Attributes:
        take: id of the take: the same for the same notes from the same recipe.
        seed: repeats the take.
        notes: by start, then pitch; beats from the clip's start.
        length: beats.
        chords: the harmony that was followed.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
        steered: every parameter that ``steer`` moved and where it stands; with register, velocity and voices, what is
            added to the style's. Empty where nothing was.
    """

    take: str
    seed: int
    notes: list[Note]
    length: float
    chords: list[ChordSpan]
    summary: str
    notices: list[str]
    steered: dict[str, float] = {}


_PERCENTS = ("density", "complexity", "humanise", "swing", "variation")
_WORDS = {
    "key": 'Give a key ("D minor", "7A"), or leave it out to follow what surrounds the clip.',
    "mode": 'Give a mode ("dorian"), or leave it out to keep the key\'s own.',
    "progression": 'Give figures ("i VI III VII"), chord names ("Dm7 G7 Cmaj7") or "auto", or leave it out.',
    "style": 'Give a style or "auto", or leave it out.',
}


def check_part(request: PartRequest, percents: tuple[str, ...] = _PERCENTS) -> float:
    """Refuses what no part can do, however the request came about (the wire checks types; Python does not).

    Args:
        request: as given.
        percents: the fields that are percentages; a role adds its own.

    Returns:
        Beats to be written: whole bars, or the clip where that is shorter.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    for field in percents:
        check_number(field, getattr(request, field), 0, 100, "Use a percentage from 0 to 100.")
    check_number("bars", request.bars, 1, 64, "Use a whole number of bars from 1 to 64.", whole=True)
    check_frame(request)
    for field, hint in _WORDS.items():
        _check_words(field, getattr(request, field), hint)
    if request.swing_grid not in ("style", "8", "16"):
        raise InvalidValue("swing_grid", request.swing_grid, 'Use "8", "16" or "style".')
    _check_chords(request.chords)
    check_steer(request.steer)
    if request.harmony_notes is not None:
        check_notes("harmony_notes", request.harmony_notes)
    return _beats(request)


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


def check_frame(request: _Framed) -> None:
    """Refuses a tempo, a seed, a time signature or a context that cannot be.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    check_number("tempo", request.tempo, 20, 999, "Use a tempo from 20 to 999 beats per minute.")
    if request.seed is not None:
        hint = f"Use a whole number from 0 to {SEEDS - 1}, or leave it out to have one drawn."
        check_number("seed", request.seed, 0, SEEDS - 1, hint, whole=True)
    numerator, denominator = request.signature_numerator, request.signature_denominator
    check_number("signature_numerator", numerator, 1, 99, "Use a whole number from 1 to 99.", whole=True)
    if denominator not in DENOMINATORS or isinstance(denominator, bool):
        raise InvalidValue("signature_denominator", denominator, "Use 1, 2, 4, 8 or 16.")
    if request.context is not None:
        check_context(request.context)


def _beats(request: PartRequest) -> float:
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    if request.bars * bar > LONGEST_BEATS:
        fits = int(LONGEST_BEATS // bar)
        raise InvalidValue("bars", request.bars, f"Bars of {bar:g} beats are long: use 1 to {fits} of them.")
    if request.clip_length is None:
        return request.bars * bar
    hint = f"A clip needs a length of at least {SHORTEST_CLIP} beats."
    check_number("clip_length", request.clip_length, SHORTEST_CLIP, math.inf, hint)
    return min(request.bars * bar, request.clip_length)


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


def _check_words(field: str, value: Any, hint: str) -> None:
    if value is None and field in ("key", "mode"):
        return
    if not isinstance(value, str) or not value.strip():
        raise InvalidValue(field, value, hint)
    limit = LONGEST_PROGRESSION_TEXT if field == "progression" else 400
    if len(value) > limit:
        raise InvalidValue(field, value, f"Use at most {limit} characters.")


def _check_chords(chords: Any) -> None:
    if chords is None:
        return
    if not isinstance(chords, list) or not all(isinstance(chord, ChordAt) for chord in chords):
        raise InvalidValue("chords", chords, "Give chords in time, or leave them out.")
    if not chords:
        raise InvalidValue("chords", chords, "Give at least one chord, or leave them out.")
    for number, chord in enumerate(chords, start=1):
        if not is_number(chord.start) or chord.start < 0 or not is_number(chord.duration) or chord.duration <= 0:
            hint = f"Chord {number} needs a start of 0 or more and a duration above 0, in beats."
            raise InvalidValue("chords", chord.start, hint)
        if not (chord.symbol or "").strip() and not chord.pitch_classes:
            hint = f'Chord {number} needs a symbol ("Dm7") or pitch classes.'
            raise InvalidValue("chords", chord.symbol, hint)
        tones = [*(chord.pitch_classes or ()), *(pc for pc in (chord.root, chord.bass) if pc is not None)]
        if not all(is_number(pc, whole=True) and 0 <= pc <= 11 for pc in tones):
            raise InvalidValue(
                "chords", tones, f"Chord {number}: pitch classes are whole numbers from 0 (C) to 11 (B)."
            )
