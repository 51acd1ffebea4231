"""An arpeggio as tables for somebody who holds keys: what each step does, and which of the held notes it takes.

Nothing in the tables hangs on the pitches that are held, so a device that has them goes on by itself when other keys
are struck, at the very next step. What a step does follows from its place in the song; which notes it takes from how
many tones there are at hand (the keys, octave after octave) and how many steps of the rhythm have passed since the
first key went down.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import NamedTuple

import msgspec
import numpy as np

from engine.compose.arp.compose import BEYOND, arp_manner, arp_swing, moved_arp, resolve_arp
from engine.compose.arp.figures import cycle_length, step_pitches
from engine.compose.arp.grips import Grip
from engine.compose.arp.play import Carry, Manner, play_bar
from engine.compose.arp.request import ArpRequest, ArpResolved, check_arp
from engine.compose.arp.shelf import styles
from engine.compose.arp.steps import hit
from engine.compose.dice import Dice, draw_seed
from engine.compose.feel.play import perform
from engine.compose.part.auto import choose_style
from engine.compose.recipe.apply import with_recipe
from engine.compose.steer.apply import steered
from engine.compose.steer.map import SteerMap, map_of
from engine.errors import InvalidValue
from engine.notes import Note

__all__ = ["GRID", "MOST_TONES", "TICKS", "ArpLive", "LiveStep", "Strike", "arp_live"]

TICKS = 480
"""Ticks of a beat, as Max counts."""

GRID = 10
"""Every step is a whole number of so many ticks: a device looks at the song that often."""

MOST_TONES = 24
"""Tones at hand that the tables know; of more the first are played."""

PHRASE_BARS = 4
"""Bars after which chance (rests, ratchets, a loose hand) begins anew."""

_CLOSE = 1e-6
_PHRASE = (0.35, 0.5, 0.35, 0.9)
"""How readily each quarter of a table takes other notes than the figure says, at full variation."""

_ROUNDS = len(_PHRASE)
"""Rounds of a table where chance has a say in which notes come."""

_ACCENT = 34.0
"""Velocity an accent adds, or its absence takes, at full depth; as in a clip."""

_HAND = (60, 64, 67, 72)
"""Notes on which the steps are tried out: far enough apart that none of them ends another."""


class Strike(NamedTuple):
    """One note of a step: beats after the step's place, beats it lasts, velocity 1..127."""

    delay: float
    duration: float
    velocity: float


class LiveStep(msgspec.Struct, frozen=True, gc=False):
    """What one step does.

    Attributes:
        moves: whether the next step takes the next notes; one that only a high Density lets in says again what the step
            before it said.
        strikes: none where it rests, several where it is a ratchet.
    """

    moves: bool
    strikes: list[Strike]


class ArpLive(msgspec.Struct, frozen=True, kw_only=True):
    """The tables.

    Attributes:
        seed: what chance was drawn from.
        resolved: every parameter as used.
        ticks: of a step, 480 to a beat; a whole number of ``GRID``.
        steps: what each step does, counted from the start of the song; gone through round and round.
        by_height: whether tones at hand count from the lowest; else in the order they were struck, octave after octave.
        rounds: for 1, 2, 3 ... tones at hand the places of the tones that each step takes, 0 first; gone through round
            and round from the first key on.
        cycles: for 1, 2, 3 ... tones after how many steps the figure begins anew.
        accents: velocity that is added where a figure begins anew, and anywhere else.
        notices: what was decided by itself, in words.
        steered: every parameter that ``steer`` moved and where it stands; with register, velocity and voices, what is
            added to the style's. Empty where nothing was.
        stretched: what learnt curves were stretched by; sent as ``steer.stretch`` it makes the same notes again.
    """

    seed: int
    resolved: ArpResolved
    ticks: int
    steps: list[LiveStep]
    by_height: bool
    rounds: list[list[list[int]]]
    cycles: list[int]
    accents: tuple[float, float]
    notices: list[str]
    steered: dict[str, float] = {}
    stretched: dict[str, float] = {}


