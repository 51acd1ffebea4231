"""Which steps of a bar sound, and how loud each is meant to be: pure functions of a step's place in its bar."""

from __future__ import annotations

from functools import lru_cache

from engine.compose.arp.shelf import Accents, StepRhythm
from engine.compose.metre import groups
from engine.notes import beats_per_bar

__all__ = ["USUAL", "accent_level", "hit", "threshold"]

_CLOSE = 1e-4

# Share of the way from "always" to "last to join" at which a step of each weight begins, and how far the seed moves it:
# downbeat, beat, half of a beat, sixteenth, anything finer or in between.
_WEIGHTS = ((0.0, 0.0), (0.08, 0.22), (0.32, 0.24), (0.58, 0.3), (0.66, 0.34))
USUAL = 50.0
"""The Density at which a rhythm sounds as it is written."""


def hit(rhythm: StepRhythm, slot: int) -> bool:
    """Whether a step belongs to a rhythm.

    Args:
        rhythm: which.
        slot: number of the step in its bar, 0 first.
    """
    return rhythm.steps[slot % len(rhythm.steps)] == "x"


def threshold(rhythm: StepRhythm, slot: int, place: float, metre: tuple[int, int], joins: tuple[float, ...]) -> float:
    """The Density at which a step joins in.

    Args:
        rhythm: its own steps have joined at 50, its rests after it.
        slot: number of the step in its bar.
        place: beats from the bar's start.
        metre: numerator and denominator.
        joins: a number in 0..1 for each step of a bar: which of equal steps goes first.

    Returns:
        Percent; 0 for the first step of a rhythm in its bar, so that no bar is ever empty.
    """
    first = rhythm.steps.index("x")
    if slot == first:
        return 0.0
    least, room = _WEIGHTS[_weight(round(place, 4), metre)]
    share = least + room * joins[slot]
    return USUAL * share if hit(rhythm, slot) else USUAL * (1.02 + 0.98 * share)


@lru_cache(maxsize=4096)
def _weight(place: float, metre: tuple[int, int]) -> int:
    """How deep in the metre a place lies, 0 (the downbeat) to 4."""
    if place < _CLOSE:
        return 0
    within = place - _group_at(place, metre)[0]
    if within < _CLOSE:
        return 1
    return 2 if _multiple(within, 0.5) else 3 if _multiple(within, 0.25) else 4


def _multiple(value: float, unit: float) -> bool:
    return abs(value / unit - round(value / unit)) < _CLOSE


@lru_cache(maxsize=4096)
def _group_at(place: float, metre: tuple[int, int]) -> tuple[float, float]:
    """Start and length of the beat group in which a place lies."""
    start = 0.0
    for size in groups(*metre):
        if place < start + size - _CLOSE:
            return start, size
        start += size
    return start - size, size


def accent_level(pattern: Accents, slot: int, place: float, metre: tuple[int, int], *, turn: int) -> float:
    """How loud a step is meant to be.

    Args:
        pattern: of accents.
        slot: number of the step in its bar.
        place: beats from the bar's start.
        metre: numerator and denominator.
        turn: place in the round of the figure, 0 where it begins.

    Returns:
        0 (softest) to 1 (loudest); 0.5 is the middle.
    """
    levels = pattern.levels
    if pattern.unit == "step":
        return levels[slot % len(levels)]
    if pattern.unit == "cycle":
        return levels[0 if turn == 0 else -1]
    start, size = (0.0, beats_per_bar(*metre)) if pattern.unit == "bar" else _group_at(round(place, 4), metre)
    share = (place - start + _CLOSE) / size
    return levels[max(0, min(len(levels) - 1, int(share * len(levels))))]
