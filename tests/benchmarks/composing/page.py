"""`python -m tests.benchmarks.composing.page`: one page for each role, a piano roll for each of its styles.

Every roll is the take of a fixed seed with all knobs where they stand when a device is dropped, four bars (a melody's
phrase has eight) at the middle of the style's tempo range. The pages lie in docs/takes and show what a change to a
generator does to its music.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

from engine.notes import Note

OUT = Path(__file__).parents[3] / "docs" / "takes"
SEED, BARS = 7, 4

_CELL, _HIGH, _GAP, _COLUMNS = 280, 128, 14, 3
_TOP, _FOOT = 20, 14
_LEVELS = 6
_NAMES = 54
"""Width kept free for the names of a kit's lanes."""
_PAPER, _INK, _FAINT, _LINE = "#1e1e1e", "#d8d8d8", "#8a8a8a", "#3a3a3a"


class Roll(NamedTuple):
    """One take to draw."""

    title: str
    foot: str
    notes: Sequence[Note]
    beats: float
    bar: float
    chords: Sequence[tuple[float, str]]
    rows: Sequence[str] | None = None
    pitches: Sequence[int] = ()


def main() -> None:
    """Write every page."""
    OUT.mkdir(parents=True, exist_ok=True)
    for role, rolls in PAGES.items():
        path = OUT / f"{role}.svg"
        path.write_text(page(role.capitalize(), list(rolls())), encoding="utf-8")
        print(f"Wrote {path.relative_to(OUT.parents[1])}")


def page(title: str, rolls: Sequence[Roll]) -> str:
    """Draw a page.

    Args:
        title: above all.
        rolls: in the order they are read.

    Returns:
        SVG.
    """
    lines = -(-len(rolls) // _COLUMNS)
    wide = _GAP + _COLUMNS * (_CELL + _GAP)
    high = 40 + lines * (_HIGH + _GAP)
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        'font-family="Helvetica, Arial, sans-serif">',
        f'<rect width="{wide}" height="{high}" fill="{_PAPER}"/>',
        f'<text x="{_GAP}" y="27" fill="{_INK}" font-size="16">{escape(title)}</text>',
    ]
    for number, roll in enumerate(rolls):
        line, column = divmod(number, _COLUMNS)
        x, y = _GAP + column * (_CELL + _GAP), 40 + line * (_HIGH + _GAP)
        parts += [f'<g transform="translate({x} {y})">', *_roll(roll), "</g>"]
    return "\n".join([*parts, "</svg>", ""])


def _roll(roll: Roll) -> Iterable[str]:
    """Draw one roll: its title, grid, notes (brighter is louder), chords and summary."""
    width = _CELL - _NAMES if roll.rows else _CELL
    scale = width / roll.beats
    inner = _HIGH - _TOP - _FOOT
    yield f'<text y="12" fill="{_INK}" font-size="11">{escape(roll.title)}</text>'
    yield f'<rect y="{_TOP}" width="{width}" height="{inner}" fill="#141414"/>'
    for beat in range(int(roll.beats) + 1):
        strong = abs(beat / roll.bar - round(beat / roll.bar)) < 1e-6
        yield f'<path d="M{beat * scale:.1f} {_TOP}v{inner}" stroke="{_LINE if strong else "#232323"}"/>'
    yield from _notes(roll, scale, _drum_place(roll, inner) if roll.rows else _pitch_place(roll, inner))
    for start, symbol in roll.chords:
        yield f'<text x="{start * scale + 2:.1f}" y="{_TOP + 8}" fill="{_FAINT}" font-size="7">{escape(symbol)}</text>'
    for row, name in enumerate(roll.rows or ()):
        y = _TOP + (row + 0.75) * inner / len(roll.rows or ())
        yield f'<text x="{_CELL - _NAMES + 4}" y="{y:.1f}" fill="{_FAINT}" font-size="7">{escape(name)}</text>'
    yield f'<text y="{_HIGH - 3}" fill="{_FAINT}" font-size="8">{escape(roll.foot)}</text>'


