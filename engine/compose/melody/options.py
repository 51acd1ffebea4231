"""What a device's menus offer: styles of melody and courses of a phrase."""

from __future__ import annotations

import msgspec

from engine.compose.melody.request import CONTOURS, PHRASES
from engine.compose.melody.style import chosen, styles
from engine.compose.part.options import Named, check_asked, named
from engine.compose.request import ChordsContext

__all__ = ["MelodyOptions", "melody_options"]

_COURSES = {
    "auto": ("Auto", "One of the others, lightly followed."),
    "arch": ("Arch", "Up to the middle of each phrase and down again."),
    "rise": ("Rise", "From low to high over each phrase."),
    "fall": ("Fall", "From high to low over each phrase."),
    "wave": ("Wave", "Up and down twice in each phrase."),
    "level": ("Level", "Around the middle of the range."),
}


class MelodyOptions(msgspec.Struct, frozen=True):
    """The menus.

    Attributes:
        style: id of the style in use; for "auto" the one that would be taken.
        style_name: as shown.
        styles: entries in menu order, without "auto".
        contours: entries in menu order, "auto" first.
        phrases: lengths of a phrase in bars.
    """

    style: str
    style_name: str
    styles: list[Named]
    contours: list[Named]
    phrases: list[int]


def melody_options(style: str = "auto", context: ChordsContext | None = None, tempo: float = 120.0) -> MelodyOptions:
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
    found, _ = chosen(style, context, tempo)
    return MelodyOptions(
        style=found.id,
        style_name=found.name,
        styles=named(styles()),
        contours=[Named(name, *_COURSES[name]) for name in CONTOURS],
        phrases=list(PHRASES),
    )
