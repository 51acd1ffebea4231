"""Recordings that Listen makes of what passes through it: named here, written there, gone once they were heard.

The folder is bounded in files, bytes and age; what is being analysed stays. A name is random, so nobody can lay a
link where the next capture will go.
"""

from __future__ import annotations

import contextlib
import re
import secrets
import stat
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from string import ascii_lowercase

from engine.errors import EngineError, InvalidValue
from engine.settings import captures_path

MOST_SECONDS = 600.0
"""The longest capture."""

MOST_FILES = 24
MOST_BYTES = 1_000_000_000
MOST_AGE = 24 * 3600.0
"""What the folder may hold, and for how many seconds a capture may lie there."""

_NAME = re.compile(r"capture-[a-z]{16}\.wav")
_BYTES_PER_SECOND = 48_000 * 2 * 4  # what Live records usually comes to


@dataclass(frozen=True)
class _Found:
    path: Path
    size: int
    changed: float


def fresh(seconds: float, busy: Collection[str] = ()) -> Path:
    """Name a file to record into; older captures make room for it.

    Args:
        seconds: How long it will be, above 0, at most `MOST_SECONDS`.
        busy: Paths that are being read; they stay.

    Returns:
        A path in Bandmate's folder of captures where nothing lies yet.

    Raises:
        InvalidValue: it would be too long.
        EngineError: there is no room, or the folder cannot be made.
    """
    if not 0 < seconds <= MOST_SECONDS:
        raise InvalidValue("seconds", seconds, f"Above 0, at most {MOST_SECONDS:g} seconds.")
    folder = captures_path()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        raise EngineError(
            "Nothing can be recorded: Bandmate's folder cannot be made", "Look at its permissions."
        ) from None
    _make_room(folder, int(seconds * _BYTES_PER_SECOND), busy)
    # Letters only: a figure in a name is taken as a hint at the tempo.
    return folder / f"capture-{''.join(secrets.choice(ascii_lowercase) for _ in range(16))}.wav"


def release(path: str | Path) -> bool:
    """Remove a capture.

    Args:
        path: As `fresh` named it; anything else is left alone.

    Returns:
        Whether a capture was there.
    """
    found = Path(path)
    if not (_NAME.fullmatch(found.name) and found.parent == captures_path()):
        return False
    try:
        found.unlink()
    except OSError:
        return False
    return True


def _make_room(folder: Path, coming: int, busy: Collection[str]) -> None:
    """Remove the oldest captures until one more fits, and all that are too old."""
    lying = sorted(_lying(folder), key=lambda each: each.changed)
    free = [each for each in lying if str(each.path) not in busy]
    count, size = len(lying), sum(each.size for each in lying)
    oldest = time.time() - MOST_AGE
    for each in free:
        if count < MOST_FILES and size + coming <= MOST_BYTES and each.changed > oldest:
            break
        with contextlib.suppress(OSError):
            each.path.unlink()
            count, size = count - 1, size - each.size
    if count >= MOST_FILES:
        raise EngineError("Too many captures are being analysed", "Wait until one is done.")


def _lying(folder: Path) -> list[_Found]:
    found = []
    for path in folder.iterdir():
        if not _NAME.fullmatch(path.name):
            continue
        with contextlib.suppress(OSError):
            facts = path.lstat()
            if stat.S_ISREG(facts.st_mode):
                found.append(_Found(path, facts.st_size, facts.st_mtime))
    return found
