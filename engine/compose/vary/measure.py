"""How different two clips are: 0 for the same notes, 1 for nothing in common.

Both clips are laid on one grid and compared bar by bar. Notes are paired: first those of one pitch at one slot; of
what is left, those at one slot; of what is left then, those of one pitch in one bar, nearest first. A pair costs what
its two notes differ by (``_SOUND``, ``_ONSET``, loudness, length, time), a note without a partner costs 1, and the
difference is the cost of all notes of both clips over their number:

    difference = (2 * cost of pairs + notes without a partner) / notes of both

It is symmetric, 0 only for clips alike in every one of these, and 1 for clips of which no two notes pair, and since
pairs stay inside their bar it is a sum over bars. Rhythm weighs as much as pitch: a note that moved costs about what
one does that changed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from operator import attrgetter

from msgspec.structs import replace

from engine.compose.vary.grid import Grid
from engine.compose.vary.kit import family
from engine.compose.vary.touch import Bar, Place
from engine.notes import Note

__all__ = ["bars_of", "cost", "counted_from_bars", "difference", "difference_of_bars", "most", "moved", "placed"]

_LOUDNESS, _LENGTH, _TIME = 0.25, 0.15, 0.1
"""Most a pair costs for loudness, length, and time within its slot."""

_SOUND, _SOUND_FAR = 0.3, 0.3
"""A pair of two pitches costs the first, and up to the second more the farther apart they are (an octave or beyond)."""

_DRUM, _DRUM_KIN = 0.75, 0.4
"""Of two drums: of different families, and of one family (an open hi-hat for a closed one)."""

_ONSET, _ONSET_FAR = 0.3, 0.3
"""A pair at two slots costs the first, and up to the second more the farther apart they are (a beat or beyond)."""

_SLOT, _PITCH = 0, 1

_Item = tuple[Place, Note]

_IN_ORDER = attrgetter("start_time", "pitch", "duration", "velocity")


def placed(notes: Iterable[Note], grid: Grid) -> list[Bar]:
    """Sorts notes into bars as they are, times and all.

    Args:
        notes: any; those beyond the clip's ends go to its first or last slot.
        grid: the grid.

    Returns:
        One table for each bar of the clip, empty ones too.
    """
    bars: list[Bar] = [{} for _ in range(grid.bars)]
    start, step, slots, last = grid.start, grid.step, grid.slots, grid.total - 1
    for note in sorted(notes, key=_IN_ORDER):
        at = round((note.start_time - start) / step)
        number, slot = divmod(0 if at < 0 else last if at > last else at, slots)
        bar, place = bars[number], (slot, note.pitch, 0)
        while place in bar:
            place = (slot, note.pitch, place[2] + 1)
        bar[place] = note
    return bars


def bars_of(notes: Iterable[Note], grid: Grid) -> list[Bar]:
    """Sorts notes into bars, times counted from each bar's beginning; see ``placed``."""
    return counted_from_bars(placed(notes, grid), grid)


def counted_from_bars(bars: Sequence[Bar], grid: Grid) -> list[Bar]:
    """Bars whose times are those of the clip, with times counted from each bar's beginning."""
    return [
        {place: moved(note, -begin) for place, note in bar.items()} if (begin := grid.bar_start(number)) else bar
        for number, bar in enumerate(bars)
    ]


def moved(note: Note, by: float) -> Note:
    """A note some beats later."""
    return replace(note, start_time=note.start_time + by)


def difference(one: Sequence[Note], other: Sequence[Note], grid: Grid, *, drums: bool = False) -> float:
    """How different two clips are, 0..1; see the module.

    Args:
        one: notes of a clip.
        other: notes of another.
        grid: that both are laid on.
        drums: whether pitches are drums.

    Returns:
        0..1; 0 for two empty clips.
    """
    return difference_of_bars(bars_of(one, grid), bars_of(other, grid), grid.step, drums=drums)


def difference_of_bars(one: Sequence[Bar], other: Sequence[Bar], step: float, *, drums: bool) -> float:
    """How different two clips are that are sorted into bars already; see ``difference``.

    Args:
        one: bars of a clip; what times are counted from does not matter.
        other: as many of another, counted from the same.
        step: beats in a slot.
        drums: whether pitches are drums.
    """
    count = sum(map(len, one)) + sum(map(len, other))
    if not count:
        return 0.0
    return sum(cost(a, b, step, drums=drums) for a, b in zip(one, other, strict=True)) / count


