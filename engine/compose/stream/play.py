"""One bar from beginning to end: its stretches written and put together, played by hands, brought into its bar."""

from __future__ import annotations

import math

import msgspec

from engine.compose.drums.kit import Kit, general_midi
from engine.compose.drums.roles import BY_GM, CYMBALS
from engine.compose.feel.play import perform
from engine.compose.spans import Span
from engine.compose.steer.map import SteerMap
from engine.compose.stream.kept import Kept
from engine.compose.stream.lanes import BarAsked
from engine.compose.stream.macros import Settings, macro_map, settings_of
from engine.compose.stream.splice import held_over, inside, joined_at
from engine.compose.stream.surprise import Event, departed, event_of
from engine.compose.stream.voice import Scene, Voice
from engine.notes import Note

__all__ = ["Part", "Played", "play_bar"]

_CLOSE = 1e-6
_SHORTEST = 0.02
"""Beats that a note keeps where the next one begins with it."""

_ONE_VOICE = "melody"


_bars: Kept[list[Note]] = Kept(1024)
_runs: Kept[list[Note]] = Kept(1024)


class Part(msgspec.Struct, frozen=True):
    """Who plays what.

    Attributes:
        role: one of ``request.ROLES``.
        style: id.
        kit: of drums; None for other roles.
        steering: what the knobs mean that steer a whole Set; None: what is on the shelf.
    """

    role: str
    style: str
    kit: Kit | None
    steering: SteerMap | None = None


class Played(msgspec.Struct, frozen=True):
    """A bar as it is heard; see ``request.StreamBar``."""

    notes: list[Note]
    held: list[Note]
    settings: Settings
    surprise: str
    chords: list[Span]


class _Run(msgspec.Struct):
    """Notes that are played by the same hand at the same looseness."""

    settings: Settings
    notes: list[Note]


def play_bar(part: Part, voice: Voice, scene: Scene, asked: BarAsked) -> Played:
    """Plays one bar.

    Args:
        part: role, style and kit.
        voice: who plays.
        scene: the bar.
        asked: where the macros stand in it.
    """
    role, kit = part.role, part.kit
    stands = [
        (stretch.start, settings_of(role, part.style, stretch.macros, stretch.steer, part.steering))
        for stretch in asked.stretches
    ]
    base = stands[0][1]
    found = macro_map(role).surprise
    runs: list[_Run] = []
    surprise = ""
    for (start, now), until in zip(stands, [*(start for start, _ in stands[1:]), asked.beats], strict=True):
        event = event_of(scene, found, now["surprise"])
        if event is not None and event.start < until - _CLOSE:
            surprise = event.kind
        here = _between(_written(part, voice, scene, (base, now), event), scene.origin + start, scene.origin + until)
        silent = event is not None and event.kind == "drop" and until > event.start
        _put(runs, _Run(now, here), voice.alone, scene.origin + max(start, event.start) if silent and event else None)
    notes = inside([note for run in runs for note in _performed(role, run, voice, scene)], scene.origin, scene.beats)
    if role == _ONE_VOICE:
        notes = _one_at_a_time(notes)
    held = held_over(voice.before(base), notes, scene.origin, voice.alone)
    if kit is not None:
        notes = _on_pads(notes, kit)
    return Played(notes, held, base, surprise, voice.heard(base, surprise == "substitute"))


def _written(
    part: Part, voice: Voice, scene: Scene, settings: tuple[Settings, Settings], event: Event | None
) -> list[Note]:
    """What is written of the bar; whoever asks again because a macro moved needs only what is new."""
    base, now = settings
    key = scene.mark(part.role, part.style, scene.number, base.writing, now.writing, event)
    return _bars.get(key, lambda: departed(voice, scene, base, now, event))


def _between(notes: list[Note], start: float, until: float) -> list[Note]:
    return [note for note in notes if start - _CLOSE <= note.start_time < until - _CLOSE]


def _put(runs: list[_Run], run: _Run, alone: bool, silence: float | None) -> None:
    """Puts a stretch behind those before: as one run where the same hand plays on."""
    for earlier in runs:
        earlier.notes = joined_at(earlier.notes, run.notes, alone)[: len(earlier.notes)]
        if silence is not None:
            earlier.notes = [
                msgspec.structs.replace(note, duration=silence - note.start_time) if note.end_time > silence else note
                for note in earlier.notes
                if note.start_time < silence - _CLOSE
            ]
    last = runs[-1].settings if runs else None
    if last is not None and _hand(last) == _hand(run.settings):
        runs[-1].notes = [*runs[-1].notes, *run.notes]
    else:
        runs.append(run)


def _hand(settings: Settings) -> tuple[float, ...]:
    return tuple(settings.values.get(name, 0.0) for name in ("humanise", "swing", "velocity", "gleam"))


def _performed(role: str, run: _Run, voice: Voice, scene: Scene) -> list[Note]:
    """The run as it is played; not to be changed, for it is kept as what is written is."""
    swing = voice.hand(run.settings)
    notes = tuple((note.pitch, note.start_time, note.duration, note.velocity) for note in run.notes)
    key = (role, scene.seed, scene.metre, scene.tempo, swing, _hand(run.settings), notes)
    return _runs.get(key, lambda: _by_hand(role, run, swing, scene))


def _by_hand(role: str, run: _Run, swing: tuple[float, int], scene: Scene) -> list[Note]:
    settings = run.settings
    humanise = settings["humanise"]
    if role == _ONE_VOICE:
        # Up to a fifth only the loudness moves, which is in the notes already; see ``melody.compose``.
        humanise = max(0.0, humanise - 20.0) * 1.25
    notes = perform(
        run.notes,
        role=role,
        humanise=humanise,
        swing=swing[0],
        grid=swing[1],
        tempo=scene.tempo,
        metre=scene.metre,
        # Far behind all of them, so that nothing here ends the clip.
        length=scene.origin + 64.0 + 16.0 * scene.beats,
        dice=scene.dice,
    )
    louder, gleam = settings["velocity"], settings.values.get("gleam", 0.0)
    if louder or gleam:
        for note in notes:
            more = louder + (gleam if gleam and BY_GM[note.pitch] in CYMBALS else 0.0)
            note.velocity = round(min(127.0, max(1.0, note.velocity + more)), 1)
    return notes


def _one_at_a_time(notes: list[Note]) -> list[Note]:
    """A voice has one note at a time: where the next one comes early, a note ends for it."""
    for note, following in zip(notes, [*(note.start_time for note in notes[1:]), math.inf], strict=False):
        if note.end_time > following:
            note.duration = max(_SHORTEST, following - note.start_time)
    return notes


def _on_pads(notes: list[Note], kit: Kit) -> list[Note]:
    """Moves drums from General MIDI's keys to the kit's pads; what no pad plays is left out."""
    if kit is general_midi():
        return [note for note in notes if BY_GM[note.pitch] in kit.pitches]
    out = [
        msgspec.structs.replace(note, pitch=kit.pitches[BY_GM[note.pitch]])
        for note in notes
        if BY_GM[note.pitch] in kit.pitches
    ]
    return inside(out, 0.0, math.inf)
