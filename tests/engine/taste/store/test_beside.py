"""Runners-up and recipes in the file, and a file from before there were any."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engine.errors import InvalidValue
from engine.taste.store import exchange, profiles, recipes, rewards, takes
from engine.taste.store.book import Book
from engine.taste.store.records import Take
from engine.taste.store.tables import MIGRATIONS


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "taste.sqlite"


@pytest.fixture
def book(path: Path) -> Iterator[Book]:
    with closing(Book(path)) as found:
        yield found


def take(name: str, **fields: object) -> Take:
    about = {"id": name, "method": "compose.bass", "role": "bass", "mark": f"mark of {name}"}
    return Take(**{**about, **fields})  # type: ignore[arg-type]


def listed(book: Book) -> list[str]:
    return [each.id for each in takes.latest(book, 50)]


def test_runners_up_are_listed_once_something_was_told_of_them(book: Book) -> None:
    takes.keep(book, [take("a", propensity=0.5), take("b"), take("c")], beside={"b", "c"})
    assert (listed(book), takes.count(book)) == (["a"], 1)
    assert takes.find(book, "b").id == "b"
    assert takes.known_by(book, "mark of b") is not None
    rewards.add(book, "b", "stars", 4, reward_id="r")
    assert (listed(book), takes.count(book)) == (["b", "a"], 2)
    assert len(exchange.taste_file(book).takes) == 1


def test_a_runner_up_that_is_offered_later_is_a_take_like_any_other(book: Book) -> None:
    takes.keep(book, [take("a", choice={"place": 2})], beside={"a"})
    takes.keep(book, [take("a", choice={"place": 3})], beside={"a"})
    assert (listed(book), takes.find(book, "a").choice) == ([], {"place": 2})
    takes.keep(book, [take("a", choice={"place": 1}, propensity=0.3)])
    assert listed(book) == ["a"]
    assert (takes.find(book, "a").choice, takes.find(book, "a").propensity) == ({"place": 1}, 0.3)
    takes.keep(book, [take("a", choice={"place": 2}, propensity=0.9)], beside={"a"})
    assert (listed(book), takes.find(book, "a").propensity) == (["a"], 0.3)


def test_runners_up_make_room_before_others(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(takes, "MOST_BESIDE", 4)
    for number in range(10):
        takes.keep(book, [take(f"t{number}"), take(f"b{number}")], beside={f"b{number}"})
    rewards.add(book, "b1", "stars", 4, reward_id="r")
    while takes.forget_old(book):
        pass
    with book.asking() as connection:
        left = {row[0] for row in connection.execute("SELECT id FROM takes")}
    assert left == {f"t{number}" for number in range(10)} | {"b1", "b8", "b9"}


def test_recipes_are_kept_replaced_by_name_and_go_with_their_profile(book: Book) -> None:
    takes.keep(book, [take("a", resolved={"style": "acid", "density": 40.0}, context={"genre": "acid"})])
    made = recipes.keep(book, "a", "Box")
    assert (made.role, made.genre, made.request) == ("bass", "acid", {"style": "acid", "density": 40.0})
    again = recipes.keep(book, "a", "  box ")
    assert [each.id for each in recipes.all_recipes(book)] == [again.id] != [made.id]
    assert [each.id for each in recipes.of_role(book, "bass")] == [again.id]
    assert recipes.of_role(book, "drums") == []
    for name in ("", "x" * 41):
        with pytest.raises(InvalidValue, match="name"):
            recipes.keep(book, "a", name)
    other = profiles.create(book, "Anna")
    exchange.merge(book, "Me", "Anna")
    assert [each.id for each in recipes.all_recipes(book, "Anna")] == [again.id]
    moved = exchange.read_file(exchange.written(exchange.taste_file(book)))
    exchange.import_profile(book, moved, name="Ben")
    exchange.import_profile(book, moved, into="Ben")
    assert [each.id for each in recipes.all_recipes(book, "Ben")] == [again.id]
    profiles.delete(book, other.uid)
    with book.asking() as connection:
        assert connection.execute("SELECT COUNT(*) FROM recipes").fetchone() == (2,)
    assert recipes.delete(book, "BOX").id == again.id
    assert recipes.all_recipes(book) == []


def test_there_is_an_end_of_recipes(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recipes, "MOST", 2)
    takes.keep(book, [take("a", resolved={"style": "acid"})])
    for name in ("one", "two", "two"):
        recipes.keep(book, "a", name)
    with pytest.raises(InvalidValue, match="delete one"):
        recipes.keep(book, "a", "three")


def test_a_file_from_before_is_brought_up_with_all_that_is_in_it(path: Path) -> None:
    with closing(sqlite3.connect(path)) as old:
        for script in MIGRATIONS[:2]:
            old.executescript(script)
        old.execute("INSERT INTO profiles VALUES (1, 'u', 'Me', 'user', 1)")
        old.execute("INSERT INTO in_use VALUES (1, 1)")
        values = "1, 1, 'a', 'compose.bass', 'bass', 3, '{}', '{}', '{}', '[]', '', '', 'm', NULL, '{}', 5"
        old.execute(f"INSERT INTO takes VALUES ({values})")  # noqa: S608 - our own words
        old.execute("INSERT INTO rewards VALUES (1, 1, 'r', 1, 'stars', 4.0, 'u', 6, 1)")
        old.execute("PRAGMA user_version = 2")
        old.commit()
    with closing(Book(path)) as book:
        assert listed(book) == ["a"]
        assert recipes.all_recipes(book) == []
        assert [each.meant.stars for each in rewards.lessons(book)] == [4.0]
        takes.keep(book, [take("b")], beside={"b"})
        assert listed(book) == ["a"]
