"""From notes to samples: hits and notes laid into a stereo buffer, hats choked, the end folded back or cut."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from typing import Literal

import msgspec
import numpy as np

from engine.compose.kit.hits import ALTERNATES, Stereo, layer_of, loudness_gain
from engine.compose.kit.signal import Floats, hit_loudness
from engine.compose.kit.voices import VOICES, Voice, gliding, pitched_note
from engine.notes import Note

__all__ = ["Canvas", "HitSource", "Tail", "mix_drums", "mix_pitched"]

Tail = Literal["loop", "cut", "keep"]

HitSource = Callable[[str, int, int], Stereo]
"""(role, layer, alternate) to a hit of loudness 1, shape (n, 2)."""

# A strike on one of a group ends what still sounds of it: the two plates of a hi-hat touch, a head is struck again.
_CHOKED: dict[str, str] = {"hat": "hats", "hat_low": "hats", "open_hat": "hats", "kick": "kick", "sub": "sub"}
_CHOKE_SECONDS = 0.012
_KICK_CHOKE_SECONDS = 0.004
_CUT_SECONDS = 0.004
_VOICE_FULL = 0.34
_LOUDER = 1.4
_SHORTEST = 0.02
"""Seconds a note with a pitch is held at least."""

_TOUCH = 0.02
"""Seconds by which one note of the 808 may end before the next and still slide into it."""


class Canvas(msgspec.Struct):
    """What is painted on.

    Attributes:
        rate: samples per second.
        frames: samples of the clip.
        tempo: beats per minute.
        tail: "loop" folds what rings past the end onto the beginning, as a loop sounds on its second round; "cut" ends
            it there; "keep" makes the file longer.
    """

    rate: int
    frames: int
    tempo: float
    tail: Tail

    def place(self, beat: float) -> int:
        """The sample at which a beat falls."""
        return round(beat * 60.0 / self.tempo * self.rate)

    def blank(self, longest: int) -> Floats:
        """An empty buffer with room for what rings past the end."""
        return np.zeros((self.frames + longest, 2))

    def finished(self, buffer: Floats) -> Floats:
        """What the tail asks for, shape (n, 2)."""
        if self.tail == "keep":
            heard = np.flatnonzero(np.abs(buffer).max(axis=1) > 1e-5)
            return buffer[: max(self.frames, int(heard[-1]) + 1 if len(heard) else 0)]
        body, rest = buffer[: self.frames].copy(), buffer[self.frames :]
        if self.tail == "loop":
            for first in range(0, len(rest), self.frames):
                piece = rest[first : first + self.frames]
                body[: len(piece)] += piece
            return body
        fade = min(len(body), round(_CUT_SECONDS * self.rate))
        body[-fade:] *= np.linspace(1.0, 0.0, fade)[:, None]
        return body


def mix_drums(notes: list[Note], roles: Mapping[int, str], source: HitSource, canvas: Canvas) -> Floats:
    """Plays a drum clip.

    Args:
        notes: those that sound, in order.
        roles: which role a pitch plays; pitches that are not in it are silent.
        source: where hits come from.
        canvas: what to paint on.

    Returns:
        Shape (n, 2).
    """
    struck: dict[str, int] = {}
    events: list[tuple[int, str, Stereo, float]] = []
    for note in notes:
        role = roles.get(note.pitch)
        if role is None or note.velocity < 1:
            continue
        turn = struck.get(role, 0)
        struck[role] = turn + 1
        hit = source(role, layer_of(note.velocity), turn % ALTERNATES)
        events.append((canvas.place(note.start_time), role, hit, loudness_gain(role, note.velocity)))
    buffer = canvas.blank(max((len(hit) for _, _, hit, _ in events), default=0) + 1)
    for number, (start, role, hit, gain) in enumerate(events):
        sound = hit[: _choked_at(number, events, canvas)]
        painted = gain * sound
        if len(sound) < len(hit):
            spell = _CHOKE_SECONDS if _CHOKED[role] == "hats" else _KICK_CHOKE_SECONDS
            fade = min(len(sound), round(spell * canvas.rate))
            painted[len(sound) - fade :] *= np.linspace(1.0, 0.0, fade)[:, None]
        buffer[start : start + len(painted)] += painted
    return canvas.finished(buffer)


def _choked_at(number: int, events: list[tuple[int, str, Stereo, float]], canvas: Canvas) -> int:
    """Samples after which a hit is silenced by the next of its group; its whole length when it is not."""
    start, role, hit, _ = events[number]
    group = _CHOKED.get(role)
    if group is None:
        return len(hit)
    room = round(_CHOKE_SECONDS * canvas.rate)
    following = (at for at, other, _, _ in events[number + 1 :] if _CHOKED.get(other) == group and at > start)
    at = next(following, None)
    if at is None and canvas.tail == "loop":
        # In a loop the next one is the first of the next round.
        first = next(place for place, other, _, _ in events if _CHOKED.get(other) == group)
        at = first + canvas.frames
    return len(hit) if at is None else min(len(hit), at - start + room)


def mix_pitched(notes: list[Note], voice_id: str, canvas: Canvas) -> Floats:
    """Plays notes with one of the built-in voices.

    Args:
        notes: those that sound, in order.
        voice_id: one of ``VOICES``.
        canvas: what to paint on.

    Returns:
        Shape (n, 2).
    """
    voice = VOICES[voice_id]
    scale = _VOICE_FULL * 10 ** (voice.level / 20) / _loud(voice_id, canvas.rate)
    last = max((canvas.place(note.end_time) for note in notes), default=0)
    # One sample after another: a long clip of a pad would not fit into memory twice.
    buffer = canvas.blank(max(0, last - canvas.frames) + round((voice.release * 5 + 0.1) * canvas.rate))
    played = _slides(notes, canvas) if voice_id == "808" else _singly(notes, voice, canvas)
    for first, sound in played:
        buffer[first : first + len(sound)] += scale * sound
    return canvas.finished(buffer)


def _singly(notes: list[Note], voice: Voice, canvas: Canvas) -> Iterator[tuple[int, Floats]]:
    for note in notes:
        first, last = canvas.place(note.start_time), canvas.place(note.end_time)
        sound = pitched_note(
            voice, note.pitch, max(_SHORTEST, (last - first) / canvas.rate), note.velocity, canvas.rate
        )
        yield first, (note.velocity / 127.0) ** _LOUDER * sound


def _slides(notes: list[Note], canvas: Canvas) -> Iterator[tuple[int, Floats]]:
    for phrase in _phrases(notes, canvas):
        yield phrase[0][0], _slid(phrase, canvas)


@lru_cache(maxsize=32)
def _loud(voice_id: str, rate: int) -> float:
    """How loud a note of a voice in its middle register is, held for half a second at full velocity."""
    voice = VOICES[voice_id]
    if voice_id == "808":
        return hit_loudness(gliding(voice, [(0.0, 33, 127.0)], 0.5, rate), rate)
    return hit_loudness(pitched_note(voice, 40 if voice_id == "bass" else 64, 0.5, 127.0, rate), rate)


def _phrases(notes: list[Note], canvas: Canvas) -> list[list[tuple[int, int, float, float]]]:
    """Notes of the 808 that touch, together: (first sample, last sample, pitch, velocity) of each."""
    phrases: list[list[tuple[int, int, float, float]]] = []
    for note in notes:
        first, last = canvas.place(note.start_time), canvas.place(note.end_time)
        step = (first, last, float(note.pitch), note.velocity)
        if phrases and first <= phrases[-1][-1][1] + _TOUCH * canvas.rate and first > phrases[-1][-1][0]:
            phrases[-1].append(step)
        else:
            phrases.append([step])
    return phrases


def _slid(phrase: list[tuple[int, int, float, float]], canvas: Canvas) -> Floats:
    start, held = phrase[0][0], (max(last for _, last, _, _ in phrase) - phrase[0][0]) / canvas.rate
    steps = [((first - start) / canvas.rate, pitch, velocity) for first, _, pitch, velocity in phrase]
    sound = gliding(VOICES["808"], steps, max(_SHORTEST, held), canvas.rate)
    return np.asarray(sound * (phrase[0][3] / 127.0) ** (_LOUDER - 0.5))
