"""The rhythm of a bar as it is played: syncopated, locked to the kick, and never missing a chord."""

from __future__ import annotations

from msgspec.structs import replace

from engine.compose.bass.grid import plain_bar
from engine.compose.bass.plan import SIXTEENTH, Plan, evenly
from engine.compose.bass.stroke import Stroke

__all__ = ["strokes"]

_ON_KICK = 0.06 / SIXTEENTH
_REACH = 2.0
"""Sixteenths from which a note is pulled onto a kick."""

_STUMBLES = 0.75
"""Sixteenths from a kick at which a note sounds like a slip."""

_CLOSE = 1e-6
_ROOM = 0.25
_MOST_PUSHED = 0.6
_HEARD = 1.0
"""Beats a chord must last to be given a note of its own."""


def strokes(bar: int, plan: Plan) -> list[Stroke]:
    """The strokes of a bar.

    Args:
        bar: its number, 0 first; any number, past the end too.
        plan: what the line is made from.

    Returns:
        Strokes in order, by step; at least one where a sixteenth of the bar lies inside the part.
    """
    if bar not in plan.rows:
        plan.rows[bar] = _made(bar, plan)
    return plan.rows[bar]


def _made(bar: int, plan: Plan) -> list[Stroke]:
    found = _syncopated(plain_bar(bar, plan), bar, plan)
    kicks = [kick / SIXTEENTH for kick in plan.kicks_in(bar)]
    if kicks and plan.request.lock > 0:
        together = plan.style.kick == "with"
        found = _with_kick(found, kicks, bar, plan) if together else _between_kicks(found, kicks, bar, plan)
    found = _every_chord(found, bar, plan)
    return _inside(found, bar, plan)


def _syncopated(row: list[Stroke], bar: int, plan: Plan) -> list[Stroke]:
    """Above 50 notes come early, below it off-beats that are not the style itself move onto the beat."""
    amount = (plan.request.syncopation - 50.0) / 50.0
    if amount == 0:
        return row
    taken = {stroke.step for stroke in row}
    out = []
    for stroke in row:
        mark = plan.dice.uniform("syncopation", bar, int(stroke.step))
        target = stroke.step
        if amount > 0 and mark < amount * _MOST_PUSHED:
            target = _pushed(stroke, plan)
        elif amount < 0 and mark < -amount and not stroke.core:
            target = plan.metre.pulses[plan.metre.pulse(int(stroke.step))]
        if target != stroke.step and target in taken:
            if amount > 0:
                out.append(stroke)
            continue
        taken.add(target)
        out.append(replace(stroke, step=target))
    return sorted(out, key=_step)


def _pushed(stroke: Stroke, plan: Plan) -> float:
    """A beat comes early by the style's push, an off-beat eighth by a sixteenth; the bar's first stays."""
    step = int(stroke.step)
    if step == 0:
        return step
    if step in plan.metre.pulses:
        return max(0, step - plan.style.push)
    begin = plan.metre.pulses[plan.metre.pulse(step)]
    return step - 1 if (step - begin) % 2 == 0 else step


def _with_kick(row: list[Stroke], kicks: list[float], bar: int, plan: Plan) -> list[Stroke]:
    """Pulls notes onto kicks near them, drops what lies far from any, and adds one to kicks that have none."""
    lock, dice = plan.request.lock / 100.0, plan.dice
    held: dict[float, Stroke] = {}
    free: list[Stroke] = []
    for stroke in row:
        near = min(kicks, key=lambda kick: abs(kick - stroke.step))
        if abs(near - stroke.step) <= _ON_KICK:
            held.setdefault(near, replace(stroke, step=near, ghost=False) if lock == 1 else stroke)
        else:
            free.append(stroke)
    out = []
    for stroke in free:
        near = min(kicks, key=lambda kick: abs(kick - stroke.step))
        if evenly(dice, "lock", bar, int(stroke.step)) >= _gives_way(stroke, abs(near - stroke.step), lock):
            out.append(stroke)
        elif abs(near - stroke.step) <= _REACH and near not in held:
            held[near] = replace(stroke, step=near, ghost=False)
    for kick in kicks:
        if kick not in held and evenly(dice, "kick", bar, kick) < lock:
            held[kick] = Stroke(kick, "1", 0.0, 0.0)
    # A note that stayed free gives way where a kick's note has come close to it.
    near_kick = [stroke.step for stroke in held.values()]
    out = [stroke for stroke in out if all(abs(stroke.step - step) >= 1 - _CLOSE for step in near_kick)]
    out = sorted([*out, *held.values()], key=_step)
    # A bar whose notes were all dropped keeps its first, with the kick.
    return out if any(not stroke.ghost for stroke in out) else [replace(row[0], step=kicks[0], ghost=False)]


