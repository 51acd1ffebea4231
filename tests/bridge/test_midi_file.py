import io
import random
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import mido
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bridge.midi_file import TICKS_PER_BEAT, midi_bytes, write_midi
from engine.notes import Clip, Note
from engine.theory.keys import parse_key

FOUR = Clip(4.0, [Note(60, 0.0, 1.0, 90.0), Note(64, 1.5, 0.5, 1.0), Note(67, 2.0, 2.0, 127.0)])


def parsed(data: bytes) -> mido.MidiFile:
    return mido.MidiFile(file=io.BytesIO(data), charset="utf-8")


def meta(file: mido.MidiFile, kind: str) -> Any:
    found = [event for event in file.tracks[0] if event.type == kind]
    assert len(found) == 1
    return found[0]


def heard(data: bytes) -> list[tuple[int, Fraction, Fraction, int]]:
    """What a player plays: pitch, start and length in beats, velocity."""
    file = parsed(data)
    sounding: dict[int, tuple[int, int]] = {}
    found = []
    now = 0
    for event in file.tracks[1]:
        now += event.time
        if event.type != "note_on":
            continue
        if event.velocity > 0:
            assert event.note not in sounding, "a note begins while one of its pitch sounds"
            sounding[event.note] = (now, event.velocity)
        else:
            start, velocity = sounding.pop(event.note)
            beats = (Fraction(each, file.ticks_per_beat) for each in (start, now - start))
            found.append((event.note, *beats, velocity))
    assert not sounding
    return sorted(found, key=lambda each: (each[1], each[0]))


def test_notes_lie_on_exactly_the_beats_they_had() -> None:
    assert heard(midi_bytes(FOUR, tempo=125, name="x")) == [
        (60, 0, 1, 90),
        (64, Fraction(3, 2), Fraction(1, 2), 1),
        (67, 2, 2, 127),
    ]


@pytest.mark.parametrize("tempo", [20, 33.3, 90.01, 120, 125, 127.77, 174, 999])
def test_no_tempo_moves_a_note_off_its_tick(tempo: float) -> None:
    grid = [Fraction(n, d) for d in (1, 2, 3, 5, 16, 64) for n in range(0, 64 * d, max(1, d * 3))]
    clip = Clip(64.0, [Note(40 + i % 60, float(at), 1 / 64) for i, at in enumerate(grid)])
    found = heard(midi_bytes(clip, tempo=tempo, name="x"))
    wanted = sorted((Fraction(at), 40 + i % 60) for i, at in enumerate(grid))
    assert [(start, pitch) for pitch, start, _, _ in found] == wanted
    assert {length for _, _, length, _ in found} == {Fraction(1, 64)}


@given(
    st.lists(
        st.tuples(st.integers(0, 127), st.floats(-2, 20), st.floats(0.001, 9), st.floats(0, 127), st.booleans()),
        max_size=40,
    )
)
def test_whatever_the_notes_are_the_file_plays_them_inside_the_clip(
    drawn: list[tuple[int, float, float, float, bool]],
) -> None:
    clip = Clip(16.0, [Note(*each) for each in drawn])
    data = midi_bytes(clip, tempo=100, name="x")
    found = heard(data)
    audible = {note.pitch for note in clip.notes if not note.mute and note.end_time > 0.001 and note.start_time < 15.99}
    assert audible <= {pitch for pitch, *_ in found}
    assert all(start >= 0 and length > 0 and start + length <= 16 for _, start, length, _ in found)


def test_humanised_notes_move_by_less_than_half_a_tick() -> None:
    dice = random.Random(3)
    notes = [Note(36 + i, dice.uniform(0, 31), dice.uniform(0.1, 0.9), dice.uniform(1, 127)) for i in range(60)]
    found = {
        pitch: (start, length, velocity)
        for pitch, start, length, velocity in heard(midi_bytes(Clip(32.0, notes), tempo=93.5, name="x"))
    }
    for note in notes:
        start, length, velocity = found[note.pitch]
        assert abs(float(start) - note.start_time) <= 0.5 / TICKS_PER_BEAT + 1e-9
        assert abs(float(start + length) - note.end_time) <= 0.5 / TICKS_PER_BEAT + 1e-9
        assert abs(velocity - note.velocity) <= 0.5


