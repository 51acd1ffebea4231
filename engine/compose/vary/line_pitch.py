"""How single notes and turns of a line change their pitch, and how a bar of it is written anew.

A bass keeps its first note of every harmony: it says what the chord is.
"""

from __future__ import annotations

from bisect import bisect_left

import numpy as np

from engine.compose.dice import Dice
from engine.compose.vary.bars import Group, free, repitched, tones_at, weakness
from engine.compose.vary.draw import Draw
from engine.compose.vary.material import Material
from engine.compose.vary.touch import Bar, Place

__all__ = ["anchored", "between", "free_notes", "pitched", "turned", "written"]

_NEAR = 7
"""Semitones a single note moves at most."""


def anchored(material: Material, group: Group, place: Place) -> bool:
    """Whether a note is one that says the harmony: in a bass the first of each part of the bar."""
    return material.role == "bass" and any(place[0] == first for first, _ in group.harmony)


def free_notes(material: Material, group: Group) -> list[Place]:
    """The notes of a bar that may change, in order."""
    return [place for place in sorted(group.now) if not anchored(material, group, place)]


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


def between(material: Material, group: Group, place: Place, slot: int, draw: Draw) -> int:
    """A pitch on the way from a note to the next one, as the clip itself would go."""
    later = sorted(other for other in group.now if other[0] > slot)
    goal = later[0][1] if later else place[1]
    low, high = min(place[1], goal) - 4, max(place[1], goal) + 4
    model = material.line
    near = [pitch for pitch in material.ladder if low <= pitch <= high] or [place[1]]
    return draw.weighted(near, [model.likely(place[1], pitch) * model.likely(pitch, goal) for pitch in near])


def pitched(material: Material, group: Group, draw: Draw) -> Bar:
    """A weak note on another pitch near by, such as the clip itself would go to from the notes beside it.

    Where the harmony is known, one of its tones is the likelier the stronger the place.
    """
    places = free_notes(material, group) or sorted(group.now)
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


def turned(material: Material, group: Group, draw: Draw) -> Bar:
    """A few notes in a row: backwards, upside down, or as a whole some steps away; their rhythm stays."""
    line = free_notes(material, group)
    if len(line) < 2:
        return pitched(material, group, draw)
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


def written(material: Material, group: Group, draw: Draw) -> Bar:
    """New pitches for the whole bar, in the clip's own intervals; what says the harmony stays or stays near."""
    line = sorted(place for place in free_notes(material, group) if free(group.now, place[0], place[1] + 1))
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
