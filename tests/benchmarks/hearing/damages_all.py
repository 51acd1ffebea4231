"""Every damage by kind: those of `damages`, and the plain ones, done with NumPy."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import scipy.signal

from engine.hear.sound import Samples
from tests.benchmarks.hearing import damages
from tests.benchmarks.hearing.damages import Damaged, Dice, rounded
from tests.benchmarks.hearing.damages_clean import RATE


def over(samples: Samples, strength: str, dice: Dice) -> Damaged:
    """Turned up until the wave between the samples is so many dB above full scale; as floating point, not cut off."""
    del dice
    level = samples * np.float32(10 ** (float(strength) / 20) / _true_peak(samples))
    return Damaged(np.ascontiguousarray(level), (float(strength),))


def _true_peak(samples: Samples) -> float:
    """By eight times as many samples, through the Fourier transform of parts whose ends are faded."""
    best = 1e-9
    loudest = np.sort(np.abs(samples).max(axis=1).argsort()[-2000:])
    for first in np.unique(loudest // 4096) * 4096:
        part = samples[max(0, first - 512) : first + 4096 + 512]
        faded = part * scipy.signal.windows.tukey(len(part), 0.1)[:, None]
        best = max(best, float(np.abs(scipy.signal.resample(faded, 8 * len(part), axis=0)).max()))
    return best


def clipped(samples: Samples, strength: str, dice: Dice) -> Damaged:
    """Driven into full scale by so many dB, then turned down."""
    room = np.abs(samples).max() / 10 ** (float(strength) / 20)
    level = np.float32(dice.uniform(0.3, 1.0) / room)
    return Damaged(rounded(np.clip(samples, -room, room) * level), (float(strength),))


def offset(samples: Samples, strength: str, dice: Dice) -> Damaged:
    """With an offset of so many per cent of full scale on one channel or both."""
    each = np.array([1, dice.integers(2)]) * float(strength) / 100 * dice.choice([-1, 1])
    return Damaged(rounded(0.9 * samples + each.astype(np.float32)), (float(strength),))


def holed(samples: Samples, strength: str, dice: Dice) -> Damaged:
    """With a hole of so many milliseconds where there is sound."""
    loud = np.flatnonzero(np.abs(samples[:, 0]) > 0.2 * np.abs(samples).max())
    inside = loud[(loud > RATE // 10) & (loud < len(samples) - RATE // 4)]
    if not len(inside):
        return Damaged(samples, ())
    first = int(dice.choice(inside))
    out = samples.copy()
    out[first : first + int(float(strength) * RATE / 1000)] = 0
    return Damaged(out, (first / RATE,))


def apart(samples: Samples, strength: str, dice: Dice) -> Damaged:
    """One channel upside down, or late by so many samples."""
    if strength == "inverted":
        return Damaged(rounded(samples * np.array([1, -1], np.float32)), (0.0,))
    late = int(strength.split()[1])
    first = int(dice.integers(2)) * late
    second = late - first
    left, right = samples[first : len(samples) - second, 0], samples[second : len(samples) - first, 1]
    return Damaged(np.ascontiguousarray(np.stack([left, right], axis=1)), (float(late),))


STRENGTHS = damages.STRENGTHS | {
    "over": ("0.5", "1", "3"),
    "clipping": ("1", "3", "6"),
    "offset": ("0.5", "1", "3"),
    "hole": ("1", "5", "20"),
    "phase": ("inverted", "late 20", "late 100"),
}
"""How strongly each kind of damage is done."""

MAKERS: dict[str, Callable[[Samples, str, Dice], Damaged]] = damages.MAKERS | {
    "over": over,
    "clipping": clipped,
    "offset": offset,
    "hole": holed,
    "phase": apart,
}
"""What does each kind of damage."""

KINDS = {
    "lossy": ("lossy",),
    "resampled": ("resampled",),
    "compression": ("compression",),
    "edit": ("edit",),
    "over": ("true_peak_over",),
    "clipping": ("clipping",),
    "offset": ("dc_offset",),
    "hole": ("dropout",),
    "phase": ("inverted_channel", "channel_delay", "mono_loss"),
}
"""The kinds of finding that tell each."""
