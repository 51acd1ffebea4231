import os
from pathlib import Path

import pytest

from bridge.install.installer import (
    InstallError,
    Plan,
    Step,
    plan_install,
    plan_uninstall,
    read_config,
)
from m4l_devices import BuiltDevice

FOLDER = Path("Presets/MIDI Effects/Max MIDI Effect/Bandmate")


class Place:
    """A User Library, a data folder and one built device in a temporary folder."""

    def __init__(self, root: Path) -> None:
        self.library = root / "User Library"
        self.library.mkdir()
        self.config = root / "data" / "config.json"
        self.built = root / "built.amxd"
        self.built.write_bytes(b"device one")
        self.device = BuiltDevice("Bandmate Hub", "mmmm", self.built)
        self.target = self.library / FOLDER / "Bandmate Hub.amxd"
        self.pointer = self.library / FOLDER / "bandmate.json"

    def plan(self) -> Plan:
        return plan_install(
            [self.device],
            self.library,
            config_path=self.config,
            endpoint_path=self.config.with_name("endpoint.json"),
            python=Path("/opt/python"),
            version="1.2.3",
        )

    def install(self) -> list[str]:
        said: list[str] = []
        self.plan().carry_out(said.append)
        return said

    def uninstall(self) -> list[str]:
        said: list[str] = []
        plan_uninstall(self.config).carry_out(said.append)
        return said


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path)


def test_a_plan_touches_nothing(place: Place) -> None:
    words = [step.words for step in place.plan().steps]
    assert any("Bandmate Hub.amxd" in text for text in words)
    assert list(place.library.iterdir()) == []
    assert not place.config.exists()


def test_installing_copies_the_bytes_and_records_them(place: Place) -> None:
    place.install()
    assert place.target.read_bytes() == b"device one"
    config = read_config(place.config)
    assert config is not None
    assert config.python == "/opt/python"
    assert config.arguments == ["-m", "bridge", "serve"]
    assert {Path(file.path) for file in config.devices} == {place.target, place.pointer}
    assert "endpoint.json" in place.pointer.read_text()


@pytest.mark.parametrize(("kind", "folder"), [("nagg", "Max Generators"), ("natt", "Max Transformations")])
def test_a_midi_tool_lies_in_its_folder_itself_beside_those_of_others(place: Place, kind: str, folder: str) -> None:
    """Live lists no tool from a folder below; whatever else lies there is left alone."""
    place.device = BuiltDevice("Bandmate Chords Tool", kind, place.built)
    place.target = place.library / "MIDI Tools" / folder / "Bandmate Chords Tool.amxd"
    place.pointer = place.target.with_name("bandmate.json")
    theirs = place.target.with_name("Theirs.amxd")
    theirs.parent.mkdir(parents=True)
    theirs.write_bytes(b"theirs")
    place.install()
    assert place.target.read_bytes() == b"device one"
    assert "endpoint.json" in place.pointer.read_text()
    place.uninstall()
    assert [path.name for path in theirs.parent.iterdir()] == ["Theirs.amxd"]


def test_installing_twice_changes_nothing(place: Place) -> None:
    place.install()
    before = place.target.stat().st_mtime_ns
    assert any(text.startswith("keep") for text in place.install())
    assert place.target.stat().st_mtime_ns == before


def test_an_update_replaces_our_own_file_without_a_copy(place: Place) -> None:
    place.install()
    place.built.write_bytes(b"device two")
    place.install()
    assert place.target.read_bytes() == b"device two"
    assert sorted(file.name for file in place.target.parent.iterdir()) == [
        "Bandmate Hub.amxd",
        "bandmate.json",
    ]


def test_a_device_the_user_changed_is_kept_beside_the_new_one(place: Place) -> None:
    place.install()
    place.target.write_bytes(b"my own edit")
    place.built.write_bytes(b"device two")
    place.install()
    assert place.target.read_bytes() == b"device two"
    assert place.target.with_name("Bandmate Hub (mine 1).amxd").read_bytes() == b"my own edit"


def test_uninstalling_removes_what_was_installed_and_nothing_else(place: Place) -> None:
    place.install()
    neighbour = place.library / "Presets" / "mine.adv"
    neighbour.write_text("mine")
    place.uninstall()
    assert not place.target.exists()
    assert not place.target.parent.exists()
    assert not place.config.exists()
    assert neighbour.read_text() == "mine"


def test_uninstalling_keeps_what_the_user_changed(place: Place) -> None:
    place.install()
    place.target.write_bytes(b"my own edit")
    said = place.uninstall()
    assert place.target.read_bytes() == b"my own edit"
    assert any("changed since" in text for text in said)


def test_uninstalling_without_an_installation_says_so(place: Place) -> None:
    with pytest.raises(InstallError, match="not installed"):
        plan_uninstall(place.config)


def test_a_device_that_is_no_longer_shipped_is_removed(place: Place) -> None:
    place.install()
    plan = plan_install(
        [],
        place.library,
        config_path=place.config,
        endpoint_path=place.config.with_name("endpoint.json"),
        python=Path("/opt/python"),
        version="2.0.0",
    )
    plan.carry_out(lambda _: None)
    assert not place.target.exists()


def test_a_missing_library_is_named_with_a_way_out(place: Place, tmp_path: Path) -> None:
    place.library = tmp_path / "nowhere"
    with pytest.raises(InstallError) as caught:
        place.plan()
    assert "--library" in caught.value.hint


def test_an_unknown_kind_is_refused(place: Place) -> None:
    with pytest.raises(InstallError, match="unknown kind"):
        plan_install(
            [BuiltDevice("Odd", "zzzz", place.built)],
            place.library,
            config_path=place.config,
            endpoint_path=place.config,
            python=Path("/opt/python"),
            version="1",
        )


def test_a_failed_write_leaves_the_old_file_whole(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    place.install()

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device", str(place.target))

    monkeypatch.setattr(Path, "replace", full)
    place.built.write_bytes(b"device two")
    with pytest.raises(InstallError, match="No space left"):
        place.install()
    assert place.target.read_bytes() == b"device one"
    assert sorted(file.name for file in place.target.parent.iterdir()) == [
        "Bandmate Hub.amxd",
        "bandmate.json",
    ]


def test_a_forbidden_folder_is_said_in_words() -> None:
    def forbidden() -> None:
        raise PermissionError(13, "Permission denied", "/locked")

    with pytest.raises(InstallError, match="Not allowed to change /locked"):
        Plan([Step("try", forbidden)]).carry_out(lambda _: None)


def test_missing_folders_are_made(place: Place) -> None:
    assert not place.target.parent.exists()
    assert not place.config.parent.exists()
    place.install()
    assert place.target.read_bytes() == b"device one"
    assert place.config.is_file()


@pytest.mark.usefixtures("usual_umask")
@pytest.mark.skipif(os.name == "nt", reason="file modes as POSIX has them")
def test_the_folder_of_the_engine_is_private_and_the_library_is_not(place: Place) -> None:
    place.install()
    modes = [path.stat().st_mode & 0o777 for path in (place.config.parent, place.config, place.target)]
    assert modes == [0o700, 0o600, 0o644]


def test_an_installation_that_fails_half_way_can_be_taken_back(place: Place) -> None:
    plan = place.plan()
    *most, last = plan.steps

    def full() -> None:
        raise OSError(28, "No space left on device", str(place.pointer))

    with pytest.raises(InstallError, match="No space left"):
        Plan([*most, Step(last.words, full)]).carry_out(lambda _: None)
    assert place.target.exists()
    place.uninstall()
    assert not place.target.exists()
    assert not place.config.exists()
