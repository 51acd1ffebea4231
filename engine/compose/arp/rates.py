"""How fast an arpeggio goes: note values by their usual names, in beats."""

from __future__ import annotations

from typing import Literal, get_args

__all__ = ["FASTEST", "RATES", "SLOWEST", "Rate", "even", "rate_beats"]

Rate = Literal[
    "1/1", "1/1T", "1/1D",
    "1/2", "1/2T", "1/2D",
    "1/4", "1/4T", "1/4D",
    "1/8", "1/8T", "1/8D",
    "1/16", "1/16T", "1/16D",
    "1/32", "1/32T", "1/32D",
]  # fmt: skip
"""Names of the note values; T is a triplet's third note (two thirds of its value), D is dotted (one and a half)."""

FASTEST, SLOWEST = 1 / 32, 16.0
"""Beats of the shortest and the longest step that may be asked for."""


def rate_beats(rate: str) -> float:
    """Beats from one step to the next.

    Args:
        rate: one of ``RATES``.
    """
    return RATES[rate]


def even(rate: str) -> bool:
    """Whether steps of this name lie on a grid of halves, where off-beats can swing."""
    return not rate.endswith(("T", "D"))


def _beats(name: str) -> float:
    whole, factor = name.rstrip("TD"), {"T": 2 / 3, "D": 1.5}.get(name[-1], 1.0)
    return 4.0 / int(whole.partition("/")[2]) * factor


RATES: dict[str, float] = {name: _beats(name) for name in get_args(Rate)}
"""Every named rate in beats, longest value first."""
