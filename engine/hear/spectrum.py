"""The shared spectra: computed once, read by everything that hears.

Magnitudes are float32, frames x bins (row-major, so that a filter bank is one matrix product). Frame t is centred
on sample t * hop; the signal is padded with zeros by half a window on both sides, so there are
1 + n // hop frames. Windows are periodic Hann, scaled so that a sine of amplitude a reads a at its bin.
"""

from __future__ import annotations

from functools import cached_property, lru_cache

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from engine.hear.sound import HEARING_RATE, PITCH_RATE, Samples, Sound

FINE_WINDOW, FINE_HOP = 1024, 256
"""At 22,050 Hz: 46 ms every 11.6 ms, 86.13 frames a second. For onsets, timbre and level."""

PITCH_WINDOW, PITCH_HOP = 4096, 1024
"""At 11,025 Hz: 372 ms every 92.9 ms, 2.69 Hz a bin. For key, tuning and harmony."""

FINE_RATE = HEARING_RATE / FINE_HOP
"""Frames a second of `Spectra.fine`."""

PITCH_FRAME_RATE = PITCH_RATE / PITCH_HOP
"""Frames a second of `Spectra.pitch`."""

MEL_BANDS = 64

_BLOCK = 1024  # frames transformed at a time: the windowed copy stays in the second-level cache


class Spectra:
    """What one `Sound` looks like in frequency; each view is computed when first read.

    Args:
        sound: What to look at.

    Attributes:
        sound: The same.
    """

    def __init__(self, sound: Sound) -> None:
        self.sound = sound

    @cached_property
    def fine(self) -> Samples:
        """Magnitudes, shape (frames, 513), at `FINE_RATE` frames a second; bins 21.5 Hz apart."""
        return magnitudes(self.sound.hearing, FINE_WINDOW, FINE_HOP)

    @cached_property
    def pitch(self) -> Samples:
        """Magnitudes, shape (frames, 2049), at `PITCH_FRAME_RATE` frames a second; bins 2.69 Hz apart."""
        return magnitudes(self.sound.pitch, PITCH_WINDOW, PITCH_HOP)

    @cached_property
    def mel(self) -> Samples:
        """Energy in `MEL_BANDS` mel bands from 30 Hz to 11,025 Hz, shape (frames, 64), at `FINE_RATE`."""
        return np.square(self.fine) @ mel_bank()

    @cached_property
    def log_mel(self) -> Samples:
        """10 log10 of `mel`, in dB against a full-scale sine, floored at -100 dB."""
        return np.asarray(10 * np.log10(np.maximum(self.mel, 1e-10)), dtype=np.float32)

    @cached_property
    def relative_mel(self) -> Samples:
        """`mel` in dB below its loudest value, shape (frames, 64), -80..0; independent of level; -80 for silence."""
        loudest = max(float(self.mel.max()), 1e-30)
        return np.asarray(10 * np.log10(np.maximum(self.mel * np.float32(1 / loudest), 1e-8)), dtype=np.float32)

    @cached_property
    def rise(self) -> Samples:
        """How much louder each frame is than the one 23 ms before, shape (frames,), at `FINE_RATE`.

        Mean over the mel bands of the increase in dB, 0 and above. What lies 60 dB below the loudest band does not
        count, so that the same sound at another level reads the same.
        """
        level = np.maximum(self.relative_mel, -60)
        rise = np.zeros(len(level), np.float32)
        rise[2:] = np.maximum(level[2:] - level[:-2], 0).mean(axis=1)
        return rise


def magnitudes(signal: Samples, window: int, hop: int) -> Samples:
    """Short-time Fourier magnitudes.

    Args:
        signal: Shape (n,), float32, n >= 1.
        window: Samples in one window, even.
        hop: Samples from one frame to the next.

    Returns:
        Shape (1 + n // hop, window // 2 + 1), float32.
    """
    padded = np.pad(signal, window // 2)
    frames = np.lib.stride_tricks.sliding_window_view(padded, window)[::hop]
    shape = hann(window)
    out = np.empty((len(frames), window // 2 + 1), np.float32)
    for first in range(0, len(frames), _BLOCK):
        block = scipy.fft.rfft(frames[first : first + _BLOCK] * shape, axis=1)
        np.abs(block, out=out[first : first + _BLOCK])
    return out


@lru_cache(8)
def hann(window: int) -> Samples:
    """A periodic Hann window whose sum is 2: a sine of amplitude a reads a."""
    shape = 0.5 - 0.5 * np.cos(2 * np.pi * np.arange(window) / window)
    return np.asarray(shape * (2 / shape.sum()), dtype=np.float32)


@lru_cache(1)
def mel_bank() -> Samples:
    """Triangular mel filters for `Spectra.fine`, shape (513, 64); each sums power, none is normalised.

    Slaney's scale (linear to 1 kHz, logarithmic above), as in librosa.
    """
    edges = _hz(np.linspace(_mel(30.0), _mel(HEARING_RATE / 2), MEL_BANDS + 2))
    bins = np.fft.rfftfreq(FINE_WINDOW, 1 / HEARING_RATE)[:, None]
    rising = (bins - edges[:-2]) / np.diff(edges)[:-1]
    falling = (edges[2:] - bins) / np.diff(edges)[1:]
    return np.asarray(np.maximum(0, np.minimum(rising, falling)), dtype=np.float32)


def _mel(hz: float) -> float:
    return float(hz * 3 / 200 if hz < 1000 else 15 + 27 * np.log(hz / 1000) / np.log(6.4))


def _hz(mel: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(mel < 15, mel * 200 / 3, 1000 * np.exp(np.log(6.4) * (mel - 15) / 27))
