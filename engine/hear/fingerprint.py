"""What a recording can be known by: pairs of spectral peaks (landmarks).

The idea is Wang's (ISMIR 2003): peaks survive noise, equalisers and lossy coding, and two peaks with the time
between them say more than one. A change of speed moves peaks in time and in frequency together, so the peaks keep
their fractions of a bin, and whoever asks looks them up at several speeds (`engine.hear.fingerprint_index`): no
second transform, and the stored pairs stay plain.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidValue
from engine.hear.fingerprint_kernels import landmarks
from engine.hear.fingerprint_kernels import warm as _warm_kernels
from engine.hear.sound import PITCH_RATE, Samples
from engine.hear.spectrum import Spectra, magnitudes

VERSION = 1

WINDOW, HOP = 2048, 256
"""At 11,025 Hz: 186 ms every 23 ms; partials stand apart and onsets keep their place."""

FRAME_RATE = PITCH_RATE / HOP

LOWEST, HIGHEST = 100.0, 4000.0
"""Hz; below is the room, above is what lossy coding and cheap speakers take away."""

_BANDS = 20
_REACH = 8  # frames: a peak rules over 0.19 s before and after
_FLOOR = 1e-3  # 60 dB below the loudest peak nothing is looked at


@dataclass(frozen=True)
class Fingerprint:
    """The landmarks of one recording.

    Attributes:
        frames: When each peak is, in frames of 1 / `FRAME_RATE` seconds, ascending, float32.
        pitches: Where each peak is, in semitones above `LOWEST`, float32.
    """

    frames: NDArray[np.float32]
    pitches: NDArray[np.float32]

    def __post_init__(self) -> None:
        if self.frames.shape != self.pitches.shape or self.frames.ndim != 1:
            raise InvalidValue("landmarks", f"{self.frames.shape} {self.pitches.shape}", "One time for each pitch.")

    def __len__(self) -> int:
        return len(self.frames)


def fingerprint(spectra: Spectra) -> Fingerprint:
    """Find the landmarks of a recording: about 25 for each second of music, none in silence.

    Args:
        spectra: The recording.
    """
    shape = magnitudes(spectra.sound.pitch, WINDOW, HOP)
    frames, bins = landmarks(shape, _band_edges(), _REACH, _FLOOR)
    return Fingerprint(frames.astype(np.float32), semitones(bins))


def semitones(bins: Samples) -> NDArray[np.float32]:
    """From bins of the transform to semitones above `LOWEST`."""
    return np.asarray(12 * np.log2(bins * (PITCH_RATE / WINDOW) / LOWEST), dtype=np.float32)


def warm() -> None:
    """Compile what is compiled."""
    _warm_kernels()


def _band_edges() -> NDArray[np.int64]:
    hz = np.geomspace(LOWEST, HIGHEST, _BANDS + 1)
    return np.asarray(np.round(hz * WINDOW / PITCH_RATE), dtype=np.int64)
