"""A learner learns, keeps on while ratings are missing, tells chances truly, and is its state."""

import json
import time
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.typing import NDArray

from engine.errors import InvalidValue
from engine.taste.learner import MOST_WAITING, Learner, Settings

SHELF = np.random.default_rng(4).uniform(size=(24, 5))
TASTE = np.array([2.0, -1.0, 0.0, 0.0, 1.0])


def worth(moment: NDArray[np.float64], taste: NDArray[np.float64] = TASTE) -> NDArray[np.float64]:
    """Stars of the whole shelf: a line, and the second number wanted only where the moment's first is high."""
    return np.clip(3 + (SHELF - 0.5) @ taste + 2 * moment[0] * (SHELF[:, 1] - 0.5), 1, 5)


def lived(learner: Learner, rounds: int, seed: int = 0, **given: Any) -> float:
    """Plays rounds; returns the mean regret of the last third."""
    dice, lost = np.random.default_rng(seed), []
    for number in range(rounds):
        moment = dice.uniform(-1, 1, 4)
        stars = worth(moment, **given)
        choice = learner.choose(moment, SHELF)
        learner.rate(choice.id, float(np.clip(stars[choice.index] + dice.normal(0, 0.5), 1, 5)))
        if number >= rounds * 2 // 3:
            lost.append(stars.max() - stars[choice.index])
    return float(np.mean(lost))


def test_it_learns_what_the_shelf_and_the_moment_are_worth() -> None:
    moments = np.random.default_rng(1).uniform(-1, 1, (50, 4))
    at_random = np.mean([worth(moment).max() - worth(moment).mean() for moment in moments])
    assert lived(Learner(4, 5), 90) < 0.25 * at_random
    assert lived(Learner(4, 5, Settings(policy="thompson")), 90) < 0.35 * at_random


def test_with_shuffled_stars_there_is_nothing_to_learn() -> None:
    dice, learner, lost = np.random.default_rng(2), Learner(4, 5), []
    for _ in range(90):
        moment = dice.uniform(-1, 1, 4)
        choice = learner.choose(moment, SHELF)
        learner.rate(choice.id, float(dice.integers(1, 6)))
        # Of two opposite tastes at once: a recipe that happens to be good for one is bad for the other.
        both = (worth(moment), worth(moment, -TASTE))
        lost += [(stars.max() - stars[choice.index]) / (stars.max() - stars.mean()) for stars in both]
    assert np.mean(lost) > 0.7


def test_a_recipe_is_thought_to_suit_its_own_genre_before_anything_is_known() -> None:
    suits = np.zeros(24)
    suits[7] = 1
    learner = Learner(4, 5)
    expected, deviation = learner.predict(np.zeros(4), SHELF, suits)
    assert expected.argmax() == 7
    assert learner.choose(np.zeros(4), SHELF, suits).index == 7
    assert (deviation > 0.5).all()


def test_a_taste_that_turns_is_learnt_anew() -> None:
    learner = Learner(4, 5)
    lived(learner, 80)
    assert learner.turns == []
    lost = lived(learner, 80, seed=1, taste=-TASTE)
    assert learner.turns
    assert learner.turns[0] < 120
    never = Learner(4, 5, Settings(watch_drift=False))
    lived(never, 80)
    assert lost < lived(never, 80, seed=1, taste=-TASTE)


def test_choices_that_wait_are_not_chosen_over_and_over() -> None:
    learner, moment = Learner(4, 5, Settings(soft=0)), np.zeros(4)
    chosen = [learner.choose(moment, SHELF, explore=0.7).index for _ in range(12)]
    assert len(set(chosen)) >= 8


def test_ratings_come_late_out_of_order_twice_or_never() -> None:
    learner = Learner(4, 5)
    ids = [learner.choose(np.zeros(4), SHELF).id for _ in range(MOST_WAITING + 3)]
    assert not learner.rate(ids[0], 5), "given up"
    assert learner.rate(ids[-1], 4)
    assert not learner.rate(ids[-1], 1), "rated before"
    assert learner.rate(ids[5], 2)
    learner.forget(ids[6])
    assert not learner.rate(ids[6], 5)
    assert not learner.rate(10_000, 5)
    assert learner.rated == 2


def test_the_propensity_is_how_often_it_would_be_chosen() -> None:
    learner = Learner(4, 5, Settings(soft=0.6))
    lived(learner, 20)
    choice = learner.choose(np.full(4, 0.2), SHELF)
    assert choice.propensity == choice.chances[choice.index] > 0
    assert sum(choice.chances) == pytest.approx(1)
    counts = np.zeros(24)
    for _ in range(600):
        learner.forget(choice.id)
        choice = learner.choose(np.full(4, 0.2), SHELF)
        counts[choice.index] += 1
    assert np.abs(counts / 600 - np.array(choice.chances)).max() < 0.08


def test_a_mark_draws_by_the_chances_and_what_was_peeked_is_chosen() -> None:
    learner = Learner(4, 5, Settings(soft=0.6))
    lived(learner, 20)
    marks = [(each + 0.5) / 40 for each in range(40)]
    peeked = [learner.peek(np.full(4, 0.2), SHELF, mark=mark) for mark in marks]
    counts = np.bincount([each.index for each in peeked], minlength=24) / 40
    assert np.abs(counts - np.array(peeked[0].chances)).max() <= 1 / 40
    chosen = learner.choose(np.full(4, 0.2), SHELF, mark=marks[7])
    assert (chosen.index, chosen.propensity) == (peeked[7].index, peeked[7].propensity)


