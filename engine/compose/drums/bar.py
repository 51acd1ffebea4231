"""One bar: a pure function of the plan and the bar's number.

A phrase of four bars goes statement, answer, statement, turn: the statements are the plan itself,
answers and turns depart from it as far as Variation says, by another cell of the lane or by hits
that join and leave. Fills, rolls and build-ups are laid on top.
"""

from __future__ import annotations

from collections.abc import Sequence

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

__all__ = ["drum_bar", "drum_bars"]

_TURN, _ANSWER = 1.3, 0.7
"""Chance, at Variation 100 and a lane as loose as can be, that a turn or an answer takes the other cell."""

_SHIFT = 2.2
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
    return drum_bars(plan, [number], dice)[0]


def drum_bars(plan: Plan, numbers: Sequence[int], dice: Dice) -> list[list[Hit]]:
    """Plays several bars at once: the same hits as one by one, sooner."""
    after = filled if plan.request.build == "none" else built
    grooves = _grooves(plan, np.array(numbers, dtype=np.int64), dice)
    return [
        sorted(after(rolled(hits, plan, number, dice), plan, number, dice))
        for hits, number in zip(grooves, numbers, strict=True)
    ]


def _grooves(plan: Plan, numbers: NDArray[np.int64], dice: Dice) -> list[list[Hit]]:
    """What the lanes play in each bar, before anything is laid on top."""
    out: list[list[Hit]] = [[] for _ in numbers]
    if not plan.voices:
        return out
    request = plan.request
    need, velocity, ghost = _varied(plan, numbers, dice)
    taken = _taken(plan, numbers)
    density = plan.density * np.array([easing(plan, number) for number in numbers.tolist()])[:, None, None]
    sounding = _mapped(need, taken) <= density
    haunted = np.zeros_like(sounding)
    if request.ghosts > 0:
        # A ghost needs a little room: below that Density the player leaves it out.
        wished = np.where(ghost <= request.ghosts, plan.ghost_need, np.inf)
        haunted = (_mapped(wished, taken) <= density) & ~sounding
    _choke(plan, sounding, haunted)
    soft = np.broadcast_to(plan.ghost_velocity, velocity.shape)
    loud = np.where(sounding, _mapped(velocity, taken), _mapped(soft, taken))
    places = np.nonzero(sounding | haunted)
    forces = np.clip(np.round(loud[places], 1), 1.0, 127.0).tolist()
    kit = [(voice.role, voice.lane.length) for voice in plan.voices]
    for bar, row, step, force in zip(*(place.tolist() for place in places), forces, strict=True):
        role, length = kit[row]
        out[bar].append(Hit(float(step), role, force, length))
    return out


def _varied(plan: Plan, numbers: NDArray[np.int64], dice: Dice) -> tuple[_Floats, _Floats, _Floats]:
    """What each bar of the phrase makes of the plan, each (bars, lanes, 16)."""
    cycle, place = numbers % CYCLE, numbers % plan.request.phrase
    need, velocity, ghost = plan.need[cycle], plan.velocity[cycle], plan.ghost[cycle]
    variation = plan.variation
    answers = np.flatnonzero(place % 2)
    if variation <= 0 or not len(answers):
        return need, velocity, ghost
    marks = plan.numbers * 64 + place[answers][:, None]
    reach = np.where(place[answers] % 4 == CYCLE - 1, _TURN, _ANSWER)[:, None]
    other = dice.uniforms("turn", marks) < variation * plan.loose[:, 0] * plan.others * reach
    bars, lanes = np.nonzero(other)
    theirs, turned = answers[bars], cycle[answers[bars]]
    need[theirs, lanes] = plan.other_need[turned, lanes]
    velocity[theirs, lanes] = plan.other_velocity[turned, lanes]
    ghost[theirs, lanes] = plan.other_ghost[turned, lanes]
    drawn = dice.uniforms("bar", marks[:, :, None] * 64 + np.arange(SIXTEENTHS, dtype=np.int64))
    shift = variation * plan.loose * _SHIFT * (drawn - 0.5)
    need[answers] += np.where(need[answers] > 0, shift, 0.0)
    return need, velocity, ghost


def _taken(plan: Plan, numbers: NDArray[np.int64]) -> NDArray[np.int64] | None:
    """For each bar and lane the step of the pattern that each sixteenth takes; None where that is the same one."""
    metre = (plan.request.signature_numerator, plan.request.signature_denominator)
    if metre == (4, 4):
        return None
    keeping = [voice.role in TIME for voice in plan.voices]
    phases = (numbers % CYCLE).tolist()
    return np.stack([np.stack([sources(*metre, phase, keeps) for keeps in keeping]) for phase in phases])


def _mapped(values: _Floats, taken: NDArray[np.int64] | None) -> _Floats:
    """Takes values of the sixteen steps of a pattern to those of a bar; ``REST``, the place behind, never sounds."""
    if taken is None:
        return values
    padded = np.concatenate([values, np.full((*values.shape[:-1], 1), np.inf)], axis=-1)
    return np.take_along_axis(padded, taken, axis=-1)


def _choke(plan: Plan, sounding: NDArray[np.bool_], haunted: NDArray[np.bool_]) -> None:
    """An open hat and a closed one are one pair of cymbals: where it opens, it is not struck closed."""
    rows = {voice.role: row for row, voice in enumerate(plan.voices)}
    if "open_hat" not in rows:
        return
    opened = sounding[:, rows["open_hat"]]
    for role in ("hat", "hat_low"):
        if role in rows:
            sounding[:, rows[role]] &= ~opened
            haunted[:, rows[role]] &= ~opened
