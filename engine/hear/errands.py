"""What a worker process does for the engine: each errand is told its arguments as JSON and gives JSON back."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Any

import msgspec

from engine import typed
from engine.hear import compiled
from engine.hear.corrected import Heard
from engine.hear.remembered import Memory
from engine.taste.corrections import Habits

Progress = Callable[[int, int, str], None]


def ready() -> None:
    """Import and compile what hearing needs; comes before anything else in the process."""
    compiled.prepare()
    compiled.warm()


def analysis(progress: Progress, path: str, **asked: Any) -> Heard:
    """Hear a file, or remember it.

    Args:
        progress: Told how far it is.
        path: The file.
        asked: As in `engine.hear.remembered.Memory.hear`.

    Raises:
        InvalidValue: an argument is outside what is allowed.
        EngineError: the file cannot be heard.
    """
    return _memory().hear(path, progress=progress, **_asked(asked))


def one_part(progress: Progress, path: str, field: str, **asked: Any) -> Any:
    """Hear one thing in a file; as `analysis`.

    Args:
        progress: Told how far it is.
        path: The file.
        field: Of the analysis: what is given.
        asked: As in `engine.hear.remembered.Memory.hear`.
    """
    return _memory().hear(path, progress=progress, **_asked(asked))[field]


def remember(progress: Progress, path: str) -> Any:
    """Make a recording one that is known again; as `engine.hear.identify.remember`.

    Args:
        progress: Told how far it is.
        path: The file.
    """
    from engine.hear.identify import remember as remembered  # noqa: PLC0415 - numba

    memory = _memory()
    return msgspec.to_builtins(remembered(path, memory.recordings, memory.cache, progress))


def identify(progress: Progress, path: str, **asked: Any) -> Any:
    """Find the remembered recordings that an excerpt comes from; as `engine.hear.identify.identify`.

    Args:
        progress: Told how far it is.
        path: The file.
        asked: start and end in seconds, or neither.
    """
    from engine.hear.identify import identify as identified  # noqa: PLC0415 - numba

    return msgspec.to_builtins(identified(path, _memory().recordings, progress=progress, **asked))


def rebuild(progress: Progress) -> Any:
    """Hear again what has lost its fingerprint; as `engine.hear.identify.rebuild`.

    Args:
        progress: Told how far it is.
    """
    from engine.hear.identify import rebuild as rebuilt  # noqa: PLC0415 - numba

    return msgspec.to_builtins(rebuilt(_memory().recordings, progress))


def _asked(asked: dict[str, Any]) -> dict[str, Any]:
    """What came as JSON; a habit is plain data there."""
    return asked | {"habits": typed.convert(asked["habits"], Habits)} if "habits" in asked else asked


@lru_cache(maxsize=1)
def _memory() -> Memory:
    return Memory()
