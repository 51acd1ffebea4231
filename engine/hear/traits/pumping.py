"""Sidechain pumping: how far, how often and how well in time sustained sound is ducked.

Depth is the difference in dB between the level that is not ducked and the least level of the duck. Drums make that
hard: the kick sounds at the very moment of the least level. So the sound is looked at in narrow bands; what drums
add can only raise a band, and it raises the bands, the moments and the beats differently. Therefore the low side of
all bands and beats, against the same low side where nothing is ducked, is the duck. A family of ducks (attack,
depth, length and form of the release), seen through the same window, is laid against it; the moments that drums
cover weigh little, and the form of the release bridges them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.hear.sound import HEARING_RATE
from engine.hear.spectrum import Spectra, magnitudes
from engine.hear.traits.duck import COLUMNS, Duck, coarse_fit, fit_duck
from engine.hear.traits.duck_kernels import COSINE, SHAPES, best_of
from engine.hear.traits.duck_kernels import warm as warm_kernels
from engine.hear.traits.grid import LEAST_BEATS, Beaten, Grid, places, smooth_beats
from engine.hear.traits.models import probability

WINDOW, HOP = 512, 128
"""23 ms every 5.8 ms: the window's weight is on 8 ms, short enough for the bottom of a duck."""

_EDGES = np.geomspace(150, 9000, 25)
_QUIET = -75.0  # dB against full scale: below this a band holds nothing
_NOTHING = 1e-11
_RANGE = 45.0  # dB below the loudest band where bands are no longer heard
_LOW = 0.3  # of the beats: claps stand on half of them
_LEAST_AGREEMENT = 0.3
_LEAST = 1.0  # dB: less is not called pumping
_ALIKE = 0.5  # share of the levels that must lie on the duck
_FALL = 0.6  # of fall and return together: in a duck the fall is the shorter part, in a sine they are alike
_NOTE = {1: "1/4", 2: "1/8", 4: "1/16"}
_MOST_BEATS = 192  # of a long piece the loudest beats tell enough


class Pumping(msgspec.Struct, frozen=True, kw_only=True):
    """Whether sustained sound is ducked in time with the beat.

    Attributes:
        probability: 0 to 1, that it pumps; None when it cannot be told (no beat, nothing sustained).
        depth_db: dB between the undisturbed level and the least level of the duck, 0 to 30; None as above.
        rate: "1/4", "1/8" or "1/16", the note value from duck to duck; "" without pumping.
        release_ms: Milliseconds from the least level until it is back within 1 dB; None without pumping.
        phase_lock: 0 to 1, how alike the ducks of all beats are: 1 when each is where the beat is.
        evidence: The same in words.
    """

    probability: float | None
    depth_db: float | None
    rate: str = ""
    release_ms: float | None = None
    phase_lock: float = 0.0
    evidence: str


@dataclass(frozen=True)
class Folded:
    """Levels by band, beat and part of a beat.

    Attributes:
        levels: dB, shape (bands, beats, columns), each band and beat against its own median.
        loud: dB, shape (bands,), median level of the bands.
        period: Seconds of a beat.
    """

    levels: NDArray[np.float32]
    loud: Grid
    period: float


@dataclass(frozen=True)
class Ducked:
    """What the bands agree on: the duck, each band's share in it (sum 1), the levels of those that have one."""

    duck: Duck
    share: Grid
    levels: Grid


def pumping(spectra: Spectra, rhythm: Beaten) -> Pumping:
    """Hear the ducking.

    Args:
        spectra: The sound.
        rhythm: Its beats.
    """
    folded = fold(spectra, smooth_beats(rhythm.beats))
    if folded is None:
        return Pumping(probability=None, depth_db=None, evidence="Too few beats to tell.")
    ducked = agree(folded)
    if ducked is None:
        return Pumping(probability=None, depth_db=None, evidence="Nothing sounds on long enough to be ducked.")
    features = duck_features(folded, ducked)
    sure = probability("pumping", features)
    duck, lock = ducked.duck, round(float(features[1]), 3)
    if duck.agreement < _ALIKE:
        words = "The level moves, but not as ducking in time with the beat does."
        return Pumping(probability=min(sure, 0.3), depth_db=0.0, phase_lock=lock, evidence=words)
    if duck.attack > _FALL * (duck.attack + duck.release):
        words = "The level falls longer than it takes to come back: notes that die away, not ducking."
        return Pumping(probability=min(sure, 0.1), depth_db=0.0, phase_lock=lock, evidence=words)
    if sure < 0.5 or duck.depth < _LEAST:
        return Pumping(
            probability=min(sure, 0.5), depth_db=0.0, phase_lock=lock, evidence="Sustained sound keeps its level."
        )
    rate = _NOTE[duck.per_beat]
    depth = round(min(30.0, duck.depth), 1)
    return Pumping(
        probability=sure,
        depth_db=depth,
        rate=rate,
        release_ms=round(1000 * duck.back_after()),
        phase_lock=lock,
        evidence=f"Sustained sound dips by {depth} dB on every {rate} and comes back in time with the beat.",
    )


