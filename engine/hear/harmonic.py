"""How much of a sound is harmonic and how much percussive (after D. Fitzgerald, DAFx 2010).

Tones are lines along time, strokes are lines along frequency: the median along time keeps the first, the median along
frequency the second. The medians run over every fourth frame of the shared spectrum, on an axis that is fine where
partials must be told apart (single bins to 3.4 kHz) and coarse above (mel bands): a tenth of the cost of all bins.

Fitzgerald leaves a residual that is neither, mostly the body of a drum: too short for a line along time and too narrow
for one along frequency. Here it counts as percussive: what is not steady for about 0.2 s is a stroke. Steady noise is
both and reads a little below a half.
"""

from __future__ import annotations

import msgspec
import numpy as np

from engine.hear.harmonic_kernels import running_median
from engine.hear.sound import Samples
from engine.hear.spectrum import Spectra, mel_bank

_STEP = 4
_BINS = 160  # single bins, 21.5 Hz apart, to 3.4 kHz
_FIRST_BAND = 42  # the mel bands above
_TIME_WIDTH, _LINE_WIDTH = 9, 17  # 0.42 s; 366 Hz below 3.4 kHz
_FAINT = 1e-20


class Harmonic(msgspec.Struct, frozen=True, kw_only=True):
    """How the energy is shared out; the two add up to 1. None for silence.

    Attributes:
        harmonic_ratio: Share 0..1 of the energy that lasts: notes, chords, drones.
        percussive_ratio: Share 0..1 of the energy in strokes and bursts.
    """

    harmonic_ratio: float | None
    percussive_ratio: float | None


def harmonic(spectra: Spectra) -> Harmonic:
    """Share out the energy of a sound.

    Args:
        spectra: Its shared spectra.
    """
    energy, width = _axis(spectra)
    total = float((energy.sum(axis=0, dtype=np.float64) * width).sum())
    if total <= _FAINT:
        return Harmonic(harmonic_ratio=None, percussive_ratio=None)
    lasting = running_median(np.ascontiguousarray(energy.T), _TIME_WIDTH).T
    struck = np.maximum(running_median(energy, _LINE_WIDTH), energy - lasting)
    # A ratio of a million is as good as none, and its square still fits single precision.
    ratio = np.minimum(struck / np.maximum(lasting, np.float32(1e-30)), np.float32(1e6))
    kept = energy / (1 + np.square(ratio))
    share = float((kept.sum(axis=0, dtype=np.float64) * width).sum()) / total
    lasts = round(min(1.0, max(0.0, share)), 4)
    return Harmonic(harmonic_ratio=lasts, percussive_ratio=round(1 - lasts, 4))


def _axis(spectra: Spectra) -> tuple[Samples, Samples]:
    """Energy a bin along the mixed axis, shape (frames, lines), and how many bins each line stands for."""
    widths = mel_bank().sum(axis=0)[_FIRST_BAND:]
    fine = np.square(spectra.fine[::_STEP, 1 : 1 + _BINS])  # without DC
    coarse = spectra.mel[::_STEP, _FIRST_BAND:] / widths
    return np.concatenate([fine, coarse], axis=1), np.concatenate([np.ones(_BINS, np.float32), widths])
