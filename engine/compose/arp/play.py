"""Plays an arpeggio bar by bar: each a function of its number, what is held in it, and a word from the bar before."""

from __future__ import annotations

import math

import msgspec

from engine.compose.arp.figures import HIGHEST, cycle_length, spread, step_pitches
from engine.compose.arp.grips import Grip
from engine.compose.arp.shelf import Accents, StepRhythm
from engine.compose.arp.steps import USUAL, accent_level, hit, threshold
from engine.compose.dice import Dice
from engine.notes import Note

__all__ = ["Carry", "Manner", "play_bar"]

_CLOSE = 1e-6
_TICKS = 960
_STUB = 0.2
"""Share of a step below which what a chord's end leaves of it is not struck."""

_FASTEST_RATCHET = 0.03
"""Beats between strikes of a ratchet at least."""

_SHORTEST = 0.03
"""Beats of the shortest note, however low the gate."""

_ACCENT = 34.0
"""Velocity an accent adds, or its absence takes, at full depth."""

_PHRASE = (0.35, 0.5, 0.35, 0.9)
"""How readily each bar of a phrase takes other notes than the figure says, at full variation."""

_AGAIN, _AGAIN_LAST = 0.76, 0.94
"""Share of the velocity that the second and the last strike of a ratchet have."""


class Manner(msgspec.Struct, frozen=True):
    """How an arpeggio is played: the request with everything decided.

    Attributes:
        figure, octaves, rhythm, accents: in use.
        step: beats from step to step.
        gate, density, accent_depth, ratchets, rests, variation: percent.
        velocity: middle loudness.
        ratchet_count: strikes of a ratchet.
        restart: "chord", "bar" or "never".
        metre: numerator and denominator. bar: beats of a bar.
        joins: for each step of a bar, which of equal steps goes first; 0..1.
        dice: of the take's seed.
    """

    figure: str
    octaves: int
    rhythm: StepRhythm
    accents: Accents
    step: float
    gate: float
    density: float
    accent_depth: float
    ratchets: float
    rests: float
    variation: float
    velocity: float
    ratchet_count: int
    restart: str
    metre: tuple[int, int]
    bar: float
    joins: tuple[float, ...]
    dice: Dice


class Carry(msgspec.Struct, frozen=True):
    """What a bar tells the next.

    Attributes:
        origin: beat at which the steps began anew last.
        number: steps of the rhythm since then.
    """

    origin: float = 0.0
    number: int = 0


class _Step(msgspec.Struct, frozen=True, gc=False):
    """One step: where it lies, how long it is at most, and which of the figure's it is."""

    start: float
    room: float
    slot: int
    number: int
    origin: float


def play_bar(bar: int, grips: list[Grip], manner: Manner, carry: Carry) -> tuple[list[Note], Carry]:
    """Plays one bar.

    Args:
        bar: its number, 0 first.
        grips: what is held in it, in order; a grip may have begun before and may last beyond.
        manner: how to play.
        carry: from the bar before; a new one for the first.

    Returns:
        Notes on the grid, by start, which may ring beyond the bar but not beyond their grip; and what the next bar
        has to know.
    """
    first, last = bar * manner.bar, (bar + 1) * manner.bar
    if manner.restart == "bar":
        carry = Carry(first)
    notes: list[Note] = []
    for grip in grips:
        if manner.restart == "chord" and grip.start >= first - _CLOSE:
            carry = Carry(grip.start)
        steps, carry = _steps(grip, (first, last), manner, carry)
        for step in steps:
            notes.extend(_struck(step, grip, bar, first, manner))
    return notes, carry


