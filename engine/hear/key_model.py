"""The trained scorers of keys: a small network asked once for each of twelve tonics.

One hidden layer beside a straight line, two answers (major, minor) for a tonic; the same numbers for every tonic, so
a piece moved by a semitone is heard as the same piece moved. Trained by tests/benchmarks/hearing/train_key.py.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import as_file, files
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
Probabilities = NDArray[np.float64]

_ALONE = 1 << 18
"""Multiplications up to which a library does them in one thread; threads that are woken for a clip's few rows wait for
each other a hundred times as long as they work, where cores are busy."""


@dataclass(frozen=True)
class Scorer:
    """The numbers of one scorer.

    Attributes:
        mean, scale: Of each feature, shape (features,).
        hidden: Weights into the hidden layer, shape (features, units).
        hidden_bias: Shape (units,).
        out: Shape (units, 2).
        straight: From features to answers, shape (features, 2).
        out_bias: Shape (2,).
        temperature: Divides the answers, so that probabilities are shares of right answers.
    """

    mean: Floats
    scale: Floats
    hidden: Floats
    hidden_bias: Floats
    out: Floats
    straight: Floats
    out_bias: Floats
    temperature: float

    def logits(self, seen: Floats) -> Floats:
        """Score all keys of many pieces.

        Args:
            seen: Shape (pieces, 12, features), as `key_features.features` gives them.

        Returns:
            Shape (pieces, 24): C major to B major, then C minor to B minor; higher is likelier.
        """
        x = (seen.reshape(-1, seen.shape[-1]) - self.mean) / self.scale
        answer = np.maximum(self._inside(x) + self.hidden_bias, 0) @ self.out + x @ self.straight + self.out_bias
        both = answer.reshape(-1, 12, 2).transpose(0, 2, 1).reshape(-1, 24) / np.float32(self.temperature)
        return np.asarray(both, dtype=np.float32)

    def _inside(self, x: Floats) -> Floats:
        """The hidden layer, a few rows at a time where a few are not too many for one thread."""
        rows = _ALONE // self.hidden.size
        if rows < 2:
            return np.asarray(x @ self.hidden, dtype=np.float32)
        return np.concatenate([x[first : first + rows] @ self.hidden for first in range(0, len(x), rows)])


@lru_cache(2)
def scorer(name: str) -> Scorer:
    """The scorer in `weights/<name>.npz`: "key" for sound, "key_midi" for notes."""
    with as_file(files("engine.hear").joinpath("weights", f"{name}.npz")) as path:
        return read(path)


def read(path: Path) -> Scorer:
    """The scorer in a file."""
    with np.load(path, allow_pickle=False) as table:
        numbers = {each: table[each].astype(np.float32) for each in table.files}
    return Scorer(**{**numbers, "temperature": float(numbers["temperature"])})


def probabilities(logits: Floats) -> Probabilities:
    """Turn scores into shares that sum to 1, along the last axis."""
    safe = logits.astype(np.float64)
    raised = np.exp(safe - safe.max(axis=-1, keepdims=True))
    return np.asarray(raised / raised.sum(axis=-1, keepdims=True))
