"""Edits of melodies and basses, near ones first: ornaments, rhythm, single pitches, contour, then new lines.

A line is known by its contour and by where its long notes fall. So ornaments come and go first, then notes move in
time, then weak notes change pitch, then a turn of the line is turned another way, and only then bars are written anew,
in the clip's own intervals. A bass keeps its first note of every harmony to the last: it says what the chord is.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from msgspec.structs import replace

from engine.compose.dice import Dice
from engine.compose.vary.bars import Group, added, free, repitched, shifted, tones_at, weakness, without
from engine.compose.vary.draw import Draw
from engine.compose.vary.edits import Edit, Edits, in_turn, often, one_of, several, times
from engine.compose.vary.material import Material
from engine.compose.vary.touch import Bar, Place
from engine.notes import Note

__all__ = ["BASS_EDITS", "MELODY_EDITS"]

_NEAR = 7
"""Semitones a single note moves at most."""

_RARE = 0.02
"""Share of the clip's onsets up to which places that divide the beat alike are not part of its rhythm."""

_TOUCHING = 0.15
"""Beats between two notes that still count as bound."""


def _anchored(material: Material, group: Group, place: Place) -> bool:
    """Whether a note is one that says the harmony: in a bass the first of each part of the bar."""
    return material.role == "bass" and any(place[0] == first for first, _ in group.harmony)


def _free_notes(material: Material, group: Group) -> list[Place]:
    return [place for place in sorted(group.now) if not _anchored(material, group, place)]


def _until(material: Material, group: Group, place: Place) -> float:
    """Beat in the bar at which the next note of a line begins, or the bar's end."""
    later = [slot for slot, _, _ in group.now if slot > place[0]]
    return (min(later) if later else group.slots) * material.grid.step


def _stepwise(material: Material, pitch: int, steps: int) -> int:
    """The pitch some steps of the ladder away; at its ends the way back."""
    ladder = material.ladder
    at = bisect_left(ladder, pitch)
    # A pitch between two steps stands as if on the lower one when going up.
    at -= at < len(ladder) and ladder[at] != pitch and steps > 0
    goal = at + steps
    if not 0 <= goal < len(ladder):
        goal = at - steps
    return ladder[min(max(goal, 0), len(ladder) - 1)]


def _ornament(material: Material, group: Group, draw: Draw) -> Bar:
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
        return _pitched(material, group, draw)
    slot = draw.weighted(slots, weights)
    pitch = _between(material, group, place, slot, draw)
    end = bar[place].end_time
    cut = {**bar, place: _lasting(bar[place], slot * step - bar[place].start_time)}
    return added(material, cut, slot, pitch, draw, length=end - slot * step)


def _between(material: Material, group: Group, place: Place, slot: int, draw: Draw) -> int:
    """A pitch on the way from a note to the next one, as the clip itself would go."""
    later = sorted(other for other in group.now if other[0] > slot)
    goal = later[0][1] if later else place[1]
    low, high = min(place[1], goal) - 4, max(place[1], goal) + 4
    model = material.line
    near = [pitch for pitch in material.ladder if low <= pitch <= high] or [place[1]]
    return draw.weighted(near, [model.likely(place[1], pitch) * model.likely(pitch, goal) for pitch in near])


def _lasting(note: Note, beats: float) -> Note:
    return replace(note, duration=max(0.05, beats))


def _dropped(material: Material, group: Group, draw: Draw) -> Bar:
    """A weak, short note goes; one bound to it lasts as long as both."""
    places = _free_notes(material, group)
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


def _moved(material: Material, group: Group, draw: Draw) -> Bar:
    """A note comes sooner or later; another one changes its pitch where the clip's rhythm has no other place."""
    bar = _shifted(material, group, draw, strict=True)
    return _pitched(material, group, draw) if bar is group.now else bar


def _slid(material: Material, group: Group, draw: Draw) -> Bar:
    """A note comes sooner or later, wherever there is room."""
    return _shifted(material, group, draw, strict=False)


def _shifted(material: Material, group: Group, draw: Draw, *, strict: bool) -> Bar:
    """A note comes sooner or later; its end stays, and a note bound to it reaches as far as it does."""
    places = _free_notes(material, group)
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


def _pitched(material: Material, group: Group, draw: Draw) -> Bar:
    """A weak note on another pitch near by, such as the clip itself would go to from the notes beside it.

    Where the harmony is known, one of its tones is the likelier the stronger the place.
    """
    places = _free_notes(material, group) or sorted(group.now)
    if not places:
        return group.now
    place = draw.weighted(places, [0.1 + weakness(material, slot) for slot, _, _ in places])
    before = max((other for other in group.now if other[0] < place[0]), default=None)
    behind = min((other for other in group.now if other[0] > place[0]), default=None)
    tones, strength, model = tones_at(group.harmony, place[0]), material.grid.strength[place[0]], material.line
    near = [pitch for pitch in material.ladder if 0 < abs(pitch - place[1]) <= _NEAR]
    if not near:
        return group.now
    weights = [
        (model.likely(before[1], pitch) if before else 0.1)
        * (model.likely(pitch, behind[1]) if behind else 0.1)
        * (1.0 if not tones or pitch % 12 in tones else 1.0 - 0.8 * strength)
        for pitch in near
    ]
    return repitched(group.now, place, draw.weighted(near, weights))


