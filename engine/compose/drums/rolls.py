"""Rolls inside a lane, as trap's hats play them: from sixteenths to sixty-fourths, swelling or fading, tuned."""

from __future__ import annotations

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
    place = number % plan.request.phrase
    bar = place if place % 2 and plan.request.variation > 0 else 0
    metre = (plan.request.signature_numerator, plan.request.signature_denominator)
    taken = sources(*metre, number % 4, rolls.role in TIME).tolist()
    opened = [hit.step for hit in hits if hit.role == "open_hat"]
    out, free = list(hits), 0
    for step, source in enumerate(taken):
        sign = "." if source == REST else rolls.chance[source]
        mark = bar * 256 + step
        if step < free or sign == "." or dice.uniform("roll", voice.number, mark) >= _chance(sign, plan.more):
            continue
        end = step + _pick(rolls.lengths, dice.uniform("roll length", voice.number, mark))
        if end > len(taken) or any(step <= other < end for other in opened):
            continue
        free, draws = end, _Draws(voice.number, mark, dice)
        out = [hit for hit in out if hit.role != rolls.role or not step <= hit.step < end]
        lower = _LOWER.get(rolls.role, rolls.role)
        out += _roll(rolls, lower if lane_role_open(plan, lower) else rolls.role, (step, end), draws)
    return out


class _Draws:
    """The random numbers of one roll."""

    def __init__(self, lane: int, mark: int, dice: Dice) -> None:
        self.division, self.ramp, self.tune = (
            dice.uniform(name, lane, mark) for name in ("roll division", "roll ramp", "roll tune")
        )


def _roll(rolls: Rolls, lower: str, place: tuple[int, int], draws: _Draws) -> list[Hit]:
    """The hits of one roll; one that falls ends on the lower of a pair of pads, where a tuning cannot be played."""
    begin, end = place
    division = _pick(rolls.divisions, draws.division)
    count = round((end - begin) * division / _WHOLE)
    tune = _pick(rolls.tunes, draws.tune)
    out = []
    for hit in range(count):
        share = (hit + 1) / count
        force = share if draws.ramp < _SWELL else 1.0 - share + 1.0 / count if draws.ramp < _SWELL + _FADE else 0.7
        velocity = _LOUDEST * (_SOFTEST + (1.0 - _SOFTEST) * force)
        role = lower if tune < 0 and 2 * hit >= count else rolls.role
        out.append(struck(begin + hit * (end - begin) / count, role, velocity, 4.0 / division, tune * hit))
    return out


def _chance(sign: str, more: float) -> float:
    # Fewer than Complexity would have it: many hats in a roll are soon too many.
    return float(int(sign) * _CHANCE_UNIT * more**_RESTRAINT)


def _pick(weights: dict[int, float], chance: float) -> int:
    mark = chance * sum(weights.values())
    for value, weight in weights.items():
        mark -= weight
        if mark < 0:
            return value
    return next(reversed(weights))
