"""Keys as people write them."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.theory.keys import MODES, Key, parse_key, parse_mode, usual_key
from tests.engine.theory.asking import answer

SPELLINGS = {
    "D minor": ["D minor", "Dm", "dm", "D min", "Dmin", "DMIN", "d", "D-minor", "D_minor", "d aeolian", "D:min",
                "D-", "key of D minor", "Key: Dm", "in the key of d",
                "D natural minor", "D minor natural", "7A", "7a", "07A", " 7 A ", "12m", "D mi", "D  minor  scale"],
    "F# major": ["F#", "F♯", "F# major", "F#maj", "F sharp", "F-sharp major", "fsharp major", "F# M", "f# ionian",
                 "2B", "7d", "F#/Gb", "Gb / F#", "F sharp/G flat", "F#/Gb major"],
    "Gb major": ["Gb", "G♭ major", "G flat", "gb major", "Gb maj", "Gflat major", "G-flat major"],
    "Bb minor": ["Bbm", "bb", "b♭ minor", "Bb min", "3A", "B flat minor"],
    "B minor": ["Bm", "b", "B minor", "bmin", "10A", "10a"],
    "D major": ["10B", "D", "DM", "d major", "d M", "Dmaj"],
    "A harmonic minor": ["A harmonic minor", "A minor harmonic", "a harm min", "Am harmonic", "A_harmonic_minor"],
    "C melodic minor": ["C melodic minor", "C mel min", "Cm melodic", "C jazz minor", "c melodic-minor"],
    "E dorian": ["E dorian", "E Dor", "Edorian", "e DORIAN", "E dorian mode"],
    "C# phrygian": ["C# phrygian", "c# phryg", "C♯phr", "Db phrygian"],
    "F lydian": ["F lydian", "F lyd", "Flydian"],
    "G mixolydian": ["G mixolydian", "G mixo", "g mix"],
    "B locrian": ["B locrian", "b loc"],
    "Ab major": ["Ab", "G# major", "G#", "A flat major"],
    "Cb major": ["Cb", "Cb major"],
    "C# minor": ["C#m/Db minor", "C#m/Db", "C#/Db minor", "c#/db",
                 "D flat minor/C sharp minor", "C sharp/D flat minor"],
    "Eb dorian": ["D#/Eb dorian"],
}  # fmt: skip


@pytest.mark.parametrize(
    ("text", "name"), [(text, name) for name, texts in SPELLINGS.items() for text in texts], ids=repr
)
def test_every_usual_spelling(text, name):
    assert parse_key(text).name == name


@given(st.integers(0, 11), st.sampled_from(MODES))
def test_a_keys_own_name_reads_back(pc, mode):
    key = usual_key(pc, mode)
    assert parse_key(key.name) == key
    assert parse_key(key.name.upper() if mode != "minor" else key.name) == key


@given(st.sampled_from(list("CDEFGAB")), st.sampled_from(["", "#", "b"]), st.sampled_from(MODES))
def test_any_spelling_keeps_its_sound(letter, sign, mode):
    written = Key(letter + sign, mode)
    read = parse_key(written.name)
    assert read.scale_pcs == written.scale_pcs
    assert abs(read.signature) <= 7
    assert read == written or abs(written.signature) > 7


@given(st.integers(1, 12), st.sampled_from("AB"))
def test_camelot_codes_go_both_ways(number, letter):
    code = f"{number}{letter}"
    assert parse_key(code).camelot == code
    assert parse_key(parse_key(code).name).camelot == code


@given(st.text(max_size=60))
def test_any_text_is_a_key_or_a_polite_error(text):
    key, refusal = answer(parse_key, text)
    if refusal:
        assert (refusal.field, refusal.value) == ("key", text)
        assert "Camelot" in refusal.hint
    else:
        assert parse_key(key.name) == key


@pytest.mark.parametrize(
    "text", ["", " ", "H", "H minor", "D wibble", "Dmaj7", "B_", "B--", "C##", "major", "Cis-Moll", "x" * 999]
)
def test_what_is_no_key_is_refused_with_what_is_allowed(text):
    with pytest.raises(InvalidValue) as caught:
        parse_key(text)
    assert caught.value.field == "key"
    assert "D minor" in caught.value.hint
    assert "1A to 12B" in caught.value.hint


@pytest.mark.parametrize("text", ["Am/C", "C#m/Db major", "C/Db", "F#/", "/", "C/C/C"])
def test_two_names_that_are_not_one_key(text):
    with pytest.raises(InvalidValue) as caught:
        parse_key(text)
    assert caught.value.value == text


@pytest.mark.parametrize("text", ["0A", "13A", "13B", "99a", "0d", "13m"])
def test_codes_beyond_the_wheel(text):
    with pytest.raises(InvalidValue, match="1A to 12A"):
        parse_key(text)


def test_a_slip_of_the_finger_is_named():
    with pytest.raises(InvalidValue, match='Did you mean "dorian"'):
        parse_key("D dorain")


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("Harmonic minor", "harmonic_minor"),
        ("mixo", "mixolydian"),
        ("m", "minor"),
        ("Aeolian", "minor"),
        ("MAJOR", "major"),
    ],
)
def test_modes_alone(text, mode):
    assert parse_mode(text) == mode


@given(st.text("abdehijlmnorzy ", max_size=12), st.sampled_from(["zz", "jaz", "naturl", "jaz minr", "phrigian", ""]))
def test_what_is_suggested_would_be_understood(noise, slip):
    for text in (noise, slip):
        _, refusal = answer(parse_mode, text)
        if refusal and (meant := re.search('Did you mean "(.+?)"', refusal.hint)):
            assert parse_mode(meant[1])
            assert parse_key(f"D {meant[1]}")


@pytest.mark.parametrize("text", ["", "  ", "phrigian", "blues", "zz", "-"])
def test_unknown_modes(text):
    with pytest.raises(InvalidValue) as caught:
        parse_mode(text)
    assert caught.value.field == "mode"
    assert "locrian" in caught.value.hint
