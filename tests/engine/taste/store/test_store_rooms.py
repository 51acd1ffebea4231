"""Takes, rewards, profiles, snapshots, files: what is told once is there, counts once, and can be taken back."""

from __future__ import annotations

import itertools
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from engine.errors import InvalidValue
from engine.taste.rewards import Meant
from engine.taste.store import exchange, history, models, profiles, rewards, takes
from engine.taste.store.book import Book
from engine.taste.store.records import Model, Take

DAY = 86_400 * 10**9


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with closing(Book(tmp_path / "taste.sqlite")) as found:
        yield found


def take(name: str, **fields: object) -> Take:
    return Take(**{"id": name, "method": "compose.bass", "mark": f"mark of {name}", **fields})  # type: ignore[arg-type]


def rate(book: Book, name: str, stars: int, reward: str = "", **more: object) -> rewards.Added:
    return rewards.add(book, name, "stars", stars, reward_id=reward or f"{name} {stars}", **more)  # type: ignore[arg-type]


def stars(book: Book, profile: str | None = None) -> dict[str, float]:
    return {each.take.id: each.meant.stars for each in rewards.lessons(book, profile)}


def test_a_take_comes_back_whole(book: Book) -> None:
    made = take(
        "a", role="bass", seed=3, recipe={"density": 40.0}, resolved={"style": "acid"}, context={"tempo": 130.0},
        features=[0.5, 1.0], propensity=0.25, choice={"of": 32}, made=5,
    )  # fmt: skip
    takes.keep(book, [made])
    assert takes.find(book, "a") == made
    takes.keep(book, [take("a", seed=9)])
    assert takes.find(book, "a") == made
    with pytest.raises(InvalidValue, match="take"):
        takes.find(book, "b")


def test_takes_know_where_they_came_from(book: Book) -> None:
    takes.keep(book, [take("a"), take("other")])
    takes.keep(book, [take("b", how="varied"), take("c", how="varied")], base="mark of a")
    takes.keep(book, [take("d", how="edited", parent="b"), take("e", how="varied")], base="mark of nothing")
    assert [takes.find(book, each).parent for each in "abcde"] == ["", "a", "a", "b", ""]
    assert takes.children(book, "a") == ["b", "c"]
    assert [(takes.find(book, each).how) for each in "abd"] == ["", "varied", "edited"]


def test_a_take_is_found_by_its_notes_the_newest_first(book: Book) -> None:
    takes.keep(book, [take("a", mark="m"), take("b", mark="m")])
    found = takes.known_by(book, "m")
    assert found is not None
    assert found.id == "b"
    assert takes.known_by(book, "n") is None


def test_the_list_of_takes(book: Book) -> None:
    takes.keep(book, [take(each, made=made) for made, each in enumerate("abcd", 1)])
    rate(book, "b", 4)
    assert [each.id for each in takes.latest(book, 2)] == ["d", "c"]
    assert [each.id for each in takes.latest(book, 9, before="c")] == ["b", "a"]
    assert [each.id for each in takes.latest(book, 9, rated=True)] == ["b"]
    assert (takes.count(book), rewards.count_rated(book)) == (4, 1)
    with pytest.raises(InvalidValue) as caught:
        takes.latest(book, 9, before="nobody")
    assert caught.value.field == "before"


def test_a_reward_counts_once(book: Book) -> None:
    takes.keep(book, [take("a")])
    assert rate(book, "a", 4, "x") == rewards.Added(True, Meant(4, 1))
    assert rate(book, "a", 4, "x") == rewards.Added(False, Meant(4, 1))
    assert rate(book, "a", 1, "x") == rewards.Added(False, Meant(4, 1))
    assert rate(book, "a", 2, "y") == rewards.Added(True, Meant(2, 1))
    assert len(rewards.of_take(book, "a")) == 2


def test_a_reward_may_come_late_and_out_of_order(book: Book) -> None:
    takes.keep(book, [take("a"), take("b")])
    rate(book, "b", 5, "later", told=200)
    rate(book, "b", 1, "earlier", told=100)
    rewards.add(book, "a", "kept", reward_id="k", told=1)
    assert stars(book) == {"a": 4, "b": 5}


@pytest.mark.parametrize("reward", ["", "x" * 101])
def test_a_reward_that_is_none_is_refused(book: Book, reward: str) -> None:
    takes.keep(book, [take("a")])
    with pytest.raises(InvalidValue) as caught:
        rewards.add(book, "a", "stars", 3, reward_id=reward)
    assert caught.value.field == "id"
    with pytest.raises(InvalidValue) as caught:
        rate(book, "nobody", 3)
    assert caught.value.field == "take"
    assert stars(book) == {}


