"""Humanises a clip: somebody is found who has played something like it, and plays it."""

from __future__ import annotations

from dataclasses import replace

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.compose.dice import Dice, draw_seed
from engine.compose.feel.bank import Bank, shipped
from engine.compose.feel.deviate import Departures, Written, choose, drummed, fingered
from engine.compose.feel.ghosts import ghosts
from engine.compose.feel.limits import limited, within
from engine.compose.feel.loudness import louder
from engine.compose.feel.replay import pitches_of, replayed, starts_of
from engine.compose.feel.request import FREELY, HumaniseRequest, HumaniseResult, check, families
from engine.compose.feel.roles import role_of
from engine.compose.feel.room import moved
from engine.compose.part.harmony import take_id
from engine.compose.steer.apply import steered
from engine.compose.steer.map import SteerMap, map_of
from engine.notes import Note

__all__ = ["HumaniseRequest", "HumaniseResult", "humanise"]

RECIPE = "humanise/1"
"""Changes whenever the same request would make other notes; part of every take's id."""

BEYOND = ("loudness",)
"""What steering moves and the request does not have."""

Floats = NDArray[np.float64]

_CLOSE = 0.004
"""Beats from a place of the written grid at which a note counts as written, not played."""

_LEAST = 0.35
"""What is left of chance where a clip has been played already."""


def humanise(request: HumaniseRequest, bank: Bank | None = None, steering: SteerMap | None = None) -> HumaniseResult:
    """Plays the notes of a clip.

    Args:
        request: what is wanted; see ``HumaniseRequest`` for units and ranges.
        bank: drummers to choose from; left out, those that come with Bandmate.
        steering: what the request's ``steer`` means; left out, what is on the shelf.

    Returns:
        All notes that were given, as played. The same request with the same seed gives the same notes.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    length = check(request)
    moved = steered(request, map_of("humanise", request.steer, steering), BEYOND)
    request = moved.request
    seed = draw_seed() if request.seed is None else request.seed
    role, notices = _role(request)
    louder_by = moved.beyond.get("loudness", 0.0)
    notes, added = _played(request, role, length, (Dice(seed), bank or shipped(), louder_by))
    if request.ghosts > 0 and request.amount > 0 and not added and request.notes:
        notices.append("No ghost notes: they need a snare with room around it.")
    given = msgspec.structs.asdict(msgspec.structs.replace(request, seed=None, context=None, role=role))
    del given["steer"]
    return HumaniseResult(
        take=take_id(RECIPE, given, seed, length, *moved.mark),
        seed=seed,
        notes=notes,
        length=length,
        role=role,
        summary=_summary(request, role, added),
        notices=notices,
        steered=moved.told,
        stretched=moved.stretched,
    )


def _role(request: HumaniseRequest) -> tuple[str, list[str]]:
    if request.role != "auto":
        return request.role, []
    if not request.notes:
        return "melody", []
    name = request.context.track_name if request.context else ""
    role, why = role_of(name, request.notes)
    return role, [why]


def _played(
    request: HumaniseRequest, role: str, length: float, hands: tuple[Dice, Bank, float]
) -> tuple[list[Note], int]:
    """The notes as played, and how many ghosts are among them.

    Args:
        request: with its parameters moved.
        role: who plays.
        length: beats.
        hands: dice, drummers to choose from, and steps by which all is struck harder.
    """
    dice, bank, louder_by = hands
    notes = sorted(request.notes, key=lambda note: (note.start_time, note.pitch))
    amount = request.amount / 100.0
    if not notes or (amount == 0 and not louder_by):
        return [msgspec.structs.replace(note) for note in notes], 0
    metre = (request.signature_numerator, request.signature_denominator)
    count = len(notes)
    written = Written(starts_of(notes), pitches_of(notes), metre, request.tempo, length)
    departures, soft = _departures(written, role, request, dice, bank)
    notes += soft
    starts, pitches = starts_of(notes), pitches_of(notes)
    velocities = np.array([note.velocity for note in notes])
    beats_per_ms = request.tempo / 60_000.0
    late = limited(_late(starts[:count], departures) * amount, request.timing) * beats_per_ms
    new_starts = moved(starts, late, pitches, length=length, beats_per_ms=beats_per_ms)
    change = louder(velocities, departures, count, by_drum=role == "drums")
    change = within(change * amount + louder_by, request.velocity)
    inside = (starts >= 0) & (starts < length)
    loud = np.clip(np.round(velocities + change), 1.0, 127.0)
    if request.velocity < FREELY:
        # Rounding to whole steps must not carry a note over the limit.
        loud = np.clip(loud, velocities - request.velocity, velocities + request.velocity)
    return replayed(notes, new_starts, np.where(inside, loud, velocities), length), len(soft)


def _departures(
    written: Written, role: str, request: HumaniseRequest, dice: Dice, bank: Bank
) -> tuple[Departures, list[Note]]:
    """What the player makes of the clip and of the ghost notes after it, and these ghost notes."""
    if role != "drums":
        return fingered(written, role, dice), []
    drummer = choose(bank, written, families(request.style), dice)
    soft = ghosts(written, request.ghosts * request.amount / 100.0, bank, dice)
    if soft:
        starts = np.concatenate([written.starts, starts_of(soft)])
        written = replace(written, starts=starts, pitches=np.concatenate([written.pitches, pitches_of(soft)]))
    return drummed(written, drummer, dice), soft


def _late(starts: Floats, departures: Departures) -> Floats:
    """Milliseconds by which each note is late: habit and chance where it is written, less where it was played."""
    grids = [np.abs(starts * parts - np.round(starts * parts)) / parts for parts in (8, 6)]
    written = float(np.clip((np.mean(np.minimum(*grids) < _CLOSE) - 0.5) / 0.4, 0.0, 1.0))
    return written * departures.place + (_LEAST + (1 - _LEAST) * written) * departures.stray


def _summary(request: HumaniseRequest, role: str, added: int) -> str:
    count = len(request.notes)
    if not count:
        return "No notes to humanise"
    more = f", {added} ghost note{'s' * (added != 1)}" if added else ""
    return f"{count} note{'s' * (count != 1)} played as {role}{more}"
