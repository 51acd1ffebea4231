"""The sections of a piece: where they begin, and what they do.

Every bar is described by what the ear tells sections apart by: level and rise of nine parts of the spectrum, the level
of the lowest one and the energy. A checkerboard along the diagonal of the bars' similarity finds where one texture
ends and another begins (J. Foote, ICME 2000), at three sizes, so that four bars and thirty-two are both found.
Boundaries are bar lines by construction. Labels follow from energy, the low end's presence and slopes.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.hear.energy import Energy
from engine.hear.spectrum import FINE_RATE, Spectra
from engine.hear.structure_bars import Beaten, bar_edges, bar_of
from engine.hear.structure_labels import Traits, labels

Floats = NDArray[np.float64]

_FIRST_BANDS = (0, 2, 8, 16, 24, 32, 40, 48, 56)  # mel bands that begin the parts; the first ends at 180 Hz
_PARTS = len(_FIRST_BANDS)
_FLOOR_DB, _LOW_RANGE_DB = -50.0, 15.0
_LEVEL_DB, _RISE_DB, _ENERGY = 6.0, 1.0, 1.0  # a difference of this much in one measure is clearly heard
_SIZES = (2, 4, 8)  # bars on each side of a boundary that are compared
_LOW_COUNTS = 2.8  # nothing marks a section as much as kick and bass that come or go
_NOVEL = 1.5  # mean distance across a boundary, beyond that inside its sides, that makes one
_SHORTEST = 4  # bars of a section; the first and last may have two
_FEWEST = 8  # bars of a piece that has sections
_MOST_BARS = 1_200


class Section(msgspec.Struct, frozen=True, kw_only=True):
    """One section.

    Attributes:
        start: Seconds, on a bar line.
        end: Seconds, where the next begins.
        label: intro, build, drop, breakdown, outro; or part, where the piece does none of this (no drums or low end
            that come and go), and for a piece that has but one section.
        bars: How many bars it has.
        energy: Mean energy of its bars, 1..10.
        confidence: 0..1: how clear its beginning is; that of the first section, how clear its end is.
    """

    start: float
    end: float
    label: str
    bars: int
    energy: float
    confidence: float


def structure(spectra: Spectra, rhythm: Beaten, energy: Energy) -> list[Section]:
    """Find the sections of a piece.

    Args:
        spectra: Its shared spectra.
        rhythm: Its beats and downbeats.
        energy: Its energy, of the same rhythm.

    Returns:
        Sections that follow one another from 0 to the end; one for a loop of fewer than eight bars; none for silence.
    """
    if energy.energy is None:
        return []
    edges = bar_edges(rhythm, spectra.sound.duration)
    bars = edges.size - 1
    per_bar = np.array(energy.per_bar)
    if bars < _FEWEST or bars > _MOST_BARS or per_bar.size != bars:
        return [_section(edges, (0, bars), "part", per_bar, 1.0)]
    level, rise = _described(spectra, edges)
    # Below this a low end is away; how far away (a pad's root, a rumble) says nothing.
    heard = level.copy()
    heard[:, 0] = np.maximum(level[:, 0], level[:, 0].max() - _LOW_RANGE_DB)
    features = np.concatenate([heard / _LEVEL_DB, rise / _RISE_DB, per_bar[:, None] / _ENERGY], axis=1)
    features[:, [0, _PARTS]] *= _LOW_COUNTS  # the low end's level and strokes
    novelty = _novelty(features)
    starts = _boundaries(novelty)
    names = labels(_traits(starts, level, rise, per_bar))
    ends = [*starts[1:], bars]
    clear = np.clip(novelty / (3 * _NOVEL), 0, 1)
    return [
        _section(edges, (start, end), name, per_bar, float(clear[start or end] if len(starts) > 1 else 1.0))
        for start, end, name in zip(starts, ends, names, strict=True)
    ]


def _described(spectra: Spectra, edges: Floats) -> tuple[Floats, Floats]:
    """Level below the loudest bar, and mean rise, of each part of the spectrum in each bar, dB, shape (bars, 9)."""
    parts = np.add.reduceat(spectra.mel, _FIRST_BANDS, axis=1)
    floor = max(float(parts.max()) * 1e-7, 1e-30)
    logs = 10 * np.log10(np.maximum(parts, floor))
    rises = np.zeros_like(logs)
    rises[2:] = np.clip(logs[2:] - logs[:-2] - 3, 0, 12)
    bar = bar_of(np.arange(len(parts)) / FINE_RATE, edges)
    order = np.searchsorted(bar, np.arange(edges.size - 1))
    counts = np.maximum(np.bincount(bar, minlength=edges.size - 1), 1)[:, None]
    order = np.minimum(order, len(parts) - 1)
    mean = np.add.reduceat(parts, order, axis=0, dtype=np.float64) / counts
    level = 10 * np.log10(np.maximum(mean / max(float(mean.max()), 1e-30), 10 ** (_FLOOR_DB / 10)))
    return level, np.add.reduceat(rises, order, axis=0, dtype=np.float64) / counts


def _novelty(features: Floats) -> Floats:
    """How much farther apart two sides of each bar line are than the bars of a side, shape (bars + 1,), 0 at the ends.

    Distances are root mean squares over the features. The best of three sizes counts; a size that does not fit at
    an end is cut there.
    """
    bars = len(features)
    power = np.square(features).sum(axis=1)
    squares = power[:, None] + power - 2 * features @ features.T
    distance = np.sqrt(np.maximum(squares, 0) / features.shape[1])
    novelty = np.zeros(bars + 1)
    for line in range(1, bars):
        for size in _SIZES:
            first, last = max(0, line - size), min(bars, line + size)
            left, right = slice(first, line), slice(line, last)
            across = distance[left, right].mean()
            inside = (_inside(distance[left, left]) + _inside(distance[right, right])) / 2
            # A side of a single bar tells little.
            trust = min(1.0, (min(line, bars - line) + 1) / 3)
            novelty[line] = max(novelty[line], trust * (across - inside))
    return novelty


def _inside(block: Floats) -> float:
    """Mean distance of different bars of one side."""
    count = len(block)
    return float(block.sum() / (count * (count - 1))) if count > 1 else 0.0


def _boundaries(novelty: Floats) -> list[int]:
    """Bars that begin a section: the highest lines first, none too near another; the first is 0."""
    bars = novelty.size - 1
    chosen: list[int] = []
    for line in np.argsort(-novelty, kind="stable"):
        if novelty[line] < _NOVEL:
            break
        near_end = min(line, bars - line) < _SHORTEST // 2
        peak = novelty[line] == novelty[max(0, line - 2) : line + 3].max()
        if peak and not near_end and all(abs(int(line) - other) >= _SHORTEST for other in chosen):
            chosen.append(int(line))
    return [0, *sorted(chosen)]


def _traits(starts: list[int], level: Floats, rise: Floats, per_bar: Floats) -> list[Traits]:
    """What the labels are decided by, section by section."""
    strong = float(np.percentile(rise[:, 0], 90))
    found = []
    for start, end in zip(starts, [*starts[1:], len(per_bar)], strict=True):
        own = slice(start, end)
        found.append(
            Traits(
                energy=float(per_bar[own].mean()),
                low=float(np.median(level[own, 0]) - np.percentile(level[:, 0], 90)),
                pulse=float(np.median(rise[own, 0]) / strong) if strong > 0.2 else 0.0,
                slope=_slope(level[own, 2:].mean(axis=1)) + _slope(per_bar[own]),
                bars=end - start,
            )
        )
    return found


def _slope(values: Floats) -> float:
    """How much a straight line through the values rises from their first to their last."""
    if values.size < 3:
        return 0.0
    return float(np.polyfit(np.arange(values.size), values, 1)[0] * (values.size - 1))


def _section(edges: Floats, span: tuple[int, int], label: str, per_bar: Floats, confidence: float) -> Section:
    first, last = span
    own = per_bar[first:last] if per_bar.size else np.array([1.0])
    return Section(
        start=round(float(edges[first]), 3),
        end=round(float(edges[last]), 3),
        label=label,
        bars=last - first,
        energy=round(float(own.mean()) if own.size else float(per_bar.mean()), 1),
        confidence=round(confidence, 2),
    )
