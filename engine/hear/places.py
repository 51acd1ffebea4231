"""Files the user points at, looked at without opening them."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from engine.errors import NoSuchFile, NotAFile, NotReadable


def regular(path: str | Path) -> Path:
    """Follow links and see that a regular file lies there.

    Args:
        path: As the user pointed at it.

    Returns:
        The real path. To open anything else might wait for ever.

    Raises:
        NoSuchFile, NotAFile, NotReadable: as their names say.
    """
    try:
        real = Path(os.path.realpath(path, strict=True))
        mode = real.stat().st_mode
    except (FileNotFoundError, NotADirectoryError, ValueError):  # a name with a zero byte is a ValueError
        raise gone() from None
    except PermissionError:
        raise forbidden() from None
    except OSError:  # a loop of links, a name too long
        raise NoSuchFile("This file cannot be reached", "Point at it again.") from None
    if stat.S_ISDIR(mode):
        raise NotAFile("This is a folder", "Choose a file, or let bandmate analyze read the whole folder.")
    if not stat.S_ISREG(mode):
        raise NotAFile("This is not a file", "Pipes and devices cannot be heard; choose an audio file.")
    return real


def shown_name(path: Path) -> str:
    """The name as text that can be sent and shown, whatever bytes it has."""
    return os.fsencode(path.name).decode("utf-8", "replace")


def gone() -> NoSuchFile:
    """The error for a file that is not there."""
    return NoSuchFile("There is no such file", "It may have been moved or renamed; point at it again.")


def forbidden() -> NotReadable:
    """The error for a file the user may not read."""
    return NotReadable("This file may not be read", "Look at its permissions.")
