"""What is known is known exactly: the model beside plain algebra, features beside their folding, chances beside
counting."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.compose.dice import Dice
from engine.taste.choice import bold, chances, draw, thompson
from engine.taste.drift import DriftWatch, turning_point
from engine.taste.joint import Joint, Reach, Span
from engine.taste.posterior import Posterior, evidence

DICE = np.random.default_rng(6)


def test_one_by_one_at_once_and_by_normal_equations_is_the_same() -> None:
    features, values = DICE.normal(size=(12, 7)), DICE.normal(size=12)
    variances = DICE.uniform(0.2, 2, 12)
    prior = DICE.normal(size=7)
    single, many = Posterior(prior), Posterior(prior)
    for row, value, variance in zip(features, values, variances, strict=True):
        single.observe(row, value, variance)
    many.observe_many(features, values, variances)
    precision = np.eye(7) + features.T @ (features / variances[:, None])
    mean = np.linalg.solve(precision, prior + features.T @ (values / variances))
    for model in (single, many):
        np.testing.assert_allclose(model.covariance, np.linalg.inv(precision), atol=1e-10)
        np.testing.assert_allclose(model.mean, mean, atol=1e-10)
    assert (single.covariance == single.covariance.T).all()


def stories(prior: Any = None) -> Posterior:
    return Posterior(np.zeros(5) if prior is None else prior, np.array([np.ones(5), [0.2, 1, 2, 0.5, 1]]))


def test_each_story_is_learnt_as_if_alone_and_believed_by_its_evidence() -> None:
    features, values = DICE.normal(size=(9, 5)), DICE.normal(size=9)
    variances, prior = DICE.uniform(0.2, 2, 9), DICE.normal(size=5)
    model, many = stories(prior), stories(prior)
    for row, value, variance in zip(features, values, variances, strict=True):
        model.observe(row, value, variance)
        matrix, rows, signs = (part.copy() for part in model.spread())
    many.observe_many(features, values, variances)
    np.testing.assert_allclose(matrix + rows.T * signs @ rows, model.covariance, atol=1e-12)
    told = []
    for story, scales in enumerate(model.scales):
        alone = Posterior(prior / scales)
        alone.observe_many(features * scales, values, variances)
        np.testing.assert_allclose(model.means[story], alone.mean * scales, atol=1e-9)
        told.append(evidence(features * scales @ (features * scales).T, values - features @ prior, variances)[-1])
    np.testing.assert_allclose(model.told, told, atol=1e-9)
    np.testing.assert_allclose(many.told, told, atol=1e-9)
    np.testing.assert_allclose(many.covariances, model.covariances, atol=1e-9)
    assert model.shares.sum() == pytest.approx(1)
    drawn = DICE.choice(2, size=20000, p=model.shares)
    weights = np.array([DICE.multivariate_normal(model.means[k], model.covariances[k]) for k in drawn])
    np.testing.assert_allclose(np.cov(weights.T), model.covariance, atol=0.08)
    np.testing.assert_allclose(weights.mean(axis=0), model.mean, atol=0.05)


def test_what_is_taken_back_was_never_known_and_the_first_story_tells_the_others() -> None:
    prior = DICE.normal(size=(2, 5))
    model, other, again = stories(prior), stories(prior), stories(prior)
    rows, values = DICE.normal(size=(4, 5)), DICE.normal(size=4)
    for row, value in zip(rows, values, strict=True):
        model.observe(row, value, 0.6)
    for row, value in zip(rows[1:], values[1:], strict=True):
        other.observe(row, value, 0.6)
    again.restore(model.means[0], model.covariances[0], model.told)
    np.testing.assert_allclose(again.means, model.means, atol=1e-9)
    np.testing.assert_allclose(again.covariance, model.covariance, atol=1e-9)
    model.observe(rows[0], values[0], -0.6)
    np.testing.assert_allclose(model.told, other.told, atol=1e-9)
    np.testing.assert_allclose(model.mean, other.mean, atol=1e-9)
    np.testing.assert_allclose(model.covariance, other.covariance, atol=1e-9)


def test_thousands_of_observations_leave_a_covariance() -> None:
    model = Posterior(np.zeros(20))
    for row in DICE.normal(size=(4000, 20)):
        model.observe(row, float(row.sum()), 0.5)
    assert np.linalg.eigvalsh(model.covariance).min() > 0
    np.testing.assert_allclose(model.mean, 1, atol=1e-3)


def test_evidence_is_that_of_each_beginning() -> None:
    features, residuals = DICE.normal(size=(9, 4)), DICE.normal(size=9)
    told = evidence(features @ features.T, residuals, np.full(9, 0.6))
    for count in (1, 5, 9):
        rows = features[:count]
        covariance = rows @ rows.T + 0.6 * np.eye(count)
        exact = -0.5 * residuals[:count] @ np.linalg.solve(covariance, residuals[:count])
        assert told[count - 1] == pytest.approx(exact - 0.5 * np.linalg.slogdet(covariance)[1])


@settings(max_examples=20, deadline=None)
@given(contexts=st.integers(1, 9), arms=st.integers(1, 6), seed=st.integers(0, 99))
def test_folding_a_moment_away_changes_nothing(contexts: int, arms: int, seed: int) -> None:
    dice = np.random.default_rng(seed)
    joint = Joint(contexts, arms, Reach(waves=5))
    moment, shelf, suits = dice.normal(size=contexts), dice.normal(size=(4, arms)), dice.uniform(size=4)
    full = joint.features(np.broadcast_to(moment, (4, contexts)), shelf, suits)
    basis, fold = joint.suiting(joint.basis(shelf, np.zeros(4)), suits), joint.fold(moment)
    np.testing.assert_array_equal(joint.joined(basis[2], moment, shelf[2]), full[2])
    weights = dice.normal(size=joint.size)
    np.testing.assert_allclose(basis @ fold(weights), full @ weights, atol=1e-9)
    square = dice.normal(size=(joint.size, joint.size))
    np.testing.assert_allclose(basis @ fold(fold(square).T).T @ basis.T, full @ square @ full.T, atol=1e-8)


def test_a_priori_ratings_move_as_far_as_was_said() -> None:
    joint = Joint(16, 8, Reach())
    contexts, shelf = DICE.uniform(-1, 1, (4000, 16)), DICE.normal(size=(4000, 8))
    made = joint.features(contexts, shelf, np.zeros(4000))
    for kind in ("arm", "bend", "rest", "context", "product"):
        deviation = np.sqrt((made[:, joint.parts[kind]] ** 2).sum(axis=1).mean())
        assert deviation == pytest.approx(getattr(Reach(), kind), rel=0.1)


def test_a_span_is_learnt_from_a_shelf_and_guessed_from_a_few() -> None:
    shelf = DICE.normal(30, 4, (40, 3))
    shelf[:, 2] = 7
    placed = Span.of(shelf).place(shelf)
    np.testing.assert_allclose(placed.mean(axis=0), 0, atol=1e-9)
    # One scale, one spread: what spreads farther on this shelf lies farther apart.
    np.testing.assert_allclose((placed**2).mean(axis=0).sum(), 2)
    np.testing.assert_allclose(placed.std(axis=0), shelf.std(axis=0) / Span.of(shelf).spread[0] * (1, 1, 0), atol=1e-9)
    shelf[:, 1] *= 100
    np.testing.assert_allclose(Span.of(shelf).place(shelf).std(axis=0), (1, 1, 0), atol=1e-9)
    assert Span.of(shelf[:3]).centre == [0.5] * 3
    assert np.abs(Span.of(shelf).place(shelf * 1e6)).max() == 4


@pytest.mark.parametrize(("low", "high", "centre"), [(0, 1, 0.5), (-1, 1, 0), (0, 2, None), (0.7, 1, None)])
def test_the_middle_of_numbers_that_fill_a_usual_interval_is_its_own(low: float, high: float, centre: Any) -> None:
    shelf = low + (high - low) * np.random.default_rng(3).uniform(size=(30, 2)) ** 1.5
    means = shelf.mean(axis=0).tolist()
    assert Span.of(shelf).centre == (means if centre is None else [centre] * 2)
    shelf[:, 1] = 0.8
    assert Span.of(shelf).place(shelf)[:, 1] == pytest.approx(0), "what never moves tells nothing"


def test_chances_follow_bounds_and_sum_to_one() -> None:
    mean, deviation = np.array([3.0, 3.4, 3.3]), np.array([0.9, 0.1, 0.1])
    assert chances(mean, deviation, 0.0, 0.0).tolist() == [0, 1, 0]
    assert chances(mean, deviation, 1.0, 0.0).tolist() == [1, 0, 0]
    soft = chances(mean, deviation, 0.0, 0.1)
    assert soft.sum() == pytest.approx(1)
    assert soft[1] / soft[2] == pytest.approx(np.e)
    assert bold(0) == 0
    assert np.all(np.diff([bold(x) for x in np.linspace(0, 1, 21)]) > 0)


def test_what_is_drawn_comes_as_often_as_its_chance_and_never_without() -> None:
    chance = np.array([0.0, 0.5, 0.0, 0.3, 0.2, 0.0])
    drawn = np.bincount([draw(chance, mark) for mark in np.linspace(0, 1, 1000, endpoint=False)], minlength=6)
    assert np.abs(drawn / 1000 - chance).max() < 0.002
    assert draw(chance, np.nextafter(1, 0)) == 4


def test_believable_tastes_agree_where_all_is_known() -> None:
    mean, features = np.array([1.0, 2.0, 2.1]), np.eye(3)
    wide = thompson(mean, features, np.eye(3), 1.0, (Dice(1), 0))
    assert wide.sum() == pytest.approx(1)
    assert (wide > 0).all()
    assert thompson(mean, features, np.eye(3) * 1e-9, 1.0, (Dice(1), 0)).tolist() == [0, 0, 1]
    assert wide.tolist() != thompson(mean, features, np.eye(3), 1.0, (Dice(1), 1)).tolist()


def test_a_turn_is_found_where_it_is_and_not_where_none_is() -> None:
    watch = DriftWatch()
    found, missed = [], 0
    for seed in range(20):
        dice = np.random.default_rng(seed)
        features, weights = dice.normal(size=(50, 6)), dice.normal(size=6)
        noise = dice.normal(0, 0.5, 50)
        steady = turning_point(watch, features, features @ weights + noise, np.full(50, 0.25))
        sign = np.where(np.arange(50) < 30, 1, -1)
        turned = turning_point(watch, features, sign * (features @ weights) + noise, np.full(50, 0.25))
        missed += steady is not None
        found.append(turned)
    assert missed <= 1
    assert np.median([since for since in found if since is not None]) == pytest.approx(20, abs=2)
    assert found.count(None) <= 2


def test_few_ratings_have_no_turn() -> None:
    watch = DriftWatch()
    assert not watch.alarmed([9.0] * (watch.window - 1))
    assert watch.alarmed([9.0] * watch.window)
    assert turning_point(watch, np.eye(8), np.arange(8.0), np.ones(8)) is None
