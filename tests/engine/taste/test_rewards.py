"""Rewards become stars and weights by the table on the shelf."""

import pytest

import presets
from engine.errors import InvalidValue
from engine.taste.rewards import Meant, Told, check_reward, kinds, meaning, settle


def told(kind: str, amount: float, when: int = 0, rater: str = "me") -> Told:
    return Told(kind, amount, rater, when)


@pytest.mark.parametrize("stars", [1, 2, 3, 4, 5])
def test_stars_are_stars(stars: int) -> None:
    assert meaning("stars", stars) == Meant(stars, 1)


def test_every_other_kind_weighs_less_than_stars_and_says_what_it_should() -> None:
    usual = {name: meaning(name, kind.usual) for name, kind in kinds().items() if name != "stars"}
    assert all(0 < each.weight < 0.5 for each in usual.values())
    assert {name for name, each in usual.items() if each.stars > 3} == {
        "kept",
        "edited",
        "duplicated",
        "looped",
        "exported",
        "chosen",
    }


def test_the_later_an_undo_the_less_it_says() -> None:
    weights = [meaning("undone", seconds).weight for seconds in (0, 2, 30, 120, 9999)]
    assert weights == sorted(weights, reverse=True)
    assert weights[-1] == 0
    assert meaning("edited", 0.9).stars < meaning("edited", 0.1).stars


def test_what_is_said_goes_before_what_is_done() -> None:
    assert settle([told("undone", 2), told("stars", 5)]) == Meant(5, 1)


def test_the_last_stars_count_and_none_take_them_back() -> None:
    first, second = told("stars", 2, 1), told("stars", 4, 2)
    assert settle([second, first]) == Meant(4, 1)
    assert settle([first, second, told("stars", 0, 3)]) is None
    kept = settle([first, told("stars", 0, 3), told("kept", 0, 1)])
    assert kept == meaning("kept", 0)


def test_what_is_done_often_counts_once_and_all_together_less_than_stars() -> None:
    assert settle([told("kept", 0, when) for when in range(50)]) == meaning("kept", 0)
    together = settle([told("kept", 0), told("duplicated", 0), told("exported", 0)])
    assert together is not None
    assert 4 < together.stars < 4.6
    assert together.weight == presets.load("taste/rewards")["most_implicit"]


def test_of_being_chosen_and_being_passed_over_the_last_counts() -> None:
    chosen, passed = told("chosen", 3, 1), told("passed", 3, 2)
    assert settle([chosen, passed]) == meaning("passed", 3)
    assert settle([told("chosen", 3, 3), passed]) == meaning("chosen", 3)
    assert settle([chosen, told("passed", 3, 2, "b")]) not in (meaning("chosen", 3), meaning("passed", 3))


@pytest.mark.parametrize("others", [1, 2, 3, 5, 7, 15])
def test_a_choice_says_what_is_better_and_hardly_how_good_all_are(others: int) -> None:
    chosen, passed = meaning("chosen", others), meaning("passed", others)
    weight = chosen.weight + others * passed.weight
    together = (chosen.stars * chosen.weight + others * passed.stars * passed.weight) / weight
    assert 2.9 < together < 3.4
    assert chosen.weight > passed.weight or others == 1


def test_two_people_stand_side_by_side() -> None:
    assert settle([told("stars", 2, 1, "a"), told("stars", 5, 2, "b")]) == Meant(3.5, 2)


def test_nothing_and_unknown_kinds_say_nothing() -> None:
    assert settle([]) is None
    assert settle([told("undone", 500)]) is None
    assert settle([told("applauded", 1)]) is None


@pytest.mark.parametrize(
    ("kind", "amount", "field"),
    [
        ("star", 3, "kind"),
        ("stars", 6, "stars"),
        ("stars", 2.5, "stars"),
        ("edited", -1, "amount"),
        ("looped", float("inf"), "amount"),
        ("looped", float("nan"), "amount"),
    ],
)
def test_what_is_no_reward_is_refused(kind: str, amount: float, field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        check_reward(kind, amount)
    assert caught.value.field == field
    assert check_reward("looped", None) == kinds()["looped"].usual
