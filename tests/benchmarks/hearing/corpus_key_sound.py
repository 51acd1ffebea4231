"""How the pieces of `corpus_key` sound: General MIDI by FluidSynth, our own saws, sweeps, voices and noise."""

from __future__ import annotations

import io
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import mido
import numpy as np
import scipy.signal
import soundfile
import soxr
from numpy.typing import NDArray

from tests.benchmarks.hearing.corpus_key_parts import Part, Piece, chance

RATE = 22_050
FONT = Path("/usr/share/sounds/sf2/FluidR3_GM.sf2")

Wave = NDArray[np.float64]


def sound_of(piece: Piece) -> tuple[NDArray[np.float32], int]:
    """The samples of a piece, shape (frames, channels), and their rate."""
    wave = _synthesised(piece) if piece.synth else _rendered(piece)
    rng = chance(piece.name + "/dress")
    if piece.cents:
        wave = soxr.resample(wave, RATE * 2 ** (piece.cents / 1200), RATE)
    if piece.noise:
        wave = wave + piece.noise * rng.standard_normal(wave.shape)
    wave = (wave * (0.7 / max(1e-9, np.abs(wave).max()))).astype(np.float32)
    return (_through_mp3(wave, piece.mp3) if piece.mp3 else wave), RATE


def _through_mp3(wave: NDArray[np.float32], kbits: int) -> NDArray[np.float32]:
    held = io.BytesIO()
    level = {64: 0.9, 96: 0.7, 128: 0.5, 192: 0.2}[kbits]
    soundfile.write(held, wave, RATE, format="MP3", subtype="MPEG_LAYER_III", compression_level=level)
    held.seek(0)
    return np.asarray(soundfile.read(held, dtype="float32", always_2d=True)[0])


def _rendered(piece: Piece) -> Wave:
    song = mido.MidiFile(ticks_per_beat=480)  # at 120 BPM a tick is 1/960 s
    melodic = [channel for channel in range(16) if channel != 9]
    for part, channel in zip(piece.parts, melodic, strict=False):
        track = song.add_track()
        where = 9 if part.role == "drums" else channel
        track.append(mido.Message("program_change", program=0 if where == 9 else part.program, channel=where))
        events = []
        for start, length, pitch, velocity in part.notes:
            note = int(np.clip(pitch, 0, 127))
            events.append((round(start * 960), 1, note, int(np.clip(velocity, 1, 127))))
            events.append((max(round(start * 960) + 1, round((start + length) * 960)), 0, note, 0))
        now = 0
        for tick, kind, note, velocity in sorted(events):
            track.append(
                mido.Message("note_on", note=note, velocity=velocity if kind else 0, channel=where, time=tick - now)
            )
            now = tick
    with tempfile.TemporaryDirectory() as folder:
        source, out = Path(folder) / "a.mid", Path(folder) / "a.wav"
        song.save(source)
        command = ["fluidsynth", "-ni", "-q", "-r", str(RATE), "-g", "0.4", "-o", "synth.dynamic-sample-loading=1"]
        subprocess.run([*command, "-F", str(out), str(FONT), str(source)], check=True, capture_output=True)
        return np.asarray(soundfile.read(out, always_2d=True)[0])


def _synthesised(piece: Piece) -> Wave:
    rng = chance(piece.name + "/synth")
    seconds = max(start + length for part in piece.parts for start, length, _, _ in part.notes) + 0.5
    out = np.zeros(int(seconds * RATE))
    duck = bool(rng.random() < 0.4)
    drums = np.zeros_like(out)
    for part in piece.parts:
        if part.role == "drums":
            drums += _drums(part, len(out), rng)
        else:
            out += _PLAYERS.get(part.role, _saws)(part, len(out), rng)
    if duck and drums.any():
        beat = 60 / piece.bpm
        phase = (np.arange(len(out)) / RATE % beat) / beat
        out *= 1 - rng.uniform(0.3, 0.95) * np.clip(1 - phase * 2, 0, 1)
    peak = np.abs(out).max()
    level = np.abs(drums).max()
    mixed = out / max(peak, 1e-9) + drums / max(level, 1e-9) * rng.uniform(0.3, 1.3) if drums.any() else out
    return np.asarray(mixed[:, None])


def _saws(part: Part, frames: int, rng: np.random.Generator) -> Wave:
    bass = part.role == "bass"
    voices = 1 if bass else int(rng.choice([1, 1, 3, 5, 7]))
    spread = rng.uniform(4, 25)
    slope = rng.uniform(0.9, 2.2)
    odd = bool(rng.random() < 0.25)
    attack, decay = rng.uniform(0.003, 0.05), rng.uniform(0.3, 3.0)
    top = float(rng.choice([800, 1500, 3000, 8000]))
    out = np.zeros(frames)
    for start, length, pitch, velocity in part.notes:
        first = int(start * RATE)
        count = min(frames - first, int((length + 0.08) * RATE))
        if count <= 32:
            continue
        t = np.arange(count) / RATE
        sum_ = np.zeros(count)
        for voice in range(voices):
            cents = spread * (2 * voice / (voices - 1) - 1) if voices > 1 else 0.0
            hertz = 440 * 2 ** ((pitch - 69 + cents / 100) / 12)
            angle = 2 * np.pi * hertz * t + rng.uniform(0, 6.28)
            for h in range(1, int(np.clip(top / hertz, 1, 16)) + 1, 2 if odd else 1):
                sum_ += np.sin(h * angle) * h**-slope
        shape = np.minimum(1, t / attack) * np.exp(-t / decay) * np.clip((t[-1] - t) / 0.05, 0, 1)
        out[first : first + count] += sum_ * shape * velocity / 127 / voices**0.5
    return out * (rng.uniform(0.6, 1.5) if bass else 1.0)


