"""When chords strike: grids of thresholds read against the Density knob.

Every sixteenth of a bar carries the Density at which it joins in, so raising the knob only
ever adds strikes. The seed picks one of a rhythm's grids and moves each threshold a
little; a phrase of four bars goes A B A C, so a groove repeats without standing still.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from functools import lru_cache
from operator import attrgetter

import msgspec
import numpy as np

from engine.compose.dice import Dice
from engine.compose.metre import groups
from engine.compose.spans import Span
from engine.compose.stock import Cells, Grid, Rhythm
from engine.notes import beats_per_bar

__all__ = ["Feel", "Strike", "strikes"]

SIXTEENTH = 0.25
_PHRASE = (0, 1, 0, 2)
_CLOSE = 1e-6
_SHORTEST = 0.05
_MOMENT = 0.125
_START = attrgetter("start")
_FULL = 0.97
"""Share of the time to the next strike of the same chord that a held chord sounds."""


class Strike(msgspec.Struct, frozen=True, gc=False):
    """One chord hit.

    Attributes:
        start: beats from the clip's start.
        duration: beats.
        span: which span's chord sounds.
        accent: velocity to add.
        step: sixteenth of the bar, counted from its start.
        late: whether it lies on an off-beat that swings.
    """

    start: float
    duration: float
    span: int
    accent: float
    step: int
    late: bool


class _Placed(msgspec.Struct, frozen=True, gc=False):
    """A strike before its length is known."""

    span: int
    step: int
    accent: float
    phrase: int


class Feel(msgspec.Struct, frozen=True):
    """How a style plays a rhythm.

    Attributes:
        subdivision: smallest note, 8 or 16.
        gate: factor on note lengths.
    """

    subdivision: int
    gate: float


def strikes(
    spans: list[Span], rhythm: Rhythm, *, density: float, metre: tuple[int, int], feel: Feel, dice: Dice
) -> list[Strike]:
    """Places the strikes of a clip.

    Args:
        spans: the harmony, in order, without gaps, from 0 to the end.
        rhythm: which grids.
        density: percent.
        metre: numerator and denominator.
        feel: how the style plays it.
        dice: of the take's seed.

    Returns:
        Strikes in order; every span and every bar sounds; none reaches past the last span.
    """
    length, bar_length = spans[-1].end, beats_per_bar(*metre)
    grid = _grid(rhythm, metre, dice)
    thresholds = _thresholds(grid, rhythm.spread, rhythm.anchor, dice)
    carry = _carries(rhythm, dice)
    shortest = _shortest(length)
    # In the shortest of bars an eighth ahead would be a chord too far.
    push = rhythm.push if bar_length >= 4 * rhythm.push else 0.0
    placed: dict[float, _Placed] = {}
    for bar in range(int(-(-(length - _CLOSE) // bar_length))):
        phrase = _PHRASE[bar % 4]
        for step, threshold in enumerate(thresholds[phrase]):
            start = bar * bar_length + step * SIXTEENTH
            if density < threshold or start > length - shortest + _CLOSE or (feel.subdivision == 8 and step % 2):
                continue
            if step == 0 and density < carry[phrase] and _goes_on(spans, start):
                continue
            accent = _accent(rhythm.accents, step, metre)
            placed[start] = _Placed(_pushed(spans, start, push), step, accent, phrase)
    if push:
        # The first chord had no bar before it to come early in.
        placed.setdefault(0.0, _Placed(0, 0, _accent(rhythm.accents, 0, metre), 0))
    _fill_spans(placed, spans, rhythm, metre)
    measured = _measured(placed, spans, rhythm, feel, dice)
    return _held(measured, (length - _CLOSE) // bar_length * bar_length, length)


def _held(hits: list[Strike], line: float, length: float) -> list[Strike]:
    """Lets the last chord ring on where the clip ends a moment after a bar line: that moment is a bar too."""
    last = hits[-1]
    if last.start < line and max(hit.start + hit.duration for hit in hits) < min(line + _MOMENT, length):
        hits[-1] = msgspec.structs.replace(last, duration=length - last.start)
    return hits


def _shortest(length: float) -> float:
    return min(_SHORTEST, length / 2)


def _grid(rhythm: Rhythm, metre: tuple[int, int], dice: Dice) -> Grid:
    if abs(beats_per_bar(*metre) - 4.0) < _CLOSE:
        return rhythm.variants[dice.index("variant", [variant.weight for variant in rhythm.variants])].steps
    return _cells(rhythm.simple, rhythm.compound, groups(*metre))


@lru_cache(maxsize=256)
def _cells(simple: Cells, compound: Cells, bar_groups: tuple[float, ...]) -> Grid:
    """Joins a bar's grid from cells, one for each pulse group."""
    grid: list[float | None] = []
    for index, group in enumerate(bar_groups):
        cells = compound if _dotted(group) else simple
        last = index == len(bar_groups) - 1
        cell = cells.first if index == 0 else cells.weak if index % 2 else cells.strong
        if last and cells.last is not None:
            cell = cells.last
        steps = max(1, round(group / SIXTEENTH))
        grid.extend(cell[step] if step < len(cell) else None for step in range(steps))
    if all(threshold is None or threshold > 0 for threshold in grid):
        # A bar of one short group may have no place of its own: its start then.
        grid[0] = 0.0
    return tuple(grid)


