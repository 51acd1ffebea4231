"""Moments, recipes and takes as numbers: each moves what it should, and what nobody told lies in the middle."""

from typing import Any

import jsonschema
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import presets
from engine.notes import Note
from engine.taste.fit import Around, fit
from engine.taste.music import MOMENT, RECIPE, moment, recipe, suits
from engine.taste.traits import TRAITS, traits

FULL: dict[str, Any] = {
    "genre": "techno",
    "tempo": 134.0,
    "key": "F#",
    "mode": "minor",
    "energy": 0.4,
    "hour": 23.5,
    "section": "Drop 2",
    "role": "bass",
}
WORDS = st.one_of(st.none(), st.text(max_size=8), st.floats(allow_nan=True), st.integers(), st.lists(st.integers()))
NOTES = st.lists(
    st.builds(
        Note,
        pitch=st.integers(0, 127),
        start_time=st.floats(-1, 20),
        duration=st.floats(0.01, 9),
        velocity=st.floats(0, 127),
        mute=st.booleans(),
    ),
    max_size=30,
)


def at(name: str, context: dict[str, Any]) -> float:
    return float(moment(context)[MOMENT.index(name)])


def line(pitches: list[int], step: float = 1.0, duration: float = 0.5) -> list[Note]:
    return [Note(pitch=pitch, start_time=number * step, duration=duration) for number, pitch in enumerate(pitches)]


def test_what_a_recipe_is_to_taste_fits_its_schema() -> None:
    told, rules = presets.load("taste/recipe"), presets.load("schema/taste_recipe.schema")
    jsonschema.Draft202012Validator.check_schema(rules)
    jsonschema.Draft202012Validator(rules).validate(told)
    assert set(told["words"]) == set(told["numbers"])
    assert all(set(role) <= set(told["numbers"]) for role in told["roles"].values())
    assert all(low <= usual <= high for role in told["roles"].values() for _, low, high, usual in role.values())
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(rules).validate({**told, "numbers": told["numbers"][1:]})


def test_a_moment_is_sixteen_numbers_that_say_what_they_are_called() -> None:
    assert moment(FULL).shape == (16,) == (len(MOMENT),)
    assert at("family_floor", FULL) == 1
    assert at("family_breaks", FULL) == 0
    assert at("tempo", {"tempo": 60}) == -1
    assert at("tempo", {"tempo": 180}) == 1
    assert at("mode", FULL) == -1
    assert at("mode", {"key": "C major"}) == 1
    assert at("section", FULL) == 1
    assert at("section", {"section": "Intro"}) < 0


def test_keys_a_fifth_apart_are_neighbours_and_names_of_one_key_are_one() -> None:
    def far(one: str, other: str) -> float:
        return float(np.linalg.norm(moment({"key": one}) - moment({"key": other})))

    assert far("C", "G") < far("C", "D") < far("C", "F#")
    assert far("F#", "Gb") == pytest.approx(0)
    assert far("C", "E♭") == pytest.approx(far("C", "D#"))


def test_midnight_lies_beside_eleven() -> None:
    late, night, noon = (moment({"hour": hour}) for hour in (23, 0.5, 12))
    assert np.linalg.norm(late - night) < np.linalg.norm(late - noon)


@settings(max_examples=25, deadline=None)
@given(context=st.dictionaries(st.sampled_from(list(FULL)), WORDS))
def test_whatever_is_told_a_moment_is_numbers_within_reach(context: dict[str, Any]) -> None:
    made = moment(context)
    assert np.isfinite(made).all()
    assert np.abs(made).max() <= 1
    asked = recipe(str(context.get("role")), {"density": context.get("tempo")})
    assert ((asked >= 0) & (asked <= 1)).all()


def test_the_same_wish_is_the_same_number_for_every_role() -> None:
    low = {"drums": 0.0, "bass": 0, "chords": 0, "melody": 0, "arp": 0}
    for role, least in low.items():
        index = RECIPE.index("density")
        assert recipe(role, {"density": least})[index] == 0
        assert recipe(role, {})[index] == 0.5
    assert recipe("arp", {"octaves": 4})[RECIPE.index("movement")] == 1


def test_a_recipe_suits_its_own_genre_most_and_its_kin_a_little() -> None:
    assert suits("house", "house") == suits("dnb", "drum_and_bass") == 1
    assert suits("house", "jazz") == 0
    assert 0 < suits("house", "techno") < 1
    assert suits("", "") == suits("polka", "house") == 0


@settings(max_examples=25, deadline=None)
@given(notes=NOTES, length=st.floats(0.5, 24), bar=st.floats(0.5, 6))
def test_traits_are_numbers_within_reach_in_any_order(notes: list[Note], length: float, bar: float) -> None:
    made = traits(notes, length, bar)
    assert made.shape == (len(TRAITS),)
    assert ((made >= 0) & (made <= 1)).all()
    np.testing.assert_allclose(made, traits(notes[::-1], length, bar), atol=1e-9)


@pytest.mark.parametrize(
    ("trait", "less", "more"),
    [
        ("busyness", line([60] * 8, 1), line([60] * 16, 0.5)),
        ("height", line([40] * 8), line([70] * 8)),
        ("span", line([60, 62] * 4), line([48, 72] * 4)),
        ("sustain", line([60] * 8, duration=0.2), line([60] * 8, duration=1)),
        ("syncopation", line([60] * 8), line([60] * 8, 0.75)),
        ("thickness", line([60] * 8), line([60] * 8) + line([64] * 8)),
        ("repetition", line([60] * 7, 1.25), line([60] * 8)),
        ("leaps", line([60, 61] * 4), line([60, 67] * 4)),
        ("colours", line([60] * 8), line([60, 62, 64, 65, 67, 69, 71, 72])),
        ("silence", line([60] * 8, duration=1), line([60] * 8, duration=0.25)),
    ],
)
def test_each_trait_hears_what_it_is_called(trait: str, less: list[Note], more: list[Note]) -> None:
    index = TRAITS.index(trait)
    assert traits(less, 8)[index] < traits(more, 8)[index]


def test_silence_and_muted_notes_are_silence() -> None:
    muted = [Note(pitch=60, start_time=0, duration=1, mute=True)]
    assert traits(muted, 4).tolist() == traits([], 4).tolist()
    assert traits([], 4)[TRAITS.index("silence")] == 1


def test_what_rubs_fits_less_than_what_belongs() -> None:
    around = Around(line([48, 52, 55] * 4, 1, 4), 12)
    assert around.fit(line([61, 66] * 6)) < 0.4 < around.fit(line([60, 67] * 6))
    assert fit([line([61] * 4), []], [], 4).tolist() == [1, 1]
    assert Around(line([60]), 4).fit(line([72], 1)) > Around(line([60]), 4).fit(line([60], 1))
