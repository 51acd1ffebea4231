"""The parts of a drum kit: what they are called, where General MIDI puts them, what stands in for them."""

from __future__ import annotations

import msgspec

__all__ = ["BY_GM", "CYMBALS", "ORDER", "ROLES", "TIME", "Role"]


class Role(msgspec.Struct, frozen=True):
    """One part of the kit.

    Attributes:
        id: as on the wire and in the presets.
        name: as shown.
        pitch: General MIDI percussion key (MIDI 1.0, General MIDI level 1), 35..81.
        instead: roles that may play it where the kit lacks it, nearest first; none: it is left out.
        silent: True where lacking it needs no words: nobody misses it.
    """

    id: str
    name: str
    pitch: int
    instead: tuple[str, ...] = ()
    silent: bool = False


ROLES: dict[str, Role] = {
    role.id: role
    for role in (
        Role("kick", "Kick", 36, ("sub",)),
        # General MIDI has no 808: the second bass drum's key stands for it where a rack names none.
        Role("sub", "808", 35, (), True),
        Role("snare", "Snare", 38, ("clap", "rim", "perc")),
        Role("clap", "Clap", 39, ("snare", "rim", "perc")),
        Role("rim", "Rim", 37, ("clave", "perc", "snare")),
        Role("hat", "Closed hat", 42, ("hat_low", "shaker", "open_hat", "ride", "tambourine")),
        Role("hat_low", "Pedal hat", 44, ("hat",), True),
        Role("open_hat", "Open hat", 46, ("ride", "hat", "crash", "tambourine")),
        Role("ride", "Ride", 51, ("hat", "open_hat")),
        Role("crash", "Crash", 49, ("ride", "open_hat")),
        Role("low_tom", "Low tom", 45, ("mid_tom", "high_tom", "conga_low", "perc")),
        Role("mid_tom", "Mid tom", 47, ("low_tom", "high_tom", "conga_low", "perc")),
        Role("high_tom", "High tom", 50, ("mid_tom", "low_tom", "conga_high", "perc")),
        Role("shaker", "Shaker", 70, ("tambourine", "hat")),
        Role("tambourine", "Tambourine", 54, ("shaker", "hat")),
        Role("cowbell", "Cowbell", 56, ("clave", "perc", "rim")),
        Role("conga_low", "Low conga", 64, ("conga_high", "low_tom", "mid_tom", "perc")),
        Role("conga_high", "High conga", 63, ("conga_low", "high_tom", "mid_tom", "perc")),
        Role("clave", "Clave", 75, ("rim", "perc", "cowbell")),
        Role("perc", "Perc", 76, ("conga_high", "clave", "rim", "cowbell", "high_tom")),
    )
}
"""Every part by id; a part's place in the order is part of what its random numbers are named by."""

ORDER: dict[str, int] = {role: place for place, role in enumerate(ROLES)}
"""Place of each role: append new ones at the end, or every take becomes another."""

BY_GM: dict[int, str] = {role.pitch: role.id for role in ROLES.values()}
"""Role by General MIDI pitch; no two share one."""

TIME = frozenset({"hat", "hat_low", "ride", "shaker", "tambourine"})
"""Roles that keep time: in dotted groups they play all eighths, where others play one."""

CYMBALS = TIME | {"open_hat", "crash"}
"""Roles that make a kit bright or dark."""
