"""Other time signatures than 4/4: which step of a pattern of sixteen each sixteenth of a bar takes.

Patterns are written for four beats. A bar of another length is made of the groups its players feel
(``engine.compose.metre``), and each group takes one beat of the pattern: the first keeps the
downbeat, the last keeps the beat that leads back. A group of six sixteenths (6/8) plays the beat as
triplets do: what lies on its eighths goes to the eighths of the group.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.compose.metre import groups
from engine.notes import beats_per_bar

__all__ = ["REST", "SIXTEENTHS", "beats_of", "sources"]

SIXTEENTHS = 16
"""Steps of a written pattern."""

REST = 16
"""The source of a step that nothing is taken for."""

_STEP = 0.25

# Beats of the pattern for three to six groups; fewer go on in the next bar, more begin anew.
_BEATS: dict[int, tuple[int, ...]] = {3: (0, 2, 3), 4: (0, 1, 2, 3), 5: (0, 1, 2, 2, 3), 6: (0, 1, 2, 3, 2, 3)}

# Where the four sixteenths of a beat go in a dotted group of six: eighths for keepers of time, the last for others.
_TIME_IN_SIX = (0, 1, 2, 3, 2, 3)
_ONCE_IN_SIX = (0, REST, 1, REST, 2, 3)


def beats_of(count: int) -> tuple[int, ...]:
    """Which beat (0..3) of a pattern each of ``count`` groups takes; at least 3 groups."""
    if count in _BEATS:
        return _BEATS[count]
    return _BEATS[4] + beats_of(count - 4)


@lru_cache(maxsize=512)
def sources(numerator: int, denominator: int, phase: int, keeps_time: bool) -> NDArray[np.int64]:
    """The step of the pattern that each sixteenth of a bar takes.

    Args:
        numerator: 1..99.
        denominator: 1, 2, 4, 8 or 16.
        phase: number of the bar; bars of one or two groups take the pattern in turns.
        keeps_time: whether the lane plays all eighths of a dotted group.

    Returns:
        int64 array, one entry for each sixteenth of the bar, 0..15, or ``REST`` for none. Not to be changed.
    """
    felt = groups(numerator, denominator)
    if len(felt) == 4 and abs(beats_per_bar(numerator, denominator) - 4.0) < 1e-9:
        return np.arange(SIXTEENTHS, dtype=np.int64)
    if len(felt) < 3:
        first = phase * len(felt)
        beats: tuple[int, ...] = tuple((first + place) % 4 for place in range(len(felt)))
    else:
        beats = beats_of(len(felt))
    steps: list[int] = []
    for length, beat in zip(felt, beats, strict=True):
        steps += [step if step == REST else beat * 4 + step for step in _in_group(round(length / _STEP), keeps_time)]
    return np.array(steps, dtype=np.int64)


def _in_group(size: int, keeps_time: bool) -> list[int]:
    """Sixteenths of a beat (0..3) for each sixteenth of a group."""
    if size == 6:
        return list(_TIME_IN_SIX if keeps_time else _ONCE_IN_SIX)
    if size == 2:
        return [0, 2]
    if size <= 4:
        return list(range(size))
    # A long last group (or a whole bar without beats): the beat, then what keeps time goes on.
    return [step % 4 if keeps_time or step < 4 else REST for step in range(size)]
