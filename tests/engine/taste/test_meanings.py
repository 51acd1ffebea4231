"""What knobs came to mean is said in a line, as far as it is sure and anybody would hear it."""

from __future__ import annotations

import pytest

from engine.compose.steer.map import STEERED, steer_map
from engine.taste.meanings import meanings
from engine.taste.told import StretchedCurve


def curve(name: str, stretch: float, *, sure: bool = True, deviation: float = 0.2) -> StretchedCurve:
    """One that was learnt, by knob and parameter."""
    knob, parameter = name.split(".")
    return StretchedCurve(knob, parameter, stretch, deviation, "A sentence." if sure else "")


def lines(**curves: list[StretchedCurve]) -> list[str]:
    return [one.words for one in meanings(curves)]


@pytest.mark.parametrize(
    ("stretch", "words"),
    [
        (2.5, "Energy: far busier"),
        (1.75, "Energy: far busier"),
        (1.7, "Energy: busier"),
        (1.25, "Energy: busier"),
        (0.75, "Energy: slightly busier"),
        (0.3, "Energy: slightly busier"),
        (0.25, "Energy: not busier"),
        (-0.2, "Energy: not busier"),
        (-0.25, "Energy: sparser"),
    ],
)
def test_how_far_a_curve_is_stretched_is_said_in_a_word(stretch: float, words: str) -> None:
    assert lines(bass=[curve("energy.density", stretch)]) == [words]


def test_what_a_knob_does_more_is_said_before_what_it_does_not_do() -> None:
    told = [curve("energy.velocity", 0.1), curve("energy.ghosts", 0.5), curve("energy.density", 2.0)]
    assert lines(bass=told) == ["Energy: far busier, slightly more ghost notes, not louder"]


def test_a_knob_that_takes_away_is_said_by_what_becomes_of_it() -> None:
    assert lines(bass=[curve("darkness.register", 1.5)]) == ["Darkness: lower"]
    assert lines(bass=[curve("darkness.register", -0.5)]) == ["Darkness: higher"]
    assert lines(melody=[curve("energy.rests", 0.0)]) == ["Energy: not fuller"]


def test_what_is_not_sure_or_nobody_would_hear_is_not_said() -> None:
    assert lines(bass=[]) == []
    assert lines(bass=[curve("energy.density", 2.4, sure=False)]) == []
    assert lines(bass=[curve("energy.density", 1.2), curve("energy.velocity", 0.8)]) == []


def test_three_things_at_most_are_said_of_a_knob_the_farthest_of_them() -> None:
    told = [curve(f"energy.{name}", far) for name, far in [("velocity", 1.3), ("density", 2.0), ("leaps", 1.5)]]
    assert lines(melody=[*told, curve("energy.rests", 0.0)]) == ["Energy: far busier, wider steps, not fuller"]


def test_the_farthest_knob_comes_first_and_says_how_sure_its_least_sure_word_is() -> None:
    told = [
        curve("groove.swing", 0.5),
        curve("energy.density", 2.0, deviation=0.25),
        curve("energy.velocity", 0.25, deviation=0.3),
    ]
    energy, groove = meanings({"bass": told})
    assert (energy.knob, energy.roles, energy.deviations) == ("energy", ["bass"], pytest.approx(2.5))
    assert (groove.knob, groove.words) == ("groove", "Groove: slightly more swung")


def test_of_several_parts_it_is_said_which_and_those_that_agree_share_a_line() -> None:
    dense, calm = [curve("energy.density", 2.0)], [curve("tension.distance", 0.5)]
    assert lines(bass=dense, melody=[], vary=calm) == [
        "Energy on bass: far busier",
        "Tension on variations: slightly bolder",
    ]
    assert lines(bass=dense, drums=dense, arp=[]) == ["Energy on bass and drums: far busier"]
    assert lines(bass=dense, chords=dense, drums=dense) == ["Energy on bass, chords and drums: far busier"]


@pytest.mark.parametrize("role", STEERED)
def test_there_are_words_for_every_curve_of_the_shelf(role: str) -> None:
    for knob, meaning in steer_map(role).steer.items():
        for name in meaning.moves:
            (up,) = lines(**{role: [curve(f"{knob}.{name}", 1.5)]})
            (down,) = lines(**{role: [curve(f"{knob}.{name}", -0.5)]})
            assert up.startswith(f"{knob.capitalize()}: ")
            assert up != down
