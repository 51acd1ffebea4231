"""What can be asked of the arp and what it answers; also the shape on the wire."""

from __future__ import annotations

import math
from typing import Annotated, Literal, get_args

import msgspec
from msgspec import UNSET, Meta, UnsetType

from engine.compose.arp.figures import HIGHEST
from engine.compose.arp.rates import FASTEST, RATES, SLOWEST, Rate
from engine.compose.checks import check_choice, check_notes, check_number, check_percent
from engine.compose.part.request import Notes, PartRequest, PartResult, check_part
from engine.compose.request import Percent, Pitch
from engine.errors import InvalidValue

__all__ = ["MOST_HELD", "ArpRequest", "ArpResolved", "ArpResult", "check_arp"]

MOST_HELD = 32
"""Notes that can be held at once: more than hands and a pedal do."""

MOST_STEPS = 10_000
"""Steps in one take; what is more is refused, not cut."""

Figure = Literal[
    "auto", "up", "down", "up_down", "down_up", "ping_pong", "random", "played", "converge", "diverge", "thumb", "chord"
]


class ArpRequest(PartRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wish for an arpeggio; nothing is required. What is left to "auto" or left out is the style's.

    Attributes:
        density: how many of the steps sound, percent: at 50 those of the rhythm, below it the weakest drop out until
            only the first of each bar is left, above it its rests fill up.
        complexity: tones added to the chords from the key, percent; up to 40 chords stay as written, at 100 a
            seventh, a ninth and a sixth or eleventh have joined. Held notes are played as they are.
        variation: how many steps take another note than the figure says, percent; more at the end of a phrase of
            four bars.
        figure: in which order the notes go: up, down, up_down, down_up, ping_pong (the ends twice), random, played,
            converge, diverge, thumb, chord.
        rate: a note value from 1/1 to 1/32, with T for triplets and D for dotted ones ("1/8T"); "free" for
            ``rate_beats``.
        rate_beats: beats from step to step when ``rate`` is "free", 1/32 to 16.
        octaves: over how many octaves the notes are spread, 1..4.
        gate: length of a note, percent of a step, 1..200; above 100 notes ring into each other, not into another
            chord.
        rhythm: id of a rhythm ("gallop").
        accents: id of a pattern of accents ("tresillo").
        accent_depth: how far accents stand out, percent; 0 is flat.
        velocity: middle loudness, 1..127.
        ratchets: how many of the steps are struck several times, percent.
        ratchet_count: how often such a step is struck, 2..8.
        rests: how many of the steps are left out by chance, percent; the very first one stays.
        voices: notes of a chord before octaves are added, 1..8. Held notes are all played.
        register: MIDI number around which a chord lies before octaves are added, 24..96.
        voicing: "smooth" leads from chord to chord by the shortest way, "root" puts the root (or what stands behind
            a slash) lowest each time.
        restart: where figure and steps begin anew: with each "chord", with each "bar", or "never".
        held: MIDI pitches that are held, in the order they were struck; they go before any harmony.
        held_notes: the same as notes of a clip: what sounds there is held. They go before ``held``.
        hold: notes of ``held_notes`` stay held until others begin.
    """

    variation: Percent = 0.0
    figure: Figure = "auto"
    rate: Literal["auto", "free"] | Rate = "auto"
    rate_beats: Annotated[float, Meta(ge=FASTEST, le=SLOWEST)] | None = None
    octaves: Annotated[int, Meta(ge=1, le=4)] | None = None
    gate: Annotated[float, Meta(ge=1, le=200)] | None = None
    rhythm: Annotated[str, Meta(max_length=40)] = "auto"
    accents: Annotated[str, Meta(max_length=40)] = "auto"
    accent_depth: Percent = 50.0
    velocity: Annotated[int, Meta(ge=1, le=127)] | None = None
    ratchets: Percent = 0.0
    ratchet_count: Annotated[int, Meta(ge=2, le=8)] = 2
    rests: Percent = 0.0
    voices: Annotated[int, Meta(ge=1, le=8)] | None = None
    register: Annotated[int, Meta(ge=24, le=96)] | None = None
    voicing: Literal["smooth", "root"] = "smooth"
    restart: Literal["chord", "bar", "never"] = "chord"
    held: Annotated[list[Pitch], Meta(min_length=1, max_length=MOST_HELD)] | None = None
    held_notes: Notes | None = None
    hold: bool = False


class ArpResolved(msgspec.Struct, frozen=True, kw_only=True):
    """What the request came to: sent back with the seed and the same harmony, it makes the same notes.

    Attributes:
        key: name of the key that was followed; empty for held notes.
        style, style_name: id and name.
        progression: the harmony as a label shows it; empty for held notes.
        rate: name of the note value, or "free". rate_beats: beats from step to step.
        octaves, gate, velocity, voices, register: as used.
        figure, rhythm, accents, voicing, restart: ids in use.
        accent_depth, ratchets, ratchet_count, rests: as used.
        bars, tempo, signature_numerator, signature_denominator: as used.
        density, complexity, humanise, swing, variation: percent, as used.
        swing_grid: as used.
    """

    key: str
    style: str
    style_name: str
    progression: str
    figure: str
    rate: str
    rate_beats: float
    octaves: int
    gate: float
    rhythm: str
    accents: str
    accent_depth: float
    velocity: int
    ratchets: float
    ratchet_count: int
    rests: float
    voices: int
    register: int
    voicing: str
    restart: str
    bars: int
    tempo: float
    signature_numerator: int
    signature_denominator: int
    density: float
    complexity: float
    humanise: float
    swing: float
    swing_grid: str
    variation: float


class ArpResult(PartResult, frozen=True, kw_only=True):
    """The answer.

    Attributes:
        resolved: every parameter as used.
        steps: the figure over the first chord as a table, pitches for each step: gone through round and round, it is
            the arpeggio of these notes for as long as they are held.
        others: runners-up, the next one first, each with ``offered`` of its own; absent where ``offer`` was left out.
    """

    resolved: ArpResolved
    steps: list[list[int]]
    others: list[ArpResult] | UnsetType = UNSET


def check_arp(request: ArpRequest) -> float:
    """Refuses what no arp can do, however the request came about.

    Args:
        request: as given.

    Returns:
        Beats to be written.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    length = check_part(request)
    for field in ("accent_depth", "ratchets", "rests"):
        check_percent(field, getattr(request, field))
    whole = "Use a whole number from {} to {}, or leave it to the style."
    for field, low, high in (("octaves", 1, 4), ("velocity", 1, 127), ("voices", 1, 8), ("register", 24, 96)):
        if getattr(request, field) is not None:
            check_number(field, getattr(request, field), low, high, whole.format(low, high), whole=True)
    if request.gate is not None:
        check_number("gate", request.gate, 1, 200, "Use a percentage from 1 to 200, or leave it to the style.")
    check_number("ratchet_count", request.ratchet_count, 2, 8, "Use a whole number from 2 to 8.", whole=True)
    _check_choice(request)
    _check_held(request)
    return length


def check_steps(length: float, beats: float) -> None:
    """Refuses more steps than a take may hold.

    Args:
        length: beats to be written.
        beats: from step to step.

    Raises:
        InvalidValue: field "rate".
    """
    if length / beats > MOST_STEPS:
        hint = f"{math.ceil(length / beats)} steps are more than {MOST_STEPS}: use a slower rate or fewer bars."
        raise InvalidValue("rate", beats, hint)


def _check_choice(request: ArpRequest) -> None:
    check_choice("figure", request.figure, get_args(Figure))
    check_choice("voicing", request.voicing, ("smooth", "root"))
    check_choice("restart", request.restart, ("chord", "bar", "never"))
    check_choice("rate", request.rate, ("auto", "free", *RATES))
    if request.rate == "free" and request.rate_beats is None:
        raise InvalidValue("rate_beats", None, "Say how many beats a step lasts, or choose a rate by name.")
    if request.rate_beats is not None:
        hint = f"Use {FASTEST:g} to {SLOWEST:g} beats."
        check_number("rate_beats", request.rate_beats, FASTEST, SLOWEST, hint)


def _check_held(request: ArpRequest) -> None:
    if request.held_notes is not None:
        check_notes("held_notes", request.held_notes)
    held = request.held
    if held is None:
        return
    hint = f"Give 1 to {MOST_HELD} MIDI pitches from 0 to {HIGHEST}, or leave them out."
    if not isinstance(held, list) or not 1 <= len(held) <= MOST_HELD:
        raise InvalidValue("held", held, hint)
    for pitch in held:
        check_number("held", pitch, 0, HIGHEST, hint, whole=True)
