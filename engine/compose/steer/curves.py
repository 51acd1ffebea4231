"""What a knob does to parameters, as points of curves."""

from __future__ import annotations

import msgspec

__all__ = ["Curve", "Meaning", "Moves", "Parameter", "at"]

Curve = tuple[tuple[float, float], ...]
"""Points: where the knob stands, and what is added there."""

Moves = dict[str, Curve]


class Parameter(msgspec.Struct, frozen=True):
    """A parameter's usual value, its range, and the steps it goes in; 0: in none that could be told apart."""

    usual: float
    low: float
    high: float
    step: float = 0.0

    def kept(self, value: float) -> float:
        """A value on the parameter's steps and within its range."""
        stepped = round(value / self.step) * self.step if self.step else value
        return round(min(self.high, max(self.low, stepped)), 3)


class Meaning(msgspec.Struct, frozen=True):
    """What one knob does: in words, and by parameter."""

    words: str
    moves: Moves


def at(curve: Curve, stand: float) -> float:
    """Reads a curve, straight between its points and level beyond them."""
    before = curve[0]
    for point in curve:
        if stand <= point[0]:
            if point[0] == before[0]:
                return point[1]
            return before[1] + (point[1] - before[1]) * (stand - before[0]) / (point[0] - before[0])
        before = point
    return before[1]
