"""The map of the knobs follows from the rewards that count, since it was last begun anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import InvalidValue, StoreUnavailable
from engine.taste.store import history, profiles, rewards, takes
from engine.taste.store.book import Book
from engine.taste.store.macro_maps import MacroMaps
from engine.taste.store.records import Take
from engine.taste.store.tables import MIGRATIONS


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with closing(Book(tmp_path / "taste.sqlite")) as found:
        yield found


def rate(book: Book, first: int, count: int) -> None:
    """Takes of which the ones with more density where Energy is up are liked."""
    made = []
    for number in range(first, first + count):
        energy, more = (number % 5 - 2) / 2, (number % 7 - 3) * 8
        told = {"density": 50 + 15 * energy + more}
        steer = {"energy": energy / 2}
        made.append(Take(id=str(number), method="compose.bass", recipe={"steer": steer}, resolved={"steered": told}))
    takes.keep(book, made)
    for take in made:
        liked = take.recipe["steer"]["energy"] * (take.resolved["steered"]["density"] - 50) > 0
        rewards.add(book, take.id, "stars", 5 if liked else 2, reward_id=f"r{take.id}")


def density(maps: MacroMaps, profile: str | None = None) -> float:
    return maps.of(profile).stretch.get("bass", {}).get("energy.density", 1.0)


def test_it_is_learnt_once_and_anew_after_a_reward(book: Book) -> None:
    maps = MacroMaps(book)
    assert maps.now is None
    assert maps.refresh().stretch == {}
    rate(book, 0, 60)
    first = maps.refresh()
    assert first.rated == 60
    assert first.stretch["bass"]["energy.density"] > 1.1
    assert maps.refresh() is first
    takes.keep(book, [Take(id="more", method="compose.bass")])  # not rated: nothing is learnt of it
    assert maps.refresh() is first
    rewards.add(book, "0", "stars", 0, reward_id="back")
    assert maps.refresh().rated == 59


def test_begun_anew_it_learns_from_what_is_told_later_and_the_way_back_is_kept(book: Book) -> None:
    maps = MacroMaps(book)
    rate(book, 0, 60)
    learnt = density(maps)
    way_back = history.begin_steering(book)
    assert (density(maps), maps.refresh().rated) == (1.0, 0)
    assert rewards.count_rated(book) == 60
    rate(book, 60, 5)
    assert maps.refresh().rated == 5
    later = history.snapshot(book)
    history.roll_back(book, way_back.number)
    assert density(maps) == learnt
    history.roll_back(book, later.number)
    assert maps.refresh().rated == 5


def test_each_profile_has_its_own_and_a_deleted_one_leaves_nothing(book: Book) -> None:
    maps = MacroMaps(book)
    rate(book, 0, 60)
    profiles.create(book, "Night")
    history.begin_steering(book, "Night")
    assert density(maps, "Night") == 1.0 < density(maps)
    number = profiles.find(book, "Night").number
    profiles.delete(book, "Night")
    with book.asking() as connection:
        assert not connection.execute("SELECT * FROM steered_since WHERE profile = ?", (number,)).fetchall()


def test_whoever_learnt_is_told_when_it_may_be_another_and_the_change_stands_whatever_comes_of_that(
    tmp_path: Path,
) -> None:
    told: list[str] = []

    def turned() -> None:
        told.append(profiles.in_use(book).name)
        raise StoreUnavailable("Not now", "Later.")

    with closing(Book(tmp_path / "taste.sqlite", turned=turned)) as book:
        rate(book, 0, 3)
        profiles.create(book, "Night")
        snapshot = history.snapshot(book)
        assert told == []
        profiles.use(book, "Night")
        profiles.use(book, "Me")
        assert told == ["Night", "Me"]
        history.begin_steering(book)
        history.roll_back(book, snapshot.number)
        assert len(told) == 4
        profiles.use(book, "Night")
        book.erase()
        assert told[4:] == ["Night", "Me"]
        with pytest.raises(InvalidValue):
            profiles.use(book, "nobody")
        assert len(told) == 6


def test_only_the_last_rewards_are_read(book: Book) -> None:
    rate(book, 0, 30)
    assert [lesson.take.id for lesson in rewards.last_lessons(book, 3)] == ["27", "28", "29"]
    assert [lesson.take.id for lesson in rewards.last_lessons(book, 30, since=28)] == ["28", "29"]


def test_a_file_from_before_there_were_maps_is_brought_up_with_its_snapshots(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(MIGRATIONS[0])
        old.execute("INSERT INTO profiles (number, uid, name, kind, made_ns) VALUES (1, 'u', 'Me', 'user', 1)")
        old.execute("INSERT INTO in_use (one, profile) VALUES (1, 1)")
        old.execute(
            "INSERT INTO snapshots (profile, name, why, spans, rewards, made_ns) VALUES (1, 'Old', 'asked', '[]', 0, 1)"
        )
        old.execute("PRAGMA user_version = 1")
        old.commit()
    with closing(Book(path)) as book:
        rate(book, 0, 60)
        history.begin_steering(book)
        (snapshot,) = [each for each in history.all_snapshots(book) if each.name == "Old"]
        history.roll_back(book, snapshot.number)
        assert (history.steered_since(book), MacroMaps(book).refresh().rated) == (0, 0)
