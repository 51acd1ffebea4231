"""Damage of known strength, done to clean files with ffmpeg, LAME, SoX, soxr, SciPy and NumPy.

Each damage takes and gives samples of shape (frames, 2) at `RATE`; strengths are named in `STRENGTHS`.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from math import gcd
from pathlib import Path

import numpy as np
import scipy.ndimage
import scipy.signal
import soundfile
import soxr

from engine.hear.sound import Samples
from tests.benchmarks.hearing.damages_clean import RATE

Dice = np.random.Generator


@dataclass(frozen=True)
class Damaged:
    """What was done.

    Attributes:
        samples: Shape (frames, 2).
        truth: The strength that a detector should tell: kbit/s, origin in Hz, seconds of each edit, ratio, dBTP.
    """

    samples: Samples
    truth: tuple[float, ...]


def coded(samples: Samples, strength: str, dice: Dice) -> Damaged:
    """Through a lossy coder and back; then cut somewhere, turned down a little, and rounded to 16 bit."""
    coder, _, setting = strength.partition(" ")
    endings = {"mp3": "mp3", "lame": "mp3", "shine": "mp3", "aac": "m4a", "vorbis": "ogg"}
    with tempfile.TemporaryDirectory() as folder:
        wav, packed, back = (str(Path(folder) / name) for name in ("a.wav", f"a.{endings[coder]}", "b.wav"))
        soundfile.write(wav, samples, RATE, subtype="PCM_24")
        if coder == "lame":  # the program, which lowers the rate for the lowest bit rates
            how = ["-V", setting[1:]] if setting.startswith("V") else ["-b", setting]
            _run("lame", "--quiet", *how, wav, packed)
        else:
            library = {"mp3": "libmp3lame", "shine": "libshine", "aac": "aac", "vorbis": "libvorbis"}[coder]
            how = ["-q:a", setting[1:]] if setting.startswith("q") else ["-b:a", f"{setting}k"]
            _run("ffmpeg", "-loglevel", "error", "-i", wav, "-c:a", library, *how, packed)
        rate = Path(packed).stat().st_size * 8 / 1000 / (len(samples) / RATE)
        _run("ffmpeg", "-loglevel", "error", "-i", packed, "-ar", str(RATE), "-c:a", "pcm_s24le", back)
        decoded, _ = soundfile.read(back, dtype="float32", always_2d=True)
    if setting.isdigit():
        rate = float(setting)
    cut = decoded[int(dice.integers(1200, 4000)) :] * float(dice.uniform(0.7, 1.0))
    return Damaged(rounded(cut), (rate,))


def resampled(samples: Samples, strength: str, dice: Dice) -> Damaged:
    """To a lower rate and back."""
    del dice
    how, _, origin = strength.partition(" ")
    rate = int(origin)
    return Damaged(rounded(_back(samples, rate, how)), (float(rate),))


def _back(samples: Samples, rate: int, how: str) -> Samples:
    if how == "soxr":
        return np.asarray(soxr.resample(soxr.resample(samples, RATE, rate, "HQ"), rate, RATE, "HQ"))
    if how == "scipy":
        up, down = rate // gcd(rate, RATE), RATE // gcd(rate, RATE)
        low = scipy.signal.resample_poly(samples, up, down, axis=0)
        return np.asarray(scipy.signal.resample_poly(low, down, up, axis=0), np.float32)
    if how == "linear":
        low = soxr.resample(samples, RATE, rate, "HQ")
        place = np.arange(int((len(low) - 1) * RATE / rate)) * rate / RATE
        left = place.astype(int)
        share = (place - left)[:, None].astype(np.float32)
        return np.asarray(low[left] * (1 - share) + low[np.minimum(left + 1, len(low) - 1)] * share, np.float32)
    with tempfile.TemporaryDirectory() as folder:
        one, two, three = (str(Path(folder) / f"{name}.wav") for name in "abc")
        soundfile.write(one, samples, RATE, subtype="PCM_24")
        if how == "sox":
            _run("sox", one, "-r", str(rate), two)
            _run("sox", two, "-r", str(RATE), three)
        else:
            _run("ffmpeg", "-loglevel", "error", "-i", one, "-ar", str(rate), two)
            _run("ffmpeg", "-loglevel", "error", "-i", two, "-ar", str(RATE), three)
        return np.asarray(soundfile.read(three, dtype="float32", always_2d=True)[0])


def cut(samples: Samples, strength: str, dice: Dice) -> Damaged:
    """One or more pieces taken out; what is left meets as it is, at rising zero crossings, or faded over."""
    how, _, count = strength.partition(" ")
    fade = int(how.removeprefix("fade")) * RATE // 1000 if how.startswith("fade") else 0
    number = max(1, min(int(count), len(samples) // (2 * RATE)))
    out, truth = samples, []
    for place in sorted((dice.uniform(0.1, 0.8, number) * len(samples)).astype(int), reverse=True):
        end = min(len(out) - fade - 2000, place + int(dice.uniform(0.05, 1.2) * RATE))
        first = int(place)
        if how == "zero":
            first, end = _crossing(out, first), _crossing(out, end)
        if end <= first:
            continue
        share = ((np.arange(fade) + 0.5) / max(1, fade)).astype(np.float32)[:, None]
        seam = out[first : first + fade] * (1 - share) + out[end : end + fade] * share
        out = np.concatenate([out[:first], seam, out[end + fade :]])
        truth = [(first + fade / 2) / RATE] + [each - (end - first) / RATE for each in truth]
    return Damaged(np.ascontiguousarray(out), tuple(truth))


def _crossing(samples: Samples, frame: int) -> int:
    """The next frame at which the middle rises through zero."""
    middle = samples[frame : frame + 2000].sum(axis=1)
    rising = np.flatnonzero((middle[:-1] < 0) & (middle[1:] >= 0))
    return frame + 1 + int(rising[0]) if len(rising) else frame


def compressed(samples: Samples, strength: str, dice: Dice) -> Damaged:
    """Through a compressor that takes some decibels off what is loud, or a limiter; then at some other level.

    The compressor (FFmpeg's, or one by definition), attack, release and detector are chosen by chance.
    """
    how, _, setting = strength.partition(" ")
    level = samples * np.float32(0.5 / max(1e-6, float(np.abs(samples).max())))
    if how != "limit" and dice.random() < 0.4:
        out = _pressed(level, float(how), float(setting), float(dice.choice([0.005, 0.01, 0.03, 0.1])))
        out *= 10 ** (dice.uniform(-18, -1.5) / 20) / max(1e-9, float(np.abs(out).max()))
        return Damaged(rounded(out), (float(setting),))
    if how == "limit":
        gain = 2 * 10 ** (float(setting) / 20)
        words = (
            f"alimiter=level_in={gain:.4f}:limit=0.9:attack={dice.choice([1, 5])}:release={dice.choice([50, 100, 300])}"
        )
        words += ":level=0"
    else:
        depth = float(how)
        over = depth / (1 - 1 / float(setting))
        threshold = float(np.clip(10 ** ((_loud(level) - over) / 20), 0.001, 1))
        words = (
            f"acompressor=threshold={threshold:.5f}:ratio={setting}:attack={dice.choice([1, 5, 20])}"
            f":release={dice.choice([50, 120, 300])}:knee=2:makeup={10 ** (depth / 20):.3f}"
            f":detection={dice.choice(['rms', 'peak'])}"
        )
    with tempfile.TemporaryDirectory() as folder:
        one, two = (str(Path(folder) / f"{name}.wav") for name in "ab")
        soundfile.write(one, level, RATE, subtype="FLOAT")
        _run("ffmpeg", "-loglevel", "error", "-i", one, "-af", words, "-c:a", "pcm_f32le", two)
        out = np.asarray(soundfile.read(two, dtype="float32", always_2d=True)[0])
    out *= 10 ** (dice.uniform(-18, -1.5) / 20) / max(1e-9, float(np.abs(out).max()))
    return Damaged(rounded(out), (20.0 if how == "limit" else float(setting),))


def _pressed(samples: Samples, depth: float, ratio: float, seconds: float) -> Samples:
    """Through a compressor by definition: the mean power of a moment, where above a threshold, over the ratio."""
    power = np.square(samples, dtype=np.float64).mean(axis=1)
    level = 10 * np.log10(2 * scipy.ndimage.uniform_filter1d(power, max(1, int(seconds * RATE))) + 1e-12)
    over = np.maximum(0, level - (_loud(samples) - depth / (1 - 1 / ratio)))
    return np.asarray(samples * 10 ** (-(1 - 1 / ratio) * over / 20)[:, None], np.float32)


def _loud(samples: Samples) -> float:
    """The level in dB that one of twenty parts of 50 ms is above; as the peak of a sine."""
    size = RATE // 20
    count = len(samples) // size
    power = np.square(samples[: count * size]).reshape(count, -1).mean(axis=1) if count > 2 else np.array([0.005])
    return float(10 * np.log10(2 * np.quantile(power, 0.95) + 1e-12))


def rounded(samples: Samples) -> Samples:
    """To 16 bit."""
    return np.ascontiguousarray(np.clip(np.round(samples * 32767), -32768, 32767) / 32768, np.float32)


def _run(*command: str) -> None:
    subprocess.run(command, check=True, capture_output=True)


STRENGTHS: dict[str, tuple[str, ...]] = {
    "lossy": (
        "mp3 64", "mp3 96", "mp3 128", "mp3 160", "mp3 192", "mp3 256", "mp3 320",
        "lame 64", "lame 96", "lame 128", "lame 320", "lame V5", "lame V2", "lame V0", "shine 128",
        "aac 64", "aac 96", "aac 128", "aac 192", "aac 256", "vorbis q3", "vorbis q6",
    ),
    "resampled": tuple(
        f"{how} {rate}" for how in ("soxr", "sox", "ffmpeg", "scipy", "linear") for rate in (16_000, 22_050, 32_000)
    ),
    "compression": ("6 2", "6 4", "10 4", "10 8", "15 8", "15 20", "limit 6", "limit 12"),
    "edit": ("hard 1", "hard 2", "hard 4", "zero 1", "zero 3", "fade1 2", "fade5 2"),
}  # fmt: skip
"""How strongly each kind of finding is provoked."""

MAKERS: dict[str, Callable[[Samples, str, Dice], Damaged]] = {
    "lossy": coded,
    "resampled": resampled,
    "edit": cut,
    "compression": compressed,
}
"""What provokes each kind of finding."""
