"""What the arp and the renderer do and cost: ``python -m tests.benchmarks.composing.score_arp``.

Arp: over all styles, 20 takes each at the knobs' defaults: how many differ (unique), how many notes are tones of the
chord beneath them, how far the hand moves from chord to chord (semitones a voice; root positions beside it), and the
time of a take of 8 bars. Render: processor time of 8 bars, cold (every sound is made) and warm, as a share of the time
the clip lasts; true peak and loudness of the file.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from itertools import pairwise
from typing import Any

import soundfile
from msgspec.structs import replace

from engine.compose.arp.compose import ArpRequest, compose_arp
from engine.compose.arp.shelf import styles
from engine.compose.drums.compose import DrumsRequest, compose_drums
from engine.compose.kit.hits import built_in_hit
from engine.compose.kit.render import render
from engine.compose.kit.request import RenderRequest
from engine.compose.kit.shelf import kit_sounds
from engine.hear.loudness import loudness
from engine.hear.sound import Sound
from engine.theory.symbols import read_symbol

TAKES = 20
PROGRESSIONS = ("Am7 Fmaj7 Cmaj7 G", "Dm9 G13 Cmaj9 A7", "Cm Ab Eb Bb", "F#m7b5 B7 Em7 A7")
_GENRES = {"club": "techno", "boom": "trap", "dusty": "lo_fi"}


def _moved(voicing: str) -> float:
    """Semitones a voice moves from chord to chord."""
    moves: list[int] = []
    for progression in PROGRESSIONS:
        asked = ArpRequest(seed=0, progression=progression, figure="chord", rate="1/1", octaves=1, voices=4)
        notes = compose_arp(replace(asked, voicing=voicing, rhythm="straight", humanise=0.0)).notes
        rows = [sorted(note.pitch for note in notes if note.start_time == beat) for beat in range(0, 32, 4)]
        moves += [abs(a - b) for one, other in pairwise(rows) for a, b in zip(one, other, strict=True)]
    return statistics.mean(moves)


def arp() -> dict[str, Any]:
    """Measures of the arp."""
    spent: list[float] = []
    tones: list[bool] = []
    seen: set[tuple[Any, ...]] = set()
    for style in styles():
        for seed in range(TAKES):
            request = ArpRequest(style=style, seed=seed, progression=PROGRESSIONS[seed % 4])
            compose_arp(request)
            started = time.process_time()
            result = compose_arp(request)
            spent.append(1000 * (time.process_time() - started))
            seen.add((style, *((note.pitch, round(note.start_time * 8)) for note in result.notes)))
            for note in result.notes:
                # What humanising moved belongs to where it was written.
                beat = round((note.start_time + 0.04) * 24) / 24
                chord = next(span for span in reversed(result.chords) if span.start <= beat + 0.02)
                tones.append(note.pitch % 12 in read_symbol(chord.symbol).pcs)
    spent.sort()
    return {
        "p50": statistics.median(spent),
        "p99": spent[int(0.99 * len(spent))],
        "unique": len(seen) / len(spent),
        "chord_tones": statistics.mean(tones),
        "moved": _moved("smooth"),
        "moved_root": _moved("root"),
    }


def renders() -> dict[str, dict[str, float]]:
    """Measures of renders, by sound."""
    found: dict[str, dict[str, float]] = {}
    with tempfile.TemporaryDirectory() as folder:
        for kit in kit_sounds():
            drums = compose_drums(DrumsRequest(style=_GENRES[kit], seed=3, tempo=120))
            asked = RenderRequest(notes=drums.notes, length=drums.length, sound=kit, folder=folder)
            built_in_hit.cache_clear()
            found[kit] = {"cold": _spent(asked)[0]} | _measured(asked)
        for role, sound in (
            ("bass", "bass"),
            ("bass", "808"),
            ("melody", "lead"),
            ("chords", "keys"),
            ("arp", "pluck"),
        ):
            figure = {"chords": "chord", "bass": "up"}.get(role, "up_down")
            pace = {"register": 36 if role == "bass" else 62, "octaves": 1, "rate": "1/8", "figure": figure}
            notes = compose_arp(ArpRequest(seed=1, progression=PROGRESSIONS[0], **pace)).notes
            asked = RenderRequest(notes=notes, length=32.0, role=role, sound=sound, folder=folder)
            found[sound] = {"cold": _spent(asked)[0]} | _measured(asked)
    return found


def _spent(request: RenderRequest) -> tuple[float, str]:
    started = time.process_time()
    path = render(request).path
    return time.process_time() - started, path


def _measured(request: RenderRequest) -> dict[str, float]:
    spent, path = _spent(request)
    samples, rate = soundfile.read(path, dtype="float32", always_2d=True)
    heard = loudness(Sound(samples, rate))
    assert heard.integrated_lufs is not None
    assert heard.true_peak_db is not None
    return {"warm": spent, "seconds": len(samples) / rate, "lufs": heard.integrated_lufs, "peak": heard.true_peak_db}


def main() -> None:
    """Print both tables."""
    told = arp()
    print(f"arp, {len(styles())} styles x {TAKES} takes of 8 bars: p50 {told['p50']:.2f} ms, p99 {told['p99']:.2f} ms")
    print(f"  unique {told['unique']:.2f}, chord tones {told['chord_tones']:.3f}")
    print(f"  semitones a voice moves: {told['moved']:.2f}; root positions {told['moved_root']:.2f}")
    print(f"{'render':8} {'cold s':>7} {'warm s':>7} {'of clip':>8} {'LUFS':>7} {'dBTP':>6}")
    for sound, each in renders().items():
        share = each["warm"] / each["seconds"]
        print(f"{sound:8} {each['cold']:7.2f} {each['warm']:7.2f} {share:8.1%} {each['lufs']:7.1f} {each['peak']:6.2f}")


if __name__ == "__main__":
    main()
