"""What the knobs do, measured: each has an effect that grows with it, in every generator that hears it."""

import itertools
from collections.abc import Callable

import pytest

from engine.compose.steer.map import steer_map
from engine.compose.steer.request import KNOBS, Steer
from engine.notes import Note
from tests.engine.compose.steer.band import ASK, MEASURES, PARTS, streamed

STANDS = (-1.0, 0.0, 1.0)
SEEDS = range(3)


def rises(values: list[float]) -> None:
    """The ends differ by a tenth at least, and on the way nothing goes back by more than a fiftieth."""
    span = values[-1] - values[0]
    assert span > 0.1 * max(map(abs, values)) or span > 4.0, values
    assert all(after >= before - 0.02 * max(map(abs, values)) for before, after in itertools.pairwise(values)), values


def measured(role: str, knob: str, play: Callable[[str, int, Steer], list[Note]]) -> list[float]:
    measure, way = MEASURES[knob]
    return [
        sum(way * measure(role, play(role, seed, Steer(**{knob: stand}))) for seed in SEEDS) / len(SEEDS)
        for stand in STANDS
    ]


@pytest.mark.parametrize("role", PARTS)
@pytest.mark.parametrize("knob", KNOBS)
def test_every_knob_grows_in_every_part(knob: str, role: str) -> None:
    rises(measured(role, knob, lambda role, seed, steer: ASK[role](seed=seed, steer=steer).notes))


@pytest.mark.parametrize("role", PARTS)
@pytest.mark.parametrize("knob", KNOBS)
def test_every_knob_grows_in_every_stream(knob: str, role: str) -> None:
    rises(measured(role, knob, streamed))


def test_energy_and_groove_grow_in_what_is_humanised() -> None:
    for knob in ("energy", "groove"):
        rises(measured("humanise", knob, lambda role, seed, steer: ASK[role](seed=seed, steer=steer).notes))


def test_tension_takes_variations_farther() -> None:
    def away(stand: float) -> float:
        answers = [ASK["vary"](seed=seed, steer=Steer(tension=stand)) for seed in SEEDS]
        return sum(each.distance for answer in answers for each in answer.variations)

    rises([away(stand) for stand in STANDS])


def test_what_means_nothing_to_a_generator_changes_nothing() -> None:
    for role in ("humanise", "vary"):
        deaf = Steer(**{knob: 0.9 for knob in KNOBS if knob not in steer_map(role).steer})
        assert ASK[role](seed=1, steer=deaf) == ASK[role](seed=1)
