"""Notes to audio, by FluidSynth and its General MIDI bank (Debian: fluidsynth, fluid-soundfont-gm)."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import mido
import numpy as np
import soundfile

from engine.hear.sound import Samples

RATE = 44_100
BANKS = ("/usr/share/sounds/sf2/FluidR3_GM.sf2", "/usr/share/sounds/sf2/default-GM.sf2")
DRUMS = 9
_TICKS = 480
_TICKS_A_SECOND = 960  # at 120 BPM


@dataclass(frozen=True)
class Played:
    """One note as it sounds.

    Attributes:
        start, length: Seconds.
        pitch: MIDI number.
        velocity: 1 to 127.
        channel: 0 to 15; 9 is drums.
    """

    start: float
    length: float
    pitch: int
    velocity: int
    channel: int = 0


def bank() -> str | None:
    """Where the sounds lie; None when FluidSynth or its bank is not installed."""
    return next((each for each in BANKS if Path(each).exists()), None) if shutil.which("fluidsynth") else None


def render(notes: Sequence[Played], programs: dict[int, int], seconds: float) -> Samples:
    """Play notes.

    Args:
        notes: In any order.
        programs: General MIDI program of each channel.
        seconds: Length of what is returned.

    Returns:
        Shape (frames, 2) at `RATE`, below full scale.

    Raises:
        RuntimeError: FluidSynth or its sounds are not installed.
    """
    sounds = bank()
    if sounds is None:
        raise RuntimeError("install fluidsynth and fluid-soundfont-gm")
    with tempfile.TemporaryDirectory() as folder:
        midi, wav = Path(folder) / "a.mid", Path(folder) / "a.wav"
        _file(notes, programs).save(midi)
        quick = ["-o", "synth.dynamic-sample-loading=1"]  # only what is played is read; it sounds the same
        command = ["fluidsynth", "-ni", "-q", *quick, "-g", "0.4", "-r", str(RATE), "-F", str(wav), sounds, str(midi)]
        subprocess.run(command, check=True, capture_output=True)
        audio, _ = soundfile.read(wav, dtype="float32", always_2d=True)
    whole = np.zeros((round(seconds * RATE), 2), np.float32)
    whole[: len(audio)] = audio[: len(whole)]
    return np.asarray(whole / max(1.0, 1.01 * float(np.abs(whole).max())), np.float32)


def _file(notes: Sequence[Played], programs: dict[int, int]) -> mido.MidiFile:
    events: list[tuple[int, int, mido.Message]] = [
        (0, 0, mido.Message("program_change", channel=channel, program=program))
        for channel, program in programs.items()
    ]
    for note in notes:
        start = max(0, round(note.start * _TICKS_A_SECOND))
        end = start + max(1, round(note.length * _TICKS_A_SECOND))
        which = {"channel": note.channel, "note": int(note.pitch)}
        events.append((start, 2, mido.Message("note_on", velocity=int(np.clip(note.velocity, 1, 127)), **which)))
        events.append((end, 1, mido.Message("note_off", **which)))
    track, now = mido.MidiTrack(), 0
    for tick, _, message in sorted(events, key=lambda event: event[:2]):
        track.append(message.copy(time=tick - now))
        now = tick
    return mido.MidiFile(ticks_per_beat=_TICKS, tracks=[track])
