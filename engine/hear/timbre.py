"""Timbre: where the energy lies, how it moves, and how that sounds; all from the shared spectra.

Shapes of the spectrum are read up to 10 kHz on every second frame (43 a second), contrast on every sixteenth.
Statistics go over audible frames: those within 60 dB of the loudest. Every floor is relative to the sound's own level,
so that the same sound at another level has the same timbre (the first cepstral coefficient alone moves).
"""

from __future__ import annotations

from functools import lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine import typed
from engine.hear.sound import HEARING_RATE, Samples
from engine.hear.spectrum import FINE_RATE, FINE_WINDOW, MEL_BANDS, Spectra
from engine.hear.timbre_kernels import FRAME_STEP, contrasts, frame_shapes
from engine.hear.timbre_perception import perceived
from engine.hear.timbre_tonal import TEMPI, constant_q_chroma, tempogram

MFCC = 13
_CONTRAST_STEP = 16
_CONTRAST_EDGES_HZ = (0.0, 200.0, 400.0, 800.0, 1_600.0, 3_200.0, 6_400.0)
_AUDIBLE = 1e-3
_NOTHING = 1e-12  # -240 dB: what rounding leaves of nothing
_BIN_HZ = HEARING_RATE / FINE_WINDOW
_BINS = int(10_000 / _BIN_HZ) + 1  # above 10 kHz the resampler's slope begins


class Timbre(msgspec.Struct, frozen=True, kw_only=True):
    """What a sound is made of; None where there is silence.

    Attributes:
        spectral_centroid: Centre of gravity of the magnitudes, Hz, mean over frames, 0..10,000.
        spectral_centroid_std: Its standard deviation over frames, Hz.
        spectral_rolloff: Frequency below which 85 % of the magnitude lies, Hz, mean over frames.
        spectral_flatness: Geometric over arithmetic mean of power, 0 (tone) to 1 (white noise), mean.
        spectral_contrast: Peaks over valleys in dB in seven bands: below 200 Hz, five octaves, above 6.4 kHz
            (D. Jiang et al., ICME 2002).
        spectral_flux: Rise of the magnitudes from frame to frame (11.6 ms) as a share of both frames, 0..1, mean.
        mfcc: 13 cepstral coefficients of the 64 mel bands in dB (orthonormal DCT-II), mean over frames.
        mfcc_std: Their standard deviation.
        mfcc_delta: Standard deviation of their slope over nine frames, per frame.
        brightness: Share 0..1 of the loudness above 1.5 kHz.
        warmth: Share 0..1 of the loudness from 100 to 500 Hz.
        sharpness: 0..1: `sharpness_acum` / 3, after DIN 45692.
        sharpness_acum: The same in acum, 0 and above.
        temporal_centroid: Centre of gravity of the energy in time, seconds from the start.
        temporal_centroid_share: The same as a share 0..1 of the duration.
        chroma: Constant-Q chroma, 12 values 0..1, C first, mean over frames.
        chroma_std: Its standard deviation over frames.
        tempogram: Strength 0..1 of repetition at each tempo of `tempogram_bpm`.
        tempogram_bpm: Those tempi, 30..302 BPM.
    """

    spectral_centroid: float | None
    spectral_centroid_std: float | None
    spectral_rolloff: float | None
    spectral_flatness: float | None
    spectral_contrast: list[float] | None
    spectral_flux: float | None
    mfcc: list[float] | None
    mfcc_std: list[float] | None
    mfcc_delta: list[float] | None
    brightness: float | None
    warmth: float | None
    sharpness: float | None
    sharpness_acum: float | None
    temporal_centroid: float | None
    temporal_centroid_share: float | None
    chroma: list[float]
    chroma_std: list[float]
    tempogram: list[float]
    tempogram_bpm: list[float]


