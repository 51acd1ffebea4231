"""How late the off-beats come, from where onsets lie between beats."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.hear.rhythm_result import Swing
from engine.hear.sound import Samples

Floats = NDArray[np.float64]

_PLACES = 96  # in which a beat is divided
_LEAST, _MOST = 0.44, 0.78  # where the second of two notes may lie
_TRIPLET = 1 / 6  # how far a full triplet is behind the middle


def swing(beats: Floats, onsets: Samples, rate: float) -> Swing:
    """Measure the swing.

    Args:
        beats: Seconds, ascending.
        onsets: How much louder each frame is than before, at `rate` frames a second.
        rate: Frames a second of `onsets`.
    """
    if len(beats) < 5 or len(onsets) < 8:
        return Swing()
    profile = _profile(beats, onsets, rate)
    ratio, strength = _second(profile)
    # Sixteenths: both halves of the beat, laid over each other.
    half = (profile[: _PLACES // 2] + profile[_PLACES // 2 :]) / 2
    fine = np.interp(np.arange(_PLACES) / 2, np.arange(_PLACES // 2), half, period=_PLACES // 2)
    fine_ratio, fine_strength = _second(fine)
    middle = profile[_PLACES // 2 - 4 : _PLACES // 2 + 5].max()
    sixteenths = fine_strength > 0.35 and middle > 0.5 * profile.max() and abs(ratio - 0.5) < 0.03
    if sixteenths:
        ratio, strength = fine_ratio, fine_strength
    return Swing(
        amount=round(float(np.clip((ratio - 0.5) / _TRIPLET, 0, 1.5)), 3),
        ratio=round(float(np.clip(ratio, 0.5, 0.75)), 3),
        grid=16 if sixteenths else 8,
        confidence=round(float(np.clip(strength, 0, 1) * min(1, len(beats) / 16)), 3),
    )


def _profile(beats: Floats, onsets: Samples, rate: float) -> Floats:
    """Mean onset strength at each place between two beats, the beat itself first."""
    places = beats[:-1, None] + np.diff(beats)[:, None] * (np.arange(_PLACES) / _PLACES)
    values = np.interp(places * rate, np.arange(len(onsets)), onsets)
    mean = values.mean(axis=0)
    return np.asarray(np.maximum(mean - np.median(mean), 0))


def _second(profile: Floats) -> tuple[float, float]:
    """Place and relative strength of the note between two beats; 0.5 and 0 when there is none."""
    first, last = int(_LEAST * _PLACES), int(_MOST * _PLACES)
    top = first + int(profile[first:last].argmax())
    whole = max(profile[:4].max(), profile[-4:].max(), profile[top])
    if profile[top] <= 0 or not first < top < last - 1:
        return 0.5, 0.0
    left, middle, right = profile[top - 1 : top + 2]
    bend = left - 2 * middle + right
    shift = 0.5 * (left - right) / bend if bend < 0 else 0.0
    return (top + shift) / _PLACES, float(profile[top] / whole)
