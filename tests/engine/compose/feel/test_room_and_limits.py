"""Where moved notes may go, and the user's limits."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.feel.limits import limited, within
from engine.compose.feel.replay import replayed
from engine.compose.feel.request import FREELY
from engine.compose.feel.room import SMEAR_MS, moved, together
from engine.notes import Note

MS = 120 / 60_000


def test_golden_who_belongs_together() -> None:
    starts = np.array([0.0, 0.01, 0.03, 1.0, 1.0, 1.2, 1.2])
    pitches = np.array([60, 64, 67, 60, 64, 60, 60])
    assert together(starts, pitches, MS).tolist() == [0, 0, 0, 1, 1, 2, 3]
    assert together(np.array([0.0, 1.0, 0.0]), np.array([60, 60, 64]), MS).tolist() == [0, 1, 0]


def test_golden_moves() -> None:
    place = lambda starts, moves, pitches: moved(  # noqa: E731
        np.array(starts), np.array(moves), np.array(pitches), length=4.0, beats_per_ms=MS
    ).tolist()
    assert place([1.0, 2.0], [0.03, -0.02], [60, 60]) == [1.03, 1.98]
    assert place([0.0, 2.0], [-0.03, 0.02], [60, 60]) == [0.0, 2.02], "nothing before the start"
    assert place([3.97], [0.1], [60]) == pytest.approx([3.9799]), "nor at the end"
    assert place([-0.5, 4.5], [0.1, 0.1], [60, 60]) == [-0.5, 4.5], "what is outside stays"
    assert place([1.0, 1.05], [0.04, -0.04], [60, 60]) == pytest.approx([1.01495, 1.03505]), "order and distance"
    assert place([1.0, 1.05], [0.04, -0.04], [60, 61]) == [1.04, 1.01], "others may cross"
    assert place([1.0, 1.0], [0.1, -0.1], [60, 64]) == pytest.approx([1.025, 0.975]), "25 ms at 120 are 0.05 beats"


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(st.floats(0, 15.9), st.floats(-1, 1), st.integers(60, 66)), min_size=1, max_size=60),
    tempo=st.floats(20, 999),
)
def test_no_move_grows_and_order_is_kept(rows, tempo) -> None:
    starts, moves, pitches = (np.array(column) for column in zip(*rows, strict=True))
    per_ms = tempo / 60_000
    made = moved(starts, moves, pitches, length=16.0, beats_per_ms=per_ms)
    assert (made >= 0).all()
    assert (made < 16).all()
    assert (np.abs(made - starts) <= 0.125 + 2e-6).all()
    group = together(starts, pitches, per_ms)
    for each in range(group.max() + 1):
        here = group == each
        assert np.ptp(made[here]) <= max(SMEAR_MS * per_ms, np.ptp(starts[here])) + 3e-6
    for pitch in set(pitches.tolist()):
        order = np.argsort(starts[pitches == pitch], kind="stable")
        old, new = starts[pitches == pitch][order], made[pitches == pitch][order]
        assert (np.diff(new) >= np.minimum(np.diff(old), 0.02) - 4e-6).all()


@given(st.lists(st.floats(-500, 500), min_size=1, max_size=40), st.floats(0, 100))
def test_a_limit_is_a_limit_and_keeps_order(values, limit) -> None:
    given_ = np.array(values)
    bent = limited(given_, limit)
    assert (np.abs(bent) <= limit).all()
    assert (np.diff(bent[np.argsort(given_)]) >= -1e-9).all()
    assert (bent * given_ >= 0).all()


def test_what_is_well_inside_the_limit_stays() -> None:
    values = np.linspace(-60, 60, 13)
    np.testing.assert_allclose(limited(values, 100.0), values, rtol=0.01)
    np.testing.assert_array_equal(within(values, FREELY), values)


@given(st.lists(st.floats(-127, 127), min_size=1, max_size=60), st.floats(0, 39.99))
def test_loudness_stays_within_its_limit(values, limit) -> None:
    assert (np.abs(within(np.array(values), limit)) <= limit + 1e-9).all()


def test_a_narrow_limit_keeps_accents_rather_than_clipping_them() -> None:
    pattern = np.array([20.0, -60.0, 0.0, -50.0] * 8)
    narrow = within(pattern, 10.0)
    assert np.corrcoef(pattern, narrow)[0, 1] > 0.97
    assert narrow.std() > 2


def test_what_sounds_until_the_end_or_the_next_still_does() -> None:
    notes = [Note(60, 0.0, 1.0), Note(62, 1.0, 1.0), Note(64, 2.0, 2.0), Note(70, 0.5, 0.2)]
    made = replayed(notes, np.array([0.05, 0.95, 2.1, 0.6]), np.full(4, 90.0), 4.0)
    by_pitch = {note.pitch: note for note in made}
    assert by_pitch[60].end_time == pytest.approx(0.95)
    assert by_pitch[62].end_time == pytest.approx(2.1)
    assert by_pitch[64].end_time == pytest.approx(4.0)
    assert by_pitch[70].duration == pytest.approx(0.2)


def test_one_pitch_never_sounds_twice_at_once() -> None:
    notes = [Note(60, 0.0, 1.2), Note(60, 1.25, 1.0)]
    first, second = replayed(notes, np.array([0.1, 1.2]), np.full(2, 90.0), 4.0)
    assert first.end_time <= second.start_time
