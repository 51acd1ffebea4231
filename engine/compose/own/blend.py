"""Blends a style of the user's own into what a generator made, beat by beat.

At 0 percent the generator's notes come back as they are, at 100 every beat is the user's. In between, named dice say
for each beat whose it is, so that turning the knob up only ever hands over more beats. What the user's beat begins with
hangs on the beats before it, whoever played them; pitches are chosen where the user's steps and the user's tones over a
chord meet, inside of chord and scale.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from engine.compose.dice import Dice
from engine.compose.own.cells import TICKS, CellNote, cells_of, read_cell, word
from engine.compose.own.learn import LONGEST_STEP, context_of_cell
from engine.compose.own.model import Counts, OwnStyle
from engine.compose.part.finish import finished
from engine.compose.part.harmony import Harmony
from engine.notes import Note
from engine.theory.chords import Chord

__all__ = ["blended"]

_CLOSE = 1e-6
_UNKNOWN = 0.25
"""Weight of a step or tone that was never met, against 1 for one met once: so that there is always a way on."""

_REACH = 12
"""Semitones a line may step at most, up or down, unless the user's own steps are wider."""


def blended(
    notes: Sequence[Note],
    style: OwnStyle,
    amount: float,
    *,
    harmony: Harmony | None,
    bar: float,
    length: float,
    dice: Dice,
) -> list[Note]:
    """Hands beats over to the user's own style.

    Args:
        notes: the generator's, on the grid; left as they are.
        style: of the same role.
        amount: percent of the beats that are handed over.
        harmony: what chords and scale a line keeps to; None for drums.
        bar: beats in a bar.
        length: beats of the part.
        dice: of the take's seed.

    Returns:
        Notes on the grid, in order, inside 0..length.
    """
    if amount <= 0:
        return list(notes)
    hand = _Hand(style, harmony, dice)
    drums = style.role == "drums"
    table = cells_of(notes, bar, length)
    out: list[Note] = []
    own: list[tuple[float, float]] = []
    for number, row in enumerate(table):
        for slot, cell in enumerate(row):
            start = number * bar + slot
            if dice.uniform("whose beat", number, slot) * 100 < amount:
                room = min(1.0, bar - slot)
                made = hand.play(number, slot, start, room)
                out.extend(made)
                own.append((start, start + room))
            else:
                hand.heard(word(cell, drums), cell)
    kept = [note for note in notes if not _inside(note.start_time, own)]
    return finished([*(_cut(note, own, out) for note in kept), *out], length)


def _inside(beat: float, spans: Sequence[tuple[float, float]]) -> bool:
    return any(start - _CLOSE <= beat < end - _CLOSE for start, end in spans)


def _cut(note: Note, own: Sequence[tuple[float, float]], made: Sequence[Note]) -> Note:
    """A note that rings into a beat of the user's ends where the first note there begins."""
    ends = [other.start_time for other in made if note.start_time + _CLOSE < other.start_time < note.end_time - _CLOSE]
    if not ends or not own:
        return note
    return msgspec.structs.replace(note, duration=min(ends) - note.start_time)


class _Hand:
    """The user's hand: what it played last, and so what it plays next."""

    def __init__(self, style: OwnStyle, harmony: Harmony | None, dice: Dice) -> None:
        self._style = style
        self._harmony = harmony
        self._dice = dice
        self._words = ["", ""]
        self._pitches: list[int] = []

    def heard(self, text: str, cell: Sequence[CellNote]) -> None:
        """Takes note of a beat that another hand played."""
        self._words = [self._words[1], text]
        self._pitches = [*self._pitches, *(one.pitch for one in cell)][-3:]

    def play(self, bar: int, slot: int, start: float, room: float) -> list[Note]:
        """Plays one beat: ``room`` beats from ``start``."""
        row = _row(self._style.cells, context_of_cell(slot, self._words))
        text = self._dice_choice("cell", row, bar, slot)
        self._words = [self._words[1], text]
        cell = [one for one in read_cell(text, self._style.role == "drums") if one.tick / TICKS < room - _CLOSE]
        if self._harmony is None or self._style.role == "drums":
            return [Note(one.pitch, start + one.tick / TICKS, one.length / TICKS, float(one.velocity)) for one in cell]
        return [self._pitched(one, bar, slot, start + one.tick / TICKS, self._harmony) for one in cell]

    def _pitched(self, one: CellNote, bar: int, slot: int, start: float, harmony: Harmony) -> Note:
        weights = self._weights(harmony.at(start).chord, harmony.scale, strong=one.tick == 0)
        pitch = int(self._dice_choice("pitch", weights, bar, slot * TICKS + one.tick))
        self._pitches = [*self._pitches, pitch][-3:]
        step = self._style.groove.get(str(slot * 4 + round(one.tick / 3) % 4))
        return Note(pitch, start, one.length / TICKS, step.velocity if step else 96.0)

    def _weights(self, chord: Chord, scale: tuple[int, ...], *, strong: bool) -> dict[str, float]:
        """How likely each pitch comes next: the user's step there times the user's tone over the chord."""
        tones = self._style.tones.get("strong" if strong else "weak", {})
        allowed = {*chord.pcs, *scale}
        low, high = self._style.low, self._style.high
        if not self._pitches:
            middle = (low + high) / 2
            pitches = [pitch for pitch in _span(low, high) if pitch % 12 in allowed]
            return {
                str(p): (tones.get(str((p - chord.root) % 12), 0) + _UNKNOWN) / (1 + abs(p - middle)) for p in pitches
            }
        last = self._pitches[-1]
        steps = [two - one for one, two in zip(self._pitches, self._pitches[1:], strict=False)]
        row = _row(
            self._style.steps, tuple(" ".join(map(str, steps[-order:])) for order in (2, 1) if len(steps) >= order)
        )
        reach = max(_REACH, *(abs(int(step)) for step in row)) if row else _REACH
        # A line that another hand left outside of the user's register finds its way back.
        low, high = min(low, max(0, last - 5)), max(high, min(127, last + 5))
        near = [p for p in _span(max(low, last - reach), min(high, last + reach)) if p % 12 in allowed]
        return {
            str(p): (row.get(str(max(-LONGEST_STEP, min(LONGEST_STEP, p - last))), 0) + _UNKNOWN / (1 + abs(p - last)))
            * (tones.get(str((p - chord.root) % 12), 0) + _UNKNOWN)
            for p in near
        }

    def _dice_choice(self, name: str, weights: Mapping[str, float], *numbers: int) -> str:
        mark = self._dice.uniform(f"own {name}", *numbers) * sum(weights.values())
        for item, weight in weights.items():
            mark -= weight
            if mark < 0:
                return item
        return next(reversed(list(weights)), "-")


def _span(low: int, high: int) -> range:
    # An octave at least, so that chord and scale always offer something.
    return range(low, max(high, min(127, low + 11)) + 1)


def _row(counts: Counts, contexts: Sequence[str]) -> dict[str, int]:
    """What came after the longest context that was ever met."""
    for context in contexts:
        if context in counts:
            return counts[context]
    return counts.get("", {})
