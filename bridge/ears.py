"""The engine's own share of hearing: what is remembered, looked up aside; the hearing itself is a worker's.

Looking at a file can take long (a sleeping disk, a network that is gone), so it happens in threads of its own: others'
requests go on. No audio library is imported here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from bridge.errors import InvalidParams

if TYPE_CHECKING:
    from engine.hear.remembered import Memory

_T = TypeVar("_T")

_THREADS = 2


class Ears:
    """What the engine remembers of files, and the threads in which it looks at them."""

    def __init__(self) -> None:
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="bandmate-ears")
        self._memory: Memory | None = None

    async def aside(self, work: Callable[[], _T]) -> _T:
        """Do something that may wait for a disk in a thread.

        Args:
            work: Done there; what it raises is raised here.
        """
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    async def remembering(self, work: Callable[[Memory], _T]) -> _T:
        """Ask the memory something, in a thread.

        Args:
            work: Called with the memory.
        """
        return await self.aside(lambda: work(self._opened()))

    def close(self) -> None:
        """Take no more work; what waits for a disk is left alone."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _opened(self) -> Memory:
        if self._memory is None:
            from engine.hear.remembered import Memory  # noqa: PLC0415 - SQLite and the theory of keys

            self._memory = Memory()
        return self._memory


def whole_path(path: str) -> Path:
    """Return a path that means the same to every process.

    Raises:
        InvalidParams: it is relative.
    """
    found = Path(path)
    if not found.is_absolute():
        raise InvalidParams("path is not a whole path", "Give it from the root or the drive on.", "path")
    return found
