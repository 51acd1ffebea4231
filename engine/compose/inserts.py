"""Chords put between chords: suspensions and secondary dominants by Tension, passing chords by Complexity.

Only the shelf's progressions are added to; what a person typed keeps its roots and gets
suspensions alone. Each possible insertion has
its own fixed threshold, so a knob brings them in one by one and always the same ones for
the same seed.
"""

from __future__ import annotations

import re

import msgspec

from engine.compose.colour import Palette, local_scale
from engine.compose.naming import recoloured
from engine.compose.spans import Span
from engine.errors import InvalidValue
from engine.theory.chords import Chord
from engine.theory.key import Key
from engine.theory.romans import read_roman
from engine.theory.spelling import FLAT_NAMES, SHARP_NAMES

__all__ = ["insert_chords", "suspend"]

_NUMERAL = re.compile(r"[b#]?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)")
_PHRASE = 8
_SECONDARY_FROM = 42.0
_PASSING_FROM = 40.0
_SUSPEND_FROM = 22.0
_OWN_SUSPEND_FROM = 36.0
"""Just above where the knob stands when nobody turned it: typed chords then keep their thirds."""


def insert_chords(spans: list[Span], key: Key, own: bool, palette: Palette) -> list[Span]:
    """Gives the end of some chords to one that leads into the next.

    Args:
        spans: as laid out, in order.
        key: what inserted figures are read in.
        own: whether a person typed the progression; then nothing is inserted.
        palette: the knobs and the style.

    Returns:
        Spans in order, covering the same time.
    """
    if own:
        return spans
    out: list[Span] = []
    for index, span in enumerate(spans):
        # The last chord leads to the first: a clip is a loop.
        follower = spans[(index + 1) % len(spans)]
        leading = _leading_chord(span, follower, key, palette)
        if leading is None:
            out.append(span)
            continue
        kept = span.duration - _share(span)
        out.append(msgspec.structs.replace(span, duration=kept))
        out.append(Span(span.start + kept, span.duration - kept, leading, span.place, span.bar, written=False))
    return out


def _share(span: Span) -> float:
    """Beats given away: the last quarter of a long chord, the second half of a short one."""
    return 1.0 if span.duration >= 3.0 else span.duration / 2.0


def _leading_chord(span: Span, follower: Span, key: Key, palette: Palette) -> Chord | None:
    if span.duration < 2.0 or span.chord.root == follower.chord.root:
        return None
    dice, style = palette.dice, palette.style
    where = (span.place, span.bar % _PHRASE)
    secondary = style.tension.secondary * _rise(palette.tension, _SECONDARY_FROM)
    if secondary and dice.uniform("secondary", *where) < secondary:
        return _dominant_of(follower.chord, key, span.chord)
    passing = style.passing.amount * _rise(palette.complexity, _PASSING_FROM)
    if passing and dice.uniform("passing", *where) < passing:
        return _passing(span.chord, follower.chord, key, palette, dice.uniform("passing side", *where))
    return None


def _rise(knob: float, start: float) -> float:
    return max(0.0, (knob - start) / (100.0 - start))


def _dominant_of(target: Chord, key: Key, before: Chord) -> Chord | None:
    numeral = _NUMERAL.match(target.figure)
    diminished = 3 in target.intervals and 6 in target.intervals
    if numeral is None or diminished or "/" in target.figure:
        return None
    try:
        chord = read_roman(f"V7/{numeral[0]}" if numeral[0] not in ("I", "i") else "V7", key)
    except InvalidValue:
        return None
    # The chord that is there already needs no herald, and figures of other scales may name another target.
    same = (chord.root - target.root) % 12 == 7 and chord.root != before.root
    return chord if same else None


def _passing(chord: Chord, target: Chord, key: Key, palette: Palette, side: float) -> Chord | None:
    kind = palette.style.passing.kind
    if kind == "dominant":
        return _dominant_of(target, key, chord) if side < 0.5 else _substitute(chord, target)
    if kind == "chromatic":
        return _neighbour(chord, target, side)
    return _step_between(chord, target, key, palette, side)


def _substitute(chord: Chord, target: Chord) -> Chord | None:
    """The dominant a tritone away: half a step above where it leads."""
    root = (target.root + 1) % 12
    return None if root == chord.root else _made(root, (0, 4, 7, 10), FLAT_NAMES)


def _neighbour(chord: Chord, target: Chord, side: float) -> Chord | None:
    """The chord to come, half a step too high or too low."""
    step = 1 if side < 0.6 else -1
    root = (target.root + step) % 12
    core = tuple(tone for tone in target.intervals if tone <= 11)
    # From above it is heard as lowered, from below as raised.
    return None if root == chord.root else _made(root, core, FLAT_NAMES if step > 0 else SHARP_NAMES)


def _step_between(chord: Chord, target: Chord, key: Key, palette: Palette, side: float) -> Chord | None:
    """The key's own chord a step from the one to come, on the side the line arrives from."""
    scale = palette.scale
    if target.root not in scale:
        return None
    home = scale.index(target.root)
    above = (chord.root - target.root) % 12 in (3, 4, 5) or ((chord.root - target.root) % 12 in (6, 7) and side < 0.5)
    root = scale[(home + (1 if above else -1)) % len(scale)]
    if root == chord.root:
        root = scale[(home + (-1 if above else 1)) % len(scale)]
    tones = frozenset((pc - root) % 12 for pc in scale)
    third = 4 if 4 in tones else 3
    fifth = 7 if 7 in tones else 6
    names = FLAT_NAMES if key.signature < 0 else SHARP_NAMES
    return None if root == chord.root else _made(root, (0, third, fifth), names)


def _made(root: int, intervals: tuple[int, ...], names: tuple[str, ...]) -> Chord | None:
    blank = Chord(root=root, intervals=(), bass=root, figure="passing", symbol=names[root], quality="")
    chord = recoloured(blank, intervals)
    return chord if chord.intervals else None


def suspend(spans: list[Span], palette: Palette) -> list[Span]:
    """Delays the third of some chords: a fourth (or second) first, then the chord itself.

    Args:
        spans: coloured, in order.
        palette: the knobs and the style.

    Returns:
        Spans in order, covering the same time.
    """
    start = _OWN_SUSPEND_FROM if palette.own else _SUSPEND_FROM
    chance = palette.style.tension.suspension * _rise(palette.tension, start)
    if chance == 0:
        return spans
    out: list[Span] = []
    for span in spans:
        where = (span.place, span.bar % _PHRASE)
        hanging = _suspended(span, palette) if palette.dice.uniform("suspend", *where) < chance else None
        if hanging is None:
            out.append(span)
            continue
        half = 2.0 if span.duration >= 4.0 else span.duration / 2.0
        out.append(msgspec.structs.replace(span, duration=half, chord=hanging))
        out.append(msgspec.structs.replace(span, start=span.start + half, duration=span.duration - half))
    return out


def _suspended(span: Span, palette: Palette) -> Chord | None:
    tones = set(span.chord.intervals)
    third = tones & {3, 4}
    if span.duration < 2.0 or not span.written or not third or 7 not in tones or tones & {17, 18, 15, 20}:
        return None
    if {4, 10} <= tones:
        # A dominant pulls by its tritone already; a fourth in place of the third would ease it.
        return None
    home = local_scale(span.chord, palette.scale)
    tones -= third
    if 5 in home:
        tones.add(5)
    elif 2 in home:
        tones -= {14}
        tones.add(2)
    else:
        return None
    return recoloured(span.chord, tones)
