"""The loop over a spectrogram that finds its landmarks."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engine.hear.sound import Samples


@njit(cache=True, nogil=True)
def landmarks(
    magnitudes: Samples, edges: NDArray[np.int64], reach: int, floor: float
) -> tuple[NDArray[np.int32], NDArray[np.float32]]:
    """Find the peaks that stand out in their band and in the time around them.

    Args:
        magnitudes: Shape (frames, bins).
        edges: First bin of each band, and the end of the last, shape (bands + 1,).
        reach: Frames before and after in which a peak must be the loudest of its band.
        floor: A peak must be above this share of the loudest magnitude of all.

    Returns:
        Frame and bin (with its fraction, by a parabola through three magnitudes) of each peak, ordered by frame,
        then by bin.
    """
    frames, bands = len(magnitudes), len(edges) - 1
    where, level = _loudest(magnitudes, edges)
    least = np.float32(floor) * level.max()
    found_frame = np.empty(frames * bands, np.int32)
    found_bin = np.empty(frames * bands, np.float32)
    count = 0
    for frame in range(frames):
        for band in range(bands):
            if level[frame, band] <= least or not _rules(level, frame, band, reach):
                continue
            best = where[frame, band]
            left, peak, right = magnitudes[frame, best - 1], magnitudes[frame, best], magnitudes[frame, best + 1]
            if left > peak or right >= peak:  # the slope of a peak in the next band
                continue
            bend = left - 2 * peak + right
            found_frame[count] = frame
            found_bin[count] = best + (0.5 * (left - right) / bend if bend < 0 else 0.0)
            count += 1
    return found_frame[:count].copy(), found_bin[:count].copy()


@njit(cache=True, nogil=True)
def _loudest(magnitudes: Samples, edges: NDArray[np.int64]) -> tuple[NDArray[np.int32], Samples]:
    """The loudest bin of each band in each frame, and its magnitude, both of shape (frames, bands)."""
    frames, bands = len(magnitudes), len(edges) - 1
    where = np.zeros((frames, bands), np.int32)
    level = np.zeros((frames, bands), np.float32)
    for frame in range(frames):
        for band in range(bands):
            best = edges[band]
            for position in range(edges[band], edges[band + 1]):
                if magnitudes[frame, position] > magnitudes[frame, best]:
                    best = position
            where[frame, band] = best
            level[frame, band] = magnitudes[frame, best]
    return where, level


@njit(cache=True, nogil=True)
def _rules(level: Samples, frame: int, band: int, reach: int) -> bool:
    """Whether a frame is the loudest of its band near by; of two alike, the earlier."""
    peak = level[frame, band]
    for other in range(max(0, frame - reach), min(len(level), frame + reach + 1)):
        if level[other, band] > peak or (level[other, band] == peak and other < frame):
            return False
    return True


def warm() -> None:
    """Compile on a tiny input."""
    landmarks(np.zeros((4, 8), np.float32), np.array([1, 4, 7]), 1, 0.0)
