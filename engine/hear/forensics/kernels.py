"""Loops over samples that look for what no instrument does."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engine.hear.sound import Samples

Runs = NDArray[np.int64]


@njit(cache=True, nogil=True)
def flat_tops(signal: Samples, level: float, tolerance: float, corner: float) -> Runs:
    """Find runs of three and more samples that stay at a level and reach and leave it with a corner.

    A slow wave stays near its top, too, but without a corner: what is beside the run must be lower by more than any
    smooth top of that length could fall.

    Args:
        signal: Shape (frames,).
        level: Above 0; the signal is held against it and its negative.
        tolerance: How far below the level still is at it.
        corner: How much the samples beside the run must be lower, on average of both sides.

    Returns:
        First frame and length of each run, shape (runs, 2).
    """
    found = np.empty((len(signal) // 4 + 1, 2), np.int64)
    count, frame, floor = 0, 1, level - tolerance
    while frame < len(signal) - 1:
        if abs(signal[frame]) < floor:
            frame += 1
            continue
        sign = 1.0 if signal[frame] > 0 else -1.0
        end = frame
        while end < len(signal) and sign * signal[end] >= floor:
            end += 1
        if end - frame >= 3 and end < len(signal):
            sides = level - sign * (signal[frame - 1] + signal[end]) / 2
            if sides > corner:
                found[count, 0], found[count, 1] = frame, end - frame
                count += 1
        frame = end
    return found[:count].copy()


@njit(cache=True, nogil=True)
def still_runs(frames: Samples, least: int) -> Runs:
    """Find stretches in which no channel moves.

    Args:
        frames: Shape (frames, channels).
        least: Frames from which a stretch counts.

    Returns:
        First frame and length of each, shape (runs, 2).
    """
    total, channels = frames.shape
    found = np.empty((total // max(1, least) + 1, 2), np.int64)
    count, first = 0, 0
    for frame in range(1, total + 1):
        same = frame < total
        if same:
            for channel in range(channels):
                if frames[frame, channel] != frames[first, channel]:
                    same = False
                    break
        if not same:
            if frame - first >= least:
                found[count, 0], found[count, 1] = first, frame - first
                count += 1
            first = frame
    return found[:count].copy()


@njit(cache=True, nogil=True)
def repeats(signal: Samples, lag: int, most: int) -> Runs:
    """Find stretches that repeat the `lag` samples before them exactly.

    Args:
        signal: Shape (frames,).
        lag: Samples in a buffer.
        most: Stretches after which looking ends: a wave that repeats all the time is a wave.

    Returns:
        First frame and length of each stretch of `lag` and more, shape (stretches, 2).
    """
    found = np.empty((most, 2), np.int64)
    count, frame = 0, lag
    # A run of `lag` frames holds a multiple of `lag`: only these are looked at, until one of them repeats.
    while frame < len(signal):
        if signal[frame] != signal[frame - lag]:
            frame += lag
            continue
        first = frame
        while first > lag and signal[first - 1] == signal[first - 1 - lag]:
            first -= 1
        end = frame + 1
        while end < len(signal) and signal[end] == signal[end - lag]:
            end += 1
        moves = 0
        for place in range(first, end):
            moves += signal[place] != signal[place - 1]
        if end - first >= lag and 2 * moves > end - first:  # silence and held values repeat, too
            found[count, 0], found[count, 1] = first, end - first
            count += 1
            if count == most:
                break
        frame += ((end - frame) // lag + 1) * lag
    return found[:count].copy()


@njit(cache=True, nogil=True, fastmath=True)
def block_levels(samples: Samples, size: int) -> Samples:
    """Mean, mean square and highest magnitude of whole blocks.

    Args:
        samples: Shape (frames, channels).
        size: Frames in a block.

    Returns:
        Shape (3, channels, blocks); what is left over at the end is not in it.
    """
    frames, channels = samples.shape
    blocks = frames // size
    out = np.empty((3, channels, blocks), np.float32)
    for block in range(blocks):
        for channel in range(channels):
            total = square = peak = np.float32(0)
            for frame in range(block * size, (block + 1) * size):
                value = samples[frame, channel]
                total += value
                square += value * value
                peak = max(peak, abs(value))
            out[0, channel, block] = total / size
            out[1, channel, block] = square / size
            out[2, channel, block] = peak
    return out


def warm() -> None:
    """Compile on tiny input."""
    short = np.zeros(8, np.float32)
    block_levels(short[:, None], 2)
    flat_tops(short, 1.0, 0.1, 0.1)
    still_runs(short[:, None], 2)
    repeats(short, 2, 2)
