"""Names of notes: the letter and the pitch class decide the accidental."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.theory.spelling import FLAT_NAMES, fifths, letter_index, name_pc, pitch_name, plain_accidentals, spell


@pytest.mark.parametrize(("name", "pc"), [("C", 0), ("Cb", 11), ("B#", 0), ("F##", 7), ("Bbb", 9), ("E", 4)])
def test_name_to_pitch_class(name, pc):
    assert name_pc(name) == pc


@pytest.mark.parametrize("name", ["", "H", "c", "C###", "Cx", "C4"])
def test_what_is_no_note_name_is_refused(name):
    with pytest.raises(ValueError, match="not a note name"):
        name_pc(name)


@given(st.integers(-20, 20), st.integers(-20, 20))
def test_spelled_names_sound_right_and_need_one_accidental_at_most(letter, pc):
    name = spell(letter, pc)
    assert name_pc(name) == pc % 12
    assert len(name) <= 2


@given(st.sampled_from([letter + sign for letter in "ABCDEFG" for sign in ("", "#", "b")]))
def test_spelling_keeps_the_letter_where_it_can(name):
    assert spell(letter_index(name), name_pc(name)) == name


def test_double_accidentals_become_plain_notes():
    assert spell(6, 9) == "A"
    assert spell(3, 7) == "G"


def test_pitches_have_lives_names():
    assert [pitch_name(pitch) for pitch in (0, 60, 61, 127)] == ["C-2", "C3", "C#3", "G8"]
    assert pitch_name(61, FLAT_NAMES) == "Db3"


def test_fifths():
    assert [fifths(name) for name in ("F", "C", "G", "F#", "Gb", "Cb")] == [-1, 0, 1, 6, -6, -7]


def test_signs_of_print_become_signs_of_a_keyboard():
    assert plain_accidentals(" B♭–F♯ ") == "Bb-F#"