def _dotted(group: float) -> bool:
    return abs(group - 1.5) < _CLOSE or abs(group - 0.75) < _CLOSE


@lru_cache(maxsize=64)
def _thresholds(grid: Grid, spread: float, anchor: bool, dice: Dice) -> list[list[float]]:
    """The grid for each bar of a phrase, every threshold moved a little by the seed; 0 stays, never is infinite.

    Not to be changed, for it is kept.
    """
    phrases = max(_PHRASE) + 1
    steps = np.arange(phrases * len(grid), dtype=np.int64)
    moves = ((dice.uniforms("strike", steps) - 0.5) * spread).reshape(phrases, len(grid)).tolist()
    rows = [[_moved(base, move) for base, move in zip(grid, row, strict=True)] for row in moves]
    if anchor:
        # Where a phrase begins the listener is told where the bar is.
        rows[0][0] = 0.0
    return rows


def _moved(base: float | None, move: float) -> float:
    if base is None:
        return math.inf
    return max(1.0, min(99.5, base + move)) if base else 0.0


def _carries(rhythm: Rhythm, dice: Dice) -> list[float]:
    """For each bar of a phrase, the Density below which a chord is left sounding over the bar line."""
    if rhythm.carry == 0:
        return [0.0] * (max(_PHRASE) + 1)
    return [rhythm.carry + (dice.uniform("carry", phrase) - 0.5) * rhythm.spread for phrase in range(max(_PHRASE) + 1)]


def _goes_on(spans: list[Span], start: float) -> bool:
    """Whether the chord sounding at a bar line began before it."""
    here = _span_at(spans, start)
    if start == 0:
        return False
    return abs(spans[here].start - start) >= _CLOSE or spans[here].chord == spans[here - 1].chord


def _span_at(spans: list[Span], beat: float) -> int:
    """The span sounding at a beat; past the end, the first (a clip is a loop)."""
    if beat >= spans[-1].end - _CLOSE:
        return 0
    return max(0, bisect_right(spans, beat + _CLOSE, key=_START) - 1)


def _pushed(spans: list[Span], start: float, push: float) -> int:
    """The span a strike belongs to: the one about to begin, unless another begins right here."""
    here = _span_at(spans, start)
    return here if abs(spans[here].start - start) < _CLOSE else _span_at(spans, start + push)


