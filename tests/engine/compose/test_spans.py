"""Progressions fill the bars they are given: round and round, or tightened by a whole factor."""

import itertools

import pytest

from engine.compose.spans import lay_out
from engine.errors import InvalidValue
from engine.theory.key import Key
from engine.theory.progressions import read_bars

HOME = Key("A", "minor")


def laid(text: str, bars: int, metre: tuple[int, int] = (4, 4), length: float | None = None, **options: bool):
    full = bars * metre[0] * 4 / metre[1]
    return lay_out(read_bars(text, HOME), bars, metre, full if length is None else length, **{"trim": False} | options)


def named(spans) -> list[tuple[float, float, str]]:
    return [(span.start, span.duration, span.chord.symbol) for span in spans]


def test_a_short_progression_goes_round() -> None:
    assert named(laid("i VI", 3)) == [(0, 4, "Am"), (4, 4, "F"), (8, 4, "Am")]


def test_a_long_one_is_tightened_so_that_all_of_it_is_heard() -> None:
    assert named(laid("i VI III VII", 2)) == [(0, 2, "Am"), (2, 2, "F"), (4, 2, "C"), (6, 2, "G")]
    assert named(laid("i VI III VII", 1)) == [(0, 1, "Am"), (1, 1, "F"), (2, 1, "C"), (3, 1, "G")]
    assert named(laid("i VI III", 2)) == [(0, 2, "Am"), (2, 2, "F"), (4, 4, "C")]


def test_bar_lines_are_kept() -> None:
    assert named(laid("ii7 V7 | i", 2)) == [(0, 2, "Bm7"), (2, 2, "E7"), (4, 4, "Am")]


def test_odd_bars_divide_on_strong_beats() -> None:
    assert [span.start for span in laid("i V | i V", 2, (7, 8))] == [0, 2, 3.5, 5.5]
    assert [span.start for span in laid("i V | i V", 2, (3, 4))] == [0, 2, 3, 5]


def test_a_held_chord_keeps_its_place() -> None:
    assert [span.place for span in laid("i i VI VI", 8)] == [0, 0, 1, 1, 0, 0, 1, 1]


def test_the_clips_end_cuts() -> None:
    assert named(laid("i VI", 4, length=6.0)) == [(0, 4, "Am"), (4, 2, "F")]
    assert named(laid("i VI", 4, length=4.05)) == [(0, 4.05, "Am")]


@pytest.mark.parametrize("length", [0.01, 1.0, 4.0, 13.7, 31.95, 32.0])
def test_spans_cover_the_time_without_gaps(length: float) -> None:
    spans = laid("i VI III VII", 8, length=length)
    assert spans[0].start == 0
    for before, after in itertools.pairwise(spans):
        assert before.end == pytest.approx(after.start)
    assert spans[-1].end == pytest.approx(length)


def test_a_bar_with_too_many_chords_is_named() -> None:
    with pytest.raises(InvalidValue) as refused:
        laid("V7 | N6 It6", 32, (1, 16))
    assert refused.value.field == "progression"
    assert "Bar 2 of the progression ('N6 It6') has 2 chords" in refused.value.hint
    assert "0.25 beats holds 1" in refused.value.hint


def test_too_many_chords_are_refused_or_trimmed() -> None:
    with pytest.raises(InvalidValue, match="too many") as refused:
        laid("i VI III VII", 1, (1, 16))
    assert refused.value.field == "bars"
    assert named(laid("i VI III VII", 1, (1, 16), trim=True)) == [(0, 0.25, "Am")]
