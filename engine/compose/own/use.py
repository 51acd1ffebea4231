"""How a generator takes up a style of the user's own: the right one for its role, or a refusal in words."""

from __future__ import annotations

from typing import Protocol

from engine.compose.checks import check_percent
from engine.compose.own.model import OwnRole, OwnStyle
from engine.errors import InvalidValue

__all__ = ["Wanted", "fitting"]


class Wanted(Protocol):
    """A request that may name a style of the user's own."""

    @property
    def own(self) -> str | None:
        """Its id or name."""

    @property
    def own_amount(self) -> float:
        """How many beats are to be its own, percent."""


def fitting(own: OwnStyle | None, request: Wanted, role: OwnRole) -> OwnStyle | None:
    """Checks that the style a request names is there and plays the part.

    Args:
        own: the style, as it was found.
        request: what is wanted.
        role: of the generator.

    Returns:
        The style, or None where none is wanted.

    Raises:
        InvalidValue: field "own" or "own_amount".
    """
    check_percent("own_amount", request.own_amount)
    if request.own is None:
        return None
    if own is None:
        raise InvalidValue("own", request.own, "No such style was learnt: learn one from a clip first.")
    if own.role != role:
        raise InvalidValue("own", request.own, f'"{own.name}" was learnt from {own.role}: take one learnt from {role}.')
    return own
