"""When the bass plays: which pattern a bar takes, and what of it the Density lets through.

Every hit carries the Density at which it joins in, so raising the knob only ever adds. The seed chooses the patterns
and moves each threshold a little; bars of a phrase of four differ as far as Variation says, and the fourth turns
round into the next phrase.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec

from engine.compose.bass.plan import Metre, Plan, evenly, of_own
from engine.compose.bass.stroke import Stroke
from engine.compose.bass.styles import BassStyle, Cell, Cells, Ghost, Hit, Pattern, Sequence
from engine.compose.dice import Dice

__all__ = ["plain_bar"]

_PHRASE, _SECTION = 4, 8
_MAIN, _OTHER, _TURN = 0, 1, 2
_JITTER, _DRIFT = 12.0, 40.0
_HIGHEST = 99.5
_STEPS = 16
_PLAIN, _PLAINEST = ("1", "8", "w"), 33.0
_COLOUR, _LATE = 55.0, 75.0
"""Complexities from which tones outside the key are drawn and roots give way, and from which those of the core do."""

_MIDDLE, _DRAWN_OUT = 50.0, 1.5

_SPICES = {"1": ("8", "5", "3", "6"), "8": ("6", "7", "3", "2")}
_SHY = 60.0
_GHOSTS_DIFFER, _USUAL_VARIATION = 0.6, 25.0
"""How far bars differ in what muted notes they play, and the Variation from which they do."""


def plain_bar(bar: int, plan: Plan) -> list[Stroke]:
    """The strokes of a bar as the style has them, before syncopation and kick.

    Args:
        bar: its number, 0 first.
        plan: what the line is made from.

    Returns:
        Strokes in order, at least one, no two on one sixteenth.
    """
    slot = _slot(bar, plan)
    hits, ghosts = _drawn(slot, plan)
    request = plan.request
    drift = _DRIFT * request.variation / 100.0
    strokes = {
        hit.step: Stroke(hit.step, hit.tones, hit.length, hit.accent, core=hit.density == 0)
        for hit in hits
        if _joins(hit, request.density, bar, drift, plan.dice)
    }
    for place, ghost in enumerate(ghosts):
        if ghost.step not in strokes and _is_heard(ghost, place, bar, plan):
            strokes[ghost.step] = Stroke(ghost.step, "1", 0.6, 0.0, ghost=True)
    if all(stroke.ghost for stroke in strokes.values()):
        strokes[0] = Stroke(0, "1", 0.0, 0.0, core=True)
    return [strokes[step] for step in sorted(strokes)]


def _joins(hit: Hit, density: float, bar: int, drift: float, dice: Dice) -> bool:
    """Whether a hit is played; in some bars it joins in a little earlier or later."""
    if hit.density == 0 or density >= min(hit.density + drift / 2, _HIGHEST):
        return True
    if density < max(hit.density - drift / 2, 1.0):
        return False
    return density >= hit.density + (dice.uniform("drift", bar, hit.step) - 0.5) * drift


def _is_heard(ghost: Ghost, place: int, bar: int, plan: Plan) -> bool:
    """Whether a muted note is played: much the same ones in all bars of a slot, the less so the higher Variation."""
    amount = of_own(plan.request.ghosts, plan.style.ghosts)
    if amount == 0.0:
        return False
    often: float = amount ** (ghost.shy / 50.0)
    wide = _GHOSTS_DIFFER * min(1.0, plan.request.variation / _USUAL_VARIATION)
    mark = evenly(plan.dice, "ghost", place, _slot(bar, plan))
    if mark - wide / 2.0 >= often and 2.0 - mark - wide / 2.0 >= often:
        return False
    mark += (plan.dice.uniform("ghost", bar, ghost.step) - 0.5) * wide
    # Turned back at both ends, so that every mark stays as likely as any other.
    return 1.0 - abs(1.0 - abs(mark)) < often


def _drawn(slot: int, plan: Plan) -> tuple[tuple[Hit, ...], tuple[Ghost, ...]]:
    """The pattern of a slot, every threshold moved a little by the seed; what has none stays."""
    found = plan.slots.get(slot)
    if found is None:
        hits, ghosts = _pattern(plan.style, plan.metre, plan.dice, slot)
        found = (
            tuple(_seeded(hit, slot, plan.dice) for hit in hits),
            ghosts,
        )
        plan.slots[slot] = found
    return found


def _seeded(hit: Hit, slot: int, dice: Dice) -> Hit:
    """A hit with its Density moved, and with Complexities from which it leaves the root, and for what."""
    first, _, others = hit.tones.partition(" ")
    tones = " ".join([first, *(_later(tone) for tone in others.split())])
    if first not in _PLAIN and not first.startswith("s"):
        tones = f"1 {first}@{1 + _PLAINEST * dice.uniform('plain', slot, hit.step):.1f} {tones.partition(' ')[2]}"
    elif hit.tones in _SPICES and hit.step > 0:
        tones = f"{first} {_spice(hit, slot, dice)}"
    return msgspec.structs.replace(hit, tones=tones, density=_moved(hit.density, "strike", slot, hit.step, dice))


def _later(tone: str) -> str:
    """A tone that comes in above the middle of Complexity, with what lies there drawn out to the end of it."""
    name, _, least = tone.partition("@")
    found = float(least)
    return tone if found <= _MIDDLE else f"{name}@{_MIDDLE + (found - _MIDDLE) * _DRAWN_OUT:.1f}"


def _spice(hit: Hit, slot: int, dice: Dice) -> str:
    """What a root or octave gives way to high up in Complexity; where the pattern stands on it, at the very end."""
    others = _SPICES[hit.tones]
    tone = others[int(dice.uniform("spice", slot, hit.step) * len(others))]
    least = _COLOUR if hit.density else _LATE
    return f"{tone}@{least + (100.0 - least) * evenly(dice, 'spiced', hit.step, slot):.1f}"


def _moved(threshold: float, name: str, slot: int, step: int, dice: Dice) -> float:
    if threshold == 0:
        return 0.0
    return min(_HIGHEST, max(1.0, threshold + (dice.uniform(name, slot, step) - 0.5) * _JITTER))


def _slot(bar: int, plan: Plan) -> int:
    """Which of the seed's patterns a bar takes; the higher Variation, the more bars leave the main one."""
    variation = plan.request.variation / 100.0
    mark = plan.dice.uniform("phrase", bar)
    place = bar % _PHRASE
    if place == _PHRASE - 1:
        ends_section = bar % _SECTION == _SECTION - 1
        return _TURN if mark < variation * (3.0 if ends_section else 2.0) else _MAIN
    return _OTHER if mark < variation * (0.0, 1.0, 0.6)[place] else _MAIN


