"""Every exception becomes an error that is safe and useful; the table in the module is complete."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bridge import errors
from bridge.errors import BridgeError, scrub, to_wire
from engine.errors import EngineError, InvalidValue


def kinds() -> list[type[BridgeError]]:
    return BridgeError.__subclasses__()


def test_every_code_is_in_the_table_and_the_tree() -> None:
    assert errors.__doc__ is not None
    for kind in kinds():
        assert re.search(rf"\| {kind.code} \|", errors.__doc__), kind
        assert f"{kind.__name__} " in errors.__doc__
    assert len({kind.code for kind in kinds()}) == len(kinds())


@pytest.mark.parametrize("kind", kinds(), ids=lambda kind: kind.__name__)
def test_every_error_has_a_hint(kind: type[BridgeError]) -> None:
    wire = to_wire(kind())
    assert wire.code == kind.code
    assert wire.message
    assert wire.data["hint"].endswith(".")


def test_an_invalid_value_of_the_engine_is_invalid_params() -> None:
    wire = to_wire(InvalidValue("key", "H minor", "A to G, with # or b."))
    assert wire.code == -32602
    assert "H minor" in wire.message
    assert wire.data == {"hint": "A to G, with # or b.", "field": "key"}


def test_an_engine_error_speaks_for_itself() -> None:
    wire = to_wire(EngineError("The disk is full", "Make room."))
    assert (wire.code, wire.message, wire.data) == (-32603, "The disk is full", {"hint": "Make room."})


@pytest.mark.parametrize("kind", EngineError.__subclasses__(), ids=lambda kind: kind.__name__)
def test_every_error_of_the_engine_has_a_number_of_its_own_and_a_row(kind: type[EngineError]) -> None:
    code = to_wire(kind("It went wrong", "Do something.")).code
    assert [each for each, number in errors.ENGINE_CODES.items() if number == code] == [kind]
    assert f"| {code} |" in str(errors.__doc__)


def test_a_hint_of_a_stranger_is_not_ours_to_show() -> None:
    stranger = OSError("/etc/passwd")
    stranger.hint = "/etc/passwd"  # type: ignore[attr-defined]
    assert to_wire(stranger).message == "Internal error"


@pytest.mark.parametrize("problem", [KeyError("x"), RuntimeError("/etc/passwd"), RecursionError(), MemoryError()])
def test_anything_else_says_nothing_but_a_number(problem: Exception) -> None:
    wire = to_wire(problem)
    assert wire.message == "Internal error"
    assert re.fullmatch(r"A fault in the engine\. engine\.log has it under [0-9a-f]{6}\.", wire.data["hint"])


def test_a_timeout_is_timed_out() -> None:
    assert to_wire(TimeoutError()).code == -32003


def test_home_is_taken_out(home: Path) -> None:
    text = f"{Path.home()}/Music/x.wav and {home}/engine.log"
    assert str(Path.home()) not in scrub(text)
    assert str(home) not in scrub(text)
    wire = to_wire(EngineError(f"Could not read {Path.home()}/x", f"Look at {home}."))
    assert str(Path.home()) not in wire.message
    assert str(home) not in wire.data["hint"]


def test_unknown_methods_are_told_their_neighbours() -> None:
    wire = errors.method_not_found("compose.bass", {"compose.chords": 1, "rpc.discover": 1})
    assert wire.data == {"hint": "Methods of compose: compose.chords.", "method": "'compose.bass'"}
    assert len(errors.method_not_found("x" * 100_000, {}).data["method"]) <= 80
