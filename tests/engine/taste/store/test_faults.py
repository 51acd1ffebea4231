"""Killed, twice at once, on a full disk, on a read-only one, from another version: nothing acknowledged is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from engine.errors import StoreUnavailable
from engine.taste.store import rewards, takes
from engine.taste.store.book import Book
from engine.taste.store.records import Take
from engine.taste.store.tables import MIGRATIONS
from tests.benchmarks.taste import kill_store

ROOT = Path(__file__).parents[4]
POSIX = pytest.mark.skipif(os.name == "nt", reason="limits and mounts as POSIX has them")

# Keeps takes until the disk takes no more, makes room, goes on; tells how it went.
FILL = """
import sys
from pathlib import Path
from engine.errors import StoreUnavailable
from engine.taste.store import takes
from engine.taste.store.book import Book
from engine.taste.store.records import Take
def keep(number):
    takes.keep(book, [Take(id=str(number), method="m", recipe={"words": "x" * 2000})])
book = Book(Path(sys.argv[1]))
book.open()
%s
kept = 0
try:
    for kept in range(10_000):
        keep(kept)
except StoreUnavailable as problem:
    print(problem, "|", problem.hint)
%s
keep("after")
print(takes.count(book) == kept + 1, kept > 10)
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "taste.sqlite"


def kept(path: Path, *ids: str) -> Book:
    book = Book(path)
    takes.keep(book, [Take(id=each, method="compose.bass") for each in ids])
    return book


def python(code: str, *words: str) -> list[str]:
    return subprocess.run(
        [sys.executable, "-c", code, *words], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
    ).stdout.splitlines()


def on_a_disk_of_its_own(tmp_path: Path, size: str, script: str) -> list[str]:
    """What a shell script says in whose folder $D a small disk is mounted; skipped where nobody may mount."""
    if not shutil.which("unshare"):
        pytest.skip("no unshare here")
    disk = tmp_path / "disk"
    disk.mkdir()
    environment = {**os.environ, "D": str(disk), "P": sys.executable}
    mount = f'mount -t tmpfs -o size={size} none "$D" || exit 77\n'
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", mount + script],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    if done.returncode in (1, 77) and not done.stdout:
        pytest.skip("nobody may mount here")
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


@POSIX
def test_kills_at_any_moment_lose_nothing() -> None:
    found = kill_store.run(12)
    assert (found.kills, found.lost, found.doubled, found.damaged) == (12, 0, 0, 0)
    assert found.acknowledged > 24


def test_what_is_lost_would_be_seen(path: Path) -> None:
    book = kept(path, "a", "b")
    rewards.add(book, "a", "stars", 4, reward_id="stars a")
    tally = kill_store.Tally()
    said = [["take", "a"], ["take", "gone"], ["stars", "a", "4"], ["stars", "b", "5"]]
    kill_store.look(book, said, tally)
    assert (tally.lost, tally.doubled) == (2, 1)


def test_one_process_writes_at_a_time(path: Path) -> None:
    first = kept(path, "a")
    second = Book(path)
    for _ in range(2):
        with pytest.raises(StoreUnavailable, match="Another Bandmate"):
            takes.count(second)
    first.close()
    assert takes.count(second) == 1
    with pytest.raises(StoreUnavailable, match="Another Bandmate"):
        takes.count(first)
    second.close()


@POSIX
def test_another_process_is_refused_too(path: Path) -> None:
    book = kept(path, "a")
    code = (
        "import sys\nfrom pathlib import Path\nfrom engine.taste.store.book import Book\n"
        "from engine.errors import StoreUnavailable\n"
        "try:\n    Book(Path(sys.argv[1])).open()\nexcept StoreUnavailable as problem:\n    print(problem)\n"
    )
    assert python(code, str(path)) == ["Another Bandmate keeps takes and ratings at this moment"]
    book.close()
    assert python(code, str(path)) == []


@POSIX
def test_a_limit_of_the_system_is_told_and_survived(path: Path) -> None:
    limit = "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (500_000, -1))"
    said = python(FILL % (limit, "resource.setrlimit(resource.RLIMIT_FSIZE, (-1, -1))"), str(path))
    assert said == [
        "The disk does not take what Bandmate would remember | It may be full or gone; all else goes on.",
        "True True",
    ]


@POSIX
def test_a_full_disk_is_told_and_survived(tmp_path: Path) -> None:
    (tmp_path / "fill.py").write_text(
        FILL
        % (
            "Path(sys.argv[1]).with_name('fill').write_bytes(bytes(500_000))",
            "Path(sys.argv[1]).with_name('fill').unlink()",
        )
    )
    said = on_a_disk_of_its_own(tmp_path, "1m", f'PYTHONPATH=. "$P" {tmp_path}/fill.py "$D/taste.sqlite"')
    assert said == ["The disk is full: nothing can be remembered | Make room; all else goes on.", "True True"]


@POSIX
def test_a_read_only_disk_is_told(tmp_path: Path) -> None:
    code = FILL.split("%s", maxsplit=1)[0].replace("book.open()", "") + (
        "try:\n    keep(sys.argv[2])\n    book.close()\nexcept StoreUnavailable as problem:\n    print(problem)\n"
    )
    (tmp_path / "keep.py").write_text(code)
    run = f'PYTHONPATH=. "$P" {tmp_path}/keep.py "$D/taste.sqlite"'
    said = on_a_disk_of_its_own(tmp_path, "2m", f'{run} 1\nmount -o remount,ro "$D"\n{run} 2')
    assert said == ["Bandmate's folder cannot be written: takes and ratings cannot be kept"]


def test_an_old_file_is_brought_up(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept(path, "a").close()
    later = (*MIGRATIONS, "ALTER TABLE takes ADD COLUMN mood TEXT NOT NULL DEFAULT 'calm'")
    monkeypatch.setattr("engine.taste.store.book.MIGRATIONS", later)
    book = Book(path)
    assert takes.find(book, "a").id == "a"
    assert book.read_aside("SELECT mood FROM takes") == [("calm",)]
    book.close()


def test_a_newer_file_is_left_alone(path: Path) -> None:
    kept(path, "a").close()
    other = sqlite3.connect(path)
    other.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="newer Bandmate"):
        kept(path, "b")
    assert path.read_bytes() == before


def test_a_damaged_file_is_told(path: Path) -> None:
    path.write_bytes(b"this is no database, it only lies here" * 200)
    with pytest.raises(StoreUnavailable, match="damaged"):
        kept(path, "a")


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        kept(tmp_path / "gone" / "taste.sqlite", "a")
