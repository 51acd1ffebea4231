"""One bar: a pure function of the plan and the bar's number.

A phrase of four bars goes statement, answer, statement, turn: the statements are the plan itself,
answers and turns depart from it as far as Variation says, by another cell of the lane or by hits
that join and leave. Fills, rolls and build-ups are laid on top.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice
from engine.compose.drums.adapt import SIXTEENTHS, sources
from engine.compose.drums.build import built, easing
from engine.compose.drums.fills import filled
from engine.compose.drums.hits import Hit
from engine.compose.drums.plan import Plan
from engine.compose.drums.roles import TIME
from engine.compose.drums.rolls import rolled
from engine.compose.drums.vocabulary import CYCLE

__all__ = ["drum_bar"]

_TURN, _ANSWER = 1.3, 0.7
"""Chance, at Variation 100 and a lane as loose as can be, that a turn or an answer takes the other cell."""

_SHIFT = 2.0
"""Density by which a hit of a lane as loose as can be may come and go at Variation 100, from lowest to highest."""

_Floats = NDArray[np.float64]


def drum_bar(plan: Plan, number: int, dice: Dice) -> list[Hit]:
    """Plays one bar.

    Args:
        plan: of the take.
        number: of the bar, from 0.
        dice: of the take's seed.

    Returns:
        Hits on the grid, by step; what a longer note would hold over the bar line simply rings.
    """
    hits = _groove(plan, number, dice)
    hits = rolled(hits, plan, number, dice)
    after = filled if plan.request.build == "none" else built
    return sorted(after(hits, plan, number, dice))


def _groove(plan: Plan, number: int, dice: Dice) -> list[Hit]:
    if not plan.voices:
        return []
    request = plan.request
    place = number % request.phrase
    need, velocity, ghost = _varied(plan, number % CYCLE, place, dice)
    metre = (request.signature_numerator, request.signature_denominator)
    taken = _taken(plan, metre, number % CYCLE)
    density = plan.density * easing(plan, number)
    sounding = _mapped(need, taken) <= density
    haunted = np.zeros_like(sounding)
    if request.ghosts > 0:
        # A ghost needs a little room: below that Density the player leaves it out.
        wished = np.where(ghost <= request.ghosts, plan.ghost_need, np.inf)
        haunted = (_mapped(wished, taken) <= density) & ~sounding
    _choke(plan, sounding, haunted)
    loud = np.where(sounding, _mapped(velocity, taken), _mapped(plan.ghost_velocity, taken))
    rows, steps = np.nonzero(sounding | haunted)
    forces = np.clip(np.round(loud[rows, steps], 1), 1.0, 127.0).tolist()
    kit = [(voice.role, voice.lane.length) for voice in plan.voices]
    return [
        Hit(float(step), kit[row][0], force, kit[row][1])
        for row, step, force in zip(rows.tolist(), steps.tolist(), forces, strict=True)
    ]


def _varied(plan: Plan, cycle: int, place: int, dice: Dice) -> tuple[_Floats, _Floats, _Floats]:
    """What this bar of the phrase makes of the plan, each (lanes, 16)."""
    need, velocity, ghost = plan.need[cycle], plan.velocity[cycle], plan.ghost[cycle]
    variation = plan.request.variation / 100.0
    if variation <= 0 or place % 2 == 0:
        return need, velocity, ghost
    reach = _TURN if place % 4 == 3 else _ANSWER
    other = np.array(
        [
            voice.others and dice.uniform("turn", voice.number, place) < variation * voice.lane.loose * reach
            for voice in plan.voices
        ]
    )[:, None]
    if other.any():
        need = np.where(other, plan.other_need[cycle], need)
        velocity = np.where(other, plan.other_velocity[cycle], velocity)
        ghost = np.where(other, plan.other_ghost[cycle], ghost)
    drawn = dice.uniforms("bar", (plan.numbers[:, None] * 64 + place) * 64 + np.arange(SIXTEENTHS, dtype=np.int64))
    shift = variation * plan.loose * _SHIFT * (drawn - 0.5)
    return np.where(need > 0, need + shift, need), velocity, ghost


def _taken(plan: Plan, metre: tuple[int, int], phase: int) -> NDArray[np.int64] | None:
    """For each lane the step of the pattern that each sixteenth of the bar takes; None where that is the same one."""
    if metre == (4, 4):
        return None
    once, time = sources(*metre, phase, False), sources(*metre, phase, True)
    return np.stack([time if voice.role in TIME else once for voice in plan.voices])


def _mapped(values: _Floats, taken: NDArray[np.int64] | None) -> _Floats:
    """Takes values of the sixteen steps of a pattern to those of a bar; ``REST``, the place behind, never sounds."""
    if taken is None:
        return values
    padded = np.concatenate([values, np.full((len(values), 1), np.inf)], axis=1)
    return np.take_along_axis(padded, taken, axis=1)


def _choke(plan: Plan, sounding: NDArray[np.bool_], haunted: NDArray[np.bool_]) -> None:
    """An open hat and a closed one are one pair of cymbals: where it opens, it is not struck closed."""
    rows = {voice.role: row for row, voice in enumerate(plan.voices)}
    if "open_hat" not in rows:
        return
    opened = sounding[rows["open_hat"]]
    for role in ("hat", "hat_low"):
        if role in rows:
            sounding[rows[role]] &= ~opened
            haunted[rows[role]] &= ~opened
