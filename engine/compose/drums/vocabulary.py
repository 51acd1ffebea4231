"""The vocabulary of every genre as it lies in ``presets/drums``, read once and turned into arrays."""

from __future__ import annotations

from functools import cache, lru_cache

import msgspec
import numpy as np
from numpy.typing import NDArray

import presets
from engine import typed
from engine.compose.drums.adapt import SIXTEENTHS
from engine.compose.drums.roles import TIME

__all__ = [
    "Cell",
    "Choice",
    "Fill",
    "Genre",
    "Lane",
    "Option",
    "Rolls",
    "Tables",
    "Weighted",
    "aliases",
    "fills",
    "genres",
    "table",
    "tables",
]

CYCLE = 4
"""Bars after which cells begin anew; the length of every cell divides it."""

SPICE_UNIT, GHOST_UNIT = 0.05, 0.10
"""What one unit of a digit means in a lane's ``spice`` and ``ghosts``: a chance."""


class Cell(msgspec.Struct, frozen=True):
    """One way to play a lane.

    Attributes:
        weight: how often it is taken, among the cells of its lane.
        bars: one text of sixteen signs for each bar; they take turns. ``X`` accent, ``x`` hit, ``o`` soft hit,
            ``g`` ghost note, ``.`` nothing.
    """

    weight: float
    bars: tuple[str, ...]


class Lane(msgspec.Struct, frozen=True):
    """What one role plays in a genre.

    Attributes:
        role: see ``engine.compose.drums.roles``.
        cells: ways to play it.
        core: hits that are always there, whatever the knobs say; bars and signs as in a cell.
        presence: chance 0..1 that a take has this lane at all (at the usual Complexity).
        spice: sixteen digits: the chance, in units of 5 %, that a hit joins there which the cell does not have.
        ghosts: sixteen digits: the chance, in units of 10 %, of a ghost note at the usual Ghosts.
        velocity: MIDI velocity of a hit, for one beat (4) or a bar (16) of sixteenths.
        ghost_velocity: softest and loudest ghost note.
        accent: velocity added by ``X``. soft: velocity taken away by ``o``.
        loose: 0..1, how much the lane takes part in variation.
        length: beats a hit is held.
    """

    role: str
    cells: tuple[Cell, ...]
    velocity: tuple[int, ...]
    core: tuple[str, ...] = ("................",)
    presence: float = 1.0
    spice: str = "................"
    ghosts: str = "................"
    ghost_velocity: tuple[int, int] = (24, 46)
    accent: int = 14
    soft: int = 24
    loose: float = 0.5
    length: float = 0.25


class Option(msgspec.Struct, frozen=True):
    """One side of a choice: how often, and which lanes play."""

    weight: float
    lanes: tuple[str, ...]


class Choice(msgspec.Struct, frozen=True):
    """Lanes that stand for each other (snare or clap): one option is taken, lanes of the others are silent."""

    options: tuple[Option, ...]


class Weighted(msgspec.Struct, frozen=True):
    """A fill by id, and how often it is taken."""

    fill: str
    weight: float


class Rolls(msgspec.Struct, frozen=True):
    """Fast repetitions inside a lane.

    Attributes:
        role: lane that rolls.
        chance: sixteen digits in units of 10 %: that a roll begins there, at the usual Complexity.
        divisions: notes in a bar of four beats (32, 24, 48, 64) and how often each is taken.
        lengths: sixteenths a roll lasts, and how often.
        tunes: semitones from one hit of a roll to the next, and how often.
    """

    role: str
    chance: str
    divisions: dict[int, float]
    lengths: dict[int, float]
    tunes: dict[int, float]


class Genre(msgspec.Struct, frozen=True):
    """A genre.

    Attributes:
        id, name, description: as on the wire, in a menu, in one sentence.
        words: words in a track's name that speak for it.
        aliases: other ids it answers to.
        tempo: beats per minute it is usually played at, from and to.
        swing: 0..1, how much of a full triplet its off-beats swing by themselves.
        grid: 8 or 16, the off-beats that swing.
        lanes: its kit and what each part plays.
        choices: which lanes stand for each other.
        fills: the fills it uses.
        crash: chance 0..1 of a crash after a long fill.
        touch: standard deviation of velocity between the steps of a lane: small for machines, large for hands.
        rolls: fast repetitions, where it has them.
    """

    id: str
    name: str
    description: str
    words: tuple[str, ...]
    tempo: tuple[int, int]
    lanes: tuple[Lane, ...]
    fills: tuple[Weighted, ...]
    aliases: tuple[str, ...] = ()
    swing: float = 0.0
    grid: int = 16
    choices: tuple[Choice, ...] = ()
    crash: float = 0.3
    touch: float = 5.0
    rolls: Rolls | None = None


class Fill(msgspec.Struct, frozen=True):
    """A turn at the end of a bar.

    Attributes:
        id: as genres name it.
        beats: how long, 1, 2 or 4.
        clear: roles that stop while it plays; "*" for all.
        lanes: what is played, four signs a beat: as in a cell, and ``2`` or ``3``: so many hits in one sixteenth.
    """

    id: str
    beats: int
    clear: tuple[str, ...]
    lanes: dict[str, str]


