"""Live's scales and the keys that stand for them."""

import pytest

from engine.errors import InvalidValue
from engine.theory.keys import LIVE_SCALES, MODE_STEPS, Key, key_from_live

EXACT = {
    "Major": "major", "Minor": "minor", "Dorian": "dorian", "Mixolydian": "mixolydian", "Lydian": "lydian",
    "Phrygian": "phrygian", "Locrian": "locrian", "Harmonic Minor": "harmonic_minor", "Melodic Minor": "melodic_minor",
}  # fmt: skip
NEAREST = {
    "Minor Blues": "minor", "Minor Pentatonic": "minor", "Major Pentatonic": "major", "Harmonic Major": "major",
    "Dorian #4": "dorian", "Phrygian Dominant": "mixolydian", "Lydian Augmented": "lydian",
    "Lydian Dominant": "mixolydian", "Half-whole Dim.": "mixolydian", "Whole-half Dim.": "harmonic_minor",
    "Super Locrian": "locrian", "Bhairav": "major", "Hungarian Minor": "harmonic_minor", "Hirajoshi": "minor",
    "In-Sen": "phrygian", "Iwato": "locrian", "Kumoi": "dorian", "Pelog Selisir": "phrygian",
}  # fmt: skip


def test_all_of_live_twelves_scales_are_here():
    assert len(LIVE_SCALES) == 35
    for steps in LIVE_SCALES.values():
        assert steps[0] == 0
        assert list(steps) == sorted(set(steps))
        assert steps[-1] < 12


@pytest.mark.parametrize("name", LIVE_SCALES)
def test_every_scale_finds_a_key_on_its_own_root(name):
    for root in range(12):
        key, notice = key_from_live(root, name)
        assert key.tonic_pc == root
        assert bool(notice) == (set(MODE_STEPS[key.mode]) != set(LIVE_SCALES[name]))


@pytest.mark.parametrize(("name", "mode"), EXACT.items())
def test_scales_that_are_our_modes(name, mode):
    assert key_from_live(2, name) == (Key("D", mode), "")


@pytest.mark.parametrize(("name", "mode"), NEAREST.items())
def test_scales_that_are_not_say_what_was_taken(name, mode):
    key, notice = key_from_live(9, name)
    assert key == Key("A", mode)
    assert f"A {name}" in notice
    assert key.name in notice


@pytest.mark.parametrize("name", ["Dorian ♯4", "dorian #4", "DORIAN #4"])
def test_names_are_read_loosely(name):
    assert key_from_live(0, name)[0] == Key("C", "dorian")


def test_both_spellings_of_the_composer():
    assert key_from_live(0, "Messaien 3") == key_from_live(0, "Messiaen 3")


def test_a_scale_known_only_by_its_intervals():
    key, notice = key_from_live(7, "My scale", [0, 2, 3, 5, 7, 9])
    assert key == Key("G", "dorian")
    assert "G My scale" in notice


def test_a_scale_known_by_nothing_is_said_to_be_unused():
    key, notice = key_from_live(0, "Bohlen-Pierce")
    assert key is None
    assert "Bohlen-Pierce" in notice


@pytest.mark.parametrize("root", [-1, 12])
def test_a_root_outside_the_octave(root):
    with pytest.raises(InvalidValue, match="scale_root"):
        key_from_live(root, "Major")
