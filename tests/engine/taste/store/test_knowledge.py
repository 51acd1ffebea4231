"""Each kind of knowledge goes wherever its profile goes: into a file, out of it, into another, back, and away."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
import pytest

from engine.errors import InvalidValue
from engine.taste.corrections import Corrected
from engine.taste.store import choices, corrections, exchange, history, profiles, recipes, rewards, songs, takes
from engine.taste.store.book import Book
from engine.taste.store.macro_maps import MacroMaps
from engine.taste.store.records import Take
from engine.taste.store.tables import MIGRATIONS


class Kind(NamedTuple):
    """How something comes to be known, how more of it does, and what of it a profile has."""

    tell: Callable[[Book], object]
    more: Callable[[Book], object]
    seen: Callable[[Book, str], Any]
    judged: bool = True
    """Whether a snapshot leads back to it; things stay."""


def keep(book: Book, *names: str, **fields: Any) -> None:
    takes.keep(book, [Take(id=each, method="compose.bass", role="bass", mark=f"m {each}", **fields) for each in names])


def rated(book: Book, name: str, kind: str = "stars", amount: float | None = 4) -> None:
    keep(book, name, features=[0.5, 1.0], how="varied", parent="x")
    rewards.add(book, name, kind, amount, reward_id=f"{kind} {amount} {name}")


def steered(book: Book, first: int) -> None:
    """Ratings before a fresh start of the knobs' meaning, and after it."""
    for number in range(first, first + 24):
        if number == first + 8:
            history.begin_steering(book)
        energy, more = (number % 5 - 2) / 2, (number % 7 - 3) * 8
        told = {"density": 50 + 15 * energy + more}
        keep(book, f"s{number}", recipe={"steer": {"energy": energy / 2}}, resolved={"steered": told})
        liked = energy * (told["density"] - 50) > 0
        rewards.add(book, f"s{number}", "stars", 5 if liked else 2, reward_id=f"s{number}")


def map_seen(book: Book, profile: str) -> Any:
    found = MacroMaps(book).of(profile)
    return found.rated, {role: dict(each) for role, each in found.stretch.items() if each}


def vary(book: Book, chosen: str) -> None:
    made = [
        Take(id=f"v{n}", method="compose.vary", role="bass", seed=1, recipe={"number": n}, features=[n / 4, 1.0])
        for n in range(3)
    ]
    takes.keep(book, made)
    choices.choose(book, chosen, reward_id=f"choice of {chosen}")


def sing(book: Book, name: str, *marks: str) -> None:
    takes.keep(book, [Take(id=name, method="compose.arrange")])
    songs.keep_clips(book, [songs.SongClips(take=name, marks=list(marks))])
    rewards.add(book, name, "stars", 4, reward_id=f"r {name}")


def say(book: Book, *said: tuple[str, float]) -> None:
    for digest, bpm in said:
        corrections.tell(book, digest, Corrected("tempo", "174.0", str(bpm)))
        corrections.tell(book, digest, Corrected("key", "C major", "A minor"))


KINDS = {
    "takes": Kind(
        lambda book: rated(book, "a"),
        lambda book: rated(book, "b"),
        lambda book, profile: sorted(takes.latest(book, 9, profile=profile), key=lambda each: each.id),
        judged=False,
    ),
    "ratings": Kind(
        lambda book: rated(book, "a"),
        lambda book: rated(book, "a", amount=1),
        lambda book, profile: {each.take.id: each.meant for each in rewards.lessons(book, profile)},
    ),
    "rewards": Kind(
        lambda book: rated(book, "a", "kept", None),
        lambda book: rated(book, "b", "deleted", 0.5),
        lambda book, profile: [
            [reward for reward in rewards.of_take(book, name, profile) if reward.counted] for name in "ab"
        ],
    ),
    "choices": Kind(
        lambda book: vary(book, "v1"),
        lambda book: vary(book, "v2"),
        lambda book, profile: sorted(choices.pairs(book, "bass", profile)),
    ),
    "songs": Kind(
        lambda book: sing(book, "song", "m1", "m2"), lambda book: sing(book, "other", "m2", "m3"), songs.clips_of
    ),
    "recipes": Kind(
        lambda book: (rated(book, "a"), recipes.keep(book, "a", "Box")),
        lambda book: recipes.keep(book, "a", "Round"),
        recipes.all_recipes,
        judged=False,
    ),
    "macro maps": Kind(lambda book: steered(book, 0), lambda book: steered(book, 30), map_seen),
    "corrections": Kind(
        lambda book: say(book, ("aa", 87.0), ("bb", 87.0)),
        lambda book: say(book, ("aa", 174.0), ("cc", 87.0)),
        corrections.all_set_right,
    ),
}


