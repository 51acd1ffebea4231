"""Plain data as the types it is meant to be: the one way in for presets, weights, files and answers.

msgspec 0.22 fills its notes on a Struct type while other threads can already see them: two threads that convert to
the same new type at the same time crash the process. A take is composed in worker threads, and the first one in a
style reads that style; so every meeting happens under one lock. It is held for microseconds once types are known.
"""

from __future__ import annotations

import contextlib
import threading
from typing import Any, TypeVar

import msgspec

_T = TypeVar("_T")

MEETING = threading.RLock()
"""Held while msgspec may meet a type for the first time; types it met may be converted to without."""


def meet(*kinds: Any) -> None:
    """Lets msgspec meet types, for who converts to them where nobody may wait for the lock.

    Args:
        kinds: Structs whose fields, or some of them, must be given.
    """
    with MEETING:
        for kind in kinds:
            with contextlib.suppress(msgspec.ValidationError):
                msgspec.convert({}, kind)


def convert(value: Any, kind: type[_T]) -> _T:
    """Returns lists and dictionaries as a `kind`.

    Args:
        value: plain data, such as JSON gives.
        kind: a Struct, or a container of one.

    Raises:
        msgspec.ValidationError: it is none.
    """
    with MEETING:
        return msgspec.convert(value, kind)


def decode(content: bytes | str, kind: type[_T]) -> _T:
    """Returns JSON text as a `kind`.

    Args:
        content: UTF-8.
        kind: a Struct, or a container of one.

    Raises:
        msgspec.DecodeError: it is not JSON.
        msgspec.ValidationError: it is, and no `kind`.
    """
    with MEETING:
        return msgspec.json.decode(content, type=kind)
