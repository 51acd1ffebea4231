"""What can be asked of the drummer and what it answers; also the shape on the wire."""

from __future__ import annotations

from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

from engine.compose.checks import check_notes, check_number, check_percent, check_pitch
from engine.compose.drums.kit import role_of
from engine.compose.drums.roles import ROLES
from engine.compose.part.request import PartRequest, check_part
from engine.compose.recipe.offering import Offered, Offering, RecipeId
from engine.compose.request import Bars, ChordsContext, Length, Numerator, Percent, Pitch, Seed, Tempo, Text
from engine.compose.steer.request import Steer, check_steer
from engine.errors import InvalidValue
from engine.notes import Note

__all__ = [
    "MOST_PADS",
    "DrumLane",
    "DrumsRequest",
    "DrumsResolved",
    "DrumsResult",
    "KitAsked",
    "LaneWish",
    "Pad",
    "check_drums",
    "check_kit",
]

Factor = Annotated[float, Meta(ge=0.1, le=2.0)]
LaneFactor = Annotated[float, Meta(ge=0.0, le=2.0)]
Reroll = Annotated[int, Meta(ge=0, le=9999)]
MOST_PADS = 128


class Pad(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One pad of a Drum Rack as Live tells it.

    Attributes:
        pitch: MIDI pitch that plays it, 0..127.
        name: the pad's name; its role is read from it ("Kick 909", "HH Open").
    """

    pitch: Pitch
    name: Text


KitAsked = Annotated[dict[str, Pitch], Meta(max_length=MOST_PADS)] | Annotated[list[Pad], Meta(max_length=MOST_PADS)]
"""MIDI pitch by role ({"kick": 36}), or the pads of a rack."""


class LaneWish(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What is wanted of one lane; everything may be left out.

    Attributes:
        density: 0..2, times the density of the whole; 0 leaves the core that defines the genre.
        mute: true silences the lane, false makes it play even where the take would go without; left out, the take
            decides.
        reroll: another number draws this lane anew and leaves the others as they are.
        keep: locks the lane: these notes are its notes, as given.
    """

    density: LaneFactor = 1.0
    mute: bool | None = None
    reroll: Reroll = 0
    keep: Annotated[list[Note], Meta(max_length=10_000)] | None = None


class DrumsRequest(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One wish for drums; nothing is required.

    Attributes:
        style: a genre's id, or "auto" for the track's name and the tempo to decide.
        bars: how many bars to write.
        phrase: bars of a phrase: small fill in the middle, a longer one at its end.
        density: 0.1..2, how much is played; 1 is as the genre does. What defines the genre always stays.
        complexity: percent; 0 is the plainest, higher brings syncopation and more of the kit.
        variation: how much bars differ from each other, percent; 0 repeats (fills have their own knob).
        fills: how often and how long fills are, percent; 0 none.
        ghosts: how many ghost notes, percent; 0 none, 50 as the genre does.
        humanise: looseness of timing and loudness, percent; 0 is on the grid.
        swing: percent; 0 is the genre's own swing (or none, where ``swing_grid`` is chosen), 100 is triplets. All
            lanes swing together.
        swing_grid: which off-beats swing: "8" eighths, "16" sixteenths, "style" those of the genre.
        build: "build" for a rise over the phrase (snare roll, kick dropping out), "drop" for what comes after it.
        lanes: wishes for single lanes, by role ("kick", "open_hat").
        kit: MIDI pitch by role, or the pads of the track's own rack; left out, General MIDI.
        own: id or name of a style learnt from the user's own music; left out, none.
        own_amount: how many beats are that style's, percent; 0 none, 100 all.
        seed: repeats a take; left out, one is drawn and told in the answer.
        tempo: beats (quarter notes) per minute.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        clip_length: beats of the clip that receives the notes, at least 1/16; nothing sounds past it.
        context: what surrounds the clip.
        steer: where the knobs stand that steer every generator at once; left out, at rest. Parameters are moved from
            where the request has them, and the answer tells where to.
        recipe: id of a recipe on the shelf or of the user's own; it says what stands at its usual value here. Left out,
            none.
        offer: draws several takes, also by recipes where ``style`` is "auto", and answers with the one that is expected
            to please most; left out, the one take that is asked for.
    """

    style: Text = "auto"
    bars: Bars = 8
    phrase: Literal[4, 8, 16] = 8
    density: Factor = 1.0
    complexity: Percent = 35.0
    variation: Percent = 25.0
    fills: Percent = 40.0
    ghosts: Percent = 50.0
    humanise: Percent = 20.0
    swing: Percent = 0.0
    swing_grid: Literal["style", "8", "16"] = "style"
    build: Literal["none", "build", "drop"] = "none"
    lanes: Annotated[dict[str, LaneWish], Meta(max_length=64)] | None = None
    kit: KitAsked | None = None
    own: Text | None = None
    own_amount: Percent = 50.0
    seed: Seed | None = None
    tempo: Tempo = 120.0
    signature_numerator: Numerator = 4
    signature_denominator: Literal[1, 2, 4, 8, 16] = 4
    clip_length: Length | None = None
    context: ChordsContext | None = None
    steer: Steer | None = None
    recipe: RecipeId = ""
    offer: Offering | None = None


class DrumLane(msgspec.Struct, frozen=True):
    """One row of the grid a device draws.

    Attributes:
        role, name: of the kit ("open_hat", "Open hat").
        pitch: MIDI pitch it is played on.
        steps: places of its hits in sixteenths from the clip's start, before swing; rolls lie between whole numbers.
        velocities: of the hits, in the same order, before the player's touch.
        tunes: semitones each hit of a roll is meant to be tuned by; 0 for all others.
        locked: whether these are the notes that were given to be kept.
    """

    role: str
    name: str
    pitch: int
    steps: list[float]
    velocities: list[float]
    tunes: list[int]
    locked: bool = False


class DrumsResolved(msgspec.Struct, frozen=True, kw_only=True):
    """What the request came to: with the same lanes and kit sent back as a request, it makes the same notes.

    Attributes:
        style: id. style_name: as shown.
        bars, phrase, density, complexity, variation, fills, ghosts, humanise, swing, swing_grid, build, own,
            own_amount, tempo, signature_numerator, signature_denominator: as used.
    """

    style: str
    style_name: str
    bars: int
    phrase: int
    density: float
    complexity: float
    variation: float
    fills: float
    ghosts: float
    humanise: float
    swing: float
    swing_grid: str
    build: str
    own: str | None
    own_amount: float
    tempo: float
    signature_numerator: int
    signature_denominator: int


class DrumsResult(msgspec.Struct, frozen=True, kw_only=True):
    """The answer.

    Attributes:
        take: id of the take: the same for the same notes from the same recipe.
        seed: repeats the take.
        notes: by start, then pitch; beats from the clip's start.
        length: beats.
        lanes: the same music as a grid, one row for each part of the kit that plays.
        resolved: every parameter as used.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
        steered: every parameter that ``steer`` moved and where it stands; "cymbals" is a factor of how much they play,
            "velocity" and "gleam" (theirs) are steps added. Empty where nothing was.
        stretched: what learnt curves were stretched by; sent as ``steer.stretch`` it makes the same notes again.
        offered: why this take was offered; absent where ``offer`` was left out.
        others: runners-up, the next one first, each with ``offered`` of its own; absent where ``offer`` was.
    """

    take: str
    seed: int
    notes: list[Note]
    length: float
    lanes: list[DrumLane]
    resolved: DrumsResolved
    summary: str
    notices: list[str]
    steered: dict[str, float] = {}
    stretched: dict[str, float] = {}
    offered: Offered | UnsetType = UNSET
    others: list[DrumsResult] | UnsetType = UNSET


_PERCENTS = ("complexity", "variation", "fills", "ghosts", "humanise", "swing")
_SHARED = (
    *("style", "bars", "complexity", "humanise", "swing", "swing_grid", "variation", "seed", "tempo"),
    *("signature_numerator", "signature_denominator", "clip_length", "context"),
)


def check_drums(request: DrumsRequest) -> float:
    """Refuses what no drummer can do, however the request came about.

    Returns:
        Beats to be written: whole bars, or the clip where that is shorter.

    Raises:
        InvalidValue: naming the field, its value and what is allowed.
    """
    for field in _PERCENTS:
        check_percent(field, getattr(request, field))
    check_number("density", request.density, 0.1, 2.0, "Use a factor from 0.1 to 2; 1 is as the genre plays.")
    if request.phrase not in (4, 8, 16) or isinstance(request.phrase, bool):
        raise InvalidValue("phrase", request.phrase, "Use a phrase of 4, 8 or 16 bars.")
    if request.build not in ("none", "build", "drop"):
        raise InvalidValue("build", request.build, 'Use "none", "build" or "drop".')
    check_steer(request.steer)
    _check_lanes(request.lanes)
    check_kit(request.kit)
    return check_part(PartRequest(**{field: getattr(request, field) for field in _SHARED}))


def _check_lanes(lanes: Any) -> None:
    if lanes is None:
        return
    if not isinstance(lanes, dict):
        raise InvalidValue("lanes", lanes, 'Give wishes by role ({"kick": {"density": 1.2}}), or leave them out.')
    for role, wish in lanes.items():
        if role not in ROLES:
            raise InvalidValue("lanes", role, f"Use roles of the kit: {', '.join(ROLES)}.")
        field = f"lanes.{role}"
        if not isinstance(wish, LaneWish):
            raise InvalidValue(field, wish, "Give density, mute, reroll or keep.")
        check_number(f"{field}.density", wish.density, 0, 2, "Use a factor from 0 to 2; 1 is as the genre plays.")
        check_number(f"{field}.reroll", wish.reroll, 0, 9999, "Use a whole number from 0 to 9999.", whole=True)
        if wish.mute not in (None, True, False):
            raise InvalidValue(f"{field}.mute", wish.mute, "Use true or false, or leave it out.")
        if wish.keep is not None:
            check_notes(f"{field}.keep", wish.keep)


def check_kit(kit: Any) -> None:
    """Refuses a kit that is none.

    Raises:
        InvalidValue: field "kit", or "kit." and the name of a pad.
    """
    if kit is None:
        return
    hint = 'Give a MIDI pitch by role ({"kick": 36}) or the pads of a rack, or leave it out for General MIDI.'
    if isinstance(kit, dict):
        pairs = list(kit.items())
        for role in kit:
            if not isinstance(role, str) or role_of(role) is None:
                raise InvalidValue("kit", role, f"Use roles of the kit: {', '.join(ROLES)}.")
    elif isinstance(kit, list) and all(isinstance(pad, Pad) and isinstance(pad.name, str) for pad in kit):
        pairs = [(pad.name, pad.pitch) for pad in kit]
    else:
        raise InvalidValue("kit", kit, hint)
    if len(pairs) > MOST_PADS:
        raise InvalidValue("kit", kit, f"A rack has at most {MOST_PADS} pads.")
    for name, pitch in pairs:
        check_pitch(f"kit.{name[:40]}", pitch)
    if not pairs:
        raise InvalidValue("kit", kit, hint)
