"""Composes a bass line from one request.

The road: style, harmony (``part.harmony``), the plan of the line (``plan``), its bars one after the other (``bar``),
and the hands that play it (``feel.play``). Every step is a pure function of the request and the seed, and a bar does
not hang on how many come after it.
"""

from __future__ import annotations

from collections.abc import Iterator

from engine.compose.bass.bar import NOTHING_YET, play_bar
from engine.compose.bass.changes import read_changes
from engine.compose.bass.plan import Metre, Plan, metre_of
from engine.compose.bass.request import BassRequest, BassResolved, BassResult, check_bass
from engine.compose.bass.styles import BassStyle, bass_styles, find_style, moved_style
from engine.compose.bass.walk_model import Character, walk_model
from engine.compose.dice import Dice, draw_seed
from engine.compose.feel.play import perform
from engine.compose.own.blend import blended
from engine.compose.own.model import OwnStyle
from engine.compose.own.use import fitting
from engine.compose.part.harmony import Harmony, find_harmony, take_id
from engine.compose.recipe.apply import with_recipe
from engine.compose.steer.apply import louder, steered
from engine.compose.steer.map import SteerMap, map_of
from engine.notes import Note, beats_per_bar, whole_bars

__all__ = ["BassRequest", "BassResult", "compose_bass", "rehearse_bass"]

RECIPE = "bass/4"
"""Changes whenever the same request would make other notes; part of every take's id."""

BEYOND = ("register", "velocity")
"""What steering moves and the request does not have."""

_CLOSE = 1e-6


def compose_bass(request: BassRequest, own: OwnStyle | None = None, steering: SteerMap | None = None) -> BassResult:
    """Composes a bass line for a clip.

    Args:
        request: what is wanted; see ``BassRequest`` for units and ranges.
        own: the style that the request's ``own`` names.
        steering: what the request's ``steer`` means; left out, what is on the shelf.

    Returns:
        Notes from MIDI 28 to 55 (steered, 24 to 63), the harmony they follow, and every decision made on the way. One
        note sounds at a time, but for slides: there a note lasts a tenth of a beat into the next. The same request with
        the same seed gives the same notes, bit for bit.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    request = with_recipe(request, "bass")
    length = check_bass(request)
    own = fitting(own, request, "bass")
    seed = draw_seed() if request.seed is None else request.seed
    dice = Dice(seed)
    moved = steered(request, map_of("bass", request.steer, steering), BEYOND)
    request = moved.request
    style, said = find_style(request.style, request.context, request.tempo)
    style = moved_style(style, round(moved.beyond.get("register", 0)))
    harmony = find_harmony(request, style.chords, length, dice)
    metre = metre_of(request.signature_numerator, request.signature_denominator)
    plan = Plan(
        request=request,
        style=style,
        changes=read_changes(harmony),
        metre=metre,
        length=length,
        kicks=_rounds(request.kick, metre),
        dice=dice,
        slots={},
        rows={},
    )
    notes = _played(_with_own(_written(plan), plan, harmony, own), plan)
    notes = louder(notes, moved.beyond.get("velocity", 0.0))
    resolved = _resolved(request, style, harmony, locked=bool(plan.kicks) and request.lock > 0)
    return BassResult(
        take=take_id(RECIPE, resolved, seed, length, harmony.told(), plan.kicks, own and own.version, *moved.mark),
        seed=seed,
        notes=notes,
        length=length,
        chords=harmony.told(),
        summary=_summary(resolved, notes, length),
        notices=[*said, *harmony.notices, *_cut_short(request, length)],
        resolved=resolved,
        steered=moved.told,
        stretched=moved.stretched,
    )


def _written(plan: Plan) -> list[Note]:
    character: Character = walk_model().character(plan.dice) if plan.style.line == "walk" else ()
    notes, carry = [], NOTHING_YET
    for bar in range(int(-(-(plan.length - _CLOSE) // plan.metre.bar))):
        written, carry = play_bar(bar, plan, character, carry)
        notes += written
    return notes


def _with_own(notes: list[Note], plan: Plan, harmony: Harmony, own: OwnStyle | None) -> list[Note]:
    if own is None:
        return notes
    amount, bar = plan.request.own_amount, plan.metre.bar
    return blended(notes, own, amount, harmony=harmony, bar=bar, length=plan.length, dice=plan.dice)


def _played(notes: list[Note], plan: Plan) -> list[Note]:
    request, style = plan.request, plan.style
    own = request.swing_grid == "style"
    share = request.swing / 100.0
    return perform(
        notes,
        role="bass",
        humanise=request.humanise,
        swing=style.swing + (1.0 - style.swing) * share if own else share,
        grid=style.swing_grid if own else int(request.swing_grid),
        tempo=request.tempo,
        metre=(request.signature_numerator, request.signature_denominator),
        length=plan.length,
        dice=plan.dice,
    )


def _rounds(kick: list[float] | None, metre: Metre) -> tuple[tuple[float, ...], ...]:
    """A kick's onsets by the bars of its round; a kick that never sounds is none."""
    if not kick:
        return ()
    onsets = sorted(set(kick))
    bars = int((onsets[-1] + _CLOSE) // metre.bar) + 1
    rows: list[list[float]] = [[] for _ in range(bars)]
    for onset in onsets:
        bar = int((onset + _CLOSE) // metre.bar)
        rows[bar].append(max(0.0, onset - bar * metre.bar))
    return tuple(map(tuple, rows))


def _resolved(request: BassRequest, style: BassStyle, harmony: Harmony, *, locked: bool) -> BassResolved:
    return BassResolved(
        key=harmony.key.name,
        camelot=harmony.key.camelot,
        style=style.id,
        style_name=style.name,
        progression=harmony.text,
        source=harmony.source,
        locked=locked,
        bars=request.bars,
        tempo=request.tempo,
        signature_numerator=request.signature_numerator,
        signature_denominator=request.signature_denominator,
        swing_grid=request.swing_grid,
        density=request.density,
        complexity=request.complexity,
        humanise=request.humanise,
        swing=request.swing,
        variation=request.variation,
        movement=request.movement,
        syncopation=request.syncopation,
        ghosts=request.ghosts,
        lock=request.lock,
        slide=request.slide,
        own=request.own,
        own_amount=request.own_amount,
    )


def _summary(resolved: BassResolved, notes: list[Note], length: float) -> str:
    bars = whole_bars(length, resolved.signature_numerator, resolved.signature_denominator)
    counted = f"{len(notes)} note{'s' * (len(notes) != 1)}, {bars} bar{'s' * (bars != 1)}"
    return f"{resolved.style_name}: {counted}, {resolved.key}"


def _cut_short(request: BassRequest, length: float) -> list[str]:
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    if length >= request.bars * bar:
        return []
    return [f"The clip is {length:g} beats long, so the bass ends there."]


def rehearse_bass() -> Iterator[str]:
    """Makes two takes in every style, one a step, so that every table and every type has been met."""
    for style in bass_styles():
        for seed in (0, 1):
            compose_bass(BassRequest(style=style, seed=seed))
            yield style
