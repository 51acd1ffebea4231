"""What ``play`` does with numpy, done number by number, for a handful of notes.

numpy's price is paid for each call, hardly for what is in it: of the few notes in which a bar steered by macros is
played at a time it is most of what they cost. So the same sums stand here once more, in the same order and rounded
alike: what comes out is the same to the last bit, which ``tests/engine/compose/feel/test_few.py`` watches.
"""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left, bisect_right
from functools import lru_cache

from engine.compose.feel.replay import JOINED
from engine.compose.feel.room import FARTHEST, ROOM, ROUNDS, SMEAR_MS, grouped, wide_of
from engine.compose.feel.swing import bends

__all__ = ["few_ends", "few_moved", "few_swung", "rounded"]

Row = list[float]


def rounded(value: float, scale: float) -> float:
    """A number to some decimals, as numpy rounds.

    Args:
        value: any.
        scale: 10 to the power of the decimals.
    """
    found = round(value * scale) / scale
    # Of nothing the sign is kept too.
    return found or math.copysign(0.0, value)


def few_swung(times: Row, swing: float, grid: int, metre: tuple[int, int]) -> Row:
    """``swing.swung`` of a row."""
    if swing <= 0:
        return times
    bar, straight, bent = _bent(swing, grid, metre)
    last = len(straight) - 1
    out = []
    for time in times:
        first = math.floor(time / bar + 1e-9) * bar
        inside = time - first
        place = bisect_right(straight, inside) - 1
        if place < 0:
            out.append(first + bent[0])
        elif place >= last or inside == straight[place]:
            out.append(first + bent[min(place, last)])
        else:
            slope = (bent[place + 1] - bent[place]) / (straight[place + 1] - straight[place])
            out.append(first + (slope * (inside - straight[place]) + bent[place]))
    return out


@lru_cache(maxsize=256)
def _bent(swing: float, grid: int, metre: tuple[int, int]) -> tuple[float, Row, Row]:
    bar, straight, late = bends(grid, metre)
    return bar, straight.tolist(), (straight + swing * late).tolist()


def few_moved(starts: Row, moves: Row, pitches: list[int], length: float, beats_per_ms: float) -> Row:
    """``room.moved`` of a row."""
    inside = [0 <= start < length for start in starts]
    wish = [min(max(move, -FARTHEST), FARTHEST) if here else 0.0 for move, here in zip(moves, inside, strict=True)]
    order = sorted(range(len(starts)), key=lambda index: (starts[index], pitches[index]))
    group = grouped(
        order, [starts[index] for index in order], [pitches[index] for index in order], wide_of(beats_per_ms)
    )
    if group[order[-1]] + 1 < len(starts):
        wish = _squeezed(starts, wish, group, SMEAR_MS * beats_per_ms)
    wish = [
        min(max(move, -start), max(0.0, length - ROOM - start)) if here else 0.0
        for move, start, here in zip(wish, starts, inside, strict=True)
    ]
    if len(set(pitches)) < len(pitches):
        wish = _apart(starts, wish, pitches, group)
    return [
        max(0.0, rounded(start + move, 1e6)) if here else start
        for start, move, here in zip(starts, wish, inside, strict=True)
    ]


def _squeezed(starts: Row, moves: Row, group: list[int], smear: float) -> Row:
    count = max(group) + 1
    written, wanted = _width(starts, group, count), _width(moves, group, count)
    total, many = [0.0] * count, [0] * count
    for which, move in zip(group, moves, strict=True):
        total[which] += move
        many[which] += 1
    mean = [one / number for one, number in zip(total, many, strict=True)]
    share = [min((max(smear, had) - had) / max(would, 1e-9), 1.0) for had, would in zip(written, wanted, strict=True)]
    return [mean[which] + (move - mean[which]) * share[which] for which, move in zip(group, moves, strict=True)]


def _width(values: Row, group: list[int], count: int) -> Row:
    high, low = [-math.inf] * count, [math.inf] * count
    for which, value in zip(group, values, strict=True):
        high[which] = max(high[which], value)
        low[which] = min(low[which], value)
    return [most - least for most, least in zip(high, low, strict=True)]


def _apart(starts: Row, moves: Row, pitches: list[int], group: list[int]) -> Row:
    order = sorted(range(len(starts)), key=lambda index: (pitches[index], starts[index]))
    pairs = [
        (left, right, starts[right] - starts[left])
        for left, right in itertools.pairwise(order)
        if pitches[left] == pitches[right]
    ]
    for _ in range(ROUNDS):
        held = [1.0] * (max(group) + 1)
        wrong = False
        for left, right, gap in pairs:
            least, nearer = min(ROOM, gap), moves[left] - moves[right]
            if gap - nearer < least - 1e-9:
                wrong = True
                share = (gap - least) / max(nearer, 1e-12)
                held[group[left]] = min(held[group[left]], share)
                held[group[right]] = min(held[group[right]], share)
        if not wrong:
            return moves
        moves = [move * min(max(held[which], 0.0), 1.0) for move, which in zip(moves, group, strict=True)]
    free = [math.inf] * (max(group) + 1)
    for left, right, gap in pairs:
        half = (gap - min(ROOM, gap)) / 2
        free[group[left]] = min(free[group[left]], half)
        free[group[right]] = min(free[group[right]], half)
    return [min(max(move, -free[which]), free[which]) for move, which in zip(moves, group, strict=True)]


def few_ends(before: Row, ends: Row, starts: Row, length: float) -> Row:
    """``replay.ends_of`` of a row."""
    moves = [now - then for now, then in zip(starts, before, strict=True)]
    total: dict[float, float] = {}
    many: dict[float, int] = {}
    for start, move in zip(before, moves, strict=True):
        place = rounded(start, 1e4)
        total[place] = total.get(place, 0.0) + move
        many[place] = many.get(place, 0) + 1
    places = sorted(total)
    out = []
    for end, move in zip(ends, moves, strict=True):
        near = places[min(bisect_left(places, end - JOINED), len(places) - 1)]
        new = end + (total[near] / many[near] if abs(near - end) <= JOINED else move)
        out.append(length if abs(end - length) < JOINED else min(new, max(end, length)))
    return out
