"""Clean material to damage, in two halves that share no song, loop or seed: "tune" and "held".

Kinds: `music` (MIDI by FluidSynth and a small kit), `edm` (synthesised), `plain` (one instrument or one stroke, with a
spectrum that ends early, short, quiet) and `loop` (real loops; they come from MP3 files, so their speed is changed by
a few per cent, which takes the coder's grid away; what was done to them before that is not known).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import numpy as np
import scipy.signal
import soundfile
import soxr

from engine.hear.sound import Samples, Sound
from tests.benchmarks.hearing import corpus_rhythm, synth_voices
from tests.engine.hear import pieces
from tests.engine.hear.arrangements import tone
from tests.engine.hear.signals import kick, noise, placed, sine

LOOPS = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "loops"
RATE = 44_100
HALVES = ("tune", "held")
KINDS = ("music", "edm", "loop", "plain")


@dataclass(frozen=True)
class Clean:
    """One clean file.

    Attributes:
        name: For tables.
        kind: One of `KINDS`.
        sound: As it would be read from a file of 16 or 24 bit.
    """

    name: str
    kind: str
    sound: Sound


def clean(half: str, kind: str, count: int) -> Iterator[Clean]:
    """Make clean files, the same ones every time.

    Args:
        half: One of `HALVES`.
        kind: One of `KINDS`.
        count: How many.
    """
    for number in range(count):
        dice = np.random.default_rng([HALVES.index(half), KINDS.index(kind), number])
        name, samples = _MAKERS[kind](half, number, dice)
        yield Clean(f"{kind} {number}: {name}", kind, Sound(kept(samples, dice), RATE))


def kept(samples: Samples, dice: np.random.Generator) -> Samples:
    """Rounded as in a file: 24 bit, or 16 bit with dither or without."""
    if samples.ndim == 1:
        samples = np.stack([samples] * 2, axis=1)
    how = int(dice.integers(3))
    steps = 2**23 if how == 0 else 2**15
    shaken = samples * (steps - 1) + ((dice.random(samples.shape) - dice.random(samples.shape)) if how == 1 else 0)
    return np.ascontiguousarray(np.clip(np.round(shaken), -steps, steps - 1) / steps, np.float32)


def _music(half: str, number: int, dice: np.random.Generator) -> tuple[str, Samples]:
    del dice
    # Seeds 4, 9, 14 ... are the part of the corpus that nothing was ever tuned on.
    seed = 5 * number + 4 if half == "held" else 5 * (number // 3) + number % 3
    made = corpus_rhythm.piece(seed)
    return made.group, made.audio


def _edm(half: str, number: int, dice: np.random.Generator) -> tuple[str, Samples]:
    kind = list(pieces.TEMPI)[number % len(pieces.TEMPI)]
    wave = pieces.piece(kind, 2 * number + HALVES.index(half))[0]
    side = 0.1 * float(dice.random()) * np.roll(wave, int(dice.integers(200, 900)))
    stereo = np.stack([wave + side, wave - side], axis=1)
    return kind, _leveled(stereo[: 30 * RATE], dice)


@lru_cache(2)
def _loops(half: str) -> tuple[Path, ...]:
    return tuple(sorted(LOOPS.glob("*.mp3"))[HALVES.index(half) :: 2])


def _loop(half: str, number: int, dice: np.random.Generator) -> tuple[str, Samples]:
    paths = _loops(half)
    path = paths[number % len(paths)]
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    speed = float(dice.uniform(0.9, 0.99))
    samples = soxr.resample(samples[: 20 * rate], rate, rate * speed, quality="VHQ")
    return path.stem, _leveled(samples, dice)


def _plain(half: str, number: int, dice: np.random.Generator) -> tuple[str, Samples]:
    del half
    name = list(_PLAIN)[number % len(_PLAIN)]
    return name, _leveled(_PLAIN[name](dice), dice)


def _leveled(samples: Samples, dice: np.random.Generator) -> Samples:
    """With a peak of -18 to -1.5 dBFS."""
    peak = max(1e-9, float(np.abs(samples).max()))
    return np.asarray(samples * (10 ** (dice.uniform(-18, -1.5) / 20) / peak), np.float32)


def _notes(dice: np.random.Generator, low: int, high: int, most: float) -> Samples:
    """A line of additive tones whose partials end at a frequency, as a band-limited synthesiser makes them."""
    length = float(dice.uniform(0.15, 0.6))
    events = []
    for number in range(int(10 / length)):
        pitch = int(dice.integers(low, high))
        partials = max(1, int(most / (440 * 2 ** ((pitch - 69) / 12))))
        fade = np.exp(-np.arange(round(length * RATE)) / (length * RATE)).astype(np.float32)
        fade[-400:] *= np.linspace(1, 0, 400, dtype=np.float32)
        fade[:60] *= np.linspace(0, 1, 60, dtype=np.float32)
        events.append((number * length, tone(pitch, length, min(partials, 120), 0.2)[: len(fade)] * fade))
    return placed(10, events)


def _stroke(dice: np.random.Generator) -> Samples:
    """A one-shot of noise or a kick."""
    if dice.random() < 0.5:
        return placed(1.0, [(0.0, kick())])
    fall = np.exp(-np.arange(RATE) / (RATE * dice.uniform(0.01, 0.2)))
    return np.asarray(noise(1.0, 0.3, seed=int(dice.integers(1e6))) * fall * np.linspace(1, 0, RATE), np.float32)


def _dull(dice: np.random.Generator) -> Samples:
    """Drums behind a low-pass of an even order."""
    kind = str(dice.choice(["house", "techno", "drum and bass"]))
    wave = pieces.piece(kind, int(dice.integers(1e6)))[0][: 12 * RATE]
    order, hertz = int(dice.choice([2, 4, 6, 8])), float(dice.uniform(2500, 17_000))
    return np.asarray(scipy.signal.sosfilt(scipy.signal.butter(order, hertz, fs=RATE, output="sos"), wave), np.float32)


_PLAIN = {
    "bass": lambda dice: _notes(dice, 28, 48, 3000),
    "band-limited lead": lambda dice: _notes(dice, 55, 84, float(dice.uniform(9000, 20_000))),
    "sine": lambda dice: sine(float(dice.uniform(40, 4000)), 6.0),
    "noise": lambda dice: noise(8.0, 0.2, seed=int(dice.integers(1e6))),
    "stroke": _stroke,
    "behind a low-pass": _dull,
    "acid": lambda dice: synth_voices.acid(dice)[0],
    "supersaw": lambda dice: synth_voices.supersaw(dice, 7, 20.0, 3.0),
    "silence": lambda _dice: np.zeros(5 * RATE, np.float32),
    "soft swell": lambda _dice: sine(220, 8) * np.sin(np.linspace(0, np.pi, 8 * RATE), dtype=np.float32),
}

_MAKERS = {"music": _music, "edm": _edm, "loop": _loop, "plain": _plain}
