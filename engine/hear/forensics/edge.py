"""Where the spectrum ends, how steeply, and whether it goes on as its own mirror image."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import scipy.fft
import scipy.ndimage
from numpy.typing import NDArray

from engine.hear.forensics.stretches import mixed, stretches
from engine.hear.sound import Sound

Floats = NDArray[np.float64]

_WINDOW = 4096
_STRETCHES = 48
_LOWEST = 3_500.0  # Hz
_SMOOTH = 7  # bins
_COARSE = 8  # bins from one place to the next while searching
_LEAST = 10.0  # dB that are a fall
_PASSED = 0.9  # share of half a rate that a good resampler lets through
_REACH = 150.0, 1100.0  # Hz around a middle that are mirrored
_ASIDE = (-60, -37, -21, 21, 37, 60)  # bins; what is alike there, too, is no image
_NOISE = -122.0  # dB in a bin; 16 bits have about -125
_FEWEST = 6  # stretches
_FLOOR = -150.0


ORIGINS = (8000, 11_025, 12_000, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 88_200, 96_000)
"""Usual sample rates."""


@dataclass(frozen=True)
class Edge:
    """The steepest fall of the spectrum that no sound rises over.

    Attributes:
        hz: Where it has fallen half of the way, in dB.
        drop: How much lower it is above than below, dB.
        width: How far it takes to fall, as a share of `hz`.
        filled: How much the sound just below the edge stands out of what lies above it even in its
            weakest bins, dB.
        follows: Correlation, over time, of the levels (dB) below and above: a filter lets something through that
            moves with the sound, and rounding noise does not.
        left: Level above the edge, dB against full scale in one bin.
    """

    hz: float
    drop: float
    width: float
    filled: float
    follows: float
    left: float


@dataclass(frozen=True)
class Mirror:
    """The point at which the spectrum is most like its own mirror image.

    Attributes:
        origin: Twice its frequency: the rate from which a sound without a filter would be mirrored there, Hz.
        alike: How much what lies above moves with its mirror image below, bin by bin, beyond what it does with
            its neighbours; 1 is a copy, 0 nothing.
        below: How much lower the image is, dB.
    """

    origin: int
    alike: float
    below: float


def edges(sound: Sound) -> tuple[Edge | None, Mirror | None]:
    """Look for the end of the spectrum, and for a mirror image.

    Args:
        sound: What to look at.

    Returns:
        The end: None where there is no sound or no fall at all. The mirror image: None where nothing is there that
        could be one.
    """
    levels = _levels(sound)
    if levels is None:
        return None, None
    return _edge(levels, sound.rate), _mirror(levels, sound.rate)


def origin_of(sound: Sound, end: Edge) -> int | None:
    """The usual sample rate below that of the sound whose resampler would cut there; None where there is none."""
    for origin in ORIGINS:
        if origin <= 0.98 * sound.rate and _PASSED * origin / 2 <= end.hz <= 1.01 * origin / 2:
            return origin
    return None


def _edge(levels: Floats, rate: int) -> Edge | None:
    most = scipy.ndimage.median_filter(np.quantile(levels, 0.9, axis=0), _SMOOTH, mode="nearest")
    step = rate / _WINDOW
    falls = [(_fall(most, place), place) for place in range(int(_LOWEST / step), int(0.965 * len(most)), _COARSE)]
    if not falls:
        return None
    at = max(falls)[1]
    best, at = max((_fall(most, place), place) for place in range(at - _COARSE, at + _COARSE + 1))
    return _told(levels, most, step, at) if best >= _LEAST else None


def _fall(most: Floats, place: int) -> float:
    below = np.sort(most[int(0.9 * place) : int(0.98 * place)])
    return float(below[len(below) // 4] - most[int(1.02 * place) :].max())


def _mirror(levels: Floats, rate: int) -> Mirror | None:
    step = rate / _WINDOW
    found = []
    for origin in ORIGINS:
        middle = origin / 2 / step
        if origin > 0.98 * rate or len(levels) < _FEWEST or middle + _REACH[1] / step + _ASIDE[-1] >= levels.shape[1]:
            continue
        away = np.arange(_REACH[0] / step, _REACH[1] / step)
        under, over = _at(levels, middle - away), _at(levels, middle + away)
        if over.mean() < _NOISE:
            continue
        aside = [_alike(under, _at(levels, middle + away + shift)) for shift in _ASIDE]
        found.append(Mirror(origin, _alike(under, over) - max(0.0, *aside), float(under.mean() - over.mean())))
    return max(found, key=lambda each: each.alike, default=None)


def _at(levels: Floats, bins: Floats) -> Floats:
    """Levels between bins."""
    low = bins.astype(int)
    share = bins - low
    return np.asarray(levels[:, low] * (1 - share) + levels[:, low + 1] * share)


def _alike(one: Floats, other: Floats) -> float:
    """Correlation of two parts of a spectrogram, bins and stretches levelled."""
    flat = []
    for part in (one, other):
        level = part - part.mean(axis=0)
        level -= level.mean(axis=1, keepdims=True)
        flat.append(level.ravel() / max(1e-9, float(np.linalg.norm(level))))
    return float(flat[0] @ flat[1])


def _told(levels: Floats, most: Floats, step: float, at: int) -> Edge:
    under, over = slice(int(0.9 * at), int(0.98 * at)), slice(int(1.02 * at), None)
    below, above = float(np.median(most[under])), float(np.quantile(most[over], 0.9))
    near = most[int(0.88 * at) : int(1.1 * at)]
    first = int(0.88 * at)
    high = first + int(np.flatnonzero(near > below - 6)[-1])
    low = first + int(np.flatnonzero(near > above + 6)[-1])
    half = first + int(np.flatnonzero(near > (below + above) / 2)[-1])
    loud = levels[:, under].mean(axis=1)
    rest = levels[:, over].mean(axis=1)
    follows = 0.0
    if len(levels) >= 4 and loud.std() > 1 and rest.std() > 0.05:
        follows = float(np.corrcoef(loud, rest)[0, 1] * min(1.0, rest.std() / loud.std() * 2))
    return Edge(
        hz=half * step,
        drop=below - above,
        width=(low - high) / at,
        filled=float(most[under].min() - above),
        follows=follows,
        left=above,
    )


def _levels(sound: Sound) -> Floats | None:
    """Levels of the bins in dB, shape (stretches, bins), of the stretches with sound."""
    place = 2 * np.pi * np.arange(_WINDOW) / _WINDOW
    # Blackman and Harris: what leaks is 92 dB down, so that a steep fall is seen as one.
    window = 0.35875 - 0.48829 * np.cos(place) + 0.14128 * np.cos(2 * place) - 0.01168 * np.cos(3 * place)
    rows = []
    for number, first in enumerate(stretches(sound, _STRETCHES, _WINDOW)):
        part = mixed(sound, first, _WINDOW, number % 2 == 1)
        if np.abs(part).max() > 1e-3:
            rows.append(np.abs(scipy.fft.rfft(part * window)) / window.sum() * 2)
    if not rows:
        return None
    return np.asarray(20 * np.log10(np.maximum(np.array(rows), 10 ** (_FLOOR / 20))))
