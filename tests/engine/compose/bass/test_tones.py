"""Degrees become pitches of the chord that sounds, in the register."""

import pytest

from engine.compose.bass.changes import Change, Changes, read_changes
from engine.compose.bass.tones import approach, home, pitch_of, spelled, steps_below
from engine.compose.dice import Dice
from engine.compose.part.harmony import find_harmony
from engine.compose.part.request import ChordAt, PartRequest

C_MAJOR = frozenset({0, 2, 4, 5, 7, 9, 11})


def changes(*symbols: str, key: str = "C major") -> Changes:
    chords = [ChordAt(start=4 * place, duration=4, symbol=symbol) for place, symbol in enumerate(symbols)]
    request = PartRequest(key=key, chords=chords, bars=len(symbols))
    return read_changes(find_harmony(request, "house", 4.0 * len(symbols), Dice(1)))


def chord(symbol: str) -> Change:
    return changes(symbol).row[0]


@pytest.mark.parametrize(
    ("tone", "symbol", "pitch"),
    [
        ("1", "C", 36),
        ("8", "C", 48),
        ("5", "C", 43),
        ("-5", "C", 31),
        ("3", "Cm", 39),
        ("3", "C", 40),
        ("3", "Csus4", 41),
        ("5", "Bdim", 41),
        ("7", "C7", 46),
        ("7", "Cmaj7", 47),
        ("7", "C", 47),
        ("6", "Am", 41),
        ("b2", "C", 37),
        ("1", "C/E", 28),
        ("5", "C/E", 31),
        ("8", "C/E", 40),
    ],
)
def test_a_tone_is_the_chords_own(tone: str, symbol: str, pitch: int) -> None:
    assert pitch_of(tone, chord(symbol), C_MAJOR, 28, 55) == pitch


def test_tones_stay_in_the_register() -> None:
    for symbol in ("C", "F#m", "Bb7", "Ebmaj7/G"):
        for tone in ("1", "8", "3", "5", "7", "-5", "-7", "b2", "2", "4", "6"):
            for low in (28, 33, 40):
                assert 28 <= pitch_of(tone, chord(symbol), C_MAJOR, low, 50) <= 51


def test_spelled_tones_come_with_their_complexity() -> None:
    assert spelled("1 5@45 b7@70") == (("1", 0.0), ("5", 45.0), ("b7", 70.0))


def test_roots_lie_in_one_octave() -> None:
    assert {home(pitch_class, 28) for pitch_class in range(12)} == set(range(28, 40))


def test_scale_steps_come_from_the_side_of_the_line() -> None:
    found = changes("C", "F")
    assert [steps_below(41, count, found, rising=True) for count in (3, 2, 1)] == [36, 38, 40]
    assert [steps_below(36, count, found, rising=False) for count in (3, 2, 1)] == [41, 40, 38]


@pytest.mark.parametrize(("way", "pitch"), [("below", 40), ("above", 42), ("scale", 40), ("fifth", 36)])
def test_an_approach_leads_to_its_target(way: str, pitch: int) -> None:
    assert approach(way, 41, 36, changes("C", "F"), 55) == pitch


def test_an_approach_stays_in_the_register() -> None:
    found = changes("Em", "F")
    assert approach("below", 28, 29, found, 55) == 29
    assert approach("above", 55, 50, found, 55) == 54


def test_changes_are_read_as_a_loop() -> None:
    found = changes("Dm7", "Dm7", "G7", "C/E")
    assert [(change.start, change.end) for change in found.row] == [(0, 8), (8, 12), (12, 16)]
    assert found.at(7.9).chord.symbol == "Dm7"
    assert found.following(13).chord.symbol == "Dm7"
    assert found.at(16.0).chord.symbol == "Dm7"
    assert (found.row[2].root, found.row[2].bass) == (0, 4)
    assert [change.start for change in found.within(4, 12)] == [8]
