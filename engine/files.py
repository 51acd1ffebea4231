"""Files that are there whole or not at all."""

from __future__ import annotations

import contextlib
import os
import secrets
import time
from collections.abc import Iterator
from pathlib import Path

__all__ = ["PRIVATE", "PUBLIC", "write_new", "write_whole"]

PRIVATE = 0o600
"""Mode of a file that only this user may read."""

PUBLIC = 0o666
"""Mode of a file the user made for himself and others; his umask says who may read it."""


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
    with _drafted(path, data, mode, durable) as draft:
        _take_name(draft, path)


def write_new(path: Path, data: bytes, *, mode: int = PUBLIC) -> None:
    """Writes a file where none is: whole or not at all, and never over another.

    Args:
        path: the file's name; its folder exists.
        data: the whole content.
        mode: who may read it, as POSIX has it; the user's umask takes away from it.

    Raises:
        FileExistsError: something lies there, be it a link that leads nowhere.
        OSError: the folder cannot be written.
    """
    with _drafted(path, data, mode, durable=True) as draft:
        try:
            # A second name for the finished file: the one step that fails where the name is taken.
            os.link(draft, path)
        except FileExistsError:
            raise
        except OSError:
            _claim(draft, path, mode)
        else:
            draft.unlink()


def _claim(draft: Path, path: Path, mode: int) -> None:
    """The same for disks that know no second names (FAT): the name is claimed empty, then the draft takes it."""
    os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode))
    try:
        _take_name(draft, path)
    except BaseException:
        with contextlib.suppress(OSError):
            path.unlink()
        raise


@contextlib.contextmanager
def _drafted(path: Path, data: bytes, mode: int, durable: bool) -> Iterator[Path]:
    """Writes the bytes to a new file beside the one that is meant; what is not used of it goes."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
    handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            if durable:
                os.fsync(file.fileno())
        yield draft
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
