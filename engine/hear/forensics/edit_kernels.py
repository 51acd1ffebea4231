"""Compiled loops that look for seams: samples that neither side of them leads up to."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engine.hear.sound import Samples

BLOCK = 64
"""Frames in which at most one seam is looked for."""


@njit(cache=True, nogil=True, fastmath=True)
def bends(samples: Samples) -> tuple[Samples, Samples, NDArray[np.int32]]:
    """How sharply the wave bends: its second difference, all channels together.

    Args:
        samples: Shape (frames, channels).

    Returns:
        For each whole block of `BLOCK` frames: the mean bend without the three sharpest, the sharpest, and the frame
        at which that is.
    """
    frames, channels = samples.shape
    blocks = frames // BLOCK
    usual, sharpest = np.zeros(blocks, np.float32), np.zeros(blocks, np.float32)
    where = np.zeros(blocks, np.int32)
    line = np.empty(BLOCK, np.float32)
    for block in range(blocks):
        start = block * BLOCK
        for place in range(BLOCK):
            frame = start + place
            bend = np.float32(0)
            if frame >= 2:
                for channel in range(channels):
                    bend += abs(samples[frame, channel] - 2 * samples[frame - 1, channel] + samples[frame - 2, channel])
            line[place] = bend
        total, best, at = np.float32(0), np.float32(-1), 0
        for place in range(BLOCK):
            total += line[place]
            if line[place] > best:
                best, at = line[place], place
        for place in range(max(0, at - 2), min(BLOCK, at + 3)):
            total -= line[place]
        usual[block] = max(np.float32(0), total) / (BLOCK - 5)
        sharpest[block] = best
        where[block] = start + at
    return usual, sharpest, where


@njit(cache=True, nogil=True, fastmath=True)
def predictor(signal: Samples, order: int) -> NDArray[np.float64]:
    """Linear prediction by the autocorrelation method (Levinson and Durbin).

    Args:
        signal: Shape (n,), windowed.
        order: Below n.

    Returns:
        Shape (order,): what each of the last samples, the newest first, says about the next.
    """
    lags = np.zeros(order + 1)
    for lag in range(order + 1):
        total = 0.0
        for frame in range(lag, signal.size):
            total += float(signal[frame]) * float(signal[frame - lag])
        lags[lag] = total
    found = np.zeros(order)
    error = lags[0] * (1 + 1e-9) + 1e-12
    before = np.zeros(order)
    for step in range(order):
        reflection = lags[step + 1]
        for lag in range(step):
            reflection -= found[lag] * lags[step - lag]
        reflection /= error
        for lag in range(step):  # one by one: assigning slices takes three seconds to compile
            before[lag] = found[lag]
        for lag in range(step):
            found[lag] = before[lag] - reflection * before[step - 1 - lag]
        found[step] = reflection
        error *= 1 - reflection * reflection
        if error <= 0:
            break
    return found


@njit(cache=True, nogil=True, fastmath=True)
def surprises(signal: Samples, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """What prediction leaves of a signal.

    Args:
        signal: Shape (n,).
        weights: From `predictor`.

    Returns:
        Shape (n - order,): each sample but the first `order` less its prediction.
    """
    order = weights.size
    out = np.empty(signal.size - order)
    for frame in range(order, signal.size):
        guess = 0.0
        for lag in range(order):
            guess += weights[lag] * signal[frame - 1 - lag]
        out[frame - order] = signal[frame] - guess
    return out


def warm() -> None:
    """Compile on tiny input."""
    short = np.zeros(BLOCK, np.float32)
    bends(short[:, None])
    surprises(short, predictor(short, 2))