def test_news_tell_what_a_model_has_to_unlearn(book: Book) -> None:
    takes.keep(book, [take("a"), take("b")])
    rate(book, "a", 4)
    rate(book, "b", 3)
    learnt = rewards.upto(book)
    assert rewards.news(book, learnt) == []
    rate(book, "a", 1)
    rewards.add(book, "b", "kept", reward_id="kept b")  # stars were said: it says nothing more
    (news,) = rewards.news(book, learnt)
    assert (news.take.id, news.before, news.after) == ("a", Meant(4, 1), Meant(1, 1))
    assert {each.take.id: each.before for each in rewards.news(book, 0)} == {"a": None, "b": None}
    assert [(each.take.id, each.after) for each in rewards.news(book, 0, 1)] == [("a", Meant(4, 1))]
    assert rewards.news(book, learnt, learnt) == []


def test_a_model_is_kept_by_version(book: Book) -> None:
    assert models.kept_model(book, 1) is None
    model = Model(version=1, upto=7, state='{"mean": [0.5]}')
    models.keep_model(book, msgspec.structs.replace(model, upto=3))
    models.keep_model(book, model)
    assert models.kept_model(book, 1) == model
    assert models.kept_model(book, 2) is None


def test_what_nobody_rated_makes_room_the_oldest_first(book: Book) -> None:
    takes.keep(book, [take(f"t{number}") for number in range(230)])
    rate(book, "t0", 5)
    assert takes.forget_old(book, most=20)
    while takes.forget_old(book, most=20):
        pass
    left = [each.id for each in takes.latest(book, 100)]
    assert left == [f"t{number}" for number in range(229, 209, -1)] + ["t0"]
    assert stars(book) == {"t0": 5}


def test_profiles_stand_side_by_side(book: Book) -> None:
    assert [(each.name, each.kind) for each in profiles.all_profiles(book)] == [("Me", "user")]
    profiles.create(book, " Night   Bus ", "artist")
    takes.keep(book, [take("a")])
    rate(book, "a", 5)
    assert rewards.of_take(book, "a", "night bus") == []
    known = takes.known_by(book, "mark of a", "night bus")
    assert known == takes.find(book, "a", "night bus") == takes.find(book, "a")
    rate(book, "a", 1, profile="Night Bus")  # made as somebody else, rated now
    assert (stars(book), stars(book, "Night Bus")) == ({"a": 5}, {"a": 1})
    assert profiles.use(book, "Night Bus") == profiles.in_use(book)
    assert stars(book) == {"a": 1}
    with pytest.raises(InvalidValue, match="in use"):
        profiles.delete(book, "Night Bus")
    profiles.use(book, "Me")
    profiles.delete(book, profiles.find(book, "night bus").uid)
    assert [each.name for each in profiles.all_profiles(book)] == ["Me"]
    assert takes.forget_old(book) is False
    assert book.read_aside("SELECT COUNT(*) FROM takes") == [(1,)]


@pytest.mark.parametrize(
    ("name", "kind", "field"), [("me", "user", "name"), (" ", "user", "name"), ("x", "band", "kind")]
)
def test_a_profile_that_cannot_be_is_refused(book: Book, name: str, kind: str, field: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        profiles.create(book, name, kind)
    assert caught.value.field == field
    with pytest.raises(InvalidValue, match=r'Did you mean "Me"\?'):
        profiles.use(book, "Mee")


def test_a_roll_back_and_the_way_back_from_it(book: Book) -> None:
    takes.keep(book, [take("a"), take("b")])
    rate(book, "a", 4)
    models.keep_model(book, Model(version=1, upto=1, state="{}"))
    before = history.snapshot(book, "good times")
    rate(book, "a", 1)
    rate(book, "b", 1)
    back = history.roll_back(book, before.number)
    assert stars(book) == {"a": 4}
    assert models.kept_model(book, 1) is None
    rate(book, "b", 5)
    assert stars(book) == {"a": 4, "b": 5}
    history.roll_back(book, back.number)
    assert stars(book) == {"a": 1, "b": 1}
    told = [(each.why, each.name, each.rewards) for each in history.all_snapshots(book)]
    assert told == [("roll back", "", 2), ("roll back", "", 3), ("asked", "good times", 1)]
    with pytest.raises(InvalidValue) as caught:
        history.roll_back(book, 99)
    assert caught.value.field == "snapshot"


def test_each_day_begins_with_a_snapshot_and_old_ones_make_room(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(history, "MOST", 3)
    takes.keep(book, [take("a")])
    asked = history.snapshot(book, "first")
    now = time.time_ns()
    for day in range(5):
        for hour in range(2):
            rate(book, "a", 3, f"{day} {hour}", told=now + day * DAY + hour)
    left = history.all_snapshots(book)
    assert [each.why for each in left] == ["day", "day", "asked"]
    assert left[-1] == asked
    assert [each.rewards for each in left] == [8, 6, 0]


def test_a_profile_travels_as_a_file(book: Book, tmp_path: Path) -> None:
    takes.keep(book, [take("a", parent="x", how="varied", features=[1.0]), take("unrated")])
    rate(book, "a", 4)
    content = exchange.written(exchange.taste_file(book))
    with closing(Book(tmp_path / "other.sqlite")) as other:
        moved = exchange.import_profile(other, exchange.read_file(content), name="Anna")
        assert (moved.profile.name, moved.takes, moved.rewards) == ("Anna", 1, 1)
        assert stars(other, "Anna") == {"a": 4}
        assert takes.find(other, "a", "Anna") == takes.find(book, "a")
        again = exchange.import_profile(other, exchange.read_file(content), into="Anna")
        assert (again.takes, again.rewards) == (0, 0)
        assert stars(other) == {}


def test_two_producers_become_one(book: Book) -> None:
    profiles.create(book, "Ben")
    for profile, own in ((None, "a"), ("Ben", "b")):
        takes.keep(book, [take("both"), take(own)], profile=profile)
        rate(book, own, 5, profile=profile)
    rate(book, "both", 2, "mine")
    rate(book, "both", 4, "bens", profile="Ben")
    moved = exchange.merge(book, "Ben", "Me")
    assert (moved.profile.name, moved.takes, moved.rewards) == ("Me", 1, 2)
    assert stars(book) == {"both": 3, "a": 5, "b": 5}
    assert stars(book, "Ben") == {"both": 4, "b": 5}
    assert exchange.merge(book, "Ben", "Me").rewards == 0
    history.roll_back(book, history.all_snapshots(book)[-1].number)
    assert stars(book) == {"both": 2, "a": 5}
    for field, pair in (("source", ("nobody", "Me")), ("into", ("Ben", "nobody")), ("into", ("Me", "Me"))):
        with pytest.raises(InvalidValue) as caught:
            exchange.merge(book, *pair)
        assert caught.value.field == field


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"{", "Choose a file"),
        (b"\xff\xfe", "Choose a file"),
        (b'{"bandmate": "style", "format": 9}', "Choose a file"),
        (b'{"bandmate": "taste", "format": 2}', "newer Bandmate"),
        (b'{"bandmate": "taste", "format": 1, "takes": []}', "Choose a file"),
        (b"[" * 100_000, "Choose a file"),
    ],
)
def test_a_file_that_is_none_is_refused(content: bytes, words: str) -> None:
    with pytest.raises(InvalidValue, match=words) as caught:
        exchange.read_file(content)
    assert caught.value.field == "path"


