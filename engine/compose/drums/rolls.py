"""Rolls inside a lane, as trap's hats play them: from sixteenths to sixty-fourths, swelling or fading, tuned."""

from __future__ import annotations

from functools import lru_cache

from engine.compose.dice import Dice
from engine.compose.drums.adapt import REST, sources
from engine.compose.drums.fills import lane_role_open
from engine.compose.drums.hits import Hit, struck
from engine.compose.drums.plan import Plan
from engine.compose.drums.roles import TIME
from engine.compose.drums.vocabulary import Rolls

__all__ = ["rolled"]

_SWELL, _FADE, _EVEN = 0.55, 0.25, 0.20
"""How often a roll grows louder, softer, or stays as it is."""

_SOFTEST = 0.45
_NEEDED = 0.4
"""Density below which nothing rolls."""

_LOWER = {"hat": "hat_low"}
"""The pad on which a falling roll ends."""

_LOUDEST = 104.0
_CHANCE_UNIT = 0.10
_RESTRAINT = 0.7
_WHOLE = 16
"""Sixteenths in the four beats that divisions are counted in."""


def rolled(hits: list[Hit], plan: Plan, number: int, dice: Dice) -> list[Hit]:
    """Puts rolls into a bar.

    A roll takes the place of the lane's own hits for as long as it lasts, and gives way where the hat is open. How
    many there are grows with Complexity; they come back with the phrase.

    Args:
        hits: of the bar.
        plan: of the take.
        number: of the bar, from 0.
        dice: of the take's seed.

    Returns:
        The hits with the rolls among them.
    """
    rolls = plan.genre.rolls
    if rolls is None or plan.more <= 0:
        return hits
    voice = next((voice for voice in plan.voices if voice.role == rolls.role), None)
    if voice is None or voice.density < _NEEDED:
        return hits
    # Statements share their rolls, as they share all else; answers and turns have their own.
    # Statements share their rolls, as they share all else; answers and turns have their own.
    place = number % plan.request.phrase
    first = (place if place % 2 and plan.request.variation > 0 else 0) * 256
    metre = (plan.request.signature_numerator, plan.request.signature_denominator)
    taken = sources(*metre, number % 4, rolls.role in TIME).tolist()
    opened = [hit.step for hit in hits if hit.role == "open_hat"]
    # Fewer than Complexity would have it: many hats in a roll are soon too many.
    often, begun = plan.more**_RESTRAINT, dice.row("roll", voice.number)
    dealt = _Dealt(voice.number, dice)
    chances = _chances(rolls.chance)
    spans: list[tuple[int, int]] = []
    free = 0
    for step, source in enumerate(taken):
        chance = 0.0 if source == REST else chances[source]
        if step < free or not chance or begun.uniform(first + step) >= chance * often:
            continue
        end = step + _pick(rolls.lengths, dealt.length.uniform(first + step))
        if end > len(taken) or any(step <= other < end for other in opened):
            continue
        spans.append((step, end))
        free = end
    if not spans:
        return hits
    lower = _LOWER.get(rolls.role, rolls.role)
    roles = (rolls.role, lower if lane_role_open(plan, lower) else rolls.role)
    out = [hit for hit in hits if hit.role != rolls.role or not any(begin <= hit.step < end for begin, end in spans)]
    for begin, end in spans:
        out += _roll(rolls, roles, (begin, end), dealt, first + begin)
    return out


class _Dealt:
    """The random numbers of rolls, by the place where each begins."""

    def __init__(self, lane: int, dice: Dice) -> None:
        self.length, self.division, self.ramp, self.tune = (
            dice.row(name, lane) for name in ("roll length", "roll division", "roll ramp", "roll tune")
        )


def _roll(rolls: Rolls, roles: tuple[str, str], place: tuple[int, int], dealt: _Dealt, mark: int) -> list[Hit]:
    """The hits of one roll; one that falls ends on the lower of a pair of pads, where a tuning cannot be played."""
    begin, end = place
    division = _pick(rolls.divisions, dealt.division.uniform(mark))
    count = round((end - begin) * division / _WHOLE)
    tune, ramp = _pick(rolls.tunes, dealt.tune.uniform(mark)), dealt.ramp.uniform(mark)
    out = []
    for hit in range(count):
        share = (hit + 1) / count
        force = share if ramp < _SWELL else 1.0 - share + 1.0 / count if ramp < _SWELL + _FADE else 0.7
        velocity = _LOUDEST * (_SOFTEST + (1.0 - _SOFTEST) * force)
        role = roles[tune < 0 and 2 * hit >= count]
        out.append(struck(begin + hit * (end - begin) / count, role, velocity, 4.0 / division, tune * hit))
    return out


@lru_cache(maxsize=64)
def _chances(signs: str) -> tuple[float, ...]:
    """The chance of a roll at each step, at the usual Complexity."""
    return tuple(0.0 if sign == "." else int(sign) * _CHANCE_UNIT for sign in signs)


def _pick(weights: dict[int, float], chance: float) -> int:
    mark = chance * sum(weights.values())
    for value, weight in weights.items():
        mark -= weight
        if mark < 0:
            return value
    return next(reversed(weights))