@lru_cache(maxsize=1024)
def _accent(accents: tuple[float, float, float, float], step: int, metre: tuple[int, int]) -> float:
    down, beat, eighth, sixteenth = accents
    if step == 0:
        return down
    if step in _beats(groups(*metre)):
        return beat
    return eighth if step % 2 == 0 else sixteenth


@lru_cache(maxsize=256)
def _beats(bar_groups: tuple[float, ...]) -> frozenset[int]:
    """Sixteenths of the bar at which a pulse group begins."""
    return frozenset(round(sum(bar_groups[:index]) / SIXTEENTH) for index in range(len(bar_groups)))


def _fill_spans(placed: dict[float, _Placed], spans: list[Span], rhythm: Rhythm, metre: tuple[int, int]) -> None:
    """Gives every chord that would not be heard a strike of its own."""
    # A strike at the very end that belongs to the loop's next round does not fill the first chord.
    heard = {strike.span for start, strike in placed.items() if start < spans[strike.span].end}
    bar_length = beats_per_bar(*metre)
    for index, span in enumerate(spans):
        # A rhythm that lets chords carry over a bar line leaves the same chord sounding.
        carries = rhythm.carry and index > 0 and span.chord == spans[index - 1].chord
        if index in heard or carries:
            continue
        # Off the beat, where the rhythm lives there and the chord is long enough to wait for.
        place = span.start + (0.5 if rhythm.id == "offbeat" and span.duration >= 1.0 else 0.0)
        step = round((place % bar_length) / SIXTEENTH)
        phrase = _PHRASE[int((place + _CLOSE) // bar_length) % 4]
        placed[place] = _Placed(index, step, _accent(rhythm.accents, step, metre), phrase)


def _measured(placed: dict[float, _Placed], spans: list[Span], rhythm: Rhythm, feel: Feel, dice: Dice) -> list[Strike]:
    """Gives each strike its length: to the next one at most, and not into another chord."""
    length = spans[-1].end
    shortest = _shortest(length)
    starts = sorted(placed)
    ends = _chord_ends(spans)
    leans: dict[tuple[int, int], float] = {}
    out: list[Strike] = []
    for start, following in zip(starts, [*starts[1:], length], strict=True):
        strike = placed[start]
        # One struck ahead of the loop's first chord, at the very end, rings to the end.
        ahead_of_loop = strike.span == 0 and start >= spans[0].end - _CLOSE
        room = min(following, length if ahead_of_loop else ends[strike.span]) - start
        if room < shortest - _CLOSE:
            continue
        place = (strike.step, strike.phrase)
        if rhythm.gate and place not in leans:
            # Squared: mostly short, now and then long.
            leans[place] = dice.uniform("gate", *place) ** 2
        out.append(
            Strike(
                start=start,
                duration=_duration(room, rhythm, leans.get(place, 0.0), feel),
                span=strike.span,
                accent=strike.accent,
                step=strike.step,
                late=_late(start, strike.step, feel.subdivision),
            )
        )
    return out


def _duration(room: float, rhythm: Rhythm, lean: float, feel: Feel) -> float:
    """Beats a strike sounds; ``lean`` (0..1) goes from the rhythm's shortest note to its longest."""
    if rhythm.gate is None:
        return room
    short, long = rhythm.gate
    return min((short + (long - short) * lean) * feel.gate, room * _FULL)


def _late(start: float, step: int, subdivision: int) -> bool:
    on_grid = abs(start / SIXTEENTH - round(start / SIXTEENTH)) < _CLOSE
    return on_grid and (step % 4 == 2 if subdivision == 8 else step % 2 == 1)


def _chord_ends(spans: list[Span]) -> list[float]:
    """For each span, the beat at which another chord takes over: past spans of the same chord."""
    ends = [span.end for span in spans]
    for index in range(len(spans) - 2, -1, -1):
        if spans[index].chord == spans[index + 1].chord:
            ends[index] = ends[index + 1]
    return ends
