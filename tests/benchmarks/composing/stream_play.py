"""Plays eight streams at 174 BPM as devices would, all nine lanes moving: what the engine needs for it.

    .venv/bin/python -m tests.benchmarks.composing.stream_play [bars]

Every bar each device asks for the next one with the macros as they stand, and on each later beat asks for the bar it
is in again with one point more, as a lane that moves makes it. Then bars are asked for in any order, after everything
that was kept is forgotten, and held against those that were played.
"""

from __future__ import annotations

import gc
import math
import random
import sys
import time
from typing import Any

import msgspec

from engine import collector
from engine.compose import rehearse
from engine.compose.stream.compose import compose_stream
from engine.compose.stream.kept import Kept
from engine.compose.stream.request import MACROS, Macros, Point, StreamBar, StreamRequest

TEMPO, BEATS = 174.0, 4
JUMPS = 1000
PARTS = (
    ("drums", "dnb"),
    ("bass", "drum_and_bass"),
    ("chords", "drum_and_bass"),
    ("arp", "trance"),
    ("melody", "drum_and_bass"),
    ("chords", "jazz"),
    ("melody", "pop"),
    ("bass", "acid"),
)


def lane(part: int, macro: int, beat: float) -> float:
    """Where a macro stands: waves of one to sixteen bars, another for each part and macro."""
    period = BEATS * (1.5 + (part * 9 + macro) % 16)
    return round(50.0 + 50.0 * math.sin(2 * math.pi * (beat / period + part / 8 + macro / 9)), 2)


def stands(part: int, beat: float) -> dict[str, float]:
    """All nine at one beat."""
    return {name: lane(part, place, beat) for place, name in enumerate(MACROS)}


def asked(part: int, bar: int, points: int) -> StreamRequest:
    """The request of one device for one bar, with the points of the beats that have passed in it."""
    role, style = PARTS[part]
    begin = float(bar * BEATS)
    moved = [Point(beat=float(beat), **stands(part, begin + beat)) for beat in range(1, points + 1)]
    usual = StreamRequest(role="bass", seed=part + 1, tempo=TEMPO, progression="Am7 | Fmaj7 | C | G")
    macros = Macros(**stands(part, begin))
    return msgspec.structs.replace(usual, role=role, style=style, bar=bar, macros=macros, points=moved)


def play(bars: int) -> tuple[list[float], dict[tuple[int, int], StreamBar]]:
    """Seconds of CPU of each request, and the bars as they were last told."""
    times, told = [], {}
    for bar in range(bars):
        for points in range(BEATS):
            for part in range(len(PARTS)):
                request = asked(part, bar, points)
                begun = time.process_time()
                answer = compose_stream(request).bars[0]
                times.append(time.process_time() - begun)
                told[part, bar] = answer
    return times, told


def forget() -> None:
    """Forgets everything that was kept to be quicker."""
    for kept in [thing for thing in gc.get_objects() if isinstance(thing, Kept)]:
        kept.clear()


def mismatches(told: dict[tuple[int, int], StreamBar]) -> int:
    """How many of a thousand jumps find another bar than was played."""
    forget()
    rng = random.Random(1)
    places = list(told)
    wrong = 0
    for part, bar in (rng.choice(places) for _ in range(JUMPS)):
        wrong += compose_stream(asked(part, bar, BEATS - 1)).bars[0] != told[part, bar]
    return wrong


def main() -> None:
    """Prints the figures."""
    bars = int(sys.argv[1]) if len(sys.argv) > 1 else 217
    list(rehearse())
    collector.settle()
    times, told = play(bars)
    music = bars * BEATS * 60.0 / TEMPO
    ordered = sorted(times)
    figures: dict[str, Any] = {
        "parts": len(PARTS),
        "seconds of music": round(music, 1),
        "requests": len(times),
        "request ms p50": round(1e3 * ordered[len(ordered) // 2], 2),
        "request ms p99": round(1e3 * ordered[int(0.99 * len(ordered))], 2),
        "share of one core": round(sum(times) / music, 4),
        "jumps": JUMPS,
        "other bars after a jump": mismatches(told),
    }
    for name, value in figures.items():
        print(f"{name:<24} {value}")
    for part, (role, style) in enumerate(PARTS):
        own = sorted(times[part :: len(PARTS)])
        print(f"{role:<8}{style:<16} p50 {1e3 * own[len(own) // 2]:6.2f}  p99 {1e3 * own[int(0.99 * len(own))]:6.2f}")


if __name__ == "__main__":
    main()
