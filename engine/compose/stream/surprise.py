"""Bars that depart from what was to come: silences, turns, other material, other chords.

Every bar has its own threshold, kind and reach, drawn by its number: a higher Surprise keeps the bars that departed
already and has them depart further, and nothing is left of it in the next bar. Parts of one seed are
surprised in the same bars, as players of one band are.
"""

from __future__ import annotations

import msgspec

from engine.compose.metre import groups
from engine.compose.stream.macros import Settings, SurpriseMap
from engine.compose.stream.voice import Scene, Voice
from engine.notes import Note

__all__ = ["Event", "departed", "event_of"]

_CLOSE = 1e-6
_LEAST = 0.25
"""Share of a bar that a departure takes when its threshold is just passed."""


class Event(msgspec.Struct, frozen=True):
    """A departure.

    Attributes:
        kind: "drop" is silence, "other" what another part would play, "fill" a turn to the next bar, "substitute"
            other chords.
        start: beats from the bar's start from which it is heard.
    """

    kind: str
    start: float


def event_of(scene: Scene, found: SurpriseMap, percent: float) -> Event | None:
    """What a bar departs by, or None.

    Args:
        scene: the bar.
        found: of the role.
        percent: the Surprise macro.
    """
    chance = percent / 100.0 * found.most * found.places[scene.number % len(found.places)]
    mark = scene.dice.uniform("surprise", scene.number)
    if mark >= chance:
        return None
    kind = scene.dice.choice(f"surprise {scene.number}", found.kinds)
    if kind == "substitute":
        return Event(kind, 0.0)
    sizes = groups(*scene.metre)
    share = _LEAST + (1.0 - _LEAST) * (1.0 - mark / chance) * percent / 100.0
    count = max(1, round(share * len(sizes)))
    return Event(kind, sum(sizes[: len(sizes) - count]))


def departed(voice: Voice, scene: Scene, base: Settings, now: Settings, event: Event | None) -> list[Note]:
    """The notes of a bar with what departs in it.

    Args:
        voice: who plays.
        scene: the bar.
        base: settings as the bar begins.
        now: settings now.
        event: the departure, or None.
    """
    if event is None:
        return voice.written(base, now)
    if event.kind == "substitute":
        return voice.substituted(base, now)
    begin = scene.origin + event.start - _CLOSE
    kept = [note for note in voice.written(base, now) if note.start_time < begin] if event.start > 0 else []
    if event.kind == "drop":
        # A silence is one only where nothing rings into it.
        until = begin + _CLOSE
        return [
            msgspec.structs.replace(note, duration=until - note.start_time) if note.end_time > until else note
            for note in kept
        ]
    instead = voice.filled(base, now) if event.kind == "fill" else voice.written(base, now, scene.elsewhere)
    return [*kept, *(note for note in instead if note.start_time >= begin)]
