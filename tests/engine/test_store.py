"""What was written stays, through kills, two processes and old versions; what cannot be written says so."""

from __future__ import annotations

import contextlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from engine import store as storing
from engine.store import MIGRATIONS, Store, StoreUnavailable

SET = "INSERT OR REPLACE INTO corrections VALUES (?, ?, ?, ?)"


def row(number: int, bpm: float = 120.0) -> tuple[str, tuple[object, ...]]:
    return SET, (number.to_bytes(4, "big"), bpm, None, 0)


def count(store: Store) -> int:
    return int(store.read("SELECT COUNT(*) FROM corrections")[0][0])


def test_what_was_written_is_read_by_others(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Store(path).write(row(1), row(2))
    assert count(Store(path)) == 2


@pytest.mark.skipif(os.name == "nt", reason="modes are POSIX's")
def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    Store(tmp_path / "a.sqlite").write(row(1))
    assert {stat.S_IMODE(each.stat().st_mode) for each in tmp_path.iterdir()} == {0o600}


def test_changes_come_all_or_none(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    with pytest.raises(StoreUnavailable):
        store.write(row(1), ("INSERT INTO nowhere VALUES (?)", (1,)))
    assert count(store) == 0
    store.write(row(1))
    assert count(store) == 1


def test_an_old_store_is_brought_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.sqlite"
    Store(path).write(row(1))
    later = (*MIGRATIONS, "ALTER TABLE corrections ADD COLUMN mood TEXT; CREATE TABLE moods (name TEXT);")
    monkeypatch.setattr(storing, "MIGRATIONS", later)
    store = Store(path)
    assert store.read("SELECT mood FROM corrections") == [(None,)]
    assert store.read("PRAGMA user_version") == [(len(later),)]


def test_a_migration_that_fails_leaves_the_old_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.sqlite"
    Store(path).write(row(1))
    with monkeypatch.context() as broken:
        broken.setattr(storing, "MIGRATIONS", (*MIGRATIONS, "CREATE TABLE moods (name TEXT); NONSENSE"))
        with pytest.raises(StoreUnavailable):
            Store(path).read("SELECT 1")
    store = Store(path)
    assert count(store) == 1
    with pytest.raises(StoreUnavailable):
        store.read("SELECT * FROM moods")


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    other = sqlite3.connect(path)  # without a write-ahead log, which nobody but its own version may turn on
    other.execute(f"PRAGMA user_version = {len(MIGRATIONS) + 1}")
    other.close()
    before = path.read_bytes()
    with pytest.raises(StoreUnavailable, match="newer Bandmate"):
        Store(path).write(row(2))
    assert path.read_bytes() == before


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    (tmp_path / "a.sqlite").write_bytes(b"this is no database, it only lies here" * 200)
    with pytest.raises(StoreUnavailable, match="damaged"):
        Store(tmp_path / "a.sqlite").read("SELECT 1")


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        Store(tmp_path / "gone" / "a.sqlite").read("SELECT 1")


def test_a_full_disk_says_so_and_the_store_stays(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    store = Store(path)
    store.write(row(1))
    pages = int(store.read("PRAGMA page_count")[0][0])
    store.read(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(StoreUnavailable, match="full"):
        store.write(*(row(number) for number in range(10_000)))
    assert count(store) == 1


def test_a_read_only_store_says_so(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    store.write(row(1))
    store.read("PRAGMA query_only = 1")
    with pytest.raises(StoreUnavailable, match="cannot be written"):
        store.write(row(2))
    assert count(store) == 1


def test_who_changes_sees_what_is_there_and_leaves_all_or_nothing(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    with store.changing() as connection:
        connection.execute(*row(1))
        assert connection.execute("SELECT COUNT(*) FROM corrections").fetchone() == (1,)
    with contextlib.suppress(ZeroDivisionError), store.changing() as connection:
        connection.execute(*row(2))
        raise ZeroDivisionError
    assert count(store) == 1


def test_a_store_that_is_tidied_grows_its_log_until_then(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    store = Store(path, tidied=True)
    for number in range(1200):
        store.write(row(number))
    log = path.with_name("a.sqlite-wal")
    assert log.stat().st_size > 4_200_000  # a thousand pages, at which SQLite would have tidied up by itself
    before = path.stat().st_size
    store.tidy()
    assert path.stat().st_size > before
    store.write(row(1200))
    assert count(store) == 1201


def test_another_writer_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    Store(path).write(row(1))
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    threading.Timer(0.3, lambda: other.execute("COMMIT")).start()
    Store(path).write(row(2))
    assert count(Store(path)) == 2


def test_another_that_opens_a_new_store_is_waited_for(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    other = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")  # before the log is turned on: SQLite then gives up at once
    threading.Timer(0.3, lambda: other.execute("COMMIT")).start()
    Store(path).write(row(2))
    assert count(Store(path)) == 1


def test_a_writer_that_stays_is_not_waited_for_ever(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(storing, "_BUSY_SECONDS", 0.1)
    path = tmp_path / "a.sqlite"
    Store(path).write(row(1))
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreUnavailable, match="Another Bandmate"):
        Store(path).write(row(2))
    other.execute("ROLLBACK")


def test_threads_share_a_store(tmp_path: Path) -> None:
    store = Store(tmp_path / "a.sqlite")
    threads = [
        threading.Thread(target=lambda first=first: [store.write(row(first * 100 + n)) for n in range(20)])
        for first in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert count(store) == 80


def test_two_processes_may_open_a_new_store_at_once(tmp_path: Path) -> None:
    code = "import sys; from pathlib import Path; from engine.store import Store; s = Store(Path(sys.argv[1])); " + (
        f"s.write(({SET!r}, (sys.argv[2].encode(), 1.0, None, 0)))"
    )
    path = tmp_path / "a.sqlite"
    running = [subprocess.Popen([sys.executable, "-c", code, str(path), str(n)]) for n in range(4)]
    assert [process.wait() for process in running] == [0] * 4
    assert count(Store(path)) == 4


@pytest.mark.skipif(os.name == "nt", reason="there is no kill -9")
def test_what_was_acknowledged_survives_kill_9(tmp_path: Path) -> None:
    path = tmp_path / "a.sqlite"
    code = (
        "import sys; from pathlib import Path; from engine.store import Store; s = Store(Path(sys.argv[1])); n = 0\n"
        f"while True:\n s.write(({SET!r}, (n.to_bytes(4, 'big'), 1.0, None, 0))); print(n, flush=True); n += 1\n"
    )
    for _ in range(5):
        process = subprocess.Popen([sys.executable, "-c", code, str(path)], stdout=subprocess.PIPE, text=True)
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.05)
        process.send_signal(signal.SIGKILL)
        said = [int(line) for line in process.stdout.read().splitlines() if line.strip()]
        process.wait()
        store = Store(path)
        assert count(store) >= max(said, default=0) + 1
        assert store.read("PRAGMA integrity_check") == [("ok",)]
        store.close()
