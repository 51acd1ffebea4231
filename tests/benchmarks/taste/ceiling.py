"""The judge that knows how our worlds are made: nobody who does not can be expected to rank them better.

It is told which kind of user gave the ratings and with what constants his taste was drawn, and reads the ratings by the
covariance that follows from these (Rasmussen and Williams 2006, 2.2): exact but for the clipping of stars, and for
bell-shaped weights where some are nothing.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.taste.process import Ratings
from tests.benchmarks.taste.worlds import Design, Kind, User

__all__ = ["ceiling"]

Numbers = NDArray[np.float64]

_SPAN = 3.4
"""Deviations from one end of a parameter to the other; ideals lie anywhere within, and move by 0.7 with the genre."""


def ceiling(design: Design, kind: Kind, user: User) -> Callable[[Ratings, Numbers], Callable[..., Numbers]]:
    """Return the judge of one kind of world and user; of designs whose parameters are uniform.

    Args:
        design: how the worlds were made.
        kind: "linear" or "ideal".
        user: who gave the ratings.
    """
    hangs = user == "context"

    def alike(some: Numbers, others: Numbers, moments: Numbers, theirs: Numbers) -> Numbers:
        near = some @ others.T
        if kind == "ideal":
            slope = (2 * design.fall / design.parameters) ** 2
            moved = 0.49 * (moments[:, : design.genres] @ theirs[:, : design.genres].T) if hangs else 0.0
            return np.asarray(slope * near * (_SPAN**2 / 12 + moved) + 0.05)
        own = (design.slope * (0.6 if hangs else 1)) ** 2 * near / design.parameters
        middle = _middle(design)
        met = (moments - middle) @ (theirs - middle).T
        return np.asarray(own + (design.turn**2 * design.dense / design.parameters * near * met if hangs else 0))

    def usual(placed: Numbers, suits: Numbers) -> Numbers:
        suited = design.match * (suits - 1 / design.genres)
        if kind == "linear":
            return np.asarray(2.7 + suited)
        far = (placed**2).mean(axis=1) + _SPAN**2 / 12 + (0.49 if hangs else 0)
        return np.asarray(design.top - design.fall * far + suited)

    def judge(ratings: Ratings, shelf: Numbers) -> Callable[..., Numbers]:
        read, placed = (ratings.arms - 0.5) * _SPAN, (shelf - 0.5) * _SPAN
        noise = (design.noise**2 + 1 / 12) * np.eye(len(read))
        told = alike(read, read, ratings.contexts, ratings.contexts)
        weights = np.linalg.solve(told + noise, ratings.stars - usual(read, ratings.suits))

        def expected(moment: Numbers, suits: Numbers) -> Numbers:
            moments = np.tile(moment, (len(shelf), 1))
            return np.asarray(usual(placed, suits) + alike(placed, read, moments, ratings.contexts) @ weights)

        return expected

    return judge


def _middle(design: Design) -> Numbers:
    """Where moments lie on average; see `worlds`."""
    return np.array([*np.full(design.genres, 1 / design.genres), 0.5, 0, 0, 0.5, 0.5, 0, 0, 1])
