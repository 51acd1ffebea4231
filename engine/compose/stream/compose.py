"""Streams: some bars of a part that goes on for ever, each made by itself."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import msgspec

from engine.compose.arp.shelf import styles as arp_styles
from engine.compose.bass.styles import find_style
from engine.compose.dice import draw_seed
from engine.compose.drums.compose import genre_of
from engine.compose.drums.kit import Kit, general_midi, kit_of
from engine.compose.drums.request import Pad
from engine.compose.melody.style import chosen
from engine.compose.part.auto import choose_style
from engine.compose.part.harmony import take_id
from engine.compose.resolve import resolve_style
from engine.compose.steer.map import SteerMap, map_of, steer_map
from engine.compose.stream.arp import ArpVoice
from engine.compose.stream.bass import BassVoice, kicks_by_bar
from engine.compose.stream.check import check_stream
from engine.compose.stream.chords import ChordsVoice
from engine.compose.stream.drums import DrumsVoice
from engine.compose.stream.harmony import Rounds, rounds_of
from engine.compose.stream.kept import Kept
from engine.compose.stream.lanes import BarAsked, bars_asked
from engine.compose.stream.melody import MelodyVoice
from engine.compose.stream.options import styles_of
from engine.compose.stream.play import Part, Played, play_bar
from engine.compose.stream.request import (
    ROLES,
    ChordHeard,
    StreamBar,
    StreamRequest,
    StreamResult,
)
from engine.compose.stream.voice import Scene, Voice, dice_of

__all__ = ["StreamRequest", "StreamResult", "compose_stream", "rehearse_streams"]

RECIPE = "stream/1"
"""Changes whenever the same request would make other notes; part of every bar's id."""


class _Cast(msgspec.Struct, frozen=True):
    """A role in one style: its id and name, the chord style whose stock it draws from, and who plays."""

    id: str
    name: str
    chord_style: str
    voice: Callable[[Scene], Voice]


def compose_stream(request: StreamRequest, steering: SteerMap | None = None) -> StreamResult:
    """Composes some bars of a part.

    Args:
        request: what is wanted; see ``StreamRequest`` for units and ranges.
        steering: what the request's ``steer`` means; left out, what is on the shelf.

    Returns:
        The bars in order. Each is the same whatever was asked for before it, with it, or from where: see the package.

    Raises:
        InvalidValue: for anything outside what is allowed, naming field and range.
    """
    check_stream(request)
    seed = draw_seed() if request.seed is None else request.seed
    request, steering = _meant(msgspec.structs.replace(request, seed=seed), steering)
    dice = dice_of(seed)
    kit = _kit(request) if request.role == "drums" else None
    made: list[StreamBar] = []
    first: tuple[_Cast, Rounds | None, tuple[str, ...]] | None = None
    for asked in bars_asked(request):
        cast, notices = _cast(request, asked.tempo)
        rounds = None if request.role == "drums" else rounds_of(request, asked.metre, cast.chord_style, dice)
        first = first or (cast, rounds, notices)
        scene = Scene(seed, asked.number, asked.metre, asked.tempo, rounds)
        if request.role == "bass" and request.kick:
            scene.kicks = kicks_by_bar(request.kick, scene.beats)
        part = Part(request.role, cast.id, kit, steering)
        made.append(_told(request, part, scene, asked, play_bar(part, cast.voice(scene), scene, asked)))
    if first is None:
        raise ValueError("a request asks for a bar at least")
    cast, rounds, notices = first
    return StreamResult(
        seed=seed,
        role=request.role,
        style=cast.id,
        style_name=cast.name,
        key=rounds.key.name if rounds else "",
        camelot=rounds.key.camelot if rounds else "",
        progression=rounds.text if rounds else "",
        source=rounds.source if rounds else "",
        bars=made,
        notices=[*notices, *(rounds.notices if rounds else ())],
        stretched=steering.stretched if steering else {},
    )


