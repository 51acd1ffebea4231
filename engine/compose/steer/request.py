"""Where the four knobs stand that steer every generator at once; also the shape on the wire."""

from __future__ import annotations

import math
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from engine.errors import InvalidValue

__all__ = ["KNOBS", "Knob", "Steer", "check_steer", "resting"]

Knob = Annotated[float, Meta(ge=-1, le=1)]


class Steer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the knobs stand, -1..1; at 0 a knob leaves everything as it was asked for.

    What each means for a generator stands in ``presets/macros``.

    Attributes:
        energy: how hard and how much is played.
        tension: how much the music wants to move on.
        darkness: how low and dull it lies.
        groove: how far the hands leave the grid, and how it swings.
    """

    energy: Knob = 0.0
    tension: Knob = 0.0
    darkness: Knob = 0.0
    groove: Knob = 0.0


KNOBS = Steer.__struct_fields__


def resting(steer: Steer | None) -> Steer | None:
    """The same steering, but None where every knob is at rest."""
    return steer if steer is not None and any(getattr(steer, name) for name in KNOBS) else None


def check_steer(steer: Any, field: str = "steer") -> None:
    """Refuses what is no steering, however it came about; None is none.

    Args:
        steer: as given.
        field: what it is called.

    Raises:
        InvalidValue: the field, or it and a dot and the name of a knob.
    """
    if steer is None:
        return
    if not isinstance(steer, Steer):
        raise InvalidValue(field, steer, "Give energy, tension, darkness and groove, or leave it out.")
    for name in KNOBS:
        value: Any = getattr(steer, name)
        plain = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if not plain or not -1 <= value <= 1:
            raise InvalidValue(f"{field}.{name}", value, "Use a number from -1 to 1; 0 leaves everything as it is.")
