"""A range of a clip is rewritten so that it joins what stands before and behind it."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2s
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from engine.compose.checks import check_number, check_percent
from engine.compose.dice import Dice, draw_seed
from engine.compose.part.harmony import take_id
from engine.compose.vary.climb import Plan, climb
from engine.compose.vary.editing import EDITS
from engine.compose.vary.growth import Cell, Frame, cells_of, grown, spots
from engine.compose.vary.material import Material
from engine.compose.vary.request import ClipRequest, Percent, check_clip, check_range
from engine.compose.vary.work import join
from engine.notes import Note

__all__ = ["Candidate", "InpaintRequest", "InpaintResult", "inpaint"]

_TRIES = 8
_STIR = 0.06
"""Measured difference by which the rewritten range is varied when it came out as it was; more with every try."""


class InpaintRequest(ClipRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clip, and the range of it to be rewritten.

    Attributes:
        notes: the clip's notes, in any order.
        length: beats of the clip, counted from ``start``.
        role: what the clip is; "auto" finds out from its notes and the track's name.
        key: a key in any usual spelling or a Camelot code; left out (or "follow"), the key comes from ``context``,
            or is heard in the notes.
        mode: a mode's name that overrides the key's own; left out or "auto": none.
        chords: the harmony, where it is known; new notes follow it.
        context: what surrounds the clip in the Set.
        tempo: beats (quarter notes) per minute.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        start: beat at which the clip's first bar begins, on the time line of the notes.
        seed: repeats the candidates; left out, one is drawn and told in the answer.
        range_start: beat from which the clip is rewritten, on the time line of the notes.
        range_end: beat up to which.
        count: how many candidates to choose from, 1..16.
        variation: how freely it is rewritten, percent: 0 keeps to what the clip does elsewhere, 100 makes new of it.
    """

    range_start: float
    range_end: float
    count: Annotated[int, Meta(ge=1, le=16)] = 4
    variation: Percent = 35.0


class Candidate(msgspec.Struct, frozen=True):
    """One way to rewrite the range.

    Attributes:
        notes: the whole clip by start, then pitch; those outside the range as they were.
        added: how many of them are new.
        take: id: the same for the same notes from the same recipe.
    """

    notes: list[Note]
    added: int
    take: str


class InpaintResult(msgspec.Struct, frozen=True, kw_only=True):
    """The candidates.

    Attributes:
        candidates: as many as asked for, or fewer where there are no more different ones.
        length: beats of the clip.
        seed: given or drawn.
        role: what the clip was taken for.
        key: name of the key new notes lie in; null for drums and where none can be told.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
    """

    candidates: list[Candidate]
    length: float
    seed: int
    role: str
    key: str | None
    summary: str
    notices: list[str]


def inpaint(request: InpaintRequest) -> InpaintResult:
    """Rewrites a range of a clip.

    Rhythm, density and register come from the rest of the clip (from the range itself where there is no rest), a line
    leads from the last note before the range to the first behind it, and given chords are followed. No two candidates
    are alike, and none is what stood there. A note played a little early for the beat at which the range ends belongs
    to what comes behind, and stays.

    Args:
        request: the clip and the range.

    Returns:
        The candidates; the request is left as it is.

    Raises:
        InvalidValue: for a clip without notes, and for values that are not allowed.
    """
    check_clip(request)
    check_number("count", request.count, 1, 16, "Use a whole number of candidates from 1 to 16.", whole=True)
    check_percent("variation", request.variation)
    first, last = check_range(request, request.range_start, request.range_end)
    seed = draw_seed() if request.seed is None else request.seed
    painter = _Painter(request, first, last, Dice(seed))
    recipe = blake2s(msgspec.json.encode(replace(request, seed=None))).hexdigest()
    found = []
    for number in range(request.count):
        notes = painter.candidate(number)
        if notes is None:
            break
        take = take_id("inpaint/1", recipe, seed, request.length, number)
        found.append(Candidate(notes, len(notes) - len(painter.others), take))
    key, told = painter.material.key
    notices = [*told, *painter.notices]
    if len(found) < request.count:
        notices.append(f"There are {len(found)} different ways to rewrite this and no more.")
    return InpaintResult(
        candidates=found,
        length=request.length,
        seed=seed,
        role=painter.material.role,
        key=key.name if key else None,
        summary=f"beats {first:g} to {last:g} rewritten, {painter.material.role}",
        notices=notices,
    )


