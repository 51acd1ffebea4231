"""Choices that wait for a rating, and how much less would be unsure if they had one.

So nobody asks twice while waiting, and nothing is believed that nobody said (Desautels, Krause and Burdick 2014).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from engine.taste.memory import Seen
from engine.taste.posterior import Posterior

__all__ = ["MOST_WAITING", "Waiting"]

Numbers = NDArray[np.float64]

MOST_WAITING = 24
"""Choices without a rating that are still waited for; older ones are thought never to get one."""


class Waiting:
    """Choices without a rating, oldest first."""

    def __init__(self) -> None:
        self._seen: dict[int, tuple[Seen, Numbers]] = {}

    def add(self, number: int, seen: Seen, features: Numbers) -> None:
        """Waits for a choice; gives up the oldest where there are too many.

        Args:
            number: of the choice.
            seen: what was chosen.
            features: all features of it.
        """
        self._seen[number] = (seen, features)
        if len(self._seen) > MOST_WAITING:
            del self._seen[next(iter(self._seen))]

    def take(self, number: int) -> tuple[Seen, Numbers] | None:
        """Returns a choice that was waited for, and does not wait for it any more; None where it did not."""
        return self._seen.pop(number, None)

    def plain(self) -> list[tuple[int, Seen]]:
        """Returns the number of each choice and what was chosen."""
        return [(number, seen) for number, (seen, _) in self._seen.items()]

    def known(self, posterior: Posterior, fold: Callable[[Numbers], Numbers], noise: float) -> Numbers:
        """Returns the covariance of the basis in a moment, as it will be once those that are waited for are rated.

        Args:
            posterior: of all weights.
            fold: of the moment; see ``Joint.fold``.
            noise: deviation of a rating.
        """
        matrix, rows, signs = posterior.spread()
        folded = fold(rows.T)
        known = fold(fold(matrix).T) + (folded * signs) @ folded.T
        if not self._seen:
            return np.asarray(known)
        waiting = np.array([features for _, features in self._seen.values()])
        ahead = matrix @ waiting.T + (rows.T * signs) @ (rows @ waiting.T)
        cross = fold(ahead)
        among = waiting @ ahead + np.eye(len(waiting)) * noise**2
        return np.asarray(known - cross @ np.linalg.solve(among, cross.T))
