"""What was worked out lately and may be asked for again; it only ever saves time."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Generic, TypeVar, cast

__all__ = ["Kept"]

_T = TypeVar("_T")

_NOTHING = object()


class Kept(Generic[_T]):
    """The things asked for last, by what they hang on.

    Two threads that ask at once may both work a thing out; it is the same thing.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._things: OrderedDict[Hashable, _T] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], _T]) -> _T:
        """What was kept under a key, or what ``make`` makes of it now."""
        with self._lock:
            found = self._things.get(key, _NOTHING)
            if found is not _NOTHING:
                self._things.move_to_end(key)
                return cast("_T", found)
        made = make()
        self.keep(key, made)
        return made

    def known(self, key: Hashable) -> _T | None:
        """What was kept under a key; None: nothing."""
        with self._lock:
            found = self._things.get(key)
            if found is not None:
                self._things.move_to_end(key)
            return found

    def keep(self, key: Hashable, thing: _T) -> None:
        """Keeps a thing under a key."""
        with self._lock:
            self._things[key] = thing
            while len(self._things) > self._most:
                self._things.popitem(last=False)

    def clear(self) -> None:
        """Forgets everything."""
        with self._lock:
            self._things.clear()