@pytest.fixture
def book(tmp_path: Path) -> Iterator[Book]:
    with closing(Book(tmp_path / "taste.sqlite")) as found:
        yield found


@pytest.fixture(params=KINDS)
def kind(request: pytest.FixtureRequest) -> Kind:
    return KINDS[request.param]


def exported(book: Book) -> exchange.TasteFile:
    return exchange.read_file(exchange.written(exchange.taste_file(book)))


def rows_of(book: Book, profile: int | None = None) -> dict[str, int]:
    """How many rows of a profile, or of any, lie in each table that has some."""
    with book.asking() as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        found = {}
        for name in names:
            columns = {row[1] for row in connection.execute(f"PRAGMA table_info({name})")}
            if profile is None or "profile" in columns:
                where = "" if profile is None else f" WHERE profile = {profile}"
                found[name] = connection.execute(f"SELECT COUNT(*) FROM {name}{where}").fetchone()[0]  # noqa: S608
    return {name: count for name, count in found.items() if count and name != "sqlite_sequence"}


def test_it_travels_as_a_file_and_comes_once(book: Book, kind: Kind, tmp_path: Path) -> None:
    nothing = kind.seen(book, "Me")
    kind.tell(book)
    known = kind.seen(book, "Me")
    assert known != nothing
    file = exported(book)
    with closing(Book(tmp_path / "other.sqlite")) as other:
        exchange.import_profile(other, file, name="Anna")
        assert kind.seen(other, "Anna") == known
        assert kind.seen(other, "Me") == nothing
        for _ in range(2):
            moved = exchange.import_profile(other, file, into="Anna")
            assert (moved.takes, moved.rewards) == (0, 0)
        assert kind.seen(other, "Anna") == known
        profiles.use(other, "Anna")
        assert exported(other).rewards == file.rewards
        assert exported(other).corrections == file.corrections
        assert exported(other).clips == file.clips


def test_it_is_merged_and_comes_once(book: Book, kind: Kind) -> None:
    profiles.create(book, "Ben")
    nothing = kind.seen(book, "Ben")
    kind.tell(book)
    known = kind.seen(book, "Me")
    for _ in range(2):
        exchange.merge(book, "Me", "Ben")
        assert kind.seen(book, "Ben") == kind.seen(book, "Me") == known
    exchange.merge(book, "Ben", "Me")
    assert kind.seen(book, "Me") == known
    # And back to before there was anything.
    history.roll_back(book, history.all_snapshots(book, "Ben")[-1].number, "Ben")
    assert kind.seen(book, "Ben") == (nothing if kind.judged else known)


def test_a_snapshot_leads_back_and_forth(book: Book, kind: Kind) -> None:
    kind.tell(book)
    known = kind.seen(book, "Me")
    before = history.snapshot(book)
    kind.more(book)
    more = kind.seen(book, "Me")
    assert more != known
    back = history.roll_back(book, before.number)
    assert kind.seen(book, "Me") == (known if kind.judged else more)
    later = history.snapshot(book)  # what does not count now does not count in it
    history.roll_back(book, back.number)
    assert kind.seen(book, "Me") == more
    history.roll_back(book, later.number)
    assert kind.seen(book, "Me") == (known if kind.judged else more)


