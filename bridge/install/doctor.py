"""Looks at everything Bandmate needs on this computer and says in plain words what is right and what is not.

Each check is a function from `Surroundings` to one `Finding`. None of them changes anything.
"""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal

from bridge.install.installer import DeviceFile, InstallConfig, digest, read_config
from bridge.install.user_library import UserLibrary, live_version, preferences_folders

Verdict = Literal["right", "note", "wrong"]

OLDEST_LIVE: Final = (12, 2)
OLDEST_PYTHON: Final = (3, 11)
PYTHON_PATIENCE: Final = 20.0
"""Seconds the configured Python may take to import the engine; a cold disk is slow."""


@dataclass(frozen=True)
class Finding:
    """What one check found.

    Attributes:
        verdict: "right"; "note" for what is worth knowing but stops nothing; "wrong".
        words: One sentence about what is.
        hint: What to do about it; empty when nothing needs doing.
    """

    verdict: Verdict
    words: str
    hint: str = ""


@dataclass(frozen=True)
class Surroundings:
    """The computer as the checks see it; tests build their own.

    Attributes:
        home: The user's home folder.
        platform: `sys.platform`.
        data_folder: Bandmate's own folder (config, endpoint, log).
        config_path: The record of the installation.
        endpoint_path: The file in which a running engine says how to reach it.
        library: Live's User Library, if found.
        devices: The devices this version ships.
        ask_engine: Asks a running engine for its status; None when there is no engine, else words.
        environment: The variables of this process.
    """

    home: Path
    platform: str
    data_folder: Path
    config_path: Path
    endpoint_path: Path
    library: UserLibrary | None
    devices: Sequence[DeviceFile]
    ask_engine: Callable[[], str | None]
    environment: Mapping[str, str]


def examine(surroundings: Surroundings) -> list[Finding]:
    """Run every check, in the order a person would look."""
    return [check(surroundings) for check in CHECKS]


def exit_code(findings: Sequence[Finding]) -> int:
    """0 when nothing is wrong, else 1."""
    return int(any(finding.verdict == "wrong" for finding in findings))


def check_python(_: Surroundings) -> Finding:
    """The Python that runs this very command."""
    version = ".".join(str(part) for part in sys.version_info[:3])
    if sys.version_info < OLDEST_PYTHON:
        return Finding("wrong", f"This is Python {version}.", "Bandmate needs Python 3.11 or newer.")
    return Finding("right", f"Python {version} runs Bandmate.")


def check_data_folder(at: Surroundings) -> Finding:
    """Bandmate's own folder can be written."""
    folder = at.data_folder
    if not folder.exists():
        return Finding("right", f"Bandmate will keep its files in {folder}.")
    if not os.access(folder, os.W_OK | os.X_OK):
        return Finding("wrong", f"Bandmate cannot write in its own folder {folder}.", "Check who owns it.")
    return Finding("right", f"Bandmate keeps its files in {folder}.")


def check_environment(at: Surroundings) -> Finding:
    """No variable of this terminal moves Bandmate's folder to where a Live started by a click cannot know it."""
    moved = [name for name in ("BANDMATE_HOME", "XDG_DATA_HOME") if at.environment.get(name)]
    if moved and at.platform in {"darwin", "win32"}:
        return Finding(
            "note",
            f"{' and '.join(moved)} moves Bandmate's folder in this terminal.",
            "A Live started from the Dock or the desktop does not see it: install without it.",
        )
    return Finding("right", "Live and this terminal agree on Bandmate's folder.")


def check_live(at: Surroundings) -> Finding:
    """Live 12.2 or newer is on this computer."""
    versions = [v for folder in preferences_folders(at.home, at.platform) if (v := live_version(folder))]
    if not versions:
        return Finding("note", "No Ableton Live was found on this computer.", "Bandmate needs Live 12.2 or newer.")
    newest = max(versions)
    named = ".".join(str(part) for part in newest)
    if newest < OLDEST_LIVE:
        return Finding("wrong", f"The newest Live here is {named}.", "Bandmate's devices need Live 12.2 (Max 9).")
    return Finding("right", f"Live {named} is here.")


