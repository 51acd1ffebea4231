"""More music of a clip's own: its cells put together anew, and for a line new pitches on the way.

A clip is cut into cells, one for each pulse of the bar (for chords one for each part of it in which a harmony stays).
What comes next is drawn by a Markov chain of variable order over these cells: every cell that stands at the same place
of a bar may follow, and it is the likelier the longer what stood before it in the clip agrees with what stands before
it now, up to four cells back (prediction by partial matching; Cleary and Witten 1984; for music Pachet 2003). Cells
from the same bar of the phrase are likelier again, so that a motif comes back where it belongs, and so is the one that
came next in the clip.

Drums and chords keep the pitches of their cells. A line takes its rhythm from them and its pitches from the most
fitting way through the clip's own intervals that stays near the cells' pitches and joins what stands before and behind.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from msgspec.structs import replace

from engine.compose.dice import Dice
from engine.compose.vary.bars import tones_at
from engine.compose.vary.chord_edits import nearest_tone
from engine.compose.vary.harmony import Harmony, parts_of
from engine.compose.vary.material import Material
from engine.compose.vary.touch import Bar
from engine.notes import Note

__all__ = ["Cell", "Frame", "Spot", "cells_of", "grown", "spots"]

_ORDER = 4
"""Cells looked back at most."""

_ELSEWHERE_IN_BAR = 0.02
"""Weight of cells from another place of the bar: they are taken only where there are no others."""

_MOST_CELLS = 1024
"""Cells of a clip that are drawn from; of a longer one the first and the last."""

_HOLD = 0.6
"""Cost of a semitone between a note of a line and that of its cell, where nothing is to vary."""

_REACH = 3
"""Notes at either end of a line that leave its cells' pitches to meet their neighbours."""


class Spot(NamedTuple):
    """Where a cell may stand: bar, which cell of the bar, and its slots from the first up to the last."""

    bar: int
    place: int
    first: int
    until: int


class Cell(NamedTuple):
    """What stands at a spot.

    Attributes:
        spot: where in the clip.
        notes: times count from the spot's beginning.
        token: what cells are told apart by: the hits of drums, the rhythm of anything else.
    """

    spot: Spot
    notes: tuple[Note, ...]
    token: frozenset[tuple[int, int]]


def spots(material: Material, first_bar: int, until_bar: int) -> list[Spot]:
    """The spots of some bars, whole ones, in order."""
    grid = material.grid
    edges = parts_of(grid) if material.role == "chords" else grid.pulses
    ends = (*edges[1:], grid.slots)
    return [
        Spot(bar, place, first, until)
        for bar in range(first_bar, until_bar)
        for place, (first, until) in enumerate(zip(edges, ends, strict=True))
    ]


def cells_of(material: Material, bars: Sequence[Bar], places: Sequence[Spot]) -> list[Cell]:
    """Cuts cells out of bars.

    Args:
        material: the clip.
        bars: by number; times from each bar's beginning.
        places: which.
    """
    step, cells = material.grid.step, []
    for spot in places:
        here = [(slot, note) for (slot, _, _), note in bars[spot.bar].items() if spot.first <= slot < spot.until]
        begin = spot.first * step
        notes = tuple(replace(note, start_time=note.start_time - begin) for _, note in here)
        token = frozenset((slot - spot.first, note.pitch if material.drums else -1) for slot, note in here)
        cells.append(Cell(spot, notes, token))
    return cells


class Frame(NamedTuple):
    """What new music has to go with.

    Attributes:
        variation: 0..1, how freely it is made.
        before: the cells that stand before it, in order.
        harmony: for each bar its parts, where chords were given.
        last: pitch of the last note before, for a line.
        following: pitch of the first note behind, for a line.
        meets: whether a line has to meet its neighbours rather than to come again as it was.
    """

    variation: float
    before: Sequence[Cell]
    harmony: Harmony | None = None
    last: int | None = None
    following: int | None = None
    meets: bool = False


