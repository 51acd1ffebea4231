"""A loop as the arranger sees it: which notes carry it, so that less of it is still itself."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from engine.compose.dice import Dice
from engine.compose.vary.grid import grid_of
from engine.compose.vary.kit import CYMBAL, HAT, KICK, SNARE, TOM, family
from engine.notes import Note

__all__ = ["FAMILIES", "Loop", "loop_of"]

FAMILIES = {"kick": KICK, "snare": SNARE, "hat": HAT, "tom": TOM, "cymbal": CYMBAL}
"""Families of the kit by their names in a form; every other sound is "other"."""

_NAMES = {number: name for name, number in FAMILIES.items()}

# How much of a note's weight is where it lies, how loudly it is played, and chance between equals.
_PLACE, _FORCE, _CHANCE = 0.6, 0.3, 0.1
_CORE = 0.35
"""What the first notes of bars have on top: a part that plays at all says where the bar begins."""


class Loop(msgspec.Struct, frozen=True):
    """One part of the loop, weighed.

    Attributes:
        notes: what sounds in it, in order.
        ranks: for each note the share of the part that weighs at least as much, above 0 and up to 1: keeping the
            notes whose rank is at most x keeps the weightiest share x.
        families: for each note the family of the kit; "" where the part is no kit.
        length: beats.
        role: what the part is.
        sound: whether it is a recording, which has no notes.
    """

    notes: tuple[Note, ...]
    ranks: tuple[float, ...]
    families: tuple[str, ...]
    length: float
    role: str
    sound: bool = False

    @property
    def there(self) -> bool:
        """Whether it can be heard."""
        return self.sound or bool(self.notes)


def loop_of(
    notes: Sequence[Note], length: float, role: str, metre: tuple[int, int], dice: Dice, *, sound: bool = False
) -> Loop:
    """Weighs the notes of a part.

    Args:
        notes: in any order; muted ones, and what lies outside of the loop, are left out.
        length: beats of the loop.
        role: "drums", "bass", "chords", "melody" or "other".
        metre: numerator and denominator of the signature.
        dice: of the arrangement's seed.
        sound: whether the part is a recording.
    """
    heard = [note for note in notes if not note.mute and -0.1 <= note.start_time < length]
    heard.sort(key=lambda note: (note.start_time, note.pitch))
    if not heard:
        return Loop((), (), (), length, role, sound)
    grid = grid_of(heard, metre, 0.0, length)
    weights = []
    for note in heard:
        bar, slot = grid.place(note.start_time)
        chance = dice.uniform("which notes carry it", round(note.start_time * 48), note.pitch)
        weight = _PLACE * grid.strength[slot] + _FORCE * note.velocity / 127 + _CHANCE * chance
        weights.append(weight + _CORE * (slot == 0) * (1.0 if bar % 2 == 0 else 0.9))
    order = sorted(range(len(heard)), key=lambda index: -weights[index])
    ranks = [0.0] * len(heard)
    for place, index in enumerate(order, start=1):
        ranks[index] = place / len(heard)
    families = tuple(_NAMES.get(family(note.pitch), "other") if role == "drums" else "" for note in heard)
    return Loop(tuple(heard), tuple(ranks), families, length, role)
