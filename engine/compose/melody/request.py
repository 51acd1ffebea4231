"""What can be asked of the melody composer and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from engine.compose.checks import MOST_NOTES, check_choice, check_notes, check_number
from engine.compose.part.request import PartRequest, PartResult, check_part
from engine.compose.request import Percent, Text
from engine.errors import InvalidValue
from engine.notes import Note

__all__ = ["CONTOURS", "PHRASES", "MelodyRequest", "MelodyResult", "Resolved", "check"]

CONTOURS = ("auto", "arch", "rise", "fall", "wave", "level")
PHRASES = (2, 4, 8)

LOWEST_CENTRE, HIGHEST_CENTRE = 36, 96
NARROWEST, WIDEST = 5, 36
USUAL_RANGE = 19

_PERCENTS = ("density", "complexity", "humanise", "swing", "variation", "tension", "rests", "leaps")

Notes = Annotated[list[Note], Meta(max_length=MOST_NOTES)]
Centre = Annotated[int, Meta(ge=LOWEST_CENTRE, le=HIGHEST_CENTRE)]
Range = Annotated[int, Meta(ge=NARROWEST, le=WIDEST)]


class MelodyRequest(PartRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wish for a melody; nothing is required. The defaults are the middle of real songs.

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
        density: how many notes, percent; 50 is the style's usual.
        complexity: how far from the plainest, percent: off-beats, sixteenths and tones foreign to the chord; above 60
            also tones foreign to the key, on their way to the next.
        humanise: looseness, percent; up to 20 only the loudness moves, as in songs that were programmed, above it the
            timing too; 0 leaves the accents of the metre.
        swing: percent; 0 is the style's own swing (or none, where ``swing_grid`` is chosen), 100 is triplets.
        swing_grid: which off-beats swing: "8" eighths, "16" sixteenths, "style" those of the style.
        variation: how much bars differ from each other, percent; 0 repeats a motif of two bars, 100 never looks back.
        seed: repeats a take; left out, one is drawn and told in the answer.
        tempo: beats (quarter notes) per minute.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        clip_length: beats of the clip that receives the notes, at least 1/16; nothing sounds past it.
        context: what surrounds the clip.
        tension: how much the melody leans on what wants to move on, percent: foreign tones on strong beats, open
            endings, a climb to the phrase's height; 0 rests on the chord.
        contour: course of each phrase: "arch", "rise", "fall", "wave" or "level"; "auto" draws one, lightly followed.
        phrase: bars of a phrase: 2, 4 or 8.
        rests: how much silence, percent; 50 is the style's usual.
        leaps: how wide the steps are, percent; 0 is by step, 50 as sung, 100 jumps.
        range: semitones from the lowest to the highest note at most, 5..36; most songs need 9 to 17.
        register: MIDI number in the middle of the range, 36..96; left out, the style's, or that of ``before``.
        before: notes that come before the first bar, on a time line of their own that ends with the bar they end in:
            their motif, register, rhythm and loudness are taken up.
        line: a line that sounds at the same time: the melody becomes a counter-melody to it.
        own: id or name of a style learnt from the user's own music; left out, none.
        own_amount: how many beats are that style's, percent; 0 none, 100 all.
    """

    tension: Percent = 35.0
    contour: Literal["auto", "arch", "rise", "fall", "wave", "level"] = "auto"
    phrase: Literal[2, 4, 8] = 4
    rests: Percent = 50.0
    leaps: Percent = 50.0
    range: Range = USUAL_RANGE
    register: Centre | None = None
    before: Notes | None = None
    line: Notes | None = None
    own: Text | None = None
    own_amount: Percent = 50.0


class Resolved(msgspec.Struct, frozen=True, kw_only=True):
    """What the request came to: sent back as a request with the seed and the same notes and chords, it makes the same.

    Attributes:
        key: name of the key in use ("B minor"). camelot: its place on the Camelot wheel ("10A").
        style: id. style_name: as shown.
        progression: the harmony as a label shows it. source: where it is from: "chords", "notes", "progression" or
            "stock".
        contour: the course in use.
        lowest, highest: MIDI numbers that the melody keeps between.
        bars, tempo, signature_numerator, signature_denominator, phrase, range: as used.
        density, complexity, humanise, swing, variation, tension, rests, leaps, own_amount: percent, as used.
        own: the style of the user's own that was named.
        swing_grid: as used.
    """

    key: str
    camelot: str
    style: str
    style_name: str
    progression: str
    source: str
    contour: str
    lowest: int
    highest: int
    bars: int
    tempo: float
    signature_numerator: int
    signature_denominator: int
    phrase: int
    range: int
    density: float
    complexity: float
    humanise: float
    swing: float
    swing_grid: str
    variation: float
    tension: float
    rests: float
    leaps: float
    own: str | None
    own_amount: float


class MelodyResult(PartResult, frozen=True, kw_only=True):
    """The answer.

    Attributes:
        take: id of the take: the same for the same notes from the same recipe.
        seed: repeats the take.
        notes: one at a time, by start; beats from the clip's start.
        length: beats.
        chords: the harmony that was followed.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
        resolved: every parameter as used.
        others: runners-up, the next one first, each with ``offered`` of its own; absent where ``offer`` was left out.
    """

    resolved: Resolved
    others: list[MelodyResult] | UnsetType = UNSET


def check(request: MelodyRequest) -> float:
    """Refuses what no melody can be made of, however the request came about.

    Args:
        request: as given.

    Returns:
        Beats to be written.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    length = check_part(request, _PERCENTS)
    check_choice("contour", request.contour, CONTOURS)
    if isinstance(request.phrase, bool) or request.phrase not in PHRASES:
        raise InvalidValue("phrase", request.phrase, "Use phrases of 2, 4 or 8 bars.")
    hint = f"Use a whole number of semitones from {NARROWEST} to {WIDEST}."
    check_number("range", request.range, NARROWEST, WIDEST, hint, whole=True)
    if request.register is not None:
        hint = f"Use a MIDI number from {LOWEST_CENTRE} to {HIGHEST_CENTRE}, or leave it out for the style's register."
        check_number("register", request.register, LOWEST_CENTRE, HIGHEST_CENTRE, hint, whole=True)
    for field in ("before", "line"):
        notes = getattr(request, field)
        if notes is not None:
            check_notes(field, notes)
    return length