class _Chain:
    """The clip's cells, and what may follow what."""

    def __init__(self, cells: Sequence[Cell], phrase: int, variation: float) -> None:
        if len(cells) > _MOST_CELLS:
            cells = [*cells[: _MOST_CELLS // 2], *cells[-_MOST_CELLS // 2 :]]
        self._cells, self._phrase = cells, phrase
        # At 0 a long agreement is all but certain to go on, at 100 it hardly counts.
        self._base = 1.15 + 4.0 * (1.0 - variation) ** 2
        self._in_place = 1.5 + 12.0 * (1.0 - variation) ** 2
        self._going_on = 1.0 + 8.0 * (1.0 - variation) ** 2
        self._last = -2
        self._places: dict[int, list[int]] = {}
        for number, cell in enumerate(cells):
            self._places.setdefault(cell.spot.place, []).append(number)

    def next(self, spot: Spot, before: Sequence[frozenset[tuple[int, int]]], mark: float) -> Cell:
        """Draws the cell for a spot.

        Args:
            spot: where.
            before: tokens of what stands before it, the nearest last.
            mark: 0 <= x < 1.
        """
        numbers = self._places.get(spot.place) or range(len(self._cells))
        weights = [self._weight(number, spot, before) for number in numbers]
        rest, chosen = mark * sum(weights), numbers[-1]
        for number, weight in zip(numbers, weights, strict=True):
            rest -= weight
            if rest < 0:
                chosen = number
                break
        self._last = chosen
        return self._cells[chosen]

    def _weight(self, number: int, spot: Spot, before: Sequence[frozenset[tuple[int, int]]]) -> float:
        agreed = 0
        while agreed < min(_ORDER, len(before), number) and self._agrees(number, before, agreed):
            agreed += 1
        own = self._cells[number].spot
        weight = self._base**agreed
        if own.bar % self._phrase == spot.bar % self._phrase:
            weight *= self._in_place
        if number == self._last + 1:
            weight *= self._going_on
        return weight if own.place == spot.place else weight * _ELSEWHERE_IN_BAR

    def _agrees(self, number: int, before: Sequence[frozenset[tuple[int, int]]], back: int) -> bool:
        return self._cells[number - 1 - back].token == before[-1 - back]


def grown(
    material: Material,
    cells: Sequence[Cell],
    places: Sequence[Spot],
    dice: Dice,
    frame: Frame,
) -> list[Note]:
    """Fills spots with music of the clip's own.

    Args:
        material: the clip.
        cells: to draw from, in order; at least one.
        places: the spots to fill, in order; at least one.
        dice: of the take.
        frame: what it has to go with.

    Returns:
        The notes, times from the clip's first bar.
    """
    chain, grid = _Chain(cells, material.phrase, frame.variation), material.grid
    tokens = [cell.token for cell in frame.before[-_ORDER:]]
    out: list[Note] = []
    for number, spot in enumerate(places):
        cell = chain.next(spot, tokens, dice.uniform("cell", number))
        tokens = [*tokens[-_ORDER + 1 :], cell.token]
        begin = spot.bar * grid.bar + spot.first * grid.step
        room = (spot.until - spot.first) * grid.step
        out.extend(
            replace(note, start_time=begin + note.start_time) for note in cell.notes if note.start_time < room - 0.05
        )
    out.sort(key=lambda note: (note.start_time, note.pitch))
    if material.drums or not out:
        return out
    if material.role == "chords":
        return _harmonised(material, out, frame.harmony) if frame.harmony else out
    return _line(material, out, dice, frame)


def _tones(material: Material, harmony: Harmony | None, note: Note) -> frozenset[int]:
    if harmony is None:
        return frozenset()
    bar, inside = divmod(max(0.0, note.start_time) + material.grid.step / 2, material.grid.bar)
    return tones_at(harmony[min(int(bar), len(harmony) - 1)], int(inside / material.grid.step))


def _harmonised(material: Material, notes: list[Note], harmony: Harmony) -> list[Note]:
    """Every note on the nearest tone of the chord that is given there; notes struck together stay different."""
    made: list[Note] = []
    for note in notes:
        tones = _tones(material, harmony, note)
        taken = {other.pitch for other in made[-12:] if other.end_time > note.start_time + 0.05}
        made.append(replace(note, pitch=nearest_tone(note.pitch, tones, taken)) if tones else note)
    return made


def _line(material: Material, notes: list[Note], dice: Dice, frame: Frame) -> list[Note]:
    """New pitches for a line, near those its cells had."""
    model, grid = material.line, material.grid
    # At 0 its cells' pitches all but stay; the freer it is, the more its own intervals and chance say.
    hold, freedom = _HOLD * (1.02 - frame.variation) ** 2, 0.15 + 4.0 * frame.variation
    rows = []
    for number, note in enumerate(notes):
        # The nearer a neighbour that is to be met, the freer; beyond a fourth one far pitch is as far as another.
        ends = min(number, len(notes) - 1 - number) if frame.meets else _REACH
        row = hold * min(1.0, (ends + 0.4) / _REACH) * np.minimum(np.abs(model.ladder - note.pitch), 5)
        tones = _tones(material, frame.harmony, note)
        if tones:
            slot = round(note.start_time / grid.step) % grid.slots
            row = row + (0.5 + 3.0 * grid.strength[slot]) * model.outside(tones)
        rows.append(row)
    pitches = model.way(np.array(rows), dice, before=frame.last, after=frame.following, freedom=min(1.0, freedom))
    return [replace(note, pitch=pitch) for note, pitch in zip(notes, pitches, strict=True)]
