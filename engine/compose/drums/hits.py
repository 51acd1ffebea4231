"""A hit on the grid, before anybody's touch."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["Hit", "struck"]


class Hit(NamedTuple):
    """One stroke of one part of the kit.

    Attributes:
        step: sixteenths from the start of its bar; rolls lie between whole numbers.
        role: of the kit.
        velocity: 1..127.
        length: beats.
        tune: semitones a hit of a roll is meant to be tuned by.
    """

    step: float
    role: str
    velocity: float
    length: float
    tune: int = 0


def struck(step: float, role: str, velocity: float, length: float, tune: int = 0) -> Hit:
    """A hit whose loudness is brought into MIDI's range; see ``Hit``."""
    return Hit(step, role, min(127.0, max(1.0, round(velocity, 1))), length, tune)
