"""The session of the engine that all controllers share: asks as a client does, and hears what a client hears.

It begins with the first question and ends when OSC has been silent for long, so that an engine that is set to leave
when nobody needs it still does.
"""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable, Coroutine
from typing import Any

import msgspec

from bridge import __version__, protocol
from bridge.osc.packet import Refused
from bridge.runtime import Runtime
from bridge.session import Client, Session


class Caller:
    """Asks the engine.

    Args:
        runtime: The engine.
        told: Takes notifications: the method and its params.
        done: Whether the session may end; asked now and then, also for what is to be tidied.
        every: Seconds between two times of that.
    """

    def __init__(
        self,
        runtime: Runtime,
        told: Callable[[str, Any], None],
        done: Callable[[], Coroutine[Any, Any, bool]],
        every: float,
    ) -> None:
        self._runtime = runtime
        self._told = told
        self._done = done
        self._every = every
        self._numbers = itertools.count(1)
        self._waiting: dict[int, asyncio.Future[dict[str, Any]]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._session: Session | None = None

    async def ask(self, method: str, params: dict[str, Any]) -> Any:
        """Ask as a client does: the same checks, limits and words.

        Args:
            method: Of the registry.
            params: By name.

        Raises:
            Refused: the engine answered with an error.
        """
        session = self._joined()
        number = next(self._numbers)
        request = {"jsonrpc": "2.0", "method": method, "params": params, "id": number}
        incoming = protocol.read(protocol.encode(request).decode(), session.limits)
        if not incoming.requests:
            raise Refused("The parameters cannot be read", "They are nested too deep.")
        answer: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self._waiting[number] = answer
        try:
            await self._runtime.answer(incoming, session)
            said = await answer
        finally:
            self._waiting.pop(number, None)
        if "error" in said:
            error = said["error"]
            raise Refused(error["message"], error.get("data", {}).get("hint", ""), code=error["code"])
        return said["result"]

    async def close(self) -> None:
        """Leave the engine."""
        if self._session:
            self._session.close()
            self._session = None
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def _joined(self) -> Session:
        if self._session is None or self._session.closed:
            self._session = self._runtime.welcome(Client(kind="osc", name="OSC", version=__version__))
            for work in (self._session.write_to(self._hear), self._watch(self._session)):
                task = asyncio.get_running_loop().create_task(work)
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)
        return self._session

    async def _hear(self, data: bytes) -> None:
        """Take what the engine says to the session."""
        content = msgspec.json.decode(data)
        for said in content if isinstance(content, list) else [content]:
            if "method" in said:
                self._told(said["method"], said["params"])
            elif (answer := self._waiting.get(said["id"])) and not answer.done():
                answer.set_result(said)

    async def _watch(self, session: Session) -> None:
        while not session.closed:
            await asyncio.sleep(self._every)
            if await self._done() and not self._waiting:
                session.close()
