"""What the macros mean: the parameters of each role's generator, from the map on the shelf (``presets/macros``)."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

import presets
from engine import typed
from engine.compose.stream.request import MACROS, Macros

__all__ = ["HANDS", "MacroMap", "Meaning", "Settings", "SurpriseMap", "macro_map", "settings_of"]

HANDS = frozenset({"humanise", "swing", "velocity", "gleam", "surprise"})
"""Parameters that change how a bar is played, not which notes it has."""

_WRITTEN_LOOSE = "melody"
"""The role whose notes are written more or less loud already, by Humanise."""

Curve = tuple[tuple[float, float], ...]
Moves = dict[str, Curve]


class Parameter(msgspec.Struct, frozen=True):
    """A parameter's usual value, its range, and the steps it goes in; 0: in none that could be told apart."""

    usual: float
    low: float
    high: float
    step: float = 0.0


class Meaning(msgspec.Struct, frozen=True):
    """What one macro does: in words, and by parameter points (where it stands, what is added)."""

    words: str
    moves: Moves


class SurpriseMap(msgspec.Struct, frozen=True):
    """How a role surprises; see ``presets/schema/macros.schema.json``."""

    most: float
    places: tuple[float, float, float, float]
    kinds: dict[str, float]


class MacroMap(msgspec.Struct, frozen=True):
    """The macros of one role; see ``presets/schema/macros.schema.json``."""

    role: str
    parameters: dict[str, Parameter]
    macros: dict[str, Meaning]
    styles: dict[str, dict[str, Moves]]
    surprise: SurpriseMap

    def moves(self, style: str, macro: str) -> Moves:
        """What a macro moves in a style."""
        return self.styles.get(style, {}).get(macro) or self.macros[macro].moves


class Settings(msgspec.Struct, frozen=True, eq=False):
    """Parameters as the macros set them.

    Attributes:
        values: by name.
        written: names of those that the notes hang on.
        writing: their values, to tell two settings apart by.
    """

    values: dict[str, float]
    written: tuple[str, ...]
    writing: tuple[float, ...]

    def __getitem__(self, name: str) -> float:
        """The value of one parameter."""
        return self.values[name]

    def but(self, **values: float) -> Settings:
        """The same with some parameters set otherwise."""
        return _made({**self.values, **values}, self.written)

    def some(self, *names: str) -> dict[str, float]:
        """Some of the parameters."""
        return {name: self.values[name] for name in names}


def _made(values: dict[str, float], written: tuple[str, ...]) -> Settings:
    return Settings(values, written, tuple(values[name] for name in written))


@cache
def macro_map(role: str) -> MacroMap:
    """The map of a role.

    Args:
        role: one of ``request.ROLES``.
    """
    return typed.convert(presets.load(f"macros/{role}"), MacroMap)


def settings_of(role: str, style: str, macros: Macros) -> Settings:
    """The parameters that macros set.

    Args:
        role: one of ``request.ROLES``.
        style: id of the style in use.
        macros: where they stand.
    """
    return _settings(role, style, tuple(float(getattr(macros, name)) for name in MACROS))


@lru_cache(maxsize=1024)
def _settings(role: str, style: str, stands: tuple[float, ...]) -> Settings:
    found = macro_map(role)
    values = {name: parameter.usual for name, parameter in found.parameters.items()}
    for macro, stand in zip(MACROS, stands, strict=True):
        for name, curve in found.moves(style, macro).items():
            values[name] += _at(curve, stand)
    for name, parameter in found.parameters.items():
        value = values[name] if not parameter.step else round(values[name] / parameter.step) * parameter.step
        values[name] = round(min(parameter.high, max(parameter.low, value)), 3)
    heard = HANDS - {"humanise"} if role == _WRITTEN_LOOSE else HANDS
    return _made(values, tuple(name for name in values if name not in heard))


def _at(curve: Curve, stand: float) -> float:
    """Reads a curve, straight between its points and level beyond them."""
    before = curve[0]
    for point in curve:
        if stand <= point[0]:
            if point[0] == before[0]:
                return point[1]
            return before[1] + (point[1] - before[1]) * (stand - before[0]) / (point[0] - before[0])
        before = point
    return before[1]
