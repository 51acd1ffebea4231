"""Trains the scorer of `engine.hear.key_model`: cross-entropy over 24 keys, one set of numbers for all tonics."""

from __future__ import annotations

import numpy as np
import scipy.optimize
from numpy.typing import NDArray

from engine.hear.key_model import Scorer

Floats = NDArray[np.float32]

_BATCH, _RATE, _DECAY, _SMOOTH = 64, 2e-3, 5e-3, 0.03
LEAST_SCALE = 0.1
"""Of a feature: what seldom happens stays small."""

_DROP_HIDDEN, _DROP_FEATURE = 0.3, 0.1


def train(
    seen: NDArray[np.floating],
    truth: NDArray[np.intp],
    weights: Floats,
    *,
    units: int,
    epochs: int,
    seed: int = 0,
    least: Floats | float = LEAST_SCALE,
) -> Scorer:
    """Train one scorer with Adam and decoupled decay (Loshchilov & Hutter, ICLR 2019).

    Args:
        seen: Shape (pieces, 12, features).
        truth: Place 0..23 of the right key, shape (pieces,).
        weights: How much each piece counts, shape (pieces,).
        units: Of the hidden layer.
        epochs: Times through the pieces.
        seed: Of the starting numbers, the order and what is dropped.
        least: Added to the spread of the features; of each, or of all alike.
    """
    rng = np.random.default_rng(seed)
    count, _, width = seen.shape
    rows = seen.reshape(-1, width)
    mean = rows.mean(axis=0, dtype=np.float32)
    # By parts: all rows at once in 32 bits would take a gigabyte more.
    spread = [np.square(rows[at : at + 4096] - mean).sum(axis=0) for at in range(0, len(rows), 4096)]
    scale = np.sqrt(np.sum(spread, axis=0) / len(rows)) + least
    numbers = {
        "hidden": rng.normal(0, width**-0.5, (width, units)).astype(np.float32),
        "hidden_bias": np.zeros(units, np.float32),
        "out": rng.normal(0, units**-0.5, (units, 2)).astype(np.float32),
        "straight": np.zeros((width, 2), np.float32),
        "out_bias": np.zeros(2, np.float32),
    }
    wanted = np.full((count, 24), _SMOOTH / 24, np.float32)
    wanted[np.arange(count), truth % 12 * 2 + truth // 12] += 1 - _SMOOTH
    moments = {name: (np.zeros_like(value), np.zeros_like(value)) for name, value in numbers.items()}
    step = 0
    for epoch in range(epochs):
        rate = _RATE * 0.5 * (1 + np.cos(np.pi * epoch / epochs))
        order = rng.permutation(count)
        for first in range(0, count, _BATCH):
            batch = order[first : first + _BATCH]
            inputs = (seen[batch] - mean) / scale
            slopes = _slopes(numbers, inputs, wanted[batch], weights[batch], rng)
            step += 1
            _adam(numbers, moments, slopes, rate, step)
    return Scorer(mean=mean, scale=scale.astype(np.float32), temperature=1.0, **numbers)


def _slopes(
    numbers: dict[str, Floats], inputs: Floats, wanted: Floats, weights: Floats, rng: np.random.Generator
) -> dict[str, Floats]:
    x = inputs.reshape(-1, inputs.shape[-1])
    x = x * (rng.random(x.shape, dtype=np.float32) > _DROP_FEATURE)
    before = x @ numbers["hidden"] + numbers["hidden_bias"]
    kept = ((rng.random(before.shape) > _DROP_HIDDEN) / (1 - _DROP_HIDDEN)).astype(np.float32)
    inner = np.maximum(before, 0) * kept
    answer = (inner @ numbers["out"] + x @ numbers["straight"] + numbers["out_bias"]).reshape(len(inputs), 24)
    raised = np.exp(answer - answer.max(axis=1, keepdims=True))
    share = raised / raised.sum(axis=1, keepdims=True)
    error = ((share - wanted) * weights[:, None] / len(inputs)).reshape(-1, 2).astype(np.float32)
    back = (error @ numbers["out"].T) * kept * (before > 0)
    return {
        "hidden": x.T @ back,
        "hidden_bias": back.sum(axis=0),
        "out": inner.T @ error,
        "straight": x.T @ error,
        "out_bias": error.sum(axis=0),
    }


def _adam(
    numbers: dict[str, Floats],
    moments: dict[str, tuple[Floats, Floats]],
    slopes: dict[str, Floats],
    rate: float,
    step: int,
) -> None:
    for name, slope in slopes.items():
        first, second = moments[name]
        first += 0.1 * (slope - first)
        second += 0.001 * (slope * slope - second)
        move = first / (1 - 0.9**step) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
        decay = _DECAY * numbers[name] if numbers[name].ndim == 2 else 0.0
        numbers[name] -= (rate * (move + decay)).astype(np.float32)


def together(models: list[Scorer]) -> Scorer:
    """The mean of scorers, as one: their hidden units side by side, on the first one's scale and at temperature 1."""
    first = models[0]
    same = [_rebased(model, first, 1 / len(models)) for model in models]
    return Scorer(
        mean=first.mean,
        scale=first.scale,
        hidden=np.concatenate([model.hidden for model in same], axis=1),
        hidden_bias=np.concatenate([model.hidden_bias for model in same]),
        out=np.concatenate([model.out for model in same]),
        straight=np.sum([model.straight for model in same], axis=0),
        out_bias=np.sum([model.out_bias for model in same], axis=0),
        temperature=1.0,
    )


def _rebased(model: Scorer, other: Scorer, share: float) -> Scorer:
    """A share of the answers of a scorer, for features on the scale of another."""
    by = (other.scale / model.scale)[:, None]
    moved = (other.mean - model.mean) / model.scale
    answered = np.float32(share / model.temperature)
    return Scorer(
        mean=other.mean,
        scale=other.scale,
        hidden=model.hidden * by,
        hidden_bias=model.hidden_bias + moved @ model.hidden,
        out=model.out * answered,
        straight=model.straight * by * answered,
        out_bias=(model.out_bias + moved @ model.straight) * answered,
        temperature=1.0,
    )


def temperature(logits: Floats, truth: NDArray[np.intp]) -> float:
    """What to divide answers by so that their shares are likeliest (Guo et al., ICML 2017)."""

    def surprise(heat: float) -> float:
        scores = logits / heat
        top = scores.max(axis=1, keepdims=True)
        total = np.log(np.exp(scores - top).sum(axis=1)) + top[:, 0]
        return float(np.mean(total - scores[np.arange(len(truth)), truth]))

    return float(scipy.optimize.minimize_scalar(surprise, bounds=(0.2, 10), method="bounded").x)
