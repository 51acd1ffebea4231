"""A clip goes on in its own style."""

from __future__ import annotations

from hashlib import blake2s
from typing import Annotated

import msgspec
from msgspec import Meta
from msgspec.structs import replace

from engine.compose.checks import check_number, check_percent
from engine.compose.dice import Dice, draw_seed
from engine.compose.part.harmony import take_id
from engine.compose.request import SHORTEST_CLIP
from engine.compose.vary.growth import Frame, cells_of, grown, spots
from engine.compose.vary.harmony import Harmony, given_harmony
from engine.compose.vary.material import Material
from engine.compose.vary.request import LONGEST, ClipRequest, Percent, check_clip
from engine.compose.vary.work import join
from engine.notes import Note

__all__ = ["Continuation", "ContinueRequest", "ContinueResult", "carry_on"]

LONGEST_MORE = 1024.0
"""Beats a clip is continued by at most."""

_TRIES = 4


class ContinueRequest(ClipRequest, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A clip, and how much more of it is wanted.

    Attributes:
        notes: the clip's notes, in any order.
        length: beats of the clip, counted from ``start``.
        role: what the clip is; "auto" finds out from its notes and the track's name.
        key: a key in any usual spelling or a Camelot code; left out (or "follow"), the key comes from ``context``,
            or is heard in the notes.
        mode: a mode's name that overrides the key's own; left out or "auto": none.
        chords: the harmony of clip and continuation, where it is known; shorter than both, it goes round.
        context: what surrounds the clip in the Set.
        tempo: beats (quarter notes) per minute.
        signature_numerator: beats in the signature, 1..99.
        signature_denominator: 1, 2, 4, 8 or 16.
        start: beat at which the clip's first bar begins, on the time line of the notes.
        seed: repeats the continuations; left out, one is drawn and told in the answer.
        beats: how much longer the clip is to be.
        count: how many continuations to choose from, 1..16.
        variation: how freely it goes on, percent: 0 all but repeats the clip, 100 makes new of its cells.
    """

    beats: Annotated[float, Meta(ge=SHORTEST_CLIP, le=LONGEST_MORE)]
    count: Annotated[int, Meta(ge=1, le=16)] = 1
    variation: Percent = 35.0


class Continuation(msgspec.Struct, frozen=True):
    """One way on.

    Attributes:
        notes: the whole clip by start, then pitch: its own notes as they were, then the new ones.
        added: how many of them are new.
        take: id: the same for the same notes from the same recipe.
    """

    notes: list[Note]
    added: int
    take: str


class ContinueResult(msgspec.Struct, frozen=True, kw_only=True):
    """The ways on.

    Attributes:
        continuations: as many as asked for, or fewer where there are no more different ones.
        length: beats of the clip with its continuation.
        seed: given or drawn.
        role: what the clip was taken for.
        key: name of the key new notes lie in; null for drums and where none can be told.
        summary: one line for the foot of a device.
        notices: what was decided without being asked for.
    """

    continuations: list[Continuation]
    length: float
    seed: int
    role: str
    key: str | None
    summary: str
    notices: list[str]


def carry_on(request: ContinueRequest) -> ContinueResult:
    """Continues a clip in its own style; see ``engine.compose.vary.growth``.

    Args:
        request: the clip and how much more is wanted.

    Returns:
        The clip with its continuation; what was there is the very same.

    Raises:
        InvalidValue: for a clip without notes, and for values that are not allowed.
    """
    check_clip(request)
    hint = f"Use {SHORTEST_CLIP} to {LONGEST_MORE:g} beats."
    check_number("beats", request.beats, SHORTEST_CLIP, LONGEST_MORE, hint)
    check_number("length", request.length + request.beats, SHORTEST_CLIP, LONGEST, f"{LONGEST:g} beats are the most.")
    check_number("count", request.count, 1, 16, "Use a whole number of continuations from 1 to 16.", whole=True)
    check_percent("variation", request.variation)
    seed = draw_seed() if request.seed is None else request.seed
    before = [note for note in request.notes if note.start_time < request.end - 1e-9]
    later = [note for note in request.notes if note.start_time >= request.end - 1e-9]
    material = Material(request, before or request.notes)
    recipe = blake2s(msgspec.json.encode(replace(request, seed=None))).hexdigest()
    found: list[Continuation] = []
    seen: set[object] = set()
    for number in range(request.count):
        for attempt in range(_TRIES):
            made = _more(request, material, Dice(int(Dice(seed).uniform("more", number, attempt) * 2**53)))
            mark = frozenset((round(note.start_time, 3), note.pitch) for note in made)
            if mark not in seen:
                seen.add(mark)
                notes, _ = join(made, [*before, *later], request.start, request.end + request.beats)
                take = take_id("continue/1", recipe, seed, request.length, number, attempt)
                found.append(Continuation(notes, len(notes) - len(request.notes), take))
                break
    key, told = material.key
    notices = [*told, *_left(later)]
    if len(found) < request.count:
        notices.append(f"There are {len(found)} different ways on and no more: turn variation up for others.")
    return ContinueResult(
        continuations=found,
        length=request.length + request.beats,
        seed=seed,
        role=material.role,
        key=key.name if key else None,
        summary=f"{request.beats:g} beats more, {material.role}",
        notices=notices,
    )


def _left(later: list[Note]) -> list[str]:
    return [f"{len(later)} notes behind the clip's end stay; new ones give way to them."] if later else []


def _more(request: ContinueRequest, material: Material, dice: Dice) -> list[Note]:
    grid = material.grid
    # Silence behind the last note is the end of an idea, not a part of it.
    full = [number for number, bar in enumerate(material.every_bar) if bar]
    own = spots(material, 0, full[-1] + 1)
    cells = cells_of(material, material.every_bar, own)
    begin, until = request.length, request.length + request.beats
    first_bar, last_bar = int(begin / grid.bar + 1e-9), int(-(-until // grid.bar))
    places = [
        spot
        for spot in spots(material, first_bar, last_bar)
        if spot.bar * grid.bar + spot.until * grid.step > begin + 1e-9
    ]
    before = [cell for cell in cells if cell.spot.bar * grid.bar + cell.spot.first * grid.step < begin]
    harmony = _harmony(request, material, until)
    frame = Frame(request.variation / 100.0, before, harmony, material.everything[-1].pitch)
    notes = grown(material, cells, places, dice, frame)
    # The first note may be one its player strikes early: it begins with the continuation.
    early = grid.step / 2 if places[0].bar * grid.bar + places[0].first * grid.step > begin - 1e-9 else 0.0
    return [
        replace(note, start_time=max(begin, note.start_time) + request.start)
        for note in notes
        if begin - early - 1e-9 <= note.start_time < until - 1e-9
    ]


def _harmony(request: ContinueRequest, material: Material, until: float) -> Harmony | None:
    """The given harmony up to the end of the continuation."""
    if not request.chords or material.drums:
        return None
    bars = int(-(-until // material.grid.bar))
    longer = replace(material.grid, length=bars * material.grid.bar, total=bars * material.grid.slots)
    return given_harmony(replace(request, length=bars * material.grid.bar), longer)
