"""Clips that the tests of variations share: a beat, a bass, a tune and chords, and any notes at all."""

from __future__ import annotations

from hypothesis import strategies as st

from engine.notes import Note

KICK, SNARE, CLOSED, OPEN, TOM = 36, 38, 42, 46, 45


def beat(bars: int = 4) -> list[Note]:
    """House with a ghost note: kick on every beat, snare on two and four, hats on eighths, the off-beats open."""
    notes = []
    for bar in range(bars):
        for step in range(16):
            at = bar * 4 + step / 4
            if step % 4 == 0:
                notes.append(Note(KICK, at, 0.25, 110.0))
            if step in (4, 12):
                notes.append(Note(SNARE, at, 0.25, 112.0))
            if step == 7 and bar % 2:
                notes.append(Note(SNARE, at, 0.25, 38.0))
            if step % 2 == 0:
                notes.append(Note(OPEN if step % 4 == 2 else CLOSED, at, 0.25, 70.0 + 8 * (step % 4 == 2)))
    return notes


def bass(bars: int = 4) -> list[Note]:
    """Roots, fifths and octaves in A minor."""
    roots = (33, 41, 36, 43)
    notes = []
    for bar in range(bars):
        root = roots[bar % 4]
        for at, up, length in (
            (0.0, 0, 0.75),
            (1.0, 12, 0.5),
            (1.5, 0, 0.5),
            (2.5, 7, 0.5),
            (3.0, 0, 0.5),
            (3.5, 7, 0.5),
        ):
            notes.append(Note(root + up, bar * 4 + at, length, 100.0))
    return notes


def tune(bars: int = 4) -> list[Note]:
    """A melody in C major with rests."""
    phrase = ((0.0, 64, 1.0), (1.0, 67, 0.5), (1.5, 65, 0.5), (2.0, 64, 1.0), (4.0, 62, 1.0), (5.0, 65, 0.5))
    more = ((5.5, 64, 0.5), (6.0, 62, 1.5), (8.0, 60, 1.0), (9.0, 64, 1.0), (10.0, 67, 1.0), (11.0, 69, 1.0))
    last = ((12.0, 67, 1.5), (13.5, 65, 0.5), (14.0, 62, 0.5), (14.5, 60, 1.0))
    line = [Note(pitch, at, length, 90.0 + pitch % 7) for at, pitch, length in (*phrase, *more, *last)]
    return [note for note in line if note.start_time < 4 * bars]


def chords(bars: int = 4) -> list[Note]:
    """C, Am, F and G, struck twice in a bar."""
    shapes = ((48, 60, 64, 67), (45, 60, 64, 69), (41, 60, 65, 69), (43, 59, 62, 67))
    return [
        Note(pitch, bar * 4 + at, length, 84.0)
        for bar in range(bars)
        for at, length in ((0.0, 2.0), (2.5, 1.0))
        for pitch in shapes[bar % 4]
    ]


def late(notes: list[Note], by: float) -> list[Note]:
    """Every second sixteenth late, as a swung player has it."""
    return [Note(n.pitch, n.start_time + by * (round(n.start_time * 4) % 2), n.duration, n.velocity) for n in notes]


CLIPS = {"drums": beat, "bass": bass, "melody": tune, "chords": chords}


@st.composite
def any_notes(draw: st.DrawFn, *, length: float = 16.0, most: int = 40) -> list[Note]:
    """Notes inside a clip: on a grid or off it, of any pitch, overlapping or not."""
    low = draw(st.integers(0, 110))
    steps = draw(st.sampled_from((0.25, 0.5, 1 / 3, 0.01)))
    places, lengths = int((length - 0.05) / steps) + 1, (0.1, 0.25, 0.5, 1.0, 3.0)
    # Four bytes a note: drawing each of its values by itself takes longer than what is tested.
    rows = draw(st.binary(min_size=4, max_size=4 * most))
    return [
        Note(low + pitch % 18, (early + 256 * late) % places * steps, lengths[pitch // 18 % 5], float(1 + loud % 127))
        for early, late, pitch, loud in zip(*(rows[byte::4] for byte in range(4)), strict=False)
    ]


def fingerprint(notes: list[Note]) -> list[tuple[object, ...]]:
    """All fields of all notes, in order."""
    return [
        (n.pitch, n.start_time, n.duration, n.velocity, n.mute, n.probability, n.velocity_deviation, n.release_velocity)
        for n in notes
    ]


def places(notes: list[Note]) -> frozenset[tuple[int, int]]:
    """Which pitch begins at which sixteenth."""
    return frozenset((round(note.start_time * 4), note.pitch) for note in notes)


def faults(notes: list[Note], length: float) -> list[str]:
    """What is wrong with a finished clip; nothing, if all is well."""
    wrong = []
    if [(n.start_time, n.pitch) for n in notes] != sorted((n.start_time, n.pitch) for n in notes):
        wrong.append("not sorted")
    last: dict[int, float] = {}
    for note in notes:
        if not (note.start_time >= 0 and note.end_time <= length and note.duration > 0):
            wrong.append(f"outside: {note}")
        if not (0 <= note.pitch <= 127 and 0 < note.velocity <= 127):
            wrong.append(f"out of range: {note}")
        if note.start_time < last.get(note.pitch, -1.0):
            wrong.append(f"overlaps itself: {note}")
        last[note.pitch] = note.end_time
    return wrong
