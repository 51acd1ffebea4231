"""The bass styles on the shelf (``presets/bass``), read into types."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

import presets
from engine import typed
from engine.compose.part.auto import choose_style
from engine.compose.request import ChordsContext

__all__ = [
    "BassStyle",
    "Cell",
    "Cells",
    "Ghost",
    "Hit",
    "Pattern",
    "Sequence",
    "bass_styles",
    "find_style",
    "moved_style",
]


_LOWEST = 24
"""MIDI number below which no register goes: what speakers and ears can follow."""


class Hit(msgspec.Struct, frozen=True, array_like=True):
    """One note of a pattern.

    Attributes:
        step: sixteenths from the start of the bar, or of the cell.
        tones: the tone played, and others that Complexity brings: "1 5@45" plays the fifth from 45 on.
        density: Density from which it is played; 0 for what makes the pattern what it is.
        length: sixteenths it sounds, at most until the next; 0 lasts until then.
        accent: velocity added.
    """

    step: int
    tones: str
    density: float
    length: float = 0.0
    accent: float = 0.0


class Ghost(msgspec.Struct, frozen=True, array_like=True):
    """A muted note of a pattern: its sixteenth, and how shy it is: at 50 it plays as often as the style's others."""

    step: int
    shy: float


class Pattern(msgspec.Struct, frozen=True):
    """A bar of four beats."""

    id: str
    weight: int
    hits: tuple[Hit, ...]
    ghosts: tuple[Ghost, ...] = ()


class Cell(msgspec.Struct, frozen=True):
    """One pulse group of a bar."""

    hits: tuple[Hit, ...]
    ghosts: tuple[Ghost, ...] = ()


class Cells(msgspec.Struct, frozen=True):
    """A bar of any other metre, by groups: the first, every other one, those between, and the last."""

    first: Cell
    weak: Cell
    strong: Cell
    last: Cell


class Sequence(msgspec.Struct, frozen=True):
    """A bar drawn step by step, as a sequencer is filled.

    Attributes:
        onsets: chance of a note on each sixteenth of four beats.
        tones: how often each tone is drawn.
        accents: chance of an accent, on the first step and on others.
        accent: velocity an accent adds.
        length: sixteenths a note sounds.
    """

    onsets: tuple[float, ...]
    tones: dict[str, float]
    accents: tuple[float, float]
    accent: float
    length: float


class Approach(msgspec.Struct, frozen=True):
    """How the style comes into the next chord: how often (0..1), and how readily by each way."""

    amount: float
    ways: dict[str, float]


class BassStyle(msgspec.Struct, frozen=True):
    """One kind of bass; see ``presets/schema/bass.schema.json``."""

    id: str
    name: str
    also: tuple[str, ...]
    tempo: tuple[int, int]
    words: tuple[str, ...]
    description: str
    chords: str
    line: Literal["walk", "pattern"]
    kick: Literal["with", "between"]
    low: int
    high: int
    velocity: int
    ghost_velocity: int
    gate: float
    swing: float
    swing_grid: Literal[8, 16]
    push: int
    slide: float
    ghosts: float
    approach: Approach
    simple: Cells
    compound: Cells
    patterns: tuple[Pattern, ...] = ()
    turns: tuple[Pattern, ...] = ()
    sequence: Sequence | None = None


@cache
def bass_styles() -> dict[str, BassStyle]:
    """Every style by id, in the order menus show them."""
    return {name: typed.convert(presets.load(f"bass/{name}"), BassStyle) for name in presets.load("bass")}


@cache
def _by_other_name() -> dict[str, str]:
    return {other: style.id for style in bass_styles().values() for other in style.also}


def find_style(wanted: str, context: ChordsContext | None, tempo: float) -> tuple[BassStyle, tuple[str, ...]]:
    """Finds the style: by id, by another name it goes by ("jazz" walks), or what fits where "auto" is asked.

    Args:
        wanted: as typed.
        context: what surrounds the clip; the track's name is read.
        tempo: beats per minute.

    Returns:
        The style, and a sentence where it was not named.

    Raises:
        InvalidValue: field "style".
    """
    folded = "".join(sign if sign.isalnum() else "_" for sign in wanted.strip().lower())
    return choose_style(bass_styles(), _by_other_name().get(folded, wanted), context, tempo)


def moved_style(style: BassStyle, register: int) -> BassStyle:
    """A style that plays higher or lower.

    Args:
        style: as on the shelf.
        register: semitones up; below 0 down, as far as it goes.
    """
    low = max(_LOWEST, style.low + register)
    return style if low == style.low else msgspec.structs.replace(style, low=low, high=style.high + low - style.low)
