"""What is asked about a piece before its key is named: the same questions for each of the twelve tonics.

Everything is a table whose last axes are pitch classes, so turning the piece by a semitone turns the tables, and one
scorer of (tonic, mode) serves all keys. Chords are the 24 triads, found by a short dynamic programme over blocks of
half a second; what follows what tells a tonic from its relative and its fifth, which share nearly all their notes.
"""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from engine.hear.key_registers import REGISTERS

Floats = NDArray[np.float32]

BLOCK = 5
"""Frames of the pitch spectrum in one block: 0.46 s."""

_CHORD_SHARPNESS = 14.0  # a correlation 0.1 higher makes a chord e^1.4 times likelier
_CHANGE_COST = 2.0  # in the same logarithm: a block's worth of doubt does not change the chord
_END, _FOLLOW = 0.1, 0.3  # these tables are thinly filled: smaller numbers make the training trust them less
_ENDS = 3  # blocks heard as the beginning, and as the ending
_QUIET = 0.05  # of the loudest block: below it nothing is taken for a beginning or an ending

FEATURES = 3 * 12 + 12 + 24 + 24 * 24 + 2 * (24 + 12)
"""How many numbers describe a piece from the point of view of one tonic."""

ENDS = slice(3 * 12 + 12 + 24, 3 * 12 + 12 + 24 + 2 * (24 + 12))
"""Which of them describe the beginning and the ending."""


def blocks(chroma: Floats, size: int = BLOCK) -> Floats:
    """Means of `size` frames each.

    Args:
        chroma: Shape (frames, REGISTERS, 12).
        size: Frames in a block.

    Returns:
        Shape (blocks, REGISTERS, 12); the last block may hold fewer frames.
    """
    edges = np.arange(0, len(chroma), size)
    counts = np.diff(np.append(edges, len(chroma)))
    return np.asarray(np.add.reduceat(chroma, edges, axis=0) / counts[:, None, None], dtype=np.float32)


def features(pieces: Floats) -> Floats:
    """Describe a piece from the point of view of each tonic.

    Args:
        pieces: Register chroma of its blocks, shape (blocks, REGISTERS, 12).

    Returns:
        Shape (12, FEATURES); row k is what it is like if pitch class k is the tonic. All zeros for silence.
    """
    level = pieces.sum(axis=(1, 2))
    if level.size == 0 or level.max() <= 0:
        return np.zeros((12, FEATURES), np.float32)
    sounding = np.flatnonzero(level > _QUIET * level.max())
    heard = pieces[sounding]
    total = heard.sum(axis=0)
    overall = np.sqrt(total / total.sum())
    whole = heard.sum(axis=1)
    even = np.mean(whole / np.maximum(np.linalg.norm(whole, axis=1, keepdims=True), 1e-9), axis=0)
    chord = chord_shares(heard)
    path = _path(chord)
    ends = []
    for part in (slice(None, _ENDS), slice(-_ENDS, None)):
        bass = heard[part, 0].sum(axis=0)
        share = bass / max(float(bass.sum()), 1e-9)
        ends += [_END * chord[part].mean(axis=0).reshape(2, 12), _END * share.reshape(1, 12)]
    follows = _follows(path)
    return _turned([overall, even[None], chord.mean(axis=0).reshape(2, 12), *ends], follows)


def chord_shares(heard: Floats) -> Floats:
    """How likely each triad is in each block.

    Args:
        heard: Shape (blocks, REGISTERS, 12).

    Returns:
        Shape (blocks, 24), major triads C to B, then minor; rows sum to 1.
    """
    mix = heard[:, 0] + heard[:, 1] + 0.6 * heard[:, 2]
    mix = mix / np.maximum(np.linalg.norm(mix, axis=1, keepdims=True), 1e-9)
    bass = heard[:, 0] / np.maximum(heard[:, 0].sum(axis=1, keepdims=True), 1e-9)
    fit = mix @ _triads().T + 0.12 * np.concatenate([bass, bass], axis=1)
    likely = np.exp(_CHORD_SHARPNESS * (fit - fit.max(axis=1, keepdims=True)))
    return np.asarray(likely / likely.sum(axis=1, keepdims=True), dtype=np.float32)


@lru_cache(1)
def _triads() -> Floats:
    """Shape (24, 12), each of length 1, with a trace of the first overtones (the fifth of each tone)."""
    out = np.zeros((24, 12), np.float32)
    for mode, third in enumerate((4, 3)):
        for root in range(12):
            for step, weight in ((0, 1.0), (third, 0.9), (7, 0.9)):
                out[mode * 12 + root, (root + step) % 12] += weight
                out[mode * 12 + root, (root + step + 7) % 12] += 0.15
    return np.asarray(out / np.linalg.norm(out, axis=1, keepdims=True), dtype=np.float32)


def _path(chord: Floats) -> NDArray[np.intp]:
    """The likeliest sequence of chords when changing costs (Viterbi), shape (blocks,)."""
    score = np.log(np.maximum(chord, 1e-6))
    best = score[0]
    origin = np.empty(chord.shape, np.intp)
    stay = np.arange(24)
    for index in range(1, len(score)):
        leader = int(best.argmax())
        change = best[leader] - _CHANGE_COST
        origin[index] = np.where(best >= change, stay, leader)
        best = np.maximum(best, change) + score[index]
    path = np.empty(len(score), np.intp)
    path[-1] = best.argmax()
    for index in range(len(score) - 1, 0, -1):
        path[index - 1] = origin[index, path[index]]
    return path


def _follows(path: NDArray[np.intp]) -> Floats:
    """Square roots of the shares of each change of chord, scaled.

    Shape (2, 12, 2, 12): from (mode, root), to (mode, root).
    """
    turn = np.flatnonzero(np.diff(path))
    table = np.bincount(path[turn] * 24 + path[turn + 1], minlength=576).reshape(2, 12, 2, 12)
    return np.asarray(_FOLLOW * np.sqrt(table / max(len(turn), 1)), dtype=np.float32)


def _turned(tables: list[Floats], follows: Floats) -> Floats:
    flat = np.concatenate([table.reshape(-1, 12) for table in tables])
    seen = np.arange(12)[:, None] + np.arange(12)[None, :]
    plain = flat[:, seen % 12].transpose(1, 0, 2).reshape(12, -1)
    return np.concatenate([plain, follows.ravel()[_turns()]], axis=1).astype(np.float32)


@lru_cache(1)
def _turns() -> NDArray[np.intp]:
    """Where in a table of what follows what each number stands for each tonic, shape (12, 576)."""
    places = np.arange(576).reshape(2, 12, 2, 12)
    return np.stack([np.roll(places, (-tonic, -tonic), axis=(1, 3)).ravel() for tonic in range(12)])


assert REGISTERS * 12 + 12 + 24 + 2 * 36 + 576 == FEATURES  # noqa: S101 - the weights are shaped by it
