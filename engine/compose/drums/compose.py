"""Composes drums: genre, plan, bars, touch, and at last the pads they are played on."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2s

import msgspec

from engine.compose.dice import Dice, draw_seed
from engine.compose.drums.bar import drum_bars
from engine.compose.drums.bright import brightened, shining
from engine.compose.drums.hits import Hit
from engine.compose.drums.kit import Kit, general_midi, kit_of
from engine.compose.drums.plan import make_plan
from engine.compose.drums.request import (
    DrumLane,
    DrumsRequest,
    DrumsResolved,
    DrumsResult,
    LaneWish,
    Pad,
    check_drums,
)
from engine.compose.drums.roles import BY_GM, ROLES
from engine.compose.drums.vocabulary import Genre, aliases, genres
from engine.compose.feel.play import perform
from engine.compose.own.blend import blended
from engine.compose.own.model import OwnStyle
from engine.compose.own.use import fitting
from engine.compose.part.auto import choose_style
from engine.compose.part.finish import finished
from engine.compose.recipe.apply import with_recipe
from engine.compose.request import ChordsContext
from engine.compose.steer.apply import steered
from engine.compose.steer.map import SteerMap, map_of
from engine.notes import Note, beats_per_bar, whole_bars

__all__ = [
    "ChordsContext",
    "DrumsRequest",
    "DrumsResult",
    "LaneWish",
    "Pad",
    "compose_drums",
    "genre_of",
    "rehearse_drums",
]

RECIPE = "drums/2"
"""Changes whenever the same request would make other notes; part of every take's id."""

BEYOND = ("velocity", "cymbals", "gleam")
"""What steering moves and the request does not have."""

_STEP = 0.25
_LAST = 1e-6


