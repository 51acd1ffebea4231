"""The user's settings and the files of Bandmate's directory."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from engine import settings
from engine.settings import Limits, Settings


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    path = tmp_path / "bandmate"
    monkeypatch.setenv("BANDMATE_HOME", str(path))
    return path


def test_defaults_without_a_file() -> None:
    assert settings.read_settings() == (Settings(idle_minutes=30.0), None)


def test_what_is_saved_is_read(home: Path) -> None:
    settings.write_settings(Settings(idle_minutes=5))
    assert settings.read_settings() == (Settings(idle_minutes=5), None)
    assert [each.name for each in home.iterdir()] == ["settings.json"]


def test_what_is_out_of_range_is_not_saved() -> None:
    with pytest.raises(msgspec.ValidationError):
        settings.write_settings(Settings(idle_minutes=-1))
    assert not settings.settings_path().exists()


@pytest.mark.parametrize("text", ["", "{", '{"idle_minutes": -1}', '{"idle_minutes": "x"}', "[]", "\udcff"])
def test_a_broken_file_gives_the_defaults_and_a_sentence(text: str) -> None:
    settings.make_home()
    settings.settings_path().write_bytes(text.encode("utf-8", "surrogateescape"))
    found, notice = settings.read_settings()
    assert found == Settings()
    assert notice is not None
    assert notice.startswith("settings.json was not used")


def test_all_files_lie_in_one_place(home: Path) -> None:
    paths = (
        settings.endpoint_path(),
        settings.config_path(),
        settings.settings_path(),
        settings.log_path(),
        settings.lock_path(),
    )
    assert {path.parent for path in paths} == {home}
    assert len(set(paths)) == 5


def test_limits_fit_together() -> None:
    limits = Limits()
    assert limits.batch <= limits.in_flight  # a full batch is answered whole
    assert limits.pending + limits.sessions < 256  # open files macOS gives a process
    assert limits.sessions >= 64
    assert limits.hello_bytes < limits.frame_bytes < limits.outbox_bytes
