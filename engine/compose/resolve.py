"""Turns a request full of "auto" into decisions: style, key, progression, rhythm, voicing."""

from __future__ import annotations

import msgspec

from engine.compose.auto_style import auto_style
from engine.compose.dice import Dice
from engine.compose.find_key import FoundKey, find_key, fit_to_progression, scale_of
from engine.compose.request import ChordsContext, ChordsRequest
from engine.compose.stock import (
    Progression,
    Rhythm,
    Style,
    pick,
    rhythms,
    stock_progression,
    styles,
    voicings,
)
from engine.errors import InvalidValue
from engine.theory.chords import Chord
from engine.theory.keys import Key, estimate_key, usual_key
from engine.theory.progressions import progression_mode, read_bars
from engine.theory.romans import is_roman

__all__ = ["Decisions", "key_of", "resolve", "resolve_style", "suiting"]

_SHORT = 40
_UNSUITED = 0.08


class Decisions(msgspec.Struct, frozen=True):
    """Everything a take is made from besides the knobs.

    Attributes:
        style: the style in use.
        key: the key the answer names.
        scale: pitch classes added tones are taken from.
        bars: the progression, one tuple of chords for each of its bars.
        own: whether a person typed the progression; its chords then stand as typed.
        progression: stock id or the own text. name: short text for a label.
        figures: the progression's figures, each chord once.
        rhythm: the rhythm in use. voicing: its id.
        notices: sentences about what was decided.
    """

    style: Style
    key: Key
    scale: tuple[int, ...]
    bars: tuple[tuple[Chord, ...], ...]
    own: bool
    progression: str
    name: str
    figures: tuple[str, ...]
    rhythm: Rhythm
    voicing: str
    notices: tuple[str, ...]


def resolve_style(style: str, context: ChordsContext | None, tempo: float) -> tuple[Style, tuple[str, ...]]:
    """Finds the style.

    Args:
        style: id or "auto".
        context: what surrounds the clip; the track's name is read.
        tempo: beats per minute.

    Returns:
        The style and notices (empty when it was asked for).

    Raises:
        InvalidValue: field "style".
    """
    wanted = pick("style", style, styles())
    if wanted != "auto":
        return styles()[wanted], ()
    found, notice = auto_style(context.track_name if context else "", tempo)
    return found, (notice,)


def resolve(request: ChordsRequest, dice: Dice) -> Decisions:
    """Decides everything that was left open.

    Args:
        request: checked for ranges.
        dice: of the take's seed.

    Returns:
        The decisions, with notices in the order they were made.

    Raises:
        InvalidValue: field "style", "key", "mode", "progression", "rhythm" or "voicing".
    """
    text = request.progression.strip()
    stocked = stock_progression(text)
    notices: tuple[str, ...] = ()
    if stocked and pick("style", request.style, styles()) == "auto":
        style = stocked[0]
    else:
        style, notices = resolve_style(request.style, request.context, request.tempo)
    found = find_key(request.key, request.mode, request.context, style.home_key)
    rhythm_id = pick("rhythm", request.rhythm, rhythms())
    voicing = pick("voicing", request.voicing, voicings())
    item = stocked[1] if stocked else _from_menu(text, style, found, dice)
    if item is not None:
        found = fit_to_progression(found, item.mode)
        chords, scale = _stock_bars(item, found.key), _stock_scale(item, found.key)
        figures = tuple(item.figures.split())
    else:
        found, chords, scale = _own(text, found)
        figures = tuple(chord.figure for bar in chords for chord in bar)
    rhythm = rhythms()[dice.choice("rhythm", style.rhythms) if rhythm_id == "auto" else rhythm_id]
    return Decisions(
        style=style,
        key=found.key,
        scale=scale,
        bars=chords,
        own=item is None,
        progression=item.id if item else text,
        name=item.name if item else _short(text),
        figures=figures,
        rhythm=rhythm,
        voicing=suiting(style, rhythm, dice) if voicing == "auto" else voicing,
        notices=(*notices, *found.notices),
    )


