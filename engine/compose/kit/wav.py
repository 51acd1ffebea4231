"""Samples as a WAV file of 24 bits whose true peak stays below full scale."""

from __future__ import annotations

import struct

import numpy as np

from engine.compose.kit.signal import Floats

__all__ = ["CEILING_DB", "limited", "true_peak", "wav_bytes"]

CEILING_DB = -1.0
"""Highest true peak of a render, dB below full scale: room for what converters and codecs add."""

_MARGIN_DB = 0.05
_TAPS, _BETA = 32, 8.0
_NEAR = 0.5
"""Share of the highest sample (6 dB less) around which peaks between samples are looked for."""

_BLOCK = 4096
_FULL = 2**23 - 1


def true_peak(samples: Floats) -> float:
    """The highest level between samples, interpolated to four times the rate (ITU-R BS.1770-4, annex 2).

    Args:
        samples: shape (n, channels).

    Returns:
        Linear; 1 is full scale.
    """
    highest = float(np.abs(samples).max(initial=0.0))
    if highest == 0.0:
        return 0.0
    taps = _interpolator()
    peak = highest
    for channel in samples.T:
        padded = np.concatenate([np.zeros(_TAPS), channel, np.zeros(_TAPS)])
        for first in range(0, len(channel), _BLOCK):
            piece = padded[first : first + _BLOCK + 2 * _TAPS]
            if float(np.abs(piece).max()) > _NEAR * highest:
                peak = max(peak, *(float(np.abs(np.convolve(piece, each[::-1], "valid")).max()) for each in taps))
    return peak


def _interpolator() -> Floats:
    """Kaiser-windowed sincs for the points 1/4, 1/2 and 3/4 of the way between two samples, shape (3, 32)."""
    distance = np.arange(_TAPS) - _TAPS // 2 + 1 - np.array([[0.25], [0.5], [0.75]])
    phases = np.sinc(distance) * np.i0(_BETA * np.sqrt(1 - (distance / (_TAPS / 2)) ** 2))
    return np.asarray(phases / phases.sum(axis=1, keepdims=True))


def limited(samples: Floats) -> tuple[Floats, float]:
    """Turns a mix down where its true peak is above the ceiling; what lies below stays as loud as it is.

    Args:
        samples: shape (n, 2).

    Returns:
        The samples, and their true peak in dB below full scale (at most 0; -120 for silence).
    """
    peak = true_peak(samples)
    ceiling = 10 ** ((CEILING_DB - _MARGIN_DB) / 20)
    if peak > ceiling:
        samples, peak = samples * (ceiling / peak), ceiling
    return samples, round(20 * float(np.log10(max(peak, 1e-6))), 2)


def wav_bytes(samples: Floats, rate: int) -> bytes:
    """Makes the file.

    Args:
        samples: shape (n, channels), -1..1.
        rate: samples per second.

    Returns:
        RIFF WAVE, PCM of 24 bits.
    """
    whole = np.clip(np.rint(samples * _FULL), -_FULL - 1, _FULL).astype("<i4")
    data = np.ascontiguousarray(whole).view(np.uint8).reshape(-1, 4)[:, :3].tobytes()
    channels = samples.shape[1]
    frame = 3 * channels
    shape = struct.pack("<HHIIHH", 1, channels, rate, rate * frame, frame, 24)
    padding = b"\0" * (len(data) % 2)
    size = 4 + 8 + len(shape) + 8 + len(data) + len(padding)
    head = b"RIFF" + struct.pack("<I", size) + b"WAVE" + b"fmt " + struct.pack("<I", len(shape)) + shape
    return head + b"data" + struct.pack("<I", len(data)) + data + padding
