"""What an arp's menus offer."""

from __future__ import annotations

import msgspec

from engine.compose.arp.rates import RATES
from engine.compose.arp.shelf import accents, figures, rhythms, styles
from engine.compose.part.auto import choose_style
from engine.compose.part.options import Named, check_asked, named
from engine.compose.request import ChordsContext

__all__ = ["ArpOptions", "NamedRate", "arp_options"]


class NamedRate(msgspec.Struct, frozen=True):
    """A rate as a menu shows it: its name and the beats from step to step."""

    id: str
    beats: float


class ArpOptions(msgspec.Struct, frozen=True):
    """The menus.

    Attributes:
        style: id of the style in use; for "auto" the one that would be taken.
        style_name: as shown.
        styles, figures, rhythms, accents: entries in menu order, without "auto".
        rates: note values, the longest first.
        gate, velocity, voices, register: what the style uses where they are left to it.
    """

    style: str
    style_name: str
    styles: list[Named]
    figures: list[Named]
    rates: list[NamedRate]
    rhythms: list[Named]
    accents: list[Named]
    gate: float
    velocity: int
    voices: int
    register: int


def arp_options(style: str = "auto", context: ChordsContext | None = None, tempo: float = 120.0) -> ArpOptions:
    """Lists what can be chosen.

    Args:
        style: id or "auto".
        context: what surrounds the clip; decides "auto" together with the tempo.
        tempo: beats per minute, 20..999.

    Returns:
        The menus.

    Raises:
        InvalidValue: field "style", "tempo" or one of the context's.
    """
    check_asked(context, tempo)
    found, _ = choose_style(styles(), style, context, tempo)
    return ArpOptions(
        style=found.id,
        style_name=found.name,
        styles=named(styles()),
        figures=named(figures()),
        rates=[NamedRate(name, beats) for name, beats in sorted(RATES.items(), key=lambda each: -each[1])],
        rhythms=named(rhythms()),
        accents=named(accents()),
        gate=found.gate,
        velocity=found.velocity,
        voices=found.voices,
        register=found.register,
    )