def cost(one: Bar, other: Bar, step: float, *, drums: bool) -> float:
    """What two bars differ by: between 0 and the number of notes of both.

    Args:
        one: a bar.
        other: the same bar of another clip.
        step: beats in a slot.
        drums: whether pitches are drums.
    """
    if one is other:
        return 0.0
    total = 0.0
    left: list[_Item] = []
    for place, note in one.items():
        partner = other.get(place)
        if partner is note:
            continue
        if partner is None:
            left.append((place, note))
        else:
            total += 2 * _played(note, partner, step)
    if len(one) - len(left) == len(other):
        return total + len(left)
    right = [item for item in other.items() if item[0] not in one]
    if left:
        total += _pair(left, right, step, drums=drums)
    return total + len(left) + len(right)


def most(one: Bar, other: Bar) -> int:
    """What ``cost`` of two bars is at most, told at a fraction of its price.

    A note without a partner costs 1, a pair of two places no more than its two notes would, and two notes of one place
    cost 1 together when they are played as differently as can be.
    """
    alone = same = 0
    for place, note in one.items():
        partner = other.get(place)
        if partner is None:
            alone += 1
        elif partner is not note:
            same += 1
    return 2 * alone + same + len(other) - len(one)


def _played(one: Note, other: Note, step: float) -> float:
    """What two notes of one place cost for being played differently."""
    late = abs(one.start_time - other.start_time) / step
    return _shape(one, other) + (_TIME * late if late < 1.0 else _TIME)


def _pair(left: list[_Item], right: list[_Item], step: float, *, drums: bool) -> float:
    """Pairs what is left, takes the pairs out of both lists, and gives their cost."""
    total = 0.0
    for one, other in _partners(left, right, same=_SLOT, near=_PITCH):
        apart = _sound(one[0][_PITCH], other[0][_PITCH], drums=drums)
        total += 2 * min(1.0, apart + _played(one[1], other[1], step))
    for one, other in _partners(left, right, same=_PITCH, near=_SLOT):
        beats = abs(one[0][_SLOT] - other[0][_SLOT]) * step
        total += 2 * min(1.0, _ONSET + _ONSET_FAR * min(1.0, beats) + _shape(one[1], other[1]))
    return total


def _partners(left: list[_Item], right: list[_Item], *, same: int, near: int) -> list[tuple[_Item, _Item]]:
    """Pairs items alike in one part of their places, those nearest in the other part first."""
    kinds = [place[same] for place, _ in right]
    if {place[same] for place, _ in left}.isdisjoint(kinds):
        return []
    alike: dict[int, list[int]] = {}
    for j, kind in enumerate(kinds):
        alike.setdefault(kind, []).append(j)
    found = []
    for i, (place, _) in enumerate(left):
        for j in alike.get(place[same], ()):
            other = right[j][0]
            # Ordered by what both places are, whichever clip each is of: the measure is symmetric.
            both = (place, other) if place < other else (other, place)
            found.append((abs(place[near] - other[near]), both, i, j))
    found.sort()
    used_left: set[int] = set()
    used_right: set[int] = set()
    pairs = []
    for _, _, i, j in found:
        if i not in used_left and j not in used_right:
            used_left.add(i)
            used_right.add(j)
            pairs.append((left[i], right[j]))
    left[:] = [item for i, item in enumerate(left) if i not in used_left]
    right[:] = [item for j, item in enumerate(right) if j not in used_right]
    return pairs


def _sound(one: int, other: int, *, drums: bool) -> float:
    if drums:
        return _DRUM_KIN if family(one) == family(other) else _DRUM
    return _SOUND + _SOUND_FAR * min(1.0, abs(one - other) / 12.0)


def _shape(one: Note, other: Note) -> float:
    """What two notes cost for loudness and length."""
    first, second = one.duration, other.duration
    louder = abs(one.velocity - other.velocity) / 100.0
    shape = _LOUDNESS * louder if louder < 1.0 else _LOUDNESS
    if first == second:
        return shape
    return shape + _LENGTH * abs(first - second) / (first if first > second else second)
