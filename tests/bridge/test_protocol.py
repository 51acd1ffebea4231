"""The JSON-RPC 2.0 specification, its own examples first; then what hostile text does."""

# ruff: noqa: ARG001 - the methods of the examples have parameters, used or not

from __future__ import annotations

import asyncio
import json
import threading
from concurrent.futures import ThreadPoolExecutor
from typing import Any, cast

import pytest

from bridge import protocol
from bridge.call import Call
from bridge.dispatch import Dispatcher
from bridge.registry import Registry
from bridge.session import Client, Session
from engine.settings import Limits

LIMITS = Limits()


def spec_methods() -> Registry:
    """The methods the specification's examples call."""
    registry = Registry()

    # The names of the examples have no namespace; `_methods` takes them past the rule for our own.
    def add(name: str, function: Any) -> None:
        function.__doc__ = "From the specification."
        registry.method(f"spec.{name.replace('get_', '')}")(function)
        registry._methods[name] = registry._methods.pop(f"spec.{name.replace('get_', '')}")

    def subtract(minuend: int, subtrahend: int) -> int:
        return minuend - subtrahend

    def update(a: int = 0, b: int = 0, c: int = 0, d: int = 0, e: int = 0) -> None:
        return None

    def total(a: int, b: int, c: int) -> int:
        return a + b + c

    def notify_hello(a: int) -> None:
        return None

    def get_data() -> list[Any]:
        return ["hello", 5]

    for name, function in {
        "subtract": subtract,
        "update": update,
        "sum": total,
        "notify_hello": notify_hello,
        "get_data": get_data,
    }.items():
        add(name, function)
    return registry


async def exchange(text: str, limits: Limits = LIMITS) -> Any:
    """What comes back for a frame: parsed JSON, or None for silence."""
    incoming = protocol.read(text, limits)
    session = Session("s1", Client("test"), limits)
    with ThreadPoolExecutor(1) as threads:
        dispatcher = Dispatcher(spec_methods(), limits, threads)
        answers = incoming.faults + await dispatcher(incoming.requests, Call(cast("Any", None), session))
    if not answers:
        return None
    return json.loads(protocol.encode(answers if incoming.batch else answers[0]))


PARSE = {"code": -32700, "message": "Parse error"}
INVALID = {"code": -32600, "message": "Invalid Request"}
UNKNOWN = {"code": -32601, "message": "Method not found"}

# Section 7 of the specification, word for word: frame, answer.
EXAMPLES: list[tuple[str, str, Any]] = [
    (
        "positional parameters",
        '{"jsonrpc": "2.0", "method": "subtract", "params": [42, 23], "id": 1}',
        {"jsonrpc": "2.0", "result": 19, "id": 1},
    ),
    (
        "positional parameters, the other way round",
        '{"jsonrpc": "2.0", "method": "subtract", "params": [23, 42], "id": 2}',
        {"jsonrpc": "2.0", "result": -19, "id": 2},
    ),
    (
        "named parameters",
        '{"jsonrpc": "2.0", "method": "subtract", "params": {"subtrahend": 23, "minuend": 42}, "id": 3}',
        {"jsonrpc": "2.0", "result": 19, "id": 3},
    ),
    (
        "named parameters in another order",
        '{"jsonrpc": "2.0", "method": "subtract", "params": {"minuend": 42, "subtrahend": 23}, "id": 4}',
        {"jsonrpc": "2.0", "result": 19, "id": 4},
    ),
    ("a notification", '{"jsonrpc": "2.0", "method": "update", "params": [1,2,3,4,5]}', None),
    ("a notification of no method", '{"jsonrpc": "2.0", "method": "foobar"}', None),
    (
        "a method that does not exist",
        '{"jsonrpc": "2.0", "method": "foobar", "id": "1"}',
        {"jsonrpc": "2.0", "error": UNKNOWN, "id": "1"},
    ),
    (
        "invalid JSON",
        '{"jsonrpc": "2.0", "method": "foobar, "params": "bar", "baz]',
        {"jsonrpc": "2.0", "error": PARSE, "id": None},
    ),
    (
        "an invalid request",
        '{"jsonrpc": "2.0", "method": 1, "params": "bar"}',
        {"jsonrpc": "2.0", "error": INVALID, "id": None},
    ),
    (
        "a batch of invalid JSON",
        '[{"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},{"jsonrpc": "2.0", "method"]',
        {"jsonrpc": "2.0", "error": PARSE, "id": None},
    ),
    ("an empty array", "[]", {"jsonrpc": "2.0", "error": INVALID, "id": None}),
    ("an invalid batch", "[1]", [{"jsonrpc": "2.0", "error": INVALID, "id": None}]),
    ("a longer invalid batch", "[1,2,3]", [{"jsonrpc": "2.0", "error": INVALID, "id": None}] * 3),
    (
        "a batch",
        """[
        {"jsonrpc": "2.0", "method": "sum", "params": [1,2,4], "id": "1"},
        {"jsonrpc": "2.0", "method": "notify_hello", "params": [7]},
        {"jsonrpc": "2.0", "method": "subtract", "params": [42,23], "id": "2"},
        {"foo": "boo"},
        {"jsonrpc": "2.0", "method": "foo.get", "params": {"name": "myself"}, "id": "5"},
        {"jsonrpc": "2.0", "method": "get_data", "id": "9"}
        ]""",
        [
            {"jsonrpc": "2.0", "result": 7, "id": "1"},
            {"jsonrpc": "2.0", "result": 19, "id": "2"},
            {"jsonrpc": "2.0", "error": INVALID, "id": None},
            {"jsonrpc": "2.0", "error": UNKNOWN, "id": "5"},
            {"jsonrpc": "2.0", "result": ["hello", 5], "id": "9"},
        ],
    ),
    (
        "a batch of notifications",
        '[{"jsonrpc": "2.0", "method": "notify_sum", "params": [1,2,4]},'
        '{"jsonrpc": "2.0", "method": "notify_hello", "params": [7]}]',
        None,
    ),
]


