"""The shelf of presets as typed objects: styles with their progressions, rhythms, voicings."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import msgspec

import presets
from engine import typed
from engine.errors import InvalidValue, closest

__all__ = ["Progression", "Rhythm", "Style", "Voicing", "pick", "rhythms", "stock_progression", "styles", "voicings"]

Grid = tuple[float | None, ...]


class Progression(msgspec.Struct, frozen=True):
    """One progression of a style's stock; see ``presets/schema/style.schema.json``."""

    id: str
    figures: str
    mode: str
    weight: int
    description: str
    scale: str | None = None
    lengths: tuple[float, ...] | None = None

    @property
    def name(self) -> str:
        """Short text for a menu."""
        return self.figures


class Colour(msgspec.Struct, frozen=True):
    """Complexity (0..100) at which tones usually join, and a plain major chord's habit."""

    seventh: float | None
    ninth: float | None
    eleventh: float | None
    thirteenth: float | None
    major: str


class Tension(msgspec.Struct, frozen=True):
    """How readily each means of tension is used, 0..1."""

    suspension: float
    secondary: float
    altered: float


class Passing(msgspec.Struct, frozen=True):
    """How readily a chord is put between two others, 0..1, and which kind."""

    amount: float
    kind: str


class Register(msgspec.Struct, frozen=True):
    """MIDI numbers the chords keep to."""

    low: int
    high: int
    centre: int


class Style(msgspec.Struct, frozen=True):
    """One kind of music; see ``presets/schema/style.schema.json``."""

    id: str
    name: str
    tempo: tuple[int, int]
    home_key: str
    words: tuple[str, ...]
    description: str
    rhythms: dict[str, int]
    voicings: dict[str, int]
    colour: Colour
    tension: Tension
    passing: Passing
    register: Register
    gate: float
    velocity: int
    swing: float
    subdivision: int
    progressions: tuple[Progression, ...]


class Variant(msgspec.Struct, frozen=True):
    """A grid of sixteen thresholds for bars of four beats."""

    weight: int
    steps: Grid


class Cells(msgspec.Struct, frozen=True):
    """Thresholds for one pulse group, by its place in the bar."""

    first: Grid
    weak: Grid
    strong: Grid
    last: Grid | None = None


class Rhythm(msgspec.Struct, frozen=True):
    """When chords strike; see ``presets/schema/rhythms.schema.json``."""

    id: str
    name: str
    description: str
    suits: tuple[str, ...]
    anchor: bool
    gate: tuple[float, float] | None
    push: float
    spread: float
    carry: float
    accents: tuple[float, float, float, float]
    variants: tuple[Variant, ...]
    simple: Cells
    compound: Cells


class Voicing(msgspec.Struct, frozen=True):
    """A voicing as menus show it."""

    id: str
    name: str
    description: str


@cache
def styles() -> dict[str, Style]:
    """Every style by id, in the order menus show them."""
    order = presets.load("styles")
    return {name: typed.convert(presets.load(f"styles/{name}"), Style) for name in order}


@cache
def rhythms() -> dict[str, Rhythm]:
    """Every rhythm by id, in the order menus show them."""
    return {rhythm.id: rhythm for rhythm in typed.convert(presets.load("rhythms"), list[Rhythm])}


@cache
def voicings() -> dict[str, Voicing]:
    """Every voicing by id, in the order menus show them."""
    return {voicing.id: voicing for voicing in typed.convert(presets.load("voicings"), list[Voicing])}


@cache
def _all_progressions() -> dict[str, tuple[Style, Progression]]:
    return {item.id: (style, item) for style in styles().values() for item in style.progressions}


def stock_progression(name: str) -> tuple[Style, Progression] | None:
    """Finds a stock progression by id ("house.anthem"), with the style it belongs to."""
    return _all_progressions().get(name.strip().lower())


def pick(field: str, text: str, allowed: Iterable[str]) -> str:
    """Takes an id as typed ("Deep house", "deep-house") to the id it means.

    Args:
        field: name of the parameter, for the refusal.
        text: what was given.
        allowed: ids that exist; "auto" is allowed besides.

    Returns:
        One of ``allowed`` or "auto".

    Raises:
        InvalidValue: naming what is allowed.
    """
    choices = ("auto", *allowed)
    folded = "".join(sign if sign.isalnum() else "_" for sign in text.strip().lower())
    if folded in choices:
        return folded
    raise InvalidValue(field, text, f"{closest(folded, choices)}Use one of: {', '.join(choices)}.")
