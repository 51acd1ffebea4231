"""What a take decides once: which lanes play, which of their cells, and at what Density each hit joins.

Every step of a lane carries the Density at which it sounds, as a number: 0 for the core that defines
the genre, up to 1 for what the chosen cell has, between a half and 1 for the spice the dice let in,
above 1 for what would join next. So the knob only ever adds hits, and the same holds for Ghosts.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.drums.adapt import SIXTEENTHS
from engine.compose.drums.request import DrumsRequest, LaneWish
from engine.compose.drums.roles import ORDER, TIME
from engine.compose.drums.vocabulary import CYCLE, SIGNS, Genre, Lane, LaneTable, table

__all__ = ["Plan", "Voice", "lane_number", "make_plan"]

USUAL_COMPLEXITY = 35.0
USUAL_GHOSTS = 50.0

_MOST_COMPLEX = 2.5
"""How many times the usual chance of spice and further lanes there is at Complexity 100."""

_NEVER = np.inf
_GHOST, _SOFT, _ACCENT = (SIGNS.index(sign) for sign in "goX")
_LEAN = 0.025
"""Chance, for each unit of a genre's touch, that a keeper of time accents the eighths between the beats."""

_INTENT = 0.4
"""Share of the hand's unevenness on hits of the core."""

_SPICED = 10.0
"""Velocity that a hit of spice is below one of the cell."""

# How soon a hit gives way at a low Density, by its place: downbeats last.
_WEAK = np.array([0.0, 0.9, 0.5, 0.9, 0.2, 0.9, 0.5, 0.9, 0.1, 0.9, 0.5, 0.9, 0.2, 0.9, 0.5, 0.9])

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
    home = frozenset(lane.role for lane in genre.lanes if _belongs(lane, silent, more, dice))
    rows = []
    for place, lane in enumerate(genre.lanes):
        wish = wishes.get(lane.role)
        if _plays(wish, lane.role in home):
            rows.append((place, lane, wish))
    voices, tables, cells, others = [], [], [], []
    for place, lane, wish in rows:
        number, data = lane_number(lane.role, wish), table(genre.id, place)
        first, second = _cells(data, number, dice)
        density = request.density * (wish.density if wish else 1.0)
        voices.append(Voice(lane.role, lane, number, density))
        tables.append(data)
        cells.append(np.concatenate([data.signs[first], data.signs[second]]))
        others.append(first != second)
    return _arrays((genre, request, more, home), tuple(voices), tables, (cells, others), dice)


def _more(complexity: float) -> float:
    if complexity <= USUAL_COMPLEXITY:
        return complexity / USUAL_COMPLEXITY
    share = (complexity - USUAL_COMPLEXITY) / (100.0 - USUAL_COMPLEXITY)
    return 1.0 + share * (_MOST_COMPLEX - 1.0)


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


def _belongs(lane: Lane, silent: set[str], more: float, dice: Dice) -> bool:
    """Whether the take has a lane by itself."""
    if lane.role in silent:
        return False
    return lane.presence >= 1.0 or dice.uniform("presence", ORDER[lane.role]) < lane.presence * more


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
    tables: list[LaneTable],
    cells: tuple[list[NDArray[np.int64]], list[bool]],
    dice: Dice,
) -> Plan:
    genre, request, more, home = plan
    count = len(voices)
    numbers = np.array([voice.number for voice in voices], dtype=np.int64)
    chances = _Chances(voices, tables, numbers, (more, genre.touch), dice)
    need, velocity, haunted = chances.read(cells[0])
    ghost = np.array([voice.lane.ghost_velocity for voice in voices], dtype=np.float64).reshape(count, 2)
    return Plan(
        genre=genre,
        request=request,
        voices=voices,
        numbers=numbers,
        density=np.array([voice.density for voice in voices]).reshape(count, 1),
        loose=np.array([voice.lane.loose for voice in voices]).reshape(count, 1),
        others=np.array(cells[1], dtype=np.bool_),
        need=need[:CYCLE],
        velocity=velocity[:CYCLE],
        ghost=haunted[:CYCLE],
        other_need=need[CYCLE:],
        other_velocity=velocity[CYCLE:],
        other_ghost=haunted[CYCLE:],
        ghost_need=0.3 + 0.6 * chances.order,
        ghost_velocity=ghost[:, :1] + (ghost[:, 1:] - ghost[:, :1]) * chances.spicy,
        more=more,
        home=home,
    )


