"""The grid on which a lossy coder rounded: the one offset at which many coefficients are almost zero.

Search and proof look at different stretches: candidates come from all offsets of some stretches, and what is
measured for them on others is free of having been chosen. Coders round left and right or their middle and side;
stretches are looked at in turn as middle and as left.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from engine.hear.forensics.stretches import mixed, stretches
from engine.hear.forensics.transforms import AAC, AAC_SINE, MP3, VORBIS, Transform
from engine.hear.sound import Samples, Sound

Floats = NDArray[np.float64]

BANDS = 8
"""Parts of the spectrum for which the share of zeros is told."""

_BESIDE = np.array([-67, -53, -41, -31, -23, -16, -10, -6, -3, 0, 3, 6, 10, 16, 23, 31, 41, 53, 67])
_AT = int(np.flatnonzero(_BESIDE == 0)[0])
_ZERO = 0.03  # of what a coefficient usually is
_ROUNDED = 1.5e-5  # deviation of the noise of 16 bits with dither
_PRESENT = 8e-5  # a coefficient must usually be, to be looked at
_FEWEST = 40  # coefficients in a stretch
_LOW, _HIGH = 0.03, 0.75  # share of the spectrum looked at
_CAP = 12.0
_CANDIDATES = 2
_SEARCHED = {"MP3": 10, "AAC": 4}
_PROVED = 24
_EARLY, _HOPELESS = 8, 1.0  # stretches after which a score so low is the last word
_BRIEF = 3.0  # seconds up to which only MP3 is looked for, and little of it: one-shots come by the thousand


@dataclass(frozen=True)
class Trace:
    """What a grid looks like.

    Attributes:
        coder: MP3, AAC or Ogg Vorbis.
        offset: Samples from the beginning of the sound to the first frame of the grid.
        score: How far the zeros on the grid are beyond those beside it, in deviations; about 0 ± 1 without one.
        zeros: Share of zeros on the grid beyond that beside it in each of `BANDS` equal parts of the spectrum, 0..1.
    """

    coder: str
    offset: int
    score: float
    zeros: tuple[float, ...]


def trace(sound: Sound) -> Trace | None:
    """Look for the grid of a coder.

    Args:
        sound: What to look at.

    Returns:
        The clearest; None where there is too little sound to say.
    """
    brief = sound.duration <= _BRIEF
    found = [
        proved
        for transform in ((MP3,) if brief else (MP3, AAC, AAC_SINE))
        for proved in _on_grid(sound, transform, brief)
    ]
    if not found:
        return None
    return max(found, key=lambda each: each.score)


def _on_grid(sound: Sound, transform: Transform, brief: bool) -> list[Trace]:
    out = []
    for offset in candidates(sound, transform, 2 if brief else _SEARCHED[transform.name]):
        proved = proof(sound, transform, offset, 4 if brief else _PROVED)
        if proved is not None:
            out.append(proved)
    return out


def candidates(sound: Sound, transform: Transform, count: int) -> list[int]:
    """Offsets at which there may be a grid.

    Args:
        sound: What to look at.
        transform: Of the coder.
        count: Stretches looked at.

    Returns:
        A few offsets, 0 to `transform.hop` - 1, the likeliest first.
    """
    every = np.arange(transform.hop)
    total = np.zeros(transform.hop)
    length = transform.reach + transform.hop
    for number, first in enumerate(stretches(sound, count, length)):
        hits = _zeros(transform.take(mixed(sound, first, length, number % 2 == 1), every))
        if hits is None:
            continue
        share = hits.mean(axis=1)
        beside = np.mean([np.roll(share, step) for step in (-5, -4, -3, -2, 2, 3, 4, 5)], axis=0)
        risen = share - beside
        scatter = 1.4826 * float(np.median(np.abs(risen - np.median(risen)))) + 1e-3
        total += np.roll(np.clip(risen / scatter, -4, _CAP), first % transform.hop)
    chosen: list[int] = []
    for offset in np.argsort(-total)[: 4 * _CANDIDATES]:
        if total[offset] > 0 and all(abs(offset - other) > 2 for other in chosen) and len(chosen) < _CANDIDATES:
            chosen.append(int(offset))
    return chosen


def proof(sound: Sound, transform: Transform, offset: int, count: int) -> Trace | None:
    """Hold a grid against what is beside it, on many stretches.

    Args:
        sound: What to look at.
        transform: Of the coder.
        offset: Of the grid.
        count: Stretches looked at.
    """
    margin = int(_BESIDE[-1])
    length = transform.reach + transform.hop + 2 * margin
    scores, zeros = [], []
    for number, first in enumerate(stretches(sound, count, length)):
        onto = (offset - first - margin) % transform.hop + margin
        taken = transform.take(mixed(sound, first, length, number % 2 == 1), onto + _BESIDE)
        hits = _zeros(taken)
        if hits is None:
            continue
        share = hits.mean(axis=1)
        beside = np.delete(share, _AT)
        scores.append(np.clip((share[_AT] - beside.mean()) / (beside.std() + 4e-3), -4, _CAP))
        zeros.append(_by_band(taken))
        if len(scores) == _EARLY and np.mean(scores) * np.sqrt(_EARLY) < _HOPELESS:
            break  # what is no grid shows it soon
    if not scores:
        return None
    score = float(np.mean(scores) * np.sqrt(len(scores)))
    return Trace(transform.name, offset, score, tuple(float(each) for each in np.mean(zeros, axis=0)))


def _zeros(taken: Samples) -> NDArray[np.bool_] | None:
    """Which coefficients are almost zero, among those that usually are not; None where these are few."""
    low, high = int(_LOW * taken.shape[1]), int(_HIGH * taken.shape[1])
    seen = taken[:, low:high]
    usual = np.median(seen[:: max(1, len(seen) // 32)], axis=0)
    present = usual > _PRESENT
    if present.sum() < _FEWEST:
        return None
    return np.asarray(seen[:, present] < np.maximum(_ZERO * usual[present], _ROUNDED))


def _by_band(taken: Samples) -> Floats:
    """Share of zeros on the grid beyond that beside it; -1 in bands without sound."""
    usual = np.median(taken, axis=0)
    hits = taken < np.maximum(_ZERO * usual, _ROUNDED)
    out = np.full(BANDS, -1.0)
    for band, lines in enumerate(np.array_split(np.arange(taken.shape[1]), BANDS)):
        there = lines[usual[lines] > _PRESENT]
        if len(there) >= 8:
            out[band] = hits[_AT, there].mean() - np.delete(hits[:, there], _AT, axis=0).mean()
    return out


def named(sound: Sound, found: Trace) -> Trace:
    """Tell AAC from Ogg Vorbis, whose transforms differ by their windows only."""
    if found.coder == MP3.name:
        return found
    proofs = [proof(sound, each, found.offset, _PROVED) for each in (AAC, AAC_SINE, VORBIS)]
    return max((each for each in proofs if each is not None), key=lambda each: each.score, default=found)
