"""What an edit is: one small change of a bar, and when on the way from near to far it comes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import NamedTuple

from engine.compose.vary.bars import Group
from engine.compose.vary.draw import Draw
from engine.compose.vary.material import Material
from engine.compose.vary.touch import Bar

__all__ = ["Apply", "Edit", "Edits", "in_turn", "often", "one_of", "several", "times"]

Apply = Callable[[Material, Group, Draw], Bar]
"""Makes a change; gives the very bar the group has where there is nothing to change."""

_MOST = 16
"""Most times an edit of one kind comes to one bar."""


class Edit(NamedTuple):
    """One kind of change.

    Attributes:
        name: in the words a result is described with ("hats").
        first: depth from which it comes, 0 (nearest) to 1 (farthest).
        last: depth up to which.
        times: how often it comes to a bar.
        apply: makes the change.
        ending: whether it comes only to the last bar of a phrase.
    """

    name: str
    first: float
    last: float
    times: Callable[[Group], int]
    apply: Apply
    ending: bool = False


Edits = Mapping[str, tuple[Edit, ...]]
"""The edits of a role, by what is to be kept: "none", "rhythm" or "pitch"."""


def often(share: float, least: int = 1) -> Callable[[Group], int]:
    """As many times as a share of a bar's notes.

    Args:
        share: times for each note.
        least: at least so often in a bar that has notes.
    """

    def count(group: Group) -> int:
        return min(_MOST, max(least, round(share * len(group.own)))) if group.own else 0

    return count


def times(number: int) -> Callable[[Group], int]:
    """So many times in every bar that has notes."""
    return often(0.0, number)


def several(apply: Apply, share: float) -> Apply:
    """An edit that does at once for a share of a bar's notes what another does for one.

    Args:
        apply: the change to one note.
        share: of the bar's notes.
    """

    def apply_often(material: Material, group: Group, draw: Draw) -> Bar:
        now = group.now
        for _ in range(max(1, round(share * len(group.own)))):
            group.now = apply(material, group, draw)
        changed, group.now = group.now, now
        return changed

    return apply_often


def one_of(*applies: Apply) -> Apply:
    """An edit that is one of several, by chance; one named twice comes twice as often."""

    def apply_one(material: Material, group: Group, draw: Draw) -> Bar:
        return draw.one(applies)(material, group, draw)

    return apply_one


def in_turn(*applies: Apply) -> Apply:
    """An edit made of several, one after the other."""

    def apply_all(material: Material, group: Group, draw: Draw) -> Bar:
        now = group.now
        for apply in applies:
            group.now = apply(material, group, draw)
        changed, group.now = group.now, now
        return changed

    return apply_all
