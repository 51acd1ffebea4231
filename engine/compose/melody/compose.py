"""Composes melodies: a singer, a phrase, and bar after bar of what songs do.

The road of a request: harmony (``part.harmony``), a character (``character``), the form of its phrases (``form``), then
for each bar its rhythm (``rhythm``), its pitches (``pitch``, ``tune``) and its touch (``touch``), and at the end the
feel. Every step is a pure function of the request and the seed.
"""

from __future__ import annotations

import math
from collections.abc import Iterator

import msgspec

from engine.compose.dice import Dice, draw_seed
from engine.compose.feel.play import perform
from engine.compose.melody.before import Before, read_before
from engine.compose.melody.character import draw_character
from engine.compose.melody.counter import Line, read_line
from engine.compose.melody.form import COURSES, Form
from engine.compose.melody.pitch import OUTSIDE, Palette, Table
from engine.compose.melody.request import MelodyRequest, MelodyResult, Resolved, check
from engine.compose.melody.rhythm import odds_of
from engine.compose.melody.singer import Plan, open_memory, write_bar
from engine.compose.melody.slots import Bar, bar_of
from engine.compose.melody.style import Style, chosen, styles
from engine.compose.melody.weights import weights
from engine.compose.own.blend import blended
from engine.compose.own.model import OwnStyle
from engine.compose.own.use import fitting
from engine.compose.part.harmony import Harmony, find_harmony, take_id
from engine.compose.recipe.apply import with_recipe
from engine.compose.steer.apply import louder, steered
from engine.compose.steer.map import SteerMap, map_of
from engine.notes import Note, beats_per_bar

__all__ = ["MelodyRequest", "MelodyResult", "compose_melody", "plan_melody", "rehearse_melodies", "warm_melody"]

_SHORTEST = 0.02
"""Beats that a note keeps where the next one begins with it."""

RECIPE = "melody/2"
"""Changes whenever the same request would make other notes; part of every take's id."""

BEYOND = ("register", "velocity")
"""What steering moves and the request does not have, or has in another sense."""

_PLAIN, _PULL_AUTO, _PULL = 35.0, 0.5, 14.0
_FOUR, _TWO = 0.08, 0.03
_BREATHS = 0.1
_QUIET = 20.0
"""Humanise up to which only the loudness moves."""


