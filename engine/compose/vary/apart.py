"""What tells variations apart: no two of one request are alike, and none is like the clip."""

from __future__ import annotations

from functools import cached_property

from engine.compose.vary.climb import Climb
from engine.notes import Note

__all__ = ["Made", "Seen"]


class Made:
    """The notes of a state.

    Args:
        state: the state; held here, so that no other is taken for it.
        notes: in order, finished.
        as_they_were: whether finishing changed none of them.

    Attributes:
        taken: the changes the state had behind it.
    """

    def __init__(self, state: Climb, notes: list[Note], *, as_they_were: bool) -> None:
        self.state, self.taken = state, state.taken
        self.notes, self.as_they_were = notes, as_they_were

    @cached_property
    def places(self) -> object:
        """What a listener tells clips apart by: which pitch begins at which sixteenth."""
        return _places(self.notes)

    @cached_property
    def details(self) -> object:
        """The same with lengths and loudness."""
        return _details(self.notes)


class Seen:
    """The clip and the variations that there are, by what tells them apart."""

    def __init__(self, clip: list[Note]) -> None:
        self._known, self._places = [clip], {_places(clip)}

    def has(self, made: Made, *, loosely: bool) -> bool:
        """Whether notes begin where others do; loosely: whether they are also as long and as loud."""
        return made.details in self._details if loosely else made.places in self._places

    def add(self, made: Made) -> None:
        """Takes in a variation."""
        self._known.append(made.notes)
        self._places.add(made.places)
        self.__dict__.pop("_details", None)

    @cached_property
    def _details(self) -> set[object]:
        # Few clips need these.
        return {_details(notes) for notes in self._known}


def _places(notes: list[Note]) -> object:
    return frozenset([(round(note.start_time * 4), note.pitch) for note in notes])


def _details(notes: list[Note]) -> object:
    return frozenset(
        [(round(note.start_time, 3), note.pitch, round(note.duration, 3), round(note.velocity)) for note in notes]
    )