def _pattern(style: BassStyle, metre: Metre, dice: Dice, slot: int) -> tuple[tuple[Hit, ...], tuple[Ghost, ...]]:
    if style.sequence is not None:
        hits = _sequenced(style.sequence, metre.steps, dice, slot)
        return hits, tuple(Ghost(step, _SHY) for step in range(metre.steps))
    if not metre.even:
        return _from_cells(style.simple, style.compound, metre, turned=slot == _TURN)
    if slot == _TURN and style.turns:
        found = style.turns[dice.index("turn", [turn.weight for turn in style.turns])]
    else:
        found = _chosen(style.patterns, dice, slot)
    return found.hits, found.ghosts


def _chosen(patterns: tuple[Pattern, ...], dice: Dice, slot: int) -> Pattern:
    """The seed's main pattern, or another one."""
    main = dice.index("pattern", [pattern.weight for pattern in patterns])
    others = [pattern for place, pattern in enumerate(patterns) if place != main]
    if slot == _MAIN or not others:
        return patterns[main]
    return others[dice.index("other pattern", [pattern.weight for pattern in others])]


@lru_cache(maxsize=512)
def _from_cells(
    simple: Cells, compound: Cells, metre: Metre, *, turned: bool
) -> tuple[tuple[Hit, ...], tuple[Ghost, ...]]:
    """Joins a bar from cells, one for each pulse group; only a turn, or the plain bar, ends in the last cell."""
    hits: list[Hit] = []
    ghosts: list[Ghost] = []
    for place, (begin, size) in enumerate(zip(metre.pulses, metre.groups, strict=True)):
        cell = _cell(compound if size in (3, 6) else simple, place, len(metre.groups), turned=turned)
        hits += [msgspec.structs.replace(hit, step=begin + hit.step) for hit in cell.hits if hit.step < size]
        ghosts += [Ghost(begin + ghost.step, ghost.shy) for ghost in cell.ghosts if ghost.step < size]
    return tuple(hits), tuple(ghosts)


def _cell(cells: Cells, place: int, count: int, *, turned: bool) -> Cell:
    if place == 0:
        return cells.first
    if place == count - 1 and (turned or count > 2):
        return cells.last
    return cells.weak if place % 2 else cells.strong


def _sequenced(sequence: Sequence, steps: int, dice: Dice, slot: int) -> tuple[Hit, ...]:
    """Fills the steps of a bar by chance; the turn is the main bar with its last quarter filled anew."""
    hits = []
    for step in range(steps):
        source = _TURN if slot == _TURN and step * 4 >= steps * 3 else slot % _TURN
        chance = sequence.onsets[step % _STEPS]
        mark = dice.uniform("step", source, step)
        # At Density 50 a step plays as often as it does in the style.
        density = 50.0 * mark / chance if mark < chance else 50.0 + 50.0 * (mark - chance) / (1.0 - chance)
        accented = dice.uniform("accent", source, step) < sequence.accents[0 if step == 0 else 1]
        tones = _sequence_tones(sequence, dice, source * 1000 + step)
        hits.append(
            Hit(step, tones, max(1.0, density), sequence.length, sequence.accent if accented else 0.0),
        )
    return tuple(hits)


def _sequence_tones(sequence: Sequence, dice: Dice, place: int) -> str:
    """The root, and above some Complexity another tone: at 35 as often as the style plays it."""
    mark = dice.uniform("tone", place)
    root = sequence.tones["1"]
    rest = [(tone, weight) for tone, weight in sequence.tones.items() if tone != "1"]
    total = sum(weight for _, weight in rest)
    pick = dice.uniform("which tone", place) * total
    chosen = rest[-1][0]
    for tone, weight in rest:
        pick -= weight
        if pick < 0:
            chosen = tone
            break
    other = total / (root + total)
    # Shares of other tones: none at Complexity 0, the style's at 35, twice as many at 100.
    at = 35.0 * mark / other if mark < other else 35.0 + 65.0 * (mark - other) / other
    if chosen.startswith("b"):
        at = max(at, _COLOUR)
    return "1" if at > 100 else f"1 {chosen}@{at:.1f}"
