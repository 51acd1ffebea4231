"""Files that are there whole or not at all."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from engine.files import write_whole


@pytest.mark.usefixtures("usual_umask")
@pytest.mark.skipif(os.name == "nt", reason="file modes as POSIX has them")
def test_files_are_private_unless_said_otherwise(tmp_path: Path) -> None:
    write_whole(tmp_path / "x", b"1", durable=True)
    write_whole(tmp_path / "x", b"2", durable=False)
    assert (tmp_path / "x").read_bytes() == b"2"
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o600
    write_whole(tmp_path / "x", b"3", mode=0o644)
    assert (tmp_path / "x").stat().st_mode & 0o777 == 0o644


def test_line_ends_stay_as_they_are(tmp_path: Path) -> None:
    write_whole(tmp_path / "x", b"a\nb\r\n")
    assert (tmp_path / "x").read_bytes() == b"a\nb\r\n"


def test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_whole(tmp_path / "x", b"old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "x", b"new")
    assert [file.name for file in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_bytes() == b"old"
