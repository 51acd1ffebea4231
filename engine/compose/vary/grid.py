"""The grid a clip lies on: which slot of which bar a note is meant for, and how strong that slot is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

import msgspec

from engine.compose.metre import groups
from engine.notes import Note, beats_per_bar

__all__ = ["Grid", "grid_of"]

_STRAIGHT, _EIGHTH_TRIPLETS, _SIXTEENTH_TRIPLETS = 1 / 4, 1 / 3, 1 / 6
_CLOSE = 1e-6

_LOOSE = 0.04
"""Beats that notes lie off straight sixteenths, on average, before triplets are thought of at all."""

_CLEARLY = 0.5
"""Triplets are believed when they leave at most this share of what sixteenths leave over."""


class Grid(msgspec.Struct, frozen=True):
    """Bars of slots.

    Attributes:
        step: beats in a slot.
        slots: slots in a bar.
        bar: beats in a bar.
        start: beat at which the first bar begins.
        length: beats of the clip.
        strength: weight of each slot of a bar, 0..1; the bar's first is 1.
        pulses: slots at which the groups of a bar begin, the first is 0.
        total: slots of the whole clip; the last one may be shorter than the others.
        divided: how each slot divides its group: slots with the same number are each other's like (the off-beat
            eighths, the sixteenths between them).
    """

    step: float
    slots: int
    bar: float
    start: float
    length: float
    strength: tuple[float, ...]
    pulses: tuple[int, ...]
    divided: tuple[int, ...]
    total: int

    @property
    def bars(self) -> int:
        """Bars begun in the clip."""
        return -(-self.total // self.slots)

    def slots_in(self, bar: int) -> int:
        """Slots of one bar: fewer in the last one where the clip ends inside it."""
        return min(self.slots, self.total - bar * self.slots)

    def place(self, beat: float) -> tuple[int, int]:
        """The bar and the slot in it that a beat is nearest to; beats beyond the clip go to its ends."""
        number = round((beat - self.start) / self.step)
        return divmod(min(max(number, 0), self.total - 1), self.slots)

    def bar_start(self, bar: int) -> float:
        """Beat at which a bar begins."""
        return self.start + bar * self.bar


def grid_of(notes: Sequence[Note], metre: tuple[int, int], start: float, length: float) -> Grid:
    """Finds the grid of a clip: sixteenths, or triplets where the notes clearly lie there.

    Swing and looseness do not make triplets: those are departures from sixteenths that come back with every note.

    Args:
        notes: those of the clip.
        metre: numerator and denominator of the signature.
        start: beat at which the first bar begins.
        length: beats of the clip.

    Returns:
        The grid.
    """
    bar = beats_per_bar(*metre)
    step = _step([note.start_time - start for note in notes], bar)
    slots, strength, pulses, divided = _table(*metre, step)
    total = max(1, int(-(-(length / step - _CLOSE) // 1)))
    return Grid(step, slots, bar, start, length, strength, pulses, divided, total)


def _step(times: list[float], bar: float) -> float:
    straight = _off(times, _STRAIGHT)
    # Triplet eighths are every second of triplet sixteenths, and divide every bar those divide.
    if straight <= _LOOSE or abs(bar - round(bar)) > _CLOSE:
        return _STRAIGHT
    if _off(times, _EIGHTH_TRIPLETS) <= _CLEARLY * straight:
        return _EIGHTH_TRIPLETS
    return _SIXTEENTH_TRIPLETS if _off(times, _SIXTEENTH_TRIPLETS) <= _CLEARLY * straight / 1.5 else _STRAIGHT


def _off(times: list[float], step: float) -> float:
    """Beats the times lie off a grid, on average."""
    if not times:
        return 0.0
    return sum([abs(time - round(time / step) * step) for time in times]) / len(times)


@lru_cache(maxsize=256)
def _table(
    numerator: int, denominator: int, step: float
) -> tuple[int, tuple[float, ...], tuple[int, ...], tuple[int, ...]]:
    sizes = groups(numerator, denominator)
    slots = round(beats_per_bar(numerator, denominator) / step)
    strength, divided = [0.0] * slots, [0] * slots
    pulses, begin = [], 0.0
    for number, size in enumerate(sizes):
        first = round(begin / step)
        pulses.append(first)
        for slot in range(first, round((begin + size) / step)):
            strength[slot], divided[slot] = _within_group((slot - first) * step, number, len(sizes))
        begin += size
    return slots, tuple(strength), tuple(pulses), tuple(divided)


def _within_group(beat: float, number: int, count: int) -> tuple[float, int]:
    """Strength and division of a slot ``beat`` beats into a group."""
    if beat < _CLOSE:
        half = count % 2 == 0 and number == count // 2
        return (1.0 if number == 0 else 0.8 if half else 0.6), 0
    for strength, part, name in ((0.5, 1.0, 1), (0.35, 0.5, 2), (0.3, 1 / 3, 4), (0.15, 0.25, 3)):
        if abs(beat / part - round(beat / part)) < _CLOSE:
            return strength, name
    return 0.1, 5
