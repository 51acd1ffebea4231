"""One typed function is one method; nothing else is."""

from __future__ import annotations

import sys
from typing import Annotated

import msgspec
import pytest
from msgspec import Meta

from bridge.call import Call
from bridge.registry import Registry


class Wish(msgspec.Struct, kw_only=True):
    """A wish.

    Attributes:
        bars: how many
            bars to write.
    """

    bars: Annotated[int, Meta(ge=1)] = 8


def test_a_plain_function_gets_its_parameters_by_name() -> None:
    registry = Registry()

    @registry.method("test.sum")
    def add(a: int, b: int = 2) -> int:
        """Add.

        Args:
            a: the one,
                over two lines.
            b: the other.
        """
        return a + b

    method = registry["test.sum"]
    assert method.call(None, {"a": 1}) == 3
    assert method.call(None, [1, 5]) == 6
    assert method.words() == {"a": "the one, over two lines.", "b": "the other."}
    assert method.summary == "Add"


def test_a_request_struct_is_taken_apart_on_the_wire() -> None:
    registry = Registry()

    @registry.method("test.wish")
    def wish(request: Wish) -> int:
        """Wish."""
        return request.bars

    method = registry["test.wish"]
    assert method.call(None, {"bars": 3}) == 3
    assert method.call(None, {}) == 8
    assert method.words() == {"bars": "how many bars to write."}


def test_the_call_is_given_to_who_wants_it_and_is_no_parameter() -> None:
    registry = Registry()

    @registry.method("test.who")
    def who(call: Call, a: int = 0) -> object:  # noqa: ARG001
        """Who."""
        return call

    marker = object()
    assert registry["test.who"].call(marker, {}) is marker
    assert registry["test.who"].signature.check.names == ("a",)


@pytest.mark.parametrize("name", ["", "plain", "Upper.case", "a.b.c", "a.", ".b", "rpc.disc over", "__import__.os"])
def test_a_method_is_named_namespace_verb(name: str) -> None:
    with pytest.raises(ValueError, match=r"namespace\.verb"):
        Registry().method(name)(test_a_method_is_named_namespace_verb)


def test_a_method_has_words_and_a_name_of_its_own() -> None:
    registry = Registry()
    with pytest.raises(ValueError, match="docstring"):
        registry.method("test.mute")(lambda: None)

    def once() -> None:
        """Be there once."""

    registry.method("test.once")(once)
    with pytest.raises(ValueError, match="already"):
        registry.method("test.once")(once)


def test_what_a_method_needs_is_imported_on_first_use() -> None:
    registry = Registry()

    @registry.method("test.lazy", needs=("tests.bridge.job_functions",))
    def lazy() -> int:
        """Be lazy."""
        return 1

    sys.modules.pop("tests.bridge.job_functions", None)
    assert "tests.bridge.job_functions" not in sys.modules
    assert registry["test.lazy"].call(None, {}) == 1
    assert "tests.bridge.job_functions" in sys.modules


def test_something_can_happen_to_an_answer_before_it_leaves() -> None:
    registry = Registry()
    seen: list[object] = []

    def then(call: object, name: str, request: Wish, result: int) -> int:
        seen.append((call, name, request, result))
        return result + 1

    @registry.method("test.wish", then=then)
    def wish(request: Wish) -> int:
        """Double it."""
        return 2 * request.bars

    assert registry["test.wish"].call("who", {"bars": 3}) == 7
    assert seen == [("who", "test.wish", Wish(bars=3), 6)]


def test_nothing_more_happens_on_the_event_loop() -> None:
    async def wish(request: Wish) -> int:
        """Double it."""
        return 2 * request.bars

    with pytest.raises(ValueError, match="event loop"):
        Registry().method("test.wish", then=lambda *_: None)(wish)


def test_a_request_may_be_completed_before_it_is_answered_and_is_told_so_afterwards() -> None:
    registry, seen = Registry(), []

    def more(call: object, method: str, request: Wish) -> Wish:
        assert (call, method) == ("who", "test.wish")
        return Wish(bars=request.bars + 1)

    def then(call: object, method: str, request: Wish, result: int) -> int:
        del call, method
        seen.append(request.bars)
        return result

    @registry.method("test.wish", first=more, then=then)
    def wish(request: Wish) -> int:
        """Wish."""
        return request.bars

    assert registry["test.wish"].call("who", {"bars": 3}) == 4
    assert seen == [4]
    with pytest.raises(ValueError, match="first"):

        @registry.method("test.later", first=more)
        async def later(request: Wish) -> None:
            """Later."""
