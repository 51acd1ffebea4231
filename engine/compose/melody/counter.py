"""A melody beside another line: it moves against it, fills its rests, and keeps out of its way.

The rules are those of two-part counterpoint (Fux 1725): contrary and oblique motion before similar, no parallel fifths
or octaves, no unisons, consonance on the beat.
"""

from __future__ import annotations

from bisect import bisect_right

import msgspec

from engine.notes import Note

__all__ = ["Beside", "Line", "read_line"]

_STEPS_A_BEAT = 4
_HAIR = 0.04
_UNISON, _PARALLEL, _OCTAVE = -30.0, -30.0, -2.5
_HARSH, _HARSH_BETWEEN, _SWEET = -5.0, -1.0, 0.8
_CONTRARY, _OBLIQUE, _SIMILAR = 1.2, 0.6, -0.9
_CROSSED = -4.0
_BUSY, _HELD, _SILENT = -1.3, 0.3, 0.9
_DISSONANT, _SWEETEST = frozenset((1, 2, 6, 10, 11)), frozenset((3, 4, 8, 9))


class Beside(msgspec.Struct, frozen=True, gc=False):
    """The line at one note: its pitch now, at the note before (None where it rested), and whether this is a beat."""

    now: int
    then: int | None
    beat: bool
    above: bool

    def weights(self, before: int | None, low: int, count: int) -> list[float]:
        """Log-weights of pitches from ``low`` up, given the own pitch before."""
        return [self._weight(low + place, before) for place in range(count)]

    def _weight(self, pitch: int, before: int | None) -> float:
        apart = abs(pitch - self.now) % 12
        out = 0.0
        if apart == 0:
            out += _UNISON if pitch == self.now else _OCTAVE
        elif apart in _DISSONANT:
            out += _HARSH if self.beat else _HARSH_BETWEEN
        elif apart in _SWEETEST:
            out += _SWEET
        if (pitch < self.now) if self.above else (pitch > self.now):
            out += _CROSSED
        if before is None or self.then is None or self.now == self.then:
            return out
        return out + self._motion(pitch, before, self.then)

    def _motion(self, pitch: int, before: int, then: int) -> float:
        moves = (pitch - before) * (self.now - then)
        if moves < 0:
            return _CONTRARY
        if moves == 0:
            return _OBLIQUE
        apart = (pitch - self.now) % 12
        if apart in (0, 5, 7) and apart == (before - then) % 12:
            return _PARALLEL
        return _SIMILAR


class Line:
    """A line in time, one pitch at a time."""

    def __init__(self, notes: list[tuple[int, float, int]]) -> None:
        """Takes notes as (first sixteenth, where it ends in sixteenths, pitch), in order, at least one."""
        self._notes = notes
        self._starts = [note[0] for note in notes]
        self.middle = sum(note[2] for note in notes) / len(notes)

    def at(self, step: int) -> int | None:
        """Its pitch at a sixteenth, None in a rest."""
        place = bisect_right(self._starts, step) - 1
        if place < 0 or self._notes[place][1] <= step:
            return None
        return self._notes[place][2]

    def pushes(self, first: int, steps: int) -> list[float]:
        """Log-odds for onsets beside it: few where it moves, more where it is held or rests."""
        starts = set(self._starts)
        return [
            _BUSY if step in starts else _HELD if self.at(step) is not None else _SILENT
            for step in range(first, first + steps)
        ]

    def beside(self, step: int, before: int | None, beat: bool, above: bool) -> Beside | None:
        """The line at a note that begins at ``step``, the own note before having begun at ``before``."""
        now = self.at(step)
        if now is None:
            return None
        return Beside(now, None if before is None else self.at(before), beat, above)


def read_line(notes: list[Note] | None) -> Line | None:
    """Reads a line from notes; of several that begin together the highest is the line.

    Args:
        notes: beats from the clip's start; what begins before it is left out.
    """
    at: dict[int, Note] = {}
    for note in notes or ():
        step = round(note.start_time * _STEPS_A_BEAT)
        if step >= 0 and not note.mute and (step not in at or note.pitch > at[step].pitch):
            at[step] = note
    if not at:
        return None
    starts = sorted(at)
    ends = [max(start + 0.5, at[start].end_time * _STEPS_A_BEAT) - _HAIR for start in starts]
    return Line(
        [
            (start, min(end, following), at[start].pitch)
            for start, end, following in zip(starts, ends, [*starts[1:], 1 << 40], strict=True)
        ]
    )
