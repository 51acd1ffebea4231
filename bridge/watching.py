"""Who wants to hear what changes in Live: the wishes of all clients go to the Hub as one, its news to who wished."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from bridge.errors import BridgeError, LiveRefused, scrub
from bridge.live import Live
from bridge.live_states import (
    Kind,
    LiveMacros,
    LiveMixer,
    LiveParameter,
    LiveTempo,
    LiveTime,
    LiveTransport,
    LiveWatched,
)
from bridge.session import Session
from engine import typed

_log = logging.getLogger("bandmate")

MOST_WISHES = 64
"""Of one client. A controller of eight tracks with eight knobs each is below it; a Hub takes more of several."""

Which = Annotated[int, Meta(ge=0, le=9999)] | Annotated[str, Meta(max_length=200)]


class LiveWish(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something in Live that a client wants to hear of.

    Attributes:
        what: tempo; transport, without its time; time, the play head as it runs; mixer, a track's strip; parameter, of
            a device; macros, the knobs of Bandmate Macros.
        kind: The row the track is counted in.
        track: Number of the track from 0, for mixer and parameter.
        device: Number or name of the device, for a parameter.
        parameter: Its number or name.
    """

    what: Literal["tempo", "transport", "time", "mixer", "parameter", "macros"]
    kind: Kind = "track"
    track: Annotated[int, Meta(ge=0, le=9999)] = 0
    device: Which = ""
    parameter: Which = ""


class LiveChange(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something that a client watches is another value now.

    Attributes:
        wish: What it wished to hear of.
        value: As live.tempo, live.transport, live.mixer, live.parameter or live.macros tell it; or the play head's.
    """

    wish: LiveWish
    value: dict[str, Any]


VALUES: dict[str, type[msgspec.Struct]] = {
    "tempo": LiveTempo,
    "transport": LiveTransport,
    "time": LiveTime,
    "mixer": LiveMixer,
    "parameter": LiveParameter,
    "macros": LiveMacros,
}
"""What is told of each wish."""

CHANGED = "live.changed"
"""The notification that clients get: `{"changes": [LiveChange, ...]}`."""

# Read on the event loop, which waits for no lock.
typed.meet(LiveWatched, LiveWish, LiveChange, *VALUES.values())


class Watching:
    """The wishes of all clients.

    Args:
        live: The way to the Hub.
    """

    def __init__(self, live: Live) -> None:
        self._live = live
        self._wishes: dict[Session, list[LiveWish]] = {}
        self._turn = asyncio.Lock()
        self._asides: set[asyncio.Task[None]] = set()

    async def wish(self, session: Session, wishes: list[LiveWish]) -> LiveWatched:
        """Take the wishes of a client instead of those it had.

        Args:
            session: The client.
            wishes: At most `MOST_WISHES`; none: it wants to hear nothing.

        Raises:
            BridgeError: there is no Hub, or it said no; the wishes stand, for a Hub that comes.
        """
        if session not in self._wishes:
            session.on_close.append(lambda: self._left(session))
        self._wishes[session] = wishes
        return await self._hand_on()

    def joined(self, session: Session) -> None:
        """Tell a Hub that came what is wished."""
        if session.client.kind == "hub" and any(self._wishes.values()):
            self._aside()

    def changed(self, changes: list[LiveChange]) -> None:
        """Tell clients what the Hub told.

        Args:
            changes: What changed; the newest Hub's.
        """
        good = [each for each in changes if _is_promised(each)]
        for session, wishes in self._wishes.items():
            own = [each for each in good if each.wish in wishes]
            if own:
                session.notify(CHANGED, {"changes": own}, may_drop=True)

    async def _hand_on(self) -> LiveWatched:
        async with self._turn:  # what is asked last is what is wished last
            wishes = list(dict.fromkeys(each for own in self._wishes.values() for each in own))
            said = await self._live.ask("live.watch", {"wishes": msgspec.to_builtins(wishes)})
            try:
                return msgspec.convert(said, LiveWatched)
            except msgspec.ValidationError:
                raise LiveRefused("This Hub cannot watch", "Update Bandmate in Live: bandmate install.") from None

    def _left(self, session: Session) -> None:
        if self._wishes.pop(session, None):
            self._aside()

    def _aside(self) -> None:
        task = asyncio.get_running_loop().create_task(self._try())
        self._asides.add(task)
        task.add_done_callback(self._asides.discard)

    async def _try(self) -> None:
        # Without a Hub, or with one that says no, there is nobody to tell: whoever wishes next hears why.
        with contextlib.suppress(BridgeError):
            await self._hand_on()


def _is_promised(change: LiveChange) -> bool:
    try:
        msgspec.convert(change.value, VALUES[change.wish.what])
    except msgspec.ValidationError as problem:
        _log.warning("the Hub's news of %s is not as promised: %s", change.wish.what, scrub(str(problem)[:300]))
        return False
    return True
