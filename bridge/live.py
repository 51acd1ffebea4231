"""Questions to Live: reverse calls through a connected Bandmate Hub."""

from __future__ import annotations

from typing import Any

from bridge.errors import NoHub
from bridge.session import Session


class Live:
    """The way into Live.

    Several Hubs may be connected (two Live Sets one after the other, a Hub that takes over): the one
    that came last and is still here is asked.

    Args:
        seconds: How long Live may take for one answer.
    """

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self._hubs: list[Session] = []

    @property
    def hub(self) -> Session | None:
        """The Hub that is asked, if one is here."""
        return self._hubs[-1] if self._hubs else None

    def joined(self, session: Session) -> None:
        """Take note of a new client; only Hubs count."""
        if session.client.kind == "hub":
            self._hubs.append(session)
            session.on_close.append(lambda: self._hubs.remove(session))

    async def ask(self, method: str, params: dict[str, Any], seconds: float | None = None) -> Any:
        """Call a method of the Hub.

        Args:
            method: `live.verb`.
            params: Its parameters.
            seconds: How long to wait; None for the usual time.

        Returns:
            What the Hub answered.

        Raises:
            NoHub: no Hub is connected, or it left before it answered.
            TimedOut: Live did not answer in time.
            LiveRefused: the Hub or Live said no.
        """
        hub = self.hub
        if hub is None:
            raise NoHub
        return await hub.ask(method, params, seconds or self._seconds)
