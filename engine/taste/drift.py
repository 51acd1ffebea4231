"""Has taste turned? A watch over how far ratings lie from what was expected.

Forgetting always costs a user whose taste stays; so nothing is forgotten until the last ratings are surprising. Then
two stories are held against each other, by how likely each makes the last ratings: one taste all along, or one until
some rating and another since. Only where two tell it much better is what came before let go.
"""

from __future__ import annotations

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.taste.posterior import evidence

__all__ = ["DriftWatch", "turning_point"]

Numbers = NDArray[np.float64]

KEPT = 64
"""Ratings that are looked back on."""


class DriftWatch(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """When to look, and what to believe.

    Attributes:
        window: ratings whose surprise is averaged.
        alarm: mean surprise from which on the stories are held against each other; expected is 1.
        before: ratings there must be before the turn.
        least: ratings there must be since.
        belief: by how much, in natural logarithms, two tastes must tell it better.
    """

    window: int = 10
    alarm: float = 1.3
    before: int = 10
    least: int = 6
    belief: float = 6.0

    def alarmed(self, surprises: list[float]) -> bool:
        """Tells whether the last ratings are worth a look.

        Args:
            surprises: squared error over expected squared error, one a rating, in the order they came.
        """
        last = surprises[-self.window :]
        return len(last) == self.window and sum(last) > self.alarm * self.window


def turning_point(watch: DriftWatch, features: Numbers, residuals: Numbers, variances: Numbers) -> int | None:
    """Returns how many ratings ago taste turned, or None where one taste tells them as well.

    Args:
        watch: what to believe.
        features: of the last ratings, in the order they came.
        residuals: what they were, less what the prior expected.
        variances: of the noise of each.
    """
    count = len(residuals)
    first, last = watch.before, count - watch.least
    if last < first:
        return None
    products = features @ features.T
    until = evidence(products, residuals, variances)
    since = evidence(products[::-1, ::-1], residuals[::-1], variances[::-1])[::-1]
    apart = until[first - 1 : last] + since[first : last + 1]
    best = int(np.argmax(apart))
    return count - first - best if apart[best] - until[-1] > watch.belief else None
