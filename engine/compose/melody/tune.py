"""The pitches of one bar, note after note, and what the next bar has to know of them."""

from __future__ import annotations

import itertools
import math

import msgspec

from engine.compose.dice import Dice
from engine.compose.melody import buckets as of
from engine.compose.melody.counter import Beside
from engine.compose.melody.pitch import OUTSIDE, Moment, Table, steps

__all__ = ["SILENT", "Call", "Sung", "Tune", "sung_bar", "write_pitches"]

FAR = OUTSIDE * 2
"""Log-weight of pitches more than an octave away."""

_MEMORY = max(of.LAGS)
_WIDE = 8
"""Semitones of a leap after which the melody turns back, or goes on by less than a fourth."""


class Sung(msgspec.Struct, frozen=True, gc=False):
    """One note of a bar: its sixteenth, its pitch, and the interval that led to it (None for the first of all)."""

    step: int
    pitch: int
    interval: int | None


Bar = tuple[Sung, ...]


class Tune(msgspec.Struct, frozen=True, gc=False):
    """What the next bar needs to know of the pitches before.

    Attributes:
        past: the last four bars at most, newest last.
        last: the last 24 pitches at most, newest last.
        same: for each of ``LAGS``, pitches in a row that stood in that bar too. moved: likewise intervals.
    """

    past: tuple[Bar, ...] = ()
    last: tuple[int, ...] = ()
    same: tuple[int, int, int] = (0, 0, 0)
    moved: tuple[int, int, int] = (0, 0, 0)


SILENT = Tune()


class Call(msgspec.Struct, frozen=True, gc=False):
    """One note to be sung.

    Attributes:
        step: its sixteenth in the bar.
        moment: where it stands.
        aim: height it is drawn to, sixteenths of the range. pull: how strongly.
        back: how many bars back the bar is that is restated, 0 for none. motif: log-weight added to its pitch here.
        beside: another line that sounds here, or None.
    """

    step: int
    moment: Moment
    aim: int
    pull: float
    back: int = 0
    motif: float = 0.0
    beside: Beside | None = None


