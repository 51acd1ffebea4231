"""How well chords are led, and how long that takes: every style in every major and minor key.

    python -m tests.benchmarks chords [--tuning] [--offset 0] [--movement 40] [--voicing auto]

Constants of the composer were chosen looking at one half of the seeds (``--tuning`` shows
that half); without the flag the other half is printed, and ``--offset`` moves either to
seeds nobody has seen. Voice leading is measured per clip of eight bars and given as the median over
clips, with the worst single move beside it; latency is that of ``compose_chords`` alone.
"""

from __future__ import annotations

import argparse
import itertools
import random
import statistics
import sys
import time

from engine import collector
from engine.compose import warm
from engine.compose.chords import ChordsRequest, ChordsResult, compose_chords
from engine.compose.options import chords_options
from engine.theory.keys import usual_key
from tests.engine.compose import chord_measures as ear

KEYS = [usual_key(tonic, mode).name for mode in ("major", "minor") for tonic in range(12)]
TAKES_PER_KEY = 4


def add_options(parser: argparse.ArgumentParser) -> None:
    """What can be asked on the command line."""
    parser.add_argument("--tuning", action="store_true", help="show the half the constants were chosen on")
    parser.add_argument("--offset", type=int, default=0, help="added to every seed; even")
    parser.add_argument("--movement", type=float, default=40.0)
    parser.add_argument("--voicing", default="auto")


def run(given: argparse.Namespace) -> None:
    """Prints the table."""
    warm()
    header = ("style", "clips", "move", "p90", "largest", "worst", "parallels", "lowest", "top", "clusters", "voices")
    show(" ".join(f"{word:>10}" for word in header))
    everything: list[Clip] = []
    for style in chords_options("house").styles:
        clips = [
            Clip(ask(style.id, key, seed, given)) for number, key in enumerate(KEYS) for seed in seeds(number, given)
        ]
        everything += clips
        show(row(style.id, clips))
    show(row("all", everything))
    show(latencies())


def show(line: str) -> None:
    """Prints one line at once."""
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


def seeds(number: int, given: argparse.Namespace) -> list[int]:
    """Even seeds for tuning, odd ones for the report; others for every key."""
    first = given.offset + (0 if given.tuning else 1)
    return [first + 2 * (number * TAKES_PER_KEY + take) for take in range(TAKES_PER_KEY)]


def ask(style: str, key: str, seed: int, given: argparse.Namespace) -> ChordsResult:
    """One clip of eight bars."""
    return compose_chords(
        ChordsRequest(style=style, key=key, seed=seed, movement=given.movement, voicing=given.voicing)
    )


class Clip:
    """The measures of one take."""

    def __init__(self, result: ChordsResult) -> None:
        rows = [chord for _, chord in ear.struck_chords(result)]
        self.leading = ear.leading(rows)
        pitches = [note.pitch for note in result.notes]
        self.lowest, self.top = min(pitches), max(pitches)
        self.clusters = sum(any(b - a <= 2 and a < 48 for a, b in itertools.pairwise(row)) for row in rows)
        self.voices = statistics.fmean(len(row) for row in rows)


def row(name: str, clips: list[Clip]) -> str:
    """One line of the table."""
    led = [clip.leading for clip in clips if clip.leading]
    moves = sorted(measure["move"] for measure in led)
    cells = (
        f"{len(clips)}",
        f"{statistics.median(moves):.2f}",
        f"{moves[int(len(moves) * 0.9)]:.2f}",
        f"{statistics.median(measure['largest'] for measure in led):.2f}",
        f"{max(measure['worst'] for measure in led):.0f}",
        f"{statistics.fmean(measure['parallels'] for measure in led):.4f}",
        f"{min(clip.lowest for clip in clips)}",
        f"{max(clip.top for clip in clips)}",
        f"{sum(clip.clusters for clip in clips)}",
        f"{statistics.fmean(clip.voices for clip in clips):.1f}",
    )
    return " ".join(f"{cell:>10}" for cell in (name, *cells))


def latencies() -> str:
    """Milliseconds of a request, the first of its kind and again, eight bars and sixty-four."""
    collector.settle()
    lines = []
    for bars in (8, 64):
        requests = [anything(random.Random(10_000 + take), bars) for take in range(280)]
        for kind in ("new", "again"):
            wall, own = timed(requests)
            lines.append(f"{bars:>3} bars, {kind:5}   wall {percentiles(wall)}   processor {percentiles(own)}")
    return "\n".join(lines)


def anything(chance: random.Random, bars: int) -> ChordsRequest:
    """A request from anywhere: any style, voicing, rhythm and key, every knob anywhere on its way."""
    menus = chords_options("house")
    knobs = {name: chance.uniform(0, 100) for name in ("tension", "complexity", "movement", "density", "humanise")}
    return ChordsRequest(
        style=chance.choice(menus.styles).id,
        voicing=chance.choice(menus.voicings).id,
        rhythm=chance.choice(menus.rhythms).id,
        key=chance.choice(KEYS),
        seed=chance.randrange(2**31),
        bars=bars,
        **knobs,
    )


def percentiles(times: list[float]) -> str:
    """Median and 99th percentile of sorted milliseconds."""
    return f"p50 {times[len(times) // 2]:6.2f} ms  p99 {times[int(len(times) * 0.99)]:6.2f} ms"


def timed(requests: list[ChordsRequest]) -> tuple[list[float], list[float]]:
    """Wall and processor milliseconds of each request, sorted."""
    wall, own = [], []
    for request in requests:
        start, busy = time.perf_counter(), time.thread_time()
        compose_chords(request)
        wall.append((time.perf_counter() - start) * 1e3)
        own.append((time.thread_time() - busy) * 1e3)
    return sorted(wall), sorted(own)
