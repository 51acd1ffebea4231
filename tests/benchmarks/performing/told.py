"""What should be heard of a part that is told bar by bar, and some bars again and again while they play.

What the engine tells of a bar holds from when it is there, not before: of what it would have had played sooner nothing
can be played any more. So a bar has versions, each with the beats between which it is in force. For a moment after an
answer has come a device may play what it had or what is new, as it writes its tables a little ahead of the play head.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.compose.stream.request import StreamBar
from engine.compose.stream.splice import LEAST_HELD
from engine.notes import Note

__all__ = ["Bar", "Telling", "Wanted", "bars_of"]

AHEAD_MS = 16.0
"""So much ahead of the play head a device writes, and a row of its tables more."""
ROW = 10 / 480
"""Beats of such a row."""
ENTERS = 0.25
"""Beats of the grid on which a device begins a bar of which it knew nothing."""
MOVED = 1 / 16
"""Beats: a pitch that begins no further from where another version has it is the same note, moved by a hand."""
_CLOSE = 1e-6


@dataclass(frozen=True)
class Telling:
    """A bar as it was told.

    Attributes:
        bar: What was told.
        asked: Number of the question: what answers an older one than is in force says nothing any more.
        at: Beat of the song at which it came.
    """

    bar: StreamBar
    asked: int
    at: float


@dataclass(frozen=True)
class Wanted:
    """A note that should be heard, or may be.

    Attributes:
        pitch: MIDI pitch.
        first: Beat of the song from which on it may begin.
        last: Beat until which it may.
        must: Whether it is missed where it is not heard.
    """

    pitch: int
    first: float
    last: float
    must: bool


@dataclass(frozen=True)
class Version:
    """A telling that was in force: it may be from one beat of the song on, surely is from another, until a third."""

    bar: StreamBar
    may: float
    sure: float
    until: float

    def holds(self, beat: float) -> bool:
        """Whether it may be in force."""
        return self.may - _CLOSE <= beat < self.until

    @property
    def sounds(self) -> list[Note]:
        """All that sounds in it."""
        return [*self.bar.held, *self.bar.notes]

    def rings(self, pitch: int, place: float) -> bool:
        """Whether a pitch sounds at a place in beats from its start; behind its end, what rings over the line."""
        notes = [note for note in self.sounds if note.pitch == pitch and note.start_time <= place + MOVED]
        return bool(notes) and max(notes, key=lambda note: note.start_time).end_time > place + _CLOSE


@dataclass(frozen=True)
class Bar:
    """A bar of the song, with what was in force in it, in that order."""

    origin: float
    beats: float
    versions: tuple[Version, ...]

    @property
    def known(self) -> float:
        """Beat of the song from which on something of it was surely known; before, the device fills in by itself."""
        return self.versions[0].sure if self.versions else math.inf

    def rings(self, pitch: int, beat: float) -> set[bool]:
        """Whether a pitch may sound, and may not, at a beat of the song."""
        return {one.rings(pitch, beat - self.origin) for one in self.versions if one.holds(beat - _CLOSE)}

    def wanted(self, before: Bar | None) -> Iterator[Wanted]:
        """What is to begin in it, behind a bar; None: the song begins here."""
        versions = [one for one in self.versions if one.may < self.origin + self.beats]
        places = [
            *((one, note.pitch, note.start_time, True) for one in versions for note in one.bar.notes),
            *(place for one in versions for place in self._held(one, before)),
        ]
        for group in _grouped(places):
            there = [(one, self.origin + place) for one, _, place, _ in group]
            at = [beat for one, beat in there if one.holds(beat)]
            if not at:
                continue
            have = [one for one, _ in there]
            agreed = all(one in have for one in versions if any(one.holds(beat) for beat in at))
            must = agreed and min(at) >= self.known - _CLOSE and all(sure for *_, sure in group)
            yield Wanted(group[0][1], min(beat for _, beat in there), max(beat for _, beat in there), must)
        for one in versions:
            yield from self._taken_up(one)

    def _held(self, one: Version, before: Bar | None) -> Iterator[tuple[Version, int, float, bool]]:
        """What has to be struck on the line, as far as it does not sound already."""
        for note in one.bar.held:
            rings = {False} if before is None else before.rings(note.pitch, self.origin)
            if rings != {True}:
                yield one, note.pitch, 0.0, rings == {False}

    def _taken_up(self, one: Version) -> Iterator[Wanted]:
        """What a version that comes into force inside the bar may strike, as it would sound there."""
        if one.sure <= self.origin:
            return
        for note in one.sounds:
            begin, end = self.origin + note.start_time, self.origin + note.end_time
            older = (other for other in self.versions if other.may < one.may < other.until)
            twice = begin > one.may - MOVED and any(_has(other, note) for other in older)
            if begin < one.sure and end - one.may >= LEAST_HELD and not twice:
                yield Wanted(note.pitch, max(begin, one.may), one.sure, must=False)

    @property
    def overtaken(self) -> int:
        """Notes of the last word on it that were over when it came."""
        *_, last = self.versions or (None,)
        if last is None:
            return 0
        late = [note for note in last.bar.notes if self.origin + note.start_time < last.may]
        return sum(not self._had(note) for note in late)

    def _had(self, note: Note) -> bool:
        beat = self.origin + note.start_time
        return any(one.holds(beat) and _has(one, note) for one in self.versions)


def bars_of(told: Sequence[Telling], tempo: float) -> list[Bar]:
    """The bars of a song from bar 0 to the last that was told.

    Args:
        told: What was told; of what came at one time the last counts.
        tempo: Beats per minute.
    """
    out: list[Bar] = []
    origin = 0.0
    by_number: dict[int, list[Telling]] = {}
    for telling in sorted(told, key=lambda one: one.at):
        by_number.setdefault(telling.bar.bar, []).append(telling)
    for number in range(max(by_number, default=-1) + 1):
        tellings = by_number.get(number, [])
        beats = tellings[-1].bar.beats if tellings else out[-1].beats if out else 4.0
        out.append(Bar(origin, beats, tuple(_versions(tellings, origin, AHEAD_MS * tempo / 60_000 + ROW))))
        origin += beats
    return out


def _has(version: Version, note: Note) -> bool:
    near = (other for other in version.bar.notes if abs(other.start_time - note.start_time) <= MOVED)
    return any(other.pitch == note.pitch for other in near)


def _versions(tellings: Sequence[Telling], origin: float, ahead: float) -> list[Version]:
    news: list[Telling] = []
    for telling in tellings:
        if not news or telling.asked > news[-1].asked:
            news.append(telling)
    sure = [telling.at + ahead for telling in news]
    if sure and sure[0] > origin:
        sure[0] = origin + math.ceil((sure[0] - origin) / ENTERS - _CLOSE) * ENTERS
        sure = [max(beat, sure[0]) for beat in sure]
    until = [*sure[1:], math.inf]
    made = [Version(one.bar, one.at, *beats) for one, *beats in zip(news, sure, until, strict=True)]
    return [one for one in made if one.until > origin]


Place = tuple[Version, int, float, bool]


def _grouped(places: Sequence[Place]) -> Iterator[list[Place]]:
    """The same note in all versions that have it, each once."""
    group: list[Place] = []
    for place in sorted(places, key=lambda each: (each[1], each[2])):
        version, pitch, beat, _ = place
        if group and (pitch != group[0][1] or beat > group[0][2] + MOVED or any(version is one for one, *_ in group)):
            yield group
            group = []
        group.append(place)
    if group:
        yield group