def test_explore_goes_from_what_is_expected_to_what_is_unknown() -> None:
    learner = Learner(4, 5)
    lived(learner, 40)
    state, moment = learner.state(), np.full(4, 0.3)
    tried = {explore: Learner.of(state).choose(moment, SHELF, explore=explore) for explore in (0.0, 0.5, 1.0)}
    mean = {key: float(np.dot(one.chances, one.expected)) for key, one in tried.items()}
    unsure = {key: float(np.dot(one.chances, one.unsure)) for key, one in tried.items()}
    assert mean[0.0] >= mean[0.5] >= mean[1.0]
    assert unsure[0.0] <= unsure[0.5] <= unsure[1.0]
    assert unsure[1.0] > unsure[0.0]


@settings(max_examples=10, deadline=None)
@given(rounds=st.integers(0, 12), missing=st.integers(0, 3), policy=st.sampled_from(["ucb", "thompson"]))
def test_a_learner_is_its_state(rounds: int, missing: int, policy: Any) -> None:
    learner = Learner(4, 5, Settings(policy=policy), seed=9)
    lived(learner, rounds or 1)
    for _ in range(missing):
        learner.choose(np.ones(4), SHELF)
    again = Learner.of(json.loads(json.dumps(learner.state())))
    assert again.state() == learner.state()
    one, other = again.choose(np.ones(4), SHELF), learner.choose(np.ones(4), SHELF)
    assert (one.id, one.index) == (other.id, other.index)
    np.testing.assert_allclose([one.expected, one.unsure], [other.expected, other.unsure], rtol=1e-6)


def test_a_newer_or_broken_state_is_refused() -> None:
    state = Learner(2, 2).state()
    with pytest.raises(InvalidValue, match="newer"):
        Learner.of({**state, "version": 99})
    with pytest.raises(InvalidValue, match="older"):
        Learner.of({**state, "version": 1})
    for broken in ({**state, "mean": state["mean"][1:]}, {**state, "span": 3}, {}):
        with pytest.raises(InvalidValue, match="anew"):
            Learner.of(broken)


def test_what_is_unlearnt_leaves_no_trace() -> None:
    learner = Learner(4, 5)
    lived(learner, 15)
    before = learner.posterior.mean.copy()
    learner.learn(np.ones(4), SHELF[3], 5, suits=1)
    assert np.abs(learner.posterior.mean - before).max() > 0.01
    learner.unlearn(np.ones(4), SHELF[3], 5, suits=1)
    np.testing.assert_allclose(learner.posterior.mean, before, atol=1e-8)


def test_numbers_on_another_scale_are_learnt_as_well() -> None:
    dice, learner = np.random.default_rng(0), Learner(2, 5)
    for _ in range(60):
        moment = np.array([dice.uniform(60, 180), dice.uniform(-1, 1)])
        choice = learner.choose(moment, SHELF * 1000 - 300)
        learner.rate(choice.id, float(np.clip(3 + (SHELF[choice.index] - 0.5) @ TASTE, 1, 5)))
    expected, _ = learner.predict(np.array([120, 0.0]), SHELF * 1000 - 300)
    assert np.corrcoef(expected, SHELF @ TASTE)[0, 1] > 0.6


def test_another_shelf_is_not_taken_for_the_last_one() -> None:
    learner = Learner(4, 5)
    lived(learner, 12)
    moment, other = np.full(4, 0.2), SHELF[::-1].copy()
    first, turned = learner.peek(moment, SHELF), learner.peek(moment, other)
    np.testing.assert_allclose(turned.expected, first.expected[::-1], atol=1e-9)
    other[0] = SHELF[0]
    assert learner.peek(moment, other).expected[0] == pytest.approx(first.expected[0])


@pytest.mark.parametrize(
    ("call", "field"),
    [
        (lambda it: it.choose(np.zeros(3), SHELF), "context"),
        (lambda it: it.choose([0, 0, 0, np.nan], SHELF), "context"),
        (lambda it: it.choose(np.zeros(4), SHELF[:, :2]), "arms"),
        (lambda it: it.choose(np.zeros(4), SHELF[:0]), "arms"),
        (lambda it: it.choose(np.zeros(4), SHELF, np.zeros(3)), "suits"),
        (lambda it: it.choose(np.zeros(4), SHELF, explore=2), "explore"),
        (lambda it: it.rate(1, 6), "stars"),
        (lambda it: it.rate(1, float("nan")), "stars"),
        (lambda it: it.learn(np.zeros(4), SHELF[0], 3, weight=0), "weight"),
    ],
)
def test_what_cannot_be_is_refused_by_name(call: Any, field: str) -> None:
    with pytest.raises(InvalidValue) as refused:
        call(Learner(4, 5))
    assert refused.value.field == field


def test_a_choice_and_its_rating_take_no_time() -> None:
    learner, shelf, dice = Learner(16, 8), np.random.default_rng(0).uniform(size=(50, 8)), np.random.default_rng(1)
    spent = []
    for _ in range(60):
        moment = dice.uniform(-1, 1, 16)
        begun = time.thread_time_ns()
        learner.rate(learner.choose(moment, shelf).id, 3)
        spent.append(time.thread_time_ns() - begun)
    assert np.median(spent) < 3e6, "a budget of 1 ms, on a machine three times as slow"
