from pathlib import Path

import pytest

from bridge.install.user_library import find_user_library, preferences_folders, read_library_cfg

CFG = """<?xml version="1.0" encoding="UTF-8"?>
<Ableton><ContentLibrary><UserLibrary><LibraryProject Id="0">
  <ProjectLocation /><ProjectName Value="{name}" /><ProjectPath Value="{path}" />
</LibraryProject></UserLibrary>
<Other><LibraryProject><ProjectPath Value="/decoy" /></LibraryProject></Other></ContentLibrary></Ableton>"""


def mac_cfg(home: Path, version: str, parent: Path, name: str = "User Library") -> None:
    folder = home / "Library" / "Preferences" / "Ableton" / f"Live {version}"
    folder.mkdir(parents=True)
    (folder / "Library.cfg").write_text(CFG.format(path=parent, name=name), encoding="utf-8")


def test_a_moved_library_is_found_through_the_newest_live(tmp_path: Path) -> None:
    old, new = tmp_path / "Old", tmp_path / "Big & Drive"
    for parent in (old, new):
        (parent / "User Library").mkdir(parents=True)
    mac_cfg(tmp_path, "9.7.7", old)
    mac_cfg(tmp_path, "12.2.1", Path(str(new).replace("&", "&amp;")))
    mac_cfg(tmp_path, "11.3.20", old)
    found = find_user_library(tmp_path, "darwin")
    assert found is not None
    assert found.path == new / "User Library"
    assert "Live 12.2.1" in found.source


def test_versions_are_compared_as_numbers_not_as_text(tmp_path: Path) -> None:
    for version in ("9.7", "12.10", "12.9", "Packs"):
        (tmp_path / "Library/Preferences/Ableton" / f"Live {version}").mkdir(parents=True)
    names = [folder.name for folder in preferences_folders(tmp_path, "darwin")]
    assert names == ["Live 12.10", "Live 12.9", "Live 9.7"]


def test_a_renamed_library_keeps_its_name(tmp_path: Path) -> None:
    (tmp_path / "Mine").mkdir()
    mac_cfg(tmp_path, "12.1", tmp_path, name="Mine")
    found = find_user_library(tmp_path, "darwin")
    assert found is not None
    assert found.path == tmp_path / "Mine"


def test_a_path_that_is_the_library_itself_works_too(tmp_path: Path) -> None:
    library = tmp_path / "Sounds"
    library.mkdir()
    mac_cfg(tmp_path, "12.1", library)
    found = find_user_library(tmp_path, "darwin")
    assert found is not None
    assert found.path == library


def test_windows_reads_appdata_and_falls_back_to_documents(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    roaming = tmp_path / "Roaming"
    monkeypatch.setenv("APPDATA", str(roaming))
    assert find_user_library(tmp_path, "win32") is None
    default = tmp_path / "Documents" / "Ableton" / "User Library"
    default.mkdir(parents=True)
    found = find_user_library(tmp_path, "win32")
    assert found is not None
    assert (found.path, found.source) == (default, "Live's default place")
    preferences = roaming / "Ableton" / "Live 12.3" / "Preferences"
    preferences.mkdir(parents=True)
    (tmp_path / "Moved" / "User Library").mkdir(parents=True)
    (preferences / "Library.cfg").write_text(CFG.format(path=tmp_path / "Moved", name="User Library"))
    moved = find_user_library(tmp_path, "win32")
    assert moved is not None
    assert moved.path == tmp_path / "Moved" / "User Library"


@pytest.mark.parametrize(
    "text",
    ["", "not xml", "<Ableton/>", CFG.format(path="relative/path", name="x"), CFG.format(path="", name="x")],
)
def test_a_broken_or_foreign_file_names_no_library(tmp_path: Path, text: str) -> None:
    cfg = tmp_path / "Library.cfg"
    cfg.write_text(text)
    assert read_library_cfg(cfg) == []


def test_a_missing_file_names_no_library(tmp_path: Path) -> None:
    assert read_library_cfg(tmp_path / "nowhere.cfg") == []


def test_linux_has_no_live(tmp_path: Path) -> None:
    assert find_user_library(tmp_path, "linux") is None


def test_a_library_on_a_drive_that_is_away_is_not_replaced_by_another(tmp_path: Path) -> None:
    (tmp_path / "Music" / "Ableton" / "User Library").mkdir(parents=True)
    mac_cfg(tmp_path, "12.2.1", tmp_path / "Music" / "Ableton")
    mac_cfg(tmp_path, "12.10", tmp_path / "Volumes" / "Samples")
    found = find_user_library(tmp_path, "darwin")
    assert found is not None
    assert found.path == tmp_path / "Volumes" / "Samples" / "User Library"
    assert not found.path.exists()


def test_an_unreadable_file_leaves_the_word_to_the_next_version(tmp_path: Path) -> None:
    (tmp_path / "Old" / "User Library").mkdir(parents=True)
    mac_cfg(tmp_path, "11.3", tmp_path / "Old")
    mac_cfg(tmp_path, "12.1", Path("relative"))
    found = find_user_library(tmp_path, "darwin")
    assert found is not None
    assert found.path == tmp_path / "Old" / "User Library"
