"""The arp's shelf of presets as typed objects: styles, rhythms, accents and the words for figures."""

from __future__ import annotations

from functools import cache
from typing import Literal

import msgspec

import presets
from engine import typed

__all__ = ["ArpStyle", "Entry", "accents", "figures", "rhythms", "styles"]


_SLOW = 0.45
"""Beats of a step from which rhythms are spelled for slow ones: eighths, and dotted eighths."""


class ArpStyle(msgspec.Struct, frozen=True):
    """What a style of arpeggio is used to; see ``presets/schema/arp_styles.schema.json``."""

    id: str
    name: str
    tempo: tuple[int, int]
    words: tuple[str, ...]
    chords: str
    description: str
    figures: dict[str, int]
    rates: dict[str, int]
    rhythms: dict[str, int]
    accents: dict[str, int]
    octaves: dict[str, int]
    gate: float
    velocity: int
    swing: float
    grid: int
    voices: int
    register: int


class Entry(msgspec.Struct, frozen=True):
    """Something a menu offers, with its words."""

    id: str
    name: str
    description: str


class StepRhythm(Entry, frozen=True, kw_only=True):
    """Which steps sound: x or a dot for each, round and round within a bar; another spelling for slow steps."""

    steps: str
    slow: str | None = None

    def at(self, beats: float) -> StepRhythm:
        """The rhythm as it is spelled for steps of so many beats."""
        return msgspec.structs.replace(self, steps=self.slow) if self.slow and beats >= _SLOW else self

    @property
    def share(self) -> float:
        """How many of its steps sound, 0..1."""
        return self.steps.count("x") / len(self.steps)


class Accents(Entry, frozen=True, kw_only=True):
    """How loud steps are, 0..1, and what the levels are spread over."""

    unit: Literal["step", "beat", "bar", "cycle"]
    levels: tuple[float, ...]


@cache
def styles() -> dict[str, ArpStyle]:
    """Every style by id, in menu order."""
    return {style.id: style for style in typed.convert(presets.load("arp/styles"), list[ArpStyle])}


@cache
def rhythms() -> dict[str, StepRhythm]:
    """Every rhythm by id, in menu order."""
    return {rhythm.id: rhythm for rhythm in typed.convert(presets.load("arp/rhythms"), list[StepRhythm])}


@cache
def accents() -> dict[str, Accents]:
    """Every pattern of accents by id, in menu order."""
    return {pattern.id: pattern for pattern in typed.convert(presets.load("arp/accents"), list[Accents])}


@cache
def figures() -> dict[str, Entry]:
    """Every figure by id, in menu order."""
    return {figure.id: figure for figure in typed.convert(presets.load("arp/figures"), list[Entry])}
