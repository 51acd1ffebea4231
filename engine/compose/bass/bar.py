"""One bar of bass, from its number, the plan and what the line played before: the whole is a loop over bars."""

from __future__ import annotations

import msgspec

from engine.compose.bass.plan import SIXTEENTH, Plan, evenly, of_own
from engine.compose.bass.stroke import Stroke
from engine.compose.bass.strokes import strokes
from engine.compose.bass.tones import approach, home, pitch_of, spelled, steps_below
from engine.compose.bass.walk_model import Character
from engine.compose.bass.walking import walked
from engine.notes import Note

__all__ = ["NOTHING_YET", "Carry", "play_bar"]

_CLOSE = 1e-6
_MEMORY = 16
_OVERLAP = 0.1
"""Beats a sliding note lasts into the next one: enough for a mono instrument to take it as legato, too short to hear
where it is not one."""

_REACH = 1.0
"""Beats that may lie between a sliding note and the next one."""

_BEAT, _SOON = 1.0, 1.5
"""Beats that a note may sound, and that may pass until the next, for it to lead into that one."""


class Carry(msgspec.Struct, frozen=True, gc=False):
    """What a bar needs to know of those before it.

    Attributes:
        past: the last pitches played, at most sixteen, without muted ones.
        before: how many of them stood in the bar before.
        last: beat on which the last of them began; before the first, a beat before the start.
    """

    past: tuple[int, ...] = ()
    before: int = 0
    last: float = -1.0


NOTHING_YET = Carry()


class _Place(msgspec.Struct, frozen=True, gc=False):
    """Where a pitch is wanted: its stroke, from which beat to the line's next, and what lies behind it."""

    bar: int
    stroke: Stroke
    start: float
    until: float
    begins: bool
    lag: int


def play_bar(bar: int, plan: Plan, character: Character, carry: Carry) -> tuple[list[Note], Carry]:
    """Writes one bar.

    Args:
        bar: its number, 0 first.
        plan: what the line is made from.
        character: of the walking line; other lines do not look at it.
        carry: from the bar before, or ``NOTHING_YET``.

    Returns:
        Notes on the grid with musical loudness, in order, a note at most sliding into the next; and what the next bar
        is to be given.
    """
    row = strokes(bar, plan)
    upcoming = _following(bar, row, plan)
    past, sounded, last = list(carry.past), 0, carry.last
    notes: list[Note] = []
    for stroke, (after, next_of_line) in zip(row, upcoming, strict=True):
        start = bar * plan.metre.bar + stroke.step * SIXTEENTH
        until = min(bar * plan.metre.bar + after * SIXTEENTH, plan.length)
        if stroke.ghost:
            pitch = past[-1] if past else home(plan.changes.at(start).bass, plan.style.low)
        else:
            lag = carry.before if carry.before <= len(past) else 0
            begins = plan.changes.at(start).start > last + _CLOSE
            pitch = _pitched(
                _Place(bar, stroke, start, bar * plan.metre.bar + next_of_line * SIXTEENTH, begins, lag),
                plan,
                past,
                character,
            )
            past.append(pitch)
            sounded, last = sounded + 1, start
        _join(notes, pitch, plan, start)
        notes.append(_written(stroke, pitch, start, until, plan))
        _slide(notes, stroke, until, bar, plan)
    return notes, Carry(tuple(past[-_MEMORY:]), sounded, last)


def _following(bar: int, row: list[Stroke], plan: Plan) -> list[tuple[float, float]]:
    """For every stroke the steps of the next one, and of the next that is not muted.

    The first of the next bar counts: its rhythm does not hang on what came before.
    """
    whole = plan.metre.bar / SIXTEENTH
    ahead = strokes(bar + 1, plan)
    after = ahead[0].step + whole
    sounds = next((stroke.step for stroke in ahead if not stroke.ghost), 0.0) + whole
    out = []
    for stroke in reversed(row):
        out.append((after, sounds))
        after = stroke.step
        sounds = sounds if stroke.ghost else stroke.step
    return out[::-1]


