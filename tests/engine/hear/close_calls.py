"""Files in whose tempo and key hearing is in two minds: results as they are remembered, with nothing heard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import soundfile

from engine.hear.corrections import Correction
from engine.hear.key_result import KeySection, with_key
from engine.hear.parts import PARTS, version
from engine.hear.remembered import FACTS_PART, FACTS_VERSION, Memory, asking
from engine.hear.rhythm_result import Rhythm, Tempo, TempoChoice, TempoPoint

C_MAJOR, A_MINOR = 0, 21


def rhythm(bpm: float = 174.0, first: float = 0.5, half: float = 0.45) -> Rhythm:
    """Eight bars, half of whose tempo is about as likely."""
    beats = [round(number * 60 / bpm, 4) for number in range(32)]
    candidates = [TempoChoice(bpm=bpm, confidence=first), TempoChoice(bpm=bpm / 2, confidence=half)]
    curve = [TempoPoint(time=0.0, bpm=bpm)]
    tempo = Tempo(bpm=bpm, confidence=first, candidates=candidates, steady=True, curve=curve, words=f"{bpm:g} BPM.")
    return Rhythm(tempo=tempo, beats=beats, downbeats=beats[::4], grid_offset=0.0)


def key(first: float = 0.45, second: float = 0.4) -> Any:
    """C major, and A minor about as likely."""
    scores = np.full(24, (1 - first - second) / 22)
    scores[C_MAJOR], scores[A_MINOR] = first, second
    section = KeySection(start=0.0, end=8.0, key="C major", camelot="8B", notation="C", confidence=first)
    return with_key(scores, [section])


def remembered(folder: Path, number: int = 0, *, bpm: float = 174.0, half: float = 0.45, minor: float = 0.4) -> Path:
    """A file whose rhythm and key are remembered already."""
    path = folder / f"loop {chr(97 + number)}.wav"
    soundfile.write(path, np.full(4410, 0.001 * (number + 1), dtype=np.float32), 44_100)
    memory = Memory()
    facts = {"duration": 0.1, "sample_rate": 44_100, "channels": 1, "name": path.stem, "container": "WAV"}
    facts |= {"subtype": "PCM_16", "bits": 16, "lossy": False, "start": 0.0}
    results = {"rhythm": rhythm(bpm, half=half), "key": key(second=minor), FACTS_PART: facts}
    question = asking(memory.cache.digest(path), path.stem, Correction(), parts=("rhythm", "key"))
    versions = [version(name) for name in PARTS] + [FACTS_VERSION]
    memory.cache.keep(question, {name: msgspec.json.encode(each) for name, each in results.items()}, versions)
    return path
