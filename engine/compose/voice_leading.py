"""Chooses one voicing for each chord so that the whole goes smoothly, by dynamic programming.

The method is Viterbi's (1967): for every voicing of every chord the cheapest way to reach
it is kept, so the best of all ways is found in time linear in the number of chords. A step
costs by how far its voices move from what the Movement knob wants, by its largest leap,
and by parallel fifths and octaves. All costs are whole numbers: the same on every machine.
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from threading import Lock

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.motion import Motion, measure, motions_between
from engine.compose.voicing import MOST, Table

__all__ = ["Wish", "lead", "wish_for"]

Matrix = NDArray[np.int64]
_Numbers = tuple[int, int]
_Steps = dict[_Numbers, Matrix]
_REMEMBERED = 8
_FAR = 10**12
_BASED = 128
"""Pairs of tables of which the unmoving part of a step's cost is remembered, about 30 kB each."""
_ROWS = np.arange(MOST)
_NOISE, _NOISE_PERIOD = 260, 8
"""How much the seed sways each voicing's cost, and after how many chords it does so again."""


class Wish(msgspec.Struct, frozen=True):
    """What the Movement knob asks of every step, in whole numbers.

    Attributes:
        target: wanted mean motion per voice, thousandths of a semitone.
        still: the same for a chord that stays and is to move.
        stirred: how many of the chords that stay are to move, thousandths.
        vamp: the same in a clip that mostly stays, which would else hardly move at all.
        limit: semitones a voice may leap without extra cost.
        parallel: cost of a pair in parallel.
        own: weight of a voicing's own cost, in 280ths.
        sway: weight of the seed's say, percent.
        span: how far the middle of the chord wanders, thousandths of a semitone each way.
    """

    target: int
    still: int
    stirred: int
    vamp: int
    limit: int
    parallel: int
    own: int
    sway: int
    span: int


def wish_for(movement: float) -> Wish:
    """Turns the knob into a wish.

    Args:
        movement: percent.
    """
    wide = max(0.0, movement - 40.0) / 60.0
    return Wish(
        target=round(900 * min(movement, 40.0) / 40.0 + 2900 * wide),
        still=round(3300 + 700 * wide),
        stirred=round(1000 * max(0.0, movement - 45.0) / 55.0),
        vamp=round(10 * movement),
        limit=4 + round(8 * wide),
        parallel=round(9000 - 6000 * wide),
        own=round(40 + 6.0 * min(movement, 40.0)),
        sway=round(30 + 1.75 * min(movement, 40.0)),
        span=round(75 * min(movement, 40.0) + 6000 * wide),
    )


def lead(tables: list[Table], movement: float, previous: list[int] | None, dice: Dice) -> list[tuple[int, ...]]:
    """Chooses the voicings of a whole clip.

    Args:
        tables: one for each chord, in order; not empty.
        movement: percent; up to 40 the smoothest ways there are, above it wider ones.
        previous: pitches of the chord sounding before, to lead on from.
        dice: moves every voicing's cost a little, so that seeds differ.

    Returns:
        Pitches low to high, one tuple for each table.
    """
    wish = wish_for(movement)
    noise = _noise(dice, min(_NOISE_PERIOD, len(tables)))
    begun, slow = dice.uniform("arch"), max(_NOISE_PERIOD, len(tables))
    own = [
        _own(table, (begun + index / slow) % 1.0, noise[index % _NOISE_PERIOD], wish)
        for index, table in enumerate(tables)
    ]
    pairs = {(a.number, b.number): (a, b) for a, b in zip([tables[-1], *tables[:-1]], tables, strict=True)}
    bases = _bases_of(list(pairs.values()))
    steps = {
        pair: _step_cost(base, wish, 0 if pair[0] == pair[1] else wish.target)
        for pair, base in zip(pairs, bases, strict=True)
    }
    staying = sum(before is after for before, after in itertools.pairwise(tables))
    share = wish.vamp if 2 * staying > len(tables) else wish.stirred
    stirred = [index for index in range(len(tables)) if share and 1000 * dice.uniform("stir", index) < share]
    restless = {
        pair: _step_cost(base, wish, wish.still)
        for pair, base in zip(pairs, bases, strict=True)
        if stirred and pair[0] == pair[1]
    }
    walk = _Walk(tables, own, steps, dict.fromkeys(stirred, restless))
    path = walk.best(own[0] + _arrival(tables[0], previous, wish)) if previous else _round(walk, own[0])
    return [table.rows[row] for table, row in zip(tables, path, strict=True)]


@lru_cache(maxsize=64)
def _noise(dice: Dice, rows: int) -> Matrix:
    """The seed's say; not to be changed, for it is kept."""
    return dice.small_integers("voicing", rows, MOST, _NOISE)


def _round(walk: _Walk, start: Matrix) -> list[int]:
    """The best way that also leads from its end to its beginning, for a clip is a loop.

    When the best way stays the same with its end in view, it is kept. Otherwise a second
    beginning is tried, the one it would come back to. Trying all would cost as many walks
    as there are voicings.
    """
    once = walk.best(start)
    if len(once) == 1:
        return once
    cost, path = walk.closed(once[0], start)
    if path == once:
        return once
    back = walk.best(start + walk.step(len(once) - 1)[:, once[-1]])
    return min((cost, path), walk.closed(back[0], start), key=lambda found: found[0])[1]


