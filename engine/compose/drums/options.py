"""What a device's menus offer for drums: genres with their kits, and the roles there are."""

from __future__ import annotations

import msgspec

from engine.compose.drums.compose import genre_of
from engine.compose.drums.roles import ROLES
from engine.compose.drums.vocabulary import Genre, genres
from engine.compose.part.options import check_asked
from engine.compose.request import ChordsContext

__all__ = ["DrumsOptions", "GenreOption", "LaneOption", "RoleOption", "drums_options"]


class LaneOption(msgspec.Struct, frozen=True):
    """A lane of a genre: its role, its name, and whether every take has it or only some."""

    role: str
    name: str
    always: bool


class RoleOption(msgspec.Struct, frozen=True):
    """A part of the kit: its id on the wire, its name, and its General MIDI pitch."""

    id: str
    name: str
    pitch: int


class GenreOption(msgspec.Struct, frozen=True):
    """A genre as a menu shows it.

    Attributes:
        id, name, description: on the wire, in the menu, in a sentence.
        words: words in a track's name that speak for it.
        tempo: beats per minute it is usually played at, from and to.
        swing: percent of a full triplet that it swings by itself.
        lanes: its kit.
    """

    id: str
    name: str
    description: str
    words: list[str]
    tempo: tuple[int, int]
    swing: float
    lanes: list[LaneOption]


class DrumsOptions(msgspec.Struct, frozen=True):
    """The menus.

    Attributes:
        style: id of the genre in use; for "auto" the one that would be taken. style_name: as shown.
        styles: the genres in menu order, without "auto".
        roles: all parts of a kit.
    """

    style: str
    style_name: str
    styles: list[GenreOption]
    roles: list[RoleOption]


def drums_options(style: str = "auto", context: ChordsContext | None = None, tempo: float = 120.0) -> DrumsOptions:
    """Lists what can be chosen.

    Args:
        style: a genre's id, or "auto".
        context: what surrounds the clip; decides "auto" together with the tempo.
        tempo: beats per minute, 20..999.

    Returns:
        The menus.

    Raises:
        InvalidValue: field "style", "tempo" or one of the context's.
    """
    check_asked(context, tempo)
    found, _ = genre_of(style, context, tempo)
    return DrumsOptions(
        style=found.id,
        style_name=found.name,
        styles=[_option(genre) for genre in genres().values()],
        roles=[RoleOption(role.id, role.name, role.pitch) for role in ROLES.values()],
    )


def _option(genre: Genre) -> GenreOption:
    chosen = {role for choice in genre.choices for option in choice.options for role in option.lanes}
    return GenreOption(
        id=genre.id,
        name=genre.name,
        description=genre.description,
        words=list(genre.words),
        tempo=genre.tempo,
        swing=round(genre.swing * 100.0, 1),
        lanes=[
            LaneOption(lane.role, ROLES[lane.role].name, lane.presence >= 1.0 and lane.role not in chosen)
            for lane in genre.lanes
        ],
    )
