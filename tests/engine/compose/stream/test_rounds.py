"""The harmony of a stream: from words, chords in time or notes, round and round by bars."""

import pytest

from engine.compose.stream.request import ROLES
from engine.theory.symbols import read_symbol
from tests.engine.compose.stream.asked import bars, one

PITCHED = [role for role in ROLES if role != "drums"]
IN_TIME = [
    {"start": 0, "duration": 4, "symbol": "Am7"},
    {"start": 4, "duration": 2, "symbol": "Dm7"},
    {"start": 6, "duration": 2, "pitch_classes": [7, 11, 2, 5]},
    {"start": 8, "duration": 4, "symbol": "Cmaj7"},
]


def symbols(role: str, first: int, count: int, **more: object) -> list[list[str]]:
    still = {"tension": 35, "complexity": 35}
    return [[chord.symbol for chord in bar.chords] for bar in bars(role, first, count, macros=still, **more)]


@pytest.mark.parametrize("first", [0, 1, 7, 300])
def test_a_progression_goes_round_from_bar_0(first: int) -> None:
    written = [["Cm"], ["Fm", "Bb"], ["Eb"]]
    found = symbols("bass", first, 4, progression="Cm | Fm Bb | Eb")
    assert found == [written[(first + number) % 3] for number in range(4)]


def test_chords_in_time_go_round_by_bars() -> None:
    found = symbols("melody", 0, 8, chords=IN_TIME)
    assert found[:3] == [["Am7"], ["Dm7", "G7"], ["Cmaj7"]]
    assert found[3:6] == found[:3]
    assert symbols("melody", 4, 1, chords=IN_TIME) == [found[4]]


def test_chords_keep_their_bars_where_the_signature_changes() -> None:
    whole = {"chords": IN_TIME, "harmony_numerator": 4}
    short = symbols("bass", 0, 3, signature_numerator=7, signature_denominator=8, **whole)
    assert short == [["Am7"], ["Dm7", "G7"], ["Cmaj7"]]
    own = bars("bass", 0, 2, signature_numerator=3, chords=IN_TIME)
    assert [[chord.symbol for chord in bar.chords] for bar in own] == [["Am7"], ["Am7", "Dm7"]]
    long = one("bass", 1, signature_numerator=5, **whole)
    assert [(chord.start, chord.duration) for chord in long.chords] == [(0.0, 2.0), (2.0, 3.0)]


def test_harmony_is_heard_in_notes() -> None:
    notes = [
        {"pitch": pitch, "start_time": 4.0 * bar, "duration": 4.0}
        for bar, chord in enumerate([(57, 60, 64), (53, 57, 60)])
        for pitch in chord
    ]
    assert symbols("arp", 2, 2, harmony_notes=notes) == [["Am"], ["F"]]
    silent = bars("bass", 0, 1, harmony_notes=[{"pitch": 60, "start_time": 0, "duration": 1, "mute": True}])
    assert silent[0].chords


@pytest.mark.parametrize("role", PITCHED)
def test_every_role_follows_the_chords(role: str) -> None:
    near = far = 0
    for seed in range(3):
        for bar in bars(
            role, 0, 4, seed=seed, progression="Am | Fmaj7 | C | G", macros={"complexity": 0, "tension": 0}
        ):
            for note in bar.notes:
                near += note.pitch % 12 in read_symbol(bar.chords[0].symbol).pcs
                far += 1
    assert near / far > 0.6


def test_one_key_for_all_where_one_is_given() -> None:
    for role in PITCHED:
        low = {note.pitch % 12 for bar in bars(role, 0, 8, key="D minor", progression="auto") for note in bar.notes}
        inside = low & {2, 4, 5, 7, 9, 10, 0, 1, 11}
        assert len(inside) >= len(low) - 1


def test_chords_of_the_chord_role_are_told_as_they_are_coloured() -> None:
    plain, rich = (
        one("chords", 0, progression="auto", style="deep_house", macros={"complexity": stand}) for stand in (0, 90)
    )
    assert plain.chords[0].symbol != rich.chords[0].symbol


def test_a_bar_of_chords_without_room_keeps_the_first() -> None:
    crowded = one("bass", 0, progression="Cm Fm Bb Eb", signature_numerator=1, signature_denominator=16)
    assert [chord.symbol for chord in crowded.chords] == ["Cm"]
