"""Hears the chords in a clip's notes: a template for each kind of chord on each root, and the most likely way through.

Each pulse of the bar is one look: how long and how loudly each pitch class sounds there, and which one is lowest.
A look is scored against every chord: what it explains, what it leaves over, which of its own tones are missing. Between
looks a change costs something, less where a bar begins (the Viterbi algorithm, as in chord recognition from sound;
Sheh and Ellis 2003). A note of a broken chord counts for all of its bar a little, so that an arpeggio is one chord.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from engine.compose.metre import groups
from engine.compose.part.named_chord import chord_of
from engine.notes import Note, beats_per_bar
from engine.theory.chords import Chord

__all__ = ["hear_chords"]

Floats = NDArray[np.float64]

# Tones above the root, and how readily a look is taken for that kind: rich chords have to be heard in full.
_KINDS: tuple[tuple[tuple[int, ...], float], ...] = (
    ((0, 4, 7), 0.0),
    ((0, 3, 7), 0.0),
    ((0, 4, 7, 10), -0.05),
    ((0, 4, 7, 11), -0.05),
    ((0, 3, 7, 10), -0.05),
    ((0, 3, 6, 10), -0.1),
    ((0, 3, 6), -0.15),
    ((0, 3, 6, 9), -0.2),
    ((0, 4, 8), -0.25),
    ((0, 5, 7), -0.15),
    ((0, 5, 7, 10), -0.15),
    ((0, 2, 7), -0.2),
    ((0, 4, 7, 9), -0.35),
    ((0, 3, 7, 9), -0.35),
    ((0, 2, 4, 7), -0.15),
    ((0, 2, 3, 7), -0.15),
    ((0, 2, 3, 7, 10), -0.12),
    ((0, 2, 4, 7, 11), -0.12),
    ((0, 2, 4, 7, 10), -0.12),
    ((0, 3, 7, 11), -0.3),
)
_MISSING = 0.16
_FOREIGN = 1.0
_LOWEST = 0.3
_CHANGE, _CHANGE_ON_BAR = 0.45, 0.15
_ECHO = 0.35
"""How much the rest of a bar counts for each of its looks."""

_LONGEST_LOOKS = 8192
_CLOSE = 1e-6


def hear_chords(notes: Sequence[Note], metre: tuple[int, int]) -> list[tuple[float, float, Chord]]:
    """Hears which chords notes make.

    Args:
        notes: of one or more clips, in beats from where the part begins; muted ones and those before it are left out.
        metre: numerator and denominator of the signature.

    Returns:
        Start, end (beats) and chord, in order and without gaps, from 0 to the end of the last bar with a note; empty
        when nothing sounds.
    """
    sounding = [note for note in notes if not note.mute and note.velocity > 0 and note.end_time > 0]
    if not sounding:
        return []
    edges, bars = _edges(max(note.end_time for note in sounding), metre)
    weights, lowest = _looks(sounding, edges)
    total = weights.sum(axis=1)
    if not total.any():
        return []
    path = _best_way(_scores(_with_bar(weights, bars), lowest), bars)
    return _joined(path, total, edges)


def _edges(end: float, metre: tuple[int, int]) -> tuple[Floats, NDArray[np.int64]]:
    """Where the looks begin and end, beats (n + 1,), and the bar of each (n,)."""
    bar, pulses = beats_per_bar(*metre), groups(*metre)
    count = max(1, int(-(-(end - _CLOSE) // bar)))
    count = min(count, _LONGEST_LOOKS // len(pulses) or 1)
    starts = np.cumsum([0.0, *pulses[:-1]])
    edges = (np.arange(count)[:, None] * bar + starts).ravel()
    return np.append(edges, count * bar), np.repeat(np.arange(count), len(pulses))


def _looks(notes: list[Note], edges: Floats) -> tuple[Floats, Floats]:
    """How much each pitch class sounds in each look (n, 12), and how much of that is the lowest voice's (n, 12)."""
    count = len(edges) - 1
    weights, pitches = np.zeros((count, 12)), np.full(count, 128.0)
    low = np.zeros((count, 12))
    for note in sorted(notes, key=lambda one: one.pitch):
        first = max(0, int(np.searchsorted(edges, note.start_time + _CLOSE, "right")) - 1)
        last = min(count, int(np.searchsorted(edges, note.end_time - _CLOSE, "left")))
        force = (note.velocity / 100.0) ** 0.5 * note.probability
        for look in range(first, last):
            overlap = min(note.end_time, edges[look + 1]) - max(note.start_time, edges[look])
            # A struck note is heard beyond its length: short stabs say as much as pads.
            weight = force * min(overlap + 0.25, 1.0)
            weights[look, note.pitch % 12] += weight
            if note.pitch <= pitches[look]:
                pitches[look] = note.pitch
                low[look, note.pitch % 12] += weight
    return weights, low


