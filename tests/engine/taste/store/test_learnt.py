"""What was learnt is what follows from the rewards that count, however one came to it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from engine.errors import InvalidValue, StoreUnavailable
from engine.taste.rewards import Meant
from engine.taste.store import exchange, history, models, profiles, rewards, takes
from engine.taste.store.book import Book
from engine.taste.store.learnt import KEPT_EVERY, Learnt
from engine.taste.store.records import Take


class Sums:
    """Learns the sum of stars, and counts what it was told."""

    def __init__(self, total: float = 0.0, weight: float = 0.0) -> None:
        self.total = total
        self.weight = weight
        self.lessons = 0
        self.takes: set[str] = set()

    @classmethod
    def of(cls, plain: dict[str, Any]) -> Sums:
        if set(plain) != {"total", "weight"}:
            raise InvalidValue("taste", plain, "Learn it anew.")
        return cls(**plain)

    def learn(self, take: Take, meant: Meant) -> None:
        self.total += meant.stars * meant.weight
        self.weight += meant.weight
        self.lessons += 1
        self.takes.add(take.id)

    def unlearn(self, take: Take, meant: Meant) -> None:
        assert take.id in self.takes
        self.total -= meant.stars * meant.weight
        self.weight -= meant.weight

    def state(self) -> dict[str, Any]:
        return {"total": self.total, "weight": self.weight}

    @property
    def rounded(self) -> tuple[float, float]:
        return round(self.total, 6), round(self.weight, 6)


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with closing(Book(tmp_path / "taste.sqlite")) as found:
        takes.keep(found, [Take(id=str(number), method="m") for number in range(50)])
        yield found


def learnt(book: Book, version: int = 1) -> Learnt[Sums]:
    return Learnt(book, version, Sums, Sums.of)


def now(mine: Learnt[Sums], profile: str | None = None) -> Sums:
    with mine.using(profile) as pupil:
        return pupil


def rate(book: Book, take: int, stars: int) -> None:
    rewards.add(book, str(take), "stars", stars, reward_id=random.randbytes(8).hex())


def anew(book: Book, profile: str | None = None) -> tuple[float, float]:
    sums = Sums()
    for lesson in rewards.lessons(book, profile):
        sums.learn(lesson.take, lesson.meant)
    return sums.rounded


def test_each_reward_is_learnt_once_and_changed_minds_are_unlearnt(book: Book) -> None:
    mine = learnt(book)
    dice = random.Random(1)
    for _ in range(60):
        rate(book, dice.randrange(5), dice.randrange(6))
        if dice.random() < 0.3:
            rewards.add(book, "7", "kept", reward_id=str(dice.random()))
        assert now(mine).rounded == anew(book)
    before = now(mine).lessons
    assert now(mine).lessons == before


def test_what_was_kept_is_not_learnt_again(book: Book) -> None:
    for number in range(KEPT_EVERY):
        rate(book, number, 4)
    first = learnt(book)
    assert now(first).lessons == KEPT_EVERY
    rate(book, 30, 2)
    second = learnt(book)
    assert now(second).lessons == 1
    assert now(second).rounded == anew(book) == now(first).rounded
    first.keep()
    assert now(learnt(book)).lessons == 0


def test_a_model_that_is_no_use_is_learnt_anew(book: Book) -> None:
    rate(book, 1, 5)
    learnt(book).keep()
    assert now(learnt(book, version=2)).rounded == (5, 1)
    for state in ('{"other": 1}', "{", "[]"):
        models.keep_model(book, models.Model(version=1, upto=1, state=state))
        assert now(learnt(book)).rounded == (5, 1)


def test_a_roll_back_a_merge_and_another_profile_are_followed(book: Book) -> None:
    mine = learnt(book)
    rate(book, 1, 5)
    kept = history.snapshot(book)
    rate(book, 2, 1)
    assert now(mine).rounded == (6, 2)
    back = history.roll_back(book, kept.number)
    assert now(mine).rounded == anew(book) == (5, 1)
    rate(book, 3, 3)
    assert now(mine).rounded == (8, 2)
    history.roll_back(book, back.number)
    assert now(mine).rounded == anew(book) == (6, 2)
    profiles.create(book, "Ben")
    assert now(mine, "Ben").rounded == (0, 0)
    rewards.add(book, "1", "stars", 3, reward_id="bens", profile="Ben")
    exchange.merge(book, "Ben", "Me")
    assert now(mine).rounded == anew(book) == (9, 3)
    book.erase()
    assert now(mine).rounded == (0, 0)


def test_a_pupil_that_breaks_off_learns_nothing_twice(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    mine = learnt(book)
    assert now(mine).rounded == (0, 0)
    rate(book, 1, 5)
    rate(book, 2, 4)
    with monkeypatch.context() as broken:
        broken.setattr(Sums, "learn", _learns_one_and_breaks_off(Sums.learn))
        with pytest.raises(ZeroDivisionError):
            now(mine)
    assert now(mine).rounded == anew(book) == (9, 2)


def _learns_one_and_breaks_off(learn: Callable[[Sums, Take, Meant], None]) -> Callable[[Sums, Take, Meant], None]:
    def broken(sums: Sums, take: Take, meant: Meant) -> None:
        if sums.lessons:
            raise ZeroDivisionError
        learn(sums, take, meant)

    return broken


def test_rewards_that_cannot_be_read_are_told(book: Book) -> None:
    other = Book(book.path)
    with pytest.raises(StoreUnavailable, match="Another Bandmate"):
        now(learnt(other))
