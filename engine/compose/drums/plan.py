"""What a take decides once: which lanes play, which of their cells, and at what Density each hit joins.

Every step of a lane carries the Density at which it sounds, as a number: 0 for the core that defines
the genre, up to 1 for what the chosen cell has, between a half and 1 for the spice the dice let in,
above 1 for what would join next. So the knob only ever adds hits, and the same holds for Ghosts.
"""

from __future__ import annotations

import math
from collections.abc import Mapping

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.drums.adapt import SIXTEENTHS
from engine.compose.drums.chances import Chances, spread
from engine.compose.drums.request import DrumsRequest, LaneWish
from engine.compose.drums.roles import ORDER, TIME
from engine.compose.drums.vocabulary import CYCLE, Genre, Lane, LaneTable, Tables, table, tables

__all__ = ["Plan", "Voice", "lane_number", "make_plan"]

USUAL_COMPLEXITY = 35.0

_MOST_COMPLEX = 3.6
"""How many times the usual chance of spice and further lanes there is at Complexity 100."""

_USUAL, _PLAINEST = 0.5, 0.25
"""From this presence on a lane is one that takes usually have, and what they have of it below this factor they always
have: at Complexity 0 a hat that nearly every take has still plays in most."""

_KEEPERS = TIME | {"open_hat"}
_KEPT, _FEWEST = 0.7, 3
"""Presence from which on a lane that keeps time is one the genre cannot do without, and the least lanes of a take."""

_RESTLESS, _STEADY = 0.2, 1.8
"""Exponents of Variation for the most and the least restless player; 1 for a machine."""

_HANDS = 15.0
"""Touch of a genre played by hand: players differ in how restless they are, machines do not."""

_Floats = NDArray[np.float64]


class Voice(msgspec.Struct, frozen=True):
    """One lane of a take.

    Attributes:
        role: of the kit.
        lane: of the genre.
        number: what its random numbers are named by.
        density: factor of this lane and of the whole.
    """

    role: str
    lane: Lane
    number: int
    density: float


class Plan(msgspec.Struct, frozen=True):
    """The decisions of a take; arrays are (CYCLE, lanes, 16) unless told otherwise.

    Attributes:
        genre: whose vocabulary.
        request: as given.
        voices: the lanes that play, in the genre's order.
        numbers: of the voices, int64 (lanes,).
        density: (lanes, 1).
        loose: (lanes, 1).
        others: whether a lane has another cell to change to, (lanes,).
        need, velocity, ghost: of the main cells: Density at which a hit joins, its velocity, Ghosts at which a
            ghost note joins.
        other_need, other_velocity, other_ghost: of the cells that answer them.
        ghost_need, ghost_velocity: (lanes, 16).
        more: factor of the usual chances, from Complexity.
        variation: 0..1, as this take's player understands the knob.
        home: roles the take has by itself, whatever wishes silence or call in; fills prefer them.
    """

    genre: Genre
    request: DrumsRequest
    voices: tuple[Voice, ...]
    numbers: NDArray[np.int64]
    density: _Floats
    loose: _Floats
    others: NDArray[np.bool_]
    need: _Floats
    velocity: _Floats
    ghost: _Floats
    other_need: _Floats
    other_velocity: _Floats
    other_ghost: _Floats
    ghost_need: _Floats
    ghost_velocity: _Floats
    more: float
    variation: float
    home: frozenset[str]


def lane_number(role: str, wish: LaneWish | None) -> int:
    """What the random numbers of a lane are named by: its role and how often it was re-rolled."""
    return ORDER[role] + 64 * (wish.reroll if wish else 0)


def make_plan(genre: Genre, request: DrumsRequest, dice: Dice) -> Plan:
    """Chooses lanes and cells.

    Args:
        genre: whose vocabulary.
        request: checked.
        dice: of the take's seed.

    Returns:
        The plan; bars are made of it by ``engine.compose.drums.bar``.
    """
    wishes: Mapping[str, LaneWish] = request.lanes or {}
    more = _more(request.complexity)
    silent = _not_chosen(genre, dice)
    home = _home(genre, silent, more * spread(dice.uniform("busy")), dice)
    rows = []
    for place, lane in enumerate(genre.lanes):
        wish = wishes.get(lane.role)
        if _plays(wish, lane.role in home):
            rows.append((place, lane, wish))
    voices, cells, others = [], [], []
    for place, lane, wish in rows:
        number, data = lane_number(lane.role, wish), table(genre.id, place)
        first, second = _cells(data, number, dice)
        density = request.density * (wish.density if wish else 1.0)
        voices.append(Voice(lane.role, lane, number, density))
        cells.append((data.signs[first], data.signs[second]))
        others.append(first != second)
    lanes = tables(genre.id, tuple(place for place, _, _ in rows))
    return _arrays((genre, request, more, home), tuple(voices), lanes, (cells, others), dice)