def test_it_goes_with_its_profile(book: Book, kind: Kind) -> None:
    profiles.create(book, "Ben")
    kind.tell(book)
    known = kind.seen(book, "Me")
    exchange.merge(book, "Me", "Ben")
    kind.more(book)
    gone = profiles.find(book, "Me").number
    assert len(rows_of(book, gone)) > 1
    profiles.use(book, "Ben")
    profiles.delete(book, "Me")
    for _ in range(2):  # takes go bit by bit, then what says that they have to
        takes.forget_old(book)
    assert rows_of(book, gone) == {}
    assert kind.seen(book, "Ben") == known


def test_it_is_forgotten_with_everything(book: Book, kind: Kind) -> None:
    nothing = kind.seen(book, "Me")
    kind.tell(book)
    book.erase()
    assert rows_of(book) == {"profiles": 1, "in_use": 1}
    assert kind.seen(book, "Me") == nothing


def test_of_each_content_the_last_word_counts_whoever_is_merged_into_whom(book: Book) -> None:
    profiles.create(book, "Ben")
    for digest, mine, bens in (("aa", 1, 2), ("bb", 4, 3)):
        corrections.tell(book, digest, Corrected("tempo", "174", "87"), told=mine)
        corrections.tell(book, digest, Corrected("tempo", "174", "174"), told=bens, profile="Ben")
    exchange.merge(book, "Ben", "Me")
    exchange.merge(book, "Me", "Ben")
    told = [(each.digest, each.said) for each in corrections.all_set_right(book)]
    assert told == [("bb", "87"), ("aa", "174")]
    assert corrections.all_set_right(book, "Ben") == corrections.all_set_right(book)
    assert corrections.habits(book).tempo == {"160-200": {"half": 1, "same": 1}}


def test_words_on_the_way_make_room_but_for_those_a_snapshot_needs(book: Book) -> None:
    def rows() -> int:
        return rows_of(book)["corrections"]

    for bpm in range(80, 90):
        corrections.tell(book, "aa", Corrected("tempo", "174", str(bpm)))
    assert rows() == 1
    before = history.snapshot(book)
    for bpm in range(90, 100):
        corrections.tell(book, "aa", Corrected("tempo", "174", str(bpm)))
    assert rows() == 2
    history.roll_back(book, before.number)
    assert [each.said for each in corrections.all_set_right(book)] == ["89"]
    corrections.forget(book, "aa")
    assert corrections.all_set_right(book) == []


def test_a_file_from_before_there_were_corrections_is_read_and_one_that_is_damaged_is_not(book: Book) -> None:
    rated(book, "a")
    say(book, ("aa", 87.0))
    plain = msgspec.json.decode(exchange.written(exchange.taste_file(book)))
    older = {name: value for name, value in plain.items() if name not in ("corrections", "unsteered", "clips")}
    exchange.import_profile(book, exchange.read_file(msgspec.json.encode(older)), name="Older")
    assert len(rewards.lessons(book, "Older")) == 1
    assert corrections.all_set_right(book, "Older") == []
    newer = {**plain, "what nobody knows yet": [1]}  # of the same format: an older Bandmate could read it
    assert exchange.read_file(msgspec.json.encode(newer)) == exchange.read_file(msgspec.json.encode(plain))
    for field, value in (("what", "tuning"), ("told", -1), ("digest", ""), ("said", "x" * 101)):
        broken = {**plain, "corrections": [{**plain["corrections"][0], field: value}]}
        with pytest.raises(InvalidValue, match="Choose a file"):
            exchange.read_file(msgspec.json.encode(broken))


def test_a_song_is_known_by_the_most_of_its_clips_the_newest_first_and_of_its_own_profile(book: Book) -> None:
    def known(*marks: str, profile: str | None = None) -> str:
        found = songs.known_in(book, marks, profile)
        return found.id if found else ""

    sing(book, "old", "intro", "verse", "drop")
    sing(book, "new", "intro", "other verse")
    assert [known("intro"), known("verse", "intro"), known("verse", "nothing", ""), known("nothing"), known()] == [
        *("new", "old", "old", "", "")
    ]
    profiles.create(book, "Ben")
    assert known("verse", profile="Ben") == "old"
    takes.keep(book, [Take(id="old", method="compose.arrange")], profile="Ben")
    assert (known("intro", profile="Ben"), known("intro")) == ("old", "new")


