"""Candidates for seams, and what speaks for each."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.hear.forensics.edit_kernels import predictor, surprises
from engine.hear.sound import Samples, Sound

Floats = NDArray[np.float64]

_STANDS_OUT = 5.0  # times the bends around
_MOST = 200  # candidates weighed closely
_APART = 0.004  # seconds between candidates
_ORDER = 24
_SIDE = 1024  # samples on each side that predict
_NEAR = 3  # samples around a seam that may surprise
_FAINT = 10 ** (-75 / 20)


@dataclass(frozen=True)
class Seam:
    """A place that neither side leads up to.

    Attributes:
        frame: Where.
        forward: How much what follows surprises what is before, in its usual surprises.
        backward: The same from behind.
        alone: How much it stands out of the surprises around it.
        rise: How much louder the 20 ms after it are than the 20 ms before, dB.
        jump: Size of the step, as a share of the peak around it.
    """

    frame: int
    forward: float
    backward: float
    alone: float
    rise: float
    jump: float


def seams(sound: Sound, bent: tuple[Samples, Samples, NDArray[np.int32]]) -> list[Seam]:
    """Look for places where the wave is torn.

    Args:
        sound: What to look at.
        bent: What `edit_kernels.bends` says of it.

    Returns:
        The clearest in each few milliseconds, in order of time.
    """
    if sound.frames < 4 * _SIDE:
        return []
    usual, sharpest, where = bent
    # The sharper of both neighbours: at the beginning of a stroke what follows bends as much.
    around = np.maximum.reduce([usual, np.roll(usual, 1), np.roll(usual, -1)])
    ratio = sharpest / (around + 3e-5)
    likely = np.flatnonzero(ratio > _STANDS_OUT)
    likely = likely[np.argsort(-ratio[likely], kind="stable")][:_MOST]
    found: list[Seam] = []
    for block in likely:
        frame = int(where[block])
        if all(abs(frame - other.frame) > _APART * sound.rate for other in found):
            weighed = _weighed(sound, frame)
            if weighed is not None:
                found.append(weighed)
    return sorted(found, key=lambda seam: seam.frame)


def _weighed(sound: Sound, frame: int) -> Seam | None:
    low, high = frame - _SIDE - _NEAR, frame + _SIDE + _NEAR
    if low < 0 or high > sound.frames:
        return None
    best: Seam | None = None
    for channel in range(min(2, sound.channels)):
        signal = np.ascontiguousarray(sound.samples[low:high, channel])
        if np.abs(signal).max() < _FAINT:
            continue
        seam = _in_channel(signal, frame, sound.rate)
        if best is None or min(seam.forward, seam.backward) > min(best.forward, best.backward):
            best = seam
    return best


def _in_channel(signal: Samples, frame: int, rate: int) -> Seam:
    middle = len(signal) // 2
    forward, before = _surprise(signal[: middle + _NEAR + 1])
    backward, after = _surprise(signal[middle - _NEAR - 1 :][::-1])
    ahead, behind = signal[: middle - _NEAR], signal[middle + _NEAR :]
    short = min(len(ahead), int(0.02 * rate))
    rise = 20 * np.log10((_level(behind[:short]) + 1e-7) / (_level(ahead[-short:]) + 1e-7))
    near = signal[middle - _NEAR : middle + _NEAR]
    return Seam(
        frame=frame,
        forward=forward,
        backward=backward,
        alone=float(min(before, after)),
        rise=float(rise),
        jump=float(np.abs(np.diff(near)).max() / (np.abs(signal).max() + 1e-9)),
    )


def _surprise(signal: Samples) -> tuple[float, float]:
    """How much the last samples of a signal surprise those before, by their deviation and by their largest."""
    known = signal[: -2 * _NEAR - 1]
    weights = predictor((known * _window(len(known))).astype(np.float32), _ORDER)
    left = np.abs(surprises(signal, weights))
    usual, last = left[: -2 * _NEAR - 1], left[-2 * _NEAR - 1 :]
    scale = float(np.sqrt(np.mean(np.square(usual)))) + 1e-6
    return float(last.max()) / scale, float(last.max() / (np.sort(usual)[-4] + 1e-6))


@lru_cache(4)
def _window(length: int) -> Floats:
    return np.hanning(length)


def _level(signal: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(signal))))
