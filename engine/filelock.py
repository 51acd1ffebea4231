"""A lock on a file that the operating system frees when its process ends, however it ends."""

from __future__ import annotations

import contextlib
import os
import sys
from pathlib import Path
from types import TracebackType

if sys.platform == "win32":
    import msvcrt

    def _lock(handle: int) -> None:
        # One byte far behind the content, so that others can still read the file.
        os.lseek(handle, 1 << 30, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)

else:
    import fcntl

    def _lock(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


class Taken(Exception):  # noqa: N818 - the lock is taken; no fault
    """Another process holds the lock."""


class FileLock:
    """A lock held for the life of a `with` block, or of the process.

    The file stays behind when the lock is free: its existence says nothing, only the lock counts.

    Args:
        path: The file; its directory exists.

    Raises:
        Taken: (on entering) another process holds it.
        OSError: (on entering) the file cannot be made, or its disk has no locks.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._handle: int | None = None

    def __enter__(self) -> FileLock:
        flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
        handle = os.open(self._path, flags, 0o600)
        try:
            _lock(handle)
        except (BlockingIOError, PermissionError) as problem:  # how POSIX and how Windows say it
            os.close(handle)
            raise Taken(str(self._path)) from problem
        except OSError:
            os.close(handle)
            raise
        self._handle = handle
        return self

    def held(self) -> bool:
        """Whether the lock at `path` is ours; a file that was removed is made and locked anew.

        Who removes the file lets another process lock a new one under the same name.

        Raises:
            OSError: as on entering.
        """
        with contextlib.suppress(FileNotFoundError):
            return self._handle is not None and os.path.samestat(os.fstat(self._handle), self._path.stat())
        self._path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        old = self._handle
        try:
            self.__enter__()
        except Taken:
            return False
        if old is not None:
            os.close(old)
        return True

    def __exit__(
        self, kind: type[BaseException] | None, problem: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._handle is not None:
            os.close(self._handle)  # closing frees the lock
            self._handle = None
