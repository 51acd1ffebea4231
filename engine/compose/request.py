"""What can be asked of the chord composer and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Literal

import msgspec
from msgspec import UNSET, UnsetType

from engine.compose.dice import SEEDS
from engine.compose.recipe.offering import Offered, Offering, RecipeId
from engine.compose.steer.request import Steer
from engine.notes import Note
from engine.theory.limits import LONGEST_PROGRESSION_TEXT

__all__ = [
    "LONGEST_BEATS",
    "SHORTEST_CLIP",
    "ChordSpan",
    "ChordsContext",
    "ChordsRequest",
    "ChordsResult",
    "Resolved",
]

LONGEST_BEATS = 2048
"""Longest music written in one go: 64 bars of 32/4. Longer is refused, not cut."""

SHORTEST_CLIP = 0.0625
"""Beats of the shortest clip, a sixty-fourth note: below it there is nothing to hear."""

LONGEST_TEXT = 400

Percent = Annotated[float, msgspec.Meta(ge=0, le=100)]
Bars = Annotated[int, msgspec.Meta(ge=1, le=64)]
Seed = Annotated[int, msgspec.Meta(ge=0, lt=SEEDS)]
Tempo = Annotated[float, msgspec.Meta(ge=20, le=999)]
Numerator = Annotated[int, msgspec.Meta(ge=1, le=99)]
Length = Annotated[float, msgspec.Meta(ge=SHORTEST_CLIP)]
PitchClass = Annotated[int, msgspec.Meta(ge=0, le=11)]
Pitch = Annotated[int, msgspec.Meta(ge=0, le=127)]
Text = Annotated[str, msgspec.Meta(max_length=LONGEST_TEXT)]
Histogram = Annotated[list[Annotated[float, msgspec.Meta(ge=0)]], msgspec.Meta(min_length=12, max_length=12)]


class ChordsContext(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What surrounds the clip in the Set; every field may be left out.

    Attributes:
        track_name: name of the track, read for words that speak for a style.
        scale_root: Live's scale root, pitch class 0..11.
        scale_name: Live's scale name ("Minor", "Dorian").
        scale_mode: whether Live's scale is switched on.
        pitch_classes: 12 weights, C first: how many beats each pitch class sounds in the Set.
        previous: MIDI pitches of the chord that sounds just before, to lead on from.
    """

    track_name: Text = ""
    scale_root: PitchClass | None = None
    scale_name: Text | None = None
    scale_mode: bool = False
    pitch_classes: Histogram | None = None
    previous: Annotated[list[Pitch], msgspec.Meta(max_length=16)] | None = None


class ChordsRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wish for chords; nothing is required.

    Attributes:
        key: a key in any usual spelling or a Camelot code; a note alone leaves the mode to
            the progression; left out (or "follow"), the key comes from ``context``.
        mode: a mode's name that overrides the key's own; left out or "auto": none.
        progression: "auto"; "#1" to "#12" of the style's stock; a stock id
            ("house.anthem"); or own text: romans ("i VI III VII") or chord names ("Dm7 G7
            Cmaj7"), with ``|`` between bars where wanted.
        style: a style's id, or "auto" for the track's name and the tempo to decide.
        bars: how many bars to write.
        voicing: a voicing's id, or "auto" for one the style is used to.
        rhythm: a rhythm's id, or "auto" for one the style is used to.
        tension: how much the chords want to move on, percent; 0 leaves them at rest.
        complexity: added tones and passing chords, percent; 0 leaves figures as written.
        movement: how far the voices travel, percent; low is smoothest.
        density: how often chords strike, percent.
        humanise: looseness of timing and loudness, percent; 0 is on the grid.
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
    progression: Annotated[str, msgspec.Meta(max_length=LONGEST_PROGRESSION_TEXT)] = "auto"
    style: Text = "auto"
    bars: Bars = 8
    voicing: Text = "auto"
    rhythm: Text = "auto"
    tension: Percent = 35.0
    complexity: Percent = 35.0
    movement: Percent = 40.0
    density: Percent = 50.0
    humanise: Percent = 20.0
    seed: Seed | None = None
    tempo: Tempo = 120.0
    signature_numerator: Numerator = 4
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4
    clip_length: Length | None = None
    context: ChordsContext | None = None
    steer: Steer | None = None
    recipe: RecipeId = ""
    offer: Offering | None = None


class ChordSpan(msgspec.Struct, frozen=True):
    """One chord of the answer.

    Attributes:
        start: beats from the clip's start.
        duration: beats until the next chord.
        figure: roman figure or chord name as written; "V7/VI" and the like where the
            composer put a chord of its own.
        symbol: chord symbol as coloured ("Dm9").
        pitches: MIDI pitches, lowest first.
    """

    start: float
    duration: float
    figure: str
    symbol: str
    pitches: list[int]


class Resolved(msgspec.Struct, frozen=True):
    """What the request came to: sent back as a request with the seed, it makes the same notes.

    Attributes:
        key: name of the key in use ("B minor").
        camelot: its place on the Camelot wheel ("10A").
        style: id. style_name: as shown.
        progression: stock id, or the own text. progression_name: short text for a label.
        figures: the figures, one text each.
        voicing, rhythm: ids in use.
        bars, tempo, signature_numerator, signature_denominator: as used.
        tension, complexity, movement, density, humanise: percent, as used.
    """

    key: str
    camelot: str
    style: str
    style_name: str
    progression: str
    progression_name: str
    figures: list[str]
    voicing: str
    rhythm: str
    bars: int
    tempo: float
    signature_numerator: int
    signature_denominator: int
    tension: float
    complexity: float
    movement: float
    density: float
    humanise: float


class ChordsResult(msgspec.Struct, frozen=True):
    """The answer.

    Attributes:
        take: id of this recipe: same id, same notes.
        seed: given or drawn.
        notes: by start, then pitch; all within 0..length.
        length: beats covered.
        chords: the harmony as it sounds, in order, without gaps.
        resolved: every parameter as used.
        summary: one line ("4 chords, 8 bars, D minor").
        notices: sentences about what was decided on the way.
        steered: every parameter that ``steer`` moved and where it stands; with register, velocity and swing, what is
            added to the style's. Empty where nothing was.
        stretched: what learnt curves were stretched by; sent as ``steer.stretch`` it makes the same notes again.
        offered: why this take was offered; absent where ``offer`` was left out.
        others: runners-up, the next one first, each with ``offered`` of its own; absent where ``offer`` was.
    """

    take: str
    seed: int
    notes: list[Note]
    length: float
    chords: list[ChordSpan]
    resolved: Resolved
    summary: str
    notices: list[str]
    steered: dict[str, float] = {}
    stretched: dict[str, float] = {}
    offered: Offered | UnsetType = UNSET
    others: list[ChordsResult] | UnsetType = UNSET
