"""JSON-RPC 2.0 without input and output: read a frame, check the hello, write messages.

Text comes in, plain values go out; no socket, no clock, no event loop. Dispatch to methods is in
`bridge.dispatch` (jsonrpcserver), which is slow to import and therefore apart.

A frame may hold requests, notifications and answers to the engine's own requests (`live.*`), alone or
mixed in a batch. Each element is judged alone, as the specification's examples show: one bad element
does not spoil its neighbours.
"""

from __future__ import annotations

import hmac
from typing import Any

import msgspec

from bridge import errors
from bridge.errors import BridgeError, HelloFirst, InvalidParams, InvalidRequest, ParseFailed, WireError
from bridge.validation import Check
from engine.settings import Limits

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder()

HELLO = "session.hello"


class Incoming(msgspec.Struct):
    """One frame, sorted.

    Attributes:
        requests: Valid requests and notifications, as they came.
        answers: Answers to requests of our own.
        faults: Messages to send back for what was neither.
        batch: True when the frame was a JSON array.
    """

    requests: list[dict[str, Any]] = []
    answers: list[dict[str, Any]] = []
    faults: list[dict[str, Any]] = []
    batch: bool = False


class Rejected(Exception):  # noqa: N818 - an outcome of every handshake, not a fault
    """The first message was no good hello.

    Attributes:
        close: Close code of the websocket.
        reason: Close reason, at most 120 bytes.
        answer: A message to send first, when there is an id to answer to.
    """

    def __init__(self, close: int, reason: str, answer: dict[str, Any] | None = None) -> None:
        super().__init__(reason)
        self.close = close
        self.reason = reason
        self.answer = answer


class Hello(msgspec.Struct):
    """A good hello.

    Attributes:
        id: The request's id.
        params: The checked parameters of session.hello.
    """

    id: Any
    params: Any


def read(text: str, limits: Limits) -> Incoming:
    """Sort the content of one frame. Never raises: what is wrong comes back as `faults`.

    Args:
        text: The frame.
        limits: `depth` and `batch` count here.
    """
    try:
        content = _decoder.decode(text)
        too_deep = _deeper_than(content, limits.depth)
    except RecursionError:
        content, too_deep = None, True
    except (msgspec.DecodeError, UnicodeError):
        return _broken(ParseFailed())
    batch = isinstance(content, list)
    if too_deep:
        return _broken(InvalidRequest("The message is nested too deep", f"At most {limits.depth} levels."))
    if batch and not content:
        return _broken(InvalidRequest(hint="A batch has at least one message."))
    if batch and len(content) > limits.batch:
        hint = f"At most {limits.batch} messages in one frame; this one has {len(content)}."
        return _broken(InvalidRequest("The batch is too large", hint))
    incoming = Incoming(batch=batch)
    for element in content if batch else [content]:
        _sort(element, incoming)
    return incoming


def authenticate(text: str, token: str, check: Check, protocol: int, limits: Limits) -> Hello:
    """Check a connection's first message.

    Args:
        text: The frame.
        token: The secret of this engine.
        check: Checks the parameters of session.hello.
        protocol: The version of the wire this engine speaks.
        limits: As for `read`.

    Raises:
        Rejected: it is no hello, the token is wrong (nothing else is said then), or, with the right
            token, a parameter or the protocol version does not fit.
    """
    incoming = read(text, limits)
    if incoming.batch or len(incoming.requests) != 1:
        raise Rejected(errors.CLOSE_HELLO, "the first message must be session.hello")
    request = incoming.requests[0]
    if request["method"] != HELLO or "id" not in request:
        answer = failure(request["id"], errors.to_wire(HelloFirst())) if "id" in request else None
        raise Rejected(errors.CLOSE_HELLO, "the first message must be session.hello", answer)
    params = request.get("params", {})
    given = params.get("token") if isinstance(params, dict) else None
    if not isinstance(given, str) or not _same(given, token):
        raise Rejected(errors.CLOSE_HELLO, "wrong or missing token")
    try:
        checked: Any = check(params)
    except InvalidParams as problem:
        wire = errors.to_wire(problem)
        raise Rejected(errors.CLOSE_HELLO, "session.hello was not understood", failure(request["id"], wire)) from None
    if checked.protocol != protocol:
        hint = f"This engine speaks protocol {protocol}. Update Bandmate: devices and engine must match."
        wire = errors.to_wire(InvalidParams(f"protocol is {checked.protocol}; allowed: {protocol}", hint, "protocol"))
        raise Rejected(errors.CLOSE_PROTOCOL, f"this engine speaks protocol {protocol}", failure(request["id"], wire))
    return Hello(request["id"], checked)


def success(request_id: Any, result: Any) -> dict[str, Any]:
    """Return the answer message of a request that went well."""
    return {"jsonrpc": "2.0", "result": result, "id": request_id}


def failure(request_id: Any, error: WireError) -> dict[str, Any]:
    """Return the answer message of a request that failed."""
    return {"jsonrpc": "2.0", "error": error, "id": request_id}


def notification(method: str, params: Any) -> dict[str, Any]:
    """Return a message that asks for no answer."""
    return {"jsonrpc": "2.0", "method": method, "params": params}


def encode(message: Any) -> bytes:
    """Return a message, or a list of messages, as UTF-8 text.

    A result that cannot be written as JSON becomes an internal error of its own request only.
    """
    try:
        return _encoder.encode(message)
    except (TypeError, ValueError, RecursionError, OverflowError) as problem:
        if isinstance(message, list):
            return b"[" + b",".join(encode(each) for each in message) + b"]"
        return _encoder.encode(failure(message.get("id"), errors.to_wire(problem)))


def _same(given: str, token: str) -> bool:
    """Compare in a time that does not tell how much was right."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), token.encode())


def _broken(problem: BridgeError) -> Incoming:
    return Incoming(faults=[failure(None, errors.to_wire(problem))])


def _sort(element: Any, incoming: Incoming) -> None:
    if isinstance(element, dict) and element.get("jsonrpc") == "2.0":
        if "method" in element:
            fault = _fault_of_request(element)
            if fault is None:
                incoming.requests.append(element)
                return
            known = element.get("id")
            request_id = known if _is_id(known) else None
            incoming.faults.append(failure(request_id, errors.to_wire(fault)))
            return
        if _is_answer(element):
            incoming.answers.append(element)
            return
    incoming.faults.append(failure(None, errors.to_wire(InvalidRequest())))


def _fault_of_request(element: dict[str, Any]) -> InvalidRequest | None:
    if not isinstance(element["method"], str):
        return InvalidRequest(hint='"method" must be text.')
    if not isinstance(element.get("params", {}), dict | list):
        return InvalidRequest(hint='"params" must be an object or a list.')
    if not _is_id(element.get("id")):
        return InvalidRequest(hint='"id" must be text, a number or null.')
    return None


def _is_id(value: Any) -> bool:
    return value is None or (isinstance(value, str | int | float) and not isinstance(value, bool))


def _is_answer(element: dict[str, Any]) -> bool:
    return ("result" in element) != ("error" in element) and "id" in element and _is_id(element["id"])


def _deeper_than(content: Any, depth: int) -> bool:
    """Walk level by level, so that a deep message cannot use up the stack."""
    level = [content] if isinstance(content, list | dict) else []
    for _ in range(depth):
        if not level:
            return False
        level = [
            inner
            for outer in level
            for inner in (outer.values() if type(outer) is dict else outer)
            if type(inner) is dict or type(inner) is list
        ]
    return bool(level)
