"""Lays a progression over the bars to be filled: which chord sounds from when to when."""

from __future__ import annotations

import msgspec

from engine.compose.metre import divide
from engine.errors import InvalidValue, shorten
from engine.notes import beats_per_bar
from engine.theory.chords import Chord

__all__ = ["Span", "lay_out"]

_SHORTEST = 0.2
_REMNANT = 0.1


class Span(msgspec.Struct, frozen=True, gc=False):
    """One chord in time.

    Attributes:
        start: beats from the clip's start.
        duration: beats.
        chord: what sounds.
        place: which chord of the progression this is, 0 first; a chord keeps its place
            each time round, so that it is coloured alike.
        bar: the bar it starts in, 0 first.
        written: whether it stands in the progression, rather than being put in between.
    """

    start: float
    duration: float
    chord: Chord
    place: int
    bar: int
    written: bool = True

    @property
    def end(self) -> float:
        """Beats from the clip's start to where the next chord takes over."""
        return self.start + self.duration


def lay_out(
    progression: tuple[tuple[Chord, ...], ...], bars: int, metre: tuple[int, int], length: float, *, trim: bool
) -> list[Span]:
    """Repeats or tightens a progression to fill a number of bars.

    A progression shorter than the bars goes round; a longer one is tightened by a whole
    factor, so that all of it is heard (four bars of chords in two bars: two a bar). A
    chord lasting over a bar line becomes one span for each bar.

    Args:
        progression: chords of each of its bars.
        bars: bars to fill, at least 1.
        metre: numerator and denominator of the signature.
        length: beats after which nothing sounds; at most the bars.
        trim: whether a bar too short for its chords keeps the first ones instead of refusing.

    Returns:
        Spans in order, without gaps, from 0 to ``length``.

    Raises:
        InvalidValue: field "progression" when a bar of it holds more chords than can be
            heard, field "bars" when all of them do not fit into so few.
    """
    bar_length = beats_per_bar(*metre)
    laid = _tightened(_placed(progression), bars)
    room = max(1, int(bar_length / _SHORTEST))
    if any(len(bar) > room for bar in laid) and not trim:
        raise _overfull(progression, bars, bar_length, room)
    laid = [bar[:room] for bar in laid]
    spans: list[Span] = []
    for bar in range(bars):
        here = laid[bar % len(laid)]
        start = bar * bar_length
        for (place, chord), duration in zip(here, divide(*metre, len(here)), strict=True):
            if spans and start > length - _REMNANT:
                # What the clip's end leaves of this chord is too short to hear: the one before stays.
                spans[-1] = msgspec.structs.replace(spans[-1], duration=length - spans[-1].start)
                return spans
            spans.append(Span(start, min(duration, length - start), chord, place, bar))
            start += duration
    return spans


def _overfull(progression: tuple[tuple[Chord, ...], ...], bars: int, bar_length: float, room: int) -> InvalidValue:
    """Says what holds too many chords: a bar as it was written, which more bars would not help, or the whole."""
    for number, bar in enumerate(progression, start=1):
        if len(bar) > room:
            figures = " ".join(chord.figure for chord in bar)
            has = f"Bar {number} of the progression ({shorten(figures, 40)}) has {len(bar)} chords"
            hint = f"{has}, but a bar of {bar_length:g} beats holds {room} at most: put bar lines between them."
            return InvalidValue(
                "progression", " | ".join(" ".join(chord.figure for chord in b) for b in progression), hint
            )
    written = f"{sum(len(bar) for bar in progression)} chords"
    held = f"{bars} bar{'s' * (bars > 1)} of {bar_length:g} beats"
    return InvalidValue("bars", bars, f"{written} are too many for {held}: use more bars or fewer chords.")


def _placed(progression: tuple[tuple[Chord, ...], ...]) -> list[list[tuple[int, Chord]]]:
    """Numbers the chords; the same chord held over a bar line keeps its number."""
    place, last = -1, None
    placed: list[list[tuple[int, Chord]]] = []
    for bar in progression:
        row = []
        for chord in bar:
            if chord != last:
                place, last = place + 1, chord
            row.append((place, chord))
        placed.append(row)
    return placed


def _tightened(placed: list[list[tuple[int, Chord]]], bars: int) -> list[list[tuple[int, Chord]]]:
    factor = -(-len(placed) // bars)
    if factor == 1:
        return placed
    tight = []
    for first in range(0, len(placed), factor):
        row: list[tuple[int, Chord]] = []
        for bar in placed[first : first + factor]:
            row.extend(item for item in bar if not row or item[0] != row[-1][0])
        tight.append(row)
    return tight
