"""Surprises: which bars depart, by what, and that nothing is left of it in the next bar."""

import pytest

from engine.compose.stream.request import ROLES
from engine.compose.stream.substitute import substitute
from engine.theory.symbols import read_symbol
from tests.engine.compose.stream.asked import bars, one, onsets

MAJOR = (0, 2, 4, 5, 7, 9, 11)


def kinds(role: str, surprise: float, count: int = 32) -> list[str]:
    return [
        bar.surprise
        for first in range(0, count, 8)
        for bar in bars(role, first, 8, progression="C | Am | F | G", macros={"surprise": surprise, "humanise": 0})
    ]


@pytest.mark.parametrize("role", ROLES)
def test_more_surprise_keeps_the_surprises_there_were(role: str) -> None:
    none, some, many = kinds(role, 0), kinds(role, 40), kinds(role, 100)
    assert set(none) == {""}
    assert 0 < sum(map(bool, some)) < sum(map(bool, many)) < 32
    assert all(kind in ("", more) for kind, more in zip(some, many, strict=True))
    expected = {"drop", "fill", "other"} | ({"substitute"} if role == "chords" else set())
    assert set(many) - {""} == expected


@pytest.mark.parametrize("role", ROLES)
def test_a_surprise_leaves_no_trace(role: str) -> None:
    wild = {"surprise": 100.0}
    for number, kind in enumerate(kinds(role, 100, 8)[:7]):
        if kind:
            after = one(role, number + 1, progression="C | Am | F | G", macros={"surprise": 0.0})
            through = bars(
                role,
                number,
                2,
                progression="C | Am | F | G",
                macros=wild,
                points=[{"beat": 4.0, "surprise": 0.0}],
            )[1]
            assert through == after


@pytest.mark.parametrize("role", ROLES)
def test_a_silence_is_one(role: str) -> None:
    found = 0
    for number, kind in enumerate(kinds(role, 100)):
        if kind == "drop":
            still, silent = (
                one(role, number, progression="C | Am | F | G", macros={"surprise": surprise, "humanise": 0})
                for surprise in (0, 100)
            )
            begun = [note.start_time for note in silent.notes]
            assert onsets(silent.notes) == onsets(still.notes)[: len(silent.notes)]
            gone = [note.start_time for note in still.notes[len(begun) :]]
            # Whoever is silent from a beat on does not ring into it either.
            if gone:
                assert all(note.end_time <= min(gone) + 0.15 for note in silent.notes)
                found += 1
    assert found


def test_a_chord_gives_way_to_one_that_shares_two_tones() -> None:
    for symbol in ("C", "Dm", "Em", "F", "G", "Am", "Cmaj7", "G7"):
        chord = read_symbol(symbol)
        for chance in (0.1, 0.9):
            other = substitute(chord, MAJOR, chance)
            assert other.root != chord.root
            assert len(set(other.pcs) & set(chord.pcs)) >= 2
            assert set(other.pcs) <= set(MAJOR)


@pytest.mark.parametrize("symbol", ["C/E", "Bdim", "Csus4", "C5", "F#m", "Caug"])
def test_a_chord_that_nothing_stands_for_stays(symbol: str) -> None:
    chord = read_symbol(symbol)
    found = substitute(chord, MAJOR, 0.5)
    assert found == chord or set(found.pcs) <= set(MAJOR)
    if symbol in ("C/E", "Csus4", "C5", "F#m"):
        assert found == chord
