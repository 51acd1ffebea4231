"""Which role every percussion key of General MIDI is played by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from engine.compose.drums.kit import role_of
from engine.compose.drums.request import Pad
from engine.compose.drums.roles import BY_GM

__all__ = ["roles_by_pitch"]

# Keys that have no role of their own, by the nearest (MIDI 1.0, General MIDI level 1 percussion map, 27..87).
_NEAREST = {
    27: "perc", 28: "rim", 29: "shaker", 30: "shaker", 31: "rim", 32: "rim", 33: "clave", 34: "cowbell",
    40: "snare", 41: "low_tom", 43: "low_tom", 48: "high_tom", 52: "crash", 53: "ride", 55: "crash", 57: "crash",
    58: "tambourine", 59: "ride", 60: "conga_high", 61: "conga_low", 62: "conga_high", 65: "high_tom", 66: "mid_tom",
    67: "cowbell", 68: "cowbell", 69: "shaker", 71: "perc", 72: "perc", 73: "shaker", 74: "shaker", 77: "perc",
    78: "conga_high", 79: "conga_low", 80: "cowbell", 81: "cowbell", 82: "shaker", 83: "tambourine", 84: "tambourine",
    85: "clave", 86: "low_tom", 87: "low_tom",
}  # fmt: skip


def roles_by_pitch(kit: Mapping[str, int] | Sequence[Pad] | None) -> dict[int, str]:
    """Which role each pitch plays.

    Args:
        kit: MIDI pitch by role, or a rack's pads, whose names tell their roles; None for General MIDI. Roles that it
            does not have stay where General MIDI has them, unless it has something else there.

    Returns:
        Role by MIDI pitch.
    """
    roles = {**_NEAREST, **BY_GM}
    if kit:
        named = kit.items() if isinstance(kit, Mapping) else ((pad.name, pad.pitch) for pad in kit)
        said = {pitch: role for name, pitch in named if (role := role_of(name))}
        roles = {pitch: role for pitch, role in roles.items() if role not in said.values()} | said
    return roles