def test_a_file_with_a_wrong_reward_brings_nothing(book: Book) -> None:
    takes.keep(book, [take("a")])
    rate(book, "a", 4)
    broken = exchange.written(exchange.taste_file(book)).replace(b'"amount": 4', b'"amount": 44')
    with pytest.raises(InvalidValue, match="damaged"):
        exchange.import_profile(book, exchange.read_file(broken), name="Anna")
    assert len(profiles.all_profiles(book)) == 1


@pytest.mark.parametrize(
    ("what", "instead"), [(b'"told": 17', b'"told": 99999999999999999917'), (b'"id": "r"', b'"id": ""')]
)
def test_a_file_that_no_store_can_hold_is_refused(book: Book, what: bytes, instead: bytes) -> None:
    takes.keep(book, [take("a")])
    rate(book, "a", 4, "r", told=17)
    content = exchange.written(exchange.taste_file(book))
    assert what in content
    with pytest.raises(InvalidValue, match="Choose a file"):
        exchange.read_file(content.replace(what, instead))


def test_everything_can_be_deleted(book: Book) -> None:
    takes.keep(book, [take("secret")])
    rate(book, "secret", 5)
    profiles.create(book, "Anna")
    book.erase()
    assert [each.name for each in profiles.all_profiles(book)] == ["Me"]
    assert takes.count(book) == 0
    left = [each for each in book.path.parent.iterdir() if b"secret" in each.read_bytes()]
    assert left == []


def test_deleting_everything_while_others_write_loses_nothing_that_came_after(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("engine.taste.store.book._REST", 0.0)
    path = tmp_path / "taste.sqlite"
    book = Book(path, [lambda book: bool(book.read_aside("SELECT COUNT(*) FROM takes"))])
    stop = threading.Event()

    def write(thread: int) -> None:
        for number in itertools.takewhile(lambda _: not stop.is_set(), itertools.count()):
            takes.keep(book, [take(f"{thread} {number}")])

    threads = [threading.Thread(target=write, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for _ in range(8):
        book.erase()
    takes.keep(book, [take("the last")])
    stop.set()
    for thread in threads:
        thread.join()
    # As after a kill: what another connection finds in file and log, without anybody closing.
    with closing(sqlite3.connect(path)) as other:
        found = {row[0] for row in other.execute("SELECT id FROM takes")}
    assert {"the last"} <= found == {each.id for each in takes.latest(book, 10_000)}
    book.close()


def test_the_log_is_tidied_aside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("engine.taste.store.book._REST", 0.01)
    called: list[Book] = []

    def chore(book: Book) -> bool:
        called.append(book)
        return len(called) < 3

    with closing(Book(tmp_path / "taste.sqlite", [chore])) as book:
        takes.keep(book, [take(f"t{number}") for number in range(300)])
        deadline = time.monotonic() + 60
        # Read past the log: what the file itself holds.
        while (len(called) < 3 or b"mark of t299" not in book.path.read_bytes()) and time.monotonic() < deadline:
            time.sleep(0.02)
        assert b"mark of t299" in book.path.read_bytes()
        assert called[:3] == [book] * 3
