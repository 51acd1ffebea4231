"""Small logistic models, kept as numbers in `engine/hear/weights/traits.json`.

They were trained by `tests/benchmarks/hearing/train_traits.py` on sounds made there; that script says on which.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec
import numpy as np

from engine.hear.traits.grid import Grid


class Model(msgspec.Struct, frozen=True, kw_only=True):
    """Logistic regression on standardised features.

    Attributes:
        mean: Subtracted from each feature.
        scale: Divides each feature.
        weights: One for each feature; where there are more, they go on with the products of every two, squares too.
        bias: Added.
    """

    mean: list[float]
    scale: list[float]
    weights: list[float]
    bias: float


@lru_cache(1)
def models() -> dict[str, Model]:
    """All models by name."""
    path = Path(__file__).parents[1] / "weights" / "traits.json"
    return msgspec.json.decode(path.read_bytes(), type=dict[str, Model])


def probability(name: str, features: Grid) -> float:
    """What a model makes of some features, 0 to 1.

    Args:
        name: Of the model.
        features: As many as it was trained on.
    """
    model = models()[name]
    place = widened((features - np.array(model.mean)) / np.array(model.scale), len(model.weights) > len(model.mean))
    return round(float(1 / (1 + np.exp(-(place @ np.array(model.weights) + model.bias)))), 3)


def widened(place: Grid, products: bool) -> Grid:
    """Standardised features as a model sees them, and their products where it wants them.

    Args:
        place: Shape (..., n). Those far outside of what was trained on say no more than those at its edge.
        products: Whether to go on with the n (n + 1) / 2 products of two.
    """
    near = np.clip(place, -3, 3)
    if not products:
        return near
    first, second = np.triu_indices(near.shape[-1])
    return np.concatenate([near, near[..., first] * near[..., second]], axis=-1)
