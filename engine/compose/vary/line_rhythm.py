"""How notes of a line come and go, move in time, and are played."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from msgspec.structs import replace

from engine.compose.vary.bars import Group, added, shifted, weakness, without
from engine.compose.vary.draw import Draw
from engine.compose.vary.line_pitch import anchored, between, free_notes, pitched
from engine.compose.vary.material import Material
from engine.compose.vary.touch import Bar, Place
from engine.notes import Note

__all__ = ["moved_note", "ornament", "other_rhythm", "played", "slid_note"]

_RARE = 0.02
"""Share of the clip's onsets up to which places that divide the beat alike are not part of its rhythm."""

_TOUCHING = 0.15
"""Beats between two notes that still count as bound."""


def _until(material: Material, group: Group, place: Place) -> float:
    """Beat in the bar at which the next note of a line begins, or the bar's end."""
    later = [slot for slot, _, _ in group.now if slot > place[0]]
    return (min(later) if later else group.slots) * material.grid.step


def ornament(material: Material, group: Group, draw: Draw) -> Bar:
    """A note between two others comes or goes; as many go as have come."""
    bar = group.now
    if len(bar) > len(group.own):
        return _dropped(material, group, draw)
    step = material.grid.step
    room = [place for place in sorted(bar) if min(bar[place].duration, _until(material, group, place)) >= 1.75 * step]
    if not room:
        return _dropped(material, group, draw) if len(bar) > 2 and len(bar) >= len(group.own) else bar
    place = draw.weighted(room, [bar[each].duration for each in room])
    slots = [
        slot
        for slot in range(place[0] + 1, group.slots)
        if (slot - place[0]) * step < min(bar[place].duration, _until(material, group, place) - place[0] * step) - 0.01
    ]
    if not slots:
        return bar
    weights = _usual(material, slots)
    if not any(weights):
        return pitched(material, group, draw)
    slot = draw.weighted(slots, weights)
    pitch = between(material, group, place, slot, draw)
    end = bar[place].end_time
    cut = {**bar, place: _lasting(bar[place], slot * step - bar[place].start_time)}
    return added(material, cut, slot, pitch, draw, length=end - slot * step)


def _lasting(note: Note, beats: float) -> Note:
    return replace(note, duration=max(0.05, beats))


def _dropped(material: Material, group: Group, draw: Draw) -> Bar:
    """A weak, short note goes; one bound to it lasts as long as both."""
    places = free_notes(material, group)
    if not places or len(group.now) < 2:
        return group.now
    weights = [(0.02 + weakness(material, place[0])) / (0.1 + group.now[place].duration) for place in places]
    place = draw.weighted(places, weights)
    gone, rest = group.now[place], without(group.now, place)
    before = [other for other in rest if other[0] < place[0]]
    if before:
        last = max(before)
        if gone.start_time - rest[last].end_time < _TOUCHING:
            rest[last] = _lasting(rest[last], gone.end_time - rest[last].start_time)
    return rest


def _usual(material: Material, slots: Sequence[int]) -> list[float]:
    """How likely each slot is for a new onset; 0 where the clip has all but none of its kind.

    Quarter notes do not become eighths: their rhythm is what they are.
    """
    uses, divided = material.touch.uses(0), material.grid.divided
    return [uses[divided[slot]] if uses[divided[slot]] > _RARE else 0.0 for slot in slots]


def moved_note(material: Material, group: Group, draw: Draw) -> Bar:
    """A note comes sooner or later; another one changes its pitch where the clip's rhythm has no other place."""
    bar = _shifted(material, group, draw, strict=True)
    return pitched(material, group, draw) if bar is group.now else bar


def slid_note(material: Material, group: Group, draw: Draw) -> Bar:
    """A note comes sooner or later, wherever there is room."""
    return _shifted(material, group, draw, strict=False)


