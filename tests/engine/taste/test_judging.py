"""The judge of few ratings, the pupil that reads takes, and the order of candidates."""

import json
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.taste.centring import Centring
from engine.taste.process import MOST_RATINGS, Process, Ratings
from engine.taste.pupil import VERSION, Candidate, Pupil
from engine.taste.rerank import NEAR, rerank
from engine.taste.rewards import Meant
from engine.taste.store.records import Take
from engine.taste.traits import TRAITS

DICE = np.random.default_rng(8)
WIDTH = len(TRAITS)


def ratings(count: int, stars: Any = None, seed: int = 1) -> Ratings:
    dice = np.random.default_rng(seed)
    arms = dice.uniform(size=(count, 4))
    given = np.clip(3 + 3 * (arms[:, 0] - 0.5) - 8 * (arms[:, 1] - 0.4) ** 2 + dice.normal(0, 0.5, count), 1, 5)
    return Ratings(
        contexts=dice.uniform(-1, 1, (count, 3)),
        arms=arms,
        suits=np.zeros(count),
        stars=given if stars is None else stars(given),
        weights=np.ones(count),
    )


def told(read: Process) -> tuple[Any, float]:
    """Expected stars of fresh recipes, and how well they follow what they are worth."""
    arms = np.random.default_rng(2).uniform(size=(60, 4))
    expected, _ = read.predict(np.zeros(3), arms, np.zeros(60))
    worth = 3 * (arms[:, 0] - 0.5) - 8 * (arms[:, 1] - 0.4) ** 2
    return expected, float(np.corrcoef(expected, worth)[0, 1])


def test_a_few_ratings_tell_a_line_and_a_hill() -> None:
    assert told(Process(ratings(40)))[1] > 0.75
    assert told(Process(ratings(200)))[1] > 0.92
    shuffled = np.random.default_rng(0).permutation
    assert abs(told(Process(ratings(40, shuffled)))[1]) < 0.5


def test_it_is_surer_where_it_has_ratings_and_never_surer_than_that() -> None:
    some = ratings(60)
    read = Process(some)
    near = read.predict(some.contexts[0], some.arms[:1], np.zeros(1))[1]
    far = read.predict(np.ones(3), np.full((1, 4), 4.0), np.zeros(1))[1]
    assert 0 < near[0] < far[0]


def test_who_gives_only_fours_and_fives_is_understood_as_well() -> None:
    plain, _ = told(Process(ratings(80)))
    proud, follows = told(Process(ratings(80, lambda stars: 4 + (stars - 1) / 4)))
    assert follows > 0.8
    assert proud.mean() > plain.mean() + 0.8
    assert np.corrcoef(plain, proud)[0, 1] > 0.98


def test_only_the_newest_ratings_are_read() -> None:
    many = ratings(MOST_RATINGS + 40)
    np.testing.assert_allclose(told(Process(many))[0], told(Process(many.last(MOST_RATINGS)))[0])


@settings(max_examples=20, deadline=None)
@given(stars=st.lists(st.integers(1, 5), min_size=1, max_size=30))
def test_centring_goes_there_and_back(stars: list[int]) -> None:
    way = Centring.of(stars)
    np.testing.assert_allclose(way.stars(way.level(stars)), stars, atol=1e-9)
    assert 1 < way.centre < 5


def take(number: int, density: float, genre: str = "house") -> Take:
    return Take(
        id=f"t{number}",
        method="compose.bass",
        role="bass",
        context={"genre": genre, "tempo": 120.0},
        resolved={"style": genre, "density": density, "complexity": float(DICE.uniform(0, 100))},
        features=DICE.uniform(size=WIDTH).tolist(),
    )


def taught(count: int = 24) -> Pupil:
    pupil = Pupil()
    for number in range(count):
        density = number * 37 % 100
        pupil.learn(take(number, density), Meant(5 - density / 25, 1.0))
    return pupil


SHELF = [Candidate(recipe={"density": float(density)}, genre="house") for density in (5, 35, 65, 95)]
NOW = {"genre": "house", "tempo": 122.0, "role": "bass"}


