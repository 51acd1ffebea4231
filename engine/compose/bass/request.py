"""What can be asked of the bass composer and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Any

import msgspec
from msgspec import UNSET, Meta, UnsetType

from engine.compose.checks import check_number, is_number
from engine.compose.part.request import PartRequest, PartResult, check_part
from engine.compose.request import Percent, Text
from engine.errors import InvalidValue

__all__ = ["MOST_KICKS", "BassRequest", "BassResolved", "BassResult", "Onset", "check_bass", "check_kick"]

MOST_KICKS = 4096
"""Kick onsets that one request may hold."""

Onset = Annotated[float, Meta(ge=0)]

PERCENTS = (
    *("density", "complexity", "humanise", "swing", "variation"),
    *("movement", "syncopation", "ghosts", "lock", "slide"),
)


class BassRequest(PartRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What can be asked for; nothing is required. Where 50 is the default, it is the style's own amount.

    Attributes:
        kick: kick onsets in beats from the clip's start, 0 or more; whole bars of them go round. Left out: no kick is
            listened to.
        movement: how readily the line moves into the next chord by an approach note just before it, percent.
        syncopation: below 50 off-beats move onto the beat, above it beats come early, percent.
        ghosts: how many muted notes stand between the others, percent.
        lock: how closely the line keeps to ``kick``, percent: 0 does not listen; at 100 it plays with every kick and
            nowhere else, or, in styles whose bass answers the kick (house, techno, trance), never on one.
        slide: how many notes slide into the next one, percent. A sliding note lasts into the next one, of another
            pitch: what a mono instrument with legato glide (a 303, an 808) plays as a slide.
        own: id or name of a style learnt from the user's own music; left out, none.
        own_amount: how many beats are that style's, percent; 0 none, 100 all.
    """

    kick: Annotated[list[Onset], Meta(max_length=MOST_KICKS)] | None = None
    movement: Percent = 50.0
    syncopation: Percent = 50.0
    ghosts: Percent = 50.0
    lock: Percent = 50.0
    slide: Percent = 50.0
    own: Text | None = None
    own_amount: Percent = 50.0


class BassResolved(msgspec.Struct, frozen=True, kw_only=True):
    """What the line was made with: every decision and every knob.

    Attributes:
        key, camelot: the key, by name and as a Camelot code.
        style, style_name: the style, by id and as shown.
        progression: the harmony as a label shows it.
        source: where it came from: "chords", "notes", "progression" or "stock".
        locked: whether a kick was listened to.
        the others: as in the request.
    """

    key: str
    camelot: str
    style: str
    style_name: str
    progression: str
    source: str
    locked: bool
    bars: int
    tempo: float
    signature_numerator: int
    signature_denominator: int
    swing_grid: str
    density: float
    complexity: float
    humanise: float
    swing: float
    variation: float
    movement: float
    syncopation: float
    ghosts: float
    lock: float
    slide: float
    own: str | None
    own_amount: float


class BassResult(PartResult, frozen=True, kw_only=True):
    """A bass line; see ``PartResult``.

    Attributes:
        resolved: what it was made with.
        others: runners-up, the next one first, each with ``offered`` of its own; absent where ``offer`` was left out.
    """

    resolved: BassResolved
    others: list[BassResult] | UnsetType = UNSET


def check_bass(request: BassRequest) -> float:
    """Refuses what cannot be done; see ``check_part``.

    Returns:
        Beats to be written.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    length = check_part(request, PERCENTS)
    if request.kick is not None:
        check_kick(request.kick)
    return length


def check_kick(kick: Any) -> None:
    """Refuses onsets of a kick that are none.

    Raises:
        InvalidValue: field "kick".
    """
    if not isinstance(kick, list) or len(kick) > MOST_KICKS:
        raise InvalidValue("kick", kick, f"Give a list of at most {MOST_KICKS} onsets in beats, or leave it out.")
    for number, onset in enumerate(kick, start=1):
        if not is_number(onset) or onset < 0:
            raise InvalidValue("kick", onset, f"Kick {number}: onsets are beats from the clip's start, 0 or more.")
    if kick:
        check_number("kick", max(kick), 0, 8192, "Use onsets up to 8192 beats.")