def _shifted(material: Material, group: Group, draw: Draw, *, strict: bool) -> Bar:
    """A note comes sooner or later; its end stays, and a note bound to it reaches as far as it does."""
    places = free_notes(material, group)
    if not places:
        return group.now
    place = draw.weighted(places, [0.05 + weakness(material, slot) for slot, _, _ in places])
    others = {slot for slot, _, _ in group.now if slot != place[0]}
    low = max((slot for slot in others if slot < place[0]), default=-1)
    high = min((slot for slot in others if slot > place[0]), default=group.slots)
    slots = [slot for slot in range(low + 1, high) if 0 < abs(slot - place[0]) <= 2]
    weights = _usual(material, slots)
    if not strict:
        weights = [0.1 + weight for weight in weights]
    if not any(weights):
        return group.now
    slot = draw.weighted(slots, weights)
    note, step = group.now[place], material.grid.step
    length = note.duration - (slot - place[0]) * step
    bar = shifted(material, group.now, place, slot, draw, length=length if length > 0.4 * step else note.duration)
    return _bound(bar, group.now, place, slot * step)


def _bound(bar: Bar, old: Bar, place: Place, onset: float) -> Bar:
    """The note before one that moved: as bound to it as it was."""
    before = [other for other in bar if other[0] < place[0] and other in old]
    if before and bar is not old:
        last = max(before)
        gap = old[place].start_time - bar[last].end_time
        if abs(gap) < _TOUCHING or bar[last].end_time > onset:
            bar[last] = _lasting(bar[last], onset - bar[last].start_time - max(0.0, min(gap, _TOUCHING)))
    return bar


def other_rhythm(material: Material, group: Group, draw: Draw) -> Bar:
    """The rhythm of another bar of the clip under this one's pitches, in their order; of one bar, a rotation."""
    own = sorted({slot for slot, _, _ in group.now})
    others = _other_rhythms(material, group, own, max(1, len(own) // 3))
    if not others or not own:
        return moved_note(material, group, draw)
    slots = draw.one(others)
    return _onto(material, group, list(slots), draw)


def _other_rhythms(material: Material, group: Group, own: Sequence[int], apart: int) -> list[tuple[int, ...]]:
    """Rhythms of other bars of the clip with about as many onsets as this one has."""
    return [
        each
        for each in material.rhythms
        if each != tuple(own) and abs(len(each) - len(own)) <= apart and each[-1] < group.slots
    ]


def _onto(material: Material, group: Group, slots: list[int], draw: Draw) -> Bar:
    """The notes of a bar on other slots, in order; where there are more slots the last pitches come again."""
    line = sorted(group.now)
    held = [place for place in line if anchored(material, group, place)]
    bar: Bar = {place: group.now[place] for place in held}
    loose = [place for place in line if place not in bar]
    slots = [slot for slot in slots if all(slot != place[0] for place in held)]
    edges = sorted({*slots, *(place[0] for place in held), group.slots})
    step = material.grid.step
    for number, slot in enumerate(slots):
        if not loose:
            break
        place = loose[min(len(loose) - 1, number * len(loose) // len(slots))]
        room = (next(edge for edge in edges if edge > slot) - slot) * step
        share = min(1.0, group.now[place].duration / max(step, _until(material, group, place) - place[0] * step))
        bar = added(material, bar, slot, place[1], draw, length=room * share, velocity=group.now[place].velocity)
    return bar


def played(_: Material, group: Group, draw: Draw) -> Bar:
    """A note shorter or longer, or two that exchange their loudness."""
    places = sorted(group.now)
    if not places:
        return group.now
    place = draw.one(places)
    note = group.now[place]
    for first, second in pairwise(places):
        if draw.below(2) and abs(group.now[first].velocity - group.now[second].velocity) > 3:
            one, other = group.now[first], group.now[second]
            return {**group.now, first: _loud(one, other.velocity), second: _loud(other, one.velocity)}
    return {**group.now, place: _lasting(note, note.duration * (0.6 if note.duration > 0.2 else 1.5))}


def _loud(note: Note, velocity: float) -> Note:
    return replace(note, velocity=velocity)
