"""Small models whose numbers are kept in `engine/hear/weights`: `forensics.json` and `compression.json`.

They were fitted by `tests/benchmarks/hearing/train_forensics.py` and `train_compression.py` on damage of known
strength; these scripts say on what.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path

import msgspec

from engine import typed
from engine.hear.models import likelihood, models

_EDGE = 4.0


class Trees(msgspec.Struct, frozen=True, kw_only=True):
    """A sum of decision trees of two questions each.

    Attributes:
        features: Numbers of the features asked for, three a tree: first, then if that was not above, if it was.
        thresholds: Values they are held against, three a tree.
        leaves: Four a tree: what it adds, by both answers.
        bias: Added.
    """

    features: list[tuple[int, int, int]]
    thresholds: list[tuple[float, float, float]]
    leaves: list[tuple[float, float, float, float]]
    bias: float


def value(name: str, features: Sequence[float]) -> float:
    """The weighted sum of a model.

    Args:
        name: Of the model.
        features: As many as it was fitted on.
    """
    model = models("forensics.json")[name]
    return model.answer(model.standard(features, _EDGE))


def probability(name: str, features: Sequence[float]) -> float:
    """How likely it is after a logistic model, 0 to 1.

    Args:
        name: Of the model.
        features: As many as it was fitted on.
    """
    return likelihood(value(name, features))


@lru_cache(1)
def trees() -> dict[str, Trees]:
    """All sums of trees by name."""
    path = Path(__file__).parents[1] / "weights" / "compression.json"
    return typed.decode(path.read_bytes(), dict[str, Trees])


def grown(name: str, features: Sequence[float]) -> float:
    """The sum of the trees of a model.

    Args:
        name: Of the model.
        features: As many as it was fitted on.
    """
    model = trees()[name]
    total = model.bias
    for asked, held, leaves in zip(model.features, model.thresholds, model.leaves, strict=True):
        first = features[asked[0]] > held[0]
        second = features[asked[1 + first]] > held[1 + first]
        total += leaves[2 * first + second]
    return total
