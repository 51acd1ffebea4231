"""What every part can be asked for and what it answers: the base of each role's own request, and of the wire's."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from engine.compose.checks import (
    MOST_NOTES,
    WORDS,
    check_frame,
    check_length,
    check_notes,
    check_percent,
    check_words,
    is_number,
)
from engine.compose.recipe.offering import Offered, Offering, RecipeId
from engine.compose.request import (
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
)
from engine.compose.steer.request import Steer, check_steer
from engine.errors import InvalidValue
from engine.notes import Note
from engine.theory.limits import LONGEST_PROGRESSION_TEXT

__all__ = [
    "MOST_CHORDS",
    "ChordAt",
    "PartRequest",
    "PartResult",
    "check_chords",
    "check_part",
]

MOST_CHORDS = 1024
"""Chords in time that one request may hold."""

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
        recipe: id of a recipe on the shelf or of the user's own; it says what stands at its usual value here. Left out,
            none.
        offer: draws several takes, also by recipes where ``style`` is "auto", and answers with the one that is expected
            to please most; left out, the one take that is asked for.
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
    recipe: RecipeId = ""
    offer: Offering | None = None


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
        stretched: what learnt curves were stretched by; sent as ``steer.stretch`` it makes the same notes again.
        offered: why this take was offered; absent where ``offer`` was left out.
    """

    take: str
    seed: int
    notes: list[Note]
    length: float
    chords: list[ChordSpan]
    summary: str
    notices: list[str]
    steered: dict[str, float] = {}
    stretched: dict[str, float] = {}
    offered: Offered | UnsetType = UNSET


_PERCENTS = ("density", "complexity", "humanise", "swing", "variation")


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
        check_percent(field, getattr(request, field))
    check_frame(request)
    length = check_length(request)
    for field, hint in WORDS.items():
        check_words(field, getattr(request, field), hint)
    if request.swing_grid not in ("style", "8", "16"):
        raise InvalidValue("swing_grid", request.swing_grid, 'Use "8", "16" or "style".')
    check_chords(request.chords)
    check_steer(request.steer)
    if request.harmony_notes is not None:
        check_notes("harmony_notes", request.harmony_notes)
    return length


def check_chords(chords: Any) -> None:
    """Refuses what is no harmony in time; None is none.

    Raises:
        InvalidValue: field "chords".
    """
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
