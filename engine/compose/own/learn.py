"""Learns a style from clips: counts what followed what. Learning twice adds up, and nothing is thrown away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Annotated

import msgspec
from msgspec import Meta

from engine.compose.checks import check_notes, check_number, check_tempo
from engine.compose.drums.request import Pad
from engine.compose.drums.roles import ROLES
from engine.compose.kit.general_midi import roles_by_pitch
from engine.compose.own.cells import cells_of, place, word
from engine.compose.own.model import Counts, GrooveStep, OwnRole, OwnStyle, Source, check_role
from engine.compose.part.hear_chords import hear_chords
from engine.compose.part.request import Notes
from engine.compose.request import Length, Numerator, Pitch, Tempo, Text
from engine.errors import InvalidValue
from engine.notes import DENOMINATORS, Note, beats_per_bar

__all__ = ["LONGEST_STEP", "Lesson", "context_of_cell", "learn", "style_id"]

LONGEST_STEP = 24
"""Semitones; a wider step is counted as this one."""

_FEWEST = 4
_CLOSE = 1e-6


class Lesson(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One clip to learn from.

    Attributes:
        name: as the user knows it.
        notes: what it holds, in beats from its start.
        length: beats; left out: to the end of the bar of its last note.
        tempo: beats per minute.
        signature_numerator: 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        kit: for drums, the pads of the rack it plays, or MIDI pitch by role; left out, General MIDI. Hits on pads
            that say no role are not learnt.
    """

    name: Text
    notes: Notes
    length: Length | None = None
    tempo: Tempo = 120.0
    signature_numerator: Numerator = 4
    signature_denominator: Annotated[int, Meta(ge=1, le=16)] = 4
    kit: dict[str, Pitch] | Annotated[list[Pad], Meta(max_length=128)] | None = None


class _Tables:
    """Counts while they grow."""

    def __init__(self, begun: OwnStyle | None) -> None:
        self.cells = _copied(begun.cells if begun else {})
        self.steps = _copied(begun.steps if begun else {})
        self.tones = _copied(begun.tones if begun else {})
        self.groove = {
            step: [one.hits, one.late * one.hits, one.velocity * one.hits]
            for step, one in (begun.groove.items() if begun else ())
        }

    def groove_steps(self) -> dict[str, GrooveStep]:
        ordered = sorted(self.groove.items(), key=lambda item: int(item[0]))
        return {
            step: GrooveStep(hits=int(hits), late=round(late / hits, 5), velocity=round(loud / hits, 1))
            for step, (hits, late, loud) in ordered
        }


def _copied(counts: Counts) -> Counts:
    return {context: dict(row) for context, row in counts.items()}


def style_id(name: str) -> str:
    """How a style of a name is asked for: "My Dub Bass!" is "my_dub_bass"; letters of any script count.

    Raises:
        InvalidValue: field "name", when nothing is left of it.
    """
    made = re.sub(r"[\W_]+", "_", name.strip().lower()).strip("_")[:60]
    if not made:
        raise InvalidValue("name", name, "Give the style a name with letters or digits.")
    return made


def learn(name: str, role: str, lessons: Sequence[Lesson], begun: OwnStyle | None = None) -> OwnStyle:
    """Learns a style, or more of one.

    Args:
        name: what the user calls it.
        role: "drums", "bass" or "melody".
        lessons: the clips, at least one.
        begun: the style as it is so far; left as it is.

    Returns:
        The style; its version is one more than that of ``begun``.

    Raises:
        InvalidValue: field "name", "role" or "lessons": no clip, a clip of too few notes, or one that cannot be.
    """
    known = check_role(role)
    made_id = begun.id if begun else style_id(name)
    if begun is not None and begun.role != known:
        raise InvalidValue("role", role, f'"{begun.name}" plays {begun.role}: learn into it from {begun.role} clips.')
    if not lessons:
        raise InvalidValue("lessons", [], "Give at least one clip.")
    tables, sources = _Tables(begun), list(begun.sources if begun else ())
    spans = [(begun.low, begun.high)] if begun else []
    for lesson in lessons:
        notes = _checked(lesson, known)
        bar, length = _measured(lesson, notes)
        _count(tables, notes, known, lesson)
        spans.append((min(note.pitch for note in notes), max(note.pitch for note in notes)))
        sources.append(Source(name=lesson.name, notes=len(notes), bars=round(length / bar, 3)))
    before = begun.tempo * len(begun.sources) if begun else 0.0
    return OwnStyle(
        id=made_id,
        name=begun.name if begun else name.strip(),
        role=known,
        version=begun.version + 1 if begun else 1,
        sources=sources,
        tempo=round((before + sum(lesson.tempo for lesson in lessons)) / len(sources), 2),
        low=min(low for low, _ in spans),
        high=max(high for _, high in spans),
        cells=tables.cells,
        steps=tables.steps,
        tones=tables.tones,
        groove=tables.groove_steps(),
    )