def test_a_pupil_learns_from_takes_and_judges_candidates() -> None:
    expected, unsure = taught().judge(NOW, SHELF)
    assert (np.diff(expected) < 0).all()
    assert (unsure > 0).all()
    ignorant, _ = Pupil().judge(NOW, SHELF)
    assert np.ptp(ignorant) < 0.1, "the middle is a little likelier to please"
    np.testing.assert_allclose(ignorant, ignorant[::-1])
    assert taught().choose(NOW, SHELF, explore=0.0).index == 0


def test_a_changed_mind_leaves_no_trace_of_the_old_one() -> None:
    pupil, other = taught(), take(99, 95)
    before = pupil.judge(NOW, SHELF)[0]
    pupil.learn(other, Meant(5.0, 1.0))
    assert np.abs(pupil.judge(NOW, SHELF)[0] - before).max() > 1e-3
    pupil.unlearn(other, Meant(5.0, 1.0))
    np.testing.assert_allclose(pupil.judge(NOW, SHELF)[0], before, atol=1e-8)
    pupil.learner.turns.append(3)
    pupil.unlearn(take(3, 11), Meant(4.0, 1.0))
    assert pupil.rated == 23


def test_a_pupil_is_its_state_and_refuses_another_version() -> None:
    pupil = taught(6)
    state = json.loads(json.dumps(pupil.state()))
    again = Pupil.of(state)
    np.testing.assert_array_equal(again.judge(NOW, SHELF), pupil.judge(NOW, SHELF))
    assert again.state() == pupil.state()
    for broken in ({**state, "version": VERSION + 1}, {"version": VERSION}):
        with pytest.raises(InvalidValue, match="anew"):
            Pupil.of(broken)


def test_what_waits_is_waited_for_until_its_take_is_rated() -> None:
    pupil = Pupil()
    choice = pupil.choose(NOW, SHELF)
    rated = Take(id="x", method="compose.bass", role="bass", context=NOW, choice={"waiting": choice.id})
    pupil.learn(rated, Meant(4.0, 1.0))
    assert not pupil.learner.rate(choice.id, 3)


def test_the_best_comes_first_without_near_duplicates() -> None:
    heard = DICE.uniform(size=(8, WIDTH))
    heard[5] = heard[2] + NEAR / 2
    expected = np.array([3.0, 2.0, 4.5, 3.5, 1.0, 4.4, 2.5, 4.0])
    picks = rerank(heard, (expected, np.full(8, 0.2)), explore=0.0, ratings=12)
    assert picks[0].index == 2
    assert 5 not in [pick.index for pick in picks]
    assert len(picks) == 7
    assert all("12 ratings" in pick.words and pick.words.endswith(".") for pick in picks)
    assert "nothing rated yet" in rerank(heard[:1], (expected[:1], expected[:1]))[0].words


def test_the_runner_up_is_not_one_more_of_the_same() -> None:
    heard = np.full((3, WIDTH), 0.5)
    heard[1] += NEAR * 1.2
    heard[2, :6] += 0.4
    expected = np.array([4.0, 3.95, 3.9])
    order = [pick.index for pick in rerank(heard, (expected, np.full(3, 0.3)), explore=0.5)]
    assert order == [0, 2, 1]


def test_what_does_not_fit_comes_later_and_explore_prefers_the_unknown() -> None:
    heard = DICE.uniform(size=(2, WIDTH))
    even, unsure = np.array([3.5, 3.4]), np.array([0.1, 0.9])
    assert rerank(heard, (even, unsure), np.array([0.1, 1.0]), explore=0.0)[0].index == 1
    assert rerank(heard, (even, unsure), explore=0.0)[0].index == 0
    assert rerank(heard, (even, unsure), explore=1.0)[0].index == 1


def test_no_candidates_or_half_a_judgement_are_refused() -> None:
    with pytest.raises(InvalidValue):
        rerank(np.zeros((0, WIDTH)), (np.zeros(0), np.zeros(0)))
    with pytest.raises(InvalidValue):
        rerank(np.zeros((2, WIDTH)), (np.zeros(2), np.zeros(1)))
