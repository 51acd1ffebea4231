"""From a request to its answer, by jsonrpcserver.

jsonrpcserver finds the method, runs a batch side by side, leaves notifications unanswered and pairs
results with ids. Frames come to it parsed and sorted (`bridge.protocol`), because its own validator
turns a whole batch down for one bad element, against the specification's examples. A request that comes
alone, as nearly all do, is a batch of nothing: it is answered here, without the turns of the event loop
that gathering takes.

This module costs 0.1 s to import (jsonrpcserver brings jsonschema), so it is imported after the engine
listens, by the warm-up or the first request.
"""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Callable, Coroutine, Mapping
from concurrent.futures import Executor
from typing import Any

from jsonrpcserver import Error, Success, async_dispatch_to_response

from bridge import errors, protocol
from bridge.call import Call
from bridge.errors import TimedOut, TooMuch
from bridge.registry import Method
from engine.settings import Limits

Handler = Callable[..., Coroutine[Any, Any, Any]]


class Dispatcher:
    """Answers requests with the methods of a registry.

    Args:
        methods: The methods, by name.
        limits: `in_flight` and `call_seconds` count here.
        threads: Runs the plain functions.
        stage: Runs those that music waits for; left out, `threads` does.
    """

    def __init__(
        self, methods: Mapping[str, Method], limits: Limits, threads: Executor, stage: Executor | None = None
    ) -> None:
        self._methods = methods
        self._limits = limits
        self._threads = threads
        self._stage = stage or threads
        self._handlers = {name: self._handler(each) for name, each in methods.items()}

    async def __call__(self, requests: list[dict[str, Any]], call: Call) -> list[dict[str, Any]]:
        """Answer requests side by side.

        Args:
            requests: Valid requests and notifications.
            call: Who asks.

        Returns:
            Answer messages; notifications have none.
        """
        if not requests:
            return []
        if len(requests) == 1:
            return await self._alone(requests[0], call)
        answers: Any = await async_dispatch_to_response(
            requests,  # type: ignore[arg-type]  # parsed already; handed through
            self._handlers,
            context=call,
            deserializer=_as_is,
            validator=_as_is,
            post_process=self._message,
        )
        if answers is None:
            return []
        return answers if isinstance(answers, list) else [answers]

    def _handler(self, method: Method) -> Handler:
        async def handle(call: Call, /, *args: Any, **kwargs: Any) -> Any:
            try:
                return Success(await self._answered(method, call, kwargs or args))
            except _Failed as failed:
                return Error(failed.wire.code, failed.wire.message, failed.wire.data)

        # jsonrpcserver asks for the signature on every request; given here, it need not be worked out.
        handle.__signature__ = inspect.signature(handle)  # type: ignore[attr-defined]
        return handle

    async def _alone(self, request: dict[str, Any], call: Call) -> list[dict[str, Any]]:
        """Answer one request that came alone."""
        method = self._methods.get(request["method"])
        # Whatever is told of a notification, nobody hears it.
        request_id = request.get("id")
        if method is None:
            answer = protocol.failure(request_id, errors.method_not_found(request["method"], self._methods))
        else:
            try:
                answer = protocol.success(request_id, await self._answered(method, call, request.get("params") or ()))
            except _Failed as failed:
                answer = protocol.failure(request_id, failed.wire)
        return [answer] if "id" in request else []

    async def _answered(self, method: Method, call: Call, params: Any) -> Any:
        """Call a method, within its time and its caller's share.

        Raises:
            _Failed: whatever went wrong, in the words of the wire.
        """
        session, seconds = call.session, method.seconds or self._limits.call_seconds
        if session.in_flight >= self._limits.in_flight:
            hint = f"At most {self._limits.in_flight} requests wait at a time."
            raise _Failed(errors.to_wire(TooMuch(hint=hint)))
        session.in_flight += 1
        try:
            async with asyncio.timeout(seconds):
                return await self._run(method, call, params)
        except TimeoutError:
            hint = f"{method.name} took longer than {seconds:g} s. Try again."
            raise _Failed(errors.to_wire(TimedOut(hint=hint))) from None
        except Exception as problem:  # the one place that turns exceptions into answers
            raise _Failed(errors.to_wire(problem)) from None
        finally:
            session.in_flight -= 1

    async def _run(self, method: Method, call: Call, params: Any) -> Any:
        if method.needs:
            await call.runtime.load(method)
        if method.is_async:
            return await method.call(call, params)
        loop = asyncio.get_running_loop()
        threads = self._stage if method.plays else self._threads
        return await loop.run_in_executor(threads, method.call, call, params)

    def _message(self, response: Any) -> dict[str, Any]:
        """Turn jsonrpcserver's response into a message, in our words where it has only its own."""
        if hasattr(response, "_value"):
            return protocol.success(response._value.id, response._value.result)
        problem = response._error
        if problem.code == -32601:
            wire = errors.method_not_found(str(problem.data), self._methods)
        elif isinstance(problem.data, dict) and "hint" in problem.data:
            wire = errors.WireError(problem.code, problem.message, problem.data)
        else:  # a fault inside jsonrpcserver: its text may hold anything, so it stays here
            wire = errors.to_wire(RuntimeError(f"{problem.message}: {problem.data}"))
        return protocol.failure(problem.id, wire)


class _Failed(Exception):  # noqa: N818 - an outcome, on its way to the answer
    """A request that failed.

    Attributes:
        wire: The `error` of its answer.
    """

    def __init__(self, wire: errors.WireError) -> None:
        super().__init__(wire.message)
        self.wire = wire


def _as_is(value: Any) -> Any:
    return value
