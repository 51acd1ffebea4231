"""Build-ups and drops: what a phrase does before the moment everybody waits for, and after it.

A build rises over the phrase: the snare strikes quarters, eighths, sixteenths and at last
thirty-seconds, louder and louder, while the kick thins out and is gone before the end. A drop
begins with a crash and plays the genre at full strength; its first half takes no fill.
"""

from __future__ import annotations

from engine.compose.dice import Dice
from engine.compose.drums.fills import bar_steps, filled, lane_role_open
from engine.compose.drums.hits import Hit, struck
from engine.compose.drums.plan import Plan

__all__ = ["built", "easing"]

# Share of the phrase that has gone by, up to which the roll has this many sixteenths between its hits.
_RATES = ((0.5, 4.0), (0.75, 2.0), (0.9375, 1.0), (1.0, 0.5))

_KICK_UNTIL = 0.75
"""Share of a phrase's build after which the kick is silent."""

_THIN, _FULL = 0.6, 1.15
"""Density, beside the usual one, at the start of a build and in a drop."""

_SOFTEST, _LOUDEST = 46.0, 122.0
_LIFT = 5.0
_LOW = frozenset({"kick", "sub"})
_SNARES = ("snare", "clap", "rim")


def easing(plan: Plan, number: int) -> float:
    """Factor on Density that a build or a drop brings to a bar."""
    if plan.request.build == "build":
        share = number % plan.request.phrase / plan.request.phrase
        return _THIN + (1.0 - _THIN) * share
    return _FULL if plan.request.build == "drop" else 1.0


def built(hits: list[Hit], plan: Plan, number: int, dice: Dice) -> list[Hit]:
    """Makes a bar one of a build-up or of a drop.

    Args:
        hits: the groove of the bar.
        plan: of the take, whose request asks for one of them.
        number: of the bar, from 0; the place in the phrase follows from it.
        dice: of the take's seed.

    Returns:
        The bar's hits.
    """
    if plan.request.build == "build":
        return _rising(hits, plan, number)
    place = number % plan.request.phrase
    lifted = [hit._replace(velocity=min(127.0, hit.velocity + _LIFT)) for hit in hits]
    if place == 0:
        crash = [Hit(0.0, "crash", 116.0, 2.0)] if lane_role_open(plan, "crash") else []
        return [hit for hit in lifted if (hit.step, hit.role) != (0.0, "crash")] + crash
    return filled(lifted, plan, number, dice) if place >= plan.request.phrase // 2 else lifted


def _rising(hits: list[Hit], plan: Plan, number: int) -> list[Hit]:
    steps, phrase = bar_steps(plan), plan.request.phrase
    first = number % phrase * steps
    out = []
    for hit in hits:
        gone = (first + hit.step) / (steps * phrase)
        if hit.role in _LOW and gone >= _KICK_UNTIL and lane_role_open(plan, hit.role):
            continue
        if hit.role in _SNARES and lane_role_open(plan, hit.role):
            continue
        out.append(hit)
    role = next((voice.role for voice in plan.voices if voice.role in _SNARES), "snare")
    return out + (_roll(role, first, steps, steps * phrase) if lane_role_open(plan, role) else [])


def _roll(role: str, first: int, steps: int, whole: int) -> list[Hit]:
    """The snare's rise through one bar."""
    out, step = [], 0.0
    while step < steps:
        gone = (first + step) / whole
        rate = next(rate for upper, rate in _RATES if gone < upper)
        force = _SOFTEST + (_LOUDEST - _SOFTEST) * gone
        # Every other hit of a fast roll is the weaker hand's.
        weak = 6.0 if rate < 4 and step / rate % 2 else 0.0
        out.append(struck(step, role, force - weak, 0.25 * min(rate, 1.0)))
        step += rate
    return out
