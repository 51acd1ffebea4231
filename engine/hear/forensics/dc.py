"""A constant offset: the wave does not swing around zero."""

from __future__ import annotations

import numpy as np

from engine.hear.forensics.finding import Finding, channel_name
from engine.hear.forensics.kernels import block_levels
from engine.hear.sound import Sound

_BLOCK = 0.5  # seconds
_LEAST = 1.0  # seconds; in less, a bass note is an offset
_SHARE = 0.02  # of the level, from which it is worth a word
_SURE = 8.0  # the offset over the scatter of its blocks


def dc_offset(sound: Sound) -> list[Finding]:
    """Look for an offset in each channel.

    Args:
        sound: What to look at.
    """
    if sound.duration < _LEAST:
        return []
    found = []
    size = int(_BLOCK * sound.rate)
    every, power, _ = block_levels(sound.samples, size).astype(np.float64)
    for channel in range(sound.channels):
        means = every[channel]
        level = float(np.sqrt(max(0.0, np.mean(power[channel] - np.square(means)))))
        offset = float(np.median(means))
        scatter = float(np.median(np.abs(means - offset))) * 1.4826 + 1e-9
        sureness = abs(offset) / scatter
        if abs(offset) < max(_SHARE * level, 1e-4) or sureness < _SURE:
            continue
        found.append(
            Finding(
                kind="dc_offset",
                probability=round(float(1 - 0.5 * _SURE / sureness), 3),
                severity=round(float(np.clip(abs(offset) * 10, 0.05, 1)), 3),
                start=0.0,
                end=round(sound.duration, 3),
                channel=channel,
                evidence=(
                    f"{channel_name(channel, sound.channels).capitalize()} swings around {100 * offset:+.2f} % of "
                    f"full scale instead of zero, all the way through."
                ),
                hint="A high-pass filter at 10 Hz, or Utility's DC switch, takes it away.",
            )
        )
    return found