@pytest.mark.parametrize(("tempo", "microseconds"), [(120, 500_000), (125, 480_000), (20, 3_000_000), (999, 60_060)])
def test_the_tempo_is_the_nearest_a_file_can_hold(tempo: float, microseconds: int) -> None:
    assert meta(parsed(midi_bytes(FOUR, tempo=tempo, name="x")), "set_tempo").tempo == microseconds


@pytest.mark.parametrize("tempo", [0, -3, float("nan"), float("inf")])
def test_a_tempo_that_is_none_is_refused(tempo: float) -> None:
    with pytest.raises(ValueError, match="tempo"):
        midi_bytes(FOUR, tempo=tempo, name="x")


@pytest.mark.parametrize("signature", [(4, 4), (6, 8), (7, 16), (5, 1), (99, 2)])
def test_the_time_signature_is_the_clips(signature: tuple[int, int]) -> None:
    clip = Clip(21.0, [Note(60, 0.0, 1.0)], *signature)
    found = meta(parsed(midi_bytes(clip, tempo=120, name="x")), "time_signature")
    assert (found.numerator, found.denominator) == signature


@pytest.mark.parametrize(
    ("key", "written"),
    [
        ("C major", "C"),
        ("D minor", "Dm"),
        ("Bb major", "Bb"),
        ("B minor", "Bm"),
        ("F# major", "F#"),
        ("C# minor", "C#m"),
        ("A harmonic minor", "Am"),
        ("D dorian", "Am"),
        ("E phrygian", "Am"),
        ("F lydian", "C"),
        ("G mixolydian", "C"),
        ("Eb minor", "D#m"),  # pretty_midi has one name for each place; the six signs sound the same
    ],
)
def test_the_key_signature_is_the_one_of_the_keys_notes(key: str, written: str) -> None:
    data = midi_bytes(FOUR, tempo=120, name="x", key=parse_key(key))
    assert meta(parsed(data), "key_signature").key == written


def test_without_a_key_there_is_no_key_signature() -> None:
    assert all(event.type != "key_signature" for event in parsed(midi_bytes(FOUR, tempo=120, name="x")).tracks[0])


def test_the_track_has_the_clips_name_in_any_letters() -> None:
    assert parsed(midi_bytes(FOUR, tempo=120, name="Akkorde für ♭VII")).tracks[1].name == "Akkorde für ♭VII"


@pytest.mark.parametrize("length", [4.0, 32.0, 1.75])
def test_both_tracks_end_where_the_clip_ends(length: float) -> None:
    file = parsed(midi_bytes(Clip(length, [Note(60, 0.0, 1.0)]), tempo=120, name="x"))
    ends = [sum(event.time for event in track) for track in file.tracks]
    assert ends == [length * TICKS_PER_BEAT] * 2
    assert [track[-1].type for track in file.tracks] == ["end_of_track"] * 2


def test_muted_notes_and_those_outside_are_not_written() -> None:
    notes = [Note(60, 0.0, 1.0, mute=True), Note(61, 4.0, 1.0), Note(62, -1.0, 0.5), Note(63, 3.0, 9.0)]
    assert heard(midi_bytes(Clip(4.0, notes), tempo=120, name="x")) == [(63, 3, 1, 100)]


def test_a_note_ends_where_the_next_of_its_pitch_begins() -> None:
    notes = [Note(60, 0.0, 4.0), Note(62, 0.5, 1.0), Note(60, 1.0, 1.0), Note(60, 1.0, 2.0)]
    assert [each[:3] for each in heard(midi_bytes(Clip(4.0, notes), tempo=120, name="x"))] == [
        (60, 0, 1),
        (62, Fraction(1, 2), 1),
        (60, 1, 2),
    ]


def test_a_clip_without_notes_is_a_file_too() -> None:
    assert heard(midi_bytes(Clip(8.0, []), tempo=120, name="x")) == []


def test_a_file_is_written_and_never_lost(tmp_path: Path) -> None:
    path = tmp_path / "take.mid"
    write_midi(path, FOUR, tempo=120, name="first")
    before = path.read_bytes()
    with pytest.raises(FileExistsError):
        write_midi(path, FOUR, tempo=120, name="second")
    assert path.read_bytes() == before
    write_midi(path, FOUR, tempo=120, name="second", overwrite=True)
    assert parsed(path.read_bytes()).tracks[1].name == "second"


def test_pretty_midi_waits_until_a_file_is_written() -> None:
    code = "import sys, bridge.midi_file; print([m for m in ('pretty_midi', 'mido', 'numpy') if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"
