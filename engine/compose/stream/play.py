"""One bar from beginning to end: its stretches written and put together, played by hands, brought into its bar."""

from __future__ import annotations

import itertools
import math
import operator
from array import array

import msgspec

from engine.compose.drums.kit import Kit, general_midi
from engine.compose.drums.roles import BY_GM, CYMBALS
from engine.compose.feel.play import perform
from engine.compose.spans import Span
from engine.compose.steer.map import SteerMap
from engine.compose.stream.kept import Kept
from engine.compose.stream.lanes import BarAsked, Stretch
from engine.compose.stream.macros import Settings, macro_map, settings_of
from engine.compose.stream.splice import held_over, inside, joined_at, sounding_on
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
    """Notes that are played by the same hand at the same looseness; not to be changed.

    Attributes:
        played: as they are played, as soon as somebody wanted to know.
    """

    settings: Settings
    notes: list[Note]
    played: list[Note] | None = None


class _Begun(msgspec.Struct, frozen=True):
    """A bar up to where a stretch ends: its runs, and what departed in it."""

    runs: tuple[_Run, ...] = ()
    surprise: str = ""


_NOTHING = _Begun()

_begun: Kept[_Begun] = Kept(512)


class _Around(msgspec.Struct, frozen=True):
    """What a bar stands in: what sounds on from before, not yet ended by the bar's own notes, and its chords."""

    sounding: list[Note]
    chords: list[Span]


_around: Kept[_Around] = Kept(128)


def play_bar(part: Part, voice: Voice, scene: Scene, asked: BarAsked) -> Played:
    """Plays one bar.

    Args:
        part: role, style and kit.
        voice: who plays.
        scene: the bar.
        asked: where the macros stand in it.
    """
    making = _Making(part, voice, scene, asked)
    stood = making.bar(asked)
    notes = inside([note for run in stood.runs for note in making.played(run)], scene.origin, scene.beats)
    if part.role == _ONE_VOICE:
        notes = _one_at_a_time(notes)
    around = making.around(stood.surprise == "substitute")
    held = held_over(around.sounding, notes, scene.origin, voice.alone)
    if part.kit is not None:
        notes = _on_pads(notes, part.kit)
    return Played(notes, held, making.base, stood.surprise, around.chords)


def _settings(part: Part, stretch: Stretch) -> Settings:
    return settings_of(part.role, part.style, stretch.macros, stretch.steer, part.steering)


def _mark(stretch: Stretch, settings: Settings) -> bytes:
    """What a stretch hangs on; as bytes, which are quicker to tell apart than many numbers and are hashed once."""
    # What steering means may be anything, and can be stretched: what it comes to counts.
    steered = settings.values.values() if stretch.steer else ()
    return array("d", [len(steered), stretch.start, *msgspec.structs.astuple(stretch.macros), *steered]).tobytes()


class _Making:
    """A bar that is put together stretch by stretch; ``base`` is where the macros stand as it begins."""

    def __init__(self, part: Part, voice: Voice, scene: Scene, asked: BarAsked) -> None:
        self.part, self.voice, self.scene = part, voice, scene
        self.mark = scene.mark(part.role, part.style, scene.number)
        self.settings = [_settings(part, stretch) for stretch in asked.stretches]
        self.base = self.settings[0]

    def around(self, substituted: bool) -> _Around:
        """What the bar stands in; the same whatever moves inside of it."""

        def found() -> _Around:
            sounding = sounding_on(self.voice.before(self.base), self.scene.origin)
            return _Around(sounding, self.voice.heard(self.base, substituted))

        return _around.get((self.mark, self.base.writing, substituted), found)

    def bar(self, asked: BarAsked) -> _Begun:
        """All stretches of the bar; who asks again because a macro moved needs only those that are new."""
        stretches = asked.stretches
        ends = [*(stretch.start for stretch in stretches[1:]), asked.beats]
        stands = itertools.accumulate(map(_mark, stretches, self.settings))
        keys = [(self.mark, self.scene.tempo, stood, end) for stood, end in zip(stands, ends[:-1], strict=False)]
        stood, place = _NOTHING, len(keys)
        while place > 0:
            known = _begun.known(keys[place - 1])
            if known is not None:
                stood = known
                break
            place -= 1
        for at, (stretch, end) in enumerate(zip(stretches[place:], ends[place:], strict=True), place):
            stood = self._longer(stood, self.settings[at], stretch.start, end)
            if at < len(keys):
                _begun.keep(keys[at], stood)
        return stood

    def _longer(self, stood: _Begun, now: Settings, start: float, until: float) -> _Begun:
        """The bar with one more stretch."""
        event = event_of(self.scene, macro_map(self.part.role).surprise, now["surprise"])
        origin = self.scene.origin
        here = _between(self._written(now, event), origin + start, origin + until)
        surprise, silence = stood.surprise, None
        if event is not None and event.start < until - _CLOSE:
            surprise = event.kind
        if event is not None and event.kind == "drop" and until > event.start:
            silence = origin + max(start, event.start)
        runs = [self._cut(run, here, silence) for run in stood.runs]
        last = runs[-1] if runs else None
        if last is not None and last.settings.hand == now.hand:
            runs[-1] = _Run(last.settings, [*last.notes, *here])
        else:
            runs.append(_Run(now, here))
        return _Begun(tuple(runs), surprise)

    def played(self, run: _Run) -> list[Note]:
        """A run as it is played."""
        if run.played is None:
            swing = self.voice.hand(run.settings)
            notes = array("d")
            for note in run.notes:
                notes.extend((note.pitch, note.start_time, note.duration, note.velocity))
            scene = self.scene
            key = (self.part.role, scene.seed, scene.metre, scene.tempo, swing, run.settings.hand, notes.tobytes())
            run.played = _runs.get(key, lambda: _by_hand(self.part.role, run.settings, run.notes, swing, scene))
        return run.played

    def _cut(self, run: _Run, late: list[Note], silence: float | None) -> _Run:
        """What is left of a run when others begin behind it, or silence does."""
        notes = joined_at(run.notes, late, self.voice.alone)[: len(run.notes)]
        if silence is not None:
            notes = [
                msgspec.structs.replace(note, duration=silence - note.start_time) if note.end_time > silence else note
                for note in notes
                if note.start_time < silence - _CLOSE
            ]
        same = len(notes) == len(run.notes) and all(map(operator.is_, notes, run.notes))
        return run if same else _Run(run.settings, notes)

    def _written(self, now: Settings, event: Event | None) -> list[Note]:
        """What is written of the bar with the macros where they stand now."""
        key = (self.mark, self.base.writing, now.writing, event)
        return _bars.get(key, lambda: departed(self.voice, self.scene, self.base, now, event))


def _between(notes: list[Note], start: float, until: float) -> list[Note]:
    return [note for note in notes if start - _CLOSE <= note.start_time < until - _CLOSE]


def _by_hand(role: str, settings: Settings, notes: list[Note], swing: tuple[float, int], scene: Scene) -> list[Note]:
    humanise = settings["humanise"]
    if role == _ONE_VOICE:
        # Up to a fifth only the loudness moves, which is in the notes already; see ``melody.compose``.
        humanise = max(0.0, humanise - 20.0) * 1.25
    played = perform(
        notes,
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
        for note in played:
            more = louder + (gleam if gleam and BY_GM[note.pitch] in CYMBALS else 0.0)
            note.velocity = round(min(127.0, max(1.0, note.velocity + more)), 1)
    return played


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
