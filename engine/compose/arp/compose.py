"""Composes an arpeggio: harmony or held notes, a figure over them, steps, accents, touch."""

from __future__ import annotations

import math

import msgspec
import numpy as np

from engine.compose.arp.figures import table
from engine.compose.arp.grips import Fingers, Grip, grips_of_chords, grips_of_notes
from engine.compose.arp.play import Carry, Manner, play_bar
from engine.compose.arp.rates import even, rate_beats
from engine.compose.arp.request import ArpRequest, ArpResolved, ArpResult, check_arp, check_steps
from engine.compose.arp.shelf import ArpStyle, accents, rhythms, styles
from engine.compose.dice import Dice, draw_seed
from engine.compose.feel.play import perform
from engine.compose.part.auto import choose_style
from engine.compose.part.harmony import Harmony, find_harmony, take_id
from engine.compose.recipe.apply import with_recipe
from engine.compose.steer.apply import steered
from engine.compose.steer.map import SteerMap, map_of
from engine.compose.stock import pick
from engine.notes import Note, beats_per_bar

__all__ = ["ArpRequest", "ArpResult", "compose_arp", "plan_arp"]

RECIPE = "arp/1"
"""Changes whenever the same request would make other notes; part of every take's id."""

BEYOND = ("register", "velocity", "voices")
"""What steering adds to what the style, or the request in its place, has."""

_CLOSE = 1e-6
_LOWEST, _HIGHEST, _MOST_VOICES = 24, 96, 8
_MIDDLE_STEP, _LONG_STEP = 0.45, 0.95
"""Beats of a step from which a rhythm drawn has few rests, and none."""


def compose_arp(request: ArpRequest, steering: SteerMap | None = None) -> ArpResult:
    """Composes an arpeggio for a clip.

    Args:
        request: what is wanted; see ``ArpRequest`` for units and ranges.
        steering: what the request's ``steer`` means; left out, what is on the shelf.

    Returns:
        Notes, every decision made on the way, and the figure as a table for playing it live. The same request with
        the same seed gives the same notes.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    request = with_recipe(request, "arp")
    length = check_arp(request)
    moved = steered(request, map_of("arp", request.steer, steering), BEYOND)
    request = moved.request
    seed = draw_seed() if request.seed is None else request.seed
    dice = Dice(seed)
    style, notices = choose_style(styles(), request.style, request.context, request.tempo)
    live = request.held is not None or request.held_notes is not None
    harmony = None if live else find_harmony(request, style.chords, length, dice)
    resolved = moved_arp(resolve_arp(request, style, harmony, dice), moved.beyond)
    check_steps(length, resolved.rate_beats)
    manner = arp_manner(resolved, dice)
    grips = _held(request, manner.bar, length) if harmony is None else []
    fingers = _fingers(resolved, harmony, dice) if harmony else None
    notes, first = _played(manner, length, grips, harmony, fingers)
    sounding = perform(
        notes,
        role="arp",
        humanise=request.humanise,
        swing=arp_swing(request, style, resolved.rate),
        grid=style.grid if request.swing_grid == "style" else int(request.swing_grid),
        tempo=request.tempo,
        metre=manner.metre,
        length=length,
        dice=dice,
    )
    source = [request.held, request.held_notes, request.hold] if harmony is None else [harmony.spans]
    return ArpResult(
        take=take_id(RECIPE, resolved, seed, length, source, *moved.mark),
        seed=seed,
        notes=sounding,
        length=length,
        chords=harmony.told() if harmony else [],
        summary=_summary(resolved),
        notices=[*notices, *(harmony.notices if harmony else ()), *_said(first, request, length, manner.bar)],
        resolved=resolved,
        steps=table(resolved.figure, first.held, resolved.octaves, dice) if first else [],
        steered=moved.told,
        stretched=moved.stretched,
    )


def plan_arp(request: ArpRequest, style: ArpStyle, harmony: Harmony, dice: Dice) -> tuple[ArpResolved, Manner, Fingers]:
    """What an arpeggio over chords is played with, bar by bar: see ``play.play_bar`` and ``grips.grips_of_chords``.

    Args:
        request: checked.
        style: in use.
        harmony: names the key; its chords may be those of some bars only.
        dice: of the take's seed.
    """
    resolved = resolve_arp(request, style, harmony, dice)
    return resolved, arp_manner(resolved, dice), _fingers(resolved, harmony, dice)


def resolve_arp(request: ArpRequest, style: ArpStyle, harmony: Harmony | None, dice: Dice) -> ArpResolved:
    """Decides what the request leaves to the style.

    Args:
        request: as given.
        style: in use.
        harmony: what is followed; None for held notes.
        dice: of the take's seed.
    """
    drawn = dice.choice("rate", style.rates)
    rate = ("free" if request.rate_beats else drawn) if request.rate == "auto" else request.rate
    free = request.rate_beats if rate == "free" else None
    step = free if free is not None else rate_beats(rate)
    rhythm, accent = pick("rhythm", request.rhythm, rhythms()), pick("accents", request.accents, accents())
    return ArpResolved(
        key=harmony.key.name if harmony else "",
        style=style.id,
        style_name=style.name,
        progression=harmony.text if harmony else "",
        figure=dice.choice("figure", style.figures) if request.figure == "auto" else request.figure,
        rate=rate,
        rate_beats=step,
        octaves=request.octaves or int(dice.choice("octaves", style.octaves)),
        gate=style.gate if request.gate is None else request.gate,
        rhythm=_suiting(style, step, dice) if rhythm == "auto" else rhythm,
        accents=dice.choice("accents", style.accents) if accent == "auto" else accent,
        accent_depth=request.accent_depth,
        velocity=request.velocity or style.velocity,
        ratchets=request.ratchets,
        ratchet_count=request.ratchet_count,
        rests=request.rests,
        voices=request.voices or style.voices,
        register=request.register or style.register,
        voicing=request.voicing,
        restart=request.restart,
        bars=request.bars,
        tempo=request.tempo,
        signature_numerator=request.signature_numerator,
        signature_denominator=request.signature_denominator,
        density=request.density,
        complexity=request.complexity,
        humanise=request.humanise,
        swing=request.swing,
        swing_grid=request.swing_grid,
        variation=request.variation,
    )


def moved_arp(resolved: ArpResolved, beyond: dict[str, float]) -> ArpResolved:
    """What was decided, with loudness, register and number of voices moved.

    Args:
        resolved: as the request and the style have it.
        beyond: steps of "velocity", semitones of "register" and number of "voices" to add.
    """
    velocity = min(127, max(1, resolved.velocity + round(beyond.get("velocity", 0.0))))
    register = min(_HIGHEST, max(_LOWEST, resolved.register + round(beyond.get("register", 0.0))))
    voices = min(_MOST_VOICES, resolved.voices + round(beyond.get("voices", 0.0)))
    return msgspec.structs.replace(resolved, velocity=velocity, register=register, voices=voices)


def _suiting(style: ArpStyle, step: float, dice: Dice) -> str:
    """Draws one of the style's rhythms that is not too sparse for its steps: slow ones leave room enough."""
    least = 1.0 if step >= _LONG_STEP else 0.6 if step >= _MIDDLE_STEP else 0.0
    weights = {name: weight for name, weight in style.rhythms.items() if rhythms()[name].at(step).share >= least}
    return dice.choice("rhythm", weights) if weights else "straight"


