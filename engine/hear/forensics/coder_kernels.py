"""Compiled loops of MP3's filters."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engine.hear.sound import Samples


@njit(cache=True, nogil=True, fastmath=True)
def folded(signal: Samples, window: Samples) -> Samples:
    """Window a signal at every sample and fold what is windowed, so that a short transform does for a long one.

    Args:
        signal: Shape (n,).
        window: Shape (parts, size), the later samples first by part, in order within a part.

    Returns:
        Shape (n - parts * size + 1, size): for each place the sum over the parts of the `parts * size` samples
        from there on.
    """
    parts, size = window.shape
    count = signal.size - parts * size + 1
    out = np.zeros((count, size), np.float32)
    for place in range(count):
        for part in range(parts):
            first = place + (parts - 1 - part) * size
            for each in range(size):
                out[place, each] += window[part, each] * signal[first + each]
    return out


@njit(cache=True, nogil=True, fastmath=True)
def _transformed(bands: Samples, first: int, short: Samples, row: Samples, found: Samples) -> None:
    """Transform each band of one granule; writes `found`, shape (18, 32)."""
    found[:] = 0
    slots, lines = short.shape
    for slot in range(slots):
        for band in range(row.size):
            row[band] = bands[first + row.size * slot, band]
        if slot % 2:  # odd bands run backwards in frequency: every other of their samples changes its sign
            for band in range(1, row.size, 2):
                row[band] = -row[band]
        for line in range(lines):
            factor = short[slot, line]
            for band in range(row.size):
                found[line, band] += factor * row[band]


@njit(cache=True, nogil=True, fastmath=True)
def granules(bands: Samples, starts: NDArray[np.int64], short: Samples, wings: Samples) -> Samples:
    """Transform each band of each granule, and take back what neighbouring bands fold into each other.

    Args:
        bands: Shape (n, 32): what the filters give at every sample.
        starts: Where granules begin, shape (m,); each at most n - 1 - 32 * 35.
        short: Window times cosines of one band, shape (36, 18).
        wings: Shape (2, 8): cosines and sines of the butterflies.

    Returns:
        Magnitudes, shape (m, 576).
    """
    width, lines = bands.shape[1], short.shape[1]
    out = np.empty((starts.size, width * lines), np.float32)
    found, row = np.empty((lines, width), np.float32), np.empty(width, np.float32)
    for number in range(starts.size):
        _transformed(bands, starts[number], short, row, found)
        for band in range(width - 1):
            for wing in range(wings.shape[1]):
                under, over = found[lines - 1 - wing, band], found[wing, band + 1]
                found[lines - 1 - wing, band] = under * wings[0, wing] + over * wings[1, wing]
                found[wing, band + 1] = over * wings[0, wing] - under * wings[1, wing]
        for band in range(width):
            for line in range(lines):
                out[number, band * lines + line] = abs(found[line, band])
    return out


def warm() -> None:
    """Compile on tiny input."""
    bands = folded(np.zeros(4, np.float32), np.zeros((2, 2), np.float32))
    granules(bands, np.zeros(1, np.int64), np.zeros((1, 2), np.float32), np.zeros((2, 1), np.float32))
