"""compose.learn, compose.own_styles ...: styles learnt from the user's own clips and files.

Who learns or forgets changes what others can choose from: every device is then told so, by `compose.own_changed`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from bridge.call import Call
from bridge.own import shelf_of
from bridge.registry import method

if TYPE_CHECKING:
    from engine.compose.own.learn import Lesson
    from engine.compose.own.model import OwnStyle

_Name = Annotated[str, Meta(min_length=1, max_length=400)]
_NEEDS = ("engine.compose.own.learn", "engine.compose.own.model")


class OwnStyleTold(msgspec.Struct, frozen=True):
    """A style of the user's own.

    Attributes:
        id: how it is asked for. name: as the user called it.
        role: "drums", "bass" or "melody".
        version: how often it was learnt into.
        bars: bars it was learnt from. notes: how many notes.
        sources: names of the clips and files, oldest first.
        words: what it learnt, in sentences.
    """

    id: str
    name: str
    role: str
    version: int
    bars: float
    notes: int
    sources: list[str]
    words: list[str]


class OwnStyles(msgspec.Struct, frozen=True):
    """All of them, by name."""

    styles: list[OwnStyleTold]


def _told(style: OwnStyle) -> OwnStyleTold:
    from engine.compose.own.describe import described  # noqa: PLC0415 - loads on first use

    sources = [source.name for source in style.sources]
    about = (style.id, style.name, style.role, style.version, style.bars, style.notes)
    return OwnStyleTold(*about, sources, described(style))


def _spread(call: Call | None) -> None:
    if call is None:  # the command line, where no engine runs: there is nobody to tell
        return
    call.after_reply.append(lambda: call.runtime.tell_devices("compose.own_changed", {}))


@method("compose.learn", needs=_NEEDS)
def learn(
    call: Call, name: _Name, role: _Name, lessons: Annotated[list[Lesson], Meta(min_length=1, max_length=64)]
) -> OwnStyleTold:
    """Learn a style from clips, or more of the style of that name.

    Args:
        call: Who asks.
        name: What the user calls it.
        role: What it plays: "drums", "bass" or "melody".
        lessons: The clips: name, notes, length, tempo, signature.
    """
    style = shelf_of(call).learn(name, role, lessons)
    _spread(call)
    return _told(style)


@method("compose.own_styles", needs=_NEEDS)
def own_styles(call: Call) -> OwnStyles:
    """List the styles that were learnt, with what each has learnt in words."""
    return OwnStyles([_told(style) for style in shelf_of(call).all()])


@method("compose.own_style", needs=_NEEDS)
def own_style(call: Call, style: _Name) -> OwnStyle:
    """Show one style whole: every table that was counted.

    Args:
        call: Who asks.
        style: Its id or name.
    """
    return shelf_of(call).get(style)


@method("compose.forget_style", needs=_NEEDS)
def forget_style(call: Call, style: _Name) -> OwnStyleTold:
    """Delete a style; what was composed with it stays.

    Args:
        call: Who asks.
        style: Its id or name.
    """
    gone = shelf_of(call).forget(style)
    _spread(call)
    return _told(gone)


class Unlearnt(msgspec.Struct, frozen=True):
    """What became of a style whose last lesson was taken back.

    Attributes:
        style: as it is now; null when that lesson was its first, and so it is forgotten.
    """

    style: OwnStyleTold | None


@method("compose.unlearn", needs=_NEEDS)
def unlearn(call: Call, style: _Name, version: Annotated[int, Meta(ge=1)] | None = None) -> Unlearnt:
    """Take back the last lesson of a style.

    Args:
        call: Who asks.
        style: Its id or name.
        version: The one that lesson made, so that nothing else is taken back; null for whichever is the last.
    """
    before = shelf_of(call).unlearn(style, version)
    _spread(call)
    return Unlearnt(_told(before) if before else None)
