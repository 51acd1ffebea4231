"""Which pad plays which role: General MIDI, a map that was given, or the names on a rack's own pads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from itertools import pairwise

import msgspec

from engine.compose.drums.roles import ROLES

__all__ = ["Kit", "general_midi", "kit_of", "role_of"]

_OPEN = frozenset({"open", "op", "o"})
_PEDAL = frozenset({"pedal", "foot", "ped"})
_HATS = frozenset({"hat", "hats", "hh", "hihat", "hihats", "hi hat", "cymbal hat"})

# Words on a pad, one role each. What says more stands first: a "Snare Rim" is a rim, an "808 Kick" a kick.
_WORDS: tuple[tuple[str, frozenset[str]], ...] = (
    ("open_hat", frozenset({"oh", "ohh", "hho", "openhat", "openhh"})),
    ("hat_low", frozenset({"ph", "hhp", "pedalhat"})),
    ("hat", frozenset({"ch", "chh", "hhc", "closedhat", "closedhh"})),
    ("rim", frozenset({"rim", "rims", "rimshot", "sidestick", "stick", "xstick", "rs"})),
    ("clap", frozenset({"clap", "claps", "clp", "cp", "handclap", "snap", "snaps", "fingersnap"})),
    ("snare", frozenset({"snare", "snares", "snr", "sd", "sn"})),
    ("kick", frozenset({"kick", "kicks", "kik", "kck", "bd", "bassdrum"})),
    ("shaker", frozenset({"shaker", "shakers", "shk", "shkr", "maracas", "maraca", "cabasa"})),
    ("tambourine", frozenset({"tambourine", "tamb", "tambo"})),
    ("ride", frozenset({"ride", "rd"})),
    ("cowbell", frozenset({"cowbell", "cowb", "cb", "bell", "agogo"})),
    ("clave", frozenset({"clave", "claves", "clv"})),
    ("crash", frozenset({"crash", "cymbal", "cym", "splash", "china", "cy"})),
    (
        "perc",
        frozenset({"perc", "percussion", "block", "woodblock", "timbale", "djembe", "bongo", "tabla", "triangle"}),
    ),
    ("sub", frozenset({"808", "sub"})),
)
_LOW = frozenset({"low", "lo", "l", "floor", "3"})
_HIGH = frozenset({"high", "hi", "h", "1"})
_TOMS = {"lt": "low_tom", "ft": "low_tom", "mt": "mid_tom", "ht": "high_tom"}
_CONGAS = {"lc": "conga_low", "mc": "conga_low", "hc": "conga_high"}


class Kit(msgspec.Struct, frozen=True):
    """A kit ready to be played.

    Attributes:
        pitches: MIDI pitch by role, those that stand in for others included; a role that is missing is left out.
        present: roles the kit has by itself.
        notices: who plays what for whom, once a role that is missing is wanted; by role.
    """

    pitches: dict[str, int]
    present: frozenset[str]
    notices: dict[str, str]


@cache
def general_midi() -> Kit:
    """The kit of General MIDI; it has no 808."""
    pitches = {role.id: role.pitch for role in ROLES.values() if role.instead or not role.silent}
    return Kit(pitches, frozenset(pitches), {})


def role_of(name: str) -> str | None:
    """Reads a role from what is written on a pad.

    Args:
        name: "Kick 909", "HH Open", "BD", "closed-hat", "open_hat", "Tom Low"; case does not matter.

    Returns:
        A role's id, or None where no word is known.
    """
    folded = re.sub(r"[^a-z0-9]+", "_", name.strip().lower()).strip("_")
    if folded in ROLES:
        return folded
    # Letters and figures part ways ("BD1", "Kick01"), so that a number hides no word.
    words = re.findall(r"[a-z]+|[0-9]+", folded)
    said = {word.lstrip("0") or word for word in words}
    said |= {first + second for first, second in pairwise(words) if not second.isdigit()}
    if said & _HATS:
        return "open_hat" if said & _OPEN else "hat_low" if said & _PEDAL else "hat"
    for tables in (_TOMS, _CONGAS):
        found = next((role for word, role in tables.items() if word in said), None)
        if found:
            return found
    if said & {"tom", "toms"}:
        return "low_tom" if said & _LOW else "high_tom" if said & _HIGH else "mid_tom"
    if said & {"conga", "congas"}:
        return "conga_high" if said & _HIGH else "conga_low"
    return next((role for role, known in _WORDS if said & known), None)


def kit_of(pads: Iterable[tuple[str, int]]) -> Kit:
    """Makes a kit of pads.

    Of two pads for one role the lower plays it; a second closed hat is the lower hat of rolls, and second and third
    toms take the heights that are free.

    Args:
        pads: name and MIDI pitch of each; names that say no role are not played.

    Returns:
        The kit. It may be without any role.
    """
    own: dict[str, int] = {}
    for name, pitch in sorted(pads, key=lambda pad: pad[1]):
        role = role_of(name)
        if role is None or pitch in own.values():
            continue
        free = next((each for each in (role, *_SPARE.get(role, ())) if each not in own), None)
        if free is not None:
            own[free] = pitch
    return _completed(own)


_SPARE = {
    "hat": ("hat_low",),
    "mid_tom": ("high_tom", "low_tom"),
    "low_tom": ("mid_tom", "high_tom"),
    "high_tom": ("mid_tom", "low_tom"),
    "conga_low": ("conga_high",),
    "perc": ("clave",),
}


def _completed(own: Mapping[str, int]) -> Kit:
    """Finds for every role the kit lacks the nearest that it has."""
    pitches, notices = dict(own), {}
    for role in ROLES.values():
        if role.id in own:
            continue
        nearest = next((other for other in role.instead if other in own), None)
        words = f"The kit has no {role.name}, nor anything near it: left out."
        if nearest is not None:
            pitches[role.id] = own[nearest]
            words = f"The kit has no {role.name}: {ROLES[nearest].name} plays it."
        if not role.silent:
            notices[role.id] = words
    return Kit(pitches, frozenset(own), notices)
