"""The same content is not heard twice; another content, algorithm, range or hint is."""

from __future__ import annotations

import os
import shutil
import time
from dataclasses import replace
from pathlib import Path

import pytest

from engine.errors import InvalidValue, NoSuchFile, NotAFile
from engine.hear import cache as caching
from engine.hear.cache import Cache, Mark, Question, digest_of
from engine.hear.corrections import Correction, Corrections
from engine.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "a.sqlite")


ONE, TWO = Mark(version="1"), Mark(version="1b", hints="120")
ASKED = Question(digest=b"d" * 20, span="", parts={"key": ONE, "rhythm": TWO})
KNOWN = {"key": b'{"key": "8A"}', "rhythm": b'{"bpm": 120}'}
TODAY = ("1", "1b")


def test_a_result_is_found_by_what_was_asked(store: Store) -> None:
    cache = Cache(store)
    assert cache.find(ASKED) == {}
    cache.keep(ASKED, KNOWN, TODAY)
    assert cache.find(ASKED) == KNOWN
    assert Cache(Store(store._path)).find(ASKED) == KNOWN
    assert cache.find(replace(ASKED, parts={"key": ONE})) == {"key": KNOWN["key"]}


@pytest.mark.parametrize(
    ("other", "left"),
    [
        (replace(ASKED, digest=b"e" * 20), set()),
        (replace(ASKED, span="1..2"), set()),
        (replace(ASKED, parts={"key": ONE, "rhythm": replace(TWO, version="2")}), {"key"}),
        (replace(ASKED, parts={"key": ONE, "rhythm": replace(TWO, hints="60")}), {"key"}),
        (replace(ASKED, parts={**ASKED.parts, "loudness": ONE}), {"key", "rhythm"}),
        (replace(ASKED, parts={"loudness": ONE}), set()),
    ],
)
def test_of_another_question_the_same_parts_are_known(store: Store, other: Question, left: set[str]) -> None:
    cache = Cache(store)
    cache.keep(ASKED, KNOWN, TODAY)
    assert set(cache.find(other)) == left


def test_hints_live_side_by_side(store: Store) -> None:
    cache = Cache(store)
    slower = replace(ASKED, parts={"rhythm": replace(TWO, hints="60")})
    cache.keep(ASKED, KNOWN, TODAY)
    cache.keep(slower, {"rhythm": b"60"}, TODAY)
    assert (cache.find(ASKED), cache.find(slower)) == (KNOWN, {"rhythm": b"60"})


def test_results_of_an_older_algorithm_go_and_the_others_stay(store: Store) -> None:
    cache = Cache(store)
    cache.keep(ASKED, KNOWN, TODAY)
    cache.keep(replace(ASKED, parts={"rhythm": Mark(version="2")}), {"rhythm": b"new"}, ("1", "2"))
    assert store.read("SELECT result FROM heard ORDER BY part") == [(KNOWN["key"],), (b"new",)]


def test_looking_writes_only_when_the_last_use_is_long_ago(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache(store)
    cache.keep(ASKED, KNOWN, TODAY)
    written: list[tuple[str, object]] = []
    real = store.write

    def noted(*changes: tuple[str, tuple[object, ...]]) -> None:
        written.extend(changes)
        real(*changes)

    monkeypatch.setattr(store, "write", noted)
    for _ in range(5):
        cache.find(ASKED)
    assert written == []
    real(("UPDATE heard SET used_ns = used_ns - ?", (2 * 3600 * 10**9,)))
    assert cache.find(ASKED) == cache.find(ASKED) == KNOWN
    assert len(written) == 1


def test_what_was_not_asked_for_the_longest_goes_first(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(caching, "_TOUCH_NS", -1)
    cache = Cache(store, most_bytes=250)
    questions = [Question(digest=bytes([number]) * 20, span="", parts={"key": ONE}) for number in range(3)]
    cache.keep(questions[0], {"key": b"x" * 100}, TODAY)
    cache.keep(questions[1], {"key": b"x" * 100}, TODAY)
    cache.find(questions[0])
    cache.keep(questions[2], {"key": b"x" * 100}, TODAY)
    assert [bool(cache.find(each)) for each in questions] == [True, False, True]


def test_a_copy_and_a_renamed_file_have_the_same_digest(store: Store, tmp_path: Path) -> None:
    cache = Cache(store)
    first = tmp_path / "a.wav"
    first.write_bytes(os.urandom(3_000_000))
    found = cache.digest(first)
    assert found == digest_of(first)
    shutil.copy(first, tmp_path / "b.wav")
    assert cache.digest(tmp_path / "b.wav") == found
    assert cache.digest(first.rename(tmp_path / "c.wav")) == found


def test_the_file_is_not_read_again_until_it_changes(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = Cache(store)
    path = tmp_path / "a.wav"
    path.write_bytes(b"one")
    assert cache.known_digest(path) is None
    found = cache.digest(path)
    with monkeypatch.context() as closed:
        closed.setattr(caching, "digest_of", lambda _: pytest.fail("was read again"))
        assert cache.digest(path) == cache.known_digest(path) == found
    path.write_bytes(b"two")
    os.utime(path, ns=(time.time_ns(), time.time_ns() + 10**9))
    assert cache.known_digest(path) is None
    assert cache.digest(path) != found


def test_a_second_ask_is_quick(store: Store, tmp_path: Path) -> None:
    cache = Cache(store)
    path = tmp_path / "a.wav"
    path.write_bytes(os.urandom(20_000_000))
    asked = replace(ASKED, digest=cache.digest(path))
    cache.keep(asked, {"key": b"x" * 50_000, "rhythm": b"x" * 50_000}, TODAY)
    slow = time.perf_counter()
    digest_of(path)
    slow = time.perf_counter() - slow
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        known = cache.known_digest(path)
        assert known is not None
        assert len(cache.find(replace(asked, digest=known))) == 2
        times.append(time.perf_counter() - begun)
    assert sorted(times)[10] < slow


def test_what_cannot_be_looked_at(store: Store, tmp_path: Path) -> None:
    with pytest.raises(NoSuchFile):
        Cache(store).digest(tmp_path / "gone.wav")
    with pytest.raises(NotAFile):
        Cache(store).digest(tmp_path)


def test_corrections_stay_with_the_content(store: Store) -> None:
    corrections = Corrections(store)
    assert corrections.find(b"d") == Correction()
    assert corrections.set(b"d", bpm=174) == Correction(bpm=174)
    assert corrections.set(b"d", key="11A") == Correction(bpm=174, key="F# minor")
    assert Corrections(Store(store._path)).set(b"d", bpm=87) == Correction(bpm=87, key="F# minor")
    assert corrections.find(b"e") == Correction()
    corrections.forget(b"d")
    assert corrections.find(b"d") == Correction()


@pytest.mark.parametrize("wrong", [{"bpm": 5}, {"bpm": float("nan")}, {"bpm": 1000}, {"key": "H dur"}])
def test_a_correction_that_makes_no_sense_changes_nothing(store: Store, wrong: dict[str, object]) -> None:
    corrections = Corrections(store)
    corrections.set(b"d", bpm=100)
    with pytest.raises(InvalidValue):
        corrections.set(b"d", **wrong)  # type: ignore[arg-type]
    assert corrections.find(b"d") == Correction(bpm=100)
