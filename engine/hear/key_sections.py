"""Where a piece changes key: windows are scored one by one, and leaving a key costs."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.hear.key_features import features
from engine.hear.key_model import Scorer, probabilities

Floats = NDArray[np.float32]

_WINDOW = 32  # blocks: 15 s, about eight bars
_MOST_WINDOWS = 80
_LEAVING = 5.0  # natural logarithm: windows that overlap repeat each other's evidence
_SHORTEST = 20  # blocks


def key_spans(pieces: Floats, scorer: Scorer, home: int) -> list[tuple[int, int, int, float]]:
    """Divide a piece by key.

    Args:
        pieces: Register chroma in blocks, shape (blocks, REGISTERS, 12).
        scorer: Who scores.
        home: Place 0..23 of the key of the whole; a piece too short to divide has it throughout.

    Returns:
        (first block, block after the last, key 0..23, confidence 0..1), in order, without gaps.
    """
    count = len(pieces)
    if count < 2 * _SHORTEST:
        return [(0, count, home, 1.0)]
    hop = max(4, -(-count // _MOST_WINDOWS))
    starts = np.arange(0, max(count - _WINDOW, 0) + hop, hop)
    seen = np.stack([features(pieces[start : start + _WINDOW]) for start in starts])
    scores = np.log(np.maximum(probabilities(scorer.logits(seen)), 1e-4)) * min(1.0, hop / 12)
    path = _path(scores)
    turn = np.flatnonzero(np.diff(path)) + 1
    # A window's key is that of its middle.
    edges = [0, *(int(min(count, starts[at] + (_WINDOW - hop) // 2)) for at in turn), count]
    keys = [int(path[0]), *(int(path[at]) for at in turn)]
    return _told(pieces, scorer, _merged(edges, keys))


def _path(scores: NDArray[np.float64]) -> NDArray[np.intp]:
    best = scores[0]
    origin = np.empty(scores.shape, np.intp)
    for index in range(1, len(scores)):
        leader = int(best.argmax())
        change = best[leader] - _LEAVING
        origin[index] = np.where(best >= change, np.arange(24), leader)
        best = np.maximum(best, change) + scores[index]
    path = np.empty(len(scores), np.intp)
    path[-1] = best.argmax()
    for index in range(len(scores) - 1, 0, -1):
        path[index - 1] = origin[index, path[index]]
    return path


def _merged(edges: list[int], keys: list[int]) -> list[tuple[int, int, int]]:
    """Join what is too short to its neighbour before it, and neighbours of one key to each other."""
    spans: list[tuple[int, int, int]] = []
    for start, end, key in zip(edges, edges[1:], keys, strict=False):
        if spans and (end - start < _SHORTEST or spans[-1][2] == key):
            spans[-1] = (spans[-1][0], end, spans[-1][2])
        elif spans and spans[-1][1] - spans[-1][0] < _SHORTEST:
            spans[-1] = (spans[-1][0], end, key)
        else:
            spans.append((start, end, key))
    return spans


def _told(pieces: Floats, scorer: Scorer, spans: list[tuple[int, int, int]]) -> list[tuple[int, int, int, float]]:
    if len(spans) == 1:
        return [(*spans[0], 1.0)]
    shares = probabilities(scorer.logits(np.stack([features(pieces[start:end]) for start, end, _ in spans])))
    return [(start, end, key, float(share[key])) for (start, end, key), share in zip(spans, shares, strict=True)]
