"""What the user tends to set right goes along with each question to the ears; only the engine has the file it lies in.

Nothing can be read or kept: hearing goes on without.
"""

from __future__ import annotations

import logging
from typing import Any

import msgspec

from bridge.call import Call
from bridge.tasting.takes import book_of
from engine import typed
from engine.errors import StoreUnavailable

_log = logging.getLogger("bandmate")


def with_habits(call: Call, asked: dict[str, Any]) -> dict[str, Any]:
    """Add the habits of whoever is in use to a question, as plain data, where there are any; not on the event loop.

    Args:
        call: Who asks.
        asked: As in `engine.hear.errands.analysis`.
    """
    from engine.taste.store import corrections  # noqa: PLC0415 - SQLite, on first use

    try:
        found = corrections.habits(book_of(call))
    except StoreUnavailable:
        return asked
    return asked | {"habits": msgspec.to_builtins(found)} if found else asked


def read_habits(asked: dict[str, Any]) -> dict[str, Any]:
    """Read the habits in a question; not on the event loop.

    Args:
        asked: As `with_habits` made it.
    """
    from engine.taste.corrections import Habits  # noqa: PLC0415 - the theory of keys, on first use

    return asked | {"habits": typed.convert(asked["habits"], Habits)} if "habits" in asked else asked


async def learn_correction(
    call: Call, digest: str, heard: tuple[float | None, str | None], said: tuple[float | None, str | None]
) -> None:
    """Learn from what was set right.

    Args:
        call: Who said it.
        digest: Of the content, hexadecimal.
        heard: BPM and name of the key, as far as they were heard.
        said: BPM and name of the key, as far as they were said.
    """
    from engine.taste.corrections import Corrected  # noqa: PLC0415 - the theory of keys, on first use

    pairs = zip(("tempo", "key"), heard, said, strict=True)
    told = [Corrected(what, str(one), str(other)) for what, one, other in pairs if one and other]
    if told:
        await call.runtime.ears.aside(lambda: _tell(call, digest, told))


async def forget_correction(call: Call, digest: str) -> None:
    """Learn nothing from a content any more.

    Args:
        call: Who asks.
        digest: Of the content, hexadecimal.
    """
    from engine.taste.store import corrections  # noqa: PLC0415 - SQLite, on first use

    def forget() -> None:
        try:
            corrections.forget(book_of(call), digest)
        except StoreUnavailable as problem:
            _log.warning("a correction was not forgotten: %s", problem)

    await call.runtime.ears.aside(forget)


def _tell(call: Call, digest: str, told: list[Any]) -> None:
    from engine.taste.store import corrections  # noqa: PLC0415 - as above

    try:
        for each in told:
            corrections.tell(book_of(call), digest, each)
    except StoreUnavailable as problem:
        _log.warning("nothing was learnt from a correction: %s", problem)