def _notes(roll: Roll, scale: float, place: Callable[[int], tuple[float, float]]) -> Iterable[str]:
    """Draw the notes, one path for each of a few loudnesses: so a page stays small."""
    paths: dict[int, list[str]] = {}
    for note in roll.notes:
        y, tall = place(note.pitch)
        wide = max(1.2, min(note.duration, 0.2 if roll.rows else 99) * scale - 0.4)
        level = min(_LEVELS - 1, int(note.velocity * _LEVELS / 128))
        paths.setdefault(level, []).append(f"M{note.start_time * scale:.1f} {y:.1f}h{wide:.1f}v{tall:.1f}h-{wide:.1f}z")
    for level, drawn in sorted(paths.items()):
        shade = 0.3 + 0.7 * (level + 1) / _LEVELS
        yield f'<path fill="#ffb532" fill-opacity="{shade:.2f}" d="{"".join(drawn)}"/>'


def _pitch_place(roll: Roll, inner: float) -> Callable[[int], tuple[float, float]]:
    pitches = [note.pitch for note in roll.notes] or [60]
    low, high = min(pitches) - 2, max(pitches) + 4
    tall = inner / (high - low + 1)
    return lambda pitch: (_TOP + (high - pitch) * tall, max(1.5, tall * 0.9))


def _drum_place(roll: Roll, inner: float) -> Callable[[int], tuple[float, float]]:
    tall = inner / len(roll.pitches)
    rows = {pitch: row for row, pitch in enumerate(roll.pitches)}
    return lambda pitch: (_TOP + rows.get(pitch, 0) * tall + 0.5, tall - 1)


def _of(title: str, result: Any) -> Roll:
    used = result.resolved
    bar = used.signature_numerator * 4 / used.signature_denominator
    chords = [(chord.start, chord.symbol) for chord in getattr(result, "chords", ())]
    lanes = getattr(result, "lanes", None)
    rows = [lane.name for lane in lanes] if lanes else None
    pitches = [lane.pitch for lane in lanes] if lanes else ()
    foot = f"{result.summary} · {used.tempo:g} BPM"
    return Roll(title, foot, result.notes, result.length, bar, chords, rows, pitches)


def _chords() -> Iterable[Roll]:
    from engine.compose.chords import ChordsRequest, compose_chords
    from engine.compose.stock import styles

    for style in styles().values():
        tempo = sum(style.tempo) / 2
        yield _of(style.name, compose_chords(ChordsRequest(style=style.id, seed=SEED, bars=BARS, tempo=tempo)))


def _basses() -> Iterable[Roll]:
    from engine.compose.bass.compose import compose_bass
    from engine.compose.bass.request import BassRequest
    from engine.compose.bass.styles import bass_styles

    for style in bass_styles().values():
        tempo = sum(style.tempo) / 2
        yield _of(style.name, compose_bass(BassRequest(style=style.id, seed=SEED, bars=BARS, tempo=tempo)))


def _melodies() -> Iterable[Roll]:
    from engine.compose.melody.compose import MelodyRequest, compose_melody
    from engine.compose.melody.style import styles

    for style in styles().values():
        tempo = sum(style.tempo) / 2
        yield _of(style.name, compose_melody(MelodyRequest(style=style.id, seed=SEED, bars=8, tempo=tempo)))


def _arps() -> Iterable[Roll]:
    from engine.compose.arp.compose import compose_arp
    from engine.compose.arp.request import ArpRequest
    from engine.compose.arp.shelf import styles

    for style in styles().values():
        tempo = sum(style.tempo) / 2
        yield _of(style.name, compose_arp(ArpRequest(style=style.id, seed=SEED, bars=BARS, tempo=tempo)))


def _drums() -> Iterable[Roll]:
    from engine.compose.drums.compose import compose_drums
    from engine.compose.drums.request import DrumsRequest
    from engine.compose.drums.vocabulary import genres

    for style in genres().values():
        tempo = sum(style.tempo) / 2
        yield _of(style.name, compose_drums(DrumsRequest(style=style.id, seed=SEED, bars=BARS, tempo=tempo)))


PAGES: dict[str, Callable[[], Iterable[Roll]]] = {
    "chords": _chords,
    "bass": _basses,
    "melody": _melodies,
    "arp": _arps,
    "drums": _drums,
}


if __name__ == "__main__":
    main()
