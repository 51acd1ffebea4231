"""What the four knobs mean for each generator, as data: the map on the shelf (``presets/macros``) or any other one."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

import presets
from engine import typed
from engine.compose.steer.curves import Meaning, Parameter, at
from engine.compose.steer.request import KNOBS, Steer
from engine.errors import InvalidValue

__all__ = ["STEERED", "SteerMap", "map_of", "steer_map", "stretched"]

STEERED = ("bass", "melody", "arp", "chords", "drums", "humanise", "vary")
"""Generators that can be steered."""


class SteerMap(msgspec.Struct, frozen=True):
    """The knobs of one generator; see ``presets/schema/macros.schema.json``.

    Attributes:
        role: one of ``STEERED``.
        parameters: what can be moved.
        steer: by knob; one that means nothing to the generator is left out. Curves go from -1 to 1 and are 0 at 0.
        stretched: what curves of the shelf were stretched by, by knob and parameter; empty for the shelf's own.
    """

    role: str
    parameters: dict[str, Parameter]
    steer: dict[str, Meaning]
    stretched: dict[str, float] = {}

    def moves(self, steer: Steer | None) -> dict[str, float]:
        """What is added to which parameters.

        Args:
            steer: where the knobs stand; None: at rest.

        Returns:
            By name; what is not moved is left out.
        """
        found: dict[str, float] = {}
        if steer is None:
            return found
        for knob in KNOBS:
            stand, meaning = getattr(steer, knob), self.steer.get(knob)
            if stand == 0 or meaning is None:
                continue
            for name, curve in meaning.moves.items():
                found[name] = found.get(name, 0.0) + at(curve, stand)
        return {name: value for name, value in found.items() if value}


@cache
def steer_map(role: str) -> SteerMap:
    """The map that is used where no other one is given.

    Args:
        role: one of ``STEERED``.
    """
    return typed.convert(presets.load(f"macros/{role}"), SteerMap)


def stretched(role: str, by: dict[str, float]) -> SteerMap:
    """The map on the shelf with some of its curves stretched: each rises where it rose, or falls there if it is turned.

    Args:
        role: one of ``STEERED``.
        by: by knob and parameter ("energy.density"), ``request.LEAST`` to ``request.MOST``; 1 changes nothing.

    Raises:
        InvalidValue: field "steer.stretch": the knob does not move such a parameter.
    """
    told = {name: float(factor) for name, factor in sorted(by.items()) if factor != 1}
    return _stretched(role, tuple(told.items())) if told else steer_map(role)


def map_of(role: str, steer: Steer | None, given: SteerMap | None = None) -> SteerMap:
    """What the knobs of a request mean.

    Args:
        role: one of ``STEERED``.
        steer: of the request; what it says of stretching goes before all else.
        given: the map to use where it says nothing; None: what is on the shelf.

    Raises:
        InvalidValue: as ``stretched``.
    """
    if steer is not None and steer.stretch is not None:
        return stretched(role, steer.stretch)
    return given or steer_map(role)


@lru_cache(maxsize=256)
def _stretched(role: str, by: tuple[tuple[str, float], ...]) -> SteerMap:
    found = steer_map(role)
    known = {f"{knob}.{name}" for knob, meaning in found.steer.items() for name in meaning.moves}
    factors = dict(by)
    for name in factors:
        if name not in known:
            raise InvalidValue("steer.stretch", name, f"For {role} use one of: {', '.join(sorted(known))}.")
    steer = {
        knob: Meaning(
            meaning.words,
            {
                name: tuple((stand, move * factors.get(f"{knob}.{name}", 1.0)) for stand, move in curve)
                for name, curve in meaning.moves.items()
            },
        )
        for knob, meaning in found.steer.items()
    }
    return SteerMap(role, found.parameters, steer, factors)
