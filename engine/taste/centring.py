"""What this user means by a star: some give fives to all they keep, others have never given one.

A rating tells as much by how it lies among the same person's other ratings as by itself. So stars are put where they
would lie had the person used the whole row around its middle; while ratings are few, the usual way of rating is
assumed.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["Centring"]

USUAL, SPREAD = 3.0, 1.1
_BELIEF = 6.0
"""So many ratings must have been given before a user's own way counts as much as the usual one."""

_NARROWEST = 0.35


class Centring(msgspec.Struct, frozen=True, kw_only=True):
    """Where a user's ratings lie.

    Attributes:
        centre: stars in the middle.
        spread: deviation, in stars.
    """

    centre: float = USUAL
    spread: float = SPREAD

    @classmethod
    def of(cls, stars: ArrayLike, weights: ArrayLike | None = None) -> Centring:
        """Returns where ratings lie.

        Args:
            stars: 1..5 each, of one user.
            weights: how much of a rating each is; left out, 1 each.
        """
        given = np.asarray(stars, dtype=np.float64)
        counts = np.ones(len(given)) if weights is None else np.asarray(weights, dtype=np.float64)
        total = counts.sum() + _BELIEF
        centre = (counts @ given + _BELIEF * USUAL) / total
        spread = np.sqrt((counts @ (given - centre) ** 2 + _BELIEF * SPREAD**2) / total)
        return cls(centre=float(centre), spread=max(float(spread), _NARROWEST))

    def level(self, stars: ArrayLike) -> NDArray[np.float64]:
        """Returns stars as deviations from the middle of a user who uses the whole row."""
        return np.asarray((np.asarray(stars, dtype=np.float64) - self.centre) * (SPREAD / self.spread))

    def stars(self, levels: ArrayLike) -> NDArray[np.float64]:
        """Returns levels as the stars this user would give, 1..5."""
        return np.asarray(np.clip(np.asarray(levels, dtype=np.float64) * (self.spread / SPREAD) + self.centre, 1, 5))