class _Chances:
    """What the dice and the knobs make of the cells of all lanes.

    A take has a character: of the chances its genre knows, this drummer takes few or many, lane by lane. So takes
    differ as players do, and not only by which step it is.
    """

    def __init__(
        self,
        voices: tuple[Voice, ...],
        tables: list[LaneTable],
        numbers: NDArray[np.int64],
        knobs: tuple[float, float],
        dice: Dice,
    ) -> None:
        more, touch = knobs
        steps = numbers[:, None] * 64 + np.arange(SIXTEENTHS, dtype=np.int64)
        self.spicy, self.order, self.ghostly = (dice.uniforms(name, steps) for name in ("spice", "order", "ghost"))
        character = dice.uniforms("character", numbers[:, None] * 2 + np.arange(2, dtype=np.int64))
        # No hand strikes all sixteen alike; which it strikes harder stays with it through the take.
        self.hand = dice.bells("hand", steps) * touch
        self.core = _stacked([data.core for data in tables], CYCLE)
        # Some hands lean on the beat and some between: keepers of time may turn their accents by an eighth.
        leans = dice.uniforms("lean", numbers) < touch * _LEAN
        self.velocity = _stacked(
            [
                np.roll(data.velocity, 2) if lean and voice.role in TIME else data.velocity
                for voice, data, lean in zip(voices, tables, leans.tolist(), strict=True)
            ]
        )
        self.accent = np.array([voice.lane.accent for voice in voices], dtype=np.float64)[:, None]
        self.soft = np.array([voice.lane.soft for voice in voices], dtype=np.float64)[:, None]
        spice = np.minimum(0.95, _stacked([data.spice for data in tables]) * more * 2.0 * character[:, :1])
        ghosts = _stacked([data.ghosts for data in tables]) * 4.0 * character[:, 1:] ** 3
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            inside = 0.5 + 0.5 * self.spicy / spice
            joined = np.where(self.spicy < spice, inside, 1.0 + (self.spicy - spice) * 2.2)
            self.joining = np.where(_stacked([data.spice for data in tables]) > 0, joined, _NEVER)
            self.haunting = np.where(ghosts > 0, USUAL_GHOSTS * self.ghostly / ghosts, _NEVER)

    def read(self, cells: list[NDArray[np.int64]]) -> tuple[_Floats, _Floats, _Floats]:
        """Density at which each step joins, its velocity, and Ghosts at which a ghost note joins."""
        signs = _stacked(cells, 2 * CYCLE)
        core = np.concatenate([self.core, self.core])
        written = 0.1 + 0.85 * (0.5 * _WEAK + 0.5 * self.order)
        written = np.where(signs == _ACCENT, 0.5 * written, written)
        need = np.where(core, 0.0, np.where(signs >= _SOFT, written, self.joining))
        lift = np.where(signs == _ACCENT, self.accent, np.where(signs == _SOFT, -self.soft, 0.0))
        lift = np.where(signs < _SOFT, -_SPICED, lift)
        ghost = np.where(signs == _GHOST, USUAL_GHOSTS * self.ghostly, self.haunting)
        # What carries the genre is struck with intent.
        hand = np.where(core, _INTENT * self.hand, self.hand)
        return need, self.velocity + lift + hand, ghost


def _stacked(rows: list[NDArray[Any]], bars: int = 0) -> NDArray[Any]:
    """Rows of all lanes on top of each other; with ``bars`` each is that many bars, which stay in front."""
    if not rows:
        return np.zeros((bars, 0, SIXTEENTHS) if bars else (0, SIXTEENTHS))
    return np.stack(rows, axis=1 if bars else 0)
