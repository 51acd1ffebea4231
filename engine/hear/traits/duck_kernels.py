"""Loops over the family of ducks."""

from __future__ import annotations

import numpy as np
from numba import njit
from numpy.typing import NDArray

from engine.hear.traits.grid import Grid

SHAPES = 7
"""Forms of the release, each once in dB and once in amplitude: numbers 0 to 13."""

COSINE = 5
"""The form that goes down as it comes back: with both half a period long it is a sine."""

_ABOVE, _BELOW = 1.3, 0.8  # dB: drums raise a level, nothing but chance lowers it


@njit(cache=True, nogil=True)
def _back(share: float, shape: int) -> float:
    """How much of the level is back after a share of the release, both 0..1."""
    back = share**1.4
    if share >= 1:
        back = 1.0
    elif shape == 0:
        back = share
    elif shape == 1:
        back = np.sqrt(share)
    elif shape == 2:
        back = share * share
    elif shape == 3:
        back = 1 - np.exp(-5 * share)
    elif shape == 4:
        back = 1 - np.exp(-2.5 * share)
    elif shape == COSINE:
        back = 0.5 - 0.5 * np.cos(np.pi * share)
    return float(back)


@njit(cache=True, nogil=True)
def level(seconds: float, depth: float, attack: float, release: float, shape: int) -> float:
    """Amplitude of a ducked sound.

    Args:
        seconds: Since the duck began.
        depth: dB.
        attack: Seconds from the undisturbed to the least level.
        release: Seconds from there until it is back.
        shape: 0 to `SHAPES` - 1 for releases in dB, the same again for releases in amplitude.
    """
    form = shape % SHAPES
    if seconds >= attack:
        back = _back((seconds - attack) / release, form)
    elif form == COSINE:
        back = _back(1 - seconds / attack, form)
    else:
        return float(10 ** (-depth * seconds / attack / 20))
    if shape < SHAPES:
        return float(10 ** (-depth * (1 - back) / 20))
    floor = 10 ** (-depth / 20)
    return float(floor + (1 - floor) * back)


@njit(cache=True, nogil=True)
def seen(  # noqa: PLR0917 - compiled code takes no keywords
    out: Grid, beat: float, per_beat: int, onset: float, duck: Grid, shape: int, taps: Grid, weights: Grid
) -> None:
    """A duck as the short-time spectrum shows it: dB in each part of a beat, into `out`.

    Args:
        out: Shape (columns,), written.
        beat: Seconds of a beat.
        per_beat: Ducks in a beat.
        onset: Seconds from the beat to the least level.
        duck: Depth in dB, attack in seconds, release in seconds.
        shape: As in `level`.
        taps: Seconds from the middle of the window.
        weights: Share of the power that is seen from there, sum 1.
    """
    columns = len(out)
    period = beat / per_beat
    part = columns // per_beat
    for column in range(part):
        power = 0.0
        for tap in range(len(taps)):
            since = (column * beat / columns + taps[tap] - onset + duck[1]) % period
            power += weights[tap] * level(since, duck[0], duck[1], duck[2], shape) ** 2
        decibels = 10 * np.log10(power)
        for again in range(per_beat):
            out[again * part + column] = decibels


@njit(cache=True, nogil=True)
def agreement(curve: Grid, weight: Grid, shape: Grid, offset: float) -> float:
    """How much of a curve lies on a shape: 1 all of it, 0 nothing; below the shape counts against it.

    Args:
        curve: dB, shape (columns,).
        weight: Of each column, sum 1.
        shape: dB, shape (columns,).
        offset: dB of the undisturbed level.
    """
    total = 0.0
    for column in range(len(curve)):
        rest = curve[column] - shape[column] - offset
        if rest >= 0:
            total += weight[column] / (1 + (rest / _ABOVE) ** 2) ** 2
        else:
            total += weight[column] * (1.25 / (1 + (rest / _BELOW) ** 2) - 0.25)
    return total


