"""Acid: a line as a TB-303 plays it.

What makes it: one saw or square in the low register, sixteenths, slides, and above all a steep low-pass with strong
resonance whose cutoff falls after each note and is turned by hand. So a narrow hump stands in the spectrum, steep on
its upper side, that wanders further than the notes do and falls more often than it rises.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.hear.sound import HEARING_RATE
from engine.hear.spectrum import FINE_RATE, FINE_WINDOW, Spectra
from engine.hear.traits.grid import Beaten, Grid, smooth_beats
from engine.hear.traits.models import probability

_LEAST_FRAMES = 86
_MOST_FRAMES = 86 * 120
_PER_OCTAVE = 8
_LOW, _HIGH = 130.0, 7000.0
_CLEAR = 4.0  # dB by which a hump stands out on both sides
_HUMP = 250.0  # Hz: lower, a hump is the note itself


class Acid(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a resonant line of the acid kind plays.

    Attributes:
        probability: 0 to 1; None where there is less than a second of sound.
        sweep_octaves: How far the resonance wanders, between its lower and its upper tenth, 0 or more.
        evidence: The same in words.
    """

    probability: float | None
    sweep_octaves: float = 0.0
    evidence: str


def acid(spectra: Spectra, rhythm: Beaten) -> Acid:
    """Hear an acid line.

    Args:
        spectra: The sound.
        rhythm: Its beats; without any, a tempo of 125 BPM is taken for the length of a sixteenth.
    """
    features = acid_features(spectra, rhythm)
    if features is None:
        return Acid(probability=None, evidence="Less than a second of sound.")
    sweep = round(float(features[3]), 2)
    sure = probability("acid", features)
    words = "A resonance" if sure >= 0.5 else "No resonance of the acid kind; the strongest hump"
    return Acid(probability=sure, sweep_octaves=sweep, evidence=f"{words} wanders over {sweep} octaves.")


def acid_features(spectra: Spectra, rhythm: Beaten) -> Grid | None:
    """What tells acid lines from other lines, 13 numbers; None with less than a second of sound."""
    fine = spectra.fine
    if len(fine) > _MOST_FRAMES:  # two minutes from the middle tell enough
        first = (len(fine) - _MOST_FRAMES) // 2
        fine = fine[first : first + _MOST_FRAMES]
    power = np.square(fine) @ _bank()
    loud = power.sum(axis=1)
    voiced = loud > 0.01 * np.quantile(loud, 0.95)
    if loud.max() < 1e-9 or voiced.sum() < _LEAST_FRAMES:
        return None
    level = 10 * np.log10(power + loud[:, None] * 1e-5 + 1e-11)
    lowest = int(np.log2(_HUMP / _LOW) * _PER_OCTAVE)
    up = _slope(level, 3)  # how far a band stands above the one 3/8 octave higher
    down = -np.roll(up, 3, axis=1)  # and above the one as far below
    hump = np.minimum(up, down)
    hump[:, :lowest], hump[:, -3:] = -20, -20
    place = hump.argmax(axis=1)
    rows = np.arange(len(level))
    height, drop = hump[rows, place], _slope(level, 8)[rows, place]
    place = _fine_place(hump, place) / _PER_OCTAVE
    where = np.flatnonzero(voiced)
    steps = np.diff(place[where])
    small = np.abs(steps[(np.diff(where) == 1) & (height[where[1:]] > 4)])
    signed = steps[(np.diff(where) == 1) & (height[where[1:]] > 4)]
    moving = (small > 0.03) & (small < 0.5)
    flat = np.exp(np.mean(np.log(power[voiced] + 1e-12), axis=1)) / np.mean(power[voiced] + 1e-12, axis=1)
    track, bright = place * (height > _CLEAR), (level @ np.arange(level.shape[1])) / level.sum(axis=1).clip(None, -1)
    sixteenth = _sixteenth(rhythm)
    return np.array(
        [
            float(np.median(height[voiced])),
            float(np.quantile(height[voiced], 0.8)),
            float(np.median(drop[voiced])),
            _spread(place[voiced & (height > _CLEAR)]),
            float(np.mean(moving)) if len(small) else 0.0,
            float(np.mean(signed[moving] < 0)) if moving.any() else 0.5,
            float(np.log10(np.median(flat) + 1e-4)),
            _repeats(track, sixteenth),
            _repeats(bright, sixteenth),
            float(np.mean(height[voiced] > 6)),
            float(np.std(bright[voiced])),
            float(np.median(place[voiced])),
            float(np.mean(small)) if len(small) else 0.0,
        ]
    )


def _spread(places: Grid) -> float:
    return float(np.quantile(places, 0.9) - np.quantile(places, 0.1)) if len(places) else 0.0


def _slope(level: NDArray[np.float32], bands: int) -> NDArray[np.float32]:
    """By how many dB each band stands above the one so many bands higher."""
    out = np.zeros_like(level)
    out[:, :-bands] = level[:, :-bands] - level[:, bands:]
    return out


def _fine_place(hump: NDArray[np.float32], place: NDArray[np.int64]) -> Grid:
    """Bands with their fraction, by a parabola."""
    rows = np.arange(len(hump))
    inner = np.clip(place, 1, hump.shape[1] - 2)
    left, top, right = (hump[rows, inner + side].astype(np.float64) for side in (-1, 0, 1))
    bend = left - 2 * top + right
    return np.asarray(
        place + np.clip(np.where(bend < -1e-3, 0.5 * (left - right) / np.minimum(bend, -1e-3), 0), -0.5, 0.5)
    )


def _sixteenth(rhythm: Beaten) -> float:
    """Frames of a sixteenth."""
    beats = smooth_beats(rhythm.beats)
    period = float(np.median(np.diff(beats))) if len(beats) > 2 else 0.48
    return period * FINE_RATE / 4


def _repeats(track: Grid, lag: float) -> float:
    """How alike a curve is to itself one and two sixteenths on, against half a sixteenth, -1 to 1."""
    rest = track - track.mean()
    power = float(np.dot(rest, rest))
    if power < 1e-9 or len(rest) < 4 * lag:
        return 0.0
    alike = [
        float(np.dot(rest[: -max(1, round(lag * each))], rest[max(1, round(lag * each)) :])) for each in (0.5, 1, 2)
    ]
    return ((alike[1] + alike[2]) / 2 - alike[0]) / power


def _bank_edges() -> Grid:
    return np.asarray(_LOW * 2 ** (np.arange(int(np.log2(_HIGH / _LOW) * _PER_OCTAVE) + 1) / _PER_OCTAVE))


def _bank() -> NDArray[np.float32]:
    """Triangles an eighth of an octave apart, at least three bins wide, each with the sum 1, shape (513, bands)."""
    centres = _bank_edges()
    bins = np.fft.rfftfreq(FINE_WINDOW, 1 / HEARING_RATE)[:, None]
    wide = np.maximum(centres * (2 ** (1 / _PER_OCTAVE) - 1), 1.5 * HEARING_RATE / FINE_WINDOW)
    bank = np.maximum(0, 1 - np.abs(bins - centres) / wide)
    return np.asarray(bank / bank.sum(axis=0), np.float32)
