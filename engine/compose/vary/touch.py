"""How a clip is played, how far off the grid and how loudly at each place: new notes are played the same way."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable

from engine.compose.vary.grid import Grid
from engine.notes import Note

__all__ = ["Bar", "Place", "Touch"]

Place = tuple[int, int, int]
"""Slot in the bar, pitch, and how many notes of that pitch the slot held before."""

Bar = dict[Place, Note]
"""The notes of one bar by their places; start times count from the bar's beginning."""

_Example = tuple[float, float]
_Table = dict[Hashable, list[_Example]]


class Touch:
    """Examples of how the clip is played.

    A new note takes over the lateness and the loudness of one that is there: of the same lane at the same slot where
    there is one, else at a slot that divides its beat alike, else of the lane, else of anything. Swing, pushed snares,
    soft off-beats and the whole spread of a player's loudness carry over that way, without any of them being measured.

    Args:
        bars: the clip's.
        grid: its grid.
        lane: tells which lane a pitch belongs to; notes of one lane are played alike.
    """

    def __init__(self, bars: Iterable[Bar], grid: Grid, lane: Callable[[int], int]) -> None:
        self._grid, self._lane = grid, lane
        self._tables: list[_Table | None] = [None] * 5
        self._usual: dict[int, float] = {}
        self._uses: dict[int, tuple[float, ...]] = {}
        step = grid.step
        notes = [(slot, pitch, note) for bar in bars for (slot, pitch, _), note in bar.items()]
        self._slots = [slot for slot, _, _ in notes]
        self._lanes = [lane(pitch) for _, pitch, _ in notes]
        self._examples = [(note.start_time - slot * step, note.velocity) for slot, _, note in notes]
        self._lengths: dict[int, list[float]] = defaultdict(list)
        for own, (_, _, note) in zip(self._lanes, notes, strict=True):
            self._lengths[own].append(note.duration)

    def _table(self, number: int) -> _Table:
        """The examples by one kind of key, gathered when they are first asked for."""
        table = self._tables[number]
        if table is None:
            table = defaultdict(list)
            for key, example in zip(self._keys(number), self._examples, strict=True):
                table[key].append(example)
            # Kept when it is whole: who asks in another thread must not find half of it.
            self._tables[number] = table
        return table

    def _keys(self, number: int) -> Iterable[Hashable]:
        """What the examples of a table are alike in: lane and slot, lane and division, slot, lane, division."""
        if number in (0, 2):
            return zip(self._lanes, self._slots, strict=True) if number == 0 else self._slots
        if number == 3:
            return self._lanes
        divided = self._grid.divided
        divisions = [divided[slot] for slot in self._slots]
        return zip(self._lanes, divisions, strict=True) if number == 1 else divisions

    def example(self, pitch: int, slot: int, mark: float) -> _Example:
        """Lateness in beats and velocity of a new note.

        Args:
            pitch: its pitch.
            slot: where in the bar it is to be.
            mark: 0 <= x < 1, chooses among the examples.
        """
        lane = self._lane(pitch)
        examples = self._table(0).get((lane, slot))
        if examples:
            return examples[int(mark * len(examples))]
        division = self._grid.divided[slot]
        for number, key in enumerate(((lane, division), slot, lane, division), start=1):
            examples = self._table(number).get(key)
            if examples:
                late, velocity = examples[int(mark * len(examples))]
                return (late if number == 2 else self._late(number, slot, late)), velocity
        return 0.0, 80.0

    def _late(self, number: int, slot: int, own: float) -> float:
        """How late any lane plays at a slot, where the one in question does not play there: lanes swing together."""
        there = self._table(2).get(slot) or self._table(4).get(self._grid.divided[slot])
        return there[0][0] if there else own if number == 1 else 0.0

    def length(self, pitch: int) -> float:
        """Usual length of the notes of a pitch's lane, beats."""
        lane = self._lane(pitch)
        if lane not in self._usual:
            lengths = sorted(self._lengths.get(lane, ())) or [self._grid.step]
            self._usual[lane] = lengths[len(lengths) // 2]
        return self._usual[lane]

    def uses(self, lane: int) -> tuple[float, ...]:
        """Share of a lane's notes at slots that divide their beat in each way, shape (6,)."""
        if lane not in self._uses:
            table = self._table(1)
            counts = [len(table.get((lane, part), ())) for part in range(6)]
            self._uses[lane] = tuple(count / (sum(counts) or 1) for count in counts)
        return self._uses[lane]