def arp_manner(resolved: ArpResolved, dice: Dice) -> Manner:
    """Says how an arpeggio is played for which everything has been decided."""
    metre = (resolved.signature_numerator, resolved.signature_denominator)
    bar = beats_per_bar(*metre)
    slots = math.ceil(bar / resolved.rate_beats - _CLOSE)
    rhythm = rhythms()[resolved.rhythm].at(resolved.rate_beats)
    if rhythm.steps[0] != "x" and 3 * resolved.rate_beats > bar + _CLOSE:
        # So few steps go into a bar that one might pass before the rhythm's first has come.
        rhythm = rhythms()["straight"]
    joins = dice.uniforms("join", np.arange(slots + 1, dtype=np.int64))
    return Manner(
        figure=resolved.figure,
        octaves=resolved.octaves,
        rhythm=rhythm,
        accents=accents()[resolved.accents],
        step=resolved.rate_beats,
        gate=resolved.gate,
        density=resolved.density,
        accent_depth=resolved.accent_depth,
        ratchets=resolved.ratchets,
        rests=resolved.rests,
        variation=resolved.variation,
        velocity=resolved.velocity,
        ratchet_count=resolved.ratchet_count,
        restart=resolved.restart,
        metre=metre,
        bar=bar,
        joins=tuple(joins.tolist()),
        dice=dice,
    )


def _held(request: ArpRequest, bar: float, length: float) -> list[Grip]:
    if request.held_notes is not None:
        return grips_of_notes(request.held_notes, bar, length, hold=request.hold)
    return [Grip(0.0, length, tuple(dict.fromkeys(request.held or ())))]


def _fingers(resolved: ArpResolved, harmony: Harmony, dice: Dice) -> Fingers:
    return Fingers(
        voices=resolved.voices,
        register=resolved.register,
        voicing=resolved.voicing,
        complexity=resolved.complexity,
        scale=harmony.scale,
        dice=dice,
    )


def _played(
    manner: Manner, length: float, held: list[Grip], harmony: Harmony | None, fingers: Fingers | None
) -> tuple[list[Note], Grip | None]:
    """Plays bar after bar, each from its own chords and what the bar before left; gives the first grip too."""
    notes: list[Note] = []
    carry, grip, first = Carry(), None, None
    for bar in range(int(-(-(length - _CLOSE) // manner.bar))):
        edges = bar * manner.bar, min((bar + 1) * manner.bar, length)
        if harmony and fingers:
            spans = [span for span in harmony.spans if span.start < edges[1] - _CLOSE and span.end > edges[0] + _CLOSE]
            grips = grips_of_chords(spans, fingers, grip)
            grip = grips[-1]
        else:
            grips = [each for each in held if each.start < edges[1] - _CLOSE and each.end > edges[0] + _CLOSE]
        first = first or (grips[0] if grips else None)
        heard, carry = play_bar(bar, grips, manner, carry)
        notes.extend(heard)
    return notes, first


def arp_swing(request: ArpRequest, style: ArpStyle, rate: str) -> float:
    """Share of a full triplet swing; steps that are triplets already, or dotted, stay where they are."""
    if rate != "free" and not even(rate):
        return 0.0
    own = style.swing if request.swing_grid == "style" else 0.0
    return own + (1.0 - own) * request.swing / 100.0


def _summary(resolved: ArpResolved) -> str:
    rate = resolved.rate if resolved.rate != "free" else f"{resolved.rate_beats:g} beats"
    octaves = f"{resolved.octaves} octave{'s' * (resolved.octaves > 1)}"
    words = (resolved.figure.replace("_", "-").capitalize(), rate, octaves, resolved.key)
    return ", ".join(word for word in words if word)


def _said(first: Grip | None, request: ArpRequest, length: float, bar: float) -> list[str]:
    said = []
    if first is None:
        said.append("Nothing is held, so nothing sounds.")
    if length < request.bars * bar:
        said.append(f"The clip is {length:g} beats long, so the music ends there.")
    return said
