"""One bar of melody: a pure function of the seed, the bar's number, the plan and a small memory of the bars before.

The rhythm is drawn one bar ahead, since how long a note lasts, and how firmly it rests on the chord, hang on when the
next one begins.
"""

from __future__ import annotations

import itertools
from functools import lru_cache

import msgspec
import numpy as np

from engine.compose.dice import Dice
from engine.compose.melody.before import Before
from engine.compose.melody.buckets import final_of, gap_of, span_of
from engine.compose.melody.character import Character
from engine.compose.melody.counter import Line
from engine.compose.melody.form import Form, Stand, curve, height, stand
from engine.compose.melody.pitch import Moment, Table
from engine.compose.melody.rhythm import START, Odds, Onsets, Rhythm, remembered, write_rhythm
from engine.compose.melody.slots import WEAK, Bar
from engine.compose.melody.touch import Hand, duration, loudness, moved, two_bells
from engine.compose.melody.tune import SILENT, Call, Tune, sung_bar, write_pitches
from engine.compose.part.harmony import Harmony
from engine.notes import Note

__all__ = ["Memory", "Plan", "drawn_anew", "open_memory", "write_bar"]

_AHEAD = 6
"""Sixteenths under a note in which a coming chord is minded."""

_BARS_APART = 4096
"""Sixteenths between the numbers that the dice know two bars by; more than a bar has."""

_BLOCK = 16
"""Bars whose onsets are given their chances at once."""

_PHRASE = 4
"""Bars after which density gives and takes notes at the same places again."""

_BREATH = 4.0
"""Log-odds against a note where a phrase breathes."""

_MOTIF = 1.2
"""Log-weight of a motif's pitches where it is restated; the chord may still bend them."""

_SPARSE, _SPARSE_PUSH = 2, 0.7
"""Notes in two bars below which a melody is taken up again, and how readily, by the square of what is lacking."""


class Plan(msgspec.Struct, frozen=True):
    """What holds for all bars of a take.

    Attributes:
        bar: places of a bar.
        form: the phrases.
        who: the character.
        odds: of onsets. phrase: the learnt rows of a phrase (16). figure: log-odds at each sixteenth of the bar.
        table: of pitches. durations: see ``Weights``.
        harmony: the chords.
        line: a line beside, or None. above: whether the melody lies above it.
        breaths: chance that a phrase ends in silence after the first beat of its last bar.
        restate: chances that two bars take over those four before, and those two before.
        lean: readiness for tones foreign to the chord, 0 as learnt.
        level: velocity of the middle. loose: 0..1, looseness of loudness.
    """

    bar: Bar
    form: Form
    who: Character
    odds: Odds
    phrase: tuple[float, ...]
    figure: tuple[float, ...]
    table: Table
    durations: tuple[tuple[float, ...], ...]
    harmony: Harmony
    line: Line | None
    above: bool
    breaths: float
    restate: tuple[float, float]
    lean: float
    level: float
    loose: float


class Memory(msgspec.Struct, frozen=True):
    """What the next bar needs to know.

    Attributes:
        rhythm: of the bars written, this one included. onsets: of this bar, drawn one bar ahead.
        tune: pitches of the bars before. hand: touch of the last note.
        gone: sixteenths from the last note to this bar; None before the first.
    """

    rhythm: Rhythm
    onsets: Onsets
    tune: Tune
    hand: Hand
    gone: int | None


def open_memory(plan: Plan, before: Before | None, dice: Dice, first: int = 0) -> Memory:
    """The memory before the first bar.

    Args:
        plan: of the take.
        before: bars to go on from, or None.
        dice: of the take's seed.
        first: number of the bar to be written first.
    """
    rhythm, tune, gone = START, SILENT, None
    # A motif goes on in the register that was asked for.
    middle = (plan.who.low + plan.who.high) / 2
    shift = 12 * round((middle - (before.lowest + before.highest) / 2) / 12) if before else 0
    for notes in before.bars if before else ():
        struck = {step for step, _ in notes}
        rhythm = remembered(rhythm, tuple(int(step in struck) for step in range(plan.bar.steps)))
        tune = sung_bar(tune, plan.table, [(step, pitch + shift) for step, pitch in notes])
        gone = plan.bar.steps - notes[-1][0] if notes else None if gone is None else gone + plan.bar.steps
    onsets, rhythm = _rhythm(first, plan, rhythm, dice)
    return Memory(rhythm, onsets, tune, Hand(), gone)


def drawn_anew(number: int, plan: Plan, rhythm: Rhythm, memory: Memory, dice: Dice) -> Memory:
    """The memory before a bar whose rhythm another plan draws than the one that wrote the bars before.

    Args:
        number: of the bar.
        plan: that draws it.
        rhythm: of the bars before, this one not included: as in the memory before the bar before.
        memory: before the bar.
        dice: of the take's seed.
    """
    onsets, rhythm = _rhythm(number, plan, rhythm, dice)
    return msgspec.structs.replace(memory, onsets=onsets, rhythm=rhythm)


