"""Composes chord progressions: harmony, voicing, rhythm and touch, from one request.

The road of a request: decisions (``resolve``), chords in time (``spans``), chords between
chords (``inserts``), colour (``colour``), one voicing for each (``voicing``,
``voice_leading``), strikes (``rhythm``), notes (``humanise``). Every step is a pure
function of the request and the seed.
"""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2s

import msgspec

from engine.compose.checks import WORDS, check_frame, check_length, check_percent, check_words
from engine.compose.colour import Palette, colour
from engine.compose.dice import Dice, draw_seed
from engine.compose.humanise import play
from engine.compose.inserts import insert_chords, suspend
from engine.compose.recipe.apply import with_recipe
from engine.compose.request import ChordsContext, ChordSpan, ChordsRequest, ChordsResult, Resolved
from engine.compose.resolve import Decisions, resolve
from engine.compose.rhythm import Feel, strikes
from engine.compose.spans import Span, lay_out
from engine.compose.steer.apply import louder, steered
from engine.compose.steer.map import SteerMap, map_of
from engine.compose.steer.request import check_steer
from engine.compose.stock import rhythms, stock_progression, styles, voicings
from engine.compose.voice_leading import lead
from engine.compose.voicing import moved_register, table_for
from engine.notes import beats_per_bar

__all__ = [
    "ChordSpan",
    "ChordsContext",
    "ChordsRequest",
    "ChordsResult",
    "compose_chords",
    "rehearse_styles",
    "warm_tables",
]

RECIPE = "chords/2"
"""Changes whenever the same request would make other notes; part of every take's id."""

BEYOND = ("register", "velocity", "swing")
"""What steering moves and the request does not have."""


_PERCENTS = ("tension", "complexity", "movement", "density", "humanise")
_WORDS = {
    **WORDS,
    "style": 'Give a style ("deep_house") or "auto", or leave it out.',
    "voicing": 'Give a voicing ("drop2") or "auto", or leave it out.',
    "rhythm": 'Give a rhythm ("stabs") or "auto", or leave it out.',
}


