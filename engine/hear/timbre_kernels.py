"""Compiled loops of timbre: one pass over every second frame of the shared spectrum."""

from __future__ import annotations

import math

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engine.hear.sound import Samples

FRAME_STEP = 2
"""Every second frame is read: 43 a second."""

ROLLOFF = 0.85
"""Share of the magnitude that lies below the roll-off."""

_GROUP = 8  # powers multiplied before one logarithm is taken; far from underflow for any floor above 1e-30
_TAIL = 0.02  # share of a band's bins that are its peaks, and its valleys


@njit(cache=True, nogil=True)
def frame_shapes(magnitudes: Samples, bins: int, floor: float) -> NDArray[np.float64]:
    """Centroid, roll-off, flatness and flux of frames.

    Args:
        magnitudes: Shape (frames, all bins).
        bins: How many of them are read, from the lowest; >= 2.
        floor: Power that a bin has at least, for flatness.

    Returns:
        Shape (every `FRAME_STEP`-th frame, 5): sum of magnitudes; centroid and roll-off in bins; flatness 0..1
        (geometric over arithmetic mean of power); flux 0..1 (rise since the frame before, as a share of this and that).
    """
    frames = magnitudes.shape[0]
    out = np.zeros(((frames + FRAME_STEP - 1) // FRAME_STEP, 5))
    for row in range(out.shape[0]):
        frame = row * FRAME_STEP
        before = max(0, frame - 1)
        total = weighted = power = logs = rise = earlier = 0.0
        product = 1.0
        for index in range(bins):
            value = float(magnitudes[frame, index])
            last = float(magnitudes[before, index])
            total += value
            earlier += last
            weighted += index * value
            rise += max(0.0, value - last)
            square = max(floor, value * value)
            power += square
            product *= square
            if index % _GROUP == _GROUP - 1:
                logs += math.log(product)
                product = 1.0
        logs += math.log(product)
        out[row, 0] = total
        out[row, 3] = math.exp(logs / bins) / (power / bins)
        if total > 0:
            out[row, 1] = weighted / total
            out[row, 4] = rise / (total + earlier)
            reached, index = 0.0, 0
            while index < bins:
                reached += float(magnitudes[frame, index])
                if reached >= ROLLOFF * total:
                    break
                index += 1
            out[row, 2] = min(index, bins - 1)
    return out


@njit(cache=True, nogil=True)
def contrasts(magnitudes: Samples, edges: NDArray[np.int64], step: int, floor: float) -> NDArray[np.float64]:
    """Difference between peaks and valleys in each band, in dB, frame by frame.

    Args:
        magnitudes: Shape (frames, bins).
        edges: First bins of the bands and the end of the last, shape (bands + 1,).
        step: Frames from one that is read to the next.
        floor: Magnitude that peaks and valleys have at least.

    Returns:
        Shape (read frames, bands).
    """
    rows = (magnitudes.shape[0] + step - 1) // step
    out = np.zeros((rows, edges.size - 1))
    for row in range(rows):
        for band in range(edges.size - 1):
            values = np.sort(magnitudes[row * step, edges[band] : edges[band + 1]])
            count = max(1, round(_TAIL * (values.size + 1)))
            low = high = 0.0
            for index in range(count):
                low += float(values[index])
                high += float(values[values.size - 1 - index])
            low = max(floor, low / count)
            high = max(floor, high / count)
            out[row, band] = 20 * math.log10(high / low)
    return out


def warm() -> None:
    """Compile what is here on two frames."""
    magnitudes = np.zeros((2, 4), np.float32)
    frame_shapes(magnitudes, 4, 1e-10)
    contrasts(magnitudes, np.array([0, 2, 4]), 1, 1e-5)
