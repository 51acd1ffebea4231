"""From a clip to a variation: small changes one after the other, until it is as different as was asked for.

The changes of a seed stand in one order, near ones first, whatever the distance. A distance only says where to stop: at
the first point at which the measured difference reaches what is wanted. So of one seed the farther variation always
contains the nearer one's choices, and the measured difference never falls when the distance rises: were the nearer one
already as different as the farther one has to be, the farther one would have stopped there too.

Bars that are alike are changed alike, so that a loop stays a loop; bars that end a phrase go their own way, and sooner.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from copy import copy
from typing import NamedTuple

import numpy as np

from engine.compose.dice import Dice
from engine.compose.vary.bars import Group
from engine.compose.vary.draw import Draw
from engine.compose.vary.edits import Edit
from engine.compose.vary.kit import FAMILY
from engine.compose.vary.material import Material
from engine.compose.vary.measure import cost, most
from engine.compose.vary.touch import Bar

__all__ = ["Climb", "Plan", "climb"]

_ALIKE = 0.7
"""Share of common onsets from which two bars are of a kind."""

_KINDS_COMPARED = 32
"""A bar is compared with so many kinds, the newest; without a bound a long clip of ever new bars would take long."""

_SOONER = 0.75
"""Depths in bars that end a phrase, times this."""

_LOOKED_AT = 8
"""Where nothing is as different as was asked for, so many of the most different states are looked at."""

_LOOKS = 24
"""About so many times on the way it is measured how far it has come."""

_EDITS, _TIMES = 64, 32


class _Passed(NamedTuple):
    """A state on the way."""

    bars: list[Bar]
    taken: int
    done: dict[str, int]


class Climb:
    """A variation in the making.

    Attributes:
        groups: the clip's bars by what they are.
        bars: as they are now, one for each bar of the clip.
        taken: how many changes were made.
        done: how often each kind of change was made.
    """

    def __init__(self, material: Material, groups: list[Group]) -> None:
        self._material, self.groups = material, groups
        self._notes = len(material.notes)
        self._now = self._notes
        self._unmeasured: dict[int, Group] = {}
        self._unbounded: dict[int, Group] = {}
        self.taken = 0
        self.done: dict[str, int] = {}

    @property
    def difference(self) -> float:
        """Measured difference from the clip; only bars that changed since it was last asked for are measured."""
        for group in self._unmeasured.values():
            group.cost = cost(group.own, group.now, self._material.grid.step, drums=self._material.drums)
        self._unmeasured.clear()
        return sum([len(group.members) * group.cost for group in self.groups]) / (self._notes + self._now)

    def reaches(self, wanted: float) -> bool:
        """Whether the difference is at least so much; measured only where it may be."""
        for group in self._unbounded.values():
            group.most = most(group.own, group.now)
        self._unbounded.clear()
        bound = sum([len(group.members) * group.most for group in self.groups]) / (self._notes + self._now)
        return bound >= wanted and self.difference >= wanted

    @property
    def bars(self) -> list[Bar]:
        """The bars in order."""
        out: list[Bar] = [{}] * len(self._material.bars)
        for group in self.groups:
            for member in group.members:
                out[member] = group.now
        return out

    def take(self, edit: Edit, group: Group, draw: Draw) -> None:
        """Makes a change."""
        bar = edit.apply(self._material, group, draw)
        if bar is group.now or not bar:
            return
        members = len(group.members)
        self._now += members * (len(bar) - len(group.now))
        group.now = bar
        self._changed(group)
        self.taken += 1
        self.done[edit.name] = self.done.get(edit.name, 0) + members

    def _changed(self, group: Group) -> None:
        self._unmeasured[id(group)] = self._unbounded[id(group)] = group

    def passed(self) -> _Passed:
        """What it takes to come back to where it is now."""
        return _Passed([group.now for group in self.groups], self.taken, dict(self.done))

    def back_to(self, passed: _Passed) -> None:
        """Goes back to a state it has passed."""
        self._now = 0
        for group, bar in zip(self.groups, passed.bars, strict=True):
            group.now = bar
            self._now += len(group.members) * len(bar)
            self._changed(group)
        # Another number than it had there: what was made of that state may be remembered under it.
        self.taken, self.done = -passed.taken, passed.done

    def differences(self, passed: Sequence[_Passed]) -> list[float]:
        """Measured differences of states it has passed, which have most of their bars in common."""
        known: dict[int, float] = {}
        found = []
        for each in passed:
            total, notes = 0.0, self._notes
            for group, bar in zip(self.groups, each.bars, strict=True):
                if id(bar) not in known:
                    known[id(bar)] = cost(group.own, bar, self._material.grid.step, drums=self._material.drums)
                total += len(group.members) * known[id(bar)]
                notes += len(group.members) * len(bar)
            found.append(total / notes)
        return found


def groups_of(material: Material) -> list[Group]:
    """Sorts the bars of a clip: those alike to the last note are one group, groups of one rhythm one kind."""
    groups: dict[object, Group] = {}
    kinds: list[frozenset[tuple[int, int]]] = []
    for number, bar in enumerate(material.bars):
        ends, slots, harmony = material.ends_phrase(number), material.grid.slots_in(number), material.harmony[number]
        content = tuple(
            [(place, round(note.start_time, 6), note.duration, note.velocity) for place, note in bar.items()]
        )
        name = (content, ends, slots, harmony)
        group = groups.get(name)
        if group is None:
            group = groups[name] = Group(bar, slots, harmony, ends=ends, kin=_kind(material, bar, kinds))
        group.members.append(number)
    return list(groups.values())


def _kind(material: Material, bar: Bar, kinds: list[frozenset[tuple[int, int]]]) -> int:
    """The number of the kind a bar is of; a new one where it is like none before."""
    own = frozenset(
        [(slot, FAMILY[pitch]) for slot, pitch, _ in bar] if material.drums else [(slot, 0) for slot, _, _ in bar]
    )
    for number in range(len(kinds) - 1, max(-1, len(kinds) - 1 - _KINDS_COMPARED), -1):
        both = len(own | kinds[number])
        if not both or len(own & kinds[number]) >= _ALIKE * both:
            return number
    kinds.append(own)
    return len(kinds) - 1


class Plan:
    """What may be changed where: the same for all variations of a clip.

    Args:
        material: the clip.
        edits: the changes of its role.
    """

    def __init__(self, material: Material, edits: Sequence[Edit]) -> None:
        self._material, self._groups = material, groups_of(material)
        self._steps: list[tuple[Edit, int]] = []
        depths: list[tuple[float, float, float]] = []
        names: list[int] = []
        for place, group in enumerate(self._groups):
            # Groups of one kind, and equal place in the phrase, share their numbers: they are changed alike.
            kind = group.kin * 2 + group.ends
            for number, edit in enumerate(edits):
                count = 0 if edit.ending and not group.ends else min(_TIMES, edit.times(group))
                base = (kind * _EDITS + number) * _TIMES
                names.extend(range(base, base + count))
                self._steps.extend([(edit, place)] * count)
                depths.extend([(edit.first, edit.last - edit.first, _SOONER if group.ends else 1.0)] * count)
        self._names = np.array(names, dtype=np.int64)
        self._depths = np.array(depths, dtype=np.float64).reshape(-1, 3).T

    def over(self, material: Material) -> Plan:
        """The same plan for a material of the same clip."""
        plan = copy(self)
        plan._material = material
        return plan

    def begin(self) -> Climb:
        """Starts from the clip, with groups of its own."""
        return Climb(self._material, [group.anew() for group in self._groups])

    def order(self, dice: Dice) -> list[tuple[Edit, int, float]]:
        """Every change of one variation, near ones first: of which group, and its number of chance."""
        first, width, sooner = self._depths
        at = (first + width * dice.uniforms("depth", self._names)) * sooner
        steps, chances = self._steps, dice.uniforms("change", self._names).tolist()
        return [(*steps[number], chances[number]) for number in at.argsort(kind="stable").tolist()]


def climb(plan: Plan, dice: Dice, wanted: float, is_new: Callable[[Climb], bool]) -> Climb:
    """Makes one variation.

    Args:
        plan: of the clip.
        dice: of this variation.
        wanted: measured difference to reach, above 0.
        is_new: tells whether a state is neither the clip itself nor another variation.

    Returns:
        The first state on the way that is as different as wanted and new; where there is none, the most different new
        one; where no state is new, the last.
    """
    order = plan.order(dice)
    state = plan.begin()
    passed: list[_Passed] = []
    stride = 1 + len(order) // _LOOKS
    for place, (edit, group, number) in enumerate(order):
        state.take(edit, state.groups[group], Draw(number))
        # Looked at on the same places for every distance, or a farther one might stop before a nearer one.
        if place >= stride and place % stride and place != len(order) - 1:
            continue
        if state.reaches(wanted) and is_new(state):
            return state
        passed.append(state.passed())
    far = state.differences(passed)
    for place in sorted(range(len(far)), key=lambda one: -far[one])[:_LOOKED_AT]:
        state.back_to(passed[place])
        if is_new(state):
            break
    return state
