"""A macro that moves inside a bar: what has begun stays, the rest follows, and what rings ends."""

import pytest

from engine.compose.stream.lanes import bars_asked
from engine.compose.stream.request import ROLES, Macros, Point, SignatureFrom, StreamRequest
from tests.engine.compose.stream.asked import bars, one, onsets, played

LOW = {"density": 25.0, "energy": 30.0}
HIGH = {"density": 95.0, "energy": 90.0, "complexity": 80.0}


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("beat", [1.0, 1.87, 3.1])
def test_what_has_begun_stays_and_the_rest_follows(role: str, beat: float) -> None:
    place = -(-beat // 0.25) * 0.25
    before, changed = one(role, 5, macros=LOW), one(role, 5, macros=LOW, points=[{"beat": beat, **HIGH}])
    assert changed.changes == [place]
    early = [note for note in before.notes if note.start_time < place - 0.13]
    assert onsets([note for note in changed.notes if note.start_time < place - 0.13]) == onsets(early)
    late = [note for note in changed.notes if note.start_time >= place - 0.1]
    assert onsets(late) != onsets([note for note in before.notes if note.start_time >= place - 0.1])


def test_the_rest_of_a_beat_is_that_of_the_bar_as_it_would_be_now() -> None:
    now = one("drums", 5, macros={**LOW, **HIGH})
    changed = one("drums", 5, macros=LOW, points=[{"beat": 2, **HIGH}])
    rest = [note for note in now.notes if note.start_time >= 1.9]
    assert onsets([note for note in changed.notes if note.start_time >= 1.9]) == onsets(rest)


@pytest.mark.parametrize(("role", "style"), [("bass", "root_fifth"), ("melody", "ambient"), ("chords", "pop")])
def test_what_rings_ends_where_the_rest_begins(role: str, style: str) -> None:
    ended = 0
    points = [{"beat": 2, "density": 100, "brightness": 80}]
    for number in range(12):
        changed = one(role, number, seed=0, style=style, macros={"density": 0}, points=points)
        starts = [note.start_time for note in changed.notes if note.start_time > 1.9]
        ringing = [note for note in changed.notes if note.start_time <= 1.9]
        if starts:
            # A slide may last a tenth of a beat into the next note.
            assert all(note.end_time <= min(starts) + 0.15 for note in ringing)
            ended += any(abs(note.end_time - min(starts)) < 0.15 for note in ringing)
    assert ended


def test_swing_and_humanise_move_inside_a_bar_too() -> None:
    straight = {"humanise": 0.0, "swing": 0.0, "density": 100.0}
    bar = one("arp", 4, style="trance", macros=straight, points=[{"beat": 2, "swing": 100}])
    off = [note.start_time * 4 % 1 for note in bar.notes]
    first = [shift for note, shift in zip(bar.notes, off, strict=True) if note.start_time < 2]
    then = [shift for note, shift in zip(bar.notes, off, strict=True) if note.start_time >= 2]
    assert max(first) < 1e-6
    assert max(then) > 0.1


@pytest.mark.parametrize("role", ROLES)
def test_points_that_change_nothing_change_nothing(role: str) -> None:
    plain = one(role, 6, macros=LOW)
    for beat in (0.0, 0.6, 2.0):
        assert one(role, 6, macros=LOW, points=[{"beat": beat, **LOW}]) == plain
    assert played(one(role, 6, macros={"density": 1}, points=[{"beat": 0, **LOW}])) == played(plain)


def test_a_point_acts_from_the_next_sixteenth_and_behind_the_last_one_from_the_next_bar() -> None:
    request = StreamRequest(
        role="bass",
        bar=3,
        bars=3,
        points=[
            Point(beat=0.0, energy=10),
            Point(beat=1.01, density=70),
            Point(beat=1.2, density=80, swing=5),
            Point(beat=3.8, tension=90, tempo=99),
            Point(beat=7.5, surprise=4),
        ],
        signatures=[SignatureFrom(bar=4, numerator=7, denominator=8)],
    )
    first, second, third = bars_asked(request)
    usual = Macros(energy=10)
    assert [(at.start, at.macros.density, at.macros.swing) for at in first.stretches] == [(0, 50, 0), (1.25, 80, 5)]
    assert first.stretches[0].macros == usual
    assert [(at.start, at.macros.tension, at.macros.density) for at in second.stretches] == [(0, 90, 80)]
    assert (second.beats, second.tempo, first.tempo) == (3.5, 99, 120)
    assert third.stretches[0].macros.surprise == 4
    assert [bar.metre for bar in (first, second, third)] == [(4, 4), (7, 8), (7, 8)]


def test_a_lane_that_stands_still_is_one_stretch() -> None:
    points = [Point(beat=beat / 4, density=50) for beat in range(32)]
    assert [len(bar.stretches) for bar in bars_asked(StreamRequest(role="arp", bars=2, points=points))] == [1, 1]


def test_many_points_in_one_place_are_the_last_of_them() -> None:
    many = [{"beat": 1.0 + n / 100, "density": float(n)} for n in range(1, 25)]
    assert played(bars("bass", points=many)[0]) == played(bars("bass", points=[{"beat": 1.2, "density": 24}])[0])