def _on_roles(notes: list[Note], kit: Mapping[str, int] | Sequence[Pad] | None) -> list[Note]:
    """Drums by what they are, on General MIDI's keys: so that a style learnt from one rack plays on any other."""
    roles = roles_by_pitch(kit)
    return [
        msgspec.structs.replace(note, pitch=ROLES[roles[note.pitch]].pitch) for note in notes if note.pitch in roles
    ]


def _checked(lesson: Lesson, role: OwnRole) -> list[Note]:
    check_notes("lessons", lesson.notes)
    check_tempo("lessons", lesson.tempo)
    if lesson.signature_denominator not in DENOMINATORS:
        raise InvalidValue("lessons", lesson.signature_denominator, "A signature's lower number is 1, 2, 4, 8 or 16.")
    length = lesson.length
    if length is not None:
        check_number("lessons", length, 1 / 16, float("inf"), "A clip needs a length of at least 1/16 beat.")
    heard = [
        note
        for note in lesson.notes
        if not note.mute
        and note.velocity >= 1
        and note.start_time > -_CLOSE
        and (length is None or note.start_time < length)
    ]
    if role == "drums":
        hits, heard = len(heard), _on_roles(heard, lesson.kit)
        if hits >= _FEWEST > len(heard):
            pads = "are on pads that say what they are (Kick, Snare, Closed Hat ...)"
            hint = f'{len(heard)} of the {hits} hits in "{lesson.name}" {pads}; a style needs {_FEWEST} at least.'
            raise InvalidValue("lessons", len(heard), hint)
    if len(heard) < _FEWEST:
        hint = f'"{lesson.name}" holds {len(heard)} sounding notes; a style needs {_FEWEST} at least.'
        raise InvalidValue("lessons", len(heard), hint)
    return heard


def _measured(lesson: Lesson, notes: list[Note]) -> tuple[float, float]:
    """Beats in a bar of the clip, and in the clip."""
    bar = beats_per_bar(lesson.signature_numerator, lesson.signature_denominator)
    return bar, lesson.length or max(bar, -(-(max(note.end_time for note in notes) - _CLOSE) // bar) * bar)


def _count(tables: _Tables, notes: list[Note], role: OwnRole, lesson: Lesson) -> None:
    drums = role == "drums"
    bar, length = _measured(lesson, notes)
    last = ["", ""]
    for row in cells_of(notes, bar, length):
        for slot, cell in enumerate(row):
            now = word(cell, drums)
            for context in context_of_cell(slot, last):
                _add(tables.cells, context, now)
            last = [last[1], now]
    for note in notes:
        _, slot, tick, late = place(note.start_time, bar)
        hits = tables.groove.setdefault(str(slot * 4 + round(tick / 3) % 4), [0.0, 0.0, 0.0])
        hits[0] += 1
        hits[1] += late
        hits[2] += note.velocity
    if not drums:
        metre = (lesson.signature_numerator, lesson.signature_denominator)
        _count_pitches(tables, notes, metre, lowest=role == "bass")


def context_of_cell(slot: int, last: Sequence[str]) -> tuple[str, ...]:
    """The contexts of a cell from the longest to the shortest.

    Args:
        slot: which beat of the bar.
        last: the cell before the last and the last; "" where there is none.
    """
    contexts = [f"{slot}", ""]
    if last[1]:
        contexts.insert(0, f"{slot}|{last[1]}")
        if last[0]:
            contexts.insert(0, f"{slot}|{last[0]}|{last[1]}")
    return tuple(contexts)


def _count_pitches(tables: _Tables, notes: list[Note], metre: tuple[int, int], *, lowest: bool) -> None:
    chords = hear_chords(notes, metre)
    # One line: of notes that start together the lowest is the bass, the highest the melody.
    outermost_last = sorted(notes, key=lambda one: one.pitch, reverse=lowest)
    line = {round(note.start_time, 3): note for note in outermost_last}
    ordered = [line[start] for start in sorted(line)]
    for note in ordered:
        root = next((chord.root for start, end, chord in chords if start - _CLOSE <= note.start_time < end), None)
        if root is not None:
            strength = "strong" if abs(note.start_time - round(note.start_time)) < 0.13 else "weak"
            _add(tables.tones, strength, str((note.pitch - root) % 12))
    steps = [max(-LONGEST_STEP, min(LONGEST_STEP, two.pitch - one.pitch)) for one, two in pairwise(ordered)]
    for number, step in enumerate(steps):
        for order in range(min(2, number) + 1):
            _add(tables.steps, " ".join(map(str, steps[number - order : number])), str(step))


def _add(counts: Counts, context: str, what: str) -> None:
    row = counts.setdefault(context, {})
    row[what] = row.get(what, 0) + 1
