"""What the four knobs mean for each generator, as data: the map on the shelf (``presets/macros``) or any other one."""

from __future__ import annotations

from functools import cache

import msgspec

import presets
from engine import typed
from engine.compose.steer.curves import Meaning, Parameter, at
from engine.compose.steer.request import KNOBS, Steer

__all__ = ["STEERED", "SteerMap", "steer_map"]

STEERED = ("bass", "melody", "arp", "chords", "drums", "humanise", "vary")
"""Generators that can be steered."""


class SteerMap(msgspec.Struct, frozen=True):
    """The knobs of one generator; see ``presets/schema/macros.schema.json``.

    Attributes:
        role: one of ``STEERED``.
        parameters: what can be moved.
        steer: by knob; one that means nothing to the generator is left out. Curves go from -1 to 1 and are 0 at 0.
    """

    role: str
    parameters: dict[str, Parameter]
    steer: dict[str, Meaning]

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
