"""Worlds to choose in: a shelf of recipes, moments one after the other, and a user who knows what each recipe is worth.

Everything that chance decides is drawn beforehand, so that every policy meets the same moments and would be given the
same ratings. The constants of the world that counts were set beside the table of the reference (random 534 / 402, an
oracle's mean of 4.5 / 3.8 stars); the other designs differ in every number a world has.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

__all__ = ["DESIGNS", "KINDS", "USERS", "Design", "Kind", "Numbers", "User", "World", "make", "worlds"]

Numbers = NDArray[np.float64]
Kind = Literal["linear", "ideal", "delayed"]
User = Literal["stable", "context", "flip"]
KINDS: tuple[Kind, ...] = ("linear", "ideal", "delayed")
USERS: tuple[User, ...] = ("stable", "context", "flip")


@dataclass(frozen=True)
class Design:
    """How a world is made.

    Attributes:
        genres, recipes, parameters, rounds: how many. flip: the round at which a taste turns.
        spread: how far recipes of one genre differ, 0..1. uniform: parameters fill 0..1; else they are bell-shaped.
        match: stars for being of the moment's genre. slope: stars a deviation of the recipe moves. turn: what moments
        move. dense: share of pairs of parameter and moment that matter.
        top, fall: of an ideal-point user, the most stars and those lost a squared deviation. curve: power of the
        distance. noise: deviation of a rating. whole: stars are whole. delay, missing: of the delayed world, rounds
        until a rating comes, share that never comes. opposite: a flipped taste is the opposite; else it is drawn
        anew.
    """

    genres: int = 8
    recipes: int = 32
    parameters: int = 8
    rounds: int = 300
    flip: int = 150
    spread: float = 0.5
    uniform: bool = True
    match: float = 0.8
    slope: float = 1.1
    turn: float = 1.3
    dense: float = 0.3
    top: float = 4.0
    fall: float = 0.95
    curve: float = 2.0
    noise: float = 0.75
    whole: bool = True
    delay: int = 10
    missing: float = 0.5
    opposite: bool = False


DESIGNS = {
    "own": Design(),
    "wide, bell-shaped, no rounding": Design(uniform=False, spread=0.8, whole=False, slope=0.9, turn=0.9),
    "5 genres, 50 recipes, 12 parameters": Design(genres=5, recipes=50, parameters=12, match=0.5, dense=0.15),
    "12 genres, 24 recipes, 4 parameters": Design(genres=12, recipes=24, parameters=4, spread=0.3, opposite=True),
    "noisy, cone instead of bowl": Design(noise=1.05, curve=1.0, top=4.4, fall=1.4, match=0.4),
    "sharp ears, flat plateau": Design(noise=0.5, curve=4.0, top=4.3, fall=0.3, delay=20, opposite=True),
}


@dataclass(frozen=True)
class World:
    """What there is, rounds first.

    Attributes:
        shelf: recipes x parameters. genres: of the recipes.
        moments: rounds x numbers. moment_genres: of the moments.
        worth: rounds x recipes, what each is worth to the user, in expected stars.
        ratings: rounds x recipes, the stars that would be given.
        heard: whether a rating comes at all. delay: rounds until it comes.
    """

    shelf: Numbers
    genres: NDArray[np.int64]
    moments: Numbers
    moment_genres: NDArray[np.int64]
    worth: Numbers
    ratings: Numbers
    heard: NDArray[np.bool_]
    delay: int

    def plain(self) -> dict[str, Any]:
        """Return what a player may see, and the ratings it would be given, as plain data."""
        shown = ("shelf", "genres", "moments", "moment_genres", "ratings", "heard")
        return {name: getattr(self, name).tolist() for name in shown} | {"delay": self.delay}


def worlds(design: Design, kind: Kind, seeds: range) -> Iterator[World]:
    """Make the worlds of all three users."""
    for user in USERS:
        for seed in seeds:
            yield make(design, kind, user, seed)


def make(design: Design, kind: Kind, user: User, seed: int) -> World:
    """Make a world.

    Args:
        design: how.
        kind: what worth is: a line of the parameters, or how near they lie to an ideal; or a line, heard late or never.
        user: whose taste stays, hangs on the moment, or turns.
        seed: the same gives the same world.
    """
    dice = np.random.default_rng((seed, KINDS.index(kind), USERS.index(user)))
    genres = np.arange(design.recipes) % design.genres
    shelf, placed = _shelf(design, genres, dice)
    moment_genres = dice.integers(design.genres, size=design.rounds)
    moments = _moments(design, moment_genres, dice)
    value = _line if kind != "ideal" else _ideal
    tastes = [value(design, user, placed, moments, moment_genres, dice) for _ in range(2)]
    after = 2 * tastes[0].mean() - tastes[0] if design.opposite else tastes[1]
    turned = (np.arange(design.rounds) >= design.flip)[:, None] & (user == "flip")
    own = (genres == moment_genres[:, None]) - 1 / design.genres
    worth = np.clip(np.where(turned, after, tastes[0]) + design.match * own, 1, 5)
    ratings = np.clip(worth + dice.normal(0, design.noise, worth.shape), 1, 5)
    late = kind == "delayed"
    return World(
        shelf=shelf,
        genres=genres,
        moments=moments,
        moment_genres=moment_genres,
        worth=worth,
        ratings=np.round(ratings) if design.whole else ratings,
        heard=dice.random(design.rounds) >= (design.missing if late else 0),
        delay=design.delay if late else 0,
    )


def _shelf(design: Design, genres: NDArray[np.int64], dice: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Recipes around the middle of their genre: as shown, and as deviations."""
    shape = (design.recipes, design.parameters)
    if design.uniform:
        middle = dice.uniform(size=(design.genres, design.parameters))[genres]
        shelf = np.clip(middle * (1 - design.spread) + design.spread * dice.uniform(size=shape), 0, 1)
        return shelf, (shelf - 0.5) * 3.4
    middle = dice.normal(size=(design.genres, design.parameters))[genres]
    shelf = middle * (1 - design.spread) + design.spread * dice.normal(size=shape)
    return shelf, shelf


