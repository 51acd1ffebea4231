"""Five seconds, damaged, among a thousand recordings: how often they are known, and how often a stranger is.

    python -m tests.benchmarks.hearing.score_fingerprint [--items 1000] [--queries 400]

Recordings are real melodies, accompaniments and drums of `../shared/data/music`, played by oscillators and noise in
a drawn key, tempo and sound; nothing is told to the index but the audio. The threshold of
the index was set on other seeds.
"""

from __future__ import annotations

import argparse
import gzip
import json
import subprocess
import time
from collections import defaultdict
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from engine.hear.fingerprint import FRAME_RATE, Fingerprint, fingerprint
from engine.hear.fingerprint_index import Index
from engine.hear.sound import HEARING_RATE, Samples, Sound
from engine.hear.spectrum import Spectra

MUSIC = Path(__file__).resolve().parents[3].parent / "shared" / "data" / "music"
SECONDS, EXCERPT = 30.0, 5.0
DAMAGES = ("clean", "noise 10 dB", "noise 0 dB", "equaliser", "MP3 64k", "-4 %", "+4 %", "-6 %", "+6 %", "all at once")


def rows(name: str) -> list[dict[str, Any]]:
    """One file of clips."""
    with gzip.open(MUSIC / f"{name}.jsonl.gz", "rt") as lines:
        return [json.loads(line) for line in lines]


def recording(dice: np.random.Generator, melodies: list[Any], comps: list[Any], drums: list[Any]) -> Samples:
    """A piece of its own: melody, accompaniment and drums, each of another source."""
    out = np.zeros(int(SECONDS * HEARING_RATE), np.float32)
    beat = 60 / dice.uniform(70, 175)
    shift = int(dice.integers(-6, 6))
    for clips, level in ((melodies, 0.3), (comps, 0.15)):
        partials = dice.uniform(0.1, 1.0, 6) / np.arange(1, 7) ** dice.uniform(0.5, 2)
        decay = dice.uniform(0.15, 3)
        at = 0.0
        while at < SECONDS:
            clip = clips[dice.integers(len(clips))]
            for start, length, pitch, velocity in clip["notes"]:
                _tone(out, at + start * beat, length * beat, pitch + shift, level * velocity / 127, partials, decay)
            at += clip["beats"] * beat
    pattern = drums[dice.integers(len(drums))]
    for bar in range(int(SECONDS / (pattern["beats"] * beat)) + 1):
        for start, _, pitch, velocity in pattern["notes"]:
            _hit(out, (start + bar * pattern["beats"]) * beat, pitch, velocity / 127, dice)
    return out / max(1.0, float(np.abs(out).max()))


def _tone(out: Samples, at: float, length: float, pitch: float, level: float, partials: Any, decay: float) -> None:
    first = max(0, int(at * HEARING_RATE))
    count = min(int(length * HEARING_RATE), len(out) - first)
    if count <= 0:
        return
    seconds = np.arange(count, dtype=np.float32) / HEARING_RATE
    wave = np.zeros(count, np.float32)
    for number, share in enumerate(partials, 1):
        hz = 440 * 2 ** ((pitch - 69) / 12) * number
        if hz < HEARING_RATE / 2:
            wave += share * np.sin(np.float32(2 * np.pi * hz) * seconds)
    out[first : first + count] += level * wave * np.exp(-seconds / decay) * np.minimum(1, seconds * 200)


def _hit(out: Samples, at: float, pitch: int, level: float, dice: np.random.Generator) -> None:
    first = max(0, int(at * HEARING_RATE))
    count = min(int(0.25 * HEARING_RATE), len(out) - first)
    if count <= 0:
        return
    seconds = np.arange(count, dtype=np.float32) / HEARING_RATE
    if pitch in (35, 36):
        wave = np.sin(2 * np.pi * (45 * seconds + 6 * (1 - np.exp(-seconds * 30)))) * np.exp(-seconds * 12)
    else:
        wave = dice.standard_normal(count).astype(np.float32) * np.exp(-seconds * (60 if pitch in (42, 44) else 18))
    out[first : first + count] += np.float32(0.4 * level) * wave.astype(np.float32)


