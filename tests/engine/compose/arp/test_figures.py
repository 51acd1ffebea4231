"""Every figure is the order its name promises; the random one is a shuffle without repeats."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compose.arp.figures import HIGHEST, cycle_length, spread, step_pitches, table
from engine.compose.arp.shelf import figures
from engine.compose.dice import Dice

C, E, G, B = 60, 64, 67, 71
HELD = (E, C, B, G)  # as struck

ROUNDS = {
    "up": [C, E, G, B],
    "down": [B, G, E, C],
    "up_down": [C, E, G, B, G, E],
    "down_up": [B, G, E, C, E, G],
    "ping_pong": [C, E, G, B, B, G, E, C],
    "played": [E, C, B, G],
    "converge": [C, B, E, G],
    "diverge": [G, E, B, C],
    "thumb": [C, E, C, G, C, B],
}


@pytest.mark.parametrize("figure", ROUNDS)
def test_one_round_over_four_notes(figure: str) -> None:
    assert table(figure, HELD, 1, Dice(1)) == [[pitch] for pitch in ROUNDS[figure]]


def test_every_figure_on_the_shelf_is_known_here() -> None:
    assert {*ROUNDS, "random", "chord"} == set(figures())
    for figure in figures():
        assert table(figure, HELD, 2, Dice(1))


def test_a_chord_is_struck_whole_and_climbs() -> None:
    assert table("chord", HELD, 2, Dice(1)) == [[C, E, G, B], [C + 12, E + 12, G + 12, B + 12]]


def test_octaves_are_laid_on_top() -> None:
    assert table("up", (C, G), 3, Dice(1)) == [[C], [G], [C + 12], [G + 12], [C + 24], [G + 24]]
    assert table("played", (G, C), 2, Dice(1)) == [[G], [C], [G + 12], [C + 12]]
    assert table("up_down", (C, G), 2, Dice(1)) == [[C], [G], [C + 12], [G + 12], [C + 12], [G]]


@pytest.mark.parametrize("figure", [*ROUNDS, "random", "chord"])
def test_one_held_note_is_repeated(figure: str) -> None:
    assert {tuple(step) for step in table(figure, (C,), 1, Dice(3))} == {(C,)}


def test_a_note_held_twice_counts_once_and_nothing_leaves_the_keyboard() -> None:
    assert spread((C, C, G), 2) == (C, G, C + 12, G + 12)
    assert spread((120, 126), 3) == (120, 126)
    assert spread((100, 112), 2) == (100, 112, 124)


HANDS = st.lists(st.integers(0, HIGHEST), min_size=1, max_size=10).map(tuple)


@given(HANDS, st.integers(1, 4), st.integers(0, 999), st.integers(0, 5000))
def test_random_plays_each_note_once_a_round_and_none_twice_in_a_row(
    held: tuple[int, ...], octaves: int, seed: int, where: int
) -> None:
    dice = Dice(seed)
    size = cycle_length("random", held, octaves)
    said = [step_pitches("random", held, octaves, number, dice=dice, where=where)[0] for number in range(size * 6)]
    for turn in range(6):
        assert sorted(said[turn * size : (turn + 1) * size]) == sorted(spread(held, octaves))
    if size > 1:
        assert all(a != b for a, b in pairwise(said))


def test_random_differs_by_seed_by_chord_and_by_round() -> None:
    held = tuple(range(48, 60))

    def said(seed: int, where: int) -> list[tuple[int, ...]]:
        return [step_pitches("random", held, 1, number, dice=Dice(seed), where=where) for number in range(24)]

    assert said(1, 0) != said(2, 0)
    assert said(1, 0) != said(1, 960)
    assert said(1, 0)[:12] != said(1, 0)[12:]


@given(st.sampled_from([*ROUNDS, "chord", "random"]), HANDS, st.integers(1, 4))
def test_a_round_holds_what_is_held_and_its_octaves_and_nothing_else(
    figure: str, held: tuple[int, ...], octaves: int
) -> None:
    said = {pitch for step in table(figure, held, octaves, Dice(0)) for pitch in step}
    assert said <= set(spread(held, octaves))
    assert set(held) <= said
