"""What the menus of every role share: how an entry is told, and what is refused before one is looked for."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

import msgspec

from engine.compose.checks import check_context, check_tempo
from engine.compose.request import ChordsContext

__all__ = ["Named", "check_asked", "named"]


class Named(msgspec.Struct, frozen=True):
    """A menu entry: its id on the wire, its name on screen, and what it is."""

    id: str
    name: str
    description: str


class _Entry(Protocol):
    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def description(self) -> str: ...


def named(shelf: Mapping[str, _Entry]) -> list[Named]:
    """The entries of a menu.

    Args:
        shelf: by id, in menu order.
    """
    return [Named(item.id, item.name, item.description) for item in shelf.values()]


def check_asked(context: ChordsContext | None, tempo: float) -> None:
    """Refuses what no style can be found by.

    Args:
        context: what surrounds the clip.
        tempo: beats per minute, 20..999.

    Raises:
        InvalidValue: field "tempo" or one of the context's.
    """
    check_tempo("tempo", tempo)
    if context is not None:
        check_context(context)