class _Voice:
    """Sings a bar."""

    def __init__(self, tune: Tune, table: Table) -> None:
        self.table, self.low = table, table.who.low
        self.last = list(tune.last)
        self.moves = [b - a for a, b in itertools.pairwise(self.last)]
        self.same, self.moved = list(tune.same), list(tune.moved)
        known = len(tune.past)
        self.olds = [
            (which, {sung.step: sung for sung in tune.past[-lag]}) for which, lag in enumerate(of.LAGS) if lag <= known
        ]

    def logits(self, call: Call) -> list[float]:
        """Log-weights of the pitches from the lowest up."""
        tones, hits = self.table.tones(call.moment)
        heights = self.table.heights(call.aim, call.pull)
        turn = self.low % 12
        around = (tones[turn:] + tones[:turn]) * (len(heights) // 12 + 1)
        if self.last:
            onto = (hits[turn:] + hits[:turn]) * (len(heights) // 12 + 1)
            out = self._stepwise(call, heights, around, onto)
        else:
            middle = (len(heights) - 1) / 2
            out = [
                height + tone - 4.0 * ((place - middle) / middle) ** 2
                for place, (height, tone) in enumerate(zip(heights, around, strict=False))
            ]
        if call.beside is not None:
            others = call.beside.weights(self.last[-1] if self.last else None, self.low, len(out))
            out = [one + other for one, other in zip(out, others, strict=True)]
        return out

    def _stepwise(self, call: Call, heights: list[float], tones: list[float], hits: tuple[int, ...]) -> list[float]:
        # Bars that came before may have ended outside the range: then the nearest way in.
        here = min(max(self.last[-1] - self.low, -6), len(heights) + 5)
        moves, moment = self.moves, call.moment
        motion = of.motion_of(moves[-1] if moves else None)
        other = of.direction(moves[-2]) if len(moves) > 1 else 1
        off, on = steps(motion, other, moment.gap, moment.weight)
        # Places of the range within an octave of the pitch before, and where these lie among the 25 intervals.
        first, last = max(0, here - 12), min(len(heights), here + 13)
        skip = first - here + 12
        out = [FAR] * first
        out += [
            height + tone + size + (ons if hit else offs)
            for height, tone, hit, size, ons, offs in zip(
                heights[first:last],
                tones[first:last],
                hits[first:last],
                self.table.sizes[skip:],
                on[skip:],
                off[skip:],
                strict=False,
            )
        ]
        out += [FAR] * (len(heights) - len(out))
        self._returns(out, motion)
        self._recalls(out)
        self._repeats(out, call)
        self._recovers(out)
        return out

    def _recovers(self, out: list[float]) -> None:
        """After a wide leap the melody turns back, or goes on by less than a fourth."""
        if self.moves and abs(self.moves[-1]) >= _WIDE:
            here = self.last[-1] - self.low
            onward = range(here + 5, here + 13) if self.moves[-1] > 0 else range(here - 12, here - 4)
            for place in onward:
                if 0 <= place < len(out):
                    out[place] += OUTSIDE / 2

    def _returns(self, out: list[float], motion: int) -> None:
        """Back to the pitch before the last, or the one before that."""
        back = self.table.learnt.back
        for place in (0, 1):
            if len(self.last) > place + 1:
                pitch = self.last[-2 - place]
                if 0 <= pitch - self.low < len(out):
                    out[pitch - self.low] += back[place * of.MOTIONS + motion]

    def _recalls(self, out: list[float]) -> None:
        """What followed when the last intervals were heard before."""
        before = self.last[-1]
        for order, interval in enumerate(of.expected(self.moves)):
            if interval is not None and 0 <= (place := before + interval - self.low) < len(out):
                out[place] += self.table.grams[order]

    def _repeats(self, out: list[float], call: Call) -> None:
        """What stood at this place one, two and four bars ago."""
        table, before = self.table, self.last[-1]
        for which, old in self.olds:
            sung = old.get(call.step)
            if sung is None:
                continue
            place = sung.pitch - self.low
            if 0 <= place < len(out):
                held = of.streak_of(self.same[which])
                out[place] += table.lag_pitch[which * of.STREAKS + held] + call.motif * (of.LAGS[which] == call.back)
            if sung.interval is not None and 0 <= (place := before + sung.interval - self.low) < len(out):
                held = of.streak_of(self.moved[which])
                out[place] += table.lag_interval[which * of.STREAKS + held]

    def sing(self, step: int, pitch: int) -> Sung:
        """Takes in a pitch."""
        interval = pitch - self.last[-1] if self.last else None
        for which, old in self.olds:
            sung = old.get(step)
            if sung is None:
                self.same[which] //= 2
                self.moved[which] //= 2
                continue
            self.same[which] = self.same[which] + 1 if sung.pitch == pitch else 0
            again = sung.interval is not None and sung.interval == interval
            self.moved[which] = self.moved[which] + 1 if again else 0
        if interval is not None:
            self.moves = [*self.moves[-(of.RECALL - 2) :], interval]
        self.last = [*self.last[-(of.RECALL - 1) :], pitch]
        return Sung(step, pitch, interval)

    def memory(self, before: Tune, bar: Bar) -> Tune:
        """What is known after the bar."""
        past = (*before.past[-(_MEMORY - 1) :], bar)
        (a, b, c), (d, e, f) = self.same, self.moved
        return Tune(past, tuple(self.last), (a, b, c), (d, e, f))


def write_pitches(number: int, calls: list[Call], tune: Tune, table: Table, dice: Dice) -> tuple[Bar, Tune]:
    """Draws the pitches of one bar.

    Args:
        number: of the bar, 0 first.
        calls: its notes in order.
        tune: memory of the bars before.
        table: of the take.
        dice: of the take's seed.

    Returns:
        The notes, and the memory for the next bar.
    """
    voice, chances = _Voice(tune, table), dice.row("pitch", number)
    bar = tuple(
        [voice.sing(call.step, voice.low + _drawn(voice.logits(call), chances.uniform(call.step))) for call in calls]
    )
    return bar, voice.memory(tune, bar)


def sung_bar(tune: Tune, table: Table, notes: list[tuple[int, int]]) -> Tune:
    """The memory after a bar that was there already.

    Args:
        tune: memory of the bars before.
        table: of the take.
        notes: sixteenth and pitch of each note, in order.
    """
    voice = _Voice(tune, table)
    bar = tuple(voice.sing(step, pitch) for step, pitch in notes)
    return voice.memory(tune, bar)


def _drawn(logits: list[float], chance: float) -> int:
    """Draws a position from log-weights."""
    top, exp = max(logits), math.exp
    least = top - 30
    shares = [exp(logit - top) if logit > least else 0.0 for logit in logits]
    mark = chance * sum(shares)
    for number, share in enumerate(shares):
        mark -= share
        if mark < 0:
            return number
    return logits.index(top)