def arp_live(request: ArpRequest, steering: SteerMap | None = None) -> ArpLive:
    """Prepares an arpeggio over whatever will be held.

    Args:
        request: as for ``compose_arp``; harmony, held notes, bars and ``restart`` say nothing here. Steered, what
            is held stays what it is.
        steering: what the request's ``steer`` means; left out, what is on the shelf.

    Returns:
        The tables. The same request with the same seed gives the same ones.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    request = with_recipe(request, "arp")
    check_arp(request)
    moved = steered(request, map_of("arp", request.steer, steering), BEYOND)
    request = moved.request
    seed = draw_seed() if request.seed is None else request.seed
    dice = Dice(seed)
    style, notices = choose_style(styles(), request.style, request.context, request.tempo)
    resolved = moved_arp(resolve_arp(request, style, None, dice), moved.beyond)
    ticks = round(resolved.rate_beats * TICKS)
    if abs(resolved.rate_beats * TICKS - ticks) > _CLOSE or ticks % GRID:
        hint = "Live, a step is a whole number of 1/48 beats: choose a named rate."
        raise InvalidValue("rate_beats", resolved.rate_beats, hint)
    manner = arp_manner(resolved, dice)
    by_cycle = manner.accents.unit == "cycle"
    depth = _ACCENT * manner.accent_depth / 100.0
    levels = manner.accents.levels
    accents = (depth * (2 * levels[0] - 1), depth * (2 * levels[-1] - 1)) if by_cycle else (0.0, 0.0)
    room = math.ceil(max(abs(each) for each in accents))
    swing = arp_swing(request, style, resolved.rate)
    grid = style.grid if request.swing_grid == "style" else int(request.swing_grid)
    tried = msgspec.structs.replace(
        manner,
        figure="up",
        octaves=1,
        variation=0.0,
        restart="never",
        accent_depth=0.0 if by_cycle else manner.accent_depth,
    )
    counts = range(1, MOST_TONES + 1)
    return ArpLive(
        seed=seed,
        resolved=resolved,
        ticks=ticks,
        steps=_steps(
            tried, _period(ticks, manner.bar), (request.humanise, swing, grid, request.tempo), (1 + room, 127 - room)
        ),
        by_height=resolved.figure not in ("played", "chord"),
        rounds=_rounds(manner),
        cycles=[_cycle(manner, count) for count in counts],
        accents=accents,
        notices=list(notices),
        steered=moved.told,
        stretched=moved.stretched,
    )


def _period(ticks: int, bar: float) -> int:
    """Steps after which place in the bar, place in the phrase and step come round together."""
    return math.lcm(ticks, round(bar * TICKS) * PHRASE_BARS) // ticks


def _steps(
    manner: Manner, count: int, touch: tuple[float, float, int, float], limits: tuple[int, int]
) -> list[LiveStep]:
    """Plays the steps over notes of no meaning, and tells of each what it did."""
    length = count * manner.step
    grips = [Grip(0.0, length, _HAND)]
    written: list[Note] = []
    carry = Carry()
    for bar in range(round(length / manner.bar)):
        heard, carry = play_bar(bar, grips, manner, carry)
        written += heard
    humanise, swing, grid, tempo = touch
    played = perform(
        written,
        role="arp",
        humanise=humanise,
        swing=swing,
        grid=grid,
        tempo=tempo,
        metre=manner.metre,
        length=length,
        dice=manner.dice,
    )
    strikes: list[list[Strike]] = [[] for _ in range(count)]
    for place, note in zip(_places(written, played, manner.step), played, strict=True):
        # Live, no hand can be early: the step is not there yet.
        delay = round(max(0.0, note.start_time - place * manner.step), 6)
        velocity = round(min(limits[1], max(limits[0], note.velocity)), 1)
        strikes[place].append(Strike(delay, round(note.duration, 6), velocity))
    return [LiveStep(_moves(manner, place), strikes[place]) for place in range(count)]


def _places(written: list[Note], played: list[Note], step: float) -> list[int]:
    """Which step each played note belongs to: that of the nearest written one of its pitch."""
    starts: dict[int, list[float]] = {}
    for note in written:
        starts.setdefault(note.pitch, []).append(note.start_time)
    places = []
    for note in played:
        known = starts[note.pitch]
        at = bisect_left(known, note.start_time)
        near = min(known[max(0, at - 1) : at + 1], key=lambda start: abs(start - note.start_time))
        places.append(int(near / step + _CLOSE))
    return places


def _moves(manner: Manner, place: int) -> bool:
    start = place * manner.step
    first = math.floor(start / manner.bar + _CLOSE) * manner.bar
    return hit(manner.rhythm, int((start - first) / manner.step + _CLOSE))


def _cycle(manner: Manner, count: int) -> int:
    if manner.figure == "chord":
        return len(_stacks(count, manner.octaves))
    return cycle_length(manner.figure, tuple(range(count)), 1)


def _stacks(count: int, octaves: int) -> list[list[int]]:
    """Places of whole chords where so many tones lie in so many octaves, one after the other."""
    size = -(-count // octaves)
    return [list(range(low, min(count, low + size))) for low in range(0, count, size)]


def _rounds(manner: Manner) -> list[list[list[int]]]:
    """For each number of tones the places that one step after the other takes."""
    once = [_once(manner, count) for count in range(1, MOST_TONES + 1)]
    if manner.figure == "random":
        once = _shuffled(manner.dice)
    if manner.variation <= 0 or manner.figure == "chord":
        return once
    longest = max(map(len, once)) * _ROUNDS
    numbers = np.arange(longest, dtype=np.int64)
    chances = manner.dice.uniforms("vary", numbers).tolist()
    others = manner.dice.uniforms("instead", numbers).tolist()
    return [_varied(each, manner.variation / 100.0, chances, others) for each in once]


def _once(manner: Manner, count: int) -> list[list[int]]:
    if manner.figure == "chord":
        return _stacks(count, manner.octaves)
    figure = "up" if manner.figure == "random" else manner.figure
    held = tuple(range(count))
    return [list(step_pitches(figure, held, 1, at, dice=manner.dice)) for at in range(cycle_length(figure, held, 1))]


def _shuffled(dice: Dice) -> list[list[list[int]]]:
    """Rounds in random order, in which no note comes twice in a row as long as there are two."""
    draws = dice.uniforms("round", np.arange(_ROUNDS * MOST_TONES, dtype=np.int64)).reshape(_ROUNDS, MOST_TONES)
    tables = []
    for count in range(1, MOST_TONES + 1):
        row: list[int] = []
        for order in np.argsort(draws[:, :count], axis=1).tolist():
            if count == 2:
                order = [0, 1]  # noqa: PLW2901
            elif count > 2 and row and order[0] == row[-1]:
                order[:2] = order[1::-1]
            row += order
        tables.append([[place] for place in row])
    return tables


def _varied(once: list[list[int]], amount: float, chances: list[float], others: list[float]) -> list[list[int]]:
    """The same again and again, now and then with another of the tones."""
    tones = 1 + max(place for step in once for place in step)
    length = len(once) if len(once) >= tones * _ROUNDS else len(once) * _ROUNDS
    table = [once[at % len(once)] for at in range(length)]
    if tones < 2:
        return table
    for at, step in enumerate(table):
        if chances[at] < amount * _PHRASE[at * _ROUNDS // length]:
            table[at] = [(step[0] + 1 + int((tones - 1) * others[at])) % tones]
    return table
