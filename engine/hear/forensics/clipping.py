"""Flat tops: the signal was louder than there was room for, now or before it was turned down.

Clipped samples pile up at one level, the largest of the channel, in runs with corners (compare Laguna and Lerch,
"An efficient algorithm for clipping detection and declipping audio", AES 141, 2016, who look at the histogram).
"""

from __future__ import annotations

import numpy as np

from engine.hear.forensics.finding import Finding, channel_name
from engine.hear.forensics.kernels import Runs, flat_tops
from engine.hear.sound import Sound

_STEPS = 2.5 / 32768  # how exactly a level is kept through 16 bits and dither
_CORNER = 8  # tolerances that the neighbours must lie below: smooth tops fall by at most four
_FEW = 3  # runs below which it may be chance
_SQUARE = 0.6  # share of flat samples from which it is a wave that is square on purpose
_QUIET = 10 ** (-50 / 20)


def clipping(sound: Sound) -> list[Finding]:
    """Look for clipping in each channel.

    Args:
        sound: What to look at.
    """
    found = []
    for channel in range(sound.channels):
        signal = np.ascontiguousarray(sound.samples[:, channel])
        level = float(max(signal.max(), -signal.min()))
        if level < _QUIET:
            continue
        tolerance = _STEPS * max(level, 0.05)
        runs = flat_tops(signal, level, tolerance, _CORNER * tolerance)
        if len(runs) >= _FEW and runs[:, 1].sum() < _SQUARE * sound.frames:
            found.append(_told(sound, channel, runs, level))
    return found


def _told(sound: Sound, channel: int, runs: Runs, level: float) -> Finding:
    number, longest = len(runs), int(runs[:, 1].max())
    rate = number / max(sound.duration, 1.0)
    # Where a tenth of a second holds the most of them.
    place = runs[:, 0] // max(1, sound.rate // 10)
    worst = int(np.bincount(place).argmax()) / 10
    decibels = 20 * np.log10(level)
    at = "full scale" if abs(decibels) < 0.05 else f"{decibels:.1f} dBFS, so it was turned down afterwards"
    if decibels > 0.05:
        at = f"{decibels:+.1f} dBFS"
    return Finding(
        kind="clipping",
        probability=round(float(1 - 0.5 * np.exp(-(number - _FEW + 1) / 4)), 3),
        severity=round(float(np.clip(np.log10(1 + rate * longest / 3) / 4, 0.02, 1)), 3),
        start=round(max(0.0, worst), 3),
        end=round(min(sound.duration, worst + 0.1), 3),
        channel=channel,
        evidence=(
            f"{channel_name(channel, sound.channels).capitalize()} has {number} flat tops at {at}; "
            f"the longest is {longest} samples ({1000 * longest / sound.rate:.1f} ms)."
        ),
        hint="Lower the level before the last limiter or export, and export again.",
    )
