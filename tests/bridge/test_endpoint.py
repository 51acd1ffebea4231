"""The endpoint file: private, whole, removed by nobody but its owner; and the lock behind it."""

from __future__ import annotations

import asyncio
import contextlib
import errno
import json
import os
import shutil
import stat
import subprocess
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bridge import endpoint
from bridge.endpoint import Endpoint
from engine import filelock, settings
from engine.filelock import FileLock, Taken
from tests.bridge.house import ROOT, until

POSIX = pytest.mark.skipif(os.name == "nt", reason="file modes and links as POSIX has them")


def test_the_token_is_32_random_bytes() -> None:
    tokens = {endpoint.new_token() for _ in range(200)}
    assert len(tokens) == 200
    assert all(len(bytes.fromhex(token)) == 32 for token in tokens)


def test_what_is_written_is_read(home: Path) -> None:
    written = endpoint.write(4711, "ab" * 32)
    assert endpoint.read() == written
    content = json.loads((home / "endpoint.json").read_text())
    assert set(content) == {"port", "token", "pid", "protocol", "started", "version"}
    assert (content["port"], content["pid"], content["protocol"]) == (4711, os.getpid(), 1)
    assert content["token"] not in written.address
    assert content["token"] not in repr(written)


@POSIX
def test_only_the_user_may_read_it_under_any_umask(home: Path) -> None:
    old = os.umask(0)
    try:
        endpoint.write(4711, "ab" * 32)
    finally:
        os.umask(old)
    assert stat.S_IMODE((home / "endpoint.json").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700


@POSIX
def test_it_is_private_from_its_first_moment(monkeypatch: pytest.MonkeyPatch) -> None:
    modes = []
    real = Path.replace

    def watched(self: Path, target: Path) -> Path:
        modes.append(stat.S_IMODE(self.stat().st_mode))
        return real(self, target)

    monkeypatch.setattr(Path, "replace", watched)
    endpoint.write(4711, "ab" * 32)
    assert modes == [0o600]


@POSIX
def test_a_link_in_its_place_is_replaced_not_followed(home: Path, tmp_path: Path) -> None:
    settings.make_home()
    victim = tmp_path / "victim"
    victim.write_text("precious")
    (home / "endpoint.json").symlink_to(victim)
    endpoint.write(4711, "ab" * 32)
    assert victim.read_text() == "precious"
    assert not (home / "endpoint.json").is_symlink()


def test_readers_never_see_half_a_file(home: Path) -> None:
    endpoint.write(1, "ab" * 32)
    over = threading.Event()
    faults = []

    def keep_reading() -> None:
        while not over.is_set():
            if endpoint.read() is None:
                faults.append("gone or half")

    readers = [threading.Thread(target=keep_reading) for _ in range(2)]
    for each in readers:
        each.start()
    for port in range(1, 150):
        endpoint.write(port, "ab" * 32)
    over.set()
    for each in readers:
        each.join()
    assert faults == []
    assert [each.name for each in home.iterdir()] == ["endpoint.json"]


def test_a_failed_write_leaves_the_old_file_and_no_litter(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = endpoint.write(1, "ab" * 32)
    monkeypatch.setattr("os.name", "posix")
    monkeypatch.setattr(Path, "replace", lambda *_: (_ for _ in ()).throw(PermissionError))
    with pytest.raises(PermissionError):
        endpoint.write(2, "cd" * 32)
    assert endpoint.read() == old
    assert [each.name for each in home.iterdir()] == ["endpoint.json"]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{}",
        b"not json",
        b'{"port":"1","token":"x","pid":1}',
        b'{"port":0,"token":"x","pid":1}',
        b'{"port":70000,"token":"x","pid":1}',
        b"\xff\xfe",
        b"[" * 5000,
        b" " * 10_000,
    ],
)
def test_a_broken_file_is_no_endpoint(home: Path, content: bytes) -> None:
    settings.make_home()
    (home / "endpoint.json").write_bytes(content)
    assert endpoint.read() is None


@POSIX
def test_a_strangers_file_is_no_endpoint(monkeypatch: pytest.MonkeyPatch) -> None:
    endpoint.write(1, "ab" * 32)
    monkeypatch.setattr(os, "getuid", lambda: 4242)
    assert endpoint.read() is None


def test_only_its_owner_removes_it() -> None:
    endpoint.write(1, "ab" * 32)
    endpoint.remove("cd" * 32)
    assert endpoint.read() is not None
    endpoint.remove("ab" * 32)
    assert endpoint.read() is None
    endpoint.remove("ab" * 32)


def test_waiting_for_an_engine() -> None:
    assert endpoint.wait_for(0.03) is None
    old = endpoint.write(1, "ab" * 32)
    assert endpoint.wait_for(0.03) == old
    assert endpoint.wait_for(0.03, since=old) is None
    threading.Timer(0.05, endpoint.write, (2, "cd" * 32)).start()
    found = endpoint.wait_for(60, since=old)
    assert found is not None
    assert found.port == 2