def _moments(design: Design, genres: NDArray[np.int64], dice: np.random.Generator) -> Numbers:
    """Genre (one of many), tempo, key on the circle of fifths, mode, energy, hour, and a number that never moves."""
    count = design.rounds
    key, hour = dice.integers(12, size=count) * np.pi / 6, dice.uniform(0, 2 * np.pi, count)
    rest = [
        *(dice.uniform(size=count), np.cos(key), np.sin(key), dice.integers(2, size=count) * 1.0),
        *(dice.uniform(size=count), np.cos(hour), np.sin(hour), np.ones(count)),
    ]
    return np.column_stack([np.eye(design.genres)[genres], *rest])


def _line(
    design: Design, user: User, placed: Numbers, moments: Numbers, _: NDArray[np.int64], dice: np.random.Generator
) -> Numbers:
    weights = dice.normal(size=placed.shape[1])
    own = placed @ (weights / np.linalg.norm(weights)) * design.slope * (0.6 if user == "context" else 1)
    shape = (placed.shape[1], moments.shape[1])
    table = dice.normal(size=shape) * (dice.random(shape) < design.dense) / np.sqrt(placed.shape[1])
    moved = (moments - moments.mean(axis=0)) @ table.T @ placed.T * design.turn
    return np.asarray(2.7 + own + (moved if user == "context" else 0))


def _ideal(
    design: Design, user: User, placed: Numbers, moments: Numbers, genres: NDArray[np.int64], dice: np.random.Generator
) -> Numbers:
    ideal = dice.uniform(-1.7, 1.7, placed.shape[1])
    others = dice.normal(0, 0.7, (design.genres, placed.shape[1]))
    points = ideal + (others[genres] if user == "context" else np.zeros((len(moments), 1)))
    far = np.sqrt(((placed - points[:, None]) ** 2).mean(axis=2))
    return np.asarray(design.top - design.fall * far**design.curve)
