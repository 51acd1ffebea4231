"""What sounds in a bar is told by the bar alone: bars one after the other, after a jump, and in a loop."""

import msgspec
import pytest

from engine.compose.stream.join import joined
from engine.compose.stream.request import ROLES, Macros, StreamBar
from engine.compose.stream.splice import inside, joined_at
from engine.notes import Note
from tests.engine.compose.stream.asked import Song, bars

PADS = {"seed": 0, "style": "pop", "progression": "Cm | Cm | Fm | Fm", "macros": {"density": 0, "humanise": 0}}


def bar(notes: list[Note], held: list[Note] | None = None, beats: float = 4.0) -> StreamBar:
    return StreamBar(
        bar=0,
        take="",
        notes=notes,
        held=held or [],
        beats=beats,
        rings=0.0,
        signature_numerator=4,
        signature_denominator=4,
        tempo=120.0,
        macros=Macros(),
        parameters={},
        changes=[],
        chords=[],
        surprise="",
    )


def told(notes: list[Note]) -> list[tuple[int, float, float]]:
    return [(note.pitch, note.start_time, note.duration) for note in notes]


def test_a_chord_that_lasts_is_one_note_after_a_jump_it_is_struck() -> None:
    row = bars("chords", 0, 4, **PADS)
    assert [bool(each.notes) for each in row] == [True, False, True, False]
    assert row[0].rings > 3.9
    assert {note.pitch for note in row[1].held} == {note.pitch for note in row[0].notes}
    whole = joined(row)
    assert [note.start_time for note in whole] == [0.0] * len(row[0].notes) + [8.0] * len(row[2].notes)
    assert all(note.duration == pytest.approx(8.0, abs=0.1) for note in whole)
    jumped = joined(row[1:])
    assert [note.start_time for note in jumped[: len(row[1].held)]] == [0.0] * len(row[1].held)
    looped = joined([row[0], row[0], row[1]])
    assert sum(note.start_time == 4.0 for note in looped) == len(row[0].notes)


def test_what_is_not_held_ends_with_the_bar_and_a_tail_rings_out() -> None:
    long, tail = Note(50, 3.0, 3.0), Note(52, 3.5, 0.7)
    after = bar([Note(55, 2.0, 1.0)])
    assert told(joined([bar([long, tail]), after])) == [(50, 3.0, 1.0), (52, 3.5, 0.7), (55, 6.0, 1.0)]


def test_a_pitch_that_begins_again_ends_what_sounded() -> None:
    first, second = bar([Note(50, 3.5, 0.7), Note(52, 0.0, 9.0)]), bar([Note(50, 0.1, 1.0), Note(52, 1.0, 1.0)])
    found = told(joined([first, bar([], [Note(52, 0.0, 4.0)]), second]))
    assert (52, 0.0, 8.0) in found
    assert told(joined([bar([Note(50, 3.5, 0.7)]), second]))[0] == (50, 3.5, pytest.approx(0.6))


def test_held_notes_go_on_or_begin() -> None:
    held = [Note(60, 0.0, 2.0, 90.0)]
    assert told(joined([bar([Note(60, 0.0, 5.0)]), bar([], held)])) == [(60, 0.0, 6.0)]
    assert told(joined([bar([Note(61, 0.0, 1.0)]), bar([], held)])) == [(61, 0.0, 1.0), (60, 4.0, 2.0)]


def test_bars_are_left_as_they_were() -> None:
    row = bars("chords", 0, 4, **PADS)
    before = msgspec.json.encode(row)
    joined(row)
    assert msgspec.json.encode(row) == before


@pytest.mark.parametrize("role", ROLES)
def test_a_bar_sounds_alike_after_the_one_before_and_after_a_jump(role: str) -> None:
    song = Song(role, 6, 11, metres=[(4, 4), (6, 8)], points=1)
    row = song.ask(0, 6)
    whole, begin = joined(row), 0.0
    for each in row:
        alone = joined([each])
        # Tails of the bar before may ring out through its first quarter of a beat.
        for place in range(26, int(each.beats * 100), 7):
            beat = place / 100
            assert _sounding(whole, begin + beat) == _sounding(alone, beat), (each.bar, beat)
        begin += each.beats


def _sounding(notes: list[Note], beat: float) -> set[int]:
    return {note.pitch for note in notes if note.start_time <= beat < note.end_time}


def test_late_and_early_notes_are_brought_into_their_bar() -> None:
    early, late = Note(60, 7.95, 1.0), Note(61, 12.03, 0.5)
    found = inside([early, late], 8.0, 4.0)
    assert told(found) == [(60, 0.0, pytest.approx(0.95)), (61, pytest.approx(3.98), pytest.approx(0.55))]
    doubled = inside([Note(60, 0.0, 2.0), Note(60, 1.0, 2.0), Note(60, 1.005, 1.0)], 0.0, 4.0)
    assert [note.start_time for note in doubled] == [0.0, 1.005]
    assert doubled[0].end_time <= 1.005


def test_one_that_plays_alone_ends_for_the_next() -> None:
    early, late = [Note(40, 0.0, 3.0)], [Note(43, 2.0, 1.0)]
    assert told(joined_at(early, late, alone=True)) == [(40, 0.0, 2.0), (43, 2.0, 1.0)]
    assert told(joined_at(early, late, alone=False)) == [(40, 0.0, 3.0), (43, 2.0, 1.0)]
    assert early[0].duration == 3.0