def _with_bar(weights: Floats, bars: NDArray[np.int64]) -> Floats:
    whole = np.zeros((int(bars[-1]) + 1, 12))
    np.add.at(whole, bars, weights)
    per_bar = np.bincount(bars)[bars][:, None]
    return weights + _ECHO * whole[bars] / per_bar


@cache
def _templates() -> tuple[Floats, Floats, NDArray[np.int64]]:
    """Tones of every chord (chords, 12), its bias (chords,), and its root and kind (chords, 2)."""
    rows, bias, what = [], [], []
    for root in range(12):
        for kind, (tones, ease) in enumerate(_KINDS):
            row = np.zeros(12)
            row[[(root + tone) % 12 for tone in tones]] = 1.0
            rows.append(row)
            bias.append(ease)
            what.append((root, kind))
    return np.array(rows), np.array(bias), np.array(what, dtype=np.int64)


def _scores(weights: Floats, lowest: Floats) -> Floats:
    """How well each chord goes with each look, (looks, chords); looks without sound are indifferent."""
    tones, bias, what = _templates()
    total = weights.sum(axis=1, keepdims=True)
    share = weights / np.maximum(total, _CLOSE)
    inside = share @ tones.T
    # A tone counts as there from a tenth of the sound on.
    there = np.minimum(share / 0.1, 1.0) @ tones.T
    missing = tones.sum(axis=1) - there
    low = lowest / np.maximum(lowest.sum(axis=1, keepdims=True), _CLOSE)
    score = inside - _FOREIGN * (1.0 - inside) - _MISSING * missing + _LOWEST * low[:, what[:, 0]] + bias
    return np.where(total > _CLOSE, score, 0.0)


def _best_way(scores: Floats, bars: NDArray[np.int64]) -> NDArray[np.int64]:
    """The chords, one for each look, with the best sum of scores less what the changes cost."""
    count, chords = scores.shape
    best = scores[0].copy()
    came = np.zeros((count, chords), dtype=np.int64)
    own = np.arange(chords)
    for look in range(1, count):
        cost = _CHANGE_ON_BAR if bars[look] != bars[look - 1] else _CHANGE
        top = int(best.argmax())
        change = best[top] - cost
        stays = best >= change
        came[look] = np.where(stays, own, top)
        best = np.where(stays, best, change) + scores[look]
    path = np.empty(count, dtype=np.int64)
    path[-1] = int(best.argmax())
    for look in range(count - 1, 0, -1):
        path[look - 1] = came[look, path[look]]
    return path


def _joined(path: NDArray[np.int64], total: Floats, edges: Floats) -> list[tuple[float, float, Chord]]:
    what = _templates()[2]
    last = int(np.flatnonzero(total)[-1])
    out: list[tuple[float, float, Chord]] = []
    for look, number in enumerate(path.tolist()):
        if look > last:
            break
        root, kind = what[number]
        chord = chord_of(int(root), [(int(root) + tone) % 12 for tone in _KINDS[int(kind)][0]])
        if out and out[-1][2] == chord:
            out[-1] = (out[-1][0], float(edges[look + 1]), chord)
        else:
            out.append((float(edges[look]), float(edges[look + 1]), chord))
    start, _, chord = out[-1]
    out[-1] = (start, float(edges[-1]), chord)
    return out