def test_songs_that_share_a_scene_are_told_apart_by_what_lies_beside_it_and_that_alone_is_no_song(book: Book) -> None:
    def known(mark: str, *beside: str) -> str:
        found = songs.known_in(book, [mark], beside=beside)
        return found.id if found else ""

    sing(book, "old", "drop", "verse", "end")
    sing(book, "new", "drop", "other verse", "other end")
    found = [known("drop"), known("drop", "verse", ""), known("drop", "verse", "other verse", "other end")]
    assert [*found, known("end", "other verse", "drop", "other end"), known("a loop", "verse")] == [
        *("new", "old", "new", "old", "")
    ]


def test_what_a_song_lies_in_goes_with_the_last_take_of_it(book: Book) -> None:
    profiles.create(book, "Ben")
    for profile in ("Me", "Ben"):
        takes.keep(book, [Take(id="song", method="compose.arrange")], profile=profile)
    songs.keep_clips(book, [songs.SongClips(take="song", marks=["m1", "m2"])])
    songs.keep_clips(book, [songs.SongClips(take="song", marks=["m1", "m2"])])
    assert rows_of(book)["clips"] == 2
    keep(book, "a", "b")
    takes.forget_old(book, most=3)
    assert (rows_of(book)["takes"], rows_of(book)["clips"]) == (3, 2)
    takes.forget_old(book, most=2)
    assert (rows_of(book)["takes"], rows_of(book).get("clips", 0)) == (2, 0)


def test_where_somebody_has_rated_already_his_own_fresh_start_of_the_knobs_stays(book: Book) -> None:
    steered(book, 0)
    profiles.create(book, "Ben")
    profiles.use(book, "Ben")
    steered(book, 100)
    since = history.steered_since(book, "Ben")
    exchange.merge(book, "Me", "Ben")
    exchange.import_profile(book, exported(book), into="Ben")
    assert history.steered_since(book, "Ben") == since > 0


def test_corrections_of_an_older_store_and_its_snapshots_are_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "old.sqlite"
    now = time.time_ns()
    with closing(sqlite3.connect(path)) as old:
        for script in MIGRATIONS[:4]:
            old.executescript(script)
        for number in (1, 2):
            old.execute("INSERT INTO profiles VALUES (?, ?, ?, 'user', 1)", (number, f"u{number}", f"P{number}"))
        old.execute("INSERT INTO in_use VALUES (1, 1)")
        for profile, digest, told in ((1, "bb", 30), (2, "cc", 20), (1, "aa", 10)):
            values = (profile, digest, "tempo", "174", "87", told, 1)
            old.execute("INSERT INTO corrections VALUES (?, ?, ?, ?, ?, ?, ?)", values)
        for profile, made in ((1, 15), (1, now), (2, 5)):
            values = (profile, "", "asked", "[]", 0, made, 0)
            old.execute(
                "INSERT INTO snapshots (profile, name, why, spans, rewards, made_ns, steered_since)"
                " VALUES (?, ?, ?, ?, ?, ?, ?)",
                values,
            )
        old.execute("PRAGMA user_version = 4")
        old.commit()

    def seen(profile: str) -> list[str]:
        return [each.digest for each in corrections.all_set_right(book, profile)]

    with closing(Book(path)) as book:
        assert (seen("P1"), seen("P2")) == (["bb", "aa"], ["cc"])
        for snapshot, left in ((1, ["aa"]), (2, ["bb", "aa"])):
            history.roll_back(book, snapshot, "P1")
            assert (seen("P1"), seen("P2")) == (left, ["cc"])
        history.roll_back(book, 3, "P2")
        assert seen("P2") == []
