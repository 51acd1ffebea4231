"""Streams as tests ask for them: lanes by bar, asked in any pieces."""

import gc
import random
from typing import Any

import msgspec

from engine.compose.stream.compose import compose_stream
from engine.compose.stream.kept import Kept
from engine.compose.stream.request import MACROS, Macros, Point, SignatureFrom, StreamBar, StreamRequest
from engine.notes import Note, beats_per_bar

CHANGES = "Cm7 | Fm7 Bb7 | Ebmaj7 | Abmaj7"


def forget() -> None:
    """Forgets everything that was kept to be quicker."""
    for kept in [thing for thing in gc.get_objects() if type(thing) is Kept]:
        kept.clear()


def bars(role: str, first: int = 0, count: int = 1, **more: Any) -> list[StreamBar]:
    asked = {"progression": CHANGES, "seed": 1, **more}
    return compose_stream(msgspec.convert({"role": role, "bar": first, "bars": count, **asked}, StreamRequest)).bars


def one(role: str, number: int = 0, **more: Any) -> StreamBar:
    return bars(role, number, 1, **more)[0]


def played(bar: StreamBar) -> list[tuple[float, int, float, float]]:
    return [(note.start_time, note.pitch, note.duration, note.velocity) for note in bar.notes]


def onsets(notes: list[Note]) -> list[tuple[float, int, float]]:
    return [(note.start_time, note.pitch, note.velocity) for note in notes]


class Song:
    """A part with its lanes and signatures written out bar by bar.

    Args:
        role: who plays.
        length: bars.
        seed: of the lanes and of the part.
        metres: signatures, in turns; each holds for three bars.
        points: most points inside a bar.
        more: whatever else is asked.
    """

    def __init__(
        self, role: str, length: int, seed: int, *, metres: list[tuple[int, int]], points: int = 3, **more: Any
    ) -> None:
        rng = random.Random(seed)
        self.role, self.length, self.more = role, length, {"seed": seed, "progression": CHANGES, **more}
        self.metres = [metres[number // 3 % len(metres)] for number in range(length)]
        self.starts = [_somewhere(rng) for _ in range(length)]
        self.points = [
            sorted((round(rng.uniform(0, beats_per_bar(*metre)) * 0.999, 3), rng.random()) for _ in range(points))
            if rng.random() < 0.5
            else []
            for metre in self.metres
        ]
        self.tempos = [rng.choice((80.0, 120.0, 174.0)) for _ in range(length)]

    def ask(self, first: int, count: int) -> list[StreamBar]:
        """Some of its bars in one request, told as a device that knows only these would."""
        points, begin = [], 0.0
        for number in range(first, first + count):
            if number > first:
                stands = msgspec.structs.asdict(self.starts[number])
                points.append(Point(beat=begin, tempo=self.tempos[number], **stands))
            points += [Point(beat=begin + beat, **_drawn(mark)) for beat, mark in self.points[number]]
            begin += beats_per_bar(*self.metres[number])
        request = msgspec.structs.replace(
            StreamRequest(role="bass"),
            role=self.role,
            bar=first,
            bars=count,
            macros=self.starts[first],
            points=points,
            tempo=self.tempos[first],
            signature_numerator=self.metres[first][0],
            signature_denominator=self.metres[first][1],
            signatures=[SignatureFrom(bar=n, numerator=a, denominator=b) for n, (a, b) in enumerate(self.metres)],  # type: ignore[arg-type]
            **self.more,
        )
        return compose_stream(request).bars


def _somewhere(rng: random.Random) -> Macros:
    return Macros(**{macro: round(rng.uniform(0, 100), 1) for macro in MACROS})


def _drawn(mark: float) -> dict[str, float]:
    rng = random.Random(mark)
    return {macro: round(rng.uniform(0, 100), 1) for macro in rng.sample(MACROS, 4)}
