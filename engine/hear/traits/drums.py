"""Patterns of drums over the beat: four on the floor, and open hats between the beats."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec
import numpy as np

from engine.hear.spectrum import FINE_RATE, Spectra
from engine.hear.traits.grid import LEAST_BEATS, Beaten, Grid, places, smooth_beats
from engine.hear.traits.models import probability

_COLUMNS = 48
"""Parts of a beat; divides by 3 and by 4."""

_LOW_BINS = slice(2, 8)  # 43 to 172 Hz: the body of a kick
_DEEP_BINS = slice(1, 5)  # 21 to 108 Hz: where a kick is and a snare is not
_HIGH_BINS = slice(279, 513)  # 6 kHz and above: hats, and little else that begins suddenly
_SIDE = 3  # columns to both sides that belong to a place: a sixteenth of a beat
_FLOOR = 1e-4
_STRONG = 0.25
"""From here on a beginning is a stroke."""


class FourFloor(msgspec.Struct, frozen=True, kw_only=True):
    """Whether a kick stands on every beat.

    Attributes:
        probability: 0 to 1; None without a beat.
        on_beats: Share of the beats that begin with a low drum, 0 to 1.
        evidence: The same in words.
    """

    probability: float | None
    on_beats: float = 0.0
    evidence: str


class OffbeatHats(msgspec.Struct, frozen=True, kw_only=True):
    """Whether hats stand between the beats, stronger than on them and than on the sixteenths.

    Attributes:
        probability: 0 to 1; None without a beat.
        on_offbeats: Share of the beats with a high stroke half-way to the next, 0 to 1.
        evidence: The same in words.
    """

    probability: float | None
    on_offbeats: float = 0.0
    evidence: str


@dataclass(frozen=True)
class Strokes:
    """How suddenly low and high sound begins at each part of each beat, shape (beats, columns), 0 or more.

    `low_level`, `high_level` and `deep_level` are the levels there, in bel against the loudest, -4 to about 0.
    `low_share` is the loudest of the low sound against the loudest of all, in bel, -3 to 0.
    """

    low: Grid
    high: Grid
    low_level: Grid
    high_level: Grid
    deep_level: Grid
    low_share: float


def four_floor(spectra: Spectra, rhythm: Beaten) -> FourFloor:
    """Hear whether a kick stands on every beat.

    Args:
        spectra: The sound.
        rhythm: Its beats.
    """
    heard = strokes(spectra, rhythm)
    if heard is None:
        return FourFloor(probability=None, evidence="Too few beats to tell.")
    features = low_features(heard)
    share = float(features[0])
    return FourFloor(
        probability=probability("four_floor", features),
        on_beats=round(share, 3),
        evidence=f"A low drum begins on {share:.0%} of the beats.",
    )


def offbeat_hats(spectra: Spectra, rhythm: Beaten) -> OffbeatHats:
    """Hear whether hats stand between the beats.

    Args:
        spectra: The sound.
        rhythm: Its beats.
    """
    heard = strokes(spectra, rhythm)
    if heard is None:
        return OffbeatHats(probability=None, evidence="Too few beats to tell.")
    features = high_features(heard)
    share = float(features[0])
    return OffbeatHats(
        probability=probability("offbeat_hats", features),
        on_offbeats=round(share, 3),
        evidence=f"High strokes stand half-way between {share:.0%} of the beats.",
    )


def strokes(spectra: Spectra, rhythm: Beaten) -> Strokes | None:
    """Beginnings of low and of high sound over the beats; None with too few beats."""
    beats = smooth_beats(rhythm.beats)
    if len(beats) < LEAST_BEATS + 1:
        return None
    where = places(beats, _COLUMNS, FINE_RATE, len(spectra.fine))
    if len(where) < LEAST_BEATS:
        return None
    low, high = _level(spectra, _LOW_BINS), _level(spectra, _HIGH_BINS)
    return Strokes(
        _begun(low)[where],
        _begun(high)[where],
        low[where],
        high[where],
        _level(spectra, _DEEP_BINS)[where],
        _low_share(spectra),
    )


def _low_share(spectra: Spectra) -> float:
    low = np.square(spectra.fine[:, _LOW_BINS]).sum(axis=1, dtype=np.float64)
    everything = np.square(spectra.fine).sum(axis=1, dtype=np.float64)
    return float(np.log10(np.quantile(low, 0.98) / max(float(np.quantile(everything, 0.98)), 1e-12) + 1e-3))


def _level(spectra: Spectra, bins: slice) -> Grid:
    """Level of some bins in bel against the loudest, -4 to about 0, shape (frames,)."""
    power = np.square(spectra.fine[:, bins]).sum(axis=1, dtype=np.float64)
    loud = float(np.quantile(power, 0.98))
    return np.log10(power / loud + _FLOOR) if loud > 1e-10 else np.full(len(power), np.log10(_FLOOR))


def _begun(level: Grid) -> Grid:
    """Rise of a level over 35 ms, weighed by the level itself: loud beginnings count, shape (frames,)."""
    rise = np.concatenate([np.zeros(min(3, len(level))), np.maximum(0, level[3:] - level[:-3])])
    # The window meets a stroke before its middle does: what follows says how loud it is.
    after = np.maximum(level, np.roll(level, -2))
    return np.asarray(np.minimum(rise, 2.0) * np.clip(1 + after / 2, 0, 1))


def at_place(begun: Grid, part: float, late: int = _SIDE) -> Grid:
    """The strongest beginning near a part of each beat, shape (beats,); parts run 0 to 1 and wrap to the next beat."""
    column = round(part * _COLUMNS)
    long = np.concatenate([begun[:, -_SIDE:], begun, begun[:, :late]], axis=1)
    # What wraps belongs to the beat before and the beat after.
    long[1:, :_SIDE], long[:-1, -late:] = begun[:-1, -_SIDE:], begun[1:, :late]
    return np.asarray(long[:, column : column + _SIDE + late + 1].max(axis=1))


def low_features(heard: Strokes) -> Grid:
    """Share of beats with a low stroke, how strong the weakest of four is, and what stands elsewhere."""
    # A kick that falls from high up reaches the low bins late.
    on = at_place(heard.low, 0.0, 2 * _SIDE)
    bars = on[: len(on) // 4 * 4].reshape(-1, 4)
    elsewhere = [at_place(heard.low, part, 2 * _SIDE) for part in (0.25, 0.5, 0.75)]
    chance = float(np.mean(elsewhere))
    rise = _after(heard.low_level, 0.0, 0.15) - _after(heard.low_level, 0.8, 0.15)
    # A snare on two and four begins low as well, but not as low as the kick on one and three.
    each = _after(heard.deep_level, 0.02, 0.2)
    deep = np.median(each[: len(bars) * 4].reshape(-1, 4), axis=0)
    return np.array(
        [
            float(np.mean(on > _STRONG)),
            float(bars.mean(axis=0).min()),
            float((bars > _STRONG).mean(axis=0).min()),
            float(max(np.mean(each > _STRONG) for each in elsewhere)),
            float(np.log((np.median(on) + 0.02) / (chance + 0.02))),
            float(np.quantile(rise, 0.25)),
            heard.low_share,
            float(deep.min() - deep.max()),
        ]
    )


def high_features(heard: Strokes) -> Grid:
    """Share of off-beats with a high stroke, and how it compares with the beats and the sixteenths."""
    on, off = at_place(heard.high, 0.0), at_place(heard.high, 0.5)
    sixteenth = (at_place(heard.high, 0.25) + at_place(heard.high, 0.75)) / 2
    total = on + off + 2 * sixteenth + 1e-6
    # Claps lie on every second beat at most: the lower quarter of the beats is without them.
    level_on, level_off = (np.quantile(_after(heard.high_level, part, 0.2), 0.3) for part in (0.0, 0.5))
    level_between = np.quantile(_after(heard.high_level, 0.75, 0.2), 0.3)
    return np.array(
        [
            float(np.mean(off > _STRONG)),
            float(np.median(off)),
            float(np.quantile(off, 0.3) - np.quantile(on, 0.3)),
            float(np.mean(off) - np.mean(sixteenth)),
            float(np.median(off / total)),
            float(level_off - level_on),
            float(level_off - level_between),
        ]
    )


def _after(level: Grid, part: float, length: float) -> Grid:
    """Mean level for a share of the beat from one part of it on, shape (beats,)."""
    first = round(part * _COLUMNS)
    return np.asarray(level[:, first : first + round(length * _COLUMNS)].mean(axis=1))
