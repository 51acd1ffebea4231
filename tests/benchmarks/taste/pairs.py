"""How often a judge that has read a few ratings puts two recipes the right way round.

Ratings come from recipes chosen at random in moments as they come; the judge then ranks the whole shelf in moments it
has not seen, and every pair of recipes that differ in worth is asked.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from engine.taste.joint import Span
from engine.taste.process import Kernel, Process, Ratings
from tests.benchmarks.taste.worlds import World

__all__ = ["Judge", "pair_accuracy", "process", "ridge"]

Numbers = NDArray[np.float64]
Judge = Callable[[Ratings, Numbers], Callable[[Numbers, Numbers], Numbers]]
"""Takes ratings and the shelf; gives what takes a moment and how recipes suit it, and gives expected stars."""

_MOMENTS = 20
_DRAWS = 3
"""Times recipes to rate are drawn in a world."""


def process(kernel: Kernel | None = None) -> Judge:
    """Return Bandmate's judge of few ratings."""

    def judge(ratings: Ratings, shelf: Numbers) -> Callable[[Numbers, Numbers], Numbers]:
        read = Process(ratings, kernel, Span.of(shelf))
        return lambda moment, suits: read.predict(moment, shelf, suits)[0]

    return judge


def ridge(ratings: Ratings, shelf: Numbers) -> Callable[[Numbers, Numbers], Numbers]:
    """Ridge regression on recipe, moment and their products: the reference's second row."""
    middle, spread = shelf.mean(axis=0), shelf.std(axis=0)

    def features(arms: Numbers, moments: Numbers, suits: Numbers) -> Numbers:
        placed = (arms - middle) / spread
        products = (placed[:, :, None] * moments[:, None, :]).reshape(len(arms), -1)
        return np.column_stack([suits, placed, moments, products])

    told = features(ratings.arms, ratings.contexts, ratings.suits)
    centre = ratings.stars.mean()
    weights = np.linalg.solve(told.T @ told + 10 * np.eye(told.shape[1]), told.T @ (ratings.stars - centre))
    return lambda moment, suits: features(shelf, np.tile(moment, (len(shelf), 1)), suits) @ weights


def pair_accuracy(judge: Judge, played: Iterable[World], count: int = 30) -> float:
    """Return the share of pairs of recipes that a judge puts the right way round.

    Args:
        judge: who ranks.
        played: worlds; their first rounds are rated, the next ones judged.
        count: ratings it reads.
    """
    right: list[float] = []
    for (number, world), draw in itertools.product(enumerate(played), range(_DRAWS)):
        chosen = np.random.default_rng((number, draw)).integers(len(world.shelf), size=count)
        rounds = np.arange(count)
        ratings = Ratings(
            contexts=world.moments[:count],
            arms=world.shelf[chosen],
            suits=(world.genres[chosen] == world.moment_genres[:count]) * 1.0,
            stars=world.ratings[rounds, chosen],
            weights=np.ones(count),
        )
        rank = judge(ratings, world.shelf)
        for now in range(count, count + _MOMENTS):
            expected = rank(world.moments[now], (world.genres == world.moment_genres[now]) * 1.0)
            truly = np.sign(world.worth[now][:, None] - world.worth[now])
            said = np.sign(expected[:, None] - expected)
            right.append(float((truly == said)[truly != 0].mean()))
    return float(np.mean(right))