def compose_melody(
    request: MelodyRequest, own: OwnStyle | None = None, steering: SteerMap | None = None
) -> MelodyResult:
    """Composes a melody for a clip.

    Args:
        request: what is wanted; see ``MelodyRequest`` for units and ranges.
        own: the style that the request's ``own`` names.
        steering: what the request's ``steer`` means; left out, what is on the shelf.

    Returns:
        Notes, one at a time, the harmony they follow, and every decision made on the way. The same request with the
        same seed gives the same notes, bit for bit.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    request = with_recipe(request, "melody")
    length = check(request)
    own = fitting(own, request, "melody")
    seed = draw_seed() if request.seed is None else request.seed
    dice = Dice(seed)
    moved = steered(request, map_of("melody", request.steer, steering), BEYOND)
    style, notices = chosen(request.style, request.context, request.tempo)
    request = moved.request
    harmony = find_harmony(request, style.chord_style, length, dice)
    bar = bar_of(request.signature_numerator, request.signature_denominator)
    before, line = read_before(request.before, bar), read_line(request.line)
    plan = _plan(request, _Around(style, harmony, bar, before, line, moved.beyond.get("register", 0.0)), dice)
    written = _written(plan, before, length, dice)
    if own is not None:
        amount = request.own_amount
        written = blended(written, own, amount, harmony=harmony, bar=bar.beats, length=length, dice=dice)
    swing, grid = _swing(request, style)
    notes = perform(
        written,
        role="melody",
        humanise=max(0.0, request.humanise - _QUIET) * 100.0 / (100.0 - _QUIET),
        swing=swing,
        grid=grid,
        tempo=request.tempo,
        metre=(request.signature_numerator, request.signature_denominator),
        length=length,
        dice=dice,
    )
    notes = louder(_one_at_a_time(notes), moved.beyond.get("velocity", 0.0))
    resolved = _resolved(request, style, harmony, plan)
    hung_on = (harmony.spans, request.before, request.line, own and own.version, *moved.mark)
    return MelodyResult(
        take=take_id(RECIPE, resolved, seed, length, *hung_on),
        seed=seed,
        notes=notes,
        length=length,
        chords=harmony.told(),
        summary=_summary(notes, length, request, resolved),
        notices=[*notices, *harmony.notices, *_told(request, before, line, length)],
        resolved=resolved,
        steered=moved.told,
        stretched=moved.stretched,
    )


def _written(plan: Plan, before: Before | None, length: float, dice: Dice) -> list[Note]:
    memory = open_memory(plan, before, dice)
    notes: list[Note] = []
    for number in range(math.ceil(length / plan.bar.beats - 1e-9)):
        more, memory = write_bar(number, plan, memory, dice)
        notes += more
    return [note for note in notes if note.start_time < length]


def _one_at_a_time(notes: list[Note]) -> list[Note]:
    """A voice has one note at a time: where the next one comes early, a note ends for it."""
    return [
        note
        if note.end_time <= following
        else msgspec.structs.replace(note, duration=max(_SHORTEST, following - note.start_time))
        for note, following in zip(notes, [*(note.start_time for note in notes[1:]), math.inf], strict=False)
    ]


def plan_melody(request: MelodyRequest, style: Style, harmony: Harmony, bar: Bar, dice: Dice) -> Plan:
    """The plan that ``singer.write_bar`` writes bars from, where nothing comes before and no line is beside.

    Args:
        request: checked.
        style: in use.
        harmony: the chords, as far as bars are to be written.
        bar: the places of a bar.
        dice: of the take's seed.
    """
    return _plan(request, _Around(style, harmony, bar, None, None), dice)


class _Around(msgspec.Struct, frozen=True):
    """What a melody is written into: its style, the chords, the bar, the bars before, a line beside.

    Attributes:
        register: semitones by which it lies higher than it would.
    """

    style: Style
    harmony: Harmony
    bar: Bar
    before: Before | None
    line: Line | None
    register: float = 0.0


def _plan(request: MelodyRequest, around: _Around, dice: Dice) -> Plan:
    style, harmony, before, line = around.style, around.harmony, around.before, around.line
    centre, above = _centre(request, before, line)
    if around.register:
        centre = None if centre is None else centre + around.register
        style = msgspec.structs.replace(style, centre=style.centre + around.register)
    who = draw_character(request, style, dice, centre, before)
    learnt = weights()
    rests = (request.rests - 50.0) / 50.0
    back = _back(request.variation)
    palette = Palette(harmony.key, harmony.scale, _colour(style), back, _free(request.complexity))
    return Plan(
        bar=around.bar,
        form=_form(request, dice),
        who=who,
        odds=odds_of(learnt.rhythm, who, rests=rests, back=back, full=(request.density - 50.0) / 50.0),
        phrase=learnt.rhythm.phrase,
        figure=_figure(style, around.bar, dice),
        table=Table(learnt.pitch, who, palette),
        durations=learnt.durations,
        harmony=harmony,
        line=line,
        above=above,
        breaths=_BREATHS * request.rests / 50.0,
        restate=_restate(request.variation),
        lean=0.5 * (request.complexity - _PLAIN) / (100.0 - _PLAIN) + 1.3 * (request.tension - _PLAIN) / 65.0,
        level=before.velocity if before else style.velocity,
        loose=min(1.0, request.humanise / _QUIET),
    )


def _centre(request: MelodyRequest, before: Before | None, line: Line | None) -> tuple[float | None, bool]:
    """Middle of the range where something says it, and whether it lies above the other line."""
    if line is None:
        known = request.register if request.register is not None else _middle(before)
        return known, True
    if request.register is not None:
        return request.register, request.register >= line.middle
    above = line.middle < 64
    return min(88.0, max(44.0, line.middle + (9 if above else -9))), above


def _middle(before: Before | None) -> float | None:
    return None if before is None else (before.lowest + before.highest) / 2


def _back(variation: float) -> float:
    """How readily bars return to others: 1 at a quarter, where songs are, 0 at the end."""
    return 1.0 - (variation - 25.0) / 75.0 if variation > 25 else 1.0 + (25.0 - variation) / 25.0


def _restate(variation: float) -> tuple[float, float]:
    """Chances that two bars restate those four before, and those two before."""
    if variation >= 25:
        rest = 1.0 - (variation - 25.0) / 75.0
        return _FOUR * rest, _TWO * rest
    more = 1.0 - variation / 25.0
    return _FOUR * (1.0 - more), _TWO + (1.0 - _TWO) * more


def _free(complexity: float) -> float:
    """Log-weight of tones of neither chord nor key."""
    return OUTSIDE if complexity <= 60 else -3.0 + 4.5 * (complexity - 60.0) / 40.0


def _colour(style: Style) -> tuple[float, ...]:
    return tuple(style.colour.get(str(degree), 0.0) for degree in range(12))


def _form(request: MelodyRequest, dice: Dice) -> Form:
    tension = (request.tension - _PLAIN) / (100.0 - _PLAIN)
    if request.contour == "auto":
        course = COURSES[int(dice.uniform("course") * len(COURSES))]
        return Form(request.phrase, course, _PULL_AUTO, tension)
    return Form(request.phrase, request.contour, _PULL, tension)


def _figure(style: Style, bar: Bar, dice: Dice) -> tuple[float, ...]:
    """The style's own rhythm of the take as log-odds for each sixteenth."""
    if not style.figures:
        return (0.0,) * bar.steps
    steps = style.figures[dice.index("figure", [figure.weight for figure in style.figures])].steps
    pushes = {"x": style.follow, ".": -style.follow, "-": 0.0}
    return tuple(pushes[steps[place]] for place in bar.places)


