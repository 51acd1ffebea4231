"""What the knobs of Macros came to mean to a user, in a line that is read at a glance: "Energy: busier, not louder"."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

import msgspec

import presets
from engine import typed
from engine.compose.steer.map import steer_map
from engine.taste.told import KnobMeaning, StretchedCurve

__all__ = ["meanings"]

_FAR = 0.25
"""How far from 1 a stretch lies at least that anybody would hear."""

_MOST = 3
"""Things said of a knob: who reads more of them at a glance knows none."""

_DEGREES = ((1.75, "far "), (1.0, ""), (0.3, "slightly "), (-0.2, "not "))
"""What a knob does in words, by the least stretch; below the last the opposite."""

_PLACES = {"humanise": "humanised clips", "vary": "variations"}
"""What is steered, where it is not called as the generator is."""


class _Settings(msgspec.Struct, frozen=True):
    """See ``presets/schema/taste_macro_map.schema.json``."""

    ways: dict[str, tuple[str, str]]


@cache
def _ways() -> dict[str, tuple[str, str]]:
    return typed.convert(presets.load("taste/macro_map"), _Settings).ways


def meanings(curves: Mapping[str, Sequence[StretchedCurve]]) -> list[KnobMeaning]:
    """Returns what knobs mean otherwise than on the shelf, as far as it is sure and far enough to be heard.

    Args:
        curves: as ``steering.learn`` tells them, by generator. With one generator its name is left out of the words.

    Returns:
        The farthest first; generators to which a knob means the same are told together.
    """
    alone = len(curves) == 1
    found: dict[tuple[str, str], list[tuple[str, list[StretchedCurve]]]] = {}
    for role, all_of_role in curves.items():
        for knob, heard in _heard(all_of_role).items():
            phrase = ", ".join(_way(role, one) for one in heard)
            found.setdefault((knob, phrase), []).append((role, heard))
    told = [
        (
            max(_far(one) for _, heard in those for one in heard),
            KnobMeaning(
                knob=knob,
                roles=[role for role, _ in those],
                deviations=min(_far(one) / one.deviation for _, heard in those for one in heard),
                words=f"{knob.capitalize()}{'' if alone else f' on {_listed(those)}'}: {phrase}",
            ),
        )
        for (knob, phrase), those in found.items()
    ]
    return [meaning for _, meaning in sorted(told, key=lambda each: -each[0])]


def _heard(curves: Sequence[StretchedCurve]) -> dict[str, list[StretchedCurve]]:
    """What is told of each knob: first what it does more, last what it does not do."""
    found: dict[str, list[StretchedCurve]] = {}
    for one in sorted(curves, key=_far, reverse=True):
        # Without words of its own ratings are not sure of it.
        if one.words and _far(one) >= _FAR and len(found.setdefault(one.knob, [])) < _MOST:
            found[one.knob].append(one)
    return {knob: sorted(those, key=lambda one: -one.stretch) for knob, those in found.items()}


def _far(one: StretchedCurve) -> float:
    return round(abs(one.stretch - 1), 4)


def _way(role: str, one: StretchedCurve) -> str:
    rises = steer_map(role).steer[one.knob].moves[one.parameter][-1][1] > 0
    falling, rising = _ways()[one.parameter]
    usual, opposite = (rising, falling) if rises else (falling, rising)
    return next((f"{degree}{usual}" for least, degree in _DEGREES if one.stretch >= least), opposite)


def _listed(those: Sequence[tuple[str, object]]) -> str:
    names = [_PLACES.get(role, role) for role, _ in those]
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
