"""The shelf of melody styles as typed objects; see ``presets/schema/melody_styles.schema.json``."""

from __future__ import annotations

from functools import cache

import msgspec

import presets
from engine import typed
from engine.compose.part.auto import choose_style
from engine.compose.request import ChordsContext

__all__ = ["Style", "chosen", "styles"]


class Figure(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A bar's worth of rhythm that a style is known by: sixteenths of 4/4, "x" struck, "." not, "-" either."""

    steps: str
    weight: float


class Style(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One kind of melody, told by how it departs from the songs the weights were learnt on.

    Attributes:
        id, name, description: as on the wire, as shown, what it is.
        words: words in a track's name that speak for it.
        tempo: beats per minute it is usually played at, from and to. usual: whether the tempo alone may choose it.
        chord_style: id of the chord style whose stock is drawn from where no harmony is given.
        figures: rhythms of which each take follows one; none: as learnt.
        follow: how firmly one is followed, log-odds.
        rates: how readily notes begin on strong beats, other beats, eighths between, sixteenths.
        rest: restfulness. again: repetition. leap: leapiness. same: repeated notes. five: tones that pentatonic scales
            leave out. tones: chord tones. These and the rates in deviations from the mean of real songs.
        spread: how much takes differ in these traits, 1 as much as songs do.
        centre: MIDI number in the middle of the range. wander: share of real singers' differences of register.
        reach: semitones of range; None as in songs.
        colour: degrees foreign to the key (semitones above the tonic, as text) that are admitted all the same, with
            log-weights.
        legato: how much longer notes are held than in songs, ranks of -1 to 1.
        velocity: loudness of the middle. accent: accents of the metre, as a factor of those in songs.
        swing: own swing, 0 straight to 1 triplets. grid: which off-beats swing, 8 or 16.
    """

    id: str
    name: str
    description: str
    words: tuple[str, ...]
    tempo: tuple[int, int]
    usual: bool
    chord_style: str
    figures: tuple[Figure, ...]
    follow: float
    rates: tuple[float, float, float, float]
    rest: float
    again: float
    leap: float
    same: float
    five: float
    tones: float
    spread: float
    centre: float
    wander: float
    reach: int | None
    colour: dict[str, float]
    legato: float
    velocity: float
    accent: float
    swing: float
    grid: int


@cache
def styles() -> dict[str, Style]:
    """Every style by id, in the order menus show them."""
    return {style.id: style for style in typed.convert(presets.load("melody/styles"), list[Style])}


def chosen(wanted: str, context: ChordsContext | None, tempo: float) -> tuple[Style, tuple[str, ...]]:
    """Finds the style: as asked for, or by the track's name, or by the tempo.

    Args:
        wanted: an id as typed, or "auto".
        context: what surrounds the clip; the track's name is read.
        tempo: beats per minute.

    Returns:
        The style, and a sentence saying what spoke for it; no sentence for one that was asked for.

    Raises:
        InvalidValue: field "style".
    """
    style, notices = choose_style(styles(), wanted, context, tempo)
    if not notices or notices[0].endswith("track name."):
        return style, notices
    # Much is played at one tempo: where no word spoke, only what most people mean at it.
    return choose_style({name: style for name, style in styles().items() if style.usual}, "auto", None, tempo)
