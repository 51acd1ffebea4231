"""What tells one melody from another: how full, how high, how leapy, how loud, how much it repeats itself."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from engine.compose.melody.buckets import LAGS
from tests.benchmarks.composing.melody_design import BARS, FIVE_OUT, STEPS, Song

__all__ = ["ACCENT", "MEASURED", "duration_table", "legato", "loudness", "measured"]

MEASURED = ("strong", "weak", "and", "odd", "rest", "again", "leap", "same", "five", "tones", "motif")

ACCENT = (0, -4, -3, -4, -2, -4, -3, -4, -1, -4, -3, -4, -2, -4, -3, -4)
"""Metrical weight of each sixteenth of a 4/4 bar (Longuet-Higgins and Lee 1984)."""

_PLACES = {"strong": (0, 8), "weak": (4, 12), "and": (2, 6, 10, 14), "odd": tuple(range(1, 16, 2))}
# Little is known of a short clip: everything is drawn to the usual as if this many notes more had been seen.
_PRIOR = 6.0


def measured(song: Song) -> dict[str, float]:
    """Traits as they can be counted; the names are ``MEASURED``."""
    grid = np.array(song.onsets).reshape(BARS, STEPS)
    out: dict[str, float] = {}
    for name, places in _PLACES.items():
        here = grid[:, list(places)]
        share = (here.sum() + 0.8) / (here.size + 4.0)
        out[name] = math.log(share / (1 - share))
    out["rest"] = float(np.mean(grid.reshape(-1, 4).sum(1) == 0))
    out["again"] = _again(grid)
    pitches = np.array(song.pitches)
    sizes = np.abs(np.diff(pitches))
    out["leap"] = float((sizes.sum() + _PRIOR * 2.3) / (len(sizes) + _PRIOR))
    out["same"] = float(((sizes == 0).sum() + _PRIOR * 0.24) / (len(sizes) + _PRIOR))
    outside = sum((pitch - song.tonic) % 12 in FIVE_OUT[song.mode] for pitch in song.pitches)
    out["five"] = (outside + _PRIOR * 0.15) / (len(pitches) + _PRIOR)
    sounding = [(pitch, song.chord(step)) for step, pitch in zip(song.steps, song.pitches, strict=True)]
    hits = [pitch % 12 in chord[3] for pitch, chord in sounding if chord]
    out["tones"] = (sum(hits) + _PRIOR * 0.66) / (len(hits) + _PRIOR)
    moves = np.diff(pitches)
    threes = {tuple(moves[place : place + 3]) for place in range(len(moves) - 2)}
    # Longer melodies have more to repeat: the share is taken against what their length lets expect.
    out["motif"] = 1.0 - (len(threes) + _PRIOR) / (max(1, len(moves) - 2) + _PRIOR)
    return out


def _again(grid: NDArray[np.int64]) -> float:
    alike = []
    for lag in LAGS:
        for bar in range(lag, BARS):
            either = (grid[bar] | grid[bar - lag]).sum()
            if either:
                alike.append((grid[bar] & grid[bar - lag]).sum() / either)
    return float(np.mean(alike)) if alike else 0.3


def loudness(song: Song) -> tuple[float, float, float, float]:
    """How a melody uses loudness.

    Returns:
        Velocity per unit of ``ACCENT``, velocity per semitone, deviation of what is left, and how much of that the
        next note keeps.
    """
    accents = np.array([ACCENT[step % STEPS] for step in song.steps], dtype=float)
    heights = np.array(song.pitches, dtype=float)
    velocities = np.array(song.velocities)
    table = np.column_stack([np.ones(len(accents)), accents, heights - heights.mean()])
    # A little ridge: eleven notes do not tell three numbers.
    ridge = np.diag([0.0, 6.0, 40.0])
    found = np.linalg.solve(table.T @ table + ridge, table.T @ velocities)
    rest = velocities - table @ found
    kept = float((rest[1:] * rest[:-1]).sum() / max(1e-9, (rest * rest).sum()))
    return float(found[1]), float(found[2]), float(rest.std()), kept


_CLASSES = (1, 2, 4, 8, 10_000)


def duration_table(songs: list[Song]) -> list[list[float]]:
    """Share of the time to the next onset that notes sound: eleven quantiles for each class of that time."""
    shares: list[list[float]] = [[] for _ in _CLASSES]
    for song in songs:
        for gap, duration in zip(song.gaps()[:-1], song.durations[:-1], strict=True):
            shares[_class(gap)].append(min(1.1, duration / gap))
    return [[round(float(q), 3) for q in np.quantile(row, np.linspace(0, 1, 11))] for row in shares]


def _class(gap: int) -> int:
    return next(number for number, limit in enumerate(_CLASSES) if gap <= limit)


def legato(song: Song, table: list[list[float]]) -> tuple[float, float]:
    """How long a melody holds its notes, 0 shortest to 1 longest of all; and how much its notes differ in that."""
    ranks = [
        float(np.interp(min(1.1, duration / gap), _rising(table[_class(gap)]), np.linspace(0, 1, 11)))
        for gap, duration in zip(song.gaps()[:-1], song.durations[:-1], strict=True)
    ]
    return float(np.mean(ranks)), float(np.std(ranks))


def _rising(row: list[float]) -> NDArray[np.float64]:
    return np.array(row) + np.arange(11) * 1e-6
