"""The stereo image: how wide, how correlated, how balanced, and how mono the bass is.

Everything derives from three sums of a pair of channels, as a whole and by bands: the energies of left and right and
their product. Width is 2 (sqrt(LL RR) - LR) / (LL + RR), cut at 1: 0 for mono, for one channel alone and for
a panned source, 1 for two unrelated channels of equal energy and for channels out of phase.
"""

from __future__ import annotations

import math

import msgspec
import numpy as np
import scipy.fft
from numpy.typing import NDArray

from engine.hear.sound import Sound
from engine.hear.spectrum import hann

BANDS = (("low", 20.0, 120.0), ("low_mid", 120.0, 500.0), ("mid", 500.0, 4_000.0), ("high", 4_000.0, 20_000.0))
"""Name, lower and upper edge in Hz. The first is what vinyl and club systems want in mono."""

_WINDOW_SECONDS = 0.1
_MOST_WINDOWS = 500  # spread over the sound; more hardly change the second decimal
_FAINT = 1e-7  # -70 dB: a band or channel with less than this share of the energy says nothing
_BLOCK = 1 << 16

Sums = tuple[float, float, float]
"""Of left squared, right squared, and their product."""


class StereoBand(msgspec.Struct, frozen=True, kw_only=True):
    """The image in one band.

    Attributes:
        name: low, low_mid, mid or high.
        low_hz: Where the band begins.
        high_hz: Where it ends.
        width: 0..1 as in `Stereo`; None for an empty band.
        correlation: -1..1; None where a channel is silent.
        balance: -1 (left) to 1 (right); None for an empty band.
        mono: Share 0..1 of the energy that stays in mono; None for an empty band.
    """

    name: str
    low_hz: float
    high_hz: float
    width: float | None
    correlation: float | None
    balance: float | None
    mono: float | None


class Stereo(msgspec.Struct, frozen=True, kw_only=True):
    """The image of the front pair.

    Attributes:
        width: 0 (mono or panned) to 1 (unrelated channels, or out of phase); 0 for silence and for one channel.
        correlation: -1 (out of phase) to 1 (mono); None where a channel is silent; 1 for a mono sound.
        balance: Energy, -1 (left alone) to 1 (right alone); 0 for silence.
        side_share: Share 0..1 of the energy that vanishes in mono: 0 for mono, 0.5 for unrelated channels.
        mono_bass: Share 0..1 of the energy below 120 Hz that stays in mono; 1 for mono bass; None without bass.
        bass_correlation: Correlation below 120 Hz; None without bass.
        bands: The four bands; empty for a mono sound.
    """

    width: float
    correlation: float | None
    balance: float
    side_share: float
    mono_bass: float | None
    bass_correlation: float | None
    bands: list[StereoBand]


def stereo(sound: Sound) -> Stereo:
    """Measure the stereo image.

    Args:
        sound: Any number of channels; from two on the first two are the pair that is measured.
    """
    if sound.channels == 1:
        return Stereo(
            width=0.0, correlation=1.0, balance=0.0, side_share=0.0, mono_bass=None, bass_correlation=None, bands=[]
        )
    sums = _products(sound)
    bands = _bands(sound) if sum(sums[:2]) > 0 else []
    side = _side_share(sums)
    bass = bands[0] if bands else None
    return Stereo(
        width=_width(sums) or 0.0,
        correlation=_correlation(sums),
        balance=_balance(sums) or 0.0,
        side_share=side or 0.0,
        mono_bass=None if bass is None else bass.mono,
        bass_correlation=None if bass is None else bass.correlation,
        bands=bands,
    )


def _products(sound: Sound) -> Sums:
    """Sums of left squared, right squared and their product, without DC."""
    table, sums = np.zeros((2, 2)), np.zeros(2)
    for first in range(0, sound.frames, _BLOCK):
        block = sound.samples[first : first + _BLOCK, :2]
        table += block.T @ block
        sums += np.ones(len(block), np.float32) @ block
    table -= np.outer(sums, sums) / sound.frames
    left, right = (max(0.0, float(table[i, i])) for i in (0, 1))
    # What single precision leaves of a constant is not sound.
    if left + right < 1e-9 * float(sums @ sums) / sound.frames:
        return 0.0, 0.0, 0.0
    return left, right, float(table[0, 1])


def _bands(sound: Sound) -> list[StereoBand]:
    """The image of each band that lies below half the rate."""
    left, right, both, hertz = _spectra(sound)
    whole = float((left + right).sum())
    found = []
    for name, low, high in BANDS:
        inside = (hertz >= low) & (hertz < high)
        sums = (float(left[inside].sum()), float(right[inside].sum()), float(both[inside].sum()))
        if sums[0] + sums[1] <= _FAINT * whole:
            sums = (0.0, 0.0, 0.0)
        side = _side_share(sums)
        found.append(
            StereoBand(
                name=name,
                low_hz=low,
                high_hz=high,
                width=_width(sums),
                correlation=_correlation(sums),
                balance=_balance(sums),
                mono=None if side is None else round(1 - side, 4),
            )
        )
    return found


def _spectra(sound: Sound) -> tuple[NDArray[np.float64], ...]:
    """Energies by bin of both channels, their product, and the bins' frequencies; windows spread over the sound."""
    size = 1 << max(4, round(math.log2(sound.rate * _WINDOW_SECONDS)))
    last = max(0, sound.frames - size)
    starts = np.unique(np.linspace(0, last, min(_MOST_WINDOWS, 1 + 2 * sound.frames // size)).astype(np.int64))
    window = hann(size)
    sums = np.zeros((3, size // 2 + 1))
    for start in starts:
        pair = sound.samples[start : start + size, :2].T
        if pair.shape[1] < size:
            pair = np.pad(pair, ((0, 0), (0, size - pair.shape[1])))
        one, two = scipy.fft.rfft(pair * window, axis=1)
        sums += np.square(np.abs(one)), np.square(np.abs(two)), (one * two.conj()).real
    return (*sums, np.fft.rfftfreq(size, 1 / sound.rate))


def _width(sums: Sums) -> float | None:
    left, right, both = sums
    if left + right <= 0:
        return None
    return round(min(1.0, max(0.0, 2 * (math.sqrt(left * right) - both) / (left + right))), 4)


def _correlation(sums: Sums) -> float | None:
    left, right, both = sums
    if min(left, right) <= _FAINT * max(left, right):
        return None
    return round(min(1.0, max(-1.0, both / math.sqrt(left * right))), 4)


def _balance(sums: Sums) -> float | None:
    left, right, _ = sums
    return round((right - left) / (left + right), 4) if left + right > 0 else None


def _side_share(sums: Sums) -> float | None:
    left, right, both = sums
    return round(min(1.0, max(0.0, 0.5 - both / (left + right))), 4) if left + right > 0 else None
