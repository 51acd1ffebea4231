"""Holes and stutters: samples that were never delivered, and buffers that were delivered twice."""

from __future__ import annotations

import numpy as np

from engine.hear.forensics.finding import Finding
from engine.hear.forensics.kernels import repeats, still_runs
from engine.hear.sound import Samples, Sound

_SHORTEST = 0.0004  # seconds in which nothing moves
_LONGEST = 0.25  # seconds; what is longer may be a rest
_AROUND = 0.005  # seconds looked at before and after a hole
_TORN = 0.25  # the edges of a hole, as a share of the peak around it
_ALIKE = 10 ** (15 / 20)  # how different the levels before and after may be
_AUDIBLE = 10 ** (-45 / 20)  # of the peak of all
_BUFFERS = (32, 64, 128, 192, 256, 384, 441, 480, 512, 882, 960, 1024, 2048, 4096)
_OFTEN = 40  # repeats beyond which it is the sound itself that repeats


def dropouts(sound: Sound) -> list[Finding]:
    """Look for holes and for repeated buffers.

    Args:
        sound: What to look at.
    """
    peak = float(np.abs(sound.samples).max())
    if peak <= 0 or sound.frames < 256:
        return []
    return [*_holes(sound, peak), *_stutters(sound, peak)]


def _holes(sound: Sound, peak: float) -> list[Finding]:
    runs = still_runs(sound.samples, max(12, int(_SHORTEST * sound.rate)))
    around = int(_AROUND * sound.rate)
    torn = [
        (int(first), int(length))
        for first, length in runs
        if length <= _LONGEST * sound.rate and _is_torn(sound.samples, int(first), int(length), around, peak)
    ]
    if not torn:
        return []
    longest = max(torn, key=lambda run: run[1])
    seconds = longest[1] / sound.rate
    return [
        Finding(
            kind="dropout",
            probability=round(float(1 - 0.3 / len(torn)), 3),
            severity=round(float(np.clip(0.3 + 3 * seconds + 0.05 * len(torn), 0, 1)), 3),
            start=round(longest[0] / sound.rate, 4),
            end=round((longest[0] + longest[1]) / sound.rate, 4),
            evidence=(
                f"{len(torn)} {'hole' if len(torn) == 1 else 'holes'} in the sound: it stops dead in the middle of a "
                f"wave and goes on; the longest, {1000 * seconds:.1f} ms, at {longest[0] / sound.rate:.2f} s."
            ),
            hint="Record or export it again with a larger buffer.",
        )
    ]


def _is_torn(frames: Samples, first: int, length: int, around: int, peak: float) -> bool:
    """Whether a wave is cut off before a stretch and goes on after it, alike."""
    end = first + length
    if first < around or end + around > len(frames):
        return False
    before, after = np.abs(frames[first - around : first]), np.abs(frames[end : end + around])
    loud = float(before.max()), float(after.max())
    if min(loud) < _AUDIBLE * peak or max(loud) > _ALIKE * min(loud):
        return False
    held = float(np.abs(frames[first]).max())
    edge = max(_step(frames, first - 1, first), _step(frames, end - 1, end))
    # A clipped top stands still, too: it is the loudest around.
    return edge > _TORN * max(loud) and held < 0.7 * max(loud)


def _step(frames: Samples, one: int, other: int) -> float:
    return float(np.abs(frames[other] - frames[one]).max())


def _stutters(sound: Sound, peak: float) -> list[Finding]:
    signal = np.ascontiguousarray(sound.samples[:, 0])
    found: list[tuple[int, int, int]] = []
    for lag in _BUFFERS:
        runs = repeats(signal, lag, _OFTEN)
        if len(runs) == _OFTEN:
            continue
        # A buffer that came twice repeats itself once; a wave that repeats goes on.
        # Dither repeats, too, below what anyone hears.
        found += [
            (int(first), int(length), lag)
            for first, length in runs
            if length < 1.25 * lag + 4 and np.abs(signal[first : first + length]).max() > _AUDIBLE * peak
        ]
    if not found:
        return []
    first, length, lag = max(found, key=lambda each: each[1])
    return [
        Finding(
            kind="repeat",
            probability=round(float(1 - 0.3 / len(found)), 3),
            severity=round(float(np.clip(0.3 + 0.1 * len(found), 0, 1)), 3),
            start=round((first - lag) / sound.rate, 4),
            end=round((first + length) / sound.rate, 4),
            evidence=(
                f"{len(found)} {'buffer was' if len(found) == 1 else 'buffers were'} delivered twice: {lag} samples "
                f"come again exactly at {first / sound.rate:.2f} s."
            ),
            hint="Record or export it again with a larger buffer.",
        )
    ]
