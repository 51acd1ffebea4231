"""Voicings keep their register; their leading is smooth and free of parallels, and is the best there is."""

import itertools
import statistics

import numpy as np
import pytest

from engine.compose.chords import ChordsRequest, compose_chords
from engine.compose.dice import Dice
from engine.compose.motion import motions_between
from engine.compose.shapes import shapes, voiced_tones
from engine.compose.stock import Register, styles, voicings
from engine.compose.voice_leading import lead
from engine.compose.voicing import HIGHEST, LOWEST, MOST, table_for
from engine.theory.key import usual_key
from engine.theory.symbols import read_symbol
from tests.engine.compose import chord_measures as ear

MIDDLE = Register(50, 78, 62)
CHORDS = ["C", "Am", "F#dim", "G7", "Dm9", "Ebmaj9", "B13", "F#m11", "C+", "Gsus4", "C5", "A7#9b13", "Bbmaj13#11"]
CHORDS += ["Em7b5", "C6/9", "Abm(maj7)", "C/E", "Dm7/G", "Fmaj7/B"]


def table(symbol: str, voicing: str = "close", register: Register = MIDDLE):
    chord = read_symbol(symbol)
    return table_for(chord.root, chord.intervals, chord.bass, voicing, register)


@pytest.mark.parametrize("voicing", list(voicings()))
@pytest.mark.parametrize("symbol", CHORDS)
def test_every_row_keeps_the_rules(symbol: str, voicing: str) -> None:
    chord = read_symbol(symbol)
    for register in (MIDDLE, Register(40, 84, 62), Register(60, 70, 65)):
        found = table(symbol, voicing, register)
        assert 1 <= len(found.rows) <= MOST
        assert len(set(found.rows)) == len(found.rows)
        for row in found.rows:
            assert row[0] >= LOWEST
            assert row[-1] <= HIGHEST
            assert list(row) == sorted(set(row))
            assert not any(b - a <= 2 and a < 48 for a, b in itertools.pairwise(row))
            assert {pitch % 12 for pitch in row} <= {*chord.pcs, chord.bass}
            if chord.inverted:
                assert row[0] % 12 == chord.bass
            if voicing != "rootless":
                assert chord.root in {pitch % 12 for pitch in row}


def test_voicings_are_what_they_are_called() -> None:
    spans = {name: {row[-1] - row[0] for row in table("Cmaj7", name).rows} for name in voicings()}
    assert max(spans["close"]) <= 11
    assert min(spans["drop2"]) > 12
    assert min(spans["drop3"]) > 14
    assert min(spans["spread"]) >= 14
    assert all(len(row) == 3 for row in table("Cmaj7", "shell").rows)
    assert all(0 not in {pitch % 12 for pitch in row} for row in table("Cmaj9", "rootless").rows)
    assert all(0 in {pitch % 12 for pitch in row} for row in table("C", "rootless").rows), "a triad keeps its root"
    best = table("Dm11", "quartal").rows[int(table("Dm11", "quartal").cost.argmin())]
    assert sum(b - a == 5 for a, b in itertools.pairwise(best)) >= len(best) - 3, best
    octave = table("C5", "close").rows
    assert all(len(row) >= 3 for row in octave), "a power chord is filled with its octave"


def test_root_lies_lowest_unless_leading_says_otherwise() -> None:
    found = table("Cmaj7", "spread", Register(44, 78, 62))
    assert found.rows[int(found.cost.argmin())][0] % 12 == 0


def test_the_fifth_is_left_out_first() -> None:
    assert voiced_tones((0, 3, 7, 10, 14), 4) == (0, 3, 10, 14)
    assert voiced_tones((0, 3, 7, 10, 14, 17), 4) == (0, 3, 10, 17)
    assert voiced_tones((0, 4, 7, 10, 13, 21), 5) == (0, 4, 10, 13, 21)
    assert voiced_tones((0, 4, 8, 10, 15, 20), 6) == (0, 4, 10, 15, 20), "one voice for each pitch class"


@pytest.mark.parametrize("pair", [("Dm9", "G13"), ("Am", "Fmaj9"), ("C5", "G7"), ("Em7b5", "A7#9b13")])
def test_motion_agrees_with_matching_by_hand(pair: tuple[str, str]) -> None:
    before, after = table(pair[0], "drop2"), table(pair[1], "drop2")
    motion = motions_between([(before, after)])[0]
    for (i, a), (j, b) in itertools.product(enumerate(before.rows), enumerate(after.rows)):
        pairs = ear.matched(a, b)
        assert motion.mean[i, j] == sum(abs(y - x) for x, y in pairs) * 1000 // len(pairs)
        if len(a) == len(b):
            by_hand = ear.leading([a, b])
            assert by_hand is None or motion.largest[i, j] == by_hand["worst"]
            assert by_hand is None or motion.parallels[i, j] == by_hand["parallels"]


def test_the_way_found_is_the_cheapest_of_all() -> None:
    tables = [table(symbol, "drop2", Register(52, 70, 61)) for symbol in ("Dm7", "G7", "Cmaj7")]
    chosen = lead(tables, 0.0, None, Dice(1))

    def path_length(rows) -> float:
        closed = [*rows, rows[0]]
        return sum(statistics.fmean(abs(b - a) for a, b in ear.matched(x, y)) for x, y in itertools.pairwise(closed))

    shortest = min(path_length(rows) for rows in itertools.product(*(found.rows for found in tables)))
    # The knob at 0 weighs motion above all, the seed and a voicing's own cost sway it a little.
    assert path_length(chosen) <= shortest + 1.0


def test_a_chord_that_stays_stays_when_smooth_and_moves_when_asked() -> None:
    tables = [table("Am7", "drop2")] * 8
    assert len(set(lead(tables, 0.0, None, Dice(2)))) == 1
    assert len(set(lead(tables, 100.0, None, Dice(2)))) > 2


def test_shapes_come_in_a_fixed_order() -> None:
    first = shapes((0, 3, 7, 10, 14), "spread")
    shapes.cache_clear()
    assert shapes((0, 3, 7, 10, 14), "spread") == first


def test_costs_are_whole_numbers() -> None:
    found = table("Dm9", "spread")
    assert found.cost.dtype == np.int64
    assert motions_between([(found, found)])[0].mean.dtype == np.int32


@pytest.fixture(scope="module")
def clips() -> list[tuple[str, dict[str, float]]]:
    measured = []
    for number, style in enumerate(styles()):
        for place in range(24):
            key = usual_key(place % 12, "major" if place < 12 else "minor").name
            movement = 0.0 if place % 2 else 40.0
            result = compose_chords(
                ChordsRequest(style=style, key=key, seed=3000 + 24 * number + place, movement=movement, humanise=0)
            )
            found = ear.leading([chord for _, chord in ear.struck_chords(result)])
            if found:
                measured.append((style, found))
    return measured


def test_smooth_means_smooth(clips: list[tuple[str, dict[str, float]]]) -> None:
    assert len(clips) > 250
    assert statistics.median(clip["move"] for _, clip in clips) <= 1.2
    for style in styles():
        moves = [clip["move"] for name, clip in clips if name == style]
        assert statistics.median(moves) <= 1.5, style
        assert statistics.median(clip["largest"] for name, clip in clips if name == style) <= 3.5


def test_no_voice_leaps(clips: list[tuple[str, dict[str, float]]]) -> None:
    assert max(clip["worst"] for _, clip in clips) <= 5


def test_no_parallels(clips: list[tuple[str, dict[str, float]]]) -> None:
    assert statistics.fmean(clip["parallels"] for _, clip in clips) <= 0.005