def without_data(answer: Any) -> Any:
    """The examples' errors have no data; ours add a hint, which the specification allows."""
    if isinstance(answer, list):
        return sorted((without_data(each) for each in answer), key=str)
    if isinstance(answer, dict) and "error" in answer:
        hint = answer["error"].pop("data")["hint"]
        assert hint.endswith(".")
    return answer


@pytest.mark.parametrize(("frame", "expected"), [case[1:] for case in EXAMPLES], ids=[case[0] for case in EXAMPLES])
async def test_examples_of_the_specification(frame: str, expected: Any) -> None:
    answer = without_data(await exchange(frame))
    # A batch may be answered in any order, says the specification.
    assert answer == (sorted(expected, key=str) if isinstance(expected, list) else expected)


@pytest.mark.parametrize("request_id", ["a", "", 1, 0, -7, 1.5, None, 2**60, "é", "null"])
async def test_an_id_comes_back_as_it_went(request_id: Any) -> None:
    answer = await exchange(json.dumps({"jsonrpc": "2.0", "method": "get_data", "id": request_id}))
    assert answer["id"] == request_id
    assert type(answer["id"]) is type(request_id)
    assert "result" in answer


@pytest.mark.parametrize("request_id", [True, False, [], {}, [1], {"a": 1}])
async def test_an_id_of_another_kind_is_an_invalid_request_with_id_null(request_id: Any) -> None:
    answer = await exchange(json.dumps({"jsonrpc": "2.0", "method": "get_data", "id": request_id}))
    assert (answer["error"]["code"], answer["id"]) == (-32600, None)


@pytest.mark.parametrize(
    "request_",
    [
        {"method": "get_data", "id": 1},
        {"jsonrpc": "1.0", "method": "get_data", "id": 1},
        {"jsonrpc": 2.0, "method": "get_data", "id": 1},
        {"jsonrpc": "2.0", "id": 1},
        {"jsonrpc": "2.0", "method": None, "id": 1},
        {"jsonrpc": "2.0", "method": "get_data", "params": None, "id": 1},
        {"jsonrpc": "2.0", "method": "get_data", "params": 3, "id": 1},
        {"jsonrpc": "2.0", "result": 1, "error": {}, "id": 1},
        "get_data",
        7,
        None,
        True,
    ],
)
async def test_what_is_no_request_is_said_to_be_none(request_: Any) -> None:
    assert (await exchange(json.dumps(request_)))["error"]["code"] == -32600


@pytest.mark.parametrize(
    "text", ["", " ", "{", "nul", "[1,]", '{"a":NaN}', "1e400", '"\\ud800"', "\x00", "{} {}", "﻿{}", "\ud800"]
)
async def test_what_is_no_json_is_a_parse_error(text: str) -> None:
    assert (await exchange(text))["error"]["code"] == -32700


@pytest.mark.parametrize(
    "text",
    ["[" * 100_000, "[" * 33 + "]" * 33, '{"a":' * 500 + "1" + "}" * 500, "[" * 900 + "]" * 900, "[[],{" + '"a":['],
)
async def test_deep_text_does_not_use_up_the_stack(text: str) -> None:
    answer = await exchange(text)
    assert answer["error"]["code"] in {-32600, -32700}
    assert "id" in answer


