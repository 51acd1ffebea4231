"""Files a client asked us to make or to read: where the user pointed, and nowhere else."""

from __future__ import annotations

import os
from pathlib import Path

from bridge.ears import whole_path
from bridge.errors import InvalidParams
from engine.errors import InvalidValue

__all__ = ["taken", "to_be_made"]


def to_be_made(path: str, endings: tuple[str, ...], what: str, *, replace: bool) -> Path:
    """Return the real path of a file that may be made.

    Args:
        path: As the client gave it.
        endings: Those its name may have, the usual one first.
        what: What the file will hold.
        replace: Whether it may take the place of one that is there.

    Raises:
        InvalidParams: field "path": it is relative, lies in no folder, is a folder, or its name ends otherwise.
        InvalidValue: field "path": a file of this name is there already.
    """
    where = whole_path(path)
    if where.suffix.lower() not in endings:
        raise InvalidParams(f"path would hold {what} and not say so", f"Let its name end with {endings[0]}.", "path")
    try:
        folder = Path(os.path.realpath(where.parent, strict=True))
    except (OSError, ValueError):
        raise InvalidParams("path lies in no folder", "Choose a folder that is there.", "path") from None
    found = folder / where.name
    if not folder.is_dir() or "\0" in where.name:
        raise InvalidParams("path lies in no folder", "Choose a folder that is there.", "path")
    if found.is_dir():
        raise InvalidParams("path is a folder", "Name a file in it.", "path")
    if not replace and os.path.lexists(found):
        raise taken(path)
    return found


def taken(path: str) -> InvalidValue:
    """Return the refusal of a name that is taken.

    Args:
        path: As the client gave it.
    """
    return InvalidValue(
        "path", Path(path).name, "A file of this name is there already: choose another, or say replace."
    )
