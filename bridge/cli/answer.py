"""Answers from the engine that runs or, without one, from the same method in this process."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any, NoReturn

import typer

if TYPE_CHECKING:
    from collections.abc import Mapping

EXIT_REFUSED = 1


def answer(method: str, **params: Any) -> dict[str, Any]:
    """Ask the engine that runs, so that devices hear of it; without one, the same method answers here.

    Exits with 1 and words on standard error where it was refused.
    """
    from bridge.client import NoEngine, RemoteError, connect

    try:
        client = connect(name="command line")
    except NoEngine:
        return _here(method, params)
    with client:
        try:
            answered: dict[str, Any] = client.call(method, **params)
        except RemoteError as problem:
            refuse(_words(problem.message, problem.data))
        except NoEngine as problem:
            refuse(f"{problem} Try again.")
    return answered


def refuse(words: str) -> NoReturn:
    """Say why not, and exit with 1."""
    print(words, file=sys.stderr)
    raise typer.Exit(EXIT_REFUSED)


def counted(count: int, one: str) -> str:
    """Return "1 clip", "2 clips"."""
    return f"{count} {one}{'s' * (count != 1)}"


def _here(method: str, params: dict[str, Any]) -> dict[str, Any]:
    import msgspec

    import bridge.methods  # noqa: F401 - fills the registry
    from bridge.errors import BridgeError, to_wire
    from bridge.registry import REGISTRY
    from bridge.tasting.takes import close_here
    from engine.errors import EngineError, InvalidValue

    try:
        answered: dict[str, Any] = msgspec.to_builtins(REGISTRY[method].call(None, params))
    except (BridgeError, InvalidValue, EngineError) as problem:
        wire = to_wire(problem)
        refuse(_words(wire.message, wire.data))
    finally:
        close_here()
    return answered


def _words(message: str, data: Mapping[str, Any]) -> str:
    """What went wrong; of a wrong value only what is allowed, since nobody typed its name on the wire."""
    hint = str(data.get("hint", ""))
    if hint and ("field" in data or hint in message):
        return hint if "field" in data else message
    return " ".join(f"{part.rstrip('.')}." for part in (message, hint) if part)
