"""A resonant low-pass of four poles that follows a moving cutoff, for acid lines."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from tests.benchmarks.hearing.synth_parts import RATE, Wave


def ladder(signal: Wave, cutoff: NDArray[np.float64], resonance: float) -> NDArray[np.float64]:
    """Four one-pole stages with feedback through a soft limit.

    Args:
        signal: Shape (n,).
        cutoff: Hz for each sample.
        resonance: 0 none, 1 the edge of oscillation.
    """
    return np.asarray(_ladder(signal.astype(np.float64), 1 - np.exp(-2 * np.pi * cutoff / RATE), 4.2 * resonance))


@njit(cache=True)
def _ladder(signal: NDArray[np.float64], pole: NDArray[np.float64], feedback: float) -> NDArray[np.float64]:
    out, state = np.empty_like(signal), np.zeros(4)
    for index in range(len(signal)):
        for _ in range(2):  # twice a sample, so that the delay in the loop does not detune it
            drive = np.tanh(signal[index] - feedback * state[3])
            for stage in range(4):
                state[stage] += 0.5 * pole[index] * ((drive if stage == 0 else state[stage - 1]) - state[stage])
        out[index] = state[3]
    return out