def _meant(request: StreamRequest, steering: SteerMap | None) -> tuple[StreamRequest, SteerMap | None]:
    """The request with its steering, but what that means, and what it means; None: what is on the shelf."""
    if request.steer is None or request.steer.stretch is None:
        return request, steering
    found = map_of(request.role, request.steer)
    steer = msgspec.structs.replace(request.steer, stretch=None)
    return msgspec.structs.replace(request, steer=steer), None if found is steer_map(request.role) else found


def _told(request: StreamRequest, part: Part, scene: Scene, asked: BarAsked, played: Played) -> StreamBar:
    stretches = [
        (at.start, at.macros, at.steer, part.steering) if at.steer else (at.start, at.macros) for at in asked.stretches
    ]
    mark = scene.rounds.mark if scene.rounds else ""
    recipe = (
        request.role,
        part.style,
        asked.number,
        asked.metre,
        asked.tempo,
        stretches,
        mark,
        request.kit,
        scene.kicks,
    )
    beats = asked.beats
    return StreamBar(
        bar=asked.number,
        take=take_id(RECIPE, recipe, scene.seed, beats),
        notes=played.notes,
        held=played.held,
        beats=beats,
        rings=round(max((note.end_time - beats for note in played.notes if note.end_time > beats), default=0.0), 6),
        signature_numerator=asked.metre[0],
        signature_denominator=asked.metre[1],
        tempo=asked.tempo,
        macros=asked.stretches[0].macros,
        steer=asked.stretches[0].steer,
        parameters=played.settings.values,
        changes=[stretch.start for stretch in asked.stretches[1:]],
        chords=[ChordHeard(round(at.start - scene.origin, 6), at.duration, at.chord.symbol) for at in played.chords],
        surprise=played.surprise,
    )


def _kit(request: StreamRequest) -> Kit:
    if request.kit is None:
        return general_midi()
    if isinstance(request.kit, dict):
        return kit_of(request.kit.items())
    return kit_of((pad.name, pad.pitch) for pad in request.kit if isinstance(pad, Pad))


_casts: Kept[tuple[_Cast, tuple[str, ...]]] = Kept(128)


def _cast(request: StreamRequest, tempo: float) -> tuple[_Cast, tuple[str, ...]]:
    """Who plays; where the style is left open, the track's name and the tempo decide."""
    name = request.context.track_name if request.context else ""
    return _casts.get((request.role, request.style, name, tempo), lambda: _chosen(request, tempo))


def _chosen(request: StreamRequest, tempo: float) -> tuple[_Cast, tuple[str, ...]]:
    wanted, context = request.style, request.context
    if request.role == "bass":
        bass, said = find_style(wanted, context, tempo)
        return _Cast(bass.id, bass.name, bass.chords, lambda scene: BassVoice(bass, scene)), said
    if request.role == "melody":
        tune, said = chosen(wanted, context, tempo)
        return _Cast(tune.id, tune.name, tune.chord_style, lambda scene: MelodyVoice(tune, scene)), said
    if request.role == "arp":
        arp, said = choose_style(arp_styles(), wanted, context, tempo)
        return _Cast(arp.id, arp.name, arp.chords, lambda scene: ArpVoice(arp, scene)), said
    if request.role == "chords":
        style, said = resolve_style(wanted, context, tempo)
        return _Cast(style.id, style.name, style.id, lambda scene: ChordsVoice(style, scene)), said
    genre, said = genre_of(wanted, context, tempo)
    return _Cast(genre.id, genre.name, "", lambda scene: DrumsVoice(genre, scene)), said


def rehearse_streams() -> Iterator[str]:
    """Makes two bars in every style of every role, one style a step."""
    for role in ROLES:
        for style in styles_of(role):
            compose_stream(msgspec.structs.replace(StreamRequest(role="drums", seed=0, bars=2), role=role, style=style))
            yield style