def test_home_is_where_the_environment_says(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("BANDMATE_HOME")
    if os.name == "posix" and sys.platform != "darwin":
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert settings.home() == tmp_path / "Bandmate"
    monkeypatch.setenv("BANDMATE_HOME", str(tmp_path / "own"))
    assert settings.home() == tmp_path / "own"


# --- kept while the engine runs ------------------------------------------------------------------------------------


def names(folder: Path) -> list[str]:
    return [each.name for each in folder.iterdir()]


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@contextlib.asynccontextmanager
async def kept(rightful: bool = True) -> AsyncIterator[Endpoint]:
    written = endpoint.write(4711, "ab" * 32)
    task = asyncio.create_task(endpoint.keep(written, lambda: rightful, 0.005))
    await asyncio.sleep(0)
    yield written
    assert not task.done()
    task.cancel()


@pytest.mark.parametrize("content", ["", "nonsense", '{"port":1,"token":"x","pid":1}', None])
async def test_a_file_that_is_gone_or_changed_is_put_back(home: Path, content: str | None) -> None:
    async with kept() as written:
        path = home / "endpoint.json"
        for _ in range(2):
            if content is None:
                path.unlink()
            else:
                path.write_text(content)
            await until(lambda: endpoint.read() == written)
        assert names(home) == ["endpoint.json"]


@POSIX
async def test_a_whole_home_that_is_gone_is_made_again_and_private(home: Path) -> None:
    async with kept() as written:
        shutil.rmtree(home)
        await until(lambda: endpoint.read() == written)
    assert mode(home / "endpoint.json") == 0o600
    assert mode(home) == 0o700


async def test_an_unchanged_file_is_left_as_it_is(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with kept():
        before = (home / "endpoint.json").lstat()
        looks = []
        look = endpoint._look
        monkeypatch.setattr(endpoint, "_look", lambda: looks.append(1) or look())
        monkeypatch.setattr(endpoint, "read", lambda: pytest.fail("a look must do"))
        await until(lambda: len(looks) > 5)
    assert (home / "endpoint.json").lstat() == before


async def test_who_lost_the_lock_writes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    async with kept(rightful=False):
        successor = endpoint.write(1, "cd" * 32)
        looks = []
        look = endpoint._look
        monkeypatch.setattr(endpoint, "_look", lambda: looks.append(1) or look())
        await until(lambda: len(looks) > 5)
        assert endpoint.read() == successor


async def test_a_folder_that_cannot_be_written_is_said_once(
    home: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    tries = []

    def refuse(*_: object, **__: object) -> None:
        tries.append(1)
        raise PermissionError(errno.EACCES, "Permission denied")

    async with kept() as written:
        monkeypatch.setattr(endpoint, "write_whole", refuse)
        (home / "endpoint.json").unlink()
        await until(lambda: len(tries) > 3)
        monkeypatch.undo()
        monkeypatch.setenv("BANDMATE_HOME", str(home))
        await until(lambda: endpoint.read() == written)
    assert [record.message for record in caplog.records if "cannot" in record.message] == [
        "endpoint.json cannot be written: Permission denied"
    ]


# --- the lock ------------------------------------------------------------------------------------------------------


def test_a_lock_is_taken_once(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with FileLock(path), pytest.raises(Taken), FileLock(path):
        pass
    with FileLock(path):
        pass


def test_a_lock_is_free_when_its_process_was_killed(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    script = (
        "import sys, time\nfrom pathlib import Path\nfrom engine.filelock import FileLock\n"
        "with FileLock(Path(sys.argv[1])):\n    print('held', flush=True)\n    time.sleep(60)\n"
    )
    process = subprocess.Popen([sys.executable, "-c", script, str(path)], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(Taken), FileLock(path):
        pass
    process.kill()
    process.communicate()
    with FileLock(path):
        pass


def test_a_disk_without_locks_is_not_taken_for_another_engine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def none_here(_: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(filelock, "_lock", none_here)
    with pytest.raises(OSError, match="No locks available"), FileLock(tmp_path / "lock"):
        pass


@POSIX
def test_a_lock_whose_file_was_removed_is_taken_anew_or_known_to_be_lost(tmp_path: Path) -> None:
    path = tmp_path / "home" / "lock"
    path.parent.mkdir()
    with FileLock(path) as lock:
        assert lock.held()
        shutil.rmtree(path.parent)
        assert lock.held()
        with pytest.raises(Taken), FileLock(path):
            pass
        path.unlink()
        with FileLock(path):
            assert not lock.held()


@POSIX
def test_a_lock_is_not_inherited_by_children(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    with FileLock(path):
        script = "import time; print('here', flush=True); time.sleep(60)"
        child = subprocess.Popen([sys.executable, "-c", script], close_fds=False, stdout=subprocess.PIPE, text=True)
    try:
        assert child.stdout is not None
        assert child.stdout.readline() == "here\n"
        with FileLock(path):
            pass
    finally:
        child.kill()
        child.communicate()
