"""How much the cymbals of a take play and how loud they are: what Darkness takes from them."""

from __future__ import annotations

import msgspec

from engine.compose.drums.request import LaneWish
from engine.compose.drums.roles import BY_GM, CYMBALS
from engine.notes import Note

__all__ = ["brightened", "shining"]

_MOST = 2.0


def brightened(lanes: dict[str, LaneWish] | None, factor: float) -> dict[str, LaneWish] | None:
    """Wishes for lanes with those for the cymbals times a factor.

    Args:
        lanes: as asked for; left as they are.
        factor: 0..2; 1 changes nothing.
    """
    if factor == 1.0:
        return lanes
    wishes = dict(lanes or {})
    for role in sorted(CYMBALS):
        wish = wishes.get(role, LaneWish())
        wishes[role] = msgspec.structs.replace(wish, density=min(_MOST, wish.density * factor))
    return wishes


def shining(notes: list[Note], all_by: float, cymbals_by: float) -> list[Note]:
    """Notes on General MIDI's keys with steps of velocity added.

    Args:
        notes: of a take, hands and all.
        all_by: steps for every note.
        cymbals_by: steps more for the cymbals.
    """
    if not all_by and not cymbals_by:
        return notes
    added = [all_by + (cymbals_by if BY_GM[note.pitch] in CYMBALS else 0.0) for note in notes]
    return [
        msgspec.structs.replace(note, velocity=round(min(127.0, max(1.0, note.velocity + by)), 1))
        for note, by in zip(notes, added, strict=True)
    ]
