"""Choices among takes that are nearly alike say which of the next ones goes first."""

from __future__ import annotations

import random
from collections.abc import Callable

from engine.taste.preference import Pair, preferred

Sound = list[float]


def answers(count: int, seed: int) -> list[list[Sound]]:
    """Four takes each, of five traits that differ by little; the last one never does."""
    chance = random.Random(seed)
    return [[[*(0.5 + chance.gauss(0, 0.03) for _ in range(4)), 0.2] for _ in range(4)] for _ in range(count)]


def chosen(liked: Callable[[Sound], float], count: int = 15) -> list[Pair]:
    """What somebody leaves in the clip, over all others."""
    found: list[Pair] = []
    for takes in answers(count, 1):
        best = max(takes, key=liked)
        found += [(best, other, 1 / 3) for other in takes if other is not best]
    return found


def hits(pairs: list[Pair], liked: Callable[[Sound], float]) -> int:
    """How often of 40 the one he would choose is put first."""
    count = 0
    for takes in answers(40, 2):
        scores = preferred(pairs, takes)
        count += takes[scores.index(max(scores))] is max(takes, key=liked)
    return count


def test_little_differences_are_told_apart_after_a_few_choices() -> None:
    for trait in range(4):
        assert hits(chosen(lambda sound, at=trait: sound[at]), lambda sound, at=trait: sound[at]) >= 28  # type: ignore[misc]
        assert hits(chosen(lambda sound, at=trait: -sound[at]), lambda sound, at=trait: -sound[at]) >= 28  # type: ignore[misc]


def test_chance_is_learnt_from_as_chance() -> None:
    chance = random.Random(5)
    pairs = chosen(lambda _: chance.random(), 60)
    assert 2 <= hits(pairs, lambda sound: sound[0]) <= 22
    scores = [abs(score) for takes in answers(20, 3) for score in preferred(pairs, takes)]
    liked = [abs(score) for takes in answers(20, 3) for score in preferred(chosen(lambda sound: sound[0], 60), takes)]
    assert sum(scores) < sum(liked) / 2


def test_nothing_chosen_prefers_nothing_and_what_never_differs_says_nothing() -> None:
    assert preferred([], [[0.1, 0.2], [0.9, 0.2]]) == [0.0, 0.0]
    same = [([0.5, 0.2], [0.5, 0.2], 1.0)]
    assert preferred(same, [[0.1, 0.2], [0.9, 0.2]]) == [0.0, 0.0]


def test_a_comparison_of_little_weight_says_little() -> None:
    pairs = chosen(lambda sound: sound[0])
    faint = [(one, other, 0.001) for one, other, _ in pairs]
    takes = answers(1, 4)[0]
    assert max(map(abs, preferred(faint, takes))) < max(map(abs, preferred(pairs, takes))) / 5
