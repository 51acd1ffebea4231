"""What a device's menus offer: styles, the twelve progressions of one of them, rhythms, voicings."""

from __future__ import annotations

import msgspec

from engine.compose.part.options import Named, check_asked, named
from engine.compose.request import ChordsContext
from engine.compose.resolve import resolve_style
from engine.compose.stock import rhythms, styles, voicings

__all__ = ["ChordsOptions", "ProgressionOption", "chords_options"]


class ProgressionOption(msgspec.Struct, frozen=True):
    """A progression as a menu shows it.

    Attributes:
        id: stock id, understood as ``progression`` in a request.
        name: short text for a menu ("i VI III VII").
        figures: roman figures.
        mode: "major" or "minor".
        description: what it feels like.
    """

    id: str
    name: str
    figures: str
    mode: str
    description: str


class ChordsOptions(msgspec.Struct, frozen=True):
    """The menus.

    Attributes:
        style: id of the style in use; for "auto" the one that would be taken.
        style_name: as shown.
        styles, rhythms, voicings: entries in menu order, without "auto".
        progressions: the style's stock, entry n being "#n".
    """

    style: str
    style_name: str
    styles: list[Named]
    progressions: list[ProgressionOption]
    rhythms: list[Named]
    voicings: list[Named]


def chords_options(style: str = "auto", context: ChordsContext | None = None, tempo: float = 120.0) -> ChordsOptions:
    """Lists what can be chosen.

    Args:
        style: id or "auto".
        context: what surrounds the clip; decides "auto" together with the tempo.
        tempo: beats per minute, 20..999.

    Returns:
        The menus.

    Raises:
        InvalidValue: field "style", "tempo" or one of the context's.
    """
    check_asked(context, tempo)
    found, _ = resolve_style(style, context, tempo)
    return ChordsOptions(
        style=found.id,
        style_name=found.name,
        styles=named(styles()),
        progressions=[
            ProgressionOption(item.id, item.name, item.figures, item.mode, item.description)
            for item in found.progressions
        ],
        rhythms=named(rhythms()),
        voicings=named(voicings()),
    )
