"""The transforms that lossy coders quantise in, at any place of a decoded signal.

A coder rounds most coefficients of its transform to zero. Who takes the same transform of the decoded signal at
the coder's own frame grid finds them near zero again; one sample beside, none are (Herre and Schug, "Analysis of
decompressed audio: the inverse decoder", AES 109, 2000).

MP3: 32 polyphase bands, each with a transform of 36 samples (ISO/IEC 11172-3); a granule is 576 samples. AAC and
Vorbis: a modified discrete cosine transform of 2,048 samples every 1,024, with a window of their own. All are scaled
so that white noise keeps its deviation.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import scipy.fft
from numpy.typing import NDArray

from engine.hear.forensics.coder_kernels import folded, granules
from engine.hear.sound import Samples

Floats = NDArray[np.float64]

_TAPS, _FOLD, _BANDS, _SLOTS = 512, 64, 32, 36
_HALF = _SLOTS // 2
_LONG = 2048


@dataclass(frozen=True)
class Transform:
    """One coder's transform.

    Attributes:
        name: Of the coder.
        hop: Samples from one frame to the next: the grid has as many offsets.
        reach: Samples one frame is made of.
        take: Magnitudes at offsets into a signal, shape (offsets, hop), from the signal and the offsets.
    """

    name: str
    hop: int
    reach: int
    take: Callable[[Samples, NDArray[np.int64]], Samples]


@lru_cache(1)
def prototype() -> Floats:
    """The window of the polyphase filters, shape (512,): a low-pass whose 32 shifted copies add up to everything."""
    path = Path(__file__).parents[1] / "weights" / "polyphase.json"
    half = np.array(json.loads(path.read_text(encoding="utf-8"))["half"], np.float64)
    return np.concatenate([half, half[1:-1][::-1]]) / (32 * 65536)


@lru_cache(1)
def _polyphase() -> tuple[Samples, Samples]:
    """Window, shape (8, 64), and cosines, shape (64, 32), of the filters; their phase turns by half every 64 taps."""
    tap, band = np.arange(_TAPS)[:, None], np.arange(_BANDS)
    cosines = np.cos((2 * band + 1) * (tap - 16) * np.pi / 64)
    scale = np.sqrt(np.square(prototype()[:, None] * cosines).sum(axis=0))
    signs = np.where(np.arange(_TAPS // _FOLD) % 2, -1, 1)[:, None]
    window = (signs * prototype().reshape(-1, _FOLD))[:, ::-1]
    return np.ascontiguousarray(window, np.float32), np.ascontiguousarray(
        (cosines / scale)[_FOLD - 1 :: -1], np.float32
    )


@lru_cache(1)
def _short() -> Samples:
    """Shape (36, 18): window and cosines of one band."""
    slot, line = np.arange(_SLOTS)[:, None], np.arange(_HALF)
    window = np.sin(np.pi / _SLOTS * (slot + 0.5))
    cosine = np.cos(np.pi / (2 * _SLOTS) * (2 * slot + 1 + _HALF) * (2 * line + 1))
    return np.asarray(window * cosine * np.sqrt(2 / _HALF), np.float32)


@lru_cache(1)
def _butterflies() -> Samples:
    """Shape (2, 8): cosines and sines that take back what neighbouring bands fold into each other."""
    slope = np.array([-0.6, -0.535, -0.33, -0.185, -0.095, -0.041, -0.0142, -0.0037])
    length = np.sqrt(1 + slope * slope)
    return np.array([1 / length, slope / length], np.float32)


def hybrid(signal: Samples, offsets: NDArray[np.int64]) -> Samples:
    """Magnitudes of MP3's transform for long blocks.

    Args:
        signal: Shape (n,).
        offsets: Where granules begin, shape (m,); each at most n - 1,632.

    Returns:
        Shape (m, 576).
    """
    window, cosines = _polyphase()
    first, last = int(offsets.min()), int(offsets.max()) + _BANDS * (_SLOTS - 1)
    bands = folded(np.ascontiguousarray(signal[first : last + _TAPS]), window) @ cosines
    return granules(bands, offsets - first, _short(), _butterflies())


@lru_cache(3)
def _window(shape: str) -> Samples:
    """Shape (2048,): one whose squares, a hop apart, add up to 1; scaled as the module says."""
    place = np.arange(_LONG)
    rising = np.sin(np.pi * (place + 0.5) / _LONG)
    if shape == "kaiser":
        total = np.cumsum(np.kaiser(_LONG // 2 + 1, 4 * np.pi))
        half = np.sqrt(total[:-1] / total[-1])
        rising = np.concatenate([half, half[::-1]])
    elif shape == "vorbis":
        rising = np.sin(np.pi / 2 * rising * rising)
    return np.asarray(rising * np.sqrt(1 / _LONG), np.float32)


def _cosines(shape: str) -> Callable[[Samples, NDArray[np.int64]], Samples]:
    quarter = _LONG // 4

    def take(signal: Samples, offsets: NDArray[np.int64]) -> Samples:
        out = np.empty((len(offsets), 2 * quarter), np.float32)
        windows = np.lib.stride_tricks.sliding_window_view(signal, _LONG)
        for first in range(0, len(offsets), 64):  # a block that the second-level cache holds
            block = windows[offsets[first : first + 64]] * _window(shape)
            folded = out[first : first + 64]
            # A transform of 2,048 samples is one of 1,024 after its quarters are folded on each other.
            folded[:, :quarter] = -block[:, 3 * quarter - 1 : 2 * quarter - 1 : -1] - block[:, 3 * quarter :]
            folded[:, quarter:] = block[:, :quarter] - block[:, 2 * quarter - 1 : quarter - 1 : -1]
            np.abs(scipy.fft.dct(folded, type=4, axis=1), out=folded)
        return out

    return take


MP3 = Transform("MP3", 576, _TAPS + (_SLOTS - 1) * _BANDS, hybrid)
AAC = Transform("AAC", 1024, _LONG, _cosines("kaiser"))
AAC_SINE = Transform("AAC", 1024, _LONG, _cosines("sine"))
VORBIS = Transform("Ogg Vorbis", 1024, _LONG, _cosines("vorbis"))
