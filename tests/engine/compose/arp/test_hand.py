"""Chords under the fingers: complete, near the register, led the short way."""

import statistics
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compose.arp.hand import as_played, coloured, finger
from engine.compose.dice import Dice
from engine.theory.symbols import read_symbol

MAJOR = (0, 2, 4, 5, 7, 9, 11)
SYMBOLS = ["C", "Am", "F", "G7", "Dm7", "Bm7b5", "E7", "Fmaj7", "C/E", "Gsus4", "A5", "Cmaj9", "F#m7b5", "Db13"]


def row(
    symbol: str,
    voices: int,
    register: int = 60,
    voicing: str = "smooth",
    previous: tuple[int, ...] | None = None,
) -> tuple[int, ...]:
    chord = read_symbol(symbol)
    return finger(chord.pcs, chord.bass, voices, register, voicing=voicing, previous=previous)


@given(st.sampled_from(SYMBOLS), st.integers(1, 8), st.integers(24, 96), st.sampled_from(["smooth", "root"]))
def test_a_chord_has_its_voices_its_tones_and_lies_where_it_should(
    symbol: str, voices: int, register: int, voicing: str
) -> None:
    chord, found = read_symbol(symbol), row(symbol, voices, register, voicing)
    assert len(set(found)) == len(found) == voices
    assert found == tuple(sorted(found))
    assert {pitch % 12 for pitch in found} <= {*chord.pcs, chord.bass}
    if voices >= len(chord.pcs):
        assert set(chord.pcs) <= {pitch % 12 for pitch in found}
    assert abs(statistics.mean(found) - register) <= (7 if 48 <= register <= 76 and voicing == "smooth" else 20)
    assert 0 <= found[0] <= found[-1] <= 127


@given(st.sampled_from(SYMBOLS), st.integers(2, 8))
def test_root_voicings_stand_on_what_is_written_lowest(symbol: str, voices: int) -> None:
    chord = read_symbol(symbol)
    assert row(symbol, voices, voicing="root", previous=(71, 74, 79))[0] % 12 == chord.bass


@pytest.mark.parametrize(("symbol", "voices", "kept"), [("Dm9", 3, {2, 5, 0}), ("G13", 4, {7, 11, 5, 4})])
def test_with_few_voices_the_telling_tones_stay(symbol: str, voices: int, kept: set[int]) -> None:
    assert {pitch % 12 for pitch in row(symbol, voices)} == kept


def moved(voicing: str) -> float:
    last, total = None, []
    for symbol in ["Am7", "Dm7", "G7", "Cmaj7", "Fmaj7", "Bm7b5", "E7", "Am7"] * 4:
        now = row(symbol, 4, voicing=voicing, previous=last)
        total += [abs(a - b) for a, b in zip(last or now, now, strict=True)]
        last = now
    return statistics.mean(total)


def test_smooth_leading_moves_a_third_of_what_root_positions_do() -> None:
    assert moved("smooth") < 2.0
    assert moved("smooth") < 0.5 * moved("root")


def test_a_long_way_round_the_fifths_does_not_wander_off() -> None:
    last, means = None, []
    for step in range(96):
        root = step * 5 % 12
        last = finger((root, (root + 4) % 12, (root + 7) % 12), root, 3, 60, voicing="smooth", previous=last)
        means.append(statistics.mean(last))
    assert max(means) - min(means) < 8


def test_complexity_adds_tones_of_the_key_and_takes_none() -> None:
    for symbol in ("C", "Dm", "Em", "F", "G", "Am"):
        chord = read_symbol(symbol)
        for seed in range(20):
            found = [coloured(chord, MAJOR, amount, 0, Dice(seed)) for amount in (0, 40, 60, 75, 100)]
            assert found[0] == found[1] == chord.pcs
            for fewer, more in pairwise(found):
                assert more[: len(fewer)] == fewer
            assert set(found[-1]) <= set(MAJOR)
            assert len(found[-1]) > 3
            # Nothing that was added grinds a semitone above a tone of the chord.
            assert all((tone - 1) % 12 not in chord.pcs for tone in found[-1][3:])


def test_a_chord_struck_as_a_player_does_begins_on_its_root() -> None:
    assert as_played((64, 67, 72, 76), (0, 4, 7)) == (72, 64, 67, 76)
    assert as_played((60, 64, 67), (0, 4, 7)) == (60, 64, 67)
