"""Compiled loops of the harmonic and percussive share: running medians along time and along frequency."""

from __future__ import annotations

import numpy as np
from numba import njit

from engine.hear.sound import Samples


@njit(cache=True, nogil=True)
def running_median(values: Samples, width: int) -> Samples:
    """The median around each value of each row; at the ends the nearest value is held.

    The window is kept sorted: one value leaves and one enters, so a step costs a shift of a few numbers.

    Args:
        values: Shape (rows, n), n >= 1.
        width: Values in the window, odd.

    Returns:
        The same shape.
    """
    rows, count = values.shape
    half = width // 2
    out = np.empty_like(values)
    window = np.empty(width, values.dtype)
    for row in range(rows):
        for place in range(width):
            window[place] = values[row, min(max(place - half, 0), count - 1)]
        window.sort()
        out[row, 0] = window[half]
        for index in range(1, count):
            leaving = values[row, max(index - half - 1, 0)]
            entering = values[row, min(index + half, count - 1)]
            place = 0
            while window[place] != leaving:
                place += 1
            while place + 1 < width and window[place + 1] < entering:
                window[place] = window[place + 1]
                place += 1
            while place > 0 and window[place - 1] > entering:
                window[place] = window[place - 1]
                place -= 1
            window[place] = entering
            out[row, index] = window[half]
    return out


def warm() -> None:
    """Compile what is here on one value."""
    running_median(np.zeros((1, 1), np.float32), 3)
