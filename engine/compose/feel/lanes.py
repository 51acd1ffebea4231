"""What a drum hit is, and where in the bar: the two things a drummer's feel hangs on."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.compose.metre import groups

__all__ = ["CLASS", "CLASSES", "LANES", "SIBLINGS", "lane_of", "lanes", "step_of", "steps"]

LANES = (
    "kick", "snare", "rimshot", "cross_stick", "hat", "hat_edge", "hat_pedal", "hat_open", "ride", "bell", "crash",
    "tom",
)  # fmt: skip
"""What is played differently: an accent on the rim is another stroke than a ghost on the head."""

CLASSES = 9
"""Instruments, where the stroke does not matter."""

CLASS = np.array([0, 1, 1, 2, 3, 3, 4, 5, 6, 6, 7, 8])
"""Instrument of each lane."""

SIBLINGS = ((1, 2), (4, 5), (8, 9))
"""Two strokes of one instrument: a kit that has one of them plays everything with it."""

_PITCHES = {
    0: (35, 36),
    1: (38, 39, 28, 31),
    2: (40,),
    3: (37, 32, 33, 75, 76, 77, 85),
    4: (42, 54, 58, 69, 70, 71, 72, 73, 74, 82),
    5: (22,),
    6: (44,),
    7: (26, 46, 83, 84),
    8: (51, 59, 34, 80, 81),
    9: (53, 56, 67, 68),
    10: (49, 52, 55, 57, 27, 30),
    11: (41, 43, 45, 47, 48, 50, 60, 61, 62, 63, 64, 65, 66, 78, 79, 86, 87, 29),
}
"""General MIDI's drums, with the edge of the hat at 22 and 26 as electronic kits send it; hand percussion stands with
what is played alike: shakers with the hat, wood with the cross-stick, congas with the toms."""


def _table() -> NDArray[np.int64]:
    # A rack may put a drum anywhere: low pads are kicks, and what is not known keeps time like a hat.
    table = np.full(128, 4, dtype=np.int64)
    table[:22] = 0
    table[23:26] = 0
    for lane, pitches in _PITCHES.items():
        table[list(pitches)] = lane
    return table


_LANE_OF = _table()


def lanes(pitches: NDArray[np.int64]) -> NDArray[np.int64]:
    """The lane of each pitch, an index of ``LANES``."""
    return np.asarray(_LANE_OF[pitches], dtype=np.int64)


def steps(times: NDArray[np.float64], metre: tuple[int, int]) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Where in a bar of sixteen steps a time would be felt.

    In 4/4 that is its sixteenth. Other metres are felt by their groups: each group begins like a beat, and the rest of
    a group of three eighths is as weak as the rest of a beat is.

    Args:
        times: beats from the start of a bar.
        metre: numerator and denominator.

    Returns:
        The nearest step, 0..15, and how many beats after it the time is (below 0: before), both of the same shape.
    """
    bar, felt = _felt(metre)
    sixteenths = np.round(times * 4)
    within = np.mod(sixteenths, bar).astype(np.int64)
    return felt[within], times - sixteenths / 4


_LANES_BY_PITCH: list[int] = _LANE_OF.tolist()


def lane_of(pitch: int) -> int:
    """``lanes`` of one pitch."""
    return _LANES_BY_PITCH[pitch]


def step_of(time: float, metre: tuple[int, int]) -> int:
    """The step of ``steps`` for one time."""
    bar, felt = _felt_row(metre)
    return felt[round(time * 4) % bar]


@lru_cache(maxsize=64)
def _felt_row(metre: tuple[int, int]) -> tuple[int, list[int]]:
    bar, felt = _felt(metre)
    return bar, felt.tolist()


@lru_cache(maxsize=64)
def _felt(metre: tuple[int, int]) -> tuple[int, NDArray[np.int64]]:
    """Sixteenths in a bar, and the step each is felt as."""
    felt: list[int] = []
    for number, size in enumerate(groups(*metre)):
        count = round(size * 4)
        inside = {2: (0, 2), 6: (0, 1, 2, 3, 2, 3)}.get(count, range(count))
        felt += [(number * 4 + step) % 16 for step in inside]
    return len(felt), np.array(felt, dtype=np.int64)