def timbre(spectra: Spectra) -> Timbre:
    """Measure the timbre of a sound.

    Args:
        spectra: Its shared spectra.
    """
    magnitudes = spectra.fine
    peak = float(magnitudes.max())
    chroma, chroma_std = constant_q_chroma(spectra.pitch)
    rhythm = tempogram(spectra.rise)
    if peak <= _NOTHING:
        nothing = dict.fromkeys(Timbre.__struct_fields__)
        nothing |= {"chroma": chroma, "chroma_std": chroma_std, "tempogram": rhythm, "tempogram_bpm": list(TEMPI)}
        return typed.convert(nothing, Timbre)
    level, centroid, rolloff, flatness, flux = frame_shapes(magnitudes, _BINS, 1e-10 * peak * peak).T
    audible = level > _AUDIBLE * level.max()
    contrast = contrasts(magnitudes, _contrast_edges(), _CONTRAST_STEP, 1e-5 * peak)
    heard = perceived(spectra.mel[:: 2 * FRAME_STEP][audible[::2]])
    cepstra = _cepstra(spectra)
    steady = np.repeat(audible, FRAME_STEP)[: len(cepstra)]
    middle = _temporal_centroid(spectra)
    return Timbre(
        spectral_centroid=_hz(centroid[audible].mean()),
        spectral_centroid_std=_hz(centroid[audible].std()),
        spectral_rolloff=_hz(rolloff[audible].mean()),
        spectral_flatness=round(float(flatness[audible].mean()), 5),
        spectral_contrast=_listed(contrast[_thinned(audible)].mean(axis=0)),
        spectral_flux=round(float(flux[audible].mean()), 4),
        mfcc=_listed(cepstra[steady].mean(axis=0)),
        mfcc_std=_listed(cepstra[steady].std(axis=0)),
        mfcc_delta=_listed(_slopes(cepstra)[steady].std(axis=0)),
        brightness=None if heard is None else round(heard.brightness, 3),
        warmth=None if heard is None else round(heard.warmth, 3),
        sharpness=None if heard is None else round(heard.sharpness, 3),
        sharpness_acum=None if heard is None else round(heard.acum, 3),
        temporal_centroid=round(middle * spectra.sound.duration, 3),
        temporal_centroid_share=round(middle, 4),
        chroma=chroma,
        chroma_std=chroma_std,
        tempogram=rhythm,
        tempogram_bpm=list(TEMPI),
    )


@lru_cache(1)
def _contrast_edges() -> NDArray[np.int64]:
    # A band begins one bin below its edge, as in librosa.
    starts = np.maximum(np.ceil(np.array(_CONTRAST_EDGES_HZ) / _BIN_HZ) - 1, 0)
    return np.append(starts, _BINS).astype(np.int64)


def _thinned(audible: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the frames read for contrast are audible; all, should none of them be."""
    chosen = audible[:: _CONTRAST_STEP // FRAME_STEP]
    return chosen if chosen.any() else ~chosen


@lru_cache(1)
def _cosines() -> Samples:
    """The orthonormal DCT-II, shape (64, 13)."""
    band, order = np.arange(MEL_BANDS)[:, None], np.arange(MFCC)
    table = np.cos(np.pi / MEL_BANDS * (band + 0.5) * order) * np.sqrt(2 / MEL_BANDS)
    table[:, 0] /= np.sqrt(2)
    return np.asarray(table, dtype=np.float32)


def _cepstra(spectra: Spectra) -> Samples:
    """MFCC of every frame, shape (frames, 13); bands 80 dB below the loudest are raised to there."""
    loudest = 10 * np.log10(spectra.mel.max())
    cepstra: Samples = spectra.relative_mel @ _cosines()
    cepstra[:, 0] += loudest * np.sqrt(np.float32(MEL_BANDS))
    return cepstra


def _slopes(cepstra: Samples) -> Samples:
    """Regression over nine frames, the ends held, per frame; shape as given."""
    held = np.pad(cepstra, ((4, 4), (0, 0)), mode="edge")
    count = len(cepstra)
    total = np.zeros_like(cepstra)
    for step in range(1, 5):
        total += step * (held[4 + step : 4 + step + count] - held[4 - step : 4 - step + count])
    return total / np.float32(60)


def _temporal_centroid(spectra: Spectra) -> float:
    energy = spectra.mel.sum(axis=1, dtype=np.float64)
    times = np.minimum(np.arange(energy.size) / FINE_RATE, spectra.sound.duration)
    total = energy.sum()
    return float((times * energy).sum() / total / spectra.sound.duration) if total > 0 else 0.0


def _hz(bins: float) -> float:
    return round(float(bins) * _BIN_HZ, 1)


def _listed(values: NDArray[np.floating]) -> list[float]:
    return [round(float(value), 3) for value in values]
