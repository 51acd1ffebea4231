"""Energy from 1 to 10: how much a piece drives, whatever its level.

Three measures, none of which moves with the level: drive (how much the eight parts of the spectrum rise from moment to
moment), brightness (share of the perceived loudness above 1.5 kHz) and fullness (perceived loudness beside the loudest
moments: a limited, dense mix stays near them, a sparse one falls away between strokes). Energy grows with the root of
drive, and the more so the brighter and fuller the sound is. The weights were fitted by least squares to ten kinds of
synthesised pieces (ambient 1-2, piano 3, ballad 4, house 6-7, rock 8, techno and drum and bass 9), and checked on
pieces with other seeds, keys and tempi; the tests make both.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.hear.loudness import Loudness
from engine.hear.spectrum import FINE_RATE, Spectra
from engine.hear.structure_bars import Beaten, bar_edges, bar_of
from engine.hear.timbre_perception import BRIGHT_HZ, specific_loudness

_PARTS = 8  # of the spectrum, eight mel bands each
_CHANCE_DB, _MOST_DB = 3.0, 9.0  # steady noise rises less than the first; more than both together adds nothing
_RANGE = 1e-6  # 60 dB below the loudest part
_LOUDEST = 98.0  # percentile of the frames that fullness is measured by
_BASE, _DRIVE, _DENSE = 0.81, 2.7, 5.31
_MOST_BARS = 2_000
_SHORTEST = 0.4  # seconds


class Energy(msgspec.Struct, frozen=True, kw_only=True):
    """How much a piece drives.

    Attributes:
        energy: 1 (calm) to 10: the mean of the more energetic half of the bars, so that a breakdown does not make a
            track calm. None for silence and for less than 0.4 s.
        per_bar: The same of every bar, 1..10; bars of 2 s where there are no beats. Empty like `energy`.
        bar_starts: Where each of them begins, seconds.
        drive: Mean rise of the spectrum, 0 (steady) to about 8 (strokes everywhere).
        brightness: Share 0..1 of the loudness above 1.5 kHz.
        fullness: Mean loudness over that of the loudest moments, 0..1.
    """

    energy: float | None
    per_bar: list[float]
    bar_starts: list[float]
    drive: float | None
    brightness: float | None
    fullness: float | None


_NOTHING = Energy(energy=None, per_bar=[], bar_starts=[], drive=None, brightness=None, fullness=None)


def energy(spectra: Spectra, loudness: Loudness, rhythm: Beaten) -> Energy:
    """Measure the energy of a sound.

    Args:
        spectra: Its shared spectra.
        loudness: Its loudness; without any there is no energy.
        rhythm: Its beats and downbeats.
    """
    duration = spectra.sound.duration
    if loudness.rms_db is None or duration < _SHORTEST:
        return _NOTHING
    drive, bright, loud = _frames(spectra)
    if not loud.any():
        return _NOTHING
    edges = bar_edges(rhythm, duration)
    edges = edges[:: -(-edges.size // _MOST_BARS)] if edges.size > _MOST_BARS else edges
    bar = bar_of(np.arange(drive.size) / FINE_RATE, edges)
    means = _bar_means(bar, edges.size - 1, drive, bright, loud)
    means[:, 1] /= np.maximum(means[:, 2], 1e-12)
    means[:, 2] = np.minimum(means[:, 2] / max(float(np.percentile(loud, _LOUDEST)), 1e-12), 1)
    values = _energy(*means.T)
    return Energy(
        energy=round(float(values[values >= np.median(values)].mean()), 1),
        per_bar=[round(float(value), 1) for value in values],
        bar_starts=[round(float(start), 3) for start in edges[: values.size]],
        drive=round(float(drive.mean()), 2),
        brightness=round(float(bright.sum() / loud.sum()), 3),
        fullness=round(float(means[:, 2].mean()), 3),
    )


def _energy(drive: NDArray[np.float64], bright: NDArray[np.float64], full: NDArray[np.float64]) -> NDArray[np.float64]:
    rooted = np.sqrt(drive)
    return np.clip(_BASE + _DRIVE * rooted + _DENSE * bright * full * rooted, 1, 10)


def _frames(spectra: Spectra) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Drive, bright loudness and loudness of every frame."""
    parts = spectra.mel.reshape(-1, _PARTS, spectra.mel.shape[1] // _PARTS).sum(axis=2)
    level = 10 * np.log10(np.maximum(parts, max(_RANGE * float(parts.max()), 1e-30)))
    drive = np.zeros(len(level))
    rises = np.clip(level[2:] - level[:-2] - _CHANCE_DB, 0, _MOST_DB)
    drive[2:] = rises.mean(axis=1) * (FINE_RATE / 2 / _MOST_DB)
    specific, hertz = specific_loudness(spectra.mel)
    bright = specific[:, hertz >= BRIGHT_HZ].sum(axis=1, dtype=np.float64)
    return drive, bright, specific.sum(axis=1, dtype=np.float64)


def _bar_means(bar: NDArray[np.int64], bars: int, *values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean of each value over the frames of each bar, shape (bars, values)."""
    count = np.maximum(np.bincount(bar, minlength=bars), 1)
    return np.stack([np.bincount(bar, weights=value, minlength=bars) / count for value in values], axis=1)
