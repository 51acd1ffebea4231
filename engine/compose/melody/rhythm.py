"""When notes begin: one bar of sixteenths at a time, each struck or not by what songs do at such a place.

The odds of a note depend on the place in the bar, on how long ago the last notes were, and on the bars one, two and
four before: who has begun to repeat a bar tends to go on. What repetition and rests sound like was learnt; the phrase,
the knobs and the style add to the odds.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import msgspec

from engine.compose.melody.buckets import LAGS, SINCE, STREAKS, pulse_of, run_of, since_of, streak_of
from engine.compose.melody.character import Character
from engine.compose.melody.slots import AND, Bar
from engine.compose.melody.weights import RhythmWeights

__all__ = ["START", "Odds", "Rhythm", "odds_of", "remembered", "write_rhythm"]

Onsets = tuple[int, ...]

_BREATH = 6
"""Sixteenths without an onset after which what follows is a new breath."""

_LONGEST, _HOLD = 33, 6
"""Sixteenths, and onsets repeated, above which counting makes no difference."""

_SENSES = tuple(since_of(max(1, steps)) for steps in range(_LONGEST + 1))
_RUNS = tuple(3 * run_of(steps) for steps in range(_LONGEST + 1))
_LAGGED = tuple(
    tuple((which * STREAKS + streak_of(count)) * 4 for count in range(_HOLD + 1)) for which in range(len(LAGS))
)
"""Where the odds begin that belong to each of the times since the last onset, and the runs, and the repetitions."""

_FULLER = (1.8, 2.2, 3.0, 2.6)
"""What density 100 adds to the rates of a character, and 0 takes: notes come between beats before they fill these."""

_MEMORY = max(LAGS)
_RETURN = 1.2
"""How much more readily than learnt bars return to others: what is made up bar by bar has less to return to."""


class Rhythm(msgspec.Struct, frozen=True, gc=False):
    """What the next bar needs to know of those before.

    Attributes:
        past: onsets (0 or 1) of the last four bars at most, newest last.
        since: sixteenths from the last onset to the next bar's first place, 33 at most; a melody begins as after a
            rest of half a bar.
        pulse: sixteenths between the last two onsets, None where there were not two.
        run: sixteenths from the last rest to the last onset.
        streaks: for each of ``LAGS``, onsets in a row that repeated that bar.
        sung: as ``past``, with what density gave and took.
    """

    past: tuple[Onsets, ...] = ()
    since: int = 8
    pulse: int | None = None
    run: int = 0
    streaks: tuple[int, int, int] = (0, 0, 0)
    sung: tuple[Onsets, ...] = ()


START = Rhythm()


class Odds(msgspec.Struct, frozen=True, gc=False):
    """A take's odds: the learnt ones with the character's in them.

    Attributes:
        place: by place (16) and the three sixteenths before (8), the rates of the character added.
        since: by class of time since the last onset (12) and weight of the place (4).
        run, pulse: as learnt.
        lag: by bars back (3), streak (4), onset there (2), beat or off (2).
        lift: by weight of the place (4), what density adds; nothing where it is at the style's usual.
    """

    place: list[float]
    since: list[float]
    run: tuple[float, ...]
    pulse: tuple[float, ...]
    lag: list[float]
    lift: tuple[float, ...] = ()


def odds_of(learnt: RhythmWeights, who: Character, *, rests: float, back: float, full: float = 0.0) -> Odds:
    """Prepares the odds of one take.

    Args:
        learnt: the weights.
        who: the character.
        rests: -1 (no rests) to 1; 0 as learnt.
        back: how readily bars repeat others; 1 as learnt, 0 not at all.
        full: how full of notes, -1 to 1; 0 as learnt.
    """
    weight = _by_weight(learnt, who.rates)
    kinds = [_weight(place) for place in range(16)]
    place = [learnt.place[number] + weight[kinds[number // 8]] for number in range(128)]
    since = [
        learnt.since[sense * 4 + kind] + learnt.rest[sense] * who.rest - rests * _silence(sense)
        for sense in range(SINCE)
        for kind in range(4)
    ]
    lag = [
        _RETURN * back * (learnt.lag[number] + learnt.again[number // 16 * 2 + number // 2 % 2] * who.again)
        for number in range(len(learnt.lag))
    ]
    lift = tuple(full * more for more in _by_weight(learnt, _FULLER)) if full else ()
    return Odds(place, since, learnt.run, learnt.pulse, lag, lift)


def _by_weight(learnt: RhythmWeights, rates: Sequence[float]) -> list[float]:
    """What four rates do to the log-odds of an onset, by weight of the place (4)."""
    return [sum([learnt.rate[row * 4 + column] * rates[column] for column in range(4)]) for row in range(4)]


def _weight(place: int) -> int:
    return 3 if place % 2 else 2 if place % 4 else 0 if place % 8 == 0 else 1


def _silence(sense: int) -> float:
    """How strongly a wish for rests holds notes back, by class of the time since the last one."""
    return 0.15 if sense < 3 else 0.5 if sense == 3 else 1.1


class _Ear:
    """Listens to a bar as it is written."""

    __slots__ = ("olds", "paced", "pulse", "run", "since", "streaks")

    def __init__(self, rhythm: Rhythm) -> None:
        self.since, self.run, self.pulse = rhythm.since, rhythm.run, rhythm.pulse
        self.paced = pulse_of(self.pulse) * SINCE
        self.streaks = list(rhythm.streaks)
        known = len(rhythm.past)
        self.olds = [(which, rhythm.past[-lag]) for which, lag in enumerate(LAGS) if lag <= known]

    def hear(self, step: int, hit: int) -> None:
        """Takes in one sixteenth."""
        for which, old in self.olds:
            if hit != old[step]:
                self.streaks[which] = 0
            elif hit and self.streaks[which] < _HOLD:
                self.streaks[which] += 1
        if hit:
            self.run = min(_LONGEST, self.run + self.since) if self.since <= _BREATH else 0
            self.pulse, self.since = self.since, 1
            self.paced = pulse_of(self.pulse) * SINCE
            return
        if self.since < _LONGEST:
            self.since += 1
        if self.since > _BREATH:
            self.run = 0

    def memory(self, before: Rhythm, onsets: Onsets, sung: Onsets) -> Rhythm:
        """What is known after the bar."""
        past = (*before.past[-(_MEMORY - 1) :], onsets)
        first, second, third = self.streaks
        heard = (*before.sung[-(_MEMORY - 1) :], sung)
        return Rhythm(past, self.since, self.pulse, self.run, (first, second, third), heard)


def remembered(rhythm: Rhythm, onsets: Onsets, sung: Onsets | None = None) -> Rhythm:
    """The memory after a bar, however that bar was made; bars of one take are all of one length.

    Args:
        rhythm: the memory before.
        onsets: of the bar.
        sung: the same with what density gave and took; None where that was nothing.
    """
    ear = _Ear(rhythm)
    for step, hit in enumerate(onsets):
        ear.hear(step, hit)
    return ear.memory(rhythm, onsets, onsets if sung is None else sung)


def write_rhythm(
    bar: Bar,
    odds: Odds,
    pushes: list[float],
    rhythm: Rhythm,
    chances: list[float],
    *,
    marks: Sequence[float] = (),
    firm: bool = False,
) -> tuple[Onsets, Rhythm]:
    """Writes the onsets of one bar.

    What is remembered, and what the next onsets hang on, is the rhythm at the style's usual density. A higher one only
    gives notes to it and a lower one only takes some, each at a density of its own: so the knob moves as evenly as
    notes can, and what it leaves alone stays.

    Args:
        bar: its places.
        odds: of the take.
        pushes: log-odds added at each sixteenth: phrase, style, other parts.
        rhythm: memory of the bars before.
        chances: an even number 0 <= x < 1 for each sixteenth.
        marks: likewise, for what density gives and takes.
        firm: whether the bar's first onset stays at any density.

    Returns:
        Onsets that sound, 0 or 1 for each sixteenth, and the memory for the next bar.
    """
    ear = _Ear(rhythm)
    last = rhythm.past[-1] if rhythm.past else ()
    mask = sum([last[-back] << (back - 1) for back in (1, 2, 3) if len(last) >= back])
    by_place, by_since, by_run, by_pulse, by_lag = odds.place, odds.since, odds.run, odds.pulse, odds.lag
    olds, streaks, hear, exp = ear.olds, ear.streaks, ear.hear, math.exp
    onsets: list[int] = []
    sung: list[int] = []
    for step, (place, weight, push, chance) in enumerate(zip(bar.places, bar.weights, pushes, chances, strict=True)):
        since = ear.since
        sense = _SENSES[since]
        logit = push + by_place[place * 8 + mask] + by_since[sense * 4 + weight]
        logit += by_run[_RUNS[ear.run] + (0 if since < 3 else 1 if since <= 4 else 2)]
        logit += by_pulse[ear.paced + sense]
        off = weight >= AND
        for which, old in olds:
            logit += by_lag[_LAGGED[which][streaks[which]] + 2 * old[step] + off]
        hit = int(chance < 1.0 / (1.0 + exp(-logit)))
        if odds.lift:
            kept = hit and firm and 1 not in onsets
            sung.append(1 if kept else _given(hit, logit, odds.lift[weight], marks[step]))
        onsets.append(hit)
        hear(step, hit)
        mask = (mask << 1 | hit) & 7
    heard = tuple(sung) if odds.lift else tuple(onsets)
    return heard, ear.memory(rhythm, tuple(onsets), heard)


def _given(hit: int, logit: float, lift: float, mark: float) -> int:
    """Whether an onset sounds at a density that lifts its log-odds: as often as these say, and once given for good."""
    usual, now = 1.0 / (1.0 + math.exp(-logit)), 1.0 / (1.0 + math.exp(-logit - lift))
    if lift > 0:
        return int(hit or mark < (now - usual) / (1.0 - usual))
    return int(hit and mark < now / usual)