@njit(cache=True, nogil=True)
def best_offset(curve: Grid, weight: Grid, shape: Grid) -> tuple[float, float]:
    """The level that lays a shape best against a curve, to half a dB, and the agreement there."""
    counts = np.zeros(160)
    for column in range(len(curve)):
        place = int((curve[column] - shape[column]) * 2 + 80)
        if 0 <= place < 159:
            counts[place] += weight[column]
            counts[place + 1] += weight[column]
    best = int(np.argmax(counts))
    offset, top = 0.0, -1.0
    for step in (-1.0, 0.0, 1.0):
        tried = (best - 80 + step * 0.5) / 2
        score = agreement(curve, weight, shape, tried)
        if score > top:
            offset, top = tried, score
    return offset, top


@njit(cache=True, nogil=True)
def best_of(curve: Grid, weight: Grid, family: NDArray[np.float64]) -> tuple[int, float, float]:
    """Which of a family, shape (n, columns), fits best: its number, offset and agreement."""
    which, offset, top = 0, 0.0, -9.0
    for number in range(len(family)):
        tried, score = best_offset(curve, weight, family[number])
        if score > top:
            which, offset, top = number, tried, score
    return which, offset, top


@njit(cache=True, nogil=True)
def joint(curves: Grid, weights: Grid, shape: Grid, offset: float) -> float:
    """How much of many curves, shape (bands, columns), lies on one shape; `weights` of the bands have the sum 1."""
    even = np.full(curves.shape[1], 1 / curves.shape[1])
    total = 0.0
    for band in range(len(curves)):
        if weights[band] > 0:
            total += weights[band] * agreement(curves[band], even, shape, offset)
    return total


@njit(cache=True, nogil=True)
def _odd(duck: Grid, cosine: bool) -> float:
    """What counts against a duck that begins off the beat or sets in slowly: few do, and drums can feign it."""
    late = duck[3] / 0.01
    slow = 0.0 if cosine else max(0.0, duck[1] - 0.005) / 0.01
    return float(0.02 * late * late + 0.01 * slow)


@njit(cache=True, nogil=True)
def refined(  # noqa: PLR0917 - compiled code takes no keywords
    curves: Grid, share: Grid, beat: float, per_beat: int, start: Grid, shape: int, taps: Grid, weights: Grid
) -> tuple[Grid, float]:
    """Climb from a start (depth, attack, release, onset, offset) to the best agreement near by.

    Returns:
        The five numbers, and the agreement less what is odd about them.
    """
    cosine = shape % SHAPES == COSINE
    low = np.array([0.0, 0.001, 0.01, start[3] - 0.04, -40.0])
    high = np.array([40.0, 0.5 * beat / per_beat if cosine else 0.06, 1.2 * beat / per_beat, start[3] + 0.04, 40.0])
    steps = np.array([2.0, 0.006, 0.12 * beat / per_beat, 0.008, 0.5])
    here = start.copy()
    shown = np.empty(curves.shape[1])
    seen(shown, beat, per_beat, here[3], here[:3], shape, taps, weights)
    top = joint(curves, share, shown, here[4]) - _odd(here, cosine)
    for _ in range(30):
        moved = False
        for move in range(12):
            tried = here.copy()
            axis, sign = move // 2 % 5, 1.0 - 2.0 * (move % 2)
            if move >= 10:  # depth and release go together
                tried[2] = min(high[2], max(low[2], here[2] - sign * steps[2]))
                axis = 0
            tried[axis] = min(high[axis], max(low[axis], here[axis] + sign * steps[axis]))
            seen(shown, beat, per_beat, tried[3], tried[:3], shape, taps, weights)
            score = joint(curves, share, shown, tried[4]) - _odd(tried, cosine)
            if score > top + 1e-7:
                here, top, moved = tried, score, True
        if not moved:
            steps *= 0.5
            if steps[0] < 0.05:
                break
    return here, top


def warm() -> None:
    """Compile on a tiny input."""
    flat, even = np.zeros(8), np.full(8, 0.125)
    tap, one = np.zeros(1), np.ones(1)
    best_of(flat, even, np.zeros((1, 8)))
    refined(np.zeros((1, 8)), one, 0.5, 1, np.array([1.0, 0.003, 0.2, 0.0, 0.0]), 0, tap, one)
