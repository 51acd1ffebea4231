"""What the knobs mean to a user follows from what he rated, and from nothing else."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from engine.compose.bass.compose import BassRequest, compose_bass
from engine.compose.steer.map import STEERED, steer_map, stretched
from engine.compose.steer.request import LEAST, MOST, Steer
from engine.taste.described import takes_of
from engine.taste.rewards import Meant
from engine.taste.steering import learn, role_of, stretch_of
from engine.taste.store.records import Lesson, Take
from engine.taste.told import StretchedCurve

Wanted = dict[str, float]
NOBODY: Wanted = {}


def take(role: str, number: int, asked: dict[str, float], stands: dict[str, float]) -> Take:
    """A take as it is kept: what was asked, and what steering by the shelf made of it."""
    found = steer_map(role)
    moves = found.moves(Steer(**stands))
    told = {
        name: found.parameters[name].kept(asked.get(name, found.parameters[name].usual) + by)
        for name, by in moves.items()
    }
    return Take(
        id=f"{role}-{number}",
        method=f"compose.{role}",
        recipe={**asked, "steer": stands},
        resolved={**asked, **told, "steered": told} if told else dict(asked),
    )


def told(count: int, stars: Callable[[Take, Any], float], role: str = "bass", seed: int = 1) -> list[Lesson]:
    """Takes with all controls and knobs turned about, and what somebody says of them."""
    chance = np.random.default_rng(seed)
    found, lessons = steer_map(role), []
    for number in range(count):
        asked = {
            name: float(np.clip(known.usual + chance.normal(0, 0.2) * (known.high - known.low), known.low, known.high))
            for name, known in found.parameters.items()
            if name not in ("register", "velocity", "gleam", "cymbals", "voices", "loudness")
        }
        stands = {knob: float(chance.uniform(-1, 1)) for knob in found.steer}
        one = take(role, number, asked, stands)
        lessons.append(Lesson(take=one, meant=Meant(float(np.clip(np.rint(stars(one, chance)), 1, 5)), 1.0)))
    return lessons


def likes(wanted: Wanted, role: str = "bass") -> Callable[[Take, Any], float]:
    """Somebody who likes best what the shelf would play were some of its curves stretched."""
    own, found = stretched(role, wanted), steer_map(role)

    def stars(one: Take, chance: Any) -> float:
        best = own.moves(Steer(**one.recipe["steer"]))
        away = [
            (one.resolved[name] - known.usual - best.get(name, 0.0)) / (known.high - known.low)
            for name, known in found.parameters.items()
            if name in one.resolved
        ]
        return float(4.6 - 6 * sum(each**2 for each in away) + chance.normal(0, 0.5))

    return stars


def by_name(curves: list[StretchedCurve]) -> dict[str, StretchedCurve]:
    return {f"{one.knob}.{one.parameter}": one for one in curves}


@pytest.mark.parametrize("role", STEERED)
def test_without_ratings_the_map_is_the_shelf(role: str) -> None:
    curves = learn(role, [])
    assert len(curves) == sum(len(meaning.moves) for meaning in steer_map(role).steer.values())
    assert {one.stretch for one in curves} == {1.0}
    assert stretch_of(curves) == {}
    assert {one.words for one in curves} == {""}


def test_who_wants_more_density_of_energy_and_little_movement_of_tension_gets_it() -> None:
    wanted = {"energy.density": 2.0, "tension.movement": 0.2}
    found = by_name(learn("bass", told(200, likes(wanted))))
    assert found["energy.density"].stretch > 1.4
    assert found["tension.movement"].stretch < 0.6
    assert found["energy.density"].words == "Energy adds more density in your basses than usual."
    assert found["tension.movement"].words == "Tension adds less movement in your basses than usual."
    others = [one.stretch for name, one in found.items() if name not in wanted]
    assert np.mean(np.abs(np.array(others) - 1)) < 0.25
    assert sum(bool(one.words) for name, one in found.items() if name not in wanted) <= 1


def test_a_knob_may_be_turned_round() -> None:
    found = by_name(learn("bass", told(250, likes({"energy.density": -0.5}))))["energy.density"]
    assert found.stretch < 0.3
    assert found.stretch >= LEAST
    assert found.words


@pytest.mark.parametrize("seed", [1, 2])
def test_who_likes_the_shelf_keeps_it(seed: int) -> None:
    stretches = [one.stretch for one in learn("bass", told(200, likes(NOBODY), seed=seed))]
    assert np.mean(np.abs(np.array(stretches) - 1)) < 0.2
    assert max(np.abs(np.array(stretches) - 1)) < 0.5


@pytest.mark.parametrize("seed", [1, 2])
def test_stars_that_mean_nothing_hardly_stretch_anything(seed: int) -> None:
    curves = learn("bass", told(200, lambda _, chance: float(chance.uniform(1, 5)), seed=seed))
    assert np.mean(np.abs(np.array([one.stretch for one in curves]) - 1)) < 0.3
    assert sum(bool(one.words) for one in curves) <= 1


def test_few_ratings_stretch_little_and_more_stretch_more() -> None:
    lessons = told(200, likes({"energy.density": 2.2}))
    stretches = [by_name(learn("bass", lessons[:count]))["energy.density"].stretch for count in (2, 200)]
    assert abs(stretches[0] - 1) < 0.25 < stretches[1] - 1


def test_what_was_only_heard_where_the_shelf_puts_it_says_nothing_of_how_far() -> None:
    found = steer_map("drums")
    usual = [take("drums", number, {}, {"energy": number % 5 / 8}) for number in range(80)]
    lessons = [Lesson(take=one, meant=Meant(1.0 + number % 5, 1.0)) for number, one in enumerate(usual)]
    assert stretch_of(learn("drums", lessons)) == {}
    assert found.steer["energy"].moves


def test_a_rating_of_little_weight_says_little() -> None:
    lessons = told(100, likes({"energy.density": 2.2}))
    faint = [Lesson(take=one.take, meant=Meant(one.meant.stars, 0.02)) for one in lessons]
    stretches = [by_name(learn("bass", some))["energy.density"].stretch for some in (faint, lessons)]
    assert abs(stretches[0] - 1) < abs(stretches[1] - 1) / 2


@pytest.mark.parametrize("role", STEERED)
def test_no_rating_whatever_throws_a_curve_out_of_its_bounds(role: str) -> None:
    def loud(one: Take, chance: Any) -> float:
        del chance
        return 5.0 if sum(value for value in one.resolved.values() if isinstance(value, float)) % 2 > 1 else 1.0

    curves = learn(role, told(60, loud, role))
    assert all(LEAST <= one.stretch <= MOST for one in curves)
    stretched(role, stretch_of(curves))  # and the generator knows every one


def test_takes_are_read_as_they_are_kept() -> None:
    request = BassRequest(seed=1, density=40.0, steer=Steer(energy=0.5, stretch={"energy.density": 2.0}))
    (kept,) = takes_of("compose.bass", request, compose_bass(request), "", 1)
    assert kept.resolved["steered"]["density"] == 70
    assert kept.recipe["steer"]["energy"] == 0.5
    assert role_of(kept) == "bass"
    assert role_of(Take(id="a", method="edit", role="bass")) == ""
    (again,) = takes_of(
        "compose.bass", request, compose_bass(BassRequest(**{**kept.recipe, "steer": request.steer})), "", 1
    )
    assert again.id == kept.id
    plain = BassRequest(seed=1)
    (at_rest,) = takes_of("compose.bass", plain, compose_bass(plain), "", 1)
    assert "steered" not in at_rest.resolved


def test_only_the_generators_own_takes_count() -> None:
    lessons = told(100, likes({"energy.density": 2.2}))
    assert stretch_of(learn("drums", lessons)) == {}
