"""Built-in voices for notes with a pitch: bass, lead, keys, pluck, pad, and the gliding 808.

Each is a few band-limited waves whose brightness falls as a string's does; harder notes begin brighter. They are there
so that a part can be heard and bounced at once; whoever wants a better sound has Live's instruments.
"""

from __future__ import annotations

from functools import lru_cache

import msgspec
import numpy as np

from engine.compose.kit.signal import Floats, driven, seconds

__all__ = ["VOICES", "Voice", "gliding", "pitched_note"]

_TABLE = 2048
_VIBRATO_HZ = 5.3


class Voice(msgspec.Struct, frozen=True):
    """How a voice sounds.

    Attributes:
        attack, release: seconds.
        decay: seconds until a third of the level is left while a note is held; 0: it stays.
        bright: seconds until a third of the brightness is left.
        open, closed: highest partial, as a multiple of the fundamental, at the blow and after it.
        cents: by how much two waves lie apart; 0: one wave.
        sub: share of a sine an octave below.
        bell: share of frequency modulation, which makes a tine of a sine; 0: a sawtooth.
        width: how far the two waves stand apart, 0..1.
        vibrato: cents, from a quarter of a second on.
        drive: saturation.
        level: dB beside the kick of a kit.
    """

    attack: float
    release: float
    decay: float
    bright: float
    open: float = 24.0
    closed: float = 4.0
    cents: float = 0.0
    sub: float = 0.0
    bell: float = 0.0
    width: float = 0.0
    vibrato: float = 0.0
    drive: float = 0.0
    level: float = -8.0


VOICES: dict[str, Voice] = {
    "bass": Voice(0.004, 0.045, 1.6, 0.2, open=26.0, closed=5.0, sub=0.3, drive=1.5, level=-3.5),
    "lead": Voice(0.012, 0.14, 0.0, 0.5, open=26.0, closed=9.0, cents=11.0, width=0.5, vibrato=9.0, level=-9.0),
    "keys": Voice(0.003, 0.22, 1.5, 0.35, bell=1.0, cents=3.0, width=0.35, level=-12.0),
    "pluck": Voice(0.002, 0.16, 0.42, 0.09, open=32.0, closed=2.5, cents=8.0, width=0.6, level=-8.5),
    "pad": Voice(0.28, 0.7, 0.0, 2.5, open=12.0, closed=5.0, cents=16.0, width=0.9, level=-14.0),
    "808": Voice(0.002, 0.09, 1.0, 0.0, drive=1.8, level=-1.5),
}
"""The voices by the names they have on the wire."""

_GLIDE = 0.055
"""Seconds until a third of a slide remains."""


@lru_cache(maxsize=64)
def _saw(partials: int) -> Floats:
    """One turn of a sawtooth of so many partials, with the first sample again at the end."""
    turn = np.arange(_TABLE) / _TABLE
    number = np.arange(1, partials + 1)[:, None]
    # Lanczos' factors keep the corners from ringing.
    waves = np.sin(2 * np.pi * number * turn) / number * np.sinc(number / (partials + 1))
    table = waves.sum(axis=0) * 2 / np.pi
    return np.append(table, table[0])


def _waves(phase: Floats, *partials: int) -> list[Floats]:
    """The same turns of several sawteeth, read between the samples of their tables."""
    place = (phase % 1.0) * _TABLE
    before = place.astype(np.int32)
    beyond = place - before
    tables = [_saw(count) for count in partials]
    return [table[before] + beyond * np.diff(table)[before] for table in tables]


def pitched_note(voice: Voice, pitch: float, held: float, velocity: float, rate: int) -> Floats:
    """One note.

    Args:
        voice: which.
        pitch: MIDI number.
        held: seconds from key down to key up, above 0.
        velocity: 1..127; brightness follows it, level is left to who mixes.
        rate: samples per second.

    Returns:
        Shape (n, 2), peaks about 1; the release lies behind the ``held`` seconds.
    """
    hertz = 440.0 * 2 ** ((pitch - 69) / 12)
    time = seconds(held + voice.release * 5, rate)
    force = velocity / 127.0
    sides = []
    for side in (-1.0, 1.0):
        cents = voice.cents / 2 * side + _vibrato(voice, time)
        phase = np.cumsum(hertz * 2 ** (cents / 1200)) / rate if voice.vibrato else hertz * 2 ** (cents / 1200) * time
        sides.append(
            _bell(voice, phase, time, force) if voice.bell else _string(voice, phase, time, (force, hertz, rate))
        )
    if voice.cents == 0:
        sides[1] = sides[0]
    left = sides[0] * (1 + voice.width) + sides[1] * (1 - voice.width)
    right = sides[1] * (1 + voice.width) + sides[0] * (1 - voice.width)
    both = np.stack([left, right], axis=1) / 2
    if voice.sub:
        both += (voice.sub * np.sin(2 * np.pi * hertz / (2 if hertz > 80 else 1) * time))[:, None]
    return driven(both, voice.drive) * _envelope(voice, time, held)[:, None]


