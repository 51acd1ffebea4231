"""Chance by name: the same everywhere, even, and free of the order of asking."""

import statistics

import numpy as np

from engine.compose.dice import SEEDS, Dice, draw_seed


def test_a_name_gives_the_same_number_whatever_was_asked_before() -> None:
    first = Dice(7)
    alone = first.uniform("strike", 3, 1)
    second = Dice(7)
    for index in range(50):
        second.uniform("other", index)
    assert second.uniform("strike", 3, 1) == alone


def test_known_values_stay_for_ever() -> None:
    # A change here changes every take anyone has written down.
    assert Dice(1).uniform("progression") == 0.4737273215969363
    assert Dice(9999).uniform("strike", 14, 2) == 0.47891583793224834
    assert Dice(5).small_integers("voicing", 1, 4, 260).tolist() == [[55, 248, 253, 211]]


def test_seeds_names_and_numbers_all_matter() -> None:
    values = {
        Dice(1).uniform("a", 1, 2),
        Dice(2).uniform("a", 1, 2),
        Dice(1).uniform("b", 1, 2),
        Dice(1).uniform("a", 2, 1),
        Dice(1).uniform("a", 1),
    }
    assert len(values) == 5


def test_numbers_are_even_and_bells_are_normal_enough() -> None:
    dice = Dice(3)
    even = dice.uniforms("x", np.arange(20_000, dtype=np.int64))
    assert even.min() >= 0
    assert even.max() < 1
    assert abs(even.mean() - 0.5) < 0.01
    bells = dice.bells("x", np.arange(20_000, dtype=np.int64))
    assert abs(bells.mean()) < 0.02
    assert abs(bells.std() - 1) < 0.02
    assert np.abs(bells).max() < 3.5


def test_batches_do_not_change_when_more_are_drawn() -> None:
    few, many = Dice(4).small_integers("v", 2, 10, 99), Dice(4).small_integers("v", 8, 48, 99)
    assert (many[:2, :10] == few).all()
    assert 0 <= int(many.min()) <= int(many.max()) < 99


def test_weights_are_respected() -> None:
    drawn = [Dice(seed).choice("p", {"often": 9, "seldom": 1}) for seed in range(2000)]
    assert 0.87 < drawn.count("often") / 2000 < 0.93


def test_drawn_seeds_differ_and_can_be_written_down() -> None:
    drawn = [draw_seed() for _ in range(200)]
    assert all(0 <= seed <= 9999 < SEEDS for seed in drawn)
    assert len(set(drawn)) > 150
    assert statistics.pstdev(drawn) > 1000


def test_a_row_and_many_names_at_once_are_the_same_numbers() -> None:
    dice, numbers = Dice(5), np.array([[3, 1, 4], [1, 5, 9]])
    row = dice.row("pitch", 2)
    assert [row.uniform(number) for number in range(20)] == [dice.uniform("pitch", 2, number) for number in range(20)]
    both = dice.rows_of_bells(("a", "b"), numbers)
    np.testing.assert_array_equal(both, [dice.bells("a", numbers[0]), dice.bells("b", numbers[1])])