def _acid(part: Part, frames: int, rng: np.random.Generator) -> Wave:
    hertz = np.zeros(frames)
    gate = np.zeros(frames)
    for start, length, pitch, _ in part.notes:
        first, last = int(start * RATE), int((start + length) * RATE)
        hertz[first:] = 440 * 2 ** ((pitch - 69) / 12)
        gate[first:last] = np.exp(-np.arange(len(gate[first:last])) / RATE / 0.25)
    hertz = scipy.signal.lfilter([0.004], [1, -0.996], hertz)
    angle = 2 * np.pi * np.cumsum(hertz) / RATE
    cutoff = 300 + 1500 * (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(frames) / RATE / rng.uniform(4, 12))) + 1200 * gate
    out = np.zeros(frames)
    for h in range(1, 40):
        at = h * hertz
        gain = 1 / np.sqrt((1 - (at / cutoff) ** 2) ** 2 + (at / cutoff / 6) ** 2)
        out += np.sin(h * angle) / h * gain * (at < 8000)
    return out * gate


def _voice(part: Part, frames: int, rng: np.random.Generator) -> Wave:
    hertz = np.full(frames, 200.0)
    gate = np.zeros(frames)
    for start, length, pitch, _ in part.notes:
        first, last = int(start * RATE), int((start + length) * RATE)
        hertz[first:] = 440 * 2 ** ((pitch - 12 - 69) / 12)
        gate[first:last] = 1
    hertz = scipy.signal.lfilter([0.001], [1, -0.999], hertz, zi=[0.999 * hertz[0]])[0]
    t = np.arange(frames) / RATE
    hertz = hertz * 2 ** (rng.uniform(0.1, 0.5) / 12 * np.sin(2 * np.pi * rng.uniform(4.5, 6.5) * t))
    gate = scipy.signal.lfilter([0.005], [1, -0.995], gate)
    return _formants(hertz, rng) * gate + 0.01 * rng.standard_normal(frames) * gate


def _formants(hertz: Wave, rng: np.random.Generator) -> Wave:
    angle = 2 * np.pi * np.cumsum(hertz) / RATE
    t = np.arange(len(hertz)) / RATE
    wander = [
        f * (1 + 0.25 * np.sin(2 * np.pi * rng.uniform(0.5, 3) * t + rng.uniform(0, 6))) for f in (550, 1300, 2600)
    ]
    out = np.zeros(len(hertz))
    for h in range(1, 30):
        at = h * hertz
        gain = sum(1 / (1 + ((at - f) / w) ** 2) for f, w in zip(wander, (90, 120, 180), strict=True))
        out += np.sin(h * angle) * gain / h**0.5
    return out


def _speech(_: Part, frames: int, rng: np.random.Generator) -> Wave:
    """Syllables of gliding pitch with hisses between them: no note is held."""
    knots = int(frames / RATE * 6) + 4
    base = rng.uniform(90, 220)
    pitch = base * 2 ** (np.cumsum(rng.normal(0, 2.2, knots)) * 0.35 / 12 + rng.normal(0, 2.5, knots) / 12)
    place = np.arange(frames) / frames * (knots - 1)
    hertz = np.interp(place, np.arange(knots), pitch)
    loud = np.interp(place, np.arange(knots), rng.random(knots) ** 2)
    hiss = np.interp(place, np.arange(knots), rng.random(knots) ** 6)
    noise = scipy.signal.lfilter([1, -0.9], [1], rng.standard_normal(frames))
    return _formants(hertz, rng) * loud + 0.6 * hiss * noise


def _noise(_: Part, frames: int, rng: np.random.Generator) -> Wave:
    return np.asarray(
        scipy.signal.lfilter([1], [1, -rng.uniform(0, 0.98)], rng.standard_normal(frames)) * rng.uniform(0.01, 1)
    )


def _drums(part: Part, frames: int, rng: np.random.Generator) -> Wave:
    """Kicks sweep, snares and hats hiss; long kicks have a pitch, and still no key."""
    kick, low, sweep = rng.uniform(0.08, 0.5), rng.uniform(40, 62), rng.uniform(60, 250)
    snare, tone = rng.uniform(0.05, 0.2), rng.uniform(150, 240)
    out = np.zeros(frames)
    for start, _, pitch, velocity in part.notes:
        first = int(max(0.0, start) * RATE)
        t = np.arange(min(frames - first, int(0.7 * RATE))) / RATE
        if len(t) == 0:
            continue
        if pitch in (35, 36):
            hit = np.sin(2 * np.pi * (low * t + sweep * 0.03 * (1 - np.exp(-t / 0.03)))) * np.exp(-t / kick)
        elif pitch in (37, 38, 40, 39):
            hit = (0.5 * np.sin(2 * np.pi * tone * t) + rng.standard_normal(len(t))) * np.exp(-t / snare) * 0.5
        elif pitch in (41, 43, 45, 47, 48, 50):
            hit = np.sin(2 * np.pi * (60 + 3 * (pitch - 35)) * t * (1 + 0.1 * np.exp(-t / 0.05))) * np.exp(-t / 0.15)
        else:
            hiss = np.diff(rng.standard_normal(len(t) + 1)) * 0.3
            hit = hiss * np.exp(-t / (0.2 if pitch in (46, 49, 51, 55, 57, 59) else 0.04))
        out[first : first + len(t)] += hit * velocity / 127
    return out


_PLAYERS: dict[str, Callable[[Part, int, np.random.Generator], Wave]] = {
    "acid": _acid, "voice": _voice, "speech": _speech, "noise": _noise,
}  # fmt: skip
