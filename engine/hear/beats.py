"""Where the beats are, once it is known about how fast they come."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.hear import beat_network
from engine.hear.beats_kernels import likeliest_beats
from engine.hear.sound import Samples

Floats = NDArray[np.float64]

_LEEWAY = 1.15  # the tempo may drift by this much up and down
_STIFFNESS = 90.0  # nats for a beat twice as long as the one before
_FINEST = 28  # frames in a beat at least; a finer grid keeps a fast tempo from stumbling
_EARLY = 0.03  # seconds
_FAR, _LOST = 0.06, 0.2  # beats that lie beside the grid by this share are lost; how much a share of lost ones counts
_REGION = 12.0  # share of frames that are beats in the network's sense: one in this many


def found(beats: Samples, tempo: float) -> Floats:
    """Find the beats.

    Args:
        beats: Probability of a beat in each frame, at `beat_network.RATE`.
        tempo: BPM, about.

    Returns:
        Seconds, ascending.
    """
    factor = max(2, int(np.ceil(_FINEST * tempo / 60 / beat_network.RATE)))
    rate = beat_network.RATE * factor
    count = (len(beats) - 1) * factor + 1
    fine = np.interp(np.arange(count) / factor, np.arange(len(beats)), beats)
    period = 60 * rate / tempo
    shortest, longest = max(2, int(period / _LEEWAY)), int(np.ceil(period * _LEEWAY))
    if count < longest:
        return np.empty(0)
    chance = np.clip(fine, 1e-4, 1 - 1e-4)
    beat = np.log(chance).astype(np.float32)
    rest = np.log((1 - chance) / (_REGION - 1)).astype(np.float32)
    frames, _ = likeliest_beats(beat, rest, shortest, longest, _STIFFNESS)
    return _sharpened(frames, fine) / rate


def _sharpened(frames: NDArray[np.int64], fine: NDArray[np.float64]) -> Floats:
    """Move each beat to the top of the parabola through its three nearest values, where there is a top."""
    inner = np.clip(frames, 1, len(fine) - 2)
    left, middle, right = fine[inner - 1], fine[inner], fine[inner + 1]
    bend = left - 2 * middle + right
    shift = np.where(bend < -1e-6, 0.5 * (left - right) / np.where(bend < -1e-6, bend, 1), 0)
    return np.asarray(inner + np.clip(shift, -0.5, 0.5))


def refined(beats: Floats, onsets: Samples, rate: float) -> tuple[float, float, float]:
    """The steady grid nearest to the beats.

    Beats are first counted (a missing one is seen by its distance), then a line is laid through them, and its slope
    and place are tried in small steps on the onsets themselves: a long piece tells its tempo to a hundredth.

    Args:
        beats: Seconds, at least 4.
        onsets: How much louder each frame is than before, at `rate` frames a second.
        rate: Frames a second of `onsets`.

    Returns:
        Seconds of a beat; seconds of its first, 0 to one beat; and how far beats are from the grid (as a share of a
        beat; a few that were heard elsewhere count little).
    """
    typical = float(np.median(np.diff(beats)))
    number = np.concatenate([[0], np.cumsum(np.maximum(1, np.round(np.diff(beats) / typical)))])
    keep = np.ones(len(beats), bool)
    for _ in range(3):  # beats far off the line are not asked again
        period, start = np.polyfit(number[keep], beats[keep], 1)
        off = beats - (start + period * number)
        spread = max(float(np.median(np.abs(off[keep]))) * 3, 0.01)
        keep = np.abs(off) < spread
        if keep.sum() < 4:
            keep[:] = True
            break
    beside = np.abs(off) / period
    robust = max(1.5 * float(np.median(beside)), _LOST * float(np.mean(beside > _FAR)))
    error = min(float(np.sqrt(np.mean(beside**2))), robust)
    period = _on_onsets(period, start, onsets, rate)
    start = float(np.median((beats - period * number)[keep]))  # a line turned about its first beat would leave the rest
    return period, float(_first(start, period)), error


def _first(start: float, period: float) -> float:
    """The first beat from 0 on; one that is heard a moment before the beginning is the beginning."""
    first = start % period
    return 0.0 if period - first < _EARLY else first


def _on_onsets(period: float, start: float, onsets: Samples, rate: float) -> float:
    """The period near this one at which onsets gather most sharply around their places in the beat."""
    if len(onsets) < 2 or not onsets.any():
        return period
    times = np.arange(len(onsets)) / rate
    strong = onsets > np.quantile(onsets, 0.9)
    times, weights = times[strong] - start, onsets[strong].astype(np.float64)
    # One step turns the last onset by a fiftieth of a beat against the first.
    reach = max(float(times[-1] - times[0]), period)
    step = period * period / reach / 50
    offers = period + step * np.arange(-15, 16)
    # Sixteenths and triplets gather too: harmonics of the beat, each telling its place more finely.
    gathered = sum(
        np.abs(np.exp(2j * np.pi * harmonic * times[None, :] / offers[:, None]) @ weights) for harmonic in (1, 2, 4)
    )
    best = int(np.argmax(gathered))
    if not 0 < best < len(offers) - 1:
        return period
    left, middle, right = gathered[best - 1 : best + 2]
    return float(offers[best] + step * 0.5 * (left - right) / (left - 2 * middle + right))
