"""Renders lie where they should, under names every system allows, and never over another file."""

import os
from pathlib import Path

import pytest

from engine.compose.kit.place import file_name, folder_for, write_render
from engine.errors import EngineError, InvalidValue
from engine.files import write_new
from engine.settings import renders_path


def test_without_a_folder_it_is_bandmates_own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANDMATE_HOME", str(tmp_path / "home"))
    assert folder_for(None) == tmp_path / "home" / "renders"
    assert (tmp_path / "home" / "renders").is_dir()
    monkeypatch.delenv("BANDMATE_HOME")
    assert renders_path().parts[-2:] == ("Bandmate", "Renders")


def test_a_folder_of_the_user_is_taken_as_it_is_links_followed(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    assert folder_for(str(tmp_path / "link")) == tmp_path / "real"
    (tmp_path / "file").write_bytes(b"")
    for wrong in ("relative", str(tmp_path / "missing"), str(tmp_path / "file"), "/x\0y"):
        with pytest.raises(InvalidValue):
            folder_for(wrong)
    assert not (tmp_path / "missing").exists()


@pytest.mark.parametrize(
    ("asked", "written"),
    [
        ("Beat", "Beat 120 BPM"),
        ("../../etc/passwd", "etc passwd 120 BPM"),
        ('a/b\\c:d*?"<>|', "a b c d 120 BPM"),
        ("", "Render 120 BPM"),
        ("...", "Render 120 BPM"),
        ("con", "con_ 120 BPM"),
        ("Größe ♭VII", "Größe VII 120 BPM"),
        ("x" * 500, "x" * 60 + " 120 BPM"),
        ("a\nb\0c", "a b c 120 BPM"),
    ],
)
def test_any_name_becomes_one_that_every_system_allows(asked: str, written: str) -> None:
    assert file_name(asked, 120.0) == written


def test_nothing_is_ever_written_over(tmp_path: Path) -> None:
    paths = [write_render(tmp_path, "Beat", bytes([number])) for number in range(3)]
    assert [path.name for path in paths] == ["Beat.wav", "Beat 2.wav", "Beat 3.wav"]
    assert [path.read_bytes() for path in paths] == [b"\0", b"\1", b"\2"]
    (tmp_path / "Trap.wav").symlink_to(tmp_path / "elsewhere")
    assert write_render(tmp_path, "Trap", b"x").name == "Trap 2.wav"
    assert not (tmp_path / "elsewhere").exists()


def test_what_cannot_be_written_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(EngineError, match="cannot be written"):
        write_render(tmp_path, "Beat", b"x")
    assert list(tmp_path.iterdir()) == []


def test_a_disk_without_second_names_is_written_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(*_: object) -> None:
        raise OSError(95, "Operation not supported")

    monkeypatch.setattr(os, "link", unknown)
    write_new(tmp_path / "a", b"1234")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a", b"5")
    assert [(path.name, path.read_bytes()) for path in tmp_path.iterdir()] == [("a", b"1234")]


def test_a_new_file_is_whole_and_the_users(tmp_path: Path) -> None:
    write_new(tmp_path / "a", b"1234")
    assert (tmp_path / "a").read_bytes() == b"1234"
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a", b"5")
    assert [path.name for path in tmp_path.iterdir()] == ["a"]