@cache
def genres() -> dict[str, Genre]:
    """Every genre by id, in the order menus show them."""
    # Read as text, not by ``presets.load``: keys that are numbers are only understood on the way from JSON.
    return {name: typed.decode(presets.read_bytes(f"drums/{name}.json"), Genre) for name in presets.load("drums")}


@cache
def aliases() -> dict[str, str]:
    """Other ids that a genre answers to ("hip_hop"), and its own."""
    return {other: genre.id for genre in genres().values() for other in genre.aliases}


@cache
def fills() -> dict[str, Fill]:
    """Every fill by id."""
    return {fill.id: fill for fill in typed.convert(presets.load("drum_fills"), list[Fill])}


class LaneTable(msgspec.Struct, frozen=True):
    """A lane as arrays over its sixteen steps.

    Attributes:
        core: bool, (CYCLE, 16): always there.
        spice, ghosts: chances, (16,).
        velocity: of a hit, float, (16,).
        signs: for each cell, the core within, an array (CYCLE, 16) of places in ``SIGNS``.
        weights: of the cells.
    """

    core: NDArray[np.bool_]
    spice: NDArray[np.float64]
    ghosts: NDArray[np.float64]
    velocity: NDArray[np.float64]
    signs: tuple[NDArray[np.int64], ...]
    weights: tuple[float, ...]


SIGNS = ".goxX"
"""Signs of a cell, from nothing to loudest; arrays hold their places."""


def _digits(text: str, unit: float) -> NDArray[np.float64]:
    return np.array([0.0 if sign == "." else int(sign) * unit for sign in text])


@lru_cache(maxsize=1024)
def table(genre: str, place: int) -> LaneTable:
    """The arrays of one lane of a genre.

    Args:
        genre: id.
        place: the lane's place in ``Genre.lanes``.
    """
    lane = genres()[genre].lanes[place]
    core = _cycled(lane.core)
    return LaneTable(
        core=core >= 2,
        spice=_digits(lane.spice, SPICE_UNIT),
        ghosts=_digits(lane.ghosts, GHOST_UNIT),
        velocity=np.array(lane.velocity * (SIXTEENTHS // len(lane.velocity)), dtype=np.float64),
        signs=tuple(np.maximum(_cycled(cell.bars), core) for cell in lane.cells),
        weights=tuple(cell.weight for cell in lane.cells),
    )


class Tables(msgspec.Struct, frozen=True):
    """Several lanes of a genre as arrays, one row for each; see ``LaneTable`` and ``Lane``.

    Attributes:
        core: (CYCLE, lanes, 16). spice, ghosts, velocity: (lanes, 16).
        leaning: velocity as a keeper of time strikes it who accents the eighths between the beats, (lanes, 16).
        accent, soft, loose: (lanes, 1). ghost_velocity: (lanes, 2).
    """

    core: NDArray[np.bool_]
    spice: NDArray[np.float64]
    ghosts: NDArray[np.float64]
    velocity: NDArray[np.float64]
    leaning: NDArray[np.float64]
    accent: NDArray[np.float64]
    soft: NDArray[np.float64]
    loose: NDArray[np.float64]
    ghost_velocity: NDArray[np.float64]


@lru_cache(maxsize=512)
def tables(genre: str, places: tuple[int, ...]) -> Tables:
    """The arrays of some lanes of a genre, not to be changed.

    Args:
        genre: id.
        places: of the lanes in ``Genre.lanes``; may be empty.
    """
    lanes, rows = [genres()[genre].lanes[place] for place in places], [table(genre, place) for place in places]
    velocity = np.array([row.velocity for row in rows]).reshape(-1, SIXTEENTHS)
    keeps = np.array([lane.role in TIME for lane in lanes], dtype=np.bool_)[:, None]
    return Tables(
        core=np.array([row.core for row in rows], dtype=np.bool_).reshape(-1, CYCLE, SIXTEENTHS).swapaxes(0, 1),
        spice=np.array([row.spice for row in rows]).reshape(-1, SIXTEENTHS),
        ghosts=np.array([row.ghosts for row in rows]).reshape(-1, SIXTEENTHS),
        velocity=velocity,
        leaning=np.where(keeps, np.roll(velocity, 2, axis=1), velocity),
        accent=np.array([lane.accent for lane in lanes], dtype=np.float64)[:, None],
        soft=np.array([lane.soft for lane in lanes], dtype=np.float64)[:, None],
        loose=np.array([lane.loose for lane in lanes], dtype=np.float64)[:, None],
        ghost_velocity=np.array([lane.ghost_velocity for lane in lanes], dtype=np.float64).reshape(-1, 2),
    )


def _cycled(bars: tuple[str, ...]) -> NDArray[np.int64]:
    """The signs of one, two or four bars as places in ``SIGNS``, for all bars of the cycle: (CYCLE, 16)."""
    return np.array([[SIGNS.index(sign) for sign in bars[bar % len(bars)]] for bar in range(CYCLE)], dtype=np.int64)
