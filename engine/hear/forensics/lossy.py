"""What lossy coding leaves behind: the coder's grid of zeros, and where its low-pass ends the spectrum.

A low-pass alone proves nothing: instruments end where they end. Lossy coding is told by its grid (`traces`). How many
zeros there are in each part of the spectrum says roughly how many bits were left for it; encoders also end the spectrum
at a frequency that goes with the bit rate, and where both agree that end says which one it was.
"""

from __future__ import annotations

import numpy as np

from engine.hear.forensics.edge import Edge, edges
from engine.hear.forensics.finding import REPORTED, Finding
from engine.hear.forensics.models import probability, value
from engine.hear.forensics.resampled import resampled
from engine.hear.forensics.traces import Trace, named, trace
from engine.hear.sound import Sound

RATES = (64, 96, 128, 160, 192, 256, 320)
"""Classes of bit rate, kbit/s."""

_ENDS = {
    "MP3": {64: 11.3, 96: 15.4, 128: 16.8, 160: 17.4, 192: 18.8, 256: 19.5, 320: 20.2},
    "AAC": {64: 12.5, 96: 16.3, 128: 17.3, 192: 19.4, 256: 20.9},
}
"""Where LAME and FFmpeg's AAC coder end the spectrum of stereo at 44.1 kHz, by bit rate: kHz, as `edge` measures it."""

_BESIDE = 0.015  # of its frequency that an end may be off
_APART, _FEW, _FAR = 1.0, 0.25, 2.0  # octaves of bit rate within which the zeros must agree; few zeros say less
_CLEAR = 25.0  # dB that an end must fall
_LEAST, _MOST = 0.005, 0.9  # share of zeros
_NONE = -0.03  # share of zeros below which a band holds nothing to round
_SCORES = 0.0, 12.0
_PARTS = 6  # of the spectrum, from below, that nearly all music fills


def lossy(sound: Sound) -> list[Finding]:
    """Look for traces of lossy coding and, where there are none, of resampling.

    Args:
        sound: What to look at. A file that is lossy says so itself: nothing is told of it.
    """
    if sound.source.lossy:
        return []
    found = trace(sound)
    end, mirror = edges(sound)
    likely = probability("lossy", lossy_features(found)) if found else 0.0
    if found and likely >= REPORTED:
        coder = named(sound, found)
        return [_coded(sound, coder, end, likely, bit_rate(coder, end))]
    return resampled(sound, end, mirror)


def lossy_features(found: Trace) -> list[float]:
    """What the probability of lossy coding is worked out from: how clear the grid is, for what it is worth.

    On a lone tone, whose few coefficients say little, a grid can seem clear with hardly a zero on it.
    """
    return [float(np.clip(found.score, *_SCORES) * np.clip(max(found.zeros) / _LEAST, 0.5, 1))]


def rate_features(found: Trace) -> list[float]:
    """What the bit rate is worked out from: information left in each part of the spectrum."""
    left: list[float] = []
    for zeros in found.zeros:
        there = zeros > _NONE
        left.append(-float(np.log2(np.clip(zeros, _LEAST, _MOST))) if there else left[-1] if left else 0.0)
    told = [each for each in left if each > 0]
    return [*left[:_PARTS], sum(left) / len(left), min(told, default=0.0), float(np.log2(max(1.0, found.score)))]


def bit_rate(found: Trace, end: Edge | None) -> float:
    """Estimated bit rate, kbit/s."""
    by_zeros = value("mp3_rate" if found.coder == "MP3" else "aac_rate", rate_features(found))
    ends = _ENDS.get(found.coder)
    if end is not None and ends is not None and end.drop > _CLEAR:
        nearest = min(ends, key=lambda rate: abs(ends[rate] - end.hz / 1000))
        off = abs(ends[nearest] * 1000 - end.hz)
        apart = _FAR if max(found.zeros) < _FEW else _APART
        if off < _BESIDE * end.hz and abs(np.log2(nearest) - by_zeros) < apart:
            return float(nearest)
    return float(np.clip(2**by_zeros, RATES[0] / 2, RATES[-1]))


def _coded(sound: Sound, found: Trace, end: Edge | None, likely: float, rate: float) -> Finding:
    nearest = min(RATES, key=lambda each: abs(np.log2(each / rate)))
    zeros = max(0.0, *found.zeros)
    ending = f" The spectrum ends at {end.hz / 1000:.1f} kHz." if end and end.drop > _CLEAR else ""
    frame = "576" if found.coder == "MP3" else "1,024"
    return Finding(
        kind="lossy",
        probability=likely,
        severity=round(float(np.clip(1.1 - 0.42 * np.log2(rate / 48), 0.05, 1)), 3),
        start=0.0,
        end=round(sound.duration, 3),
        evidence=(
            f"It was {found.coder} of about {nearest} kbit/s: on that coder's grid of {frame} samples, and on no "
            f"other, up to {100 * zeros:.1f} % of the coefficients of a band are zero.{ending}"
        ),
        hint="Go back to the recording before it was coded; what is gone does not come back.",
    )