def _turned(material: Material, group: Group, draw: Draw) -> Bar:
    """A few notes in a row: backwards, upside down, or as a whole some steps away; their rhythm stays."""
    line = _free_notes(material, group)
    if len(line) < 2:
        return _pitched(material, group, draw)
    size = min(len(line), 2 + draw.below(4))
    first = draw.below(len(line) - size + 1)
    run = line[first : first + size]
    pitches = [place[1] for place in run]
    kind = draw.below(3)
    if kind == 0 and pitches != pitches[::-1]:
        goals = pitches[::-1]
    elif kind == 1 and len(set(pitches)) > 1:
        ladder = material.ladder
        at = [bisect_left(ladder, pitch) for pitch in pitches]
        goals = [ladder[min(max(2 * at[0] - each, 0), len(ladder) - 1)] for each in at]
    else:
        steps = draw.one((-3, -2, -1, 1, 2, 3))
        goals = [_stepwise(material, pitch, steps) for pitch in pitches]
    return _all_repitched(group.now, run, goals)


def _all_repitched(bar: Bar, places: list[Place], pitches: list[int]) -> Bar:
    """Several notes on other pitches at once; one whose new pitch is taken stays."""
    rest = {place: note for place, note in bar.items() if place not in set(places)}
    for place, pitch in zip(places, pitches, strict=True):
        goal = pitch if free(rest, place[0], pitch) else place[1]
        note = bar[place]
        if goal == place[1]:
            rest[_unique(rest, place)] = note
        else:
            rest[place[0], goal, 0] = repitched({place: note}, place, goal)[place[0], goal, 0]
    return rest


def _unique(bar: Bar, place: Place) -> Place:
    slot, pitch, copy = place
    while (slot, pitch, copy) in bar:
        copy += 1
    return slot, pitch, copy


def _rhythm(material: Material, group: Group, draw: Draw) -> Bar:
    """The rhythm of another bar of the clip under this one's pitches, in their order; of one bar, a rotation."""
    own = sorted({slot for slot, _, _ in group.now})
    others = _other_rhythms(material, group, own, max(1, len(own) // 3))
    if not others or not own:
        return _moved(material, group, draw)
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
    held = [place for place in line if _anchored(material, group, place)]
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


def _written(material: Material, group: Group, draw: Draw) -> Bar:
    """New pitches for the whole bar, in the clip's own intervals; what says the harmony stays or stays near."""
    line = sorted(place for place in _free_notes(material, group) if free(group.now, place[0], place[1] + 1))
    if not line:
        return group.now
    model, strength = material.line, material.grid.strength
    rows = []
    for slot, pitch, _ in line:
        tones = tones_at(group.harmony, slot)
        # Without chords the strong notes tell the harmony: they stay on their pitch class more often than not.
        wish = (tones, 1.2 * strength[slot]) if tones else (frozenset((pitch % 12,)), 0.5 * (strength[slot] >= 0.6))
        rows.append(model.near(pitch) + wish[1] * model.outside(wish[0]))
    fit = np.array(rows)
    before = max((p for p in group.now if p[0] < line[0][0]), default=None)
    dice = Dice(int(draw.share() * 2**31))
    pitches = model.way(fit, dice, before=before[1] if before else None)
    return _all_repitched(group.now, line, pitches)


def _played(_: Material, group: Group, draw: Draw) -> Bar:
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


_KEPT_RHYTHM: tuple[Edit, ...] = (
    Edit("notes", 0.0, 0.6, often(0.3), _pitched),
    Edit("articulation", 0.0, 0.5, often(0.1), _played),
    Edit("contour", 0.3, 0.85, often(0.15), _turned),
    Edit("the line", 0.6, 0.9, times(1), _written),
    Edit("contour", 0.8, 1.0, times(2), several(_turned, 0.2)),
    Edit("the line", 0.85, 1.0, times(1), _written),
)

_KEPT_PITCH: tuple[Edit, ...] = (
    Edit("rhythm", 0.0, 0.6, often(0.3), _slid),
    Edit("articulation", 0.0, 0.5, often(0.1), _played),
    Edit("rhythm", 0.4, 1.0, times(3), several(_slid, 0.4)),
)

_ANEW = in_turn(several(_moved, 0.3), _rhythm, _written)

MELODY_EDITS: Edits = {
    "none": (
        Edit("ornaments", 0.0, 0.35, often(0.15), _ornament),
        Edit("rhythm", 0.05, 0.5, often(0.1), one_of(_moved, _moved, _played)),
        Edit("notes", 0.1, 0.6, often(0.15), _pitched),
        Edit("rhythm", 0.35, 0.8, times(1), in_turn(_rhythm, _moved)),
        Edit("contour", 0.35, 0.85, times(1), _turned),
        Edit("the line", 0.6, 0.9, times(1), _written),
        Edit("the line", 0.8, 1.0, times(1), _ANEW),
    ),
    "rhythm": _KEPT_RHYTHM,
    "pitch": _KEPT_PITCH,
}
"""All edits of a melody."""

BASS_EDITS: Edits = {
    "none": (
        Edit("ornaments", 0.0, 0.35, often(0.15), _ornament),
        Edit("notes", 0.05, 0.6, often(0.2), _pitched),
        Edit("rhythm", 0.1, 0.6, often(0.1), one_of(_moved, _played)),
        Edit("rhythm", 0.4, 0.85, times(1), in_turn(_rhythm, _moved)),
        Edit("contour", 0.45, 0.9, times(1), _turned),
        Edit("the line", 0.6, 0.9, times(1), _written),
        Edit("the line", 0.8, 1.0, times(1), _ANEW),
    ),
    "rhythm": _KEPT_RHYTHM,
    "pitch": _KEPT_PITCH,
}
"""All edits of a bass; its first note of every harmony they leave where it is."""
