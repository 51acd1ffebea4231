"""The small parts of the melody composer, each by itself."""

from __future__ import annotations

import itertools
import math

import pytest

from engine.compose.dice import Dice
from engine.compose.melody import buckets as of
from engine.compose.melody.character import draw_character
from engine.compose.melody.compose import compose_melody
from engine.compose.melody.form import COURSES, Form, curve, height, stand
from engine.compose.melody.options import melody_options
from engine.compose.melody.request import CONTOURS, MelodyRequest
from engine.compose.melody.rhythm import START, odds_of, remembered, write_rhythm
from engine.compose.melody.slots import AND, ODD, STRONG, WEAK, bar_of
from engine.compose.melody.style import styles
from engine.compose.melody.touch import Hand, duration, moved, two_bells
from engine.compose.melody.weights import weights
from engine.errors import InvalidValue
from engine.notes import DENOMINATORS, beats_per_bar


def test_a_bar_of_four_is_itself() -> None:
    bar = bar_of(4, 4)
    assert bar.places == tuple(range(16))
    assert bar.weights[:5] == (STRONG, ODD, AND, ODD, WEAK)
    assert bar.weights[8] == STRONG


def test_six_eight_has_two_beats_of_three_eighths() -> None:
    bar = bar_of(6, 8)
    assert [step for step in range(12) if bar.weights[step] == STRONG] == [0, 6]
    assert [step for step in range(12) if bar.weights[step] == AND] == [2, 4, 8, 10]


def test_every_metre_is_a_row_of_sixteenths() -> None:
    for numerator in range(1, 34):
        for denominator in DENOMINATORS:
            bar = bar_of(numerator, denominator)
            assert bar.steps == round(beats_per_bar(numerator, denominator) * 4)
            assert bar.weights[0] == STRONG
            assert all(0 <= place < 16 for place in bar.places)
            assert len(bar.weights) == len(bar.groups) == bar.steps


def test_classes_cover_what_they_sort() -> None:
    assert [of.since_of(steps) for steps in (1, 2, 4, 5, 7, 16, 33, 900)] == [0, 1, 3, 4, 5, 7, 10, 10]
    assert [of.motion_of(interval) for interval in (None, 0, 2, -1, 4, -3, 12, -7)] == [0, 1, 2, 3, 4, 5, 6, 7]
    assert [of.interval_size(interval) for interval in (0, -2, 3, 6, -9, 12)] == [0, 1, 2, 3, 4, 5]
    assert [of.final_of(steps) for steps in (1, 5, 6, 9, 10, 99)] == [0, 0, 1, 1, 2, 2]
    assert [of.window_of(pitch, 60, 71) for pitch in (59, 60, 65, 71, 80)] == [0, 0, 5, 11, 11]
    assert [of.pulse_of(steps) for steps in (None, 1, 4, 8, 9)] == [0, 1, 4, 5, 6]
    assert [of.streak_of(count) for count in (0, 1, 2, 3, 5, 6)] == [0, 1, 1, 2, 2, 3]


def test_roles_over_a_chord() -> None:
    scale = (0, 2, 4, 5, 7, 9, 11)
    roles = [of.role_of(pc, 0, (0, 4, 7, 11), scale) for pc in range(12)]
    assert roles == [0, 8, 4, 8, 1, 5, 8, 2, 8, 6, 8, 3]
    # A tone of the chord is one wherever the key lies.
    assert of.role_of(8, 4, (4, 8, 11), scale) == 1


@pytest.mark.parametrize(
    ("intervals", "expected"),
    [
        ([], [None, None, None]),
        ([2], [None, None, None]),
        ([2, 2], [2, None, None]),
        ([2, -1, 3, 2, -1], [3, 3, None]),
        ([1, 2, -1, 3, 7, 2, -1, 5, 1, 2, -1], [5, 5, 3]),
    ],
)
def test_what_followed_is_expected_again(intervals: list[int], expected: list[int | None]) -> None:
    assert of.expected(intervals) == expected


def test_phrases_stand_in_periods() -> None:
    form = Form(4, "level", 0.0, 0.0)
    assert [stand(number, form).row for number in range(8)] == [0, 1, 2, 3, 0, 1, 2, 3]
    assert stand(7, form).close > stand(3, form).close > 0 > stand(1, form).close
    tense = Form(4, "level", 0.0, 1.0)
    assert stand(3, tense).close < 0
    assert stand(7, tense).close < stand(7, form).close


def test_courses_are_what_their_names_say() -> None:
    rows = {course: [height(Form(4, course, 1.0, 0.0), bar / 4) for bar in range(16)] for course in COURSES}
    assert rows["rise"] == sorted(rows["rise"])
    assert rows["fall"] == sorted(rows["fall"], reverse=True)
    assert rows["arch"].index(max(rows["arch"])) == 8
    assert len(set(rows["level"])) == 1
    turns = [b > a for a, b in zip(rows["wave"], rows["wave"][1:], strict=False)]
    assert sum(a != b for a, b in itertools.pairwise(turns)) == 3
    assert set(COURSES) | {"auto"} == set(CONTOURS)


