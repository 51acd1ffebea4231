"""What a Bass device's menus offer."""

from __future__ import annotations

import msgspec

from engine.compose.bass.styles import bass_styles, find_style
from engine.compose.part.options import check_asked
from engine.compose.request import ChordsContext

__all__ = ["BassOptions", "BassStyleOption", "bass_options"]


class BassStyleOption(msgspec.Struct, frozen=True):
    """A style as a menu shows it.

    Attributes:
        id: as ``style`` in a request.
        name: as shown.
        description: what it plays.
        tempo: beats per minute it is usually played at, from and to.
        kick: how it locks: "with" the kick, or "between" kicks.
    """

    id: str
    name: str
    description: str
    tempo: tuple[int, int]
    kick: str


class BassOptions(msgspec.Struct, frozen=True):
    """The menus.

    Attributes:
        style: id of the style in use; for "auto" the one that would be taken.
        style_name: as shown.
        styles: entries in menu order, without "auto".
    """

    style: str
    style_name: str
    styles: list[BassStyleOption]


def bass_options(style: str = "auto", context: ChordsContext | None = None, tempo: float = 120.0) -> BassOptions:
    """Lists what can be chosen.

    Args:
        style: id, another name of a style, or "auto".
        context: what surrounds the clip; decides "auto" together with the tempo.
        tempo: beats per minute, 20..999.

    Returns:
        The menus.

    Raises:
        InvalidValue: field "style", "tempo" or one of the context's.
    """
    check_asked(context, tempo)
    found, _ = find_style(style, context, tempo)
    entries = [
        BassStyleOption(item.id, item.name, item.description, item.tempo, item.kick) for item in bass_styles().values()
    ]
    return BassOptions(found.id, found.name, entries)
