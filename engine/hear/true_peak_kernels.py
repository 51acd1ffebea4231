"""Compiled loops of the true peak: bounds first, then the interpolation where it can matter."""

from __future__ import annotations

import numpy as np
from numba import njit

from engine.hear.sound import Samples

TAPS, NEAR = 32, 8
"""Taps of the interpolator for each point, and how many of the middle ones make its first guess."""

BLOCK = 32
"""Frames that are passed over or interpolated together."""

_TILE = 128  # blocks copied at a time: 16 kB, which the first-level cache holds
_FIRST = (TAPS - NEAR) // 2


@njit(cache=True, nogil=True, fastmath=True)
def block_peaks(samples: Samples) -> Samples:
    """Highest magnitude in each block of `BLOCK` frames of each channel.

    Args:
        samples: Shape (frames, channels).

    Returns:
        Shape (channels, blocks); the last block may be shorter.
    """
    frames, channels = samples.shape
    count = (frames + BLOCK - 1) // BLOCK
    peaks = np.zeros((channels, count), np.float32)
    for block in range(count):
        last = min(frames, (block + 1) * BLOCK)
        for channel in range(channels):
            peak = np.float32(0.0)
            for frame in range(block * BLOCK, last):
                peak = max(peak, abs(samples[frame, channel]))
            peaks[channel, block] = peak
    return peaks


@njit(cache=True, nogil=True, fastmath=True)
def _guess(line: Samples, start: int, phases: Samples, sums: Samples) -> float:
    """The middle taps of all three points for a block; writes the sums, returns their highest magnitude."""
    highest = np.float32(0.0)
    for place in range(BLOCK):
        a = b = c = np.float32(0.0)
        for tap in range(_FIRST, _FIRST + NEAR):
            x = line[start + place + tap]
            a += phases[0, tap] * x
            b += phases[1, tap] * x
            c += phases[2, tap] * x
        sums[0, place] = a
        sums[1, place] = b
        sums[2, place] = c
        highest = max(highest, abs(a), abs(b), abs(c))
    return float(highest)


@njit(cache=True, nogil=True, fastmath=True)
def _completed(line: Samples, start: int, phases: Samples, sums: Samples) -> float:
    """The outer taps added to `sums`; returns their highest magnitude."""
    highest = np.float32(0.0)
    for row in range(3):
        for tap in range(TAPS):
            if tap < _FIRST or tap >= _FIRST + NEAR:
                factor = phases[row, tap]
                for place in range(BLOCK):
                    sums[row, place] += factor * line[start + place + tap]
        for place in range(BLOCK):
            highest = max(highest, abs(sums[row, place]))
    return float(highest)


@njit(cache=True, nogil=True)
def interpolated_peak(
    samples: Samples, peaks: Samples, phases: Samples, bounds: tuple[float, float], floor: float
) -> float:
    """Highest magnitude at three points between the samples of one channel, if it is above a floor.

    A point is a sum over all taps. Where even all taps times the loudest sample around stay below the highest value
    so far, nothing is summed; elsewhere the middle taps are, and only where these plus the most that
    the others could add pass that value, the others too.

    Args:
        samples: Shape (frames,), any stride.
        peaks: Shape (blocks,), its row of `block_peaks`.
        phases: Shape (3, TAPS): the interpolator, a row for each point.
        bounds: The largest sum of magnitudes of a row; the same without the middle taps.
        floor: What has been found already; values up to it are of no interest.

    Returns:
        The higher of `floor` and what was found.
    """
    frames, count = samples.size, peaks.size
    widest, reach = bounds
    line = np.zeros(_TILE * BLOCK + 2 * TAPS, np.float32)
    sums = np.zeros((3, BLOCK), np.float32)
    best = floor
    # One block more than there is sound on both sides: the interpolation rings for half its length.
    for tile in range(-1, count + 1, _TILE):
        # line[i] is the sample TAPS // 2 - 1 before the tile's first, and so on.
        copied = False
        for block in range(tile, min(tile + _TILE, count + 1)):
            around = 0.0
            for neighbour in range(max(0, block - 1), min(count, block + 2)):
                around = max(around, float(peaks[neighbour]))
            if around * widest <= best:
                continue
            if not copied:
                copied = True
                before = tile * BLOCK - TAPS // 2 + 1
                line[:] = 0
                for frame in range(max(0, before), min(frames, before + line.size)):
                    line[frame - before] = samples[frame]
            start = (block - tile) * BLOCK
            if _guess(line, start, phases, sums) + around * reach > best:
                best = max(best, _completed(line, start, phases, sums))
    return best


def warm() -> None:
    """Compile what is here on one sample."""
    samples = np.zeros((1, 1), np.float32)
    interpolated_peak(samples[:, 0], block_peaks(samples)[0], np.zeros((3, TAPS), np.float32), (1.0, 0.5), -1.0)
