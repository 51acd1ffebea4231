import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from bridge.install.doctor import Finding, Surroundings, examine, exit_code
from bridge.install.installer import plan_install
from bridge.install.user_library import UserLibrary
from m4l_devices import BuiltDevice


@pytest.fixture
def healthy(tmp_path: Path) -> Surroundings:
    """A computer on which everything is in place."""
    library = tmp_path / "User Library"
    library.mkdir()
    (tmp_path / "Library/Preferences/Ableton/Live 12.3.1").mkdir(parents=True)
    data = tmp_path / "data"
    data.mkdir()
    built = tmp_path / "built.amxd"
    built.write_bytes(b"device")
    at = Surroundings(
        home=tmp_path,
        platform="darwin",
        data_folder=data,
        config_path=data / "config.json",
        endpoint_path=data / "endpoint.json",
        library=UserLibrary(library, "by the test"),
        devices=[BuiltDevice("Bandmate Hub", "mmmm", built)],
        ask_engine=lambda: "version 1",
        environment={},
    )
    plan_install(
        at.devices,
        library,
        config_path=at.config_path,
        endpoint_path=at.endpoint_path,
        python=Path(sys.executable),
        version="1",
    ).carry_out(lambda _: None)
    at.endpoint_path.write_text("{}")
    at.endpoint_path.chmod(0o600)
    return at


def wrong(findings: list[Finding]) -> list[Finding]:
    return [finding for finding in findings if finding.verdict == "wrong"]


def test_a_healthy_computer_has_nothing_wrong(healthy: Surroundings) -> None:
    findings = examine(healthy)
    assert wrong(findings) == []
    assert {finding.verdict for finding in findings} == {"right"}
    assert exit_code(findings) == 0


def one_wrong(at: Surroundings, part: str) -> Finding:
    findings = examine(at)
    bad = wrong(findings)
    assert len(bad) == 1, bad
    assert part in bad[0].words
    assert bad[0].hint
    assert exit_code(findings) == 1
    return bad[0]


def test_a_missing_library(healthy: Surroundings) -> None:
    assert "--library" in one_wrong(replace(healthy, library=None), "was not found").hint


def test_an_old_live(healthy: Surroundings, tmp_path: Path) -> None:
    (tmp_path / "Library/Preferences/Ableton/Live 12.3.1").rename(tmp_path / "Library/Preferences/Ableton/Live 11.3")
    one_wrong(healthy, "11.3")


def test_no_live_is_a_note_and_not_an_error(healthy: Surroundings, tmp_path: Path) -> None:
    (tmp_path / "Library/Preferences/Ableton/Live 12.3.1").rmdir()
    findings = examine(healthy)
    assert [finding.words for finding in findings if finding.verdict == "note"] == [
        "No Ableton Live was found on this computer."
    ]


def installed_hub(at: Surroundings) -> Path:
    assert at.library is not None
    return next(at.library.path.rglob("Bandmate Hub.amxd"))


def test_a_device_that_was_deleted(healthy: Surroundings) -> None:
    installed_hub(healthy).unlink()
    one_wrong(healthy, "Bandmate Hub is missing")


def test_a_device_of_another_version(healthy: Surroundings) -> None:
    installed_hub(healthy).write_bytes(b"older")
    one_wrong(healthy, "Bandmate Hub is another version")


def test_nothing_installed(healthy: Surroundings) -> None:
    healthy.config_path.unlink()
    bad = wrong(examine(healthy))
    assert {finding.words for finding in bad} == {
        "The devices are not installed.",
        "The Hub has not been told where Python is.",
    }


def test_a_broken_record_counts_as_none(healthy: Surroundings) -> None:
    healthy.config_path.write_text("{half")
    assert len(wrong(examine(healthy))) == 2


def edit_python(at: Surroundings, python: str) -> None:
    at.config_path.write_text(at.config_path.read_text().replace(sys.executable, python))


def test_a_python_that_is_gone(healthy: Surroundings) -> None:
    edit_python(healthy, "/nowhere/python")
    one_wrong(healthy, "is gone")


@pytest.mark.skipif(os.name == "nt", reason="needs a shell script as a stand-in program")
def test_a_python_without_the_engine(healthy: Surroundings, tmp_path: Path) -> None:
    other = tmp_path / "python"
    other.write_text("#!/bin/sh\nexit 1\n")
    other.chmod(0o755)
    edit_python(healthy, str(other))
    one_wrong(healthy, "has no Bandmate engine in it")


@pytest.mark.skipif(os.name == "nt", reason="there are no POSIX modes on Windows")
def test_an_endpoint_others_can_read(healthy: Surroundings) -> None:
    healthy.endpoint_path.chmod(0o644)
    one_wrong(healthy, "can read the engine's token")


@pytest.mark.skipif(os.name == "nt" or getattr(os, "geteuid", lambda: 1)() == 0, reason="root may write everywhere")
def test_a_data_folder_that_cannot_be_written(healthy: Surroundings) -> None:
    healthy.data_folder.chmod(0o500)
    try:
        one_wrong(healthy, "cannot write")
    finally:
        healthy.data_folder.chmod(0o700)


def test_a_sleeping_engine_is_fine_and_a_dead_one_is_a_note(healthy: Surroundings) -> None:
    asleep = replace(healthy, ask_engine=lambda: None)
    assert "note" in {finding.verdict for finding in examine(asleep)}
    healthy.endpoint_path.unlink()
    assert {finding.verdict for finding in examine(asleep)} == {"right"}


def test_a_folder_moved_by_a_variable_is_a_note_where_live_runs(healthy: Surroundings) -> None:
    moved = replace(healthy, environment={"BANDMATE_HOME": "/elsewhere"})
    notes = [finding for finding in examine(moved) if finding.verdict == "note"]
    assert ["BANDMATE_HOME" in note.words for note in notes] == [True]
    assert {finding.verdict for finding in examine(replace(moved, platform="linux"))} == {"right", "note"}
    assert not any("BANDMATE_HOME" in finding.words for finding in examine(replace(moved, platform="linux")))


def test_a_library_whose_drive_is_away(healthy: Surroundings, tmp_path: Path) -> None:
    away = replace(healthy, library=UserLibrary(tmp_path / "Volumes" / "Gone", "named by Live"))
    assert "Connect the drive" in one_wrong(away, "is not there").hint
