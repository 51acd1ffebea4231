"""What can be asked of the chord composer and what it answers; also the shape on the wire."""

from __future__ import annotations

import math
from typing import Annotated, Any, Literal

import msgspec

from engine.compose.dice import SEEDS
from engine.compose.steer.request import Steer, check_steer
from engine.errors import InvalidValue
from engine.notes import DENOMINATORS, Note, beats_per_bar
from engine.theory.limits import LONGEST_PROGRESSION_TEXT

__all__ = [
    "LONGEST_BEATS",
    "SHORTEST_CLIP",
    "ChordSpan",
    "ChordsContext",
    "ChordsRequest",
    "ChordsResult",
    "Resolved",
    "check",
    "check_context",
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


def _bounds(kind: Any) -> tuple[int, int]:
    """Lowest and highest value of a ranged number, from its type: the wire and ``check`` share one range."""
    meta = kind.__metadata__[0]
    return meta.ge, meta.le if meta.lt is None else meta.lt - 1


_WHOLE = ("bars", "seed", "signature_numerator")
_RANGED: dict[str, Any] = {
    "bars": Bars,
    **dict.fromkeys(("tension", "complexity", "movement", "density", "humanise"), Percent),
    "seed": Seed,
    "tempo": Tempo,
    "signature_numerator": Numerator,
}
_RANGE_HINTS = {
    "bars": "Use a whole number of bars from {} to {}.",
    "seed": "Use a whole number from {} to {}, or leave it out to have one drawn.",
    "tempo": "Use a tempo from {} to {} beats per minute.",
    "signature_numerator": "Use a whole number from {} to {}.",
}
_RANGES = {
    field: (*_bounds(kind), field in _WHOLE, _RANGE_HINTS.get(field, "Use a percentage from {} to {}."))
    for field, kind in _RANGED.items()
}
_OPTIONAL = ("seed",)
_LEFT_OUT = {
    "key": 'Give a key ("D minor", "7A"), or leave it out to follow what surrounds the clip.',
    "mode": 'Give a mode ("dorian"), or leave it out to keep the key\'s own.',
    "progression": 'Give figures ("i VI III VII"), chord names ("Dm7 G7 Cmaj7") or "auto", or leave it out.',
    "style": 'Give a style ("deep_house") or "auto", or leave it out.',
    "voicing": 'Give a voicing ("drop2") or "auto", or leave it out.',
    "rhythm": 'Give a rhythm ("stabs") or "auto", or leave it out.',
}
"""What to do instead of giving a text without a word in it."""


def check(request: ChordsRequest) -> float:
    """Refuses a request whose numbers are out of range, however it came about.

    The wire validates from the types; a caller in Python can put anything into a struct,
    and NaN slips through every comparison.

    Args:
        request: as given.

    Returns:
        Beats to be written: whole bars, or the clip where that is shorter.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    for field, (low, high, whole, hint) in _RANGES.items():
        value: Any = getattr(request, field)
        if value is None and field in _OPTIONAL:
            continue
        if not _is_number(value, whole) or not low <= value <= high:
            raise InvalidValue(field, value, hint.format(low, high))
    check_steer(request.steer)
    for field, hint in _LEFT_OUT.items():
        _check_words(field, getattr(request, field), hint)
    if request.signature_denominator not in DENOMINATORS or isinstance(request.signature_denominator, bool):
        raise InvalidValue("signature_denominator", request.signature_denominator, "Use 1, 2, 4, 8 or 16.")
    if request.context is not None:
        check_context(request.context)
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    if request.bars * bar > LONGEST_BEATS:
        fits = int(LONGEST_BEATS // bar)
        raise InvalidValue("bars", request.bars, f"Bars of {bar:g} beats are long: use 1 to {fits} of them.")
    clip = request.clip_length
    if clip is None:
        return request.bars * bar
    if not _is_number(clip, whole=False) or clip < SHORTEST_CLIP:
        raise InvalidValue("clip_length", clip, f"A clip needs a length of at least {SHORTEST_CLIP} beats.")
    return min(request.bars * bar, clip)


def _is_number(value: Any, whole: bool) -> bool:
    if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
        return False
    return math.isfinite(value)


def _check_text(field: str, value: Any, optional: bool) -> None:
    if value is None and optional:
        return
    if not isinstance(value, str):
        raise InvalidValue(field, value, "Give text.")
    limit = LONGEST_PROGRESSION_TEXT if field == "progression" else LONGEST_TEXT
    if len(value) > limit:
        raise InvalidValue(field, value, f"Use at most {limit} characters.")


def _check_words(field: str, value: Any, hint: str) -> None:
    _check_text(field, value, optional=field in ("key", "mode"))
    if isinstance(value, str) and not value.strip():
        raise InvalidValue(field, value, hint)


def check_context(context: ChordsContext) -> None:
    """Refuses a context that cannot be; see ``check``."""
    if not isinstance(context, ChordsContext):
        raise InvalidValue("context", context, "Give what surrounds the clip as a context, or leave it out.")
    weights = context.pitch_classes
    if weights is not None and (
        len(weights) != 12 or not all(_is_number(weight, whole=False) and weight >= 0 for weight in weights)
    ):
        raise InvalidValue("context.pitch_classes", weights, "Give 12 weights of 0 or more, C first.")
    root = context.scale_root
    if root is not None and (not _is_number(root, whole=True) or not 0 <= root <= 11):
        raise InvalidValue("context.scale_root", root, "Use a pitch class from 0 (C) to 11 (B).")
    previous = context.previous
    if previous is not None and (
        len(previous) > 16 or not all(_is_number(pitch, whole=True) and 0 <= pitch <= 127 for pitch in previous)
    ):
        raise InvalidValue("context.previous", previous, "Give up to 16 MIDI pitches from 0 to 127.")
    _check_text("context.track_name", context.track_name, optional=False)
    _check_text("context.scale_name", context.scale_name, optional=True)