def write_bar(number: int, plan: Plan, memory: Memory, dice: Dice) -> tuple[list[Note], Memory]:
    """Writes one bar.

    Args:
        number: of the bar, 0 first.
        plan: of the take.
        memory: of the bars before.
        dice: of the take's seed.

    Returns:
        Notes in beats from the start of the first bar, in order, none reaching into the next; and the memory for the
        bar after.
    """
    following, rhythm = _rhythm(number + 1, plan, memory.rhythm, dice)
    steps = [step for step, hit in enumerate(memory.onsets) if hit]
    whole = plan.bar.steps
    next_bar = whole + (following.index(1) if 1 in following else whole)
    gaps = {step: after - step for step, after in itertools.pairwise([*steps, next_bar])}
    calls = _calls(number, plan, gaps, memory.gone, _restated(number, plan, dice))
    sung, tune = write_pitches(number, calls, memory.tune, plan.table, dice)
    hand, notes, chances = memory.hand, [], dice.row("touch", number)
    for one, gap in zip(sung, gaps.values(), strict=True):
        force, length = two_bells(chances.uniform(one.step))
        hand = moved(plan.who, hand, force)
        loud = plan.level + loudness(plan.who, plan.bar.places[one.step], one.pitch)
        loud += plan.loose * plan.who.force * hand.mood
        beats = duration(plan.who, plan.durations, gap, length)
        start = number * plan.bar.beats + one.step / 4
        notes.append(Note(one.pitch, start, beats, float(round(min(127.0, max(1.0, loud))))))
    gone = whole - steps[-1] if steps else None if memory.gone is None else memory.gone + whole
    return notes, Memory(rhythm, following, tune, hand, gone)


def _restated(number: int, plan: Plan, dice: Dice) -> int:
    """How many bars back the bar is that this one restates, 0 for none; two bars are restated together."""
    chance = dice.uniform("restate", number // 2)
    four, two = plan.restate
    if number >= 4 and chance < four:
        return 4
    return 2 if number >= 2 and chance > 1.0 - two else 0


def _rhythm(number: int, plan: Plan, rhythm: Rhythm, dice: Dice) -> tuple[Onsets, Rhythm]:
    past = rhythm.past
    back = _restated(number, plan, dice)
    if back and len(past) >= back and any(past[-back]):
        again = rhythm.sung[-back]
        return again, remembered(rhythm, past[-back], again)
    here = stand(number, plan.form)
    row = here.row * 4
    lack = _SPARSE - sum(map(sum, past[-2:])) if len(past) > 1 else 0
    lift = _SPARSE_PUSH * max(0, lack) ** 2
    breath = _BREATH if dice.uniform("breath", number) < plan.breaths * here.ends else 0.0
    bar = plan.bar
    pushes = [
        figure + plan.phrase[row + place // 4] + (lift if weight <= WEAK else 0.0) - (breath if first else 0.0)
        for figure, place, weight, first in zip(plan.figure, bar.places, bar.weights, bar.groups, strict=True)
    ]
    if plan.line is not None:
        beside = plan.line.pushes(number * plan.bar.steps, plan.bar.steps)
        pushes = [one + other for one, other in zip(pushes, beside, strict=True)]
    block, place = divmod(number, _BLOCK)
    chances = _chances(dice, block, bar.steps)[place]
    # What density gives to a bar comes again as the bars of a phrase do.
    marks = _marks(dice, bar.steps)[number % _PHRASE] if plan.odds.lift else []
    return write_rhythm(bar, plan.odds, pushes, rhythm, chances, marks=marks, firm=number % 2 == 0)


@lru_cache(maxsize=8)
def _chances(dice: Dice, block: int, steps: int) -> list[list[float]]:
    """Even numbers for the sixteenths of some bars in a row, which are drawn at once as fast as those of one."""
    bars = np.arange(block * _BLOCK, (block + 1) * _BLOCK)
    drawn: list[list[float]] = dice.uniforms("onset", np.arange(steps) + bars[:, None] * _BARS_APART).tolist()
    return drawn


@lru_cache(maxsize=8)
def _marks(dice: Dice, steps: int) -> list[list[float]]:
    """Numbers in 0..1 for the sixteenths of a phrase, in the order of the dice and evenly apart.

    Even numbers of chance leave gaps, and in a gap a knob does nothing.
    """
    drawn = dice.uniforms("full", np.arange(_PHRASE * steps))
    ranks = drawn.argsort().argsort()
    marks: list[list[float]] = ((ranks + 0.5) / len(drawn)).reshape(_PHRASE, steps).tolist()
    return marks


def _calls(number: int, plan: Plan, gaps: dict[int, int], gone: int | None, back: int) -> list[Call]:
    """The notes of a bar, each by its sixteenth with the sixteenths to the next."""
    here = stand(number, plan.form)
    first = number * plan.bar.steps
    calls = []
    last = None if gone is None else -gone
    for step, gap in gaps.items():
        moment = _moment(first + step, plan, here, gap, None if last is None else step - last)
        beside = None
        if plan.line is not None:
            then = None if last is None else first + last
            beside = plan.line.beside(first + step, then, moment.weight <= WEAK, plan.above)
        aim = round(height(plan.form, here.bar + step / plan.bar.steps) * 16)
        calls.append(Call(step, moment, aim, plan.form.pull, back, _MOTIF if back else 0.0, beside))
        last = step
    return calls


def _moment(at: int, plan: Plan, here: Stand, gap: int, before: int | None) -> Moment:
    """Where the note at a sixteenth of the take stands."""
    step = at % plan.bar.steps
    now, coming = plan.harmony.around(at / 4)
    ahead = round(coming.start * 4) - at if coming else 0
    minded = 0 < ahead < min(gap, _AHEAD)
    final = final_of(gap)
    rising = curve((here.bar + step / plan.bar.steps) / plan.form.phrase)
    return Moment(
        weight=plan.bar.weights[step],
        span=span_of(gap),
        final=final,
        gap=gap_of(before),
        chord=now.chord,
        coming=coming.chord if minded and coming else None,
        near=ahead <= 2,
        close=here.close if final else 0.0,
        lean=round(plan.lean + plan.form.tension * (0.5 + rising), 1),
    )
