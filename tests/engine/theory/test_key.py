"""Keys on the Camelot wheel, their relatives and parallels."""

import pytest

from engine.errors import InvalidValue
from engine.theory.key import MODE_STEPS, MODES, Key, from_camelot, parallel, relative, usual_key

# The wheel as printed on every chart.
WHEEL = {
    1: ("G# minor", "B major"), 2: ("Eb minor", "F# major"), 3: ("Bb minor", "Db major"),
    4: ("F minor", "Ab major"), 5: ("C minor", "Eb major"), 6: ("G minor", "Bb major"),
    7: ("D minor", "F major"), 8: ("A minor", "C major"), 9: ("E minor", "G major"),
    10: ("B minor", "D major"), 11: ("F# minor", "A major"), 12: ("C# minor", "E major"),
}  # fmt: skip
TONICS = [letter + sign for letter in "CDEFGAB" for sign in ("", "#", "b")]
EVERY_KEY = [Key(tonic, mode) for tonic in TONICS for mode in MODES]


@pytest.mark.parametrize("number", WHEEL)
def test_the_camelot_wheel_both_ways(number):
    for letter, name in zip("AB", WHEEL[number], strict=True):
        key = from_camelot(number, letter)
        assert key.name == name
        assert key.camelot == f"{number}{letter}"


@pytest.mark.parametrize(
    ("tonic", "mode", "code"),
    [
        ("Ab", "minor", "1A"), ("Gb", "major", "2B"), ("D", "dorian", "8A"), ("E", "phrygian", "8A"),
        ("F", "lydian", "8B"), ("G", "mixolydian", "8B"), ("B", "locrian", "8A"),
        ("A", "harmonic_minor", "8A"), ("A", "melodic_minor", "8A"), ("E", "dorian", "10A"),
    ],
)  # fmt: skip
def test_modes_stand_with_the_keys_they_share_notes_with(tonic, mode, code):
    assert Key(tonic, mode).camelot == code


def test_keys_of_one_number_share_their_notes():
    plain = [key for key in EVERY_KEY if key.mode not in ("harmonic_minor", "melodic_minor")]
    by_number = {}
    for key in plain:
        by_number.setdefault(key.camelot[:-1], set()).add(frozenset(key.scale_pcs))
    assert len(by_number) == 12
    assert all(len(scales) == 1 for scales in by_number.values())


def test_name_tonic_and_scale():
    key = Key("Bb", "harmonic_minor")
    assert key.name == "Bb harmonic minor"
    assert key.tonic_pc == 10
    assert key.scale_pcs == (10, 0, 1, 3, 5, 6, 9)
    assert key.scale_names == ("Bb", "C", "Db", "Eb", "F", "Gb", "A")
    assert (key.signature, key.minor_third) == (-5, True)


@pytest.mark.parametrize(
    ("tonic", "mode", "field"), [("H", "major", "key"), ("C##", "minor", "key"), ("C", "blues", "mode")]
)
def test_what_is_no_key_is_refused(tonic, mode, field):
    with pytest.raises(InvalidValue) as caught:
        Key(tonic, mode)
    assert caught.value.field == field


@pytest.mark.parametrize(
    ("key", "other"),
    [
        (Key("A", "minor"), Key("C", "major")), (Key("C", "major"), Key("A", "minor")),
        (Key("F#", "major"), Key("D#", "minor")), (Key("Gb", "major"), Key("Eb", "minor")),
        (Key("D", "dorian"), Key("C", "major")), (Key("F", "lydian"), Key("A", "minor")),
        (Key("B", "locrian"), Key("C", "major")), (Key("A", "harmonic_minor"), Key("C", "major")),
    ],
)  # fmt: skip
def test_relative(key, other):
    assert relative(key) == other


@pytest.mark.parametrize("key", EVERY_KEY, ids=lambda key: key.name)
def test_relative_shares_the_signature_and_changes_gender(key):
    other = relative(key)
    assert other.camelot[:-1] == key.camelot[:-1]
    assert other.minor_third != key.minor_third
    assert other.mode in ("major", "minor")


@pytest.mark.parametrize("key", EVERY_KEY, ids=lambda key: key.name)
def test_parallel_keeps_the_tonic_and_changes_gender(key):
    other = parallel(key)
    assert other.tonic_pc == key.tonic_pc
    assert other.minor_third != key.minor_third
    assert abs(other.signature) <= 7


def test_usual_keys_are_the_ones_with_fewest_accidentals():
    assert " ".join(usual_key(pc, "major").tonic for pc in range(12)) == "C Db D Eb E F F# G Ab A Bb B"
    assert " ".join(usual_key(pc, "minor").tonic for pc in range(12)) == "C C# D Eb E F F# G G# A Bb B"
    assert all(abs(usual_key(pc, mode).signature) <= 6 for pc in range(12) for mode in MODES)


def test_every_mode_has_seven_rising_degrees():
    for steps in MODE_STEPS.values():
        assert len(steps) == 7
        assert list(steps) == sorted(set(steps))
