"""Both sides find the same folder and the same files in it, on each system, and read in them what was written."""

from __future__ import annotations

import json
import ntpath
import os
import posixpath
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from platformdirs.macos import MacOS
from platformdirs.unix import Unix
from platformdirs.windows import Windows, get_win_folder_from_env_vars

from bridge import endpoint
from bridge.cli.serve import parser
from bridge.install.installer import plan_install
from engine import settings
from m4l_devices import built_devices
from tests.contract.node import SCRIPTS, node
from tests.contract.patches import built

SYSTEMS = {"darwin": MacOS, "linux": Unix, "win32": Windows}
HOMES = {"darwin": "/Users/me", "linux": "/home/me", "win32": "C:\\Users\\me"}
PLACES: list[tuple[str, dict[str, str]]] = [
    ("linux", {}),
    ("linux", {"XDG_DATA_HOME": "/data/of me"}),
    ("linux", {"XDG_DATA_HOME": ""}),
    ("linux", {"XDG_DATA_HOME": "relative/data"}),
    ("darwin", {}),
    ("darwin", {"XDG_DATA_HOME": "/data"}),
    ("darwin", {"XDG_DATA_HOME": ""}),
    ("darwin", {"XDG_DATA_HOME": "relative"}),
    ("win32", {"LOCALAPPDATA": "C:\\Users\\me\\AppData\\Local"}),
    ("win32", {"LOCALAPPDATA": "D:\\Moved", "XDG_DATA_HOME": "E:\\xdg"}),
    *((system, {"BANDMATE_HOME": "/chosen/folder", "XDG_DATA_HOME": "/data"}) for system in ("linux", "darwin")),
    *((system, {"BANDMATE_HOME": "~/Bandmate here"}) for system in ("linux", "darwin")),
    ("linux", {"BANDMATE_HOME": "~"}),
    ("linux", {"BANDMATE_HOME": "/a/../b/./c/"}),
    ("linux", {"BANDMATE_HOME": "beside/the/engine"}),
]


def engines_folder(system: str, env: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> str:
    """What engine.settings says on a system, made up from its environment."""
    for name in ("BANDMATE_HOME", "XDG_DATA_HOME", "LOCALAPPDATA"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("HOME", HOMES[system])
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(platformdirs, "PlatformDirs", SYSTEMS[system])
    # Windows itself is not here to be asked; its environment says the same.
    monkeypatch.setattr(platformdirs.windows, "get_win_folder", get_win_folder_from_env_vars)
    return str(settings.home())


def same(system: str, one: str, other: str) -> bool:
    """Whether two texts name one folder; Windows paths made on this system may have both kinds of strokes."""
    if system == "win32":
        return ntpath.normpath(one) == ntpath.normpath(other)
    return posixpath.normpath(one) == posixpath.normpath(other)


@pytest.fixture(scope="module")
def theirs() -> list[str]:
    places = [{"platform": system, "home": HOMES[system], "env": env} for system, env in PLACES]
    folders: list[str] = node("paths.mjs", {"places": places})["folders"]
    return folders


@pytest.mark.skipif(sys.platform == "win32", reason="the other systems are made up from their environments")
@pytest.mark.parametrize("index", range(len(PLACES)))
def test_both_sides_name_the_same_folder(index: int, theirs: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    system, env = PLACES[index]
    ours = engines_folder(system, env, monkeypatch)
    assert same(system, ours, theirs[index]), (system, env, ours, theirs[index])


def test_the_comparison_bites() -> None:
    assert not same("linux", "/data/Bandmate", "/data/bandmate")
    assert not same("win32", "C:\\x\\Bandmate", "C:\\x\\Bandmate\\Bandmate")


def test_here_both_sides_name_the_same_folder(home: Path) -> None:
    place = {"platform": sys.platform, "home": str(Path.home()), "env": dict(os.environ)}
    assert node("paths.mjs", {"places": [place]})["folders"] == [str(home)] == [str(settings.home())]


def test_the_hub_and_the_devices_read_what_engine_and_installer_write(tmp_path: Path, home: Path) -> None:
    library = tmp_path / "User Library"
    library.mkdir()
    devices = built_devices()
    plan_install(
        devices,
        library,
        config_path=settings.config_path(),
        endpoint_path=settings.endpoint_path(),
        python=Path(sys.executable),
        version="0.1.0",
    ).carry_out(lambda _: None)
    written = endpoint.write(4711, endpoint.new_token())
    (chords,) = library.rglob("Bandmate Chords.amxd")
    found = node("paths.mjs", {"places": [], "folder": str(home), "device": str(chords)})
    seen = {"port": 4711, "token": written.token, "pid": os.getpid()}
    assert found["endpoint"] == seen
    assert found["beside"] == seen
    assert found["launch"]["command"] == sys.executable
    assert found["launch"]["args"] == ["-m", "bridge", "serve", "--stdin-lifeline"]

    # Without one of the files each side says what is missing, or nothing.
    settings.config_path().unlink()
    settings.endpoint_path().unlink()
    found = node("paths.mjs", {"places": [], "folder": str(home), "device": str(chords)})
    assert (found["endpoint"], found["beside"]) == (None, None)
    assert "bandmate install" in found["launch"]["problem"]


def test_the_engine_understands_the_words_the_hub_starts_it_with() -> None:
    chosen = parser().parse_args(["--stdin-lifeline"])
    assert chosen.stdin_lifeline is True


@pytest.mark.parametrize("minutes", [1, 45, 240])
def test_the_engine_reads_the_setting_that_the_hub_writes(tmp_path: Path, home: Path, minutes: int) -> None:
    """The shipped helper script itself is run, with a max-api that gives it one message."""
    script = tmp_path / "bandmate-hub.mjs"
    script.write_text(built()["Hub"].files["bandmate-hub.mjs"])
    package = tmp_path / "node_modules" / "max-api"
    package.mkdir(parents=True)
    shutil.copy(SCRIPTS / "max_api.cjs", package / "index.js")
    home.mkdir()
    settings.settings_path().write_text(json.dumps({"later": "kept"}))
    run_script(script, BANDMATE_TELL=json.dumps(["idle", minutes]))
    assert settings.read_settings() == (settings.Settings(idle_minutes=minutes), None)
    assert json.loads(settings.settings_path().read_text())["later"] == "kept"


def run_script(script: Path, **environment: str) -> None:
    node_itself = shutil.which("node")
    assert node_itself
    subprocess.run(
        [node_itself, str(script)], check=True, timeout=30, capture_output=True, env={**os.environ, **environment}
    )