def compose_drums(request: DrumsRequest, own: OwnStyle | None = None, steering: SteerMap | None = None) -> DrumsResult:
    """Composes drums for a clip.

    Args:
        request: what is wanted; see ``DrumsRequest`` for units and ranges.
        own: the style that the request's ``own`` names.
        steering: what the request's ``steer`` means; left out, what is on the shelf.

    Returns:
        Notes, and the same as a grid by lane. The same request with the same seed gives the same notes, bit for bit.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    request = with_recipe(request, "drums")
    length = check_drums(request)
    own = fitting(own, request, "drums")
    moved = steered(request, map_of("drums", request.steer, steering), BEYOND)
    lanes = brightened(moved.request.lanes, moved.beyond.get("cymbals", 1.0))
    request = moved.request if lanes is moved.request.lanes else msgspec.structs.replace(moved.request, lanes=lanes)
    genre, notices = genre_of(request.style, request.context, request.tempo)
    seed = draw_seed() if request.seed is None else request.seed
    dice = Dice(seed)
    kit = _kit(request.kit)
    wanted = _with_own(_hits(genre, request, length, dice), request, length, own, dice)
    missing = {hit.role for _, hit in wanted} - kit.present
    hits = [(start, hit) for start, hit in wanted if hit.role in kit.pitches]
    played = _played(hits, genre, request, length, dice)
    played = shining(played, moved.beyond.get("velocity", 0.0), moved.beyond.get("gleam", 0.0))
    notes = _on_pads(played, kit)
    kept = _kept(request.lanes, length)
    if kept or len(set(kit.pitches.values())) < len(kit.pitches):
        notes = finished([*notes, *(note for rows in kept.values() for note in rows)], length)
    rows = _lanes(hits, kept, kit)
    resolved = _resolved(request, genre)
    return DrumsResult(
        take=_take(resolved, request, (seed, length), own, moved.mark),
        seed=seed,
        notes=notes,
        length=length,
        lanes=rows,
        resolved=resolved,
        summary=_summary(genre, rows, length, request),
        notices=[*notices, *_told(missing, kit), *_cut_short(request, length)],
        steered=moved.told,
        stretched=moved.stretched,
    )


def genre_of(style: str, context: ChordsContext | None, tempo: float) -> tuple[Genre, tuple[str, ...]]:
    """Finds the genre that is meant; see ``choose_style``. Other names it goes by ("drum and bass") are understood.

    Raises:
        InvalidValue: field "style", for a genre nobody here plays.
    """
    folded = "".join(sign if sign.isalnum() else "_" for sign in style.strip().lower())
    return choose_style(genres(), aliases().get(folded, style), context, tempo)


def _kit(wanted: dict[str, int] | list[Pad] | None) -> Kit:
    if wanted is None:
        return general_midi()
    if isinstance(wanted, dict):
        return kit_of(wanted.items())
    return kit_of((pad.name, pad.pitch) for pad in wanted)


def _hits(genre: Genre, request: DrumsRequest, length: float, dice: Dice) -> list[tuple[float, Hit]]:
    """Every hit of the clip with its start in beats."""
    plan = make_plan(genre, request, dice)
    metre = (request.signature_numerator, request.signature_denominator)
    bar = beats_per_bar(*metre)
    hits = []
    for number, played in enumerate(drum_bars(plan, range(whole_bars(length, *metre)), dice)):
        for hit in played:
            start = number * bar + hit.step * _STEP
            if start < length - _LAST:
                hits.append((start, hit))
    return hits


def _with_own(
    hits: list[tuple[float, Hit]], request: DrumsRequest, length: float, own: OwnStyle | None, dice: Dice
) -> list[tuple[float, Hit]]:
    """Hands beats over to the user's own style; what stays of the genre's keeps its length and tuning."""
    if own is None:
        return hits
    known = {(start, ROLES[hit.role].pitch): hit for start, hit in hits}
    written = [Note(pitch, start, hit.length, hit.velocity) for (start, pitch), hit in known.items()]
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    notes = blended(written, own, request.own_amount, harmony=None, bar=bar, length=length, dice=dice)
    return [
        (
            note.start_time,
            known.get((note.start_time, note.pitch))
            or Hit(note.start_time % bar / _STEP, BY_GM[note.pitch], note.velocity, note.duration),
        )
        for note in notes
    ]


def _played(
    hits: list[tuple[float, Hit]], genre: Genre, request: DrumsRequest, length: float, dice: Dice
) -> list[Note]:
    """The performance, still on General MIDI's keys: a player's touch does not depend on which pads a rack has."""
    written = [Note(ROLES[hit.role].pitch, start, hit.length, hit.velocity) for start, hit in hits]
    share = request.swing / 100.0
    own = genre.swing if request.swing_grid == "style" else 0.0
    return perform(
        written,
        role="drums",
        humanise=request.humanise,
        swing=own + (1.0 - own) * share,
        grid=genre.grid if request.swing_grid == "style" else int(request.swing_grid),
        tempo=request.tempo,
        metre=(request.signature_numerator, request.signature_denominator),
        length=length,
        dice=dice,
    )


def _on_pads(notes: list[Note], kit: Kit) -> list[Note]:
    """Moves notes from General MIDI's keys to the kit's pads."""
    if kit is general_midi():
        return notes
    for note in notes:
        note.pitch = kit.pitches[BY_GM[note.pitch]]
    notes.sort(key=lambda note: (note.start_time, note.pitch))
    return notes


def _told(missing: set[str], kit: Kit) -> list[str]:
    """Who plays for whom; an 808 that no rack has is no loss and needs no words."""
    return [kit.notices[role] for role in ROLES if role in missing and role in kit.notices]


def _kept(lanes: dict[str, LaneWish] | None, length: float) -> dict[str, list[Note]]:
    """The notes of locked lanes, by role."""
    return {
        role: [note for note in wish.keep if note.start_time < length - _LAST]
        for role, wish in (lanes or {}).items()
        if wish.keep is not None and not wish.mute
    }


def _lanes(hits: list[tuple[float, Hit]], kept: dict[str, list[Note]], kit: Kit) -> list[DrumLane]:
    rows: dict[str, list[tuple[float, float, int]]] = {}
    for start, hit in hits:
        rows.setdefault(hit.role, []).append((start / _STEP, hit.velocity, hit.tune))
    for role, notes in kept.items():
        rows[role] = sorted((note.start_time / _STEP, note.velocity, 0) for note in notes)
    return [
        DrumLane(
            role.id,
            role.name,
            kit.pitches[role.id],
            [step for step, _, _ in rows[role.id]],
            [velocity for _, velocity, _ in rows[role.id]],
            [tune for _, _, tune in rows[role.id]],
            role.id in kept,
        )
        for role in ROLES.values()
        if role.id in rows and role.id in kit.pitches
    ]


def _resolved(request: DrumsRequest, genre: Genre) -> DrumsResolved:
    shared = {
        field: getattr(request, field)
        for field in DrumsResolved.__struct_fields__
        if field not in ("style", "style_name")
    }
    return DrumsResolved(style=genre.id, style_name=genre.name, **shared)


def _take(
    resolved: DrumsResolved,
    request: DrumsRequest,
    seed_and_length: tuple[int, float],
    own: OwnStyle | None,
    mark: tuple[object, ...],
) -> str:
    more = (*seed_and_length, own and own.version, *mark)
    recipe = msgspec.json.encode([RECIPE, resolved, request.lanes, request.kit, *more])
    return blake2s(recipe, digest_size=5).hexdigest()


def _summary(genre: Genre, lanes: list[DrumLane], length: float, request: DrumsRequest) -> str:
    bars = length / beats_per_bar(request.signature_numerator, request.signature_denominator)
    shown = f"{bars:.2f}".rstrip("0").rstrip(".")
    return f"{genre.name}, {shown} bar{'s' * (shown != '1')}, {len(lanes)} lane{'s' * (len(lanes) != 1)}"


def _cut_short(request: DrumsRequest, length: float) -> list[str]:
    bar = beats_per_bar(request.signature_numerator, request.signature_denominator)
    if length >= request.bars * bar:
        return []
    return [f"The clip is {length:g} beats long, so the music ends there."]


def rehearse_drums() -> Iterator[str]:
    """Makes two takes in every genre, one a step, so that every table and every type has been met."""
    for style in genres():
        for seed in (0, 1):
            compose_drums(DrumsRequest(style=style, seed=seed))
            yield style
