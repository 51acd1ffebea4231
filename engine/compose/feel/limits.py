"""The user's limits: how far a performance may depart, without notes piling up at the limit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compose.feel.request import FREELY

__all__ = ["limited", "within"]

Floats = NDArray[np.float64]

_WIDTHS = 2.0
"""Standard deviations of loudness that fit into the limit before anything is bent."""


def limited(values: Floats, limit: float) -> Floats:
    """Bends values so that none passes a limit; those well inside of it stay as they are.

    Args:
        values: of either sign, (N,).
        limit: 0 or more, in the same unit.

    Returns:
        Values of the same sign and order, none beyond the limit.
    """
    if limit < 1e-6:
        return np.zeros_like(values)
    share = np.abs(values) / limit
    # Eighth powers by squares and roots: these give the same bits on every machine.
    eighth = np.minimum(share, 1e6) ** 2
    eighth = (eighth * eighth) ** 2
    bent = values / np.sqrt(np.sqrt(np.sqrt(1.0 + eighth)))
    return np.asarray(np.clip(bent, -limit, limit), dtype=np.float64)


def within(changes: Floats, limit: float) -> Floats:
    """Fits changes of loudness into the user's limit: first narrower as a whole, then bent.

    Args:
        changes: steps of velocity, (N,).
        limit: 0 to ``FREELY``, at which there is none.

    Returns:
        Steps of velocity, none beyond the limit; accents stay accents.
    """
    if limit >= FREELY:
        return changes
    centre = changes.mean()
    shift = float(limited(np.array([centre]), limit / 2)[0])
    room = limit - abs(shift)
    rest = changes - centre
    narrower = min(1.0, room / max(1e-9, _WIDTHS * float(rest.std())))
    return shift + limited(rest * narrower, room)
