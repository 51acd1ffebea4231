"""Copies the devices into Live's User Library and writes down where the engine's Python is.

An installation is first planned (`plan_install`, nothing touched), then done (`Plan.carry_out`): every file is written
beside its place and moved over in one step, so an interrupted installation leaves the old files or the new ones, never
half of one. What a person changed is kept under another name. Only files this installer wrote are ever removed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final, Protocol

import msgspec

from engine import typed
from engine.files import write_whole

KIND_FOLDERS: Final = {
    "mmmm": Path("Presets/MIDI Effects/Max MIDI Effect"),
    "aaaa": Path("Presets/Audio Effects/Max Audio Effect"),
    "iiii": Path("Presets/Instruments/Max Instrument"),
    "nagg": Path("MIDI Tools/Max Generators"),
    "natt": Path("MIDI Tools/Max Transformations"),
}
"""Folder below the User Library for each device kind (the four letters in the .amxd file)."""

TOOL_KINDS: Final = ("nagg", "natt")
"""Kinds that Live lists only from their folder itself, not from one below it."""

PRODUCT_FOLDER: Final = "Bandmate"
POINTER_NAME: Final = "bandmate.json"
"""Lies beside the devices and tells a device with a socket of its own where the engine writes its address."""


class InstalledFile(msgspec.Struct, frozen=True):
    """One file this installer wrote: absolute path and the SHA-256 of what it wrote."""

    path: str
    sha256: str


class InstallConfig(msgspec.Struct, frozen=True, kw_only=True):
    """What `config.json` holds; the Hub reads `python` and `arguments` to start the engine."""

    python: str
    arguments: list[str]
    version: str
    user_library: str = ""
    devices: list[InstalledFile] = []


class DeviceFile(Protocol):
    """A built device: its name ("Bandmate Hub"), its kind (four letters) and where its .amxd lies."""

    @property
    def name(self) -> str: ...  # noqa: D102 - the class says it
    @property
    def kind(self) -> str: ...  # noqa: D102
    @property
    def path(self) -> Path: ...  # noqa: D102


class InstallError(Exception):
    """Installing is not possible; `hint` says what to do about it."""

    def __init__(self, message: str, hint: str) -> None:
        super().__init__(message)
        self.hint = hint


@dataclass(frozen=True)
class Step:
    """One thing an installation does: words for a person and the action itself."""

    words: str
    action: Callable[[], None]


@dataclass
class Plan:
    """Steps in order. Making a plan touches nothing; that is what a dry run prints."""

    steps: list[Step] = field(default_factory=list)

    def carry_out(self, tell: Callable[[str], None]) -> None:
        """Do every step, telling each one's words first.

        Raises:
            InstallError: A file cannot be written; what was there before is still there.
        """
        for step in self.steps:
            tell(step.words)
            try:
                step.action()
            except PermissionError as error:
                raise InstallError(
                    f"Not allowed to change {error.filename}", "Close Live, or check who owns that folder."
                ) from error
            except OSError as error:
                raise InstallError(f"{error.strerror}: {error.filename}", "Is the disk full or away?") from error


def plan_install(
    devices: Sequence[DeviceFile],
    user_library: Path,
    *,
    config_path: Path,
    endpoint_path: Path,
    python: Path,
    version: str,
) -> Plan:
    """Plan the copying of devices and the writing of the config file.

    Args:
        devices: The built devices.
        user_library: Live's User Library; must exist.
        config_path: Where `config.json` goes.
        endpoint_path: Where the engine writes its address, for the pointer beside the devices.
        python: Absolute path of the interpreter that has the engine installed.
        version: Of this Bandmate.

    Raises:
        InstallError: The library is missing, or a device is of a kind Live does not know.
    """
    if not user_library.is_dir():
        raise InstallError(
            f"There is no User Library at {user_library}",
            "Connect the drive it is on, or say where it is: bandmate install --library FOLDER",
        )
    ours = {file.path: file.sha256 for file in (read_config(config_path) or _NOTHING).devices}
    plan = Plan()
    written: list[InstalledFile] = []
    for device in devices:
        if device.kind not in KIND_FOLDERS:
            raise InstallError(f"{device.name} is of the unknown kind {device.kind!r}", "Rebuild it: make devices")
        target = user_library / folder_of(device.kind) / f"{device.name}.amxd"
        written.append(_plan_file(plan, target, device.path.read_bytes(), ours.get(str(target))))
    pointer = msgspec.json.format(msgspec.json.encode({"endpoint": str(endpoint_path)}), indent=2) + b"\n"
    for folder in sorted({Path(file.path).parent for file in written}):
        target = folder / POINTER_NAME
        written.append(_plan_file(plan, target, pointer, ours.get(str(target))))
    for old in sorted(set(ours) - {file.path for file in written}):
        _plan_removal(plan, Path(old), ours[old])
    config = InstallConfig(
        python=str(python),
        arguments=["-m", "bridge", "serve"],
        version=version,
        user_library=str(user_library),
        devices=written,
    )
    content = msgspec.json.format(msgspec.json.encode(config), indent=2) + b"\n"
    record = Step(f"write {config_path}", lambda: _write_config(config_path, content))
    # The first record comes before the files: if copying fails, uninstalling knows what to take away. A later one comes
    # behind them: until then the old record tells our own old files from what a person changed.
    plan.steps.insert(len(plan.steps) if ours else 0, record)
    return plan


def plan_uninstall(config_path: Path) -> Plan:
    """Plan the removal of every file the last installation wrote, and of nothing else.

    Raises:
        InstallError: There is no record of an installation.
    """
    config = read_config(config_path)
    if config is None:
        raise InstallError("Bandmate is not installed", f"There is no record of an installation at {config_path}")
    plan = Plan()
    for file in config.devices:
        _plan_removal(plan, Path(file.path), file.sha256)
    for folder in sorted({Path(file.path).parent for file in config.devices}):
        if folder.name == PRODUCT_FOLDER:
            plan.steps.append(Step(f"remove {folder} if it is empty", _remover(folder)))
    plan.steps.append(Step(f"remove {config_path}", lambda: config_path.unlink(missing_ok=True)))
    return plan


def folder_of(kind: str) -> Path:
    """Where devices of a kind go, below the User Library: a folder of ours, but for MIDI Tools.

    Args:
        kind: one of ``KIND_FOLDERS``.
    """
    return KIND_FOLDERS[kind] if kind in TOOL_KINDS else KIND_FOLDERS[kind] / PRODUCT_FOLDER


def read_config(config_path: Path) -> InstallConfig | None:
    """The record of the last installation, or None where there is none or it cannot be read."""
    try:
        return typed.decode(config_path.read_bytes(), InstallConfig)
    except (OSError, msgspec.MsgspecError):
        return None


def digest(content: bytes) -> str:
    """SHA-256 in hex."""
    return hashlib.sha256(content).hexdigest()


_NOTHING: Final = InstallConfig(python="", arguments=[], version="")


def _plan_file(plan: Plan, target: Path, content: bytes, recorded: str | None) -> InstalledFile:
    new = digest(content)
    present = digest(target.read_bytes()) if target.is_file() else None
    if present == new:
        plan.steps.append(Step(f"keep {target} (already this version)", lambda: None))
        return InstalledFile(str(target), new)
    if present is not None and present != recorded:
        kept = _free_name(target)
        plan.steps.append(Step(f"keep your changed {target.name} as {kept.name}", lambda: _rename(target, kept)))
    verb = "update" if present is not None else "write"
    plan.steps.append(Step(f"{verb} {target}", lambda: _write_device(target, content)))
    return InstalledFile(str(target), new)


def _plan_removal(plan: Plan, target: Path, recorded: str) -> None:
    if not target.is_file():
        return
    if digest(target.read_bytes()) != recorded:
        plan.steps.append(Step(f"keep {target} (changed since it was installed)", lambda: None))
        return
    plan.steps.append(Step(f"remove {target}", lambda: target.unlink(missing_ok=True)))


def _write_device(target: Path, content: bytes) -> None:
    # A User Library may be shared with others on this computer, as Live's own files in it are.
    target.parent.mkdir(parents=True, exist_ok=True)
    write_whole(target, content, mode=0o644)


def _write_config(target: Path, content: bytes) -> None:
    # The engine keeps its secret in this folder: whoever makes it first makes it private.
    target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    write_whole(target, content)


def _rename(source: Path, target: Path) -> None:
    source.replace(target)


def _free_name(target: Path) -> Path:
    number = 1
    while (free := target.with_name(f"{target.stem} (mine {number}){target.suffix}")).exists():
        number += 1
    return free


def _remover(folder: Path) -> Callable[[], None]:
    def remove() -> None:
        if folder.is_dir() and not any(folder.iterdir()):
            folder.rmdir()

    return remove