def fold(spectra: Spectra, beats: Grid) -> Folded | None:
    """Lay the levels of all bands over the beats; None with too few beats.

    Of a long piece, the loudest bars of four beats are taken: where it pumps, it is seldom quiet.
    """
    if len(beats) < LEAST_BEATS + 1:
        return None
    sound = spectra.sound.hearing
    where = places(beats, COLUMNS, HEARING_RATE / HOP, 1 + len(sound) // HOP)
    if len(where) < LEAST_BEATS:
        return None
    power = np.square(magnitudes(sound, WINDOW, HOP)) @ _bank()
    levels = 10 * np.log10(np.maximum(power, _NOTHING))
    where = _loudest(where, power)
    rows = np.moveaxis(levels[where], 2, 0)
    middle = np.median(rows, axis=2, keepdims=True)
    return Folded(rows - middle, np.median(middle[:, :, 0], axis=1), float(np.median(np.diff(beats))))


def agree(folded: Folded) -> Ducked | None:
    """Find the bands that hold sustained sound and the duck they share; None where no band does."""
    window = WINDOW / HEARING_RATE
    even = np.full(COLUMNS, 1 / COLUMNS)
    curves = np.asarray(np.quantile(folded.levels, _LOW, axis=1), np.float64)
    heard = folded.loud > max(_QUIET, folded.loud.max() - _RANGE)
    if not heard.any():
        return None
    curves = curves[heard]
    fits = [coarse_fit(curve, even, folded.period, window) for curve in curves]
    ducked = None
    for starts in (1, 3):
        good = np.array([agreement for agreement, _ in fits])
        levels = curves - np.array([offset for _, offset in fits])[:, None]
        share = np.maximum(0, good - max(_LEAST_AGREEMENT, good.max() - 0.35)) ** 2
        if share.sum() == 0:
            return ducked
        duck = fit_duck(levels[share > 0], share[share > 0] / share.sum(), folded.period, window, starts)
        whole = np.zeros(len(heard))
        whole[heard] = share / share.sum()
        ducked = Ducked(duck, whole, levels[share > 0])
        # Now that the duck is known, each band is laid on this very one.
        shown = duck.shown(folded.period, window)
        fits = [(top, offset) for _, offset, top in (best_of(curve, even, shown[None]) for curve in curves)]
    return ducked


def duck_features(folded: Folded, ducked: Ducked) -> Grid:
    """What tells ducking from other movement of level.

    Returns:
        Depth (dB, at most 12), phase lock, agreement, gain in agreement over a still level, share of the period that
        the fall takes, distance of the duck from the beat in 10 ms, and depth beyond 24 dB.
    """
    duck = ducked.duck
    period = folded.period / duck.per_beat
    return np.array(
        [
            min(12.0, duck.depth),
            phase_lock(folded, ducked),
            duck.agreement,
            duck.agreement - duck.flat,
            min(1.0, duck.attack / period) if duck.shape % SHAPES != COSINE else 0.0,
            abs(duck.onset) * 100,
            max(0.0, duck.depth - 24),
        ]
    )


def phase_lock(folded: Folded, ducked: Ducked) -> float:
    """Median correlation of the level over each beat with the duck, 0 to 1; 0 for a still level."""
    shown = ducked.duck.shown(folded.period, WINDOW / HEARING_RATE)
    if np.ptp(shown) < 0.5:
        return 0.0
    used = ducked.share > 0
    each = np.tensordot(ducked.share[used], np.clip(folded.levels[used], -30, 30), axes=1)  # beats, columns
    # Seen over a twentieth of a beat, so that the sound's own roughness does not hide the duck.
    each = each.reshape(len(each), -1, 4).mean(axis=2)
    shown = shown.reshape(-1, 4).mean(axis=1)
    each, shown = each - each.mean(axis=1, keepdims=True), shown - shown.mean()
    norm = np.sqrt(np.square(each).sum(axis=1) * np.square(shown).sum())
    return float(np.clip(np.median(each @ shown / np.maximum(norm, 1e-9)), 0, 1))


def warm() -> None:
    """Compile what is compiled."""
    warm_kernels()


def _loudest(where: NDArray[np.int64], power: NDArray[np.float32]) -> NDArray[np.int64]:
    """At most `_MOST_BEATS` beats, in groups of four, those with the most power."""
    if len(where) <= _MOST_BEATS:
        return where
    groups = where[: len(where) // 4 * 4].reshape(-1, 4 * COLUMNS)
    loud = power[groups[:, ::8]].sum(axis=(1, 2))
    chosen = np.sort(np.argsort(-loud, kind="stable")[: _MOST_BEATS // 4])
    return groups[chosen].reshape(-1, COLUMNS)


@lru_cache(1)
def _bank() -> NDArray[np.float32]:
    """Sums bins into bands, shape (257, bands); a band holds whole bins, at least one."""
    edges = np.unique(np.round(_EDGES * WINDOW / HEARING_RATE).astype(int))
    bank = np.zeros((WINDOW // 2 + 1, len(edges) - 1), np.float32)
    for band, (first, end) in enumerate(pairwise(edges)):
        bank[first:end, band] = 1
    return bank
