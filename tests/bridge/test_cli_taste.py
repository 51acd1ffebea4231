"""`bandmate taste`: with and without an engine."""

from __future__ import annotations

import asyncio
from contextlib import closing
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bridge.cli import build
from engine.settings import make_home
from engine.taste.store import takes
from engine.taste.store.book import Book
from engine.taste.store.records import Take
from tests.bridge.house import House


def run(*words: object, answer: str = "") -> Result:
    return CliRunner().invoke(build(), ["taste", *map(str, words)], input=answer)


@pytest.fixture
def take() -> str:
    make_home()
    context = {"genre": "acid", "key": "F", "mode": "minor", "tempo": 131.5}
    with closing(Book()) as book:
        takes.keep(book, [Take(id="4711", method="compose.bass", role="bass", context=context)])
        takes.keep(book, [Take(id="4712", method="edit", parent="4711", how="edited")])
    return "4711"


def test_takes_are_listed_and_rated(take: str) -> None:
    assert run("list", "--rated").stdout == "Nothing was rated yet.\n"
    assert run("rate", take, 4).stdout == "4711: 4 stars.\n"
    edited, rated = run("list").stdout.splitlines()
    assert rated.startswith("****.  4711  20")
    assert rated.endswith("Z  bass, acid, F minor, 131.5 BPM")
    assert edited.startswith(".....  4712  20")
    assert edited.endswith("Z  edit, edited from 4711")
    assert len(run("list", "--count", 1).stdout.splitlines()) == 1
    assert run("rate", take, 0).stdout == "4711: no stars.\n"


def test_what_was_learnt_is_said(take: str) -> None:
    run("rate", take, 4)
    assert run("why").stdout == "Learnt from 1 take.\n  Nothing is sure yet: rate more.\n"


def test_a_profile_travels_and_is_merged(take: str, tmp_path: Path) -> None:
    run("rate", take, 5)
    path = tmp_path / "mine.json"
    assert run("export", path).stdout == f'Wrote "Me" with 1 rated take to {path}.\n'
    assert run("export", path).exit_code == 1
    assert run("export", path, "--replace").exit_code == 0
    assert run("import", path, "--name", "Anna").stdout == 'Added 1 take and 1 reward to "Anna".\n'
    assert run("import", path, "--into", "Anna").stdout == 'Added 0 takes and 0 rewards to "Anna".\n'
    assert run("new", "Ben", "--kind", "artist").stdout == 'Made "Ben".\n'
    assert run("merge", "Anna", "Ben").stdout == 'Added 1 take and 1 reward to "Ben".\n'
    assert run("use", "ben").stdout == 'In use: "Ben".\n'
    assert [line[:9] for line in run("profiles").stdout.splitlines()] == ["  Me (use", "  Anna (u", "* Ben (ar"]


def test_a_taste_goes_back(take: str, tmp_path: Path) -> None:
    assert "no snapshots yet" in run("snapshots").stdout
    run("export", tmp_path / "empty.json")
    run("import", tmp_path / "empty.json", "--into", "Me")
    run("rate", take, 1)
    (line,) = run("snapshots").stdout.splitlines()
    assert line.endswith("0 rewards  before an import")
    assert run("roll-back", 1).stdout == "Back at snapshot 1. How it was just now is snapshot 2.\n"
    assert run("list", "--rated").stdout == "Nothing was rated yet.\n"
    assert run("snapshots").stdout.splitlines()[0].endswith("1 reward  before a roll-back")


def test_nothing_is_deleted_unasked(take: str) -> None:
    run("new", "Ben")
    assert run("forget", "Ben", answer="n\n").exit_code == 1
    assert run("forget", "Ben", answer="y\n").stdout.endswith("Deleted. Left: Me.\n")
    assert run("forget").exit_code == run("forget", "Me", "--everything").exit_code == 1
    assert take in run("list").stdout
    assert run("forget", "--everything", "--yes").stdout == "Everything was deleted.\n"
    assert run("list").stdout == "There are no takes yet.\n"


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("rate", "nobody", 3), "This take is not known"),
        (("use", "Mee"), 'Did you mean "Me"?'),
        (("forget", "Me", "--yes"), "use another one first"),
        (("roll-back", 7), "no such snapshot"),
    ],
)
def test_what_cannot_be_is_said_in_words(words: tuple[object, ...], said: str) -> None:
    done = run(*words)
    assert (done.exit_code, said in done.stderr) == (1, True)


async def test_an_engine_that_runs_is_asked(house: House) -> None:
    async with await house.client("device") as device:
        take = (await device.call("compose.bass", bars=1))["take"]
        done = await asyncio.to_thread(run, "rate", take, 5)
        assert done.stdout == f"{take}: 5 stars.\n"
        assert (await device.call("taste.takes", rated=True))["takes"][0]["take"] == take


async def test_a_store_that_cannot_be_used_is_told(house: House, home: Path) -> None:
    (home / "taste.sqlite").write_bytes(b"no database" * 100)
    done = await asyncio.to_thread(run, "list")
    assert (done.exit_code, "damaged" in done.stderr) == (1, True)
    assert house.runtime.stopping.is_set() is False


def test_recipes_are_listed_and_ones_own_come_and_go(take: str) -> None:
    kept = run("recipe-keep", take, "Box").stdout
    assert kept.startswith('Kept "Box" for bass: own.')
    listed = run("recipes", "--role", "bass", "--tempo", 130).stdout.splitlines()
    assert sum("(bass, acid, yours)" in line for line in listed) == 1
    assert sum("bass.techno_rumble" in line for line in listed) == 1
    assert run("recipe-delete", "box").stdout == 'Deleted "box".\n'
    assert run("recipe-delete", "box").exit_code == 1
