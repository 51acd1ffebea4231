"""Turns at the end of bars: small ones inside a phrase, longer ones at its end.

Which fill a bar has depends on the bar's number, the phrase and the Fills knob alone, so the next
bar knows, without being told, whether it begins with the crash that answers it.
"""

from __future__ import annotations

from functools import lru_cache

from engine.compose.dice import Dice
from engine.compose.drums.hits import Hit, struck
from engine.compose.drums.plan import Plan
from engine.compose.drums.vocabulary import Fill, fills, genres
from engine.notes import beats_per_bar

__all__ = ["bar_steps", "fill_of", "filled", "lane_role_open"]

_WITHIN, _END, _SECTION = 0.64, 1.0, 1.2
"""Weight of a turn inside a phrase, at its end, and where sixteen bars end."""

_EARLY = 0.35
"""Weight of the first and third turns of a phrase of sixteen bars."""

_SHORT = 0.2
"""Weight of the middle of a phrase of four bars: only who asks for many fills gets one there."""

_STEP = 0.25
_JITTER = 0.24
"""How far chance stretches the strength of a fill, from least to most, as a share of it."""

# Longest fill, in beats, up to each strength; below the first there is none. At every quarter of the knob one of the
# fills of a phrase grows.
_SIZES = ((0.16, 0), (0.34, 1), (0.56, 2), (9.0, 4))

_VELOCITY = 100.0
_TOUCH = {"X": 16.0, "x": 0.0, "o": -26.0, "g": -58.0, "2": -6.0, "3": -10.0}
_NEEDS = {"X": 0.0, "x": 0.5, "o": 0.8, "g": 0.9, "2": 0.4, "3": 0.4}
_LENGTH = 0.25


def bar_steps(plan: Plan) -> int:
    """Sixteenths in a bar; a bar of an odd sixty-fourth's length does not exist."""
    return round(beats_per_bar(plan.request.signature_numerator, plan.request.signature_denominator) / _STEP)


def lane_role_open(plan: Plan, role: str) -> bool:
    """Whether anything may be put on a lane: neither silenced nor locked by a wish."""
    wish = (plan.request.lanes or {}).get(role)
    return wish is None or (not wish.mute and wish.keep is None)


def _weight(number: int, phrase: int) -> float:
    following = number + 1
    if following % 16 == 0:
        return _SECTION
    if following % phrase == 0:
        return _END
    if phrase == 16 and following % 4 == 0:
        return _WITHIN if following % 8 == 0 else _EARLY
    if following % (phrase // 2):
        return 0.0
    return _WITHIN if phrase > 4 else _SHORT


def fill_of(plan: Plan, number: int, dice: Dice) -> Fill | None:
    """The fill at the end of a bar, or None.

    Args:
        plan: of the take.
        number: of the bar, from 0; below 0 there is nothing.
        dice: of the take's seed.
    """
    request = plan.request
    weight = _weight(number, request.phrase) if number >= 0 else 0.0
    if not weight or request.fills <= 0:
        return None
    strength = request.fills / 100.0 * weight * (1.0 + (dice.uniform("fill size", number) - 0.5) * _JITTER)
    longest = next(beats for upper, beats in _SIZES if strength < upper)
    by_size = _by_size(plan.genre.id)
    size = next((beats for beats in (4, 2, 1) if beats <= longest and beats in by_size), 0)
    if not size or size * 4 > bar_steps(plan):
        return None
    drawn = fills()[dice.choice(f"fill {number}", by_size[size])]
    if plan.home.issuperset(drawn.lanes):
        return drawn
    # A player turns on what stands before him: another part of the kit only where nothing here will do.
    at_hand = {name: weight for name, weight in by_size[size].items() if plan.home.issuperset(fills()[name].lanes)}
    return fills()[dice.choice(f"fill {number} at hand", at_hand)] if at_hand else drawn


@lru_cache(maxsize=64)
def _by_size(genre: str) -> dict[int, dict[str, float]]:
    """A genre's fills and their weights, by length in beats."""
    found: dict[int, dict[str, float]] = {}
    for item in genres()[genre].fills:
        found.setdefault(fills()[item.fill].beats, {})[item.fill] = item.weight
    return found


def filled(hits: list[Hit], plan: Plan, number: int, dice: Dice) -> list[Hit]:
    """Puts the fill of a bar over its end, and the crash that answers the one before on its first beat."""
    out = list(hits)
    fill = fill_of(plan, number, dice)
    if fill is not None:
        begin = bar_steps(plan) - 4 * fill.beats
        out = [hit for hit in out if hit.step < begin or not _cleared(fill, hit.role, plan)]
        taken = {(hit.step, hit.role) for hit in out}
        out += [hit for hit in _played(fill, begin, plan) if (hit.step, hit.role) not in taken]
    before = fill_of(plan, number - 1, dice)
    crash = plan.genre.crash
    if before is not None and before.beats > 1 and crash and dice.uniform("crash", number) < crash:
        out += _crash(plan)
    return out


def _cleared(fill: Fill, role: str, plan: Plan) -> bool:
    return ("*" in fill.clear or role in fill.clear) and lane_role_open(plan, role)


def _crash(plan: Plan) -> list[Hit]:
    return [Hit(0.0, "crash", 104.0, 1.0)] if lane_role_open(plan, "crash") else []


def _played(fill: Fill, begin: int, plan: Plan) -> list[Hit]:
    """The hits of a fill, growing towards the bar line."""
    out = []
    wishes = plan.request.lanes or {}
    for role, signs in fill.lanes.items():
        if not lane_role_open(plan, role):
            continue
        wish = wishes.get(role)
        density = plan.request.density * (wish.density if wish else 1.0)
        for place, sign in enumerate(signs):
            if sign == "." or _NEEDS[sign] > density:
                continue
            force = (_VELOCITY + _TOUCH[sign]) * (0.86 + 0.16 * (place + 1) / len(signs))
            count = int(sign) if sign.isdigit() else 1
            out += [
                struck(begin + place + part / count, role, force - 8.0 * (part % 2), _LENGTH / count)
                for part in range(count)
            ]
    return out
