"""Small logistic models, kept as numbers in `engine/hear/weights/traits.json`.

They were trained by `tests/benchmarks/hearing/train_traits.py` on sounds made there; that script says on which.
"""

from __future__ import annotations

import numpy as np

from engine.hear.models import likelihood, models
from engine.hear.traits.grid import Grid

EDGE = 3.0
"""Spreads off the mean: farther off is as far as that."""


def probability(name: str, features: Grid) -> float:
    """What a model makes of some features, 0 to 1.

    Args:
        name: Of the model.
        features: As many as it was trained on.
    """
    model = models("traits.json")[name]
    return likelihood(model.answer(widened(model.standard(features, EDGE), len(model.weights) > len(model.mean))))


def widened(place: Grid, products: bool) -> Grid:
    """Standardised features as a model sees them: as they are, or with their products.

    Args:
        place: Shape (..., n), within `EDGE`.
        products: Whether to go on with the n (n + 1) / 2 products of two, squares too.
    """
    if not products:
        return place
    first, second = np.triu_indices(place.shape[-1])
    return np.concatenate([place, place[..., first] * place[..., second]], axis=-1)