def _gives_way(stroke: Stroke, away: float, lock: float) -> float:
    """How likely a note off the kick leaves its place: one that would stumble over it soon, the style's own last."""
    if away <= _STUMBLES:
        return lock
    return lock**4 if stroke.core else lock**2


def _between_kicks(row: list[Stroke], kicks: list[float], bar: int, plan: Plan) -> list[Stroke]:
    """Moves notes off the kicks, half-way to the next one, where there is room."""
    lock, dice = plan.request.lock / 100.0, plan.dice
    edges = [*kicks, plan.metre.steps + kicks[0]]
    taken = {stroke.step for stroke in row}
    out = []
    for stroke in row:
        place = next((number for number, kick in enumerate(kicks) if abs(kick - stroke.step) <= _ON_KICK), None)
        if place is None or evenly(dice, "lock", bar, int(stroke.step)) >= lock:
            out.append(stroke)
            continue
        target = float(int((kicks[place] + edges[place + 1]) / 2))
        if target in taken or target >= plan.metre.steps or _on_kick(target, kicks):
            continue
        taken.add(target)
        out.append(replace(stroke, step=target))
    return sorted(out, key=_step) or _one_free(row[0], kicks, plan)


def _one_free(stroke: Stroke, kicks: list[float], plan: Plan) -> list[Stroke]:
    """A bar whose notes all gave way keeps one, on the first sixteenth without a kick; with none free, on the kick."""
    for step in (2, *range(plan.metre.steps)):
        if step < plan.metre.steps and not _on_kick(step, kicks):
            return [replace(stroke, step=step)]
    return [stroke]


def _on_kick(step: float, kicks: list[float]) -> bool:
    return any(abs(kick - step) <= _ON_KICK for kick in kicks)


def _every_chord(row: list[Stroke], bar: int, plan: Plan) -> list[Stroke]:
    """Gives a chord that would pass unheard a note of its own."""
    start = bar * plan.metre.bar
    if start >= plan.length - _CLOSE:
        return row
    out = list(row)
    kicks = [kick / SIXTEENTH for kick in plan.kicks_in(bar)] if plan.request.lock == 100 else []
    for change in plan.changes.within(start, min(start + plan.metre.bar, plan.length)):
        begin, end = (change.start - start) / SIXTEENTH, (change.end - start) / SIXTEENTH
        heard = any(begin - _CLOSE <= stroke.step < end - _CLOSE for stroke in row if not stroke.ghost)
        if heard or change.end - change.start < _HEARD - _CLOSE or end > plan.metre.steps + _CLOSE:
            continue
        answers = plan.style.kick == "between" and change.end - change.start >= 2 * _HEARD
        step = begin + 2.0 if answers else begin
        if not kicks or _on_kick(step, kicks) == (plan.style.kick == "with"):
            out = [stroke for stroke in out if abs(stroke.step - step) >= _CLOSE]
            out.append(Stroke(step, "1", 0.0, 0.0))
    return sorted(out, key=_step)


def _inside(row: list[Stroke], bar: int, plan: Plan) -> list[Stroke]:
    """Keeps what lies in the part; a bar that the end cuts short is served too."""
    left = (plan.length - bar * plan.metre.bar) / SIXTEENTH
    if left <= 0:
        return row
    out = [stroke for stroke in row if stroke.step < min(left, plan.metre.bar / SIXTEENTH) - _ROOM / SIXTEENTH * 0.5]
    if any(not stroke.ghost for stroke in out):
        return out
    return [Stroke(0, "1", 0.0, 0.0, core=True), *(stroke for stroke in out if stroke.step > 0)]


def _step(stroke: Stroke) -> float:
    return stroke.step
