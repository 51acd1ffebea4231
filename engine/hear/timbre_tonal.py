"""Two summaries of timbre with musical axes: constant-Q chroma and the tempogram."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from engine.hear.sound import PITCH_RATE, Samples
from engine.hear.spectrum import FINE_RATE, PITCH_WINDOW

LOWEST, OCTAVES = 48, 5
"""MIDI number of the lowest semitone (C3 = 131 Hz: below it the window cannot tell two apart), and how many octaves."""

TEMPI = tuple(round(30 * 2 ** (step / 6), 2) for step in range(21))
"""BPM of the tempogram's values: 30 to 302, six to an octave."""

_WIDTH = 0.3  # standard deviation of a semitone's filter, in semitones
_FAINT = 1e-3  # frames 60 dB below the loudest are silence


def constant_q_chroma(magnitudes: Samples) -> tuple[list[float], list[float]]:
    """Which pitch classes sound, from a filter bank of constant Q on the shared spectrum; tuned to A 440.

    Each frame is scaled so that its strongest class reads 1. Unlike the key's chroma it keeps drums and noise in: it
    says what is there, not what harmony it means.

    Args:
        magnitudes: Shape (frames, 2049), `Spectra.pitch`.

    Returns:
        Mean and standard deviation over the audible frames, twelve values each, C first, 0..1; zeros for silence.
    """
    semitones = magnitudes @ constant_q()
    classes = semitones.reshape(-1, OCTAVES, 12).sum(axis=1)
    strongest = classes.max(axis=1, initial=0)
    audible = strongest > _FAINT * strongest.max(initial=0)
    if not audible.any():
        return [0.0] * 12, [0.0] * 12
    scaled = classes[audible] / strongest[audible, None]
    return _listed(scaled.mean(axis=0)), _listed(scaled.std(axis=0))


@lru_cache(1)
def constant_q() -> Samples:
    """The filters, shape (2049, 60): Gaussian in log frequency, each summing to 1."""
    hertz = np.maximum(np.fft.rfftfreq(PITCH_WINDOW, 1 / PITCH_RATE), 1e-3)
    pitch = 69 + 12 * np.log2(hertz / 440)
    distance = pitch[:, None] - np.arange(LOWEST, LOWEST + 12 * OCTAVES)
    bank = np.exp(-0.5 * (distance / _WIDTH) ** 2)
    bank[np.abs(distance) > 1] = 0
    return np.asarray(bank / bank.sum(axis=0), dtype=np.float32)


def tempogram(rise: Samples) -> list[float]:
    """How strongly onsets repeat at each of `TEMPI`: the autocorrelation of the onset curve, over the whole sound.

    Args:
        rise: Shape (frames,), `Spectra.rise`.

    Returns:
        21 values, 0..1: 1 where every onset is repeated alike. A tempo whose beat does not fit twice reads 0.
    """
    curve = rise - rise.mean()
    size = scipy.fft.next_fast_len(2 * curve.size, real=True)
    power = np.square(np.abs(scipy.fft.rfft(curve, size)))
    repeats = scipy.fft.irfft(power, size)[: curve.size]
    if repeats[0] <= 1e-9:
        return [0.0] * len(TEMPI)
    lags = 60 * FINE_RATE / np.array(TEMPI)
    # Longer lags overlap less; without this a short loop would seem to have no slow pulse.
    overlap = np.maximum(1 - np.arange(curve.size) / curve.size, 0.25)
    return [_strength(repeats / (repeats[0] * overlap), lag) for lag in lags]


def _strength(repeats: NDArray[np.float64], lag: float) -> float:
    """The highest value within a twelfth of an octave of a lag."""
    first, last = int(np.ceil(lag / 2 ** (1 / 12))), int(lag * 2 ** (1 / 12))
    if 2 * last >= repeats.size:
        return 0.0
    return round(float(np.clip(repeats[first : last + 1].max(), 0, 1)), 3)


def _listed(values: NDArray[np.float32]) -> list[float]:
    return [round(float(value), 4) for value in values]
