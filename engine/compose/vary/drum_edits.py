"""Edits of drums, near ones first: hats and ghost notes, fills, percussion, then kick and snare, then whole lanes.

The beat is what a drum pattern is known by. So its kick and snare stay as long as hats, ghost notes and fills suffice,
the bar's first kick and the backbeat longest, and most of the change comes where phrases end.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from engine.compose.vary.bars import Group, added, repitched, shifted, without
from engine.compose.vary.draw import Draw
from engine.compose.vary.edits import Apply, Edit, Edits, often, one_of, several, times
from engine.compose.vary.kit import CYMBAL, FAMILY, HAT, KICK, OTHER, SNARE, TOM, family
from engine.compose.vary.material import Material
from engine.compose.vary.touch import Bar, Place
from engine.notes import Note

__all__ = ["DRUM_EDITS"]

_NEAR = (-1, 1, -2, 2)

_STRANGE = 0.012
"""Weight of places where the drums of a family are never played."""


def _places(bar: Bar, *families: int) -> list[Place]:
    return sorted([place for place in bar if FAMILY[place[1]] in families])


def _count(bar: Bar, *families: int) -> int:
    return sum([FAMILY[pitch] in families for _, pitch, _ in bar])


def _timekeepers(material: Material) -> tuple[int, ...]:
    """Families that keep time: hats, or whatever else there is where a clip has none."""
    if material.of_family(HAT):
        return (HAT,)
    if material.of_family(OTHER) or material.of_family(TOM):
        return OTHER, TOM
    return (CYMBAL,) if material.of_family(CYMBAL) else ()


def _free(group: Group, pitch: int, slots: Iterable[int]) -> list[int]:
    """Those of some slots that the bar has and where a drum is not struck."""
    now, last = group.now, group.slots
    return [slot for slot in slots if 0 <= slot < last and (slot, pitch, 0) not in now]


def _alive(material: Material, pitch: int, slots: list[int]) -> list[float]:
    """Weights of slots for a drum: places of the kind its family is played at, and hardly any other."""
    uses, divided = material.family_uses(pitch), material.grid.divided
    return [_STRANGE + uses[divided[slot]] for slot in slots]


def _pick(material: Material, group: Group, pitch: int, slots: Iterable[int], draw: Draw) -> int | None:
    """A free slot for a drum."""
    free = _free(group, pitch, slots)
    return draw.weighted(free, _alive(material, pitch, free)) if free else None


def _weak(material: Material, places: list[Place], draw: Draw) -> Place:
    """One of several notes, weak ones first."""
    weak = material.weak
    return draw.weighted(places, [0.02 + weak[slot] for slot, _, _ in places])


def _hats(material: Material, group: Group, draw: Draw) -> Bar:
    families = _timekeepers(material)
    now, own = _places(group.now, *families), _count(group.own, *families)
    if not now:
        return group.now
    kinds = ["move", "swap"] + ["drop"] * (len(now) >= own and len(now) > 1) + ["add"] * (len(now) <= own)
    kind = draw.one(kinds)
    place = _weak(material, now, draw)
    if kind == "drop":
        return without(group.now, place)
    if kind == "swap":
        others = [pitch for name in families for pitch in material.of_family(name) if pitch != place[1]]
        if others:
            return repitched(group.now, place, draw.one(others))
    if kind == "add":
        slot = _pick(material, group, place[1], range(group.slots), draw)
        return group.now if slot is None else added(material, group.now, slot, place[1], draw)
    return _stepped(material, group, place, draw)


def _stepped(material: Material, group: Group, place: Place, draw: Draw) -> Bar:
    """A hit moved to a slot near by."""
    slot = _pick(material, group, place[1], [place[0] + step for step in _NEAR], draw)
    return group.now if slot is None else shifted(material, group.now, place, slot, draw)


def _shifted_hat(material: Material, group: Group, draw: Draw) -> Bar:
    places = _places(group.now, *_timekeepers(material)) or sorted(group.now)
    return _stepped(material, group, _weak(material, places, draw), draw) if places else group.now


def _ghosts(material: Material, group: Group, draw: Draw) -> Bar:
    snares = material.of_family(SNARE)
    if not snares:
        return _hats(material, group, draw)
    level = material.ghost_limit
    soft = [place for place in _places(group.now, SNARE) if group.now[place].velocity < level]
    before = sum(group.own[place].velocity < level for place in _places(group.own, SNARE))
    if soft and len(soft) > before:
        return without(group.now, draw.one(soft))
    if soft and draw.below(2):
        return _stepped(material, group, draw.one(soft), draw)
    pitch = snares[0]
    slots = [slot for slot in range(group.slots) if material.grid.divided[slot] >= 2]
    slot = _pick(material, group, pitch, slots, draw)
    if slot is None:
        return group.now
    return added(material, group.now, slot, pitch, draw, velocity=draw.one(material.ghost_levels))


def _accents(_: Material, group: Group, draw: Draw) -> Bar:
    """Two hits of one drum exchange their loudness, or one that stands alone is a little louder or softer."""
    places = sorted(group.now)
    if not places:
        return group.now
    place = draw.one(places)
    note = group.now[place]
    others = [each for each in places if each[1] == place[1] and abs(group.now[each].velocity - note.velocity) > 2]
    if not others:
        return {**group.now, place: _louder(note, 12.0 if draw.below(2) and note.velocity < 110 else -12.0)}
    other = draw.one(others)
    gain = group.now[other].velocity - note.velocity
    return {**group.now, place: _louder(note, gain), other: _louder(group.now[other], -gain)}


def _louder(note: Note, by: float) -> Note:
    loud = min(127.0, max(1.0, note.velocity + by))
    if loud == note.velocity:
        loud += 6.0 if loud < 64 else -6.0
    return replace(note, velocity=loud)


def _fill(material: Material, group: Group, draw: Draw) -> Bar:
    """The bar's last beat, or last two, for snare and toms; the kick plays on."""
    sounds = material.of_family(SNARE)[:1] + sorted(material.of_family(TOM), reverse=True)
    sounds = sounds or material.of_family(OTHER) or material.of_family(KICK)
    if not sounds:
        return group.now
    pulses = [pulse for pulse in material.grid.pulses if pulse < group.slots]
    first = pulses[-1 - draw.below(min(2, len(pulses)))]
    kept = {
        place: note
        for place, note in group.now.items()
        if place[0] < first or (family(place[1]) in (KICK, CYMBAL) and place[1] not in sounds)
    }
    slots = range(first, group.slots)
    hits = [slot for slot in slots if draw.share() < 0.45 + 0.5 * material.grid.strength[slot]] or [first]
    for number, slot in enumerate(hits):
        # Down the toms as the fill goes on, the snare first.
        sound = sounds[min(len(sounds) - 1, number * len(sounds) // len(hits))]
        rise = 0.62 + 0.38 * (slot - first + 1) / len(slots)
        kept = added(material, kept, slot, sound, draw, velocity=material.loudest * rise * (0.92 + 0.08 * draw.share()))
    return kept


def _percussion(material: Material, group: Group, draw: Draw) -> Bar:
    places = _places(group.now, TOM, CYMBAL, OTHER)
    if not places:
        return _shifted_hat(material, group, draw)
    return _stepped(material, group, _weak(material, places, draw), draw)


def _core(material: Material, group: Group, draw: Draw, name: int) -> Bar:
    """Moves, adds or drops a hit of kick or snare between the pulses; those on the pulses are the beat, and stay."""
    pitches, now = material.of_family(name), _places(group.now, name)
    if not pitches:
        return group.now
    own, divided = _count(group.own, name), material.grid.divided
    movable = [place for place in now if divided[place[0]] > 0]
    if movable and len(now) > own:
        return without(group.now, _weak(material, movable, draw))
    if movable and draw.below(2):
        return _stepped(material, group, _weak(material, movable, draw), draw)
    between = (slot for slot in range(group.slots) if divided[slot] > 0)
    slot = _pick(material, group, pitches[0], between, draw)
    return group.now if slot is None else added(material, group.now, slot, pitches[0], draw)


def _kick(material: Material, group: Group, draw: Draw) -> Bar:
    return _core(material, group, draw, KICK)


def _snare(material: Material, group: Group, draw: Draw) -> Bar:
    return _core(material, group, draw, SNARE)


def _redrawn(*names: int, hold: float) -> Apply:
    """An edit that plays lanes anew: as many hits, on other slots of the same kinds.

    Args:
        names: families of the lanes.
        hold: how firmly hits on the pulses stay, 0..1; others stay half as firmly.
    """

    def redraw(material: Material, group: Group, draw: Draw) -> Bar:
        divided = material.grid.divided
        loose: dict[int, list[Place]] = {}
        for place in _places(group.now, *names):
            stays = hold if divided[place[0]] == 0 else hold / 2
            if draw.share() >= stays and (place[0] or family(place[1]) != KICK):
                loose.setdefault(place[1], []).append(place)
        bar = group.now
        for pitch, places in loose.items():
            free = _free(group, pitch, range(1, group.slots))
            room = dict(zip(free, _alive(material, pitch, free), strict=True))
            for place in places:
                if room:
                    slot = draw.weighted(list(room), list(room.values()))
                    del room[slot]
                    bar = shifted(material, bar, place, slot, draw)
        return bar

    return redraw


def _time_kept_anew(material: Material, group: Group, draw: Draw) -> Bar:
    """Another pattern of the hats, the same in each part of the bar: what keeps time comes round.

    The pattern has as many hits as a part had, on the kinds of places where the clip has hats, played by the drum that
    plays there most often.
    """
    families = _timekeepers(material)
    places = _places(group.now, *families)
    pulses = [pulse for pulse in material.grid.pulses if pulse < group.slots]
    size = (pulses[2] if len(pulses) % 2 == 0 and len(pulses) > 2 else group.slots) - pulses[0]
    if not places or size < 2:
        return group.now
    count = max(1, round(len(places) * size / group.slots))
    pitch = places[0][1]
    room = dict(enumerate(_alive(material, pitch, list(range(size)))))
    pattern = []
    for _ in range(min(count, len(room))):
        slot = draw.weighted(list(room), list(room.values()))
        del room[slot]
        pattern.append((slot, draw.one(places)[1]))
    bar = {place: note for place, note in group.now.items() if FAMILY[place[1]] not in families}
    for begin in range(0, group.slots, size):
        for slot, sound in sorted(pattern):
            if begin + slot < group.slots:
                bar = added(material, bar, begin + slot, sound, draw)
    return bar


def _swapped(material: Material, group: Group, draw: Draw) -> Bar:
    """One hit on another drum of its family that the clip has; on one of another family where it has none."""
    core = (KICK, SNARE)
    weak = material.weak
    places = sorted([place for place in group.now if FAMILY[place[1]] not in core or weak[place[0]] > 0.45])
    if not places:
        return group.now
    place = _weak(material, places, draw)
    kin = [pitch for pitch in material.of_family(family(place[1])) if pitch != place[1]]
    others = kin or [pitch for pitch in material.pitches if pitch != place[1]]
    return repitched(group.now, place, draw.one(others)) if others else group.now


_COLOUR = one_of(_hats, _hats, _hats, _ghosts, _swapped, _accents, _percussion)

DRUM_EDITS: Edits = {
    "none": (
        Edit("hats", 0.0, 0.3, often(0.04, 2), _hats),
        Edit("details", 0.05, 0.4, often(0.04), _COLOUR),
        Edit("fills", 0.12, 0.5, times(1), _fill, ending=True),
        Edit("details", 0.2, 0.7, times(3), several(_COLOUR, 0.12)),
        Edit("kick", 0.35, 0.8, times(1), _kick),
        Edit("hats", 0.45, 0.85, times(1), _time_kept_anew),
        Edit("hats", 0.8, 1.0, times(1), _time_kept_anew),
        Edit("snare", 0.55, 0.9, times(1), _snare),
        Edit("percussion", 0.6, 0.9, times(1), _redrawn(KICK, TOM, CYMBAL, OTHER, hold=0.9)),
        Edit("the whole beat", 0.85, 1.0, times(2), _redrawn(KICK, SNARE, HAT, TOM, CYMBAL, OTHER, hold=0.75)),
        Edit("sounds", 0.85, 1.0, times(1), several(_swapped, 0.2)),
    ),
    "rhythm": (
        Edit("sounds", 0.0, 0.6, often(0.1, 2), _swapped),
        Edit("accents", 0.0, 0.8, often(0.06), _accents),
        Edit("sounds", 0.3, 1.0, times(6), several(_swapped, 0.15)),
        Edit("accents", 0.4, 1.0, times(2), several(_accents, 0.2)),
    ),
    "pitch": (
        Edit("hats", 0.0, 0.5, often(0.1, 2), _shifted_hat),
        Edit("accents", 0.0, 0.6, often(0.05), _accents),
        Edit("percussion", 0.15, 0.6, often(0.04), _percussion),
        Edit("hats", 0.4, 0.8, times(1), _redrawn(HAT, hold=0.25)),
        Edit("percussion", 0.5, 0.9, times(1), _redrawn(KICK, TOM, CYMBAL, OTHER, hold=0.7)),
        Edit("snare", 0.7, 0.95, times(1), _redrawn(SNARE, hold=0.8)),
        Edit("the whole beat", 0.8, 1.0, times(2), _redrawn(KICK, SNARE, HAT, TOM, CYMBAL, OTHER, hold=0.35)),
    ),
}
"""All edits of drums; a kept "pitch" is how often each drum is hit."""
