"""What a transformation works on, and how its notes join those it leaves alone."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property

from msgspec.structs import replace

from engine.compose.dice import Dice
from engine.compose.part.finish import finished
from engine.compose.vary.material import Material
from engine.compose.vary.measure import moved
from engine.compose.vary.transform_request import TransformRequest
from engine.notes import Note

__all__ = ["TOGETHER", "Work", "join", "strikes"]

TOGETHER = 0.07
"""Beats within which notes count as struck together."""


class Work:
    """A range of a clip that is being transformed.

    Args:
        request: checked.
        first: beat from which notes are changed.
        last: beat before which they begin.
        dice: of the seed.

    Attributes:
        notes: those to be changed, by start, then pitch.
        others: those to be left alone.
        share: the amount, 0..1.
        removed: notes taken out for another track.
        notices: what there is to say.
    """

    def __init__(self, request: TransformRequest, first: float, last: float, dice: Dice) -> None:
        self.request, self.first, self.last, self.dice = request, first, last, dice
        ordered = sorted(request.notes, key=lambda note: (note.start_time, note.pitch))
        self.notes = [note for note in ordered if first <= note.start_time < last]
        self.others = [note for note in ordered if not first <= note.start_time < last]
        self.share = request.amount / 100.0
        self.removed: list[Note] = []
        self.notices: list[str] = []
        self.end = request.end
        self.key_used = False

    @property
    def whole(self) -> bool:
        """Whether the range is the whole clip."""
        return self.first == self.request.start and self.last == self.request.end

    @cached_property
    def material(self) -> Material:
        """The clip taken apart."""
        return Material(self.request, self.notes, self.others)

    def degrees(self) -> tuple[int, ...]:
        """Pitch classes of the key, from its tonic; remembers that the key played a part."""
        self.key_used = True
        key, told = self.material.key
        self.notices.extend(told)
        return key.scale_pcs if key else self.material.scale

    def strength(self, note: Note) -> float:
        """Weight of the place a note begins at, 0..1."""
        _, slot = self.material.grid.place(note.start_time)
        return self.material.grid.strength[slot]

    def chosen(self, notes: Sequence[Note], rank: Callable[[Note], float], share: float | None = None) -> set[int]:
        """The ids of a share of some notes, those with the lowest rank; of equal ones the dice decide.

        A larger share always holds a smaller one.
        """
        count = round((self.share if share is None else share) * len(notes))
        order = sorted(range(len(notes)), key=lambda i: (rank(notes[i]), self.dice.uniform("chosen", i)))
        return {id(notes[i]) for i in order[:count]}


def strikes(notes: Iterable[Note]) -> list[list[Note]]:
    """Notes struck together, group by group in time.

    Args:
        notes: by start.
    """
    groups: list[list[Note]] = []
    for note in notes:
        if groups and note.start_time - groups[-1][0].start_time <= TOGETHER:
            groups[-1].append(note)
        else:
            groups.append([note])
    return groups


def join(made: Iterable[Note], others: Sequence[Note], start: float, end: float) -> tuple[list[Note], int]:
    """New notes beside those that stay: where both would sound on one pitch, the new one gives way.

    Args:
        made: the new notes, on the clip's time line.
        others: those that stay, untouched.
        start: beat at which the clip begins.
        end: beat at which it ends; no new note rings past it.

    Returns:
        All of them by start, then pitch, and how many new ones had no room.
    """
    notes = list(made)
    given = {(note.pitch, note.start_time - start): note for note in notes}
    done = finished((moved(note, -start) if start else note for note in notes), end - start)
    kept: list[Note] = []
    taken: dict[int, list[tuple[float, float]]] = {}
    for note in others:
        taken.setdefault(note.pitch, []).append((note.start_time, note.end_time))
    for note in done:
        own = given.get((note.pitch, note.start_time))
        here = own if own is not None and own.duration == note.duration else moved(note, start)
        room = _room(here, sorted(taken.get(note.pitch, ())))
        if room > 0:
            kept.append(here if room >= here.duration else replace(here, duration=room))
    kept.extend(others)
    kept.sort(key=lambda note: (note.start_time, note.pitch))
    return kept, len(notes) - (len(kept) - len(others))


def _room(note: Note, taken: Sequence[tuple[float, float]]) -> float:
    """Beats a note may last beside others of its pitch; 0 where one sounds already when it begins."""
    at = bisect_right(taken, (note.start_time, float("inf")))
    if at and taken[at - 1][1] > note.start_time + 1e-9:
        return 0.0
    return min(note.duration, taken[at][0] - note.start_time) if at < len(taken) else note.duration