class _Painter:
    """One range being rewritten."""

    def __init__(self, request: InpaintRequest, first: float, last: float, dice: Dice) -> None:
        self._request, self._first, self._last, self._dice = request, first, last, dice
        self.notices: list[str] = []
        whole = Material(request, request.notes)
        early = min(whole.grid.step / 4, (last - first) / 4) if last < request.end else 0.0
        self._was = [note for note in request.notes if first <= note.start_time < last - early]
        gone = {id(note) for note in self._was}
        self.others = [note for note in request.notes if id(note) not in gone]
        self.material = Material(replace(request, role=whole.role), self.others or request.notes, grid=whole.grid)
        self._cells, self._before = self._vocabulary()
        self._seen = {_mark(self._was)}

    def _vocabulary(self) -> tuple[list[Cell], list[Cell]]:
        """The cells of the rest of the clip (of all of it where the rest is silent), and those before the range."""
        grid, material = self.material.grid, self.material
        start = self._request.start
        places = spots(material, 0, grid.bars)
        cells = cells_of(material, material.every_bar, places)

        def inside(cell: Cell) -> bool:
            begin = start + cell.spot.bar * grid.bar + cell.spot.first * grid.step
            end = start + cell.spot.bar * grid.bar + cell.spot.until * grid.step
            return begin < self._last - 1e-9 and end > self._first + 1e-9

        rest = [cell for cell in cells if not inside(cell)]
        before = [cell for cell in rest if start + cell.spot.bar * grid.bar + cell.spot.first * grid.step < self._first]
        if not any(cell.notes for cell in rest):
            self.notices.append("Nothing stands beside the range to go by: it was rewritten from what it held.")
            everything = Material(replace(self._request, role=material.role), self._request.notes)
            rest = [cell for cell in cells_of(everything, everything.every_bar, places) if cell.notes]
        return rest, before

    def candidate(self, number: int) -> list[Note] | None:
        """The clip with new notes in the range, unlike all before; None when there are none."""
        for attempt in range(_TRIES):
            dice = Dice(int(self._dice.uniform("candidate", number, attempt) * 2**53))
            made = self._made(dice)
            notes = self._joined(made)
            if made and notes is None:
                notes = self._joined(self._stirred(made, dice, _STIR * (1 + attempt)))
            if notes is not None:
                return notes
        return None

    def _joined(self, made: list[Note]) -> list[Note] | None:
        """New notes with those that stay; None where that is nothing new."""
        notes, _ = join(made, self.others, self._request.start, self._request.end)
        mark = _mark(note for note in notes if self._first <= note.start_time < self._last)
        if mark in self._seen or len(notes) == len(self.others):
            return None
        self._seen.add(mark)
        return notes

    def _made(self, dice: Dice) -> list[Note]:
        material, grid, request = self.material, self.material.grid, self._request
        first, last = self._first - request.start, self._last - request.start
        places = [
            spot
            for spot in spots(material, int(first / grid.bar + 1e-9), min(grid.bars, int(-(-last // grid.bar))))
            if spot.bar * grid.bar + spot.first * grid.step < last - 1e-9
            and spot.bar * grid.bar + spot.until * grid.step > first + 1e-9
        ]
        ordered = material.everything if self.others else []
        before = [note.pitch for note in ordered if note.start_time < self._first]
        behind = [note.pitch for note in ordered if note.start_time >= self._last]
        notes = grown(
            material,
            self._cells,
            places,
            dice,
            Frame(
                request.variation / 100.0,
                self._before,
                material.harmony if request.chords and not material.drums else None,
                before[-1] if before else None,
                behind[0] if behind else None,
                meets=True,
            ),
        )
        return self._inside(replace(note, start_time=note.start_time + request.start) for note in notes)

    def _inside(self, notes: Iterable[Note]) -> list[Note]:
        """The notes that fall into the range, and on no place where another one stays; a line makes room behind."""
        grid, drums = self.material.grid, self.material.drums
        taken = {(*grid.place(note.start_time), note.pitch if drums else -1) for note in self.others}
        line = self.material.role in ("bass", "melody")
        later = [note.start_time for note in self.others if note.start_time >= self._last]
        behind = min(later, default=self._request.end)
        kept = []
        for note in notes:
            bar, slot = grid.place(note.start_time)
            # Struck early for the first beat of the range, a note begins with it.
            meant = max(note.start_time, grid.bar_start(bar) + slot * grid.step)
            if meant < self._first - 1e-9 or note.start_time >= self._last - 1e-9:
                continue
            start = max(self._first, note.start_time)
            if (bar, slot, note.pitch if drums else -1) in taken and self.material.role != "chords":
                continue
            length = min(note.duration, behind - start) if line else note.duration
            kept.append(replace(note, start_time=start, duration=max(0.05, length)))
        return kept

    def _stirred(self, made: list[Note], dice: Dice, wanted: float) -> list[Note]:
        """Rewritten notes varied a little: in a loop of equal bars the rest of the clip says what stood there."""
        window = Material(replace(self._request, role=self.material.role), made, self.others)
        state = climb(Plan(window, EDITS[window.role]["none"]), dice, wanted, lambda _: True)
        return self._inside(list(window.out(state.bars)))


def _mark(notes: Iterable[Note]) -> object:
    return frozenset((round(note.start_time * 4), note.pitch) for note in notes)
