"""Swing as a bend of time itself: every voice bends alike, so nothing that was together comes apart."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.compose.metre import groups

__all__ = ["TRIPLET", "bends", "swung"]

TRIPLET = 2.0 / 3.0
"""Where the second of a pair lies at full swing, as a share of the pair; straight it lies at a half."""


def swung(times: NDArray[np.float64], swing: float, grid: int, metre: tuple[int, int]) -> NDArray[np.float64]:
    """Bends times so that the second of each pair comes late.

    Time runs slower through the first half of a pair and faster through the second, evenly in each, so what lies
    between the two bends with them and no two notes meet or change places. Pairs are counted inside the groups of the
    bar: the odd eighth of 7/8 stays straight. Where eighths go in threes (6/8, 12/8) there are no pairs of them, and
    swing on eighths leaves all as it is.

    Args:
        times: beats from the start of a bar, any sign, any shape.
        swing: 0 (straight) to 1 (the second of the pair at two thirds of it).
        grid: 8 or 16, the note value that swings.
        metre: numerator and denominator.

    Returns:
        Beats, of the same shape.
    """
    if swing <= 0:
        return times.copy()
    bar, straight, late = bends(grid, metre)
    first = np.floor(times / bar + 1e-9) * bar
    bent = np.interp(times - first, straight, straight + swing * late)
    return np.asarray(first + bent, dtype=np.float64)


@lru_cache(maxsize=64)
def bends(grid: int, metre: tuple[int, int]) -> tuple[float, NDArray[np.float64], NDArray[np.float64]]:
    """The bar's length, the places in it where time changes speed, and how late each comes at full swing."""
    sizes = groups(*metre)
    pair = 8.0 / grid
    straight, late, start = [0.0], [0.0], 0.0
    paired = grid != 8 or any(abs(size - 1.5) > 1e-9 for size in sizes)
    for size in sizes:
        for number in range(int(size / pair + 1e-9) if paired else 0):
            begin = start + number * pair
            straight += [begin + pair / 2, begin + pair]
            late += [(TRIPLET - 0.5) * pair, 0.0]
        start += size
        if straight[-1] < start - 1e-9:
            straight.append(start)
            late.append(0.0)
    return start, np.array(straight), np.array(late)
