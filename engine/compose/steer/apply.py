"""A request as the knobs move it: a pure function of the request and the map."""

from __future__ import annotations

from typing import Any, Generic, Protocol, TypeVar

import msgspec

from engine.compose.steer.map import SteerMap
from engine.compose.steer.request import Steer
from engine.notes import Note

__all__ = ["Steered", "louder", "steered"]


class _Steerable(Protocol):
    @property
    def steer(self) -> Steer | None: ...


_R = TypeVar("_R", bound=_Steerable)


class Steered(msgspec.Struct, Generic[_R], frozen=True):
    """What steering came to.

    Attributes:
        request: with the parameters moved that it has, and no more steering to do.
        beyond: values of those it has not, which the generator plays by itself; one that is not moved is left out.
        told: every parameter that was moved and where it stands now; empty where none was.
        stretched: what the curves that moved them were stretched by, for ``Steer.stretch``; empty where none was.
    """

    request: _R
    beyond: dict[str, float]
    told: dict[str, float]
    stretched: dict[str, float] = {}

    @property
    def mark(self) -> tuple[dict[str, float], ...]:
        """What the notes hang on besides, for the id of a take; nothing where nothing was moved."""
        return (self.told,) if self.told else ()


def steered(request: _R, found: SteerMap, beyond: tuple[str, ...] = ()) -> Steered[_R]:
    """Moves the parameters of a request.

    Args:
        request: checked.
        found: what the knobs mean.
        beyond: parameters that are no fields of the request, or stand for something else there: the generator adds
            them to what its style has.

    Raises:
        ValueError: the map moves what the generator does not have.
    """
    moves = found.moves(request.steer)
    fields: dict[str, Any] = {} if request.steer is None else {"steer": None}
    added: dict[str, float] = {}
    for name, move in moves.items():
        parameter = found.parameters[name]
        if name in beyond:
            added[name] = parameter.kept(parameter.usual + move)
        elif name in type(request).__struct_fields__:  # type: ignore[attr-defined]
            fields[name] = parameter.kept(getattr(request, name) + move)
        else:
            raise ValueError(f"{found.role} has no parameter {name!r} to be moved")
    told = {name: added.get(name, fields.get(name, 0.0)) for name in moves}
    moved = msgspec.structs.replace(request, **fields) if fields else request  # type: ignore[type-var]
    return Steered(moved, added, told, found.stretched if told else {})


def louder(notes: list[Note], by: float) -> list[Note]:
    """Notes with so many steps of velocity added, within 1..127; the very same where that is none."""
    if not by:
        return notes
    return [
        msgspec.structs.replace(note, velocity=round(min(127.0, max(1.0, note.velocity + by)), 1)) for note in notes
    ]
