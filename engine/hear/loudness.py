"""How loud it is: ITU-R BS.1770-4, EBU R 128, Tech 3341 (meters) and Tech 3342 (range).

K-weighted energies of 10 ms come from one pass. Integrated loudness and loudness range read windows every 100 ms
as the standards lay down; the two maxima look every 10 ms, so that a burst as long as the window is caught whole.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np

from engine.hear.loudness_kernels import Floats, block_energies, block_energies_stereo
from engine.hear.loudness_weighting import channel_weights, k_weighting
from engine.hear.sound import Sound
from engine.hear.true_peak import peaks

FLOOR_LUFS = -70.0
"""The absolute gate: what is below counts as silence."""

_BLOCKS_A_SECOND = 100
_STEP = 10  # blocks from one gating window to the next: 100 ms
_MOMENTARY, _SHORT_TERM = 40, 300  # blocks: 400 ms and 3 s
_OFFSET = -0.691
_CURVE_POINTS = 600


class LoudnessCurve(msgspec.Struct, frozen=True, kw_only=True):
    """Loudness along the time.

    Attributes:
        step: Seconds from one value to the next; 0.1, or a multiple of it for a sound longer than a minute.
        momentary: LUFS of 400 ms windows, >= -70 (which also stands for silence). Value i is the highest of those that
            end in the step before (i + 1) * step; the time before the sound counts as silence.
        short_term: The same of 3 s windows.
    """

    step: float
    momentary: list[float]
    short_term: list[float]


class Loudness(msgspec.Struct, frozen=True, kw_only=True):
    """The levels of a sound; None where silence or a short sound leaves nothing to measure.

    Attributes:
        integrated_lufs: Gated loudness of all of it, LUFS; None for silence (below -70 LUFS) and for less than 400 ms.
        loudness_db: The same number; for less than 400 ms the ungated K-weighted level, in LUFS too.
        momentary_max: Loudest 400 ms, LUFS; a shorter sound is its own window.
        short_term_max: Loudest 3 s, LUFS; a shorter sound is its own window.
        lra: Loudness range, LU >= 0; None for less than 3 s. Means little for less than a minute.
        true_peak_db: Highest true peak of all channels, dBTP.
        sample_peak_db: Highest sample of all channels, dBFS.
        true_peaks: True peak of each channel, dBTP; None for a silent one.
        plr: Peak to loudness ratio, true peak minus integrated loudness, LU.
        psr: Peak to short-term ratio: highest true peak minus highest short-term loudness, LU.
        crest_db: Highest sample over the root mean square of all channels, dB; 3.01 for a sine.
        rms_db: That root mean square, dBFS (a full-scale sine is -3.01).
        curve: Momentary and short-term loudness along the time.
    """

    integrated_lufs: float | None
    loudness_db: float | None
    momentary_max: float | None
    short_term_max: float | None
    lra: float | None
    true_peak_db: float | None
    sample_peak_db: float | None
    true_peaks: list[float | None]
    plr: float | None
    psr: float | None
    crest_db: float | None
    rms_db: float | None
    curve: LoudnessCurve


def loudness(sound: Sound) -> Loudness:
    """Measure the levels of a sound.

    Args:
        sound: 1 to 8 channels in the order of WAV files, any rate.

    Raises:
        InvalidValue: for more channels than loudness is defined for.
    """
    edges = _edges(sound)
    weighted, plain = _energies(sound, edges)
    sample_peaks, true_peaks = peaks(sound)
    momentary = _windows(weighted, edges, _MOMENTARY, sound.rate)
    short_term = _windows(weighted, edges, _SHORT_TERM, sound.rate)
    full = int(sound.frames * _BLOCKS_A_SECOND // sound.rate)  # a last block may be shorter than 10 ms

    integrated = _gated(momentary[_MOMENTARY - 1 : full : _STEP])
    whole = _lufs(weighted.sum() / sound.frames)
    momentary_max = _loudest(momentary, _MOMENTARY, full, whole)
    short_term_max = _loudest(short_term, _SHORT_TERM, full, whole)
    true_peak, sample_peak = _db(max(true_peaks)), _db(max(sample_peaks))
    rms = _db(math.sqrt(plain.sum() / (sound.frames * sound.channels)))
    return Loudness(
        integrated_lufs=_rounded(integrated),
        loudness_db=_rounded(integrated if full >= _MOMENTARY else whole),
        momentary_max=_rounded(momentary_max),
        short_term_max=_rounded(short_term_max),
        lra=_rounded(_range(short_term[_SHORT_TERM - 1 : full : _STEP])),
        true_peak_db=_rounded(true_peak),
        sample_peak_db=_rounded(sample_peak),
        true_peaks=[_rounded(_db(peak)) for peak in true_peaks],
        plr=_difference(true_peak, integrated),
        psr=_difference(true_peak, short_term_max),
        crest_db=_difference(sample_peak, rms),
        rms_db=_rounded(rms),
        curve=_curve(momentary, short_term),
    )


def _edges(sound: Sound) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    """First frames of the 10 ms blocks; the last edge is the end of the sound, so the last block may be short."""
    count = -(-sound.frames * _BLOCKS_A_SECOND // sound.rate)
    return np.minimum(np.arange(count + 1, dtype=np.int64) * sound.rate // _BLOCKS_A_SECOND, sound.frames)


def _energies(sound: Sound, edges: np.ndarray[tuple[int], np.dtype[np.int64]]) -> tuple[Floats, Floats]:
    """Energy of each 10 ms block: K-weighted and added up as the standard says, and plain."""
    filters, weights = k_weighting(sound.rate), channel_weights(sound.channels)
    if sound.channels == 2:
        both: tuple[Floats, Floats] = block_energies_stereo(sound.samples, edges, filters)
        return both
    weighted = plain = np.zeros(edges.size - 1)
    for channel, weight in enumerate(weights):
        heavy, light = block_energies(sound.samples, edges, filters, channel)
        weighted, plain = weighted + weight * heavy, plain + light
    return weighted, plain


def _windows(energies: Floats, edges: np.ndarray[tuple[int], np.dtype[np.int64]], size: int, rate: int) -> Floats:
    """Mean square of the window that ends with each block; silence before the sound."""
    total = np.concatenate([np.zeros(1), np.cumsum(energies)])
    ends = np.arange(1, edges.size)
    starts = np.maximum(ends - size, 0)
    frames = np.where(ends > size, edges[ends] - edges[starts], size * rate / _BLOCKS_A_SECOND)
    sums = total[ends] - total[starts]
    return np.asarray(np.maximum(sums, 0) / frames)


def _lufs(mean_square: float) -> float | None:
    """LUFS, or None for silence."""
    value = _OFFSET + 10 * math.log10(mean_square) if mean_square > 0 else -math.inf
    return value if value >= FLOOR_LUFS else None


def _db(linear: float) -> float | None:
    """Decibels against full scale, or None for digital silence."""
    return 20 * math.log10(linear) if linear > 0 else None


def _gate(mean_squares: Floats, below: float) -> Floats:
    """Those above the absolute gate, and above the relative one that lies so many LU below their mean."""
    loud = mean_squares[mean_squares > 10 ** ((FLOOR_LUFS - _OFFSET) / 10)]
    return loud[loud > loud.mean() / 10 ** (below / 10)] if loud.size else loud


def _gated(mean_squares: Floats) -> float | None:
    """Integrated loudness (BS.1770-4, equations 4 to 7)."""
    loud = _gate(mean_squares, 10.0)
    return _lufs(float(loud.mean())) if loud.size else None


def _range(mean_squares: Floats) -> float | None:
    """Loudness range (Tech 3342): from the 10th to the 95th percentile of the gated short-term loudness."""
    loud = np.sort(_gate(mean_squares, 20.0))
    if not loud.size:
        return None
    low, high = (loud[round((loud.size - 1) * share)] for share in (0.10, 0.95))
    return 10 * math.log10(high / low)


def _loudest(mean_squares: Floats, size: int, full: int, whole: float | None) -> float | None:
    return _lufs(float(mean_squares[size - 1 : full].max())) if full >= size else whole


def _curve(momentary: Floats, short_term: Floats) -> LoudnessCurve:
    """The highest window of each step; steps so wide that at most 600 remain."""
    steps = max(1, -(-momentary.size // (_STEP * _CURVE_POINTS)))
    width = steps * _STEP

    def thinned(mean_squares: Floats) -> list[float]:
        padded = np.pad(mean_squares, (0, -mean_squares.size % width))
        highest = padded.reshape(-1, width).max(axis=1)
        levels = _OFFSET + 10 * np.log10(np.maximum(highest, 1e-12))
        return [round(float(level), 1) for level in np.maximum(levels, FLOOR_LUFS)]

    return LoudnessCurve(
        step=round(width / _BLOCKS_A_SECOND, 2), momentary=thinned(momentary), short_term=thinned(short_term)
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def _difference(a: float | None, b: float | None) -> float | None:
    return None if a is None or b is None else round(a - b, 2)
