"""A note before it has a pitch."""

from __future__ import annotations

import msgspec

__all__ = ["Stroke"]


class Stroke(msgspec.Struct, frozen=True, gc=False):
    """A note before it has a pitch.

    Attributes:
        step: sixteenths from the bar's start.
        tones: see ``styles.Hit``.
        length: sixteenths, 0 until the next.
        accent: velocity added.
        core: whether the style would not be itself without it.
        ghost: whether it is muted.
    """

    step: float
    tones: str
    length: float
    accent: float
    core: bool = False
    ghost: bool = False