def _more(complexity: float) -> float:
    if complexity <= USUAL_COMPLEXITY:
        return complexity / USUAL_COMPLEXITY
    share = (complexity - USUAL_COMPLEXITY) / (100.0 - USUAL_COMPLEXITY)
    return 1.0 + share * (_MOST_COMPLEX - 1.0)


def _variation(genre: Genre, request: DrumsRequest, dice: Dice) -> float:
    """How far bars depart from each other: at the same setting one player hardly does, another never stops."""
    drawn = _RESTLESS + (_STEADY - _RESTLESS) * dice.uniform("restless") ** 2
    hands = min(1.0, genre.touch / _HANDS)
    return float((request.variation / 100.0) ** (1.0 + hands * (drawn - 1.0)))


def _not_chosen(genre: Genre, dice: Dice) -> set[str]:
    """Lanes that stay silent because another one stands for them."""
    silent: set[str] = set()
    for number, choice in enumerate(genre.choices):
        mark = dice.uniform("choice", number) * sum(option.weight for option in choice.options)
        taken = choice.options[-1]
        for option in choice.options:
            mark -= option.weight
            if mark < 0:
                taken = option
                break
        silent |= {role for option in choice.options for role in option.lanes} - set(taken.lanes)
    return silent


def _home(genre: Genre, silent: set[str], more: float, dice: Dice) -> frozenset[str]:
    """The lanes a take has by itself; with more of them come further ones, and none leaves.

    A genre whose time nearly always is kept never goes without a keeper of it, and none plays on fewer than three.
    """
    levels = {lane.role: _level(lane, dice) for lane in genre.lanes if lane.role not in silent}
    first = sorted(levels, key=levels.__getitem__)
    home = {role for role, level in levels.items() if level <= 0.0 or level < more} | set(first[:_FEWEST])
    if any(lane.role in _KEEPERS and lane.presence >= _KEPT for lane in genre.lanes):
        home.update([role for role in first if role in _KEEPERS][:1])
    return frozenset(home)


def _level(lane: Lane, dice: Dice) -> float:
    """The factor of the usual chances from which on a take has a lane; 1 is the usual, 0 always."""
    drawn = dice.uniform("presence", ORDER[lane.role])
    if lane.presence >= 1.0 or drawn <= 0.0:
        return 0.0
    if drawn >= lane.presence:
        return math.log1p(-drawn) / math.log1p(-lane.presence)
    level = math.log(lane.presence) / math.log(drawn)
    return 0.0 if lane.presence >= _USUAL and level < _PLAINEST else level


def _plays(wish: LaneWish | None, at_home: bool) -> bool:
    """Whether a lane is played after what was wished of it; a locked one has its notes already."""
    if wish is None or (wish.keep is None and wish.mute is None):
        return at_home
    return wish.keep is None and not wish.mute


def _cells(data: LaneTable, number: int, dice: Dice) -> tuple[int, int]:
    """The cell a take plays and the one that answers it."""
    first = _drawn(data.weights, dice.uniform("cell", number))
    left = tuple(0.0 if place == first else weight for place, weight in enumerate(data.weights))
    if not any(left):
        return first, first
    return first, _drawn(left, dice.uniform("answer", number))


def _drawn(weights: tuple[float, ...], chance: float) -> int:
    mark = chance * sum(weights)
    for place, weight in enumerate(weights):
        mark -= weight
        if mark < 0:
            return place
    return max(place for place, weight in enumerate(weights) if weight)


def _arrays(
    plan: tuple[Genre, DrumsRequest, float, frozenset[str]],
    voices: tuple[Voice, ...],
    lanes: Tables,
    cells: tuple[list[tuple[NDArray[np.int64], NDArray[np.int64]]], list[bool]],
    dice: Dice,
) -> Plan:
    genre, request, more, home = plan
    count = len(voices)
    numbers = np.array([voice.number for voice in voices], dtype=np.int64)
    chances = Chances(lanes, numbers, (more, genre.touch), dice)
    signs = np.array(cells[0], dtype=np.int64).reshape(count, 2 * CYCLE, SIXTEENTHS).swapaxes(0, 1)
    need, velocity, haunted = chances.read(signs)
    soft, strong = lanes.ghost_velocity[:, :1], lanes.ghost_velocity[:, 1:]
    return Plan(
        genre=genre,
        request=request,
        voices=voices,
        numbers=numbers,
        density=np.array([voice.density for voice in voices]).reshape(count, 1),
        loose=lanes.loose,
        others=np.array(cells[1], dtype=np.bool_),
        need=need[:CYCLE],
        velocity=velocity[:CYCLE],
        ghost=haunted[:CYCLE],
        other_need=need[CYCLE:],
        other_velocity=velocity[CYCLE:],
        other_ghost=haunted[CYCLE:],
        ghost_need=0.3 + 0.6 * chances.order,
        ghost_velocity=soft + (strong - soft) * chances.spicy,
        more=more,
        variation=_variation(genre, request, dice),
        home=home,
    )