def _steps(grip: Grip, edges: tuple[float, float], manner: Manner, carry: Carry) -> tuple[list[_Step], Carry]:
    """The steps of one grip that begin within the edges of a bar, thinned to those that sound."""
    begin, end = max(grip.start, edges[0]), min(grip.end, edges[1])
    # Where steps begin anew the one before is cut short, and left out when next to nothing remains.
    cut = edges[1] if manner.restart == "bar" else math.inf
    count = math.ceil((begin - carry.origin) / manner.step - _CLOSE)
    number, usual = carry.number, manner.density == USUAL
    steps: list[_Step] = []
    while (start := carry.origin + count * manner.step) < end - _CLOSE:
        count += 1
        room = min(manner.step, min(grip.end, cut) - start)
        slot = int((start - edges[0]) / manner.step + _CLOSE)
        if room < _STUB * manner.step and start > grip.start + _CLOSE:
            continue
        own = hit(manner.rhythm, slot)
        # A step that only a high Density lets in says again what the one before it said.
        said = number if own else max(0, number - 1)
        number += own
        if (own if usual else _dense_enough(slot, start - edges[0], manner)) and _stays(start, manner):
            steps.append(_Step(start, room, slot, said, carry.origin))
    return steps, Carry(carry.origin, number)


def _stays(start: float, manner: Manner) -> bool:
    """Whether no rest takes a step's place."""
    # The very first step stays, so that no clip is empty.
    if not manner.rests or start < (manner.rhythm.steps.index("x") + 0.5) * manner.step:
        return True
    return 100.0 * manner.dice.uniform("rest", _tick(start)) >= manner.rests


def _dense_enough(slot: int, place: float, manner: Manner) -> bool:
    return manner.density >= threshold(manner.rhythm, slot, place, manner.metre, manner.joins)


def _tick(beat: float) -> int:
    return round(beat * _TICKS)


def _struck(step: _Step, grip: Grip, bar: int, first: float, manner: Manner) -> list[Note]:
    pitches = _pitches(step, grip, bar, manner)
    turn = step.number
    if manner.accents.unit == "cycle":
        turn %= cycle_length(manner.figure, grip.held, manner.octaves)
    level = accent_level(manner.accents, step.slot, step.start - first, manner.metre, turn=turn)
    loud = manner.velocity + _ACCENT * manner.accent_depth / 100.0 * (2.0 * level - 1.0)
    strikes = _strikes(step, manner) if manner.ratchets else 1
    apart = step.room / strikes
    # Legato may ring into the next step, never into another chord.
    length = max(_SHORTEST, manner.gate / 100.0 * apart)
    notes: list[Note] = []
    for strike in range(strikes):
        start = step.start + strike * apart
        velocity = round(max(1.0, min(127.0, loud * _fade(strike, strikes))), 1)
        lasts = min(length, grip.end - start)
        notes += [Note(pitch, start, lasts, velocity) for pitch in pitches]
    return notes


def _strikes(step: _Step, manner: Manner) -> int:
    if 100.0 * manner.dice.uniform("ratchet", _tick(step.start)) >= manner.ratchets:
        return 1
    return max(1, min(manner.ratchet_count, int(step.room / _FASTEST_RATCHET)))


def _fade(strike: int, strikes: int) -> float:
    """The strikes of a ratchet fall back and come up again towards the next step."""
    if strike == 0:
        return 1.0
    return _AGAIN if strikes == 2 else _AGAIN + (_AGAIN_LAST - _AGAIN) * (strike - 1) / (strikes - 2)


def _pitches(step: _Step, grip: Grip, bar: int, manner: Manner) -> tuple[int, ...]:
    where = _tick(step.origin)
    said = step_pitches(manner.figure, grip.held, manner.octaves, step.number, dice=manner.dice, where=where)
    if manner.variation <= 0:
        return said
    tick = _tick(step.start)
    if manner.dice.uniform("vary", tick) >= manner.variation / 100.0 * _PHRASE[bar % 4]:
        return said
    if len(said) > 1:
        up = tuple(pitch + 12 for pitch in said)
        return up if up[-1] <= HIGHEST else said
    others = [pitch for pitch in spread(grip.held, manner.octaves) if pitch != said[0]]
    if not others:
        return (said[0] + 12,) if said[0] + 12 <= HIGHEST else said
    return (others[int(len(others) * manner.dice.uniform("instead", tick))],)