async def test_depth_is_counted_exactly() -> None:
    def nested(levels: int) -> str:
        inner = "[" * (levels - 1) + "]" * (levels - 1)
        return f'{{"jsonrpc": "2.0", "method": "nothing", "params": {inner}, "id": 1}}'

    assert (await exchange(nested(LIMITS.depth)))["error"]["code"] == -32601
    assert (await exchange(nested(LIMITS.depth + 1)))["error"]["message"] == "The message is nested too deep"


async def test_a_batch_is_limited() -> None:
    one = '{"jsonrpc": "2.0", "method": "get_data", "id": 1}'
    assert len(await exchange("[" + ",".join([one] * LIMITS.batch) + "]")) == LIMITS.batch
    refused = await exchange("[" + ",".join([one] * (LIMITS.batch + 1)) + "]")
    assert refused["error"]["code"] == -32600
    assert str(LIMITS.batch) in refused["error"]["data"]["hint"]


async def test_a_huge_batch_costs_little() -> None:
    started = asyncio.get_running_loop().time()
    refused = await exchange("[" + ",".join(["1"] * 500_000) + "]")
    assert refused["error"]["message"] == "The batch is too large"
    assert asyncio.get_running_loop().time() - started < 1.0


def test_answers_to_our_own_requests_are_told_apart() -> None:
    incoming = protocol.read(
        '[{"jsonrpc":"2.0","result":null,"id":"e1"},{"jsonrpc":"2.0","error":{"code":1,"message":"no"},"id":"e2"},'
        '{"jsonrpc":"2.0","method":"get_data","id":1},{"jsonrpc":"2.0","result":1}]',
        LIMITS,
    )
    assert [each["id"] for each in incoming.answers] == ["e1", "e2"]
    assert len(incoming.requests) == 1
    assert len(incoming.faults) == 1


async def test_a_batch_runs_side_by_side() -> None:
    registry = Registry()
    gate = asyncio.Event()

    @registry.method("test.first")
    async def first() -> int:
        """Wait for the second."""
        await gate.wait()
        return 1

    @registry.method("test.second")
    async def second() -> int:
        """Let the first go on."""
        gate.set()
        return 2

    session = Session("s1", Client("test"), LIMITS)
    with ThreadPoolExecutor(1) as threads:
        requests = [{"jsonrpc": "2.0", "method": f"test.{name}", "id": name} for name in ("first", "second")]
        async with asyncio.timeout(2):
            answers = await Dispatcher(registry, LIMITS, threads)(requests, Call(cast("Any", None), session))
    assert {each["id"]: each["result"] for each in answers} == {"first": 1, "second": 2}


async def test_what_music_waits_for_does_not_stand_behind_what_else_is_asked() -> None:
    registry = Registry()
    pressed = threading.Event()

    @registry.method("test.press")
    def press() -> bool:
        """Take long: until music has played, or for good."""
        return pressed.wait(2)

    @registry.method("test.play", plays=True)
    def play() -> str:
        """Play a bar, and let the press end."""
        pressed.set()
        return threading.current_thread().name

    session = Session("s1", Client("test"), LIMITS)
    call = Call(cast("Any", None), session)
    with ThreadPoolExecutor(1) as threads, ThreadPoolExecutor(1, thread_name_prefix="stage") as stage:
        dispatcher = Dispatcher(registry, LIMITS, threads, stage)
        requests = [{"jsonrpc": "2.0", "method": f"test.{name}", "id": name} for name in ("press", "play")]
        answers = await asyncio.gather(*(dispatcher([request], call) for request in requests))
    assert answers[0][0]["result"] is True
    assert answers[1][0]["result"].startswith("stage")


async def test_a_parameter_named_like_a_python_one_reaches_the_method() -> None:
    registry = Registry()

    @registry.method("test.odd")
    def odd(call_: int = 0, context: str = "", self: str = "", args: str = "") -> str:
        """Take names that a dispatcher might use itself."""
        return context + self + args

    session = Session("s1", Client("test"), LIMITS)
    with ThreadPoolExecutor(1) as threads:
        params = {"context": "a", "self": "b", "args": "c"}
        request = {"jsonrpc": "2.0", "method": "test.odd", "params": params, "id": 1}
        answers = await Dispatcher(registry, LIMITS, threads)([request], Call(cast("Any", None), session))
    assert answers[0]["result"] == "abc"


def test_an_unwritable_result_spoils_only_its_own_answer() -> None:
    encoded = json.loads(protocol.encode([protocol.success(1, object()), protocol.success(2, "good")]))
    assert encoded[0]["error"]["code"] == -32603
    assert encoded[0]["id"] == 1
    assert encoded[1] == {"jsonrpc": "2.0", "result": "good", "id": 2}