def _swing(request: MelodyRequest, style: Style) -> tuple[float, int]:
    if request.swing_grid == "style":
        return style.swing + (1.0 - style.swing) * request.swing / 100.0, style.grid
    return request.swing / 100.0, int(request.swing_grid)


def _resolved(request: MelodyRequest, style: Style, harmony: Harmony, plan: Plan) -> Resolved:
    return Resolved(
        key=harmony.key.name,
        camelot=harmony.key.camelot,
        style=style.id,
        style_name=style.name,
        progression=harmony.text,
        source=harmony.source,
        contour=plan.form.course,
        lowest=plan.who.low,
        highest=plan.who.high,
        bars=request.bars,
        tempo=request.tempo,
        signature_numerator=request.signature_numerator,
        signature_denominator=request.signature_denominator,
        phrase=request.phrase,
        range=request.range,
        density=request.density,
        complexity=request.complexity,
        humanise=request.humanise,
        swing=request.swing,
        swing_grid=request.swing_grid,
        variation=request.variation,
        tension=request.tension,
        rests=request.rests,
        leaps=request.leaps,
        own=request.own,
        own_amount=request.own_amount,
    )


def _summary(notes: list[Note], length: float, request: MelodyRequest, resolved: Resolved) -> str:
    bars = length / beats_per_bar(request.signature_numerator, request.signature_denominator)
    shown = f"{bars:.2f}".rstrip("0").rstrip(".")
    many = f"{len(notes)} note{'s' * (len(notes) != 1)}"
    return f"{many}, {shown} bar{'s' * (shown != '1')}, {resolved.key}"


def _told(request: MelodyRequest, before: Before | None, line: Line | None, length: float) -> Iterator[str]:
    if before:
        yield "It goes on from the notes before it: their motif, register and rhythm."
    elif request.before is not None:
        yield "There was nothing to go on from in the notes before."
    if request.line is not None and line is None:
        yield "The line beside it holds no notes, so this is a melody of its own."
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    if length < request.bars * bar:
        yield f"The clip is {length:g} beats long, so the music ends there."


def warm_melody() -> None:
    """Reads the presets and the weights and makes one take, so that every table and every type has been met."""
    compose_melody(MelodyRequest(seed=0))


def rehearse_melodies() -> Iterator[str]:
    """Makes a take in every style, one a step."""
    for style in styles():
        compose_melody(MelodyRequest(style=style, seed=0))
        yield style
