"""What came before: the bars that a melody goes on from, and what they tell of its singer."""

from __future__ import annotations

import itertools
import math

import msgspec

from engine.compose.melody.slots import Bar
from engine.notes import Note

__all__ = ["Before", "read_before"]

_MOST_BARS = 8
_CLOSE = 1e-6


class Before(msgspec.Struct, frozen=True, gc=False):
    """The bars before.

    Attributes:
        bars: the notes of each bar as (sixteenth, pitch), oldest first, eight bars at most.
        lowest, highest: MIDI numbers.
        velocity: mean loudness.
        held: share of the time to the next onset that notes sound, mean.
        rates: log-odds of an onset by weight of the place (4).
        leap: mean size of an interval, semitones. same: share of repeated notes.
    """

    bars: tuple[tuple[tuple[int, int], ...], ...]
    lowest: int
    highest: int
    velocity: float
    held: float
    rates: tuple[float, float, float, float]
    leap: float
    same: float


def read_before(notes: list[Note] | None, bar: Bar) -> Before | None:
    """Reads what came before.

    Args:
        notes: on a time line that begins with a bar and ends with the bar they end in; of several that begin together
            the highest is the melody.
        bar: the places of a bar.

    Returns:
        None when nothing came before.
    """
    at: dict[int, Note] = {}
    for note in notes or ():
        step = round(note.start_time * 4)
        if step >= 0 and not note.mute and (step not in at or note.pitch > at[step].pitch):
            at[step] = note
    if not at:
        return None
    end = max(max(step / 4 + _CLOSE, note.end_time) for step, note in at.items())
    count = math.ceil((end - _CLOSE) / bar.beats)
    first = max(0, count - _MOST_BARS)
    steps = [step for step in sorted(at) if step >= first * bar.steps]
    if not steps:
        return None
    bars = tuple(
        tuple((step - number * bar.steps, at[step].pitch) for step in steps if step // bar.steps == number)
        for number in range(first, count)
    )
    pitches = [at[step].pitch for step in steps]
    sizes = [abs(b - a) for a, b in itertools.pairwise(pitches)]
    held = [min(1.0, at[a].duration * 4 / (b - a)) for a, b in itertools.pairwise(steps)]
    return Before(
        bars=bars,
        lowest=min(pitches),
        highest=max(pitches),
        velocity=sum(at[step].velocity for step in steps) / len(steps),
        held=sum(held) / len(held) if held else 0.8,
        rates=_rates(bars, bar),
        leap=(sum(sizes) + 6 * 2.3) / (len(sizes) + 6),
        same=(sizes.count(0) + 6 * 0.24) / (len(sizes) + 6),
    )


def _rates(bars: tuple[tuple[tuple[int, int], ...], ...], bar: Bar) -> tuple[float, float, float, float]:
    """Log-odds of an onset on each weight of a place; the same count as in the songs that were learnt from."""
    struck, places = [0.8] * 4, [4.0] * 4
    for weight in bar.weights:
        places[weight] += len(bars)
    for notes in bars:
        for step, _ in notes:
            struck[bar.weights[step]] += 1
    odds = [math.log(hit / max(0.2, all_ - hit)) for hit, all_ in zip(struck, places, strict=True)]
    return odds[0], odds[1], odds[2], odds[3]
