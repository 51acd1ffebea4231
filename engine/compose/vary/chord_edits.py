"""Edits of chords, near ones first: inversions and single tones, rhythm, then other chords of the key.

What sounds together moves together: a strike of several notes is one thing here. A substitute shares two tones with the
chord it stands for, and every voice goes to the nearest tone of it, as a pianist's hand would.
"""

from __future__ import annotations

from msgspec.structs import replace

from engine.compose.vary.bars import Group, added, free, repitched, tones_at, weakness
from engine.compose.vary.draw import Draw
from engine.compose.vary.edits import Edit, Edits, in_turn, often, several, times
from engine.compose.vary.material import Material
from engine.compose.vary.touch import Bar, Place
from engine.notes import Note

__all__ = ["CHORD_EDITS", "diatonic_chords", "nearest_tone", "substitutes"]

_WIDEST_MOVE = 12

_OVER = 4
"""Semitones beyond the notes of its bar where an inverted chord may reach."""


def _strikes(bar: Bar) -> dict[int, list[Place]]:
    """The notes of a bar by slot, in order."""
    found: dict[int, list[Place]] = {}
    for place in sorted(bar):
        found.setdefault(place[0], []).append(place)
    return found


def _inverted(material: Material, group: Group, draw: Draw) -> Bar:
    """The lowest note of a chord goes on top, or the highest below; alike wherever it is struck in the bar."""
    strikes = [each for each in _strikes(group.now).values() if len(each) > 1]
    if not strikes:
        return _revoiced(material, group, draw)
    chosen = tuple(place[1] for place in draw.one(strikes))
    up = draw.below(2) == 0
    own, goal = (chosen[0], chosen[0] + 12) if up else (chosen[-1], chosen[-1] - 12)
    pitches = [place[1] for place in group.now]
    # Outside what the bar plays already the top line, or the bass, would leap.
    if not min(pitches) - _OVER <= goal <= max(pitches) + _OVER or goal in chosen:
        return _revoiced(material, group, draw)
    bar = group.now
    for strike in strikes:
        if tuple(place[1] for place in strike) == chosen:
            bar = repitched(bar, next(place for place in strike if place[1] == own), goal)
    return bar


def _revoiced(material: Material, group: Group, draw: Draw) -> Bar:
    """One note on another tone of its harmony, near by."""
    places = sorted(group.now)
    if not places:
        return group.now
    place = draw.weighted(places, [0.2 + weakness(material, slot) for slot, _, _ in places])
    tones = tones_at(group.harmony, place[0]) or frozenset(material.scale)
    low, high = material.pitches[0] - 5, material.pitches[-1] + 5
    there = {pitch for slot, pitch, _ in group.now if slot == place[0]}
    near = [
        pitch
        for pitch in range(max(0, low, place[1] - _WIDEST_MOVE), min(127, high, place[1] + _WIDEST_MOVE) + 1)
        if pitch % 12 in tones and pitch not in there
    ]
    if not near:
        return group.now
    return repitched(group.now, place, draw.weighted(near, [1.0 / (1 + (pitch - place[1]) ** 2) for pitch in near]))


def _struck(material: Material, group: Group, draw: Draw) -> Bar:
    """A strike comes sooner or later, once more, or not at all; as many go as have come."""
    strikes = _strikes(group.now)
    if not strikes:
        return group.now
    slots = list(strikes)
    weak = [0.05 + weakness(material, slot) for slot in slots]
    before = len(_strikes(group.own))
    kind = draw.below(3)
    # Of a few strikes none can be spared.
    if kind == 0 and len(strikes) > 1 and len(strikes) + (before >= 4) > before:
        gone = draw.weighted(slots, weak)
        return {place: note for place, note in group.now.items() if place[0] != gone}
    slot = draw.weighted(slots, weak)
    if kind == 1 and len(strikes) <= before:
        slot = draw.weighted(slots, [group.now[strikes[each][0]].duration for each in slots])
        room = [each for each in range(slot + 1, group.slots) if each not in strikes]
    else:
        room = [each for each in range(slot - 2, slot + 3) if 0 <= each < group.slots and each not in strikes]
    if not room:
        return group.now
    uses = material.touch.uses(0)
    goal = draw.weighted(room, [0.1 + uses[material.grid.divided[each]] for each in room])
    again = kind == 1 and len(strikes) <= before
    return _restruck(material, group, strikes[slot], goal, draw, again=again)


