"""What the macros mean: the parameters of each role's generator, from the map on the shelf (``presets/macros``)."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec

import presets
from engine import typed
from engine.compose.steer.curves import Meaning, Moves, Parameter, at
from engine.compose.steer.map import SteerMap, steer_map
from engine.compose.steer.request import Steer
from engine.compose.stream.request import MACROS, Macros

__all__ = ["HANDS", "MacroMap", "Settings", "SurpriseMap", "macro_map", "settings_of"]

HANDS = frozenset({"humanise", "swing", "velocity", "gleam", "surprise"})
"""Parameters that change how a bar is played, not which notes it has."""

_WRITTEN_LOOSE = "melody"
"""The role whose notes are written more or less loud already, by Humanise."""


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
        hand: likewise, of what makes the hand that plays.
    """

    values: dict[str, float]
    written: tuple[str, ...]
    writing: tuple[float, ...]
    hand: tuple[float, float, float, float]

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
    of = values.get
    hand = (of("humanise", 0.0), of("swing", 0.0), of("velocity", 0.0), of("gleam", 0.0))
    return Settings(values, written, tuple([values[name] for name in written]), hand)


@cache
def macro_map(role: str) -> MacroMap:
    """The map of a role.

    Args:
        role: one of ``request.ROLES``.
    """
    return typed.convert(presets.load(f"macros/{role}"), MacroMap)


def settings_of(
    role: str, style: str, macros: Macros, steer: Steer | None = None, steering: SteerMap | None = None
) -> Settings:
    """The parameters that macros set, and steering moves.

    Args:
        role: one of ``request.ROLES``.
        style: id of the style in use.
        macros: where they stand.
        steer: where the knobs stand that steer a whole Set; None: at rest.
        steering: what these mean; left out, what is on the shelf.
    """
    stands = tuple(map(float, msgspec.structs.astuple(macros)))
    if steer is None:
        return _settings(role, style, stands)
    values = dict(_values(role, style, stands))
    for name, move in (steering or steer_map(role)).moves(steer).items():
        values[name] += move
    return _kept(role, values)


@lru_cache(maxsize=1024)
def _settings(role: str, style: str, stands: tuple[float, ...]) -> Settings:
    return _kept(role, _values(role, style, stands))


@lru_cache(maxsize=1024)
def _values(role: str, style: str, stands: tuple[float, ...]) -> dict[str, float]:
    """The parameters before they are brought into their ranges; not to be changed, for it is kept."""
    values = {name: parameter.usual for name, parameter in macro_map(role).parameters.items()}
    for macro, stand in zip(MACROS, stands, strict=True):
        for name, move in _moves(role, style, macro, stand):
            values[name] += move
    return values


@lru_cache(maxsize=4096)
def _moves(role: str, style: str, macro: str, stand: float) -> tuple[tuple[str, float], ...]:
    """What one macro adds to which parameters; it mostly stands at one of a hundred places."""
    return tuple([(name, at(curve, stand)) for name, curve in macro_map(role).moves(style, macro).items()])


def _kept(role: str, values: dict[str, float]) -> Settings:
    parameters = macro_map(role).parameters
    values = {name: parameters[name].kept(value) for name, value in values.items()}
    heard = HANDS - {"humanise"} if role == _WRITTEN_LOOSE else HANDS
    return _made(values, tuple(name for name in values if name not in heard))
