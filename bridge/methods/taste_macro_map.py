"""taste.macro_map: what Energy, Tension, Darkness and Groove mean to this user. Loads on first use, in a thread."""

from __future__ import annotations

from typing import Literal

import msgspec

from bridge.call import Call
from bridge.methods.taste import ProfileName
from bridge.methods.taste_answers import SnapshotTold
from bridge.registry import method
from bridge.tasting.takes import book_of, macro_maps_of
from engine.taste.told import KnobMeaning, StretchedCurve


class MacroMapTold(msgspec.Struct, frozen=True):
    """What the knobs mean to a taste profile.

    Attributes:
        profile: its id.
        rated: takes it was learnt from.
        words: what is sure enough to be said, a sentence each.
        meanings: the same in a line for each knob, as far as it is far enough to be heard; the farthest first.
        curves: every curve, by what is steered ("bass", "drums", "humanise" ...).
    """

    profile: str
    rated: int
    words: list[str]
    meanings: list[KnobMeaning]
    curves: dict[str, list[StretchedCurve]]


@method("taste.macro_map")
def macro_map(
    call: Call,
    role: Literal["", "bass", "melody", "arp", "chords", "drums", "humanise", "vary"] = "",
    profile: ProfileName | None = None,
) -> MacroMapTold:
    """Say what the four knobs of Macros mean to a taste profile: in words, and how far each curve is stretched.

    Before the first rating every curve is as it comes with Bandmate; it is learnt from rated takes that were steered.

    Args:
        call: Who asks.
        role: What is steered; left out, all.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.compose.steer.map import STEERED  # noqa: PLC0415 - as below
    from engine.taste.meanings import meanings  # noqa: PLC0415
    from engine.taste.steering import learn  # noqa: PLC0415 - numpy, on first use

    maps = macro_maps_of(call)
    found = maps.refresh() if profile is None else maps.of(profile)
    curves = {each: list(found.curves.get(each) or learn(each, [])) for each in ((role,) if role else STEERED)}
    words = [curve.words for each in curves.values() for curve in each if curve.words]
    return MacroMapTold(found.profile, found.rated, words, meanings(curves), curves)


@method("taste.macro_map_reset")
def macro_map_reset(call: Call, profile: ProfileName | None = None) -> SnapshotTold:
    """Let the knobs mean again what they come with; from now on that is learnt anew. All other learning stays.

    What comes back is the snapshot that leads to how it was just now.

    Args:
        call: Who asks.
        profile: Name or id of the taste profile; left out, the one in use.
    """
    from engine.taste.store import history  # noqa: PLC0415 - SQLite, on first use

    return SnapshotTold.of(history.begin_steering(book_of(call), profile))