def _slid(material: Material, group: Group, draw: Draw) -> Bar:
    """A strike comes sooner or later, between those before and behind it."""
    strikes = _strikes(group.now)
    if not strikes:
        return group.now
    slots = list(strikes)
    slot = draw.weighted(slots, [0.05 + weakness(material, each) for each in slots])
    low = max((each for each in slots if each < slot), default=-1)
    high = min((each for each in slots if each > slot), default=group.slots)
    room = [each for each in range(low + 1, high) if 0 < abs(each - slot) <= 2]
    return _restruck(material, group, strikes[slot], draw.one(room), draw, again=False) if room else group.now


def _restruck(material: Material, group: Group, strike: list[Place], goal: int, draw: Draw, *, again: bool) -> Bar:
    """A strike at another slot, in place of itself or as well."""
    step, number = material.grid.step, Draw(draw.share())
    bar = {place: note for place, note in group.now.items() if again or place not in strike}
    first = min(group.now[place].start_time for place in strike)
    for place in strike:
        note = group.now[place]
        late = number.share()
        length = note.duration
        if again and note.end_time > goal * step > note.start_time:
            bar[place] = _cut(note, goal * step - note.start_time)
            length = note.end_time - goal * step
        spread = note.start_time - first
        if free(bar, goal, place[1]):
            bar = added(material, bar, goal, place[1], Draw(late), length=length, velocity=note.velocity)
            # A chord struck together stays together; a strummed one keeps its spread.
            bar[goal, place[1], 0] = _beginning(
                bar[goal, place[1], 0], goal * step + spread + _late(group, place, step)
            )
    return bar


def _late(group: Group, place: Place, step: float) -> float:
    first = min(note.start_time for other, note in group.now.items() if other[0] == place[0])
    return first - place[0] * step


def _cut(note: Note, beats: float) -> Note:
    return replace(note, duration=max(0.05, beats))


def _beginning(note: Note, start: float) -> Note:
    return Note(note.pitch, start, note.duration, note.velocity)


def _substituted(material: Material, group: Group, draw: Draw) -> Bar:
    """A part of the bar under another chord of the key that shares tones with the one it had."""
    parts = [(first, tones) for first, tones in group.harmony if tones]
    if not parts:
        return _revoiced(material, group, draw)
    first, tones = draw.one(parts)
    later = [slot for slot, _ in group.harmony if slot > first]
    until = later[0] if later else group.slots
    # The same chord in both halves of a bar changes in both.
    if all(other == tones for _, other in group.harmony):
        first, until = 0, group.slots
    chosen = draw.one(substitutes(tones, material.degrees))
    bar = {place: note for place, note in group.now.items() if not first <= place[0] < until}
    for place, note in sorted(group.now.items(), key=lambda item: item[0]):
        if first <= place[0] < until:
            goal = nearest_tone(place[1], chosen, {p for s, p, _ in bar if s == place[0]})
            moved = repitched({place: note}, place, goal)
            bar.update(moved if next(iter(moved)) not in bar else {_copy(bar, place): note})
    return bar


def _copy(bar: Bar, place: Place) -> Place:
    slot, pitch, copy = place
    while (slot, pitch, copy) in bar:
        copy += 1
    return slot, pitch, copy