def damaged(excerpt: Samples, how: str, dice: np.random.Generator) -> Samples:
    """The excerpt after what happens to audio in the world."""
    speed = {"-4 %": 0.96, "+4 %": 1.04, "-6 %": 0.94, "+6 %": 1.06, "all at once": dice.uniform(0.96, 1.04)}.get(
        how, 1
    )
    if speed != 1:
        excerpt = soxr.resample(excerpt, HEARING_RATE, HEARING_RATE / speed)
    if how in {"equaliser", "all at once"}:
        spectrum = np.fft.rfft(excerpt)
        octaves = np.log2(np.maximum(np.fft.rfftfreq(len(excerpt), 1 / HEARING_RATE), 20) / 640)
        spectrum *= 10 ** (dice.uniform(-4, 4) * octaves / 20 + dice.uniform(-6, 6) * np.sin(octaves) / 20)
        excerpt = np.fft.irfft(spectrum, len(excerpt))
    decibels = {"noise 10 dB": 10, "noise 0 dB": 0, "all at once": 15}.get(how)
    if decibels is not None:
        level = np.sqrt(np.mean(np.square(excerpt))) * 10 ** (-decibels / 20)
        excerpt = excerpt + level * dice.standard_normal(len(excerpt))
    excerpt = np.asarray(excerpt / max(1.0, np.abs(excerpt).max()), np.float32)
    return _mp3(excerpt) if how in {"MP3 64k", "all at once"} else excerpt


def _mp3(signal: Samples) -> Samples:
    def run(*options: str, data: bytes) -> bytes:
        return subprocess.run(["ffmpeg", "-v", "error", *options], input=data, capture_output=True, check=True).stdout

    raw = ("-f", "f32le", "-ar", str(HEARING_RATE), "-ac", "1")
    coded = run(*raw, "-i", "-", "-b:a", "64k", "-f", "mp3", "-", data=signal.astype("<f4").tobytes())
    return np.frombuffer(run("-i", "-", *raw, "-", data=coded), "<f4").astype(np.float32)


def _heard(signal: Samples) -> Fingerprint:
    return fingerprint(Spectra(Sound(np.ascontiguousarray(signal[:, None], dtype=np.float32), HEARING_RATE)))


def main() -> None:
    """Build the index, ask, print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--items", type=int, default=1000)
    parser.add_argument("--queries", type=int, default=400)
    given = parser.parse_args()
    sources = [rows("melody_pop909_odd"), rows("comping_pop909_odd"), rows("drums_gmd_train")]
    index, spent = Index(FRAME_RATE), 0.0
    for number in range(given.items):
        audio = recording(np.random.default_rng(number), *sources)
        before = time.process_time()
        index.add(str(number), _heard(audio))
        spent += time.process_time() - before
    print(
        f"{given.items} recordings of {SECONDS:g} s: {spent / given.items / SECONDS * 300:.3f} CPU s for five minutes"
    )
    rights: dict[str, list[bool]] = defaultdict(list)
    wrong_ids, strangers, times, known, unknown = 0, 0, [], [], []
    for query in range(given.queries):
        dice = np.random.default_rng(10_000 + query)
        number, how = int(dice.integers(given.items)), DAMAGES[query % len(DAMAGES)]
        audio = recording(np.random.default_rng(number), *sources)
        start = int(dice.uniform(0, SECONDS - EXCERPT * 1.07) * HEARING_RATE)
        excerpt = audio[start : start + int(EXCERPT * HEARING_RATE)]
        print_ = _heard(damaged(excerpt, how, dice))
        before = time.process_time()
        found = index.identify(print_)
        times.append(time.process_time() - before)
        right = bool(found) and found[0].id == str(number) and abs(found[0].offset - start / HEARING_RATE) < 0.5
        wrong_ids += bool(found) and not right
        rights[how].append(right)
        known.append(found[0].score if right else 0.0)
        stranger = recording(np.random.default_rng(1_000_000 + query), *sources)
        found = index.identify(_heard(damaged(stranger[start : start + len(excerpt)], how, dice)))
        strangers += bool(found)
        unknown.append(found[0].score if found else 0.0)
    for how in DAMAGES:
        print(f"{how:>14}: {100 * np.mean(rights[how]):5.1f} % of {len(rights[how])}")
    print(f"wrong recording {wrong_ids}, strangers taken for known {strangers} of {given.queries}")
    print(
        f"scores of the known, 1 and 5 % quantile: {np.quantile(known, (0.01, 0.05)).round(1)}; "
        f"of strangers, highest: {max(unknown):.1f}"
    )
    print(f"a query: {1000 * np.median(times):.1f} ms median, {1000 * np.quantile(times, 0.99):.1f} ms p99")


if __name__ == "__main__":
    main()
