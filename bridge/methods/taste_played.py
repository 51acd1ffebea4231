"""taste.keep_played: a clip of what a part played becomes a take."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import msgspec

from bridge.call import Call, device_of
from bridge.registry import method
from bridge.tasting.takes import book_of

if TYPE_CHECKING:
    from engine.taste.played import PlayedClip


class PlayedKept(msgspec.Struct, frozen=True):
    """The answer: id of the take, to be rated by."""

    take: str


@method("taste.keep_played", needs=("engine.taste.played",))
def keep_played(call: Call, request: PlayedClip) -> PlayedKept:
    """Keep a clip of what a part played bar by bar as a take: it can be rated, and is found again by its notes.

    The same clip told again is the same take.
    """
    from engine.taste.played import played_take  # noqa: PLC0415 - loads on first use or in the warm-up
    from engine.taste.store import takes  # noqa: PLC0415 - SQLite, on first use

    take = played_take(request, device_of(call), time.time_ns())
    takes.keep(book_of(call), [take])
    return PlayedKept(take.id)
