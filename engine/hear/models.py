"""Small models kept as numbers in `engine/hear/weights`: weighted sums of standardised features.

The scripts in `tests/benchmarks/hearing` that trained them say on what.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine import typed

Features = NDArray[np.float64]

_SURE = 30.0  # a larger sum is no surer in three decimals, and would overflow


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """A weighted sum of standardised features.

    Attributes:
        mean: Subtracted from each feature.
        scale: Divides each feature.
        weights: One for each feature, or for what is made of them.
        bias: Added.
    """

    mean: list[float]
    scale: list[float]
    weights: list[float]
    bias: float

    def standard(self, features: Sequence[float] | NDArray[np.floating], most: float) -> Features:
        """Features as the model sees them.

        Args:
            features: As many as it was fitted on.
            most: Spreads off the mean. Those farther off than what was fitted on say no more than those at its edge.
        """
        return np.clip((np.asarray(features, np.float64) - self.mean) / self.scale, -most, most)

    def answer(self, place: Features) -> float:
        """The weighted sum of what `standard` gives, or of what was made of it."""
        return float(place @ np.array(self.weights) + self.bias)


@lru_cache(4)
def models(file: str) -> dict[str, Model]:
    """All models of a file in `weights`, by name."""
    return typed.decode((Path(__file__).parent / "weights" / file).read_bytes(), dict[str, Model])


def likelihood(answer: float) -> float:
    """What the answer of a logistic model means, 0 to 1, in three decimals."""
    return round(float(1 / (1 + np.exp(-np.clip(answer, -_SURE, _SURE)))), 3)
