"""A clip taken apart: its bars on a grid, what it is, its key, harmony, register and touch."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from operator import attrgetter

from engine.compose.find_key import known_key
from engine.compose.vary.grid import Grid, grid_of
from engine.compose.vary.harmony import Harmony, given_harmony, heard_harmony
from engine.compose.vary.hear import heard_key
from engine.compose.vary.kit import FAMILY, SNARE
from engine.compose.vary.lines import LineModel
from engine.compose.vary.measure import bars_of, counted_from_bars, moved, placed
from engine.compose.vary.request import ClipRequest
from engine.compose.vary.roles import role_of
from engine.compose.vary.touch import Bar, Touch
from engine.errors import InvalidValue
from engine.notes import Note
from engine.theory.keys import MODE_STEPS, Key, usual_key

__all__ = ["Material", "split_off"]

_BY_PLACE = attrgetter("start_time", "pitch")

_PHRASE = 4
"""Bars in a phrase, where the clip has as many."""

_OWN_SHARE = 0.03
"""Share of the sounding time from which a pitch class outside the heard key counts as the clip's own."""

_GHOST = 0.58
"""Share of the loudest snare below which one is a ghost note."""

_RHYTHMS = 32
"""Rhythms of bars that are remembered of a clip."""

_ROOM = 2
"""Semitones beyond the clip's own range where new notes may lie."""


