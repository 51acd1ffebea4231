"""Which sounds of a drum kit do the same job: the families of General MIDI's percussion map."""

from __future__ import annotations

__all__ = ["CYMBAL", "FAMILY", "HAT", "KICK", "OTHER", "SNARE", "TOM", "family"]

KICK, SNARE, HAT, TOM, CYMBAL, OTHER = range(6)

_FAMILIES = {
    KICK: (35, 36),
    SNARE: (37, 38, 39, 40),
    # All that keeps time: hi-hats, rides, tambourine, cabasa, maracas, shaker; 22 and 26 are edges of a hi-hat.
    HAT: (22, 26, 42, 44, 46, 51, 53, 54, 59, 69, 70, 82),
    TOM: (41, 43, 45, 47, 48, 50, 58),
    CYMBAL: (49, 52, 55, 57),
}
_BY_PITCH = {pitch: name for name, pitches in _FAMILIES.items() for pitch in pitches}

FAMILY = tuple(_BY_PITCH.get(pitch, OTHER) for pitch in range(128))
"""The family of each pitch: ``KICK``, ``SNARE``, ``HAT``, ``TOM``, ``CYMBAL`` or ``OTHER``."""


def family(pitch: int) -> int:
    """The family of a drum; see ``FAMILY``."""
    return FAMILY[pitch]
