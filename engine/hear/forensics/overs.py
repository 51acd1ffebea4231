"""True-peak overs: places where the wave between the samples passes full scale (ITU-R BS.1770-4, annex 2)."""

from __future__ import annotations

import numpy as np

from engine.hear.forensics.finding import Finding, channel_name
from engine.hear.sound import Samples, Sound
from engine.hear.true_peak import interpolator
from engine.hear.true_peak_kernels import BLOCK, block_peaks, interpolated_peak

_TOLERANCE = 0.2  # dB: meters of the standard may differ as much
_NEAR = 10 ** (-8 / 20)  # of full scale; the wave between lower samples does not reach it in music
_CONTEXT = 2  # blocks on both sides of a place that the interpolation of its edges needs
_PLACE = 0.1  # seconds that are one place
_TOLD = 3  # places named
_MOST = 400  # places interpolated, those with the loudest samples; a loud master has thousands


def overs(sound: Sound) -> list[Finding]:
    """Look for true peaks above full scale in each channel.

    Args:
        sound: What to look at, at its native rate.
    """
    by_block = block_peaks(sound.samples)
    if by_block.max() < _NEAR:
        return []
    found = []
    for channel in range(sound.channels):
        places = _places(sound, channel, by_block[channel])
        highest = max(places.values(), default=0.0)
        if highest > 1 and 20 * np.log10(highest) >= _TOLERANCE:
            found.append(_told(sound, channel, places))
    return found


def _places(sound: Sound, channel: int, peaks: Samples) -> dict[int, float]:
    """True peak above full scale of each place, by its number."""
    phases, bounds = interpolator()
    blocks = max(1, round(_PLACE * sound.rate / BLOCK))
    out = {}
    loudest = np.maximum.reduceat(peaks, np.arange(0, len(peaks), blocks))
    for place in np.argsort(-loudest, kind="stable")[:_MOST]:
        if loudest[place] < _NEAR:
            break
        first, last = place * blocks, min((place + 1) * blocks, len(peaks))
        before, after = max(0, first - _CONTEXT), min(len(peaks), last + _CONTEXT)
        near = np.zeros(after - before, np.float32)  # what is not of this place is passed over as if it were silent
        near[first - before : last - before] = peaks[first:last]
        signal = sound.samples[before * BLOCK : after * BLOCK, channel]
        floor = max(1.0, float(loudest[place]))
        peak = interpolated_peak(signal, near, phases, bounds, floor)
        if peak > 1:
            out[int(place)] = peak
    return out


def _told(sound: Sound, channel: int, places: dict[int, float]) -> Finding:
    order = sorted(places, key=lambda place: -places[place])
    worst = order[0]
    decibels = 20 * np.log10(places[worst])
    seconds = ", ".join(f"{place * _PLACE:.1f}" for place in sorted(order[:_TOLD]))
    number = len(places)
    return Finding(
        kind="true_peak_over",
        probability=round(float(1 - 0.5 * np.exp(-(decibels - _TOLERANCE) / 0.1)), 3),
        severity=round(float(np.clip(0.1 + decibels / 6, 0.1, 1)), 3),
        start=round(worst * _PLACE, 3),
        end=round(min(sound.duration, (worst + 1) * _PLACE), 3),
        channel=channel,
        evidence=(
            f"{channel_name(channel, sound.channels).capitalize()} reaches {decibels:+.1f} dBTP; it is above full "
            f"scale at {number} {'place' if number == 1 else 'places'}{' at least' if number == _MOST else ''}, "
            f"the worst at {seconds} s."
        ),
        hint="Set the limiter's ceiling to -1 dB, true peak, and export again; or turn it down.",
    )
