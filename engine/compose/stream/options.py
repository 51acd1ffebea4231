"""What a device's menus and labels show of a stream."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from engine.compose.arp.shelf import styles as arp_styles
from engine.compose.bass.styles import bass_styles
from engine.compose.checks import check_choice
from engine.compose.drums.vocabulary import genres
from engine.compose.melody.style import styles as melody_styles
from engine.compose.part.auto import Styled
from engine.compose.stock import styles as chord_styles
from engine.compose.stream.macros import macro_map
from engine.compose.stream.request import MACROS, ROLES, MacroOption, Macros, StreamOptions, StreamStyle

__all__ = ["stream_options", "styles_of"]


def styles_of(role: str) -> dict[str, str]:
    """Names of a role's styles by id, in menu order.

    Args:
        role: one of ``request.ROLES``.
    """
    shelves: dict[str, Callable[[], Mapping[str, Styled]]] = {
        "bass": bass_styles,
        "melody": melody_styles,
        "arp": arp_styles,
        "chords": chord_styles,
        "drums": genres,
    }
    return {name: style.name for name, style in shelves[role]().items()}


def stream_options(role: str) -> StreamOptions:
    """The menus of a role.

    Args:
        role: one of ``request.ROLES``.

    Raises:
        InvalidValue: field "role".
    """
    check_choice("role", role, ROLES)
    found, usual = macro_map(role), Macros()
    return StreamOptions(
        role=role,
        styles=[StreamStyle(name, shown) for name, shown in styles_of(role).items()],
        macros=[
            MacroOption(
                id=macro,
                usual=getattr(usual, macro),
                words=found.macros[macro].words,
                parameters=list(found.macros[macro].moves),
            )
            for macro in MACROS
        ],
    )
