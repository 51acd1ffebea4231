"""Where Live's User Library is on this computer.

Live keeps the place in `Library.cfg` (XML) of each version's preferences folder:
`ContentLibrary/UserLibrary/LibraryProject` holds `ProjectPath` (the folder around the library) and `ProjectName`
(usually "User Library"). Without such a file the place is the default one of Live's manual.
"""

from __future__ import annotations

import os
import re
import sys
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

CFG_SIZE_LIMIT = 4_000_000
"""Bytes. A real Library.cfg has some kilobytes; anything huge is not one."""


@dataclass(frozen=True)
class UserLibrary:
    """A User Library and how it was found.

    Attributes:
        path: The folder that holds `Presets`, `MIDI Tools` and so on.
        source: Words for a person: which file or rule named this folder.
    """

    path: Path
    source: str


def preferences_folders(home: Path, platform: str = sys.platform) -> list[Path]:
    """Preference folders of all installed versions of Live, newest version first.

    Args:
        home: The user's home folder.
        platform: `sys.platform` of the machine in question.
    """
    if platform == "darwin":
        return _live_folders(home / "Library" / "Preferences" / "Ableton")
    if platform == "win32":
        roaming = Path(os.environ.get("APPDATA", home / "AppData" / "Roaming"))
        return [folder / "Preferences" for folder in _live_folders(roaming / "Ableton")]
    return []


def live_version(preferences: Path) -> tuple[int, ...] | None:
    """The version of Live whose preferences folder this is, e.g. (12, 2, 1); None for another folder."""
    return _version(preferences.name) or _version(preferences.parent.name)


def default_library(home: Path, platform: str = sys.platform) -> Path | None:
    """The place Live's manual names, or None where Live does not run."""
    if platform == "darwin":
        return home / "Music" / "Ableton" / "User Library"
    if platform == "win32":
        return home / "Documents" / "Ableton" / "User Library"
    return None


def find_user_library(home: Path, platform: str = sys.platform) -> UserLibrary | None:
    """Find the User Library: the newest Live's `Library.cfg`, else the default place.

    Returns:
        The library; None when nothing was found. What `Library.cfg` names may not be there, on a drive that is away,
        say: it is given all the same, since any other folder would be one that Live does not look into.
    """
    for folder in preferences_folders(home, platform):
        cfg = folder / "Library.cfg"
        candidates = read_library_cfg(cfg)
        if candidates:
            there = next((candidate for candidate in candidates if candidate.is_dir()), candidates[0])
            return UserLibrary(there, f"named by {cfg}")
    default = default_library(home, platform)
    if default is not None and default.is_dir():
        return UserLibrary(default, "Live's default place")
    return None


def read_library_cfg(cfg: Path) -> list[Path]:
    """Folders that a `Library.cfg` may mean by its user library, likeliest first.

    `ProjectPath` is the folder around the library; some versions were seen to name the library itself, so both readings
    are given. An unreadable or foreign file gives an empty list: the caller falls back and says so.
    """
    try:
        if cfg.stat().st_size > CFG_SIZE_LIMIT:
            return []
        root = ET.fromstring(cfg.read_bytes())  # noqa: S314 - Live's own file, size-limited
    except (OSError, ET.ParseError):
        return []
    project = root.find(".//UserLibrary/LibraryProject")
    if project is None:
        return []
    parent = _value(project, "ProjectPath")
    if not parent or not _is_absolute(parent):
        return []
    name = _value(project, "ProjectName") or "User Library"
    return [Path(parent) / name, Path(parent)]


def _value(element: ET.Element, tag: str) -> str:
    found = element.find(tag)
    return "" if found is None else found.get("Value", "")


def _is_absolute(text: str) -> bool:
    return text.startswith("/") or re.match(r"^[A-Za-z]:[\\/]", text) is not None


def _live_folders(parent: Path) -> list[Path]:
    """Sub-folders named "Live 12.2.1", newest version first; folders of other products are left out."""
    try:
        folders = [(version, f) for f in parent.iterdir() if f.is_dir() and (version := _version(f.name))]
    except OSError:
        return []
    return [folder for _, folder in sorted(folders, reverse=True)]


def _version(folder_name: str) -> tuple[int, ...] | None:
    match = re.fullmatch(r"Live (\d+(?:\.\d+)*)(?:b\d+)?", folder_name)
    return tuple(int(part) for part in match.group(1).split(".")) if match else None
