"""From a request to its answer, by jsonrpcserver.

jsonrpcserver finds the method, runs a batch side by side, leaves notifications unanswered and pairs
results with ids. Frames come to it parsed and sorted (`bridge.protocol`), because its own validator
turns a whole batch down for one bad element, against the specification's examples. A request that comes
alone, as nearly all do, goes through jsonrpcserver's own steps without being gathered as a batch of one,
which takes turns of the event loop.

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
from jsonrpcserver.async_dispatcher import dispatch_request
from jsonrpcserver.dispatcher import create_request, to_response

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

    async def _alone(self, request: dict[str, Any], call: Call) -> list[dict[str, Any]]:
        asked, result = await dispatch_request(self._handlers, call, create_request(request))
        return [self._message(to_response(asked, result))] if "id" in request else []

    def _handler(self, method: Method) -> Handler:
        seconds = method.seconds or self._limits.call_seconds

        async def handle(call: Call, /, *args: Any, **kwargs: Any) -> Any:
            session = call.session
            if session.in_flight >= self._limits.in_flight:
                return _error(TooMuch(hint=f"At most {self._limits.in_flight} requests wait at a time."))
            session.in_flight += 1
            try:
                async with asyncio.timeout(seconds):
                    return Success(await self._run(method, call, kwargs or args))
            except TimeoutError:
                return _error(TimedOut(hint=f"{method.name} took longer than {seconds:g} s. Try again."))
            except Exception as problem:  # the one place that turns exceptions into answers
                return _error(problem)
            finally:
                session.in_flight -= 1

        # jsonrpcserver asks for the signature on every request; given here, it need not be worked out.
        handle.__signature__ = inspect.signature(handle)  # type: ignore[attr-defined]
        return handle

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


def _error(problem: BaseException) -> Any:
    wire = errors.to_wire(problem)
    return Error(wire.code, wire.message, wire.data)


def _as_is(value: Any) -> Any:
    return value