def _pitched(place: _Place, plan: Plan, past: list[int], character: Character) -> int:
    bar, stroke, start, until, begins = place.bar, place.stroke, place.start, place.until, place.begins
    here = plan.changes.at(start)
    if plan.style.line == "walk":
        mark = plan.dice.uniform("walk", bar, int(stroke.step * 12))
        upto = max(SIXTEENTH, _pulse_after(stroke.step, plan))
        return walked(plan, start, past, character, begins=begins, upto=upto, lag=place.lag, mark=mark)
    target = plan.changes.at(until if until < plan.length - _CLOSE else 0.0)
    low, high = plan.style.low, plan.style.high
    if begins:
        return pitch_of("1", here, plan.changes.scale, low, high)
    tone = _tone(stroke, plan)
    leads = target is not here
    if leads and _short(stroke, until - start) and _approaches(bar, stroke, plan):
        way = plan.dice.index(f"way {bar}", list(plan.style.approach.ways.values()))
        name = list(plan.style.approach.ways)[way]
        return approach(name, home(target.bass, low), home(here.bass, low), plan.changes, high)
    if tone[0] == "s":
        goal = plan.changes.at((bar + 1) * plan.metre.bar)
        rising = goal is here or home(here.bass, low) < home(goal.bass, low)
        return steps_below(home(goal.bass, low), int(tone[1:]), plan.changes, rising=rising)
    return pitch_of(tone, here, plan.changes.scale, low, high)


def _pulse_after(step: float, plan: Plan) -> float:
    """Beats from a stroke to the next pulse."""
    pulses = [*plan.metre.pulses, plan.metre.steps]
    return (next(pulse for pulse in pulses if pulse > step + _CLOSE) - step) * SIXTEENTH


def _tone(stroke: Stroke, plan: Plan) -> str:
    """The tone that the Complexity has reached."""
    reached = [tone for tone, least in spelled(stroke.tones) if plan.request.complexity >= least]
    return reached[-1]


def _short(stroke: Stroke, room: float) -> bool:
    """Whether a note may lead: it is not held for longer than a beat, and what it leads to follows soon."""
    sounds = min(room, stroke.length * SIXTEENTH or room)
    return sounds <= _BEAT + _CLOSE and room <= _SOON + _CLOSE


def _approaches(bar: int, stroke: Stroke, plan: Plan) -> bool:
    amount = of_own(plan.request.movement, plan.style.approach.amount)
    return evenly(plan.dice, "approach", bar, stroke.step) < amount


def _written(stroke: Stroke, pitch: int, start: float, until: float, plan: Plan) -> Note:
    """The note with its length and loudness."""
    room = until - start
    length = stroke.length * SIXTEENTH if stroke.length else room * plan.style.gate
    velocity = plan.style.ghost_velocity if stroke.ghost else plan.style.velocity + stroke.accent
    return Note(pitch, start, max(min(length, room), min(room, SIXTEENTH / 4)), float(min(127, velocity)))


def _slide(notes: list[Note], stroke: Stroke, until: float, bar: int, plan: Plan) -> None:
    """Lets a note last into the next one."""
    note = notes[-1]
    if stroke.ghost or until >= plan.length - _CLOSE or until - note.end_time > _REACH:
        return
    amount = of_own(plan.request.slide, plan.style.slide)
    if amount and evenly(plan.dice, "slide", bar, stroke.step) < amount:
        note.duration = until + _OVERLAP - note.start_time


def _join(notes: list[Note], pitch: int, plan: Plan, start: float) -> None:
    """A slide needs another pitch to go to: onto the same one the note before ends where this one begins."""
    if notes and notes[-1].end_time > start and notes[-1].pitch == pitch:
        last = notes[-1]
        last.duration = (start - last.start_time) * plan.style.gate