class _Walk:
    """Viterbi's search over the voicings of a clip."""

    def __init__(self, tables: list[Table], own: list[Matrix], steps: _Steps, others: dict[int, _Steps]) -> None:
        self._tables, self._own, self._steps, self._others = tables, own, steps, others

    def step(self, index: int) -> Matrix:
        """Costs (to, from) from chord ``index`` to the next, the last leading to the first."""
        following = self._tables[(index + 1) % len(self._tables)]
        pair = self._tables[index].number, following.number
        other = self._others.get(index)
        return other[pair] if other and pair in other else self._steps[pair]

    def best(self, start: Matrix) -> list[int]:
        """The cheapest way, given what each voicing of the first chord costs."""
        return self._traced(*self._forward(start))

    def closed(self, row: int, start: Matrix) -> tuple[int, list[int]]:
        """The cheapest way from one voicing of the first chord back to it, and its cost."""
        total, back = self._forward(start, only=row)
        total = total + self.step(len(self._tables) - 1)[row]
        return int(total.min()), self._traced(total, back)

    def _forward(self, start: Matrix, only: int | None = None) -> tuple[Matrix, list[NDArray[np.intp]]]:
        total = start if only is None else np.full_like(start, _FAR)
        if only is not None:
            total[only] = start[only]
        back: list[NDArray[np.intp]] = []
        for index in range(1, len(self._tables)):
            arrivals = total + self.step(index - 1)
            best = arrivals.argmin(axis=1)
            back.append(best)
            total = arrivals[_ROWS[: len(best)], best] + self._own[index]
        return total, back

    @staticmethod
    def _traced(total: Matrix, back: list[NDArray[np.intp]]) -> list[int]:
        row = int(total.argmin())
        path = [row]
        for best in reversed(back):
            row = int(best[row])
            path.append(row)
        return path[::-1]


def _own(table: Table, phase: float, noise: Matrix, wish: Wish) -> Matrix:
    """What each voicing costs by itself, at a phase (0..1) of the clip's slow rise and fall."""
    cost: Matrix = (table.cost * wish.own) // 280 + noise[: len(table.cost)] * wish.sway // 100
    if wish.span:
        # One arch over the clip, begun anywhere: the line a hand follows.
        height = wish.span * (abs(phase * 4.0 - 2.0) - 1.0)
        cost += np.abs(table.mean - (table.home + round(height))) // 5
    return cost


class _Base(msgspec.Struct, frozen=True):
    """What a step costs whatever is wished, each (to, from).

    Attributes:
        mean: thousandths of a semitone per voice.
        rest: cost of moving at all, and of the highest voice.
        largest: largest move of one voice, semitones. farthest: of all of them.
        parallels: pairs of voices in parallel; None where there are none.
    """

    mean: Matrix
    rest: Matrix
    largest: Matrix
    farthest: int
    parallels: Matrix | None


_based: dict[_Numbers, _Base] = {}
_door = Lock()


def _bases_of(pairs: list[tuple[Table, Table]]) -> list[_Base]:
    """What steps cost by themselves, remembering those met before; of too many the oldest is forgotten."""
    numbers = [(before.number, after.number) for before, after in pairs]
    found = {number: base for number in numbers if (base := _based.get(number)) is not None}
    new = [index for index, number in enumerate(numbers) if number not in found]
    motions = motions_between([pairs[index] for index in new])
    with _door:
        for index, motion in zip(new, motions, strict=True):
            found[numbers[index]] = _based[numbers[index]] = _base_of(motion)
        while len(_based) > _BASED:
            del _based[next(iter(_based))]
    return [found[number] for number in numbers]


def _base_of(motion: Motion) -> _Base:
    mean, largest, parallels = (
        np.ascontiguousarray(each.T, dtype=np.int64) for each in (motion.mean, motion.largest, motion.parallels)
    )
    rest = mean // 4 + 40 * motion.top.T.astype(np.int64)
    return _Base(mean, rest, largest, int(largest.max()), parallels if parallels.any() else None)


def _step_cost(base: _Base, wish: Wish, target: int) -> Matrix:
    cost: Matrix = base.mean - target
    np.abs(cost, out=cost)
    cost += base.rest
    if base.farthest > wish.limit:
        over = np.maximum(base.largest - wish.limit, 0)
        cost += 900 * over * over
    if base.parallels is not None:
        cost += wish.parallel * base.parallels
    return cost


def _arrival(table: Table, previous: list[int], wish: Wish) -> Matrix:
    """Cost of each voicing when coming from pitches that sounded before; of many, the upper ones count."""
    rows = tuple(sorted(set(previous))[-_REMEMBERED:])
    origin = Table([(0, rows)])
    arrival: Matrix = _step_cost(_base_of(measure([(origin, table)])[0]), wish, wish.target)[:, 0]
    return arrival
