"""live.watch: hear of what changes in Live; hub.changed: the Hub tells it."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from bridge.call import Call
from bridge.errors import InvalidRequest
from bridge.live_states import LiveWatched
from bridge.registry import method
from bridge.watching import MOST_WISHES, LiveChange, LiveWish


class Heard(msgspec.Struct, frozen=True):
    """The engine took it.

    Attributes:
        heard: How many changes.
    """

    heard: int


@method("live.watch")
async def watch(call: Call, wishes: Annotated[list[LiveWish], Meta(max_length=MOST_WISHES)]) -> LiveWatched:
    """Hear of what changes in Live, as live.changed notifications, at most twenty a second.

    The values of now come first. A new list stands instead of the old one; an empty one ends it.

    Args:
        call: Who asks.
        wishes: What to hear of.
    """
    return await call.runtime.watching.wish(call.session, wishes)


@method("hub.changed")
async def changed(call: Call, changes: Annotated[list[LiveChange], Meta(max_length=1024)]) -> Heard:
    """Take what changed in Live. Only the Hub that Live's questions go to may tell.

    Args:
        call: Who tells.
        changes: What is another value now.
    """
    if call.session is not call.runtime.live.hub:
        raise InvalidRequest("Only the Bandmate Hub tells what changes in Live", "Ask live.watch to hear of it.")
    call.runtime.watching.changed(changes)
    return Heard(len(changes))