def check_library(at: Surroundings) -> Finding:
    """Live's User Library was found."""
    if at.library is None:
        return Finding(
            "wrong", "Live's User Library was not found.", "Say where it is: bandmate install --library FOLDER"
        )
    if not at.library.path.is_dir():
        return Finding(
            "wrong",
            f"Live's User Library is not there: {at.library.path} ({at.library.source}).",
            "Connect the drive it is on, or say where it is: bandmate install --library FOLDER",
        )
    return Finding("right", f"Live's User Library is {at.library.path} ({at.library.source}).")


def check_devices(at: Surroundings) -> Finding:
    """Every device this version ships is installed, whole and as built."""
    config = read_config(at.config_path)
    if config is None or not config.devices:
        return Finding("wrong", "The devices are not installed.", "Install them: bandmate install")
    recorded = {Path(file.path).name: Path(file.path) for file in config.devices}
    problems = []
    for device in at.devices:
        target = recorded.get(f"{device.name}.amxd")
        if target is None or not target.is_file():
            problems.append(f"{device.name} is missing")
        elif digest(target.read_bytes()) != digest(device.path.read_bytes()):
            problems.append(f"{device.name} is another version")
    if problems:
        return Finding("wrong", "; ".join(problems) + ".", "Install again: bandmate install")
    names = " and ".join(device.name for device in at.devices)
    return Finding("right", f"{names} are installed and as built.")


def check_configured_python(at: Surroundings) -> Finding:
    """The Python that the Hub will start exists and can import the engine."""
    config = read_config(at.config_path)
    if config is None:
        return Finding("wrong", "The Hub has not been told where Python is.", "Tell it: bandmate install")
    if not Path(config.python).is_file():
        return Finding(
            "wrong", f"The Python that the Hub starts is gone: {config.python}.", "Install again: bandmate install"
        )
    return _try_python(config)


def _try_python(config: InstallConfig) -> Finding:
    again = "Install Bandmate in that Python again, then: bandmate install"
    try:
        done = subprocess.run(  # noqa: S603 - the path comes from our own config file; no shell
            [config.python, "-c", "import bridge.server"],
            cwd=Path(config.python).anchor,
            capture_output=True,
            timeout=PYTHON_PATIENCE,
            check=False,
        )
    except (OSError, subprocess.TimeoutExpired):
        return Finding("wrong", f"The Python that the Hub starts does not run: {config.python}.", again)
    if done.returncode != 0:
        return Finding("wrong", f"{config.python} has no Bandmate engine in it.", again)
    return Finding("right", f"The Hub starts the engine with {config.python}.")


def check_engine(at: Surroundings) -> Finding:
    """A running engine answers; a sleeping one is fine."""
    answer = at.ask_engine()
    if answer is not None:
        return Finding("right", f"The engine is awake: {answer}.")
    if at.endpoint_path.exists():
        return Finding(
            "note", "An engine was here and ended without saying goodbye.", "The next one takes over by itself."
        )
    return Finding("right", "The engine sleeps; the Hub wakes it when a device needs it.")


def check_endpoint_private(at: Surroundings) -> Finding:
    """Only this user can read the engine's address and token."""
    if at.platform == "win32" or not at.endpoint_path.exists():
        return Finding("right", "Nobody else can read the engine's address.")
    mode = at.endpoint_path.stat().st_mode & 0o777
    if mode & 0o077:
        return Finding(
            "wrong",
            f"Others on this computer can read the engine's token (mode {mode:o}).",
            f"Stop the engine and remove {at.endpoint_path}",
        )
    return Finding("right", "Only you can read the engine's address and token.")


CHECKS: Final[tuple[Callable[[Surroundings], Finding], ...]] = (
    check_python,
    check_data_folder,
    check_environment,
    check_live,
    check_library,
    check_devices,
    check_configured_python,
    check_engine,
    check_endpoint_private,
)