def _vibrato(voice: Voice, time: Floats) -> Floats | float:
    if not voice.vibrato:
        return 0.0
    depth = voice.vibrato * np.clip((time - 0.25) / 0.3, 0.0, 1.0)
    return depth * np.sin(2 * np.pi * _VIBRATO_HZ * time)


def _string(voice: Voice, phase: Floats, time: Floats, how: tuple[float, float, int]) -> Floats:
    force, hertz, rate = how
    # As many partials as fit below what can be heard and stored, the louder the more.
    most = max(1, int(min(0.45 * rate, 15_000.0) / hertz))
    highest = voice.closed + (voice.open - voice.closed) * (0.3 + 0.7 * force)
    lowest = voice.closed * (0.6 + 0.4 * force)
    bright, dark = _waves(phase, *(max(1, min(most, round(each))) for each in (highest, lowest)))
    share = np.exp(-time / voice.bright)
    return np.asarray(0.8 * (dark + (bright - dark) * share))


def _bell(voice: Voice, phase: Floats, time: Floats, force: float) -> Floats:
    bite = voice.bell * (0.25 + 1.5 * force) * np.exp(-time / voice.bright)
    tine = 0.22 * force**1.5 * np.exp(-time / 0.06) * np.sin(2 * np.pi * 14.0 * phase)
    return np.asarray(0.8 * np.sin(2 * np.pi * phase + bite * np.sin(2 * np.pi * phase)) + tine)


def _envelope(voice: Voice, time: Floats, held: float) -> Floats:
    falls = np.exp(-time / voice.decay) if voice.decay else 1.0
    shape = np.minimum(1.0, time / voice.attack) * np.exp(-np.maximum(0.0, time - held) / voice.release)
    return np.asarray(shape * falls)


def gliding(voice: Voice, steps: list[tuple[float, float, float]], held: float, rate: int) -> Floats:
    """A phrase of the 808: notes that touch slide from one pitch to the next without a new blow.

    Args:
        voice: "808".
        steps: (seconds from the phrase's start, MIDI number, velocity) of each note, in order.
        held: seconds from the start of the first to the end of the last.
        rate: samples per second.

    Returns:
        Shape (n, 2), peaks about 1.
    """
    time = seconds(held + voice.release * 5, rate)
    pitch = np.full(len(time), steps[0][1])
    blow = np.exp(-time / 0.011)
    level = np.full(len(time), (steps[0][2] / 127.0) ** 0.5)
    for at, to, velocity in steps[1:]:
        first = min(len(time) - 1, round(at * rate))
        since = time[first:] - time[first]
        pitch[first:] = to + (pitch[first] - to) * np.exp(-since / _GLIDE)
        target = (velocity / 127.0) ** 0.5
        level[first:] = target + (level[first] - target) * np.exp(-since / 0.02)
    hertz = 440.0 * 2 ** ((pitch - 69) / 12)
    force = steps[0][2] / 127.0
    phase = np.cumsum(hertz * (1.0 + (0.8 + 1.2 * force) * blow)) / rate
    # Every slide gives the note a little of its length back, or a phrase would die on its way.
    falls = np.exp(-time / (voice.decay * (1.0 + 0.6 * (len(steps) - 1))))
    shape = np.minimum(1.0, time / voice.attack) * falls * np.exp(-np.maximum(0.0, time - held) / voice.release)
    mono = driven(np.sin(2 * np.pi * phase), voice.drive * (0.5 + 0.5 * force)) * shape * level
    return np.asarray(mono[:, None] * np.ones(2))