def diatonic_chords(scale: tuple[int, ...], size: int) -> list[tuple[int, frozenset[int]]]:
    """The chords in thirds that a scale has.

    Args:
        scale: pitch classes in rising order.
        size: tones in a chord.

    Returns:
        Root and pitch classes of the chord on each degree.
    """
    count = len(scale)
    return [
        (scale[degree], frozenset(scale[(degree + 2 * third) % count] for third in range(size)))
        for degree in range(count)
    ]


def substitutes(tones: frozenset[int], scale: tuple[int, ...]) -> list[frozenset[int]]:
    """Chords of a scale that can stand for another one.

    Args:
        tones: pitch classes of the chord.
        scale: pitch classes of the scale in rising order, at least three.

    Returns:
        Chords in thirds (with the seventh where the chord has four tones or more) that share tones with it but not
        all, those that share most first; at least one.
    """
    size = 4 if len(tones) > 3 else 3
    chords = {chord for _, chord in diatonic_chords(scale, size)}
    others = sorted(chords - {tones}, key=lambda chord: (-len(chord & tones), sorted(chord)))
    near = [chord for chord in others if len(chord & tones) >= size - 1 and not chord <= tones]
    return near or others[:2] or [tones]


def nearest_tone(pitch: int, tones: frozenset[int], taken: set[int]) -> int:
    """The pitch nearest to one whose pitch class is among some, other than those taken; itself where there is none.

    Args:
        pitch: MIDI number.
        tones: pitch classes.
        taken: pitches not to be given.
    """
    for apart in range(7):
        for goal in (pitch - apart, pitch + apart):
            if 0 <= goal <= 127 and goal % 12 in tones and goal not in taken:
                return goal
    return pitch


def _bar_rhythm(material: Material, group: Group, draw: Draw) -> Bar:
    """The strikes of another bar of the clip, with this one's chords."""
    own = _strikes(group.now)
    apart = max(1, len(own) // 2)
    others = [
        each
        for each in material.rhythms
        if each != tuple(own) and abs(len(each) - len(own)) <= apart and each[-1] < group.slots
    ]
    if not others or not own:
        return _struck(material, group, draw)
    bar: Bar = {}
    for slot in draw.one(others):
        source = max((each for each in own if each <= slot), default=min(own))
        if source == slot:
            bar.update({place: group.now[place] for place in own[slot]})
            continue
        moved = Group(group.now, group.slots, group.harmony, ends=group.ends, kin=group.kin)
        struck = _restruck(material, moved, own[source], slot, draw, again=False)
        bar.update({place: note for place, note in struck.items() if place[0] == slot})
    return bar or group.now


CHORD_EDITS: Edits = {
    "none": (
        Edit("voicings", 0.0, 0.4, often(0.06), _inverted),
        Edit("single tones", 0.0, 0.5, often(0.06), _revoiced),
        Edit("rhythm", 0.1, 0.6, times(1), _struck),
        Edit("chords", 0.4, 0.85, times(1), _substituted),
        Edit("rhythm", 0.45, 0.85, times(1), _bar_rhythm),
        Edit("voicings", 0.5, 0.9, times(1), several(_inverted, 0.15)),
        Edit("chords and rhythm", 0.75, 1.0, times(1), in_turn(_substituted, several(_struck, 0.15))),
        Edit("single tones", 0.85, 1.0, times(1), several(_revoiced, 0.25)),
    ),
    "rhythm": (
        Edit("voicings", 0.0, 0.5, often(0.15), _inverted),
        Edit("single tones", 0.0, 0.6, often(0.1), _revoiced),
        Edit("chords", 0.3, 0.85, times(1), _substituted),
        Edit("voicings", 0.5, 0.9, times(1), several(_inverted, 0.2)),
        Edit("chords", 0.75, 1.0, times(1), _substituted),
        Edit("single tones", 0.8, 1.0, times(2), several(_revoiced, 0.3)),
    ),
    "pitch": (
        Edit("rhythm", 0.0, 0.7, often(0.1, 2), _slid),
        Edit("rhythm", 0.5, 1.0, times(3), several(_slid, 0.15)),
    ),
}
"""All edits of chords."""
