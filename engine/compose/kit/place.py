"""Where a render goes: the folder the user chose, or Bandmate's in the user's music; a name that is free there."""

from __future__ import annotations

import os
import re
from pathlib import Path

from engine.errors import EngineError, InvalidValue
from engine.files import write_new
from engine.settings import renders_path

__all__ = ["file_name", "folder_for", "folder_there", "write_render"]

_LONGEST = 60
_MOST_OF_A_NAME = 999

# Names that Windows keeps for devices, whatever stands behind a dot.
_DEVICES = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)", re.IGNORECASE)


def folder_for(folder: str | None) -> Path:
    """Finds the folder.

    Args:
        folder: whole path of a folder that is there; None for Bandmate's own, which is made.

    Returns:
        Its real path, links followed.

    Raises:
        InvalidValue: field "folder".
        EngineError: Bandmate's own cannot be made.
    """
    if folder is None:
        path = renders_path()
        try:
            path.mkdir(parents=True, exist_ok=True)
        except OSError:
            raise EngineError(
                "The folder for renders cannot be made",
                "Look at the permissions of your music folder, or name another.",
            ) from None
        return Path(os.path.realpath(path))
    return folder_there("folder", folder)


def folder_there(field: str, folder: str) -> Path:
    """Finds a folder the user chose.

    Args:
        field: of the request, for the refusal.
        folder: its whole path.

    Returns:
        Its real path, links followed.

    Raises:
        InvalidValue: it is no whole path, not there, or a file.
    """
    if not Path(folder).is_absolute():
        raise InvalidValue(field, folder, "Give the folder from the root or the drive on.")
    try:
        real = Path(os.path.realpath(folder, strict=True))
    except (OSError, ValueError):  # not there, a loop of links, a name with a zero byte
        raise InvalidValue(field, folder, "There is no such folder; choose one that is there.") from None
    if not real.is_dir():
        raise InvalidValue(field, folder, "This is a file; choose a folder.")
    return real


def file_name(name: str, tempo: float) -> str:
    """A name without an ending that every system allows, with the tempo in it.

    Args:
        name: as the user or the clip has it; anything.
        tempo: beats per minute.
    """
    plain = re.sub(r"[^\w \-+#&()]+", " ", name, flags=re.UNICODE)
    plain = " ".join(plain.split())[:_LONGEST].strip(" .-") or "Render"
    if _DEVICES.fullmatch(plain):
        plain = f"{plain}_"
    return f"{plain} {tempo:g} BPM"


def write_render(folder: Path, name: str, data: bytes) -> Path:
    """Writes a file under a name that is free; a number is added where it is not.

    Args:
        folder: a real folder.
        name: without an ending.
        data: the whole file.

    Returns:
        Its path.

    Raises:
        EngineError: the folder cannot be written, or is full of such names.
    """
    for number in range(1, _MOST_OF_A_NAME + 1):
        path = folder / (f"{name}.wav" if number == 1 else f"{name} {number}.wav")
        try:
            write_new(path, data)
        except FileExistsError:
            continue
        except OSError:
            raise EngineError(
                "The file cannot be written", "Look at the permissions of the folder and the room on the disk."
            ) from None
        return path
    raise EngineError("There are too many renders of this name", "Choose another name, or another folder.")
