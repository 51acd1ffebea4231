"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from pathlib import Path

__all__ = ["PRIVATE", "write_whole"]

PRIVATE = 0o600
"""Mode of a file that only this user may read."""


def write_whole(path: Path, data: bytes, *, mode: int = PRIVATE, durable: bool = True) -> None:
    """Writes a file so that at every moment the old content is there or the new one.

    The bytes go to a new file beside it (with its mode from the first moment) which then takes
    the name: a reader sees the old file or the new one, a symbolic link at ``path`` is replaced
    and not followed, and a crash leaves the old file.

    Args:
        path: the file's final name; its folder exists.
        data: the whole content.
        mode: who may read it, as POSIX has it; the user's umask takes away from it.
        durable: wait until the bytes are on the disk. Not needed for what is worthless after a crash.

    Raises:
        OSError: the folder cannot be written.
    """
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        _take_name(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            draft.unlink()
        raise


def _take_name(draft: Path, path: Path) -> None:
    """Renames, with patience on Windows, where a reader that has the old file open is in the way."""
    for wait in (0.02, 0.05, 0.1, 0.2, 0.4):
        try:
            draft.replace(path)
        except PermissionError:
            if os.name != "nt":
                raise
            time.sleep(wait)
        else:
            return
    draft.replace(path)
