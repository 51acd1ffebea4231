"""How near variations stay to real music, how different they are, and how long they take.

Run as `python -m tests.benchmarks.composing.score_vary [clips]`. Real clips of four kinds are varied at several
distances; what comes out is compared with other real clips of the kind (mean overlapped area and a classifier, as the
shared measures have them), beside the real clips themselves and beside notes moved at random as far. No parameter of
the engine was fitted on clips but one: how far distance 100 goes, which follows the difference between neighbouring
passages of all these files (`engine/compose/vary/vary.py`).
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence

import numpy as np

from engine.compose.vary.carry_on import ContinueRequest, carry_on
from engine.compose.vary.grid import grid_of
from engine.compose.vary.inpaint import InpaintRequest, inpaint
from engine.compose.vary.measure import difference
from engine.compose.vary.vary import VaryRequest, vary
from engine.notes import Note
from tests.benchmarks.composing.material import Clip, clips, compared, measure

KINDS = (
    ("drums_gmd_train", "drums"),
    ("bass_wjd_odd", "bass"),
    ("melody_pop909_odd", "melody"),
    ("comping_pop909_odd", "chords"),
)
DISTANCES = (10.0, 30.0, 60.0, 100.0)


def notes_of(clip: Clip) -> list[Note]:
    """The notes of a real clip."""
    return [Note(pitch, start, length, velocity) for start, length, pitch, velocity in clip["notes"]]


def as_clip(clip: Clip, notes: Sequence[Note]) -> Clip:
    """The same clip with other notes."""
    return {**clip, "notes": [[n.start_time, n.duration, n.pitch, n.velocity] for n in notes]}


def at_random(clip: Clip, share: float, seed: int) -> list[Note]:
    """A share of the notes anywhere in the clip, on any of its pitches: what a variation must not sound like."""
    chance = np.random.default_rng(seed)
    notes = notes_of(clip)
    low, high = min(note.pitch for note in notes), max(note.pitch for note in notes)
    return [
        Note(
            int(chance.integers(low, high + 1)),
            float(chance.integers(0, clip["beats"] * 4)) / 4,
            n.duration,
            n.velocity,
        )
        if chance.random() < share
        else n
        for n in notes
    ]


def wish(clip: Clip, role: str, distance: float, count: int, seed: int) -> VaryRequest:
    """A request for variations of a real clip."""
    return VaryRequest(
        notes=notes_of(clip), length=float(clip["beats"]), role=role, distance=distance, count=count, seed=seed
    )  # type: ignore[arg-type]


def timed(requests: Sequence[VaryRequest]) -> tuple[float, float]:
    """Milliseconds of CPU time for one request, median and 99th percentile."""
    spent = []
    for request in requests:
        begun = time.process_time()
        vary(request)
        spent.append((time.process_time() - begun) * 1000)
    return float(np.percentile(spent, 50)), float(np.percentile(spent, 99))


def main() -> None:
    """Print the table."""
    many = int(sys.argv[1]) if len(sys.argv) > 1 else 60
    if measure() is None or not clips(KINDS[0][0]):
        print("The shared music or its measures are not at hand: nothing to score.")
        return
    for name, role in KINDS:
        rows = [clip for clip in clips(name) if len(clip["notes"]) >= 8]
        step = max(1, len(rows) // (2 * many))
        asked, real = rows[1 :: 2 * step][:many], rows[0 :: 2 * step][:300]
        print(f"\n{role}: {len(asked)} clips")
        print(f"  real clips                 {line(compared(asked, real))}")
        for distance in DISTANCES:
            found = [vary(wish(clip, role, distance, 1, seed)) for seed, clip in enumerate(asked)]
            made = [as_clip(c, each.variations[0].notes) for c, each in zip(asked, found, strict=True)]
            far = np.mean([each.variations[0].distance for each in found])
            print(f"  distance {distance:3.0f}: measured {far:.2f} {line(compared(made, real))}")
        for share in (0.3, 0.7):
            made = [as_clip(clip, at_random(clip, share, seed)) for seed, clip in enumerate(asked)]
            far = np.mean([between(a, b, role) for a, b in zip(asked, made, strict=True)])
            print(f"  {share:.0%} at random: measured {far:.2f} {line(compared(made, real))}")
        print(f"  goes on                    {line(compared(went_on(asked, role), real))}")
        print(f"  half rewritten             {line(compared(rewritten(asked, role), real))}")
        sixteen = [vary(wish(clip, role, 15.0, 16, seed)) for seed, clip in enumerate(asked)]
        unlike = np.mean([len({marks(v.notes) for v in each.variations}) for each in sixteen])
        print(f"  of 16 variations at distance 15 different: {unlike:.2f}")
        for distance in (30.0, 100.0):
            p50, p99 = timed([wish(clip, role, distance, 1, seed) for seed, clip in enumerate(asked)])
            print(f"  one at {distance:3.0f}: {p50:.1f} ms p50, {p99:.1f} ms p99")
        p50, p99 = timed([wish(clip, role, 30.0, 16, seed) for seed, clip in enumerate(asked[:20])])
        print(f"  sixteen at 30: {p50:.1f} ms p50, {p99:.1f} ms p99")


def line(found: dict[str, float | None]) -> str:
    """One row of the table."""
    return f"overlap {found['oa']:.3f}, classifier {found['c2st'] or 0:.2f}"


def marks(notes: Sequence[Note]) -> frozenset[tuple[int, int]]:
    """Which pitch begins at which sixteenth."""
    return frozenset((round(note.start_time * 4), note.pitch) for note in notes)


def between(one: Clip, other: Clip, role: str) -> float:
    """The measured difference of two clips."""
    grid = grid_of(notes_of(one), (4, 4), 0.0, float(one["beats"]))
    return difference(notes_of(one), notes_of(other), grid, drums=role == "drums")


def went_on(asked: Sequence[Clip], role: str) -> list[Clip]:
    """What clips go on with, as long as they are themselves."""
    made = []
    for seed, clip in enumerate(asked):
        length = float(clip["beats"])
        found = carry_on(
            ContinueRequest(notes=notes_of(clip), length=length, beats=length, role=role, seed=seed)  # type: ignore[arg-type]
        )
        new = [note for note in found.continuations[0].notes if note.start_time >= length]
        moved = [Note(n.pitch, n.start_time - length, n.duration, n.velocity) for n in new]
        made.append(as_clip(clip, moved) if len(moved) > 4 else clip)
    return made


def rewritten(asked: Sequence[Clip], role: str) -> list[Clip]:
    """Clips with their second half rewritten."""
    made = []
    for seed, clip in enumerate(asked):
        length = float(clip["beats"])
        found = inpaint(
            InpaintRequest(  # type: ignore[arg-type]
                notes=notes_of(clip),
                length=length,
                range_start=length / 2,
                range_end=length,
                role=role,
                seed=seed,
                count=1,
            )
        )
        made.append(as_clip(clip, found.candidates[0].notes) if found.candidates else clip)
    return made


if __name__ == "__main__":
    main()
