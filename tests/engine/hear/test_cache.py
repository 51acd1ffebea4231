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
from engine.hear.cache import Cache, Question, digest_of
from engine.hear.corrections import Correction, Corrections
from engine.store import Store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store(tmp_path / "a.sqlite")


ASKED = Question(digest=b"d" * 20, version="1", span="", hints="{}", parts=frozenset({"rhythm", "key"}))


def test_a_result_is_found_by_what_was_asked(store: Store) -> None:
    cache = Cache(store)
    assert cache.find(ASKED) is None
    cache.keep(ASKED, b'{"bpm": 120}')
    assert cache.find(ASKED) == b'{"bpm": 120}'
    assert Cache(Store(store._path)).find(ASKED) == b'{"bpm": 120}'
    assert cache.find(replace(ASKED, parts=frozenset({"key"}))) == b'{"bpm": 120}'


@pytest.mark.parametrize(
    "other",
    [
        replace(ASKED, digest=b"e" * 20),
        replace(ASKED, version="2"),
        replace(ASKED, span="1..2"),
        replace(ASKED, hints='{"tempo": 120}'),
        replace(ASKED, parts=frozenset({"rhythm", "key", "loudness"})),
    ],
)
def test_another_question_is_another(store: Store, other: Question) -> None:
    cache = Cache(store)
    cache.keep(ASKED, b"1")
    assert cache.find(other) is None


def test_the_smallest_result_that_fits_is_given(store: Store) -> None:
    cache = Cache(store)
    cache.keep(replace(ASKED, parts=frozenset({"rhythm", "key", "loudness"})), b"all")
    cache.keep(ASKED, b"two")
    assert cache.find(ASKED) == b"two"


def test_results_of_an_older_algorithm_go(store: Store) -> None:
    cache = Cache(store)
    cache.keep(ASKED, b"old")
    cache.keep(replace(ASKED, version="2"), b"new")
    assert store.read("SELECT result FROM analyses") == [(b"new",)]


def test_what_was_not_asked_for_the_longest_goes_first(store: Store) -> None:
    cache = Cache(store, most_bytes=250)
    questions = [replace(ASKED, digest=bytes([number]) * 20) for number in range(3)]
    cache.keep(questions[0], b"x" * 100)
    cache.keep(questions[1], b"x" * 100)
    cache.find(questions[0])
    cache.keep(questions[2], b"x" * 100)
    assert [cache.find(each) is not None for each in questions] == [True, False, True]


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
    cache.keep(asked, b"x" * 50_000)
    slow = time.perf_counter()
    digest_of(path)
    slow = time.perf_counter() - slow
    times = []
    for _ in range(20):
        begun = time.perf_counter()
        known = cache.known_digest(path)
        assert known is not None
        assert cache.find(replace(asked, digest=known)) is not None
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
