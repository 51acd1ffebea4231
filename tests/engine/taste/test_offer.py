"""What is offered is what the user likes among what could be drawn in time, and what fits."""

from itertools import count, islice

import pytest

from engine.compose.bass.compose import compose_bass
from engine.compose.bass.request import BassRequest, BassResult
from engine.errors import InvalidValue
from engine.notes import Note
from engine.taste.fit import Around
from engine.taste.offer import Drawn, draw_in_time, offer, seeds_from
from engine.taste.pupil import Pupil
from engine.taste.rewards import Meant
from engine.taste.store.records import Take
from engine.taste.traits import traits

NOW = {"genre": "house", "tempo": 124.0, "role": "bass"}


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
    drawn = [Drawn(draw(seed)) for seed in range(40, 52)]
    pupil = taught(likes)
    for mark in (None, 0.02, 0.5, 0.98):
        found = offer(drawn, pupil, NOW, explore=0.0, mark=mark, name="Rumble")
        assert found.drawn == 12
        assert found.best.take.resolved.density == density
        assert "16 ratings" in found.best.pick.words
        assert found.best.pick.words.startswith("Rumble, ")
        marks = [tuple((note.pitch, note.start_time) for note in one.take.notes) for one in (found.best, *found.others)]
        assert len(set(marks)) == len(marks)


def test_those_about_as_good_have_a_chance_and_it_is_told() -> None:
    drawn = [Drawn(draw(seed)) for seed in range(40, 46)]
    knows_nothing = Pupil()
    found = [offer(drawn, knows_nothing, NOW, explore=0.5, mark=step / 200) for step in range(200)]
    first = [each.best.take.seed for each in found]
    assert len(set(first)) > 1
    for each in found:
        picks = [each.best.pick, *(one.pick for one in each.others)]
        assert sum(pick.chance for pick in picks) == pytest.approx(1)
        # What is told is how often it comes first.
        assert first.count(each.best.take.seed) / 200 == pytest.approx(each.best.pick.chance, abs=0.011)
    assert offer(drawn, knows_nothing, NOW).best.pick.chance == 1


def test_drawing_ends_when_time_or_seeds_do() -> None:
    ticks = count()
    assert len(draw_in_time(draw, range(10), 3.5, lambda: float(next(ticks)))) == 3
    late = draw_in_time(draw, range(10), 0.0)
    assert [each.take.seed for each in late] == [0]
    assert "the first that came" in offer(late, Pupil(), NOW).best.pick.words.lower()
    assert offer(late, Pupil(), NOW).others == []
    assert len(draw_in_time(draw, range(4), float("inf"))) == 4
    with pytest.raises(InvalidValue):
        offer([], Pupil(), NOW)


def test_seeds_are_four_digits_and_none_comes_twice() -> None:
    found = list(islice(seeds_from(2**31 - 1), 10_000))
    assert sorted(found) == list(range(10_000))
    assert next(seeds_from(found[4])) == found[5]


def test_what_rubs_with_the_rest_comes_later() -> None:
    made = [draw(seed) for seed in (1, 3)]
    rubbing = [
        Note(pitch=note.pitch + 25, start_time=note.start_time, duration=note.duration) for note in made[0].notes
    ]
    drawn = [Drawn(each) for each in made]
    found = offer(drawn, Pupil(), NOW, around=Around(rubbing, made[0].length), explore=0.0)
    assert found.best.take.seed == 3
    assert found.best.pick.fit > found.others[0].pick.fit


def test_ratings_that_cannot_be_read_are_said_to_be_so() -> None:
    (only,) = draw_in_time(draw, [1], 0.0)
    assert "cannot be read" in offer([only], Pupil(), NOW, known=False).best.pick.words