def test_tension_peaks_late() -> None:
    values = [curve(x / 50) for x in range(51)]
    assert max(values) <= 1.0
    assert 0.55 < values.index(max(values)) / 50 < 0.7
    assert values[0] == 0
    assert values[-1] < 1e-9


def test_rhythm_remembers_what_it_wrote() -> None:
    bar = bar_of(4, 4)
    who = draw_character(MelodyRequest(), styles()["pop"], Dice(4), None)
    odds = odds_of(weights().rhythm, who, rests=0.0, back=1.0)
    memory = again = START
    for number in range(12):
        chances = [Dice(9).uniform("x", number, step) for step in range(16)]
        onsets, memory = write_rhythm(bar, odds, [0.0] * 16, memory, chances)
        again = remembered(again, onsets)
        assert again == memory
        assert len(memory.past) == min(4, number + 1)


def test_pushes_decide_in_the_end() -> None:
    bar = bar_of(4, 4)
    who = draw_character(MelodyRequest(), styles()["pop"], Dice(4), None)
    odds = odds_of(weights().rhythm, who, rests=0.0, back=1.0)
    pushes = [40.0 if step in (0, 6, 12) else -40.0 for step in range(16)]
    onsets, _ = write_rhythm(bar, odds, pushes, START, [0.5] * 16)
    assert [step for step, hit in enumerate(onsets) if hit] == [0, 6, 12]


def test_characters_stay_inside_their_range() -> None:
    for seed in range(200):
        for span in (5, 12, 19, 36):
            request = MelodyRequest(range=span, register=[36, 66, 96][seed % 3])
            who = draw_character(request, styles()["pop"], Dice(seed), request.register)
            assert 4 <= who.high - who.low <= span
            assert abs((who.high + who.low) / 2 - (request.register or 0)) <= 6


def test_notes_fill_no_more_than_their_time() -> None:
    who = draw_character(MelodyRequest(), styles()["pop"], Dice(4), None)
    for gap in (1, 2, 3, 4, 8, 9, 40):
        beats = [duration(who, weights().durations, gap, bell) for bell in (-3.0, -1.0, 0.0, 1.0, 3.0)]
        assert beats == sorted(beats)
        assert 0 < beats[0] <= beats[-1] <= gap / 4


def test_bells_are_bells() -> None:
    pairs = [two_bells(Dice(1).uniform("x", number)) for number in range(4000)]
    for column in zip(*pairs, strict=True):
        mean = sum(column) / len(column)
        assert abs(mean) < 0.05
        assert abs(math.sqrt(sum(value * value for value in column) / len(column)) - 1) < 0.05
    together = sum(a * b for a, b in pairs) / len(pairs)
    assert abs(together) < 0.06


def test_the_hand_keeps_its_mood() -> None:
    who = draw_character(MelodyRequest(), styles()["pop"], Dice(4), None)
    assert moved(who, Hand(1.0), 0.0).mood == pytest.approx(min(0.8, max(-0.3, who.kept)))


def test_menus_tell_what_would_be_taken() -> None:
    menus = melody_options()
    assert menus.style == "house"
    assert melody_options(tempo=90).style == "pop"
    assert [entry.id for entry in menus.styles] == list(styles())
    assert [entry.id for entry in menus.contours] == list(CONTOURS)
    assert menus.phrases == [2, 4, 8]
    with pytest.raises(InvalidValue) as refused:
        melody_options(tempo=math.nan)
    assert refused.value.field == "tempo"


def test_the_weights_say_where_they_are_from() -> None:
    learnt = weights()
    assert "POP909" in learnt.source
    assert "MIT" in learnt.source
    assert len(learnt.rhythm.place) == 128
    assert len(learnt.pitch.interval) == of.MOTIONS * of.INTERVALS
    assert all(len(row) == len(learnt.characters.columns) for row in learnt.characters.rows)
    assert all(row == tuple(sorted(row)) for row in learnt.durations)


@pytest.mark.parametrize(("mode", "own", "plain"), [("dorian", 9, 8), ("mixolydian", 10, 11), ("lydian", 6, 5)])
def test_the_colour_of_a_mode_is_sung(mode: str, own: int, plain: int) -> None:
    counts = [0] * 12
    for seed in range(24):
        asked = MelodyRequest(seed=seed, key=f"D {mode}", progression="i" if mode == "dorian" else "I", style="modal")
        for note in compose_melody(asked).notes:
            counts[(note.pitch - 2) % 12] += 1
    assert counts[plain] == 0
    assert counts[own] > 0.03 * sum(counts)
