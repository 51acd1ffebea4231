"""Small changes to one bar; each gives a new bar and leaves the old one as it is."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from engine.compose.vary.draw import Draw
from engine.compose.vary.harmony import Part
from engine.compose.vary.material import Material
from engine.compose.vary.touch import Bar, Place
from engine.notes import Note

__all__ = ["Group", "added", "free", "repitched", "shifted", "tones_at", "weakness", "without"]

_LEAST = 0.05


class Group:
    """Bars that are alike to the last note, and what has become of them.

    Attributes:
        own: the bar as it was.
        now: the bar as it is.
        members: numbers of the bars.
        slots: slots the bar has.
        harmony: its parts.
        ends: whether it ends a phrase.
        kin: number of the kind of bar: groups of one kind are changed alike.
        cost: what ``now`` differs from ``own`` by, see ``measure.cost``.
        most: what it differs by at most.
    """

    __slots__ = ("cost", "ends", "harmony", "kin", "members", "most", "now", "own", "slots")

    def __init__(self, own: Bar, slots: int, harmony: Sequence[Part], *, ends: bool, kin: int) -> None:
        self.own = self.now = own
        self.members: list[int] = []
        self.slots, self.harmony, self.ends, self.kin = slots, harmony, ends, kin
        self.cost, self.most = 0.0, 0

    def anew(self) -> Group:
        """The same bars as they were."""
        group = Group(self.own, self.slots, self.harmony, ends=self.ends, kin=self.kin)
        group.members = self.members
        return group


def free(bar: Bar, slot: int, pitch: int) -> bool:
    """Whether no note of a pitch stands at a slot."""
    return (slot, pitch, 0) not in bar


def weakness(material: Material, slot: int) -> float:
    """How little weight a slot of the bar has, 0 (the bar's first) to 0.9."""
    return material.weak[slot]


def tones_at(harmony: Sequence[Part], slot: int) -> frozenset[int]:
    """Pitch classes of the harmony at a slot; empty where they are not known."""
    return next((tones for first, tones in reversed(harmony) if first <= slot), frozenset())


def without(bar: Bar, place: Place) -> Bar:
    """A bar less one note."""
    rest = dict(bar)
    rest.pop(place, None)
    return rest


def added(
    material: Material,
    bar: Bar,
    slot: int,
    pitch: int,
    draw: Draw,
    *,
    length: float | None = None,
    velocity: float | None = None,
) -> Bar:
    """A bar with one note more, played as the clip's others are.

    Args:
        material: the clip.
        bar: the bar.
        slot: where in it.
        pitch: of the note; nothing is added where one stands already.
        draw: chooses the example it is played after.
        length: beats; left out, as its lane usually has.
        velocity: left out, that of the example.
    """
    if not free(bar, slot, pitch):
        return bar
    late, loud = material.touch.example(pitch, slot, draw.share())
    note = Note(
        pitch,
        slot * material.grid.step + late,
        max(_LEAST, material.touch.length(pitch) if length is None else length),
        min(127.0, max(1.0, loud if velocity is None else velocity)),
    )
    return {**bar, (slot, pitch, 0): note}


def shifted(material: Material, bar: Bar, place: Place, slot: int, draw: Draw, *, length: float | None = None) -> Bar:
    """A bar with one note at another slot, as late there as the clip's notes are; its loudness it keeps."""
    if not free(bar, slot, place[1]):
        return bar
    note = bar[place]
    late, _ = material.touch.example(place[1], slot, draw.share())
    changed = replace(
        note,
        start_time=slot * material.grid.step + late,
        duration=max(_LEAST, note.duration if length is None else length),
    )
    rest = without(bar, place)
    rest[slot, place[1], 0] = changed
    return rest


def repitched(bar: Bar, place: Place, pitch: int, *, length: float | None = None) -> Bar:
    """A bar with one note on another pitch; the same bar where that pitch is taken or does not exist."""
    slot, own, _ = place
    if pitch == own or not 0 <= pitch <= 127 or not free(bar, slot, pitch):
        return bar
    note = bar[place]
    changed = replace(note, pitch=pitch, duration=note.duration if length is None else length)
    rest = without(bar, place)
    rest[slot, pitch, 0] = changed
    return rest
