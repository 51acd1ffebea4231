"""Brightness, warmth and sharpness: how the loudness of a sound is spread over the ear's critical bands.

Specific loudness of a critical band grows with its energy to the power 0.23 (E. Zwicker & H. Fastl,
Psychoacoustics, chapter 8). The threshold in quiet is left out: a file has no level in the room, and so the result
does not depend on level. Sharpness weights it as DIN 45692:2009 does. Spread between bands is not modelled and
nothing above 11 kHz is heard: values in acum are near the standard's, not a substitute for it.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from engine.hear.sound import HEARING_RATE, Samples
from engine.hear.spectrum import FINE_WINDOW, mel_bank

_EXPONENT = 0.23
_FAINT = 1e-6  # a band 60 dB below the loudest of its frame is masked
BRIGHT_HZ = 1_500.0
"""Where brightness begins, as in MIR toolbox (O. Lartillot, after P. Juslin 2000)."""

_WARM_HZ = (100.0, 500.0)
_SHARPEST = 3.0  # acum that reads 1; white noise has about 2.6


class Perceived(NamedTuple):
    """What the spread of loudness sounds like.

    Attributes:
        brightness: Share 0..1 of the loudness above 1.5 kHz.
        warmth: Share 0..1 of the loudness from 100 to 500 Hz.
        sharpness: 0..1, `acum` / 3.
        acum: Sharpness after DIN 45692, 0 and above; noise around 1 kHz reads about 1.
    """

    brightness: float
    warmth: float
    sharpness: float
    acum: float


def perceived(mel: Samples) -> Perceived | None:
    """Judge frames of mel energies.

    Args:
        mel: Shape (frames, 64), as in `Spectra.mel`; the audible frames only.

    Returns:
        None without any energy.
    """
    _, hertz, bark = critical_bands()
    specific, _ = specific_loudness(mel)
    spread = specific.sum(axis=0, dtype=np.float64)
    total = spread.sum()
    if total <= 0:
        return None
    weight = np.where(bark > 15.8, 0.15 * np.exp(0.42 * (bark - 15.8)) + 0.85, 1.0)
    acum = float(0.11 * (spread * weight * bark).sum() / total)
    return Perceived(
        brightness=float(spread[hertz >= BRIGHT_HZ].sum() / total),
        warmth=float(spread[(hertz >= _WARM_HZ[0]) & (hertz < _WARM_HZ[1])].sum() / total),
        sharpness=min(1.0, acum / _SHARPEST),
        acum=acum,
    )


def specific_loudness(mel: Samples) -> tuple[Samples, NDArray[np.float64]]:
    """How loud each critical band of each frame is, on no scale of its own.

    Args:
        mel: Shape (frames, 64), as in `Spectra.mel`.

    Returns:
        Shape (frames, bands), 0 and above, and the middle of each band in Hz.
    """
    bands, hertz, _ = critical_bands()
    energy = mel @ bands
    floor = _FAINT * energy.max(axis=1, keepdims=True, initial=0)
    loudness: Samples = np.where(energy > floor, energy, np.float32(0)) ** np.float32(_EXPONENT)
    return loudness, hertz


@lru_cache(1)
def critical_bands() -> tuple[Samples, NDArray[np.float64], NDArray[np.float64]]:
    """Which mel band lies in which critical band.

    Returns:
        Shape (64, bands) of zeros and ones; the middle of each critical band in Hz; the same in Bark (the formula of
        Zwicker & Terhardt, JASA 68, 1980).
    """
    bank = mel_bank()
    middle = np.fft.rfftfreq(FINE_WINDOW, 1 / HEARING_RATE) @ bank / bank.sum(axis=0)
    bark = 13 * np.arctan(0.00076 * middle) + 3.5 * np.arctan((middle / 7_500) ** 2)
    band = np.floor(bark).astype(int)
    names = np.unique(band)
    belongs = (band[:, None] == names).astype(np.float32)
    count = belongs.sum(axis=0)
    return belongs, middle @ belongs / count, bark @ belongs / count
