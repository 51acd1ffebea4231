"""What is said of a taste is what it is; what nobody knows is not said; estimates come near what truly happens."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.taste.insight import distribution, forward, likings, trust
from engine.taste.learner import Learner
from engine.taste.music import MOMENT, RECIPE, moment
from engine.taste.offpolicy import Logged, estimate
from engine.taste.process import Ratings


def learnt(weight: float, slow: float, seed: int = 3, count: int = 120) -> Learner:
    """A user to whom density is worth something always, and something else in slow music."""
    dice, learner = np.random.default_rng(seed), Learner(len(MOMENT), len(RECIPE))
    for _ in range(count):
        tempo = float(dice.choice([75, 90, 140, 170]))
        now = moment({"genre": "hip_hop", "tempo": tempo, "role": "bass", "key": "C minor"})
        arm = dice.uniform(size=len(RECIPE))
        worth = 3 + (weight + slow * (tempo < 100)) * (arm[0] - 0.5) + dice.normal(0, 0.4)
        learner.learn(now, arm, float(np.clip(worth, 1, 5)))
    return learner


def test_a_liking_is_told_the_way_round_it_is() -> None:
    for weight, word in ((3.0, "busy"), (-3.0, "sparse")):
        strongest = likings(learnt(weight, 0), "bass")[0]
        assert strongest.words == f"You prefer {word} basses."
        assert strongest.stars * weight > 0


def test_what_counts_in_slow_music_only_is_told_for_slow_music() -> None:
    told = [one.words for one in likings(learnt(0, -4), "bass")]
    assert "You prefer sparse basses under 100 BPM." in told
    assert not any("above" in words for words in told)


def test_of_nothing_nothing_is_said() -> None:
    assert likings(Learner(len(MOMENT), len(RECIPE))) == []
    names = [one.name for seed in range(4) for one in likings(learnt(0, 0, seed))]
    assert len(names) <= 8, "a word in thirteen is chance at 1.3 deviations"
    assert len(likings(learnt(3, 4), most=2)) == 2


def rated(count: int, follows: bool) -> Ratings:
    dice = np.random.default_rng(5)
    arms = dice.uniform(size=(count, 3))
    stars = np.clip(3 + 4 * (arms[:, 0] - 0.5) + dice.normal(0, 0.4, count), 1, 5)
    return Ratings(
        contexts=dice.uniform(-1, 1, (count, 2)),
        arms=arms,
        suits=np.zeros(count),
        stars=stars if follows else dice.permutation(stars),
        weights=np.ones(count),
    )


def test_forward_validation_tells_a_taste_from_chance() -> None:
    good, chance = trust(rated(60, True)), trust(rated(60, False))
    assert good is not None
    assert chance is not None
    assert good.count == 50
    assert good.rank is not None
    assert good.rank > 0.75
    assert good.mse < 0.5 * good.plain
    assert good.mae**2 <= good.mse
    assert chance.mse > 0.8 * chance.plain
    assert trust(rated(10, True)) is None


def test_the_future_is_not_read() -> None:
    some = rated(30, True)
    stars = some.stars.copy()
    stars[25:] = 6 - stars[25:]
    turned = Ratings(**{name: getattr(some, name) for name in some.__struct_fields__} | {"stars": stars})
    one, other = forward(some, 10, 5), forward(turned, 10, 5)
    np.testing.assert_array_equal(one, other)
    stars[10:15] = 6 - stars[10:15]
    assert (forward(turned, 10, 5)[:5] == one[:5]).all()
    assert (forward(turned, 10, 5)[5:] != one[5:]).any()


@settings(max_examples=20, deadline=None)
@given(stars=st.lists(st.integers(1, 5), max_size=40))
def test_the_distribution_counts_every_rating_once(stars: list[int]) -> None:
    assert distribution(stars) == [stars.count(star) for star in range(1, 6)]


def logged(count: int, seed: int, model: float = 1.0) -> tuple[Logged, float]:
    """Choices among three at random, judged as a way that nearly always takes the last."""
    dice = np.random.default_rng(seed)
    worth, old, new = np.array([2.0, 3.0, 4.2]), np.array([0.6, 0.3, 0.1]), np.array([0.05, 0.15, 0.8])
    chosen = dice.choice(3, size=count, p=old)
    believed = 3 + model * (worth - 3)
    found = Logged(
        stars=worth[chosen] + dice.normal(0, 0.5, count),
        propensity=old[chosen],
        target=new[chosen],
        expected=believed[chosen],
        expected_target=np.full(count, believed @ new),
    )
    return found, float(worth @ new)


def test_both_estimates_come_near_and_the_robust_one_needs_no_true_model() -> None:
    for model in (1.0, 0.0):
        errors = []
        for seed in range(20):
            some, true = logged(300, seed, model)
            told = estimate(some)
            assert told.snips is not None
            errors.append((told.snips - true, told.robust - true))
            assert 0 < told.effective < told.count
            assert told.enough
        assert np.sqrt(np.mean(np.square(errors), axis=0)).max() < 0.3


def test_a_way_that_chooses_alike_is_worth_what_was_given() -> None:
    some, _ = logged(50, 1)
    same = estimate(
        Logged(**{name: getattr(some, name) for name in some.__struct_fields__} | {"target": some.propensity})
    )
    assert same.effective == pytest.approx(50)
    assert same.snips == pytest.approx(some.stars.mean())


def test_few_choices_are_said_to_be_few_and_none_to_be_none() -> None:
    some, _ = logged(15, 2)
    assert not estimate(some).enough
    fields = {name: getattr(some, name) for name in some.__struct_fields__}
    never = estimate(Logged(**fields | {"target": np.zeros(15)}))
    assert never.snips is None
    assert never.effective == 0
    for wrong in ({"propensity": np.zeros(15)}, {"target": np.full(15, 2.0)}, {"expected": np.zeros(3)}):
        with pytest.raises(InvalidValue):
            estimate(Logged(**fields | wrong))