class Material:
    """What a clip is made of; found out once, and only what is asked for.

    Args:
        request: the clip, checked.
        notes: those of its notes that are worked on.
        others: more notes of the same clip, which tell about key, harmony and touch but are not worked on.
        grid: the grid they lie on, where that is known; left out, it is found.

    Attributes:
        role: "drums", "bass", "melody" or "chords".
        grid: the clip's grid.
        notes: those worked on, by start, then pitch.
        given: the same in bars, as they are.
        bars: the same in bars, times counted from each bar's beginning.
        weak: how little weight each slot of a bar has, 0 (the first) to 0.9.
    """

    def __init__(
        self, request: ClipRequest, notes: Sequence[Note], others: Sequence[Note] = (), *, grid: Grid | None = None
    ) -> None:
        self._request = request
        self.everything = self.in_order([*notes, *others])
        self.notes = self.in_order(notes) if others else self.everything
        track = request.context.track_name if request.context else ""
        self.role: str = request.role if request.role != "auto" else role_of(self.everything, track)
        self._by_pitch = self.role == "drums"
        self.grid: Grid = grid or grid_of(self.everything, request.metre, request.start, request.length)
        self.given: list[Bar] = placed(self.notes, self.grid)
        self.bars: list[Bar] = counted_from_bars(self.given, self.grid)
        self.weak = tuple(1.0 - strength for strength in self.grid.strength)

    @staticmethod
    def in_order(notes: Iterable[Note]) -> list[Note]:
        """Notes by start, then pitch, as ``notes`` has them."""
        return sorted(notes, key=_BY_PLACE)

    @property
    def drums(self) -> bool:
        """Whether pitches are drums."""
        return self._by_pitch

    @property
    def metre(self) -> tuple[int, int]:
        """Numerator and denominator of the signature."""
        return self._request.metre

    @cached_property
    def every_bar(self) -> list[Bar]:
        """The bars with the notes that are not worked on as well."""
        return bars_of(self.everything, self.grid) if len(self.everything) > len(self.notes) else self.bars

    @cached_property
    def touch(self) -> Touch:
        """How the clip is played."""
        return Touch(self.every_bar, self.grid, self.lane)

    def lane(self, pitch: int) -> int:
        """The lane of a pitch: the drum itself in a drum clip, one for all notes otherwise."""
        return pitch if self._by_pitch else 0

    @cached_property
    def pitches(self) -> list[int]:
        """Every pitch of the clip once, low to high."""
        return sorted({note.pitch for note in self.everything})

    def of_family(self, name: int) -> list[int]:
        """The drums of a family that the clip has, the most played first."""
        return self._families.get(name, [])

    @cached_property
    def _families(self) -> dict[int, list[int]]:
        counts = Counter([note.pitch for note in self.everything])
        found: dict[int, list[int]] = {}
        for pitch in sorted(counts, key=lambda each: (-counts[each], each)):
            found.setdefault(FAMILY[pitch], []).append(pitch)
        return found

    @cached_property
    def _family_uses(self) -> dict[int, tuple[float, ...]]:
        counts, divided = {name: [0] * 6 for name in self._families}, self.grid.divided
        for bar in self.every_bar:
            for slot, pitch, _ in bar:
                counts[FAMILY[pitch]][divided[slot]] += 1
        return {name: tuple(count / (sum(row) or 1) for count in row) for name, row in counts.items()}

    def family_uses(self, pitch: int) -> tuple[float, ...]:
        """Share of the hits of a drum's family at slots that divide their beat in each way, shape (6,)."""
        return self._family_uses.get(FAMILY[pitch], (0.0,) * 6)

    @cached_property
    def ghost_levels(self) -> list[float]:
        """Velocities of the clip's soft snares, low to high; where it has none one that would be."""
        below = self.ghost_limit
        return sorted([velocity for velocity in self._snares if velocity < below]) or [0.65 * below]

    @cached_property
    def ghost_limit(self) -> float:
        """Velocity below which a snare is a ghost note."""
        return _GHOST * max(self._snares, default=self.loudest)

    @cached_property
    def _snares(self) -> list[float]:
        """Velocities of all snares."""
        return [note.velocity for note in self.everything if FAMILY[note.pitch] == SNARE]

    @cached_property
    def loudest(self) -> float:
        """Highest velocity in the clip."""
        return max([note.velocity for note in self.everything])

    @cached_property
    def key(self) -> tuple[Key | None, tuple[str, ...]]:
        """The key, or None for drums and where none can be told; and where it comes from."""
        if self.drums:
            return None, ()
        found = known_key(self._request.key, self._request.mode, self._request.context)
        if found is None:
            key, confidence = heard_key(self.everything, self.grid.bar)
            if key is None:
                return None, ()
            doubt = "" if confidence >= 0.5 else ", a guess"
            return key, (f"Key: {key.name}, heard in the clip{doubt}.",)
        if not found.mode_open:
            return found.key, found.notices
        minor = self._left_out(usual_key(found.key.tonic_pc, "minor")) < self._left_out(found.key)
        return usual_key(found.key.tonic_pc, "minor" if minor else "major"), found.notices

    def known_key(self) -> tuple[Key | None, tuple[str, ...]]:
        """The key where somebody said it or it was heard already; hearing takes a while that not everybody needs."""
        said = known_key(self._request.key, self._request.mode, self._request.context) is not None
        return self.key if said or "key" in self.__dict__ else (None, ())

    def _left_out(self, key: Key) -> float:
        """Beats of notes outside a key."""
        scale = set(key.scale_pcs)
        return sum(note.duration for note in self.everything if note.pitch % 12 not in scale)

    @cached_property
    def scale(self) -> tuple[int, ...]:
        """Pitch classes for new notes, in rising order: the key's; of a key that was heard the clip's own too."""
        key, _ = self.key
        beats = [0.0] * 12
        for note in self.everything:
            beats[note.pitch % 12] += note.duration
        if key is None:
            return tuple(sorted({(min(self.pitches) + step) % 12 for step in MODE_STEPS["major"]} | _sounding(beats)))
        if known_key(self._request.key, self._request.mode, self._request.context) is not None:
            return tuple(sorted(key.scale_pcs))
        total = sum(beats)
        own = {pc for pc in range(12) if beats[pc] > _OWN_SHARE * total}
        return tuple(sorted(own | set(key.scale_pcs)))

    @cached_property
    def degrees(self) -> tuple[int, ...]:
        """Pitch classes of the key's seven degrees, in rising order, for chords in thirds."""
        key, _ = self.key
        return tuple(sorted(key.scale_pcs)) if key else self.scale

    @cached_property
    def ladder(self) -> list[int]:
        """Pitches of the scale inside the clip's register, low to high."""
        low, high = self.pitches[0] - _ROOM, self.pitches[-1] + _ROOM
        scale = set(self.scale)
        inside = [pitch for pitch in range(max(0, low), min(127, high) + 1) if pitch % 12 in scale]
        return inside or list(self.pitches)

    @cached_property
    def harmony(self) -> Harmony:
        """Which pitch classes sound in each part of each bar; nothing where it cannot be told."""
        if self._request.chords:
            return given_harmony(self._request, self.grid)
        return heard_harmony(self.every_bar, self.grid, self.role)

    @cached_property
    def line(self) -> LineModel:
        """How the clip's line moves."""
        return LineModel(self.everything, self.ladder)

    @cached_property
    def rhythms(self) -> list[tuple[int, ...]]:
        """The slots at which the bars have onsets, each kind of bar once, the most usual first."""
        counts = Counter(tuple(sorted({slot for slot, _, _ in bar})) for bar in self.every_bar if bar)
        return sorted(counts, key=lambda each: (-counts[each], each))[:_RHYTHMS]

    @cached_property
    def phrase(self) -> int:
        """Bars in a phrase."""
        return min(_PHRASE, self.grid.bars)

    def ends_phrase(self, bar: int) -> bool:
        """Whether a bar is the last of a phrase, or of the clip."""
        return (bar + 1) % self.phrase == 0 or bar == self.grid.bars - 1

    def out(self, bars: Sequence[Bar]) -> Iterator[Note]:
        """Bars as notes again. A note that was not changed is the clip's own, to the last bit."""
        for number, (bar, own) in enumerate(zip(bars, self.bars, strict=True)):
            if bar is own:
                yield from self.given[number].values()
                continue
            begin, given = self.grid.bar_start(number), self.given[number]
            for place, note in bar.items():
                yield given[place] if own.get(place) is note else moved(note, begin)


def split_off(request: ClipRequest) -> tuple[list[Note], list[Note]]:
    """Parts a clip's notes into those inside it and those before and behind it.

    A player's first note often comes a little before the first bar: half a slot early it still counts as inside.

    Args:
        request: the clip, checked.

    Returns:
        Notes inside, and the others.

    Raises:
        InvalidValue: field "notes", when none lies inside.
    """
    early = 0.125 if request.start == 0 else 0.0
    inside = [note for note in request.notes if request.start - early <= note.start_time < request.end]
    if not inside:
        hint = (
            f"No note begins between beat {request.start:g} and {request.end:g}: give the clip's own start and length."
        )
        raise InvalidValue("notes", len(request.notes), hint)
    kept = {id(note) for note in inside}
    return inside, [note for note in request.notes if id(note) not in kept]


def _sounding(beats: Sequence[float]) -> set[int]:
    return {pc for pc, amount in enumerate(beats) if amount > 0}
