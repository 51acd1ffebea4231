"""Transformations of how many notes there are: more, fewer, split, joined."""

from __future__ import annotations

from bisect import bisect_left

from msgspec.structs import replace

from engine.compose.vary.draw import Draw
from engine.compose.vary.kit import HAT, SNARE, family
from engine.compose.vary.work import Work, strikes
from engine.notes import Note

__all__ = ["fill_in", "merge", "split", "thin_out"]

_SHORTEST = 0.05


def fill_in(work: Work) -> list[Note]:
    """Puts notes where there are none: steps between two notes of a line, tones of the chord, soft hats and ghosts.

    Free places are those of the divisions the clip itself uses, eighths at least. The strong ones are filled first.
    """
    grid = work.material.grid
    used = {grid.divided[slot] for bar in work.material.every_bar for slot, _, _ in bar} | {0, 1, 2}
    taken = {grid.place(note.start_time) for note in [*work.notes, *work.others]}
    free = [
        (bar, slot)
        for bar in range(grid.bars)
        for slot in range(grid.slots_in(bar))
        if grid.divided[slot] in used
        and (bar, slot) not in taken
        and work.first <= grid.bar_start(bar) + slot * grid.step < work.last
    ]
    order = sorted(free, key=lambda place: (-grid.strength[place[1]], work.dice.uniform("fill", *place)))
    made = list(work.notes)
    for bar, slot in sorted(order[: round(work.share * len(free))]):
        _filled(work, made, bar, slot)
    return made


def _filled(work: Work, notes: list[Note], bar: int, slot: int) -> None:
    """Puts one note into a list that is in order, and keeps it so."""
    grid, material = work.material.grid, work.material
    beat = grid.bar_start(bar) + slot * grid.step
    draw = Draw(work.dice.uniform("filled", bar, slot))
    at = bisect_left(notes, beat, key=lambda note: note.start_time)
    pitch, soft = _drum(work, draw) if material.drums else (_pitch(work, notes, at, draw), 0.85)
    late, velocity = material.touch.example(pitch, slot, draw.share())
    length = material.touch.length(pitch)
    if not material.drums:
        length = min(length, (notes[at].start_time if at < len(notes) else work.request.end) - beat)
    new = Note(pitch, beat + late, max(_SHORTEST, length), max(1.0, velocity * soft))
    if material.role in ("bass", "melody") and at and notes[at - 1].end_time > new.start_time:
        # One note at a time: the one before ends where the new one begins.
        last = notes[at - 1]
        notes[at - 1] = replace(last, duration=max(_SHORTEST, new.start_time - last.start_time))
    notes.insert(at, new)


def _drum(work: Work, draw: Draw) -> tuple[int, float]:
    """A hat, or sometimes a ghost note; how loud, of what its lane is."""
    snares, hats = work.material.of_family(SNARE), work.material.of_family(HAT)
    if snares and (not hats or draw.below(4) == 0):
        return snares[0], 0.4
    pitch = hats[0] if hats else work.material.pitches[0]
    return pitch, 0.7 if family(pitch) == HAT else 0.5


def _pitch(work: Work, notes: list[Note], at: int, draw: Draw) -> int:
    """The pitch for a note put before the one at a place of the list."""
    ladder = work.material.ladder
    last = notes[at - 1].pitch if at else notes[at].pitch
    following = notes[at].pitch if at < len(notes) else last
    if work.material.role == "chords":
        return draw.one(sorted({note.pitch for note in notes[max(0, at - 6) : at]}) or [last])
    between = [pitch for pitch in ladder if min(last, following) < pitch < max(last, following)]
    if between:
        return min(between, key=lambda pitch: (abs(pitch - (last + following) / 2), pitch))
    near = sorted((pitch for pitch in ladder if pitch != last), key=lambda pitch: abs(pitch - following))
    return draw.one(near[:2]) if near else last


def thin_out(work: Work) -> list[Note]:
    """Takes notes away, the weak, soft and short ones first; one note of every bar stays, its strongest."""
    grid = work.material.grid

    def worth(note: Note) -> float:
        return work.strength(note) + note.velocity / 127.0 + 0.3 * min(1.0, note.duration)

    best: dict[int, Note] = {}
    for note in work.notes:
        bar, _ = grid.place(note.start_time)
        if bar not in best or worth(note) > worth(best[bar]):
            best[bar] = note
    staying = {id(note) for note in best.values()}
    gone = work.chosen([note for note in work.notes if id(note) not in staying], worth)
    return [note for note in work.notes if id(note) not in gone]


def split(work: Work) -> list[Note]:
    """Splits notes into pieces of equal length, or keeps the top or bottom notes of chords and takes out the others."""
    if work.request.part != "halves":
        return _one_voice(work)
    pieces = work.request.pieces
    able = [note for note in work.notes if note.duration / pieces >= _SHORTEST]
    chosen = work.chosen(able, lambda note: -note.duration)
    made = []
    for note in work.notes:
        if id(note) not in chosen:
            made.append(note)
            continue
        length = note.duration / pieces
        made.extend(replace(note, start_time=note.start_time + n * length, duration=length) for n in range(pieces))
    return made


def _one_voice(work: Work) -> list[Note]:
    top = work.request.part == "top"
    chords = [chord for chord in strikes(work.notes) if len(chord) > 1]
    firsts = [chord[0] for chord in chords]
    chosen = work.chosen(firsts, lambda note: -note.duration)
    gone: set[int] = set()
    for chord in chords:
        if id(chord[0]) in chosen:
            kept = (max if top else min)(chord, key=lambda note: note.pitch)
            gone.update(id(note) for note in chord if note is not kept)
    work.removed = [note for note in work.notes if id(note) in gone]
    return [note for note in work.notes if id(note) not in gone]


def merge(work: Work) -> list[Note]:
    """Joins notes of one pitch with no more than a short rest between them; the first one's loudness stays."""
    if work.share == 0:
        return list(work.notes)
    made: list[Note] = []
    last: dict[int, int] = {}
    for note in work.notes:
        place = last.get(note.pitch)
        if place is not None and note.start_time - made[place].end_time <= work.share + 1e-9:
            end = max(made[place].end_time, note.end_time)
            made[place] = replace(made[place], duration=end - made[place].start_time)
            continue
        last[note.pitch] = len(made)
        made.append(note)
    return made
