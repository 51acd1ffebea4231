"""Worlds of which every constant is drawn: none of them was made to look like another, nor like ours.

Sizes are the issue's (8 genres, moments of 16 numbers, 32 recipes of 8 parameters, stars with a deviation of 0.75);
on what scale numbers are shown, how recipes lie, what a taste is made of and how far it hangs on the moment differ
from world to world. The first hundred were looked at while ours was made; ``HELD_OUT`` were not.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tests.benchmarks.taste.worlds import KINDS, USERS, Kind, Numbers, User, World

__all__ = ["HELD_OUT", "drawn"]

HELD_OUT = range(200, 216)

_GENRES, _RECIPES, _PARAMETERS, _ROUNDS, _TURN = 8, 32, 8, 300, 150
_TEMPO, _MODE, _ENERGY, _LAST = 8, 11, 12, 15


@dataclass(frozen=True)
class _Spec:
    """What is drawn once a world; the fields are in stars, or name one of several ways."""

    shown: str
    recipes: str
    clustered: float
    match: float
    slope: float
    hangs: str
    turn: float
    own: float
    sparse: bool
    after: str
    whole: bool
    base: float
    hill: str
    points: str
    clipped: bool
    moods: float


def _spec(number: int) -> _Spec:
    dice = np.random.default_rng((77, number))
    return _Spec(
        shown=str(dice.choice(["01", "pm", "pm", "z", "gauss"])),
        recipes=str(dice.choice(["01", "01", "pm", "z"])),
        clustered=float(dice.choice([0, 0, 0.5, 1.0])),
        match=float(dice.uniform(0.4, 1.1)),
        slope=float(dice.uniform(0.6, 1.0)),
        hangs=str(dice.choice(["dense", "sparse", "genre", "few"])),
        turn=float(dice.uniform(0.3, 0.7)),
        own=float(dice.uniform(0.5, 1.0)),
        sparse=bool(dice.random() < 0.4),
        after=str(dice.choice(["new", "new", "opposite", "half"])),
        whole=bool(dice.random() < 0.7),
        base=float(dice.uniform(2.4, 2.9)),
        hill=str(dice.choice(["bowl", "bowl", "bell", "cone"])),
        points=str(dice.choice(["genre", "all", "few"])),
        clipped=bool(dice.random() < 0.7),
        moods=float(dice.choice([0, 0, 0.2])),
    )


def drawn(kind: Kind, numbers: range) -> Iterator[World]:
    """Make the worlds of all three users.

    Args:
        kind: what worth is, as in `worlds.make`.
        numbers: the same number gives the same world.
    """
    for user in USERS:
        for number in numbers:
            yield _make(_spec(number), kind, user, np.random.default_rng((number, *_place(kind, user), 5)))


def _place(kind: Kind, user: User) -> tuple[int, int]:
    return KINDS.index(kind), USERS.index(user)


def _make(spec: _Spec, kind: Kind, user: User, dice: np.random.Generator) -> World:
    moment_genres, moments = _moments(spec, dice)
    genres = np.arange(_RECIPES) % _GENRES if dice.random() < 0.6 else dice.integers(_GENRES, size=_RECIPES)
    shelf, placed = _shelf(spec, genres, dice)
    apart = moments - moments.mean(axis=0)
    value = _line if kind != "ideal" else _hill
    before, after = (value(spec, user, placed, apart, moment_genres, dice) for _ in range(2))
    if spec.after == "opposite":
        after = 2 * before.mean() - before
    elif spec.after == "half":
        after = 0.4 * before + 0.6 * after
    turned = (np.arange(_ROUNDS) >= _TURN)[:, None] & (user == "flip")
    suited = spec.match * ((genres == moment_genres[:, None]) - 1 / _GENRES)
    moods = spec.moods * (apart @ dice.normal(size=apart.shape[1]) / 2)[:, None]
    worth = np.where(turned, after, before) + suited + moods
    worth = np.clip(worth, 1, 5) if spec.clipped else worth
    ratings = np.clip(worth + dice.normal(0, 0.75, worth.shape), 1, 5)
    late = kind == "delayed"
    return World(
        shelf=shelf,
        genres=genres,
        moments=moments,
        moment_genres=moment_genres,
        worth=worth,
        ratings=np.round(ratings) if spec.whole else ratings,
        heard=dice.random(_ROUNDS) >= (0.5 if late else 0),
        delay=10 if late else 0,
    )


def _moments(spec: _Spec, dice: np.random.Generator) -> tuple[NDArray[np.int64], Numbers]:
    """Genre, tempo, key, mode, energy, hour and one more number: in 0..1, -1..1, deviations, or noise but for genre."""
    count = _ROUNDS
    genres = dice.integers(_GENRES, size=count)
    key, hour = dice.integers(12, size=count) * np.pi / 6, dice.uniform(0, 2 * np.pi, count)
    if dice.random() < 0.5:
        tempo = dice.uniform(-1, 1, count)
    else:
        tempo = np.clip(dice.normal(0, 0.5, count) + 0.6 * dice.normal(size=_GENRES)[genres], -1.5, 1.5)
    energy, mode = dice.uniform(-1, 1, count), dice.integers(2, size=count) * 2.0 - 1
    last = np.ones(count) if dice.random() < 0.6 else dice.uniform(-1, 1, count)
    rest = np.column_stack([tempo, np.cos(key), np.sin(key), mode, energy, np.cos(hour), np.sin(hour), last])
    one_hot = np.eye(_GENRES)[genres]
    if spec.shown == "gauss":
        rest = dice.normal(size=(count, 16))[:, 8:]
    moments = np.column_stack([one_hot, (rest + 1) / 2 if spec.shown == "01" else rest])
    if spec.shown == "z":
        spread = moments.std(axis=0)
        moments = (moments - moments.mean(axis=0)) / np.where(spread > 1e-9, spread, 1)
    return genres, moments


def _shelf(spec: _Spec, genres: NDArray[np.int64], dice: np.random.Generator) -> tuple[Numbers, Numbers]:
    """Recipes as shown, and as deviations; anywhere, or around the middle of their genre."""
    shape, kinds = (_RECIPES, _PARAMETERS), (_GENRES, _PARAMETERS)
    if spec.recipes == "z":
        middle = dice.normal(size=kinds)[genres]
        shelf = dice.normal(size=shape) if spec.clustered <= 0 else 0.8 * middle + 0.6 * dice.normal(size=shape)
        return shelf, shelf
    shelf = dice.uniform(size=kinds if spec.clustered > 0 else shape)
    if spec.clustered > 0:
        shelf = np.clip(shelf[genres] + spec.clustered * 0.3 * dice.normal(size=shape), 0, 1)
    return (shelf if spec.recipes == "01" else 2 * shelf - 1), (shelf - 0.5) * np.sqrt(12)


def _line(
    spec: _Spec, user: User, placed: Numbers, apart: Numbers, _: NDArray[np.int64], dice: np.random.Generator
) -> Numbers:
    weights = dice.normal(size=_PARAMETERS) * ((dice.random(_PARAMETERS) < 0.5) if spec.sparse else 1)
    own = np.tile(placed @ (weights / max(float(np.linalg.norm(weights)), 0.3)) * spec.slope, (_ROUNDS, 1))
    if user != "context":
        return spec.base + own
    table = dice.normal(size=(apart.shape[1], _PARAMETERS))
    if spec.hangs == "sparse":
        table *= dice.random(table.shape) < 0.15
    elif spec.hangs == "genre":
        table[_GENRES:] = 0
    elif spec.hangs == "few":
        table[:] = 0
        for _pair in range(4):
            table[dice.choice([_TEMPO, _MODE, _ENERGY, _LAST]), dice.integers(_PARAMETERS)] = dice.choice([-1, 1])
    moved = apart @ table @ placed.T
    return np.asarray(spec.base + spec.own * own + spec.turn * moved / (moved.std() + 1e-9))


def _hill(
    spec: _Spec, user: User, placed: Numbers, apart: Numbers, genres: NDArray[np.int64], dice: np.random.Generator
) -> Numbers:
    points = np.tile(dice.uniform(-1.3, 1.3, _PARAMETERS), (_ROUNDS, 1))
    if user == "context":
        table = np.zeros((apart.shape[1], _PARAMETERS))
        if spec.points == "genre":
            points = points + dice.normal(0, 0.6, (_GENRES, _PARAMETERS))[genres]
        elif spec.points == "all":
            table = 0.15 * dice.normal(size=table.shape) / (apart.std(axis=0)[:, None] + 1e-9)
        else:
            for number in (_TEMPO, _MODE, _ENERGY):
                table[number, dice.integers(_PARAMETERS)] = 1.0
        points = points + apart @ table
    far = ((placed - points[:, None]) ** 2).mean(axis=2)
    hills = {"bowl": 4 - 0.75 * far, "bell": 1.2 + 3.2 * np.exp(-far / 1.6), "cone": 4.4 - 1.3 * np.sqrt(far)}
    return np.asarray(hills[spec.hill])
