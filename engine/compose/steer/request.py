"""Where the four knobs stand that steer every generator at once; also the shape on the wire."""

from __future__ import annotations

import math
from typing import Annotated, Any

import msgspec
from msgspec import Meta

from engine.errors import InvalidValue

__all__ = ["KNOBS", "LEAST", "MOST", "Knob", "Steer", "Stretch", "check_steer", "resting"]

Knob = Annotated[float, Meta(ge=-1, le=1)]

LEAST, MOST = -0.5, 2.5
"""What a curve is stretched by at least and at most; below 0 it is turned round."""

Stretch = Annotated[
    dict[Annotated[str, Meta(max_length=60)], Annotated[float, Meta(ge=LEAST, le=MOST)]], Meta(max_length=40)
]
"""By knob and parameter ("energy.density"): what its curve on the shelf is stretched by; left out, 1."""


class Steer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Where the knobs stand, -1..1; at 0 a knob leaves everything as it was asked for.

    What each means for a generator stands in ``presets/macros``, and is stretched as the user's ratings say.

    Attributes:
        energy: how hard and how much is played.
        tension: how much the music wants to move on.
        darkness: how low and dull it lies.
        groove: how far the hands leave the grid, and how it swings.
        stretch: by knob and parameter ("energy.density"), what a curve is stretched by, -0.5 (turned round) to 2.5;
            left out, as was learnt from ratings; {}: nothing. An answer tells it as ``stretched``: sent again it makes
            the same notes, whatever was learnt since.
    """

    energy: Knob = 0.0
    tension: Knob = 0.0
    darkness: Knob = 0.0
    groove: Knob = 0.0
    stretch: Stretch | None = None


KNOBS = ("energy", "tension", "darkness", "groove")


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
    _check_stretch(steer.stretch, f"{field}.stretch")


def _check_stretch(stretch: Any, field: str) -> None:
    if stretch is None:
        return
    if not isinstance(stretch, dict):
        raise InvalidValue(field, stretch, "Give what an answer told as stretched, or leave it out.")
    for name, value in stretch.items():
        plain = isinstance(value, (int, float)) and not isinstance(value, bool) and math.isfinite(value)
        if not plain or not LEAST <= value <= MOST:
            raise InvalidValue(f"{field}.{name}", value, f"Use a number from {LEAST} to {MOST}; 1 is as on the shelf.")
