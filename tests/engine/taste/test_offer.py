"""What is offered is what the user likes among what could be drawn in time, and what fits."""

from itertools import count

import pytest

from engine.compose.bass.compose import compose_bass
from engine.compose.bass.request import BassRequest, BassResult
from engine.errors import InvalidValue
from engine.notes import Note
from engine.taste.offer import CANDIDATES, offer
from engine.taste.pupil import Pupil
from engine.taste.rewards import Meant
from engine.taste.store.records import Take
from engine.taste.traits import TRAITS, traits

NOW = {"genre": "house", "tempo": 124.0, "role": "bass"}
BUSY = TRAITS.index("busyness")


def draw(seed: int) -> BassResult:
    """Half of the seeds make sparse lines, the others busy ones."""
    return compose_bass(BassRequest(style="house", key="C minor", bars=2, seed=seed, density=15 if seed % 2 else 90))


def taught(likes: float) -> Pupil:
    """A user who likes lines as dense as this, 0..1."""
    pupil = Pupil()
    for seed in range(16):
        made = draw(seed)
        heard = traits(made.notes, made.length)
        worth = 5 - 4 * abs(made.resolved.density / 100 - likes)
        fields = {"style": "house", "density": made.resolved.density}
        told = Take(id=f"t{seed}", method="m", role="bass", context=NOW, resolved=fields, features=heard.tolist())
        pupil.learn(told, Meant(worth, 1.0))
    return pupil


@pytest.mark.parametrize(("likes", "density"), [(0.1, 15), (0.95, 90)])
def test_the_take_that_is_liked_is_offered_first(likes: float, density: float) -> None:
    found = offer(draw, range(40, 52), taught(likes), NOW, explore=0.0, seconds=60)
    assert found.drawn == 12
    assert found.best.take.resolved.density == density
    assert "16 ratings" in found.best.pick.words
    marks = [tuple((note.pitch, note.start_time) for note in one.take.notes) for one in (found.best, *found.others)]
    assert len(set(marks)) == len(marks)


def test_drawing_ends_when_time_or_seeds_do() -> None:
    ticks = count()
    found = offer(draw, range(10), Pupil(), NOW, seconds=2.5, clock=lambda: float(next(ticks)))
    assert found.drawn == 3
    late = offer(draw, range(10), Pupil(), NOW, seconds=0)
    assert late.drawn == 1
    assert late.best.take.seed == 0
    assert late.others == []
    assert offer(draw, range(2 * CANDIDATES), Pupil(), NOW, seconds=60).drawn == CANDIDATES
    with pytest.raises(InvalidValue):
        offer(draw, [], Pupil(), NOW)


def test_what_rubs_with_the_rest_comes_later() -> None:
    made = {seed: draw(seed) for seed in (1, 3)}
    rubbing = [
        Note(pitch=note.pitch + 25, start_time=note.start_time, duration=note.duration) for note in made[1].notes
    ]
    found = offer(lambda seed: made[seed], [1, 3], Pupil(), NOW, around=rubbing, explore=0.0, seconds=60)
    assert found.best.take.seed == 3
    assert found.best.pick.fit > found.others[0].pick.fit
