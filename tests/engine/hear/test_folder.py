"""Many files: found, heard over processes or a cluster, with bad ones as rows, and none left out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from engine.errors import EngineError, InvalidValue, NotReadable
from engine.hear import folder
from engine.hear.folder import audio_files, hear_one, heard

PARTS = {"parts": ["stereo"]}


@pytest.fixture
def files(tmp_path: Path) -> Path:
    """Five tones, one below in a folder; one that is no audio, one that is empty, a text and a hidden one."""
    root = tmp_path / "Ünïcode 🎹"
    (root / "deeper").mkdir(parents=True)
    time = np.arange(4410) / 44_100
    for number in range(5):
        where = root / ("deeper" if number == 4 else ".") / f"{number}.WAV"
        soundfile.write(where, np.sin(2 * np.pi * 220 * (number + 1) * time).astype(np.float32) / 2, 44_100)
    (root / "bad.wav").write_bytes(b"no sound at all")
    (root / "empty.flac").touch()
    (root / "notes.txt").write_text("buy milk")
    (root / ".hidden.wav").write_bytes(b"")
    return root


def names(rows: Iterator[dict[str, Any]]) -> list[str]:
    return sorted(Path(row["path"]).name for row in rows)


def test_audio_is_found_in_order_and_nothing_else(files: Path) -> None:
    found = [str(path.relative_to(files)) for path in audio_files(files)]
    assert found == ["0.WAV", "1.WAV", "2.WAV", "3.WAV", "bad.wav", str(Path("deeper", "4.WAV")), "empty.flac"]


def test_a_link_that_leads_back_is_not_followed(files: Path) -> None:
    (files / "deeper" / "round").symlink_to(files)
    assert len(list(audio_files(files))) == 7


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_folder_that_may_not_be_read_is_passed_over(files: Path) -> None:
    (files / "deeper").chmod(0)
    try:
        assert len(list(audio_files(files))) == 6
    finally:
        (files / "deeper").chmod(0o700)


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(NotReadable):
        list(audio_files(tmp_path / "gone"))


def test_files_are_found_only_as_they_are_asked_for(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    looked = []
    real = os.scandir

    def look(path: Any) -> Any:
        looked.append(path)
        return real(path)

    monkeypatch.setattr(os, "scandir", look)
    found = audio_files(files)
    next(found)
    assert len(looked) == 1


def test_every_file_has_its_row_and_bad_ones_say_why(files: Path) -> None:
    rows = {Path(row["path"]).name: row for row in heard(audio_files(files), 2, **PARTS)}
    assert sorted(rows) == ["0.WAV", "1.WAV", "2.WAV", "3.WAV", "4.WAV", "bad.wav", "empty.flac"]
    assert rows["bad.wav"]["error"]["kind"] == "NotAudio"
    assert rows["empty.flac"]["error"]["kind"] == "NoSound"
    for name in ("0.WAV", "4.WAV"):
        assert (rows[name]["sample_rate"], rows[name]["duration"], rows[name]["stereo_width"]) == (44_100, 0.1, 0.0)
    assert str(files) not in str([row["error"] for row in rows.values() if "error" in row])


def test_one_process_does_the_same(files: Path) -> None:
    assert len(list(heard(audio_files(files), 1, **PARTS))) == 7


def deadly(path: str, _asked: dict[str, Any]) -> dict[str, Any]:
    if path.endswith("bad.wav"):
        os._exit(3)
    return {"path": path}


def test_a_file_that_takes_its_process_down_is_a_row_and_the_run_goes_on(
    files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(folder, "hear_one", deadly)
    rows = {Path(row["path"]).name: row for row in heard(audio_files(files), 2)}
    assert len(rows) == 7
    assert [name for name, row in rows.items() if "error" in row] == ["bad.wav"]
    assert rows["bad.wav"]["error"]["kind"] == "Crashed"


def test_what_goes_wrong_inside_is_a_row(files: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> dict[str, Any]:
        raise ZeroDivisionError(f"{files} is wrong")

    monkeypatch.setattr(folder, "_memory", lambda: broken)
    error = hear_one(str(files / "0.WAV"), {})["error"]
    assert error["kind"] == "Fault"
    assert str(files) not in str(error)


@pytest.mark.parametrize("workers", [0, -2, "many", "dask://", "tcp://127.0.0.1:1"])
def test_workers_that_make_no_sense_are_refused(workers: int | str) -> None:
    with pytest.raises(InvalidValue, match="workers"):
        next(heard(iter([]), workers))


@pytest.mark.filterwarnings("ignore:.*tasks")
def test_stopping_early_ends_the_work(files: Path) -> None:
    rows = heard(audio_files(files), 2, **PARTS)
    next(rows)
    rows.close()  # type: ignore[attr-defined]
    with pytest.raises(StopIteration):
        next(rows)


@pytest.mark.filterwarnings("ignore")
def test_a_cluster_of_two_workers_does_the_same(files: Path) -> None:
    distributed = pytest.importorskip("distributed")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None, host="127.0.0.1"
    ) as cluster:
        address = cluster.scheduler_address.replace("tcp://", "dask://")
        rows = {Path(row["path"]).name: row for row in heard(audio_files(files), address, **PARTS)}
    assert len(rows) == 7
    assert rows["bad.wav"]["error"]["kind"] == "NotAudio"
    assert rows["0.WAV"]["duration"] == 0.1


def test_a_cluster_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    distributed = pytest.importorskip("distributed")

    def away(*_: object, **__: object) -> None:
        raise OSError("Timed out trying to connect")

    monkeypatch.setattr(distributed, "Client", away)
    with pytest.raises(EngineError, match="does not answer"):
        next(heard(iter([]), "dask://127.0.0.1:9"))