def suiting(style: Style, rhythm: Rhythm, dice: Dice) -> str:
    """Draws one of the style's voicings, seldom one that does not go with the rhythm."""
    weights = {name: weight * (1.0 if name in rhythm.suits else _UNSUITED) for name, weight in style.voicings.items()}
    return dice.choice("voicing", weights)


def _from_menu(text: str, style: Style, found: FoundKey, dice: Dice) -> Progression | None:
    """A progression of the style's stock, or None when the text is a person's own."""
    if text.lower() == "auto":
        return _draw(style, found, dice)
    if not text.startswith("#") or not text[1:].strip().isdigit():
        return None
    number = int(text[1:])
    if not 1 <= number <= len(style.progressions):
        raise InvalidValue("progression", text, f"{style.name} has progressions #1 to #{len(style.progressions)}.")
    return style.progressions[number - 1]


def _draw(style: Style, found: FoundKey, dice: Dice) -> Progression:
    candidates = style.progressions
    if found.mode_said:
        # Who asked for C dorian wants a dorian vamp where the style has one, else at least a minor one.
        gender = "minor" if found.key.minor_third else "major"
        same = [item for item in candidates if item.scale == found.key.mode]
        candidates = tuple(same or [item for item in candidates if item.mode == gender] or candidates)
    return candidates[dice.index("progression", [item.weight for item in candidates])]


def _stock_bars(item: Progression, key: Key) -> tuple[tuple[Chord, ...], ...]:
    # Stock figures are written for plain major and minor; a mode colours, it does not move them.
    home = key if key.mode == item.mode else usual_key(key.tonic_pc, item.mode)
    chords = [chord for bar in read_bars(item.figures, home) for chord in bar]
    lengths = item.lengths or (1.0,) * len(chords)
    bars: list[tuple[Chord, ...]] = []
    waiting: list[Chord] = []
    filled = 0.0
    for chord, length in zip(chords, lengths, strict=True):
        if length >= 1:
            bars.extend([(chord,)] * int(length))
            continue
        waiting.append(chord)
        filled += length
        if filled >= 1 - 1e-6:
            bars.append(tuple(waiting))
            waiting, filled = [], 0.0
    return tuple(bars)


def _stock_scale(item: Progression, key: Key) -> tuple[int, ...]:
    return scale_of(key, item.scale or (item.mode if key.mode in ("major", "minor") else None))


def _own(text: str, found: FoundKey) -> tuple[FoundKey, tuple[tuple[Chord, ...], ...], tuple[int, ...]]:
    found = fit_to_progression(found, progression_mode(text))
    bars = read_bars(text, found.key)
    chords = [chord for bar in bars for chord in bar]
    if any(is_roman(chord.figure) for chord in chords):
        return found, bars, scale_of(found.key, None)
    heard = key_of(chords)
    if found.asked:
        notice = f"Chord names are played as written; {found.key.name} does not move them."
        return msgspec.structs.replace(found, notices=(*found.notices, notice)), bars, scale_of(heard, None)
    notice = f"Chord names are played as written; together they sound like {heard.name}."
    return msgspec.structs.replace(found, key=heard, notices=(notice,)), bars, scale_of(heard, None)


def key_of(chords: list[Chord]) -> Key:
    """The key that chords sound like together.

    Args:
        chords: in order, at least one; where they begin and, more so, where they end speaks for home.
    """
    weights = [0.0] * 12
    for position, chord in enumerate(chords):
        stress = 1.0 + 0.5 * (position == 0) + 1.0 * (position == len(chords) - 1)
        for pc in chord.pcs:
            weights[pc] += stress * (2.0 if pc == chord.root else 1.0)
    return estimate_key(weights)[0]


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _SHORT else f"{words[: _SHORT - 3]}..."
