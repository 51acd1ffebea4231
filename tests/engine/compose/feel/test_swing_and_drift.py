"""Time bends for all alike, and deviations hang together in time."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compose.dice import Dice
from engine.compose.feel.drift import Drift, deviations, wander
from engine.compose.feel.swing import swung

METRES = [(4, 4), (3, 4), (5, 4), (6, 8), (7, 8), (12, 8), (7, 16), (2, 2)]


def test_golden_eighths_and_sixteenths() -> None:
    eighths = swung(np.arange(8) / 2, 1.0, 8, (4, 4))
    np.testing.assert_allclose(eighths, [0, 2 / 3, 1, 5 / 3, 2, 8 / 3, 3, 11 / 3])
    sixteenths = swung(np.arange(8) / 4, 0.5, 16, (4, 4))
    np.testing.assert_allclose(sixteenths, [0, 7 / 24, 0.5, 19 / 24, 1, 31 / 24, 1.5, 43 / 24])


def test_straight_is_straight() -> None:
    times = np.array([-1.3, 0.0, 0.1, 77.7])
    np.testing.assert_array_equal(swung(times, 0.0, 16, (4, 4)), times)


def test_what_lies_between_bends_along() -> None:
    np.testing.assert_allclose(swung(np.array([0.25, 0.75]), 1.0, 8, (4, 4)), [1 / 3, 5 / 6])


def test_the_odd_eighth_of_seven_stays_and_pairs_begin_anew_with_the_bar() -> None:
    straight = np.arange(14) / 2
    late = swung(straight, 1.0, 8, (7, 8)) - straight
    np.testing.assert_allclose(late, [0, 1 / 6, 0, 1 / 6, 0, 1 / 6, 0] * 2, atol=1e-12)


def test_eighths_in_threes_have_no_pairs() -> None:
    straight = np.arange(24) / 4
    np.testing.assert_allclose(swung(straight, 1.0, 8, (6, 8)), straight)
    assert (swung(straight, 1.0, 16, (6, 8)) > straight + 1e-9).sum() == 12


@given(
    st.lists(st.floats(-64, 64), min_size=2, max_size=40),
    st.floats(0, 1),
    st.sampled_from([8, 16]),
    st.sampled_from(METRES),
)
def test_order_is_kept_and_nothing_moves_beyond_a_sixth_of_a_pair(times, swing, grid, metre) -> None:
    straight = np.unique(np.round(times, 3))
    bent = swung(straight, swing, grid, metre)
    assert (np.diff(bent) > 0).all()
    assert (bent >= straight - 1e-9).all()
    assert (bent <= straight + 8 / grid / 6 * swing + 1e-9).all()


@pytest.mark.parametrize("metre", METRES)
def test_bars_bend_alike(metre) -> None:
    bar = metre[0] * 4 / metre[1]
    within = np.linspace(0, bar, 50, endpoint=False)
    np.testing.assert_allclose(swung(within + 3 * bar, 0.7, 16, metre) - 3 * bar, swung(within, 0.7, 16, metre))


def correlation(distance: float, period: float) -> float:
    times = np.arange(0, 40_000, 7.0)
    here, there = (wander(Dice(5), "hand", times + d, period) for d in (0.0, distance))
    return float(np.corrcoef(here, there)[0, 1])


def test_wandering_is_shared_nearby_and_forgotten_far_away() -> None:
    steps = [correlation(distance, 1.0) for distance in (0.0, 0.25, 0.5, 1.0, 3.0)]
    assert steps == sorted(steps, reverse=True)
    assert steps[1] > 0.8
    assert abs(steps[-1]) < 0.05


def test_wandering_has_the_same_width_everywhere() -> None:
    noise = wander(Dice(9), "hand", np.arange(0, 20_000, 0.37), 1.0)
    assert abs(noise.mean()) < 0.05
    assert noise.std() == pytest.approx(1.0, abs=0.03)


def test_wandering_is_of_its_seed_name_and_time_alone() -> None:
    times = np.array([0.0, 1.5, 9.25])
    np.testing.assert_array_equal(wander(Dice(1), "a", times, 2.0)[1:], wander(Dice(1), "a", times[1:], 2.0))
    assert (wander(Dice(1), "a", times, 2.0) != wander(Dice(2), "a", times, 2.0)).all()
    assert (wander(Dice(1), "a", times, 2.0) != wander(Dice(1), "b", times, 2.0)).all()


def test_all_that_chance_adds_is_the_same_drawn_at_once() -> None:
    dice, times, numbers = Dice(4), np.array([0.0, 0.5, 0.51, 7.25]), np.array([3, 1, 4, 1])
    voices = np.array([0, 1, 1, 2])
    drifts = Drift("hand", 2.0), Drift("swell", 6.0, voices)
    own, force, hand, swell = deviations(dice, times, ("time", "force"), numbers, drifts)
    np.testing.assert_array_equal([own, force], dice.several_bells(("time", "force"), numbers))
    np.testing.assert_array_equal(hand, wander(dice, "hand", times, 2.0))
    np.testing.assert_array_equal(swell, wander(dice, "swell", times, 6.0, voices))
