"""Compiled loops of loudness: K-weighting and energies in one pass over the samples."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engine.hear.sound import Samples

Floats = NDArray[np.float64]

_QUIET = 1e-15  # filter states below this are set to 0: a decay into denormal numbers is a hundred times slower


@njit(cache=True, nogil=True)
def block_energies(samples: Samples, edges: NDArray[np.int64], filters: Floats, channel: int) -> tuple[Floats, Floats]:
    """Sums of squares of one channel, block by block, K-weighted and plain.

    Args:
        samples: Shape (frames, channels).
        edges: Shape (blocks + 1,), first frames of the blocks; what lies behind the last edge is left out.
        filters: Shape (2, 5): b0, b1, b2, a1, a2 of the two K-weighting stages.
        channel: Which one.

    Returns:
        Two arrays of shape (blocks,): weighted, plain.
    """
    count = edges.size - 1
    weighted, plain = np.zeros(count), np.zeros(count)
    p0, p1, p2, q1, q2 = filters[0, 0], filters[0, 1], filters[0, 2], filters[0, 3], filters[0, 4]
    r0, r1, r2, s1, s2 = filters[1, 0], filters[1, 1], filters[1, 2], filters[1, 3], filters[1, 4]
    a = b = c = d = 0.0
    for block in range(count):
        heavy = light = 0.0
        for frame in range(edges[block], edges[block + 1]):
            x = float(samples[frame, channel])
            y = p0 * x + a
            a = p1 * x - q1 * y + b
            b = p2 * x - q2 * y
            z = r0 * y + c
            c = r1 * y - s1 * z + d
            d = r2 * y - s2 * z
            heavy += z * z
            light += x * x
        if abs(a) + abs(b) + abs(c) + abs(d) < _QUIET:
            a = b = c = d = 0.0
        weighted[block] = heavy
        plain[block] = light
    return weighted, plain


@njit(cache=True, nogil=True)
def block_energies_stereo(samples: Samples, edges: NDArray[np.int64], filters: Floats) -> tuple[Floats, Floats]:
    """`block_energies` of two channels added up.

    Both run side by side, because a recursive filter waits for itself most of the time: as fast as one channel.
    """
    count = edges.size - 1
    weighted, plain = np.zeros(count), np.zeros(count)
    p0, p1, p2, q1, q2 = filters[0, 0], filters[0, 1], filters[0, 2], filters[0, 3], filters[0, 4]
    r0, r1, r2, s1, s2 = filters[1, 0], filters[1, 1], filters[1, 2], filters[1, 3], filters[1, 4]
    a = b = c = d = 0.0
    e = f = g = h = 0.0
    for block in range(count):
        heavy = light = 0.0
        for frame in range(edges[block], edges[block + 1]):
            x = float(samples[frame, 0])
            u = float(samples[frame, 1])
            y = p0 * x + a
            v = p0 * u + e
            a = p1 * x - q1 * y + b
            e = p1 * u - q1 * v + f
            b = p2 * x - q2 * y
            f = p2 * u - q2 * v
            z = r0 * y + c
            w = r0 * v + g
            c = r1 * y - s1 * z + d
            g = r1 * v - s1 * w + h
            d = r2 * y - s2 * z
            h = r2 * v - s2 * w
            heavy += z * z + w * w
            light += x * x + u * u
        if abs(a) + abs(b) + abs(c) + abs(d) + abs(e) + abs(f) + abs(g) + abs(h) < _QUIET:
            a = b = c = d = e = f = g = h = 0.0
        weighted[block] = heavy
        plain[block] = light
    return weighted, plain


def warm() -> None:
    """Compile what is here on two samples."""
    edges = np.array([0, 2])
    filters = np.zeros((2, 5))
    block_energies(np.zeros((2, 1), np.float32), edges, filters, 0)
    block_energies_stereo(np.zeros((2, 2), np.float32), edges, filters)