def compose_chords(request: ChordsRequest, steering: SteerMap | None = None) -> ChordsResult:
    """Composes chords for a clip.

    Args:
        request: what is wanted; see ``ChordsRequest`` for units and ranges.
        steering: what the request's ``steer`` means; left out, what is on the shelf.

    Returns:
        Notes, the harmony as it sounds, and every decision made on the way. The same
        request with the same seed gives the same notes, bit for bit.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    request = with_recipe(request, "chords")
    length = _checked(request)
    moved = steered(request, map_of("chords", request.steer, steering), BEYOND)
    request = moved.request
    seed = draw_seed() if request.seed is None else request.seed
    dice = Dice(seed)
    decisions = resolve(request, dice)
    spans = _harmony(request, decisions, length, dice)
    rows = _voiced(spans, request, decisions, dice, round(moved.beyond.get("register", 0)))
    style = decisions.style
    metre = (request.signature_numerator, request.signature_denominator)
    feel = Feel(style.subdivision, style.gate)
    hits = strikes(spans, decisions.rhythm, density=request.density, metre=metre, feel=feel, dice=dice)
    notes = play(
        hits,
        rows,
        style=style,
        humanise=request.humanise,
        swing=moved.beyond.get("swing", 0.0),
        tempo=request.tempo,
        length=length,
        dice=dice,
    )
    resolved = _resolved(request, decisions)
    return ChordsResult(
        take=_take(resolved, seed, length, request.context, moved.mark),
        seed=seed,
        notes=louder(notes, moved.beyond.get("velocity", 0.0)),
        length=length,
        chords=_sounding(spans, rows),
        resolved=resolved,
        summary=_summary(resolved, length, request),
        notices=[*decisions.notices, *_cut_short(request, length)],
        steered=moved.told,
        stretched=moved.stretched,
    )


def _checked(request: ChordsRequest) -> float:
    """Refuses what cannot be composed; beats to be written."""
    for field in _PERCENTS:
        check_percent(field, getattr(request, field))
    check_frame(request)
    check_steer(request.steer)
    for field, hint in _WORDS.items():
        check_words(field, getattr(request, field), hint)
    return check_length(request)


def _harmony(request: ChordsRequest, decisions: Decisions, length: float, dice: Dice) -> list[Span]:
    palette = Palette(
        style=decisions.style,
        scale=decisions.scale,
        complexity=request.complexity,
        tension=request.tension,
        quartal=decisions.voicing == "quartal",
        own=decisions.own,
        dice=dice,
    )
    metre = (request.signature_numerator, request.signature_denominator)
    spans = lay_out(decisions.bars, request.bars, metre, length, trim=not decisions.own)
    spans = insert_chords(spans, decisions.key, decisions.own, palette)
    coloured = []
    for index, span in enumerate(spans):
        follower = _next_chord_root(spans, index)
        falls = (span.chord.root - follower) % 12 == 7
        coloured.append(msgspec.structs.replace(span, chord=colour(span.chord, span.place, falls, palette)))
    return suspend(coloured, palette)


def _next_chord_root(spans: list[Span], index: int) -> int:
    """Root of the next chord that differs; a vamp on one chord leads to itself."""
    root = spans[index].chord.root
    for step in range(1, len(spans)):
        following = spans[(index + step) % len(spans)].chord.root
        if following != root:
            return following
    return root


def _voiced(
    spans: list[Span], request: ChordsRequest, decisions: Decisions, dice: Dice, shift: int
) -> list[tuple[int, ...]]:
    register = moved_register(decisions.style.register, decisions.voicing, shift)
    chords = [span.chord for span in spans]
    tables = [table_for(chord.root, chord.intervals, chord.bass, decisions.voicing, register) for chord in chords]
    previous = request.context.previous if request.context else None
    return lead(tables, request.movement, previous or None, dice)


def _sounding(spans: list[Span], rows: list[tuple[int, ...]]) -> list[ChordSpan]:
    """The harmony for a reader: neighbours that sound the same are one chord."""
    out: list[ChordSpan] = []
    for span, row in zip(spans, rows, strict=True):
        if out and out[-1].symbol == span.chord.symbol and out[-1].pitches == list(row):
            out[-1] = msgspec.structs.replace(out[-1], duration=span.end - out[-1].start)
            continue
        out.append(ChordSpan(span.start, span.duration, span.chord.figure, span.chord.symbol, list(row)))
    return out


def _resolved(request: ChordsRequest, decisions: Decisions) -> Resolved:
    return Resolved(
        key=decisions.key.name,
        camelot=decisions.key.camelot,
        style=decisions.style.id,
        style_name=decisions.style.name,
        progression=decisions.progression,
        progression_name=decisions.name,
        figures=list(decisions.figures),
        voicing=decisions.voicing,
        rhythm=decisions.rhythm.id,
        bars=request.bars,
        tempo=request.tempo,
        signature_numerator=request.signature_numerator,
        signature_denominator=request.signature_denominator,
        tension=request.tension,
        complexity=request.complexity,
        movement=request.movement,
        density=request.density,
        humanise=request.humanise,
    )


def _take(resolved: Resolved, seed: int, length: float, context: ChordsContext | None, mark: tuple[object, ...]) -> str:
    previous = context.previous if context else None
    recipe = msgspec.json.encode([RECIPE, resolved, seed, length, previous, *mark])
    return blake2s(recipe, digest_size=5).hexdigest()


def _summary(resolved: Resolved, length: float, request: ChordsRequest) -> str:
    chords = len(resolved.figures)
    bars = length / beats_per_bar(request.signature_numerator, request.signature_denominator)
    shown = f"{bars:.2f}".rstrip("0").rstrip(".")
    return f"{chords} chord{'s' * (chords != 1)}, {shown} bar{'s' * (shown != '1')}, {resolved.key}"


def _cut_short(request: ChordsRequest, length: float) -> list[str]:
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    if length >= request.bars * bar:
        return []
    return [f"The clip is {length:g} beats long, so the music ends there."]


def warm_tables() -> None:
    """Reads the presets and makes one take, so that every table and every type has been met."""
    rhythms()
    voicings()
    stock_progression("")
    compose_chords(ChordsRequest(seed=0))


def rehearse_styles() -> Iterator[str]:
    """Makes two takes in every style, one a step; see ``engine.compose.rehearse``."""
    for style in styles():
        for seed in (0, 1):
            compose_chords(ChordsRequest(style=style, seed=seed))
            yield style
