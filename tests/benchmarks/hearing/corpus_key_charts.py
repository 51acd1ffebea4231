"""Pieces after charts of real songs: whose tonic listeners wrote down, chord by chord.

The McGill Billboard annotations, release 2.0 (J. A. Burgoyne, J. Wild & I. Fujinaga, ISMIR 2011; CC0), are looked for
in the folder that BANDMATE_BILLBOARD names, as unpacked: `billboard-2.0-salami_chords` and `billboard-2.0.1-lab`. They
teach what four hundred songs by one hand cannot: flat sevenths, blues, loops that never come home. Without the folder
there are no such pieces.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from tests.benchmarks.hearing.corpus_key_parts import (
    COMPS,
    Part,
    Piece,
    Sounding,
    bass_line,
    chance,
    dressed,
    drums,
    split_of,
    tune,
)

Chord = tuple[int, tuple[int, ...], int]
"""Root, pitch classes and bass."""

Span = tuple[float, float, Chord]
"""Start and end in seconds."""

_LETTERS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_SHAPES = {
    "maj": (0, 4, 7), "min": (0, 3, 7), "dim": (0, 3, 6), "aug": (0, 4, 8), "maj7": (0, 4, 7, 11),
    "min7": (0, 3, 7, 10), "7": (0, 4, 7, 10), "dim7": (0, 3, 6, 9), "hdim7": (0, 3, 6, 10),
    "minmaj7": (0, 3, 7, 11), "maj6": (0, 4, 7, 9), "min6": (0, 3, 7, 9), "9": (0, 4, 7, 10, 2),
    "maj9": (0, 4, 7, 11, 2), "min9": (0, 3, 7, 10, 2), "sus4": (0, 5, 7), "sus2": (0, 2, 7),
    "11": (0, 7, 10, 2, 5), "min11": (0, 3, 7, 10, 2, 5), "13": (0, 4, 7, 10, 9), "maj13": (0, 4, 7, 11, 9),
    "5": (0, 7), "1": (0,), "": (0, 4, 7),
}  # fmt: skip
_DEGREES = {"1": 0, "2": 2, "3": 4, "4": 5, "5": 7, "6": 9, "7": 11, "9": 2, "11": 5, "13": 9}
_NAME = re.compile(r"^([A-G][b#]*):?([^/(]*)(?:\(([^)]*)\))?(?:/(.+))?$")
_CLEAR = 0.75  # of the time on the tonic: that share of one third names the mode
_HOME = 0.08  # of the time: tonic chords with a third, else the mode stays unsaid
_SHORTEST = 20.0


def chart_pieces() -> Iterator[Piece]:
    """One piece for every song whose mode is plain, in order."""
    folder = os.environ.get("BANDMATE_BILLBOARD")
    if not folder:
        return
    for number in _numbers(Path(folder)):
        piece = chart_piece(Path(folder), number)
        if piece:
            yield piece


def chart_piece(folder: Path, number: int) -> Piece | None:
    """Half a minute of a song, arranged by its number; None where its mode is not plain."""
    stretches = _stretches(folder, number)
    if not stretches:
        return None
    chords, tonic, mode = max(stretches, key=lambda each: each[0][-1][1] - each[0][0][0])
    name = f"chart/{number}"
    rng = chance(name)
    beat = float(np.median([end - start for start, end, _ in chords])) / 4
    beat *= 2.0 ** np.round(np.log2(0.54 / beat))
    shift = int(rng.integers(-6, 6))
    heard = [
        (start / beat, end / beat, tuple((pc + shift) % 12 for pc in pcs), (bass + shift) % 12)
        for start, end, (_, pcs, bass) in _excerpt(chords, rng)
    ]
    spans = [(start, end, list(pcs)) for start, end, pcs, _ in heard]
    home = (tonic + shift) % 12
    steps = (0, 2, 4, 5, 7, 9, 11) if mode == "major" else (0, 2, 3, 5, 7, 8, 10)
    split = split_of(number)
    parts = [_comp(spans, beat, rng)]
    if rng.random() < 0.8:
        parts.append(bass_line([(start, end, bass) for start, end, _, bass in heard], beat, rng))
    if rng.random() < 0.6:
        parts.append(tune(spans, [(home + step) % 12 for step in steps], beat, rng))
    if rng.random() < 0.6:
        parts.append(drums(rng, heard[-1][1] * beat, beat, split))
    return dressed(
        rng, name=name, split=split, group="chart", key=(home, mode), parts=tuple(parts), bpm=60 / beat,
        synth=bool(rng.random() < 0.2),
    )  # fmt: skip


def _numbers(folder: Path) -> list[int]:
    """Songs that are annotated more than once count once."""
    found: dict[str, int] = {}
    for path in sorted((folder / "billboard-2.0-salami_chords").glob("*/salami_chords.txt")):
        with path.open(encoding="utf-8") as lines:
            found.setdefault(next(lines) + next(lines), int(path.parent.name))
    return list(found.values())


def _stretches(folder: Path, number: int) -> list[tuple[list[Span], int, str]]:
    """Where one tonic holds and its third is plain: the chords there, tonic and mode."""
    charts = folder / "billboard-2.0-salami_chords" / f"{number:04d}" / "salami_chords.txt"
    tonic, homes = None, []
    for line in charts.read_text(encoding="utf-8").splitlines():
        if line.startswith("# tonic:"):
            tonic = _pitch_class(line.partition(":")[2].strip())
        elif line[:1].isdigit() and tonic is not None and (not homes or homes[-1][1] != tonic):
            homes.append((float(line.split("\t")[0]), tonic))
    timed = folder / "billboard-2.0.1-lab" / f"{number:04d}" / "full.lab"
    rows = [line.split("\t") for line in timed.read_text(encoding="utf-8").splitlines() if line.count("\t") == 2]
    chords = [(float(start), float(end), chord) for start, end, name in rows if (chord := parsed(name))]
    out = []
    for (start, home), until in zip(homes, [*(at for at, _ in homes[1:]), float("inf")], strict=True):
        inside = [span for span in chords if span[0] > start - 0.05 and span[1] < until + 0.05]
        mode = _mode(inside, home)
        if mode:
            out.append((inside, home, mode))
    return out


def _mode(chords: list[Span], home: int) -> str | None:
    total = sum(end - start for start, end, _ in chords)
    time = dict.fromkeys((3, 4), 0.0)
    for start, end, (root, pcs, _) in chords:
        thirds = [third for third in time if (home + third) % 12 in pcs]
        if root == home and len(thirds) == 1:
            time[thirds[0]] += end - start
    both = sum(time.values())
    if total < _SHORTEST or both < _HOME * total or max(time.values()) < _CLEAR * both:
        return None
    return "minor" if time[3] > time[4] else "major"


def _excerpt(chords: list[Span], rng: np.random.Generator) -> list[Span]:
    """18 to 45 seconds of the chords from 0: the beginning, the end, or anything between; repeats become one."""
    length = float(rng.uniform(18, 45))
    first, last = chords[0][0], chords[-1][1]
    start = (first, max(first, last - length), float(rng.uniform(first, max(first, last - length))))[rng.integers(3)]
    out: list[Span] = []
    for absolute, until, chord in chords:
        begin, end = max(absolute - start, 0.0), min(until - start, length)
        if end - begin < 0.1:
            continue
        goes_on = bool(out) and out[-1][2] == chord and begin - out[-1][1] < 0.05
        out.append((out.pop()[0] if goes_on else begin, end, chord))
    return out


def _comp(spans: list[tuple[float, float, list[int]]], beat: float, rng: np.random.Generator) -> Part:
    """Chords as they are accompanied: held, on the beats, off and on them, or broken."""
    style, low = int(rng.integers(4)), int(rng.integers(48, 60))
    notes: list[Sounding] = []
    for start, end, pcs in spans:
        pitches = sorted(low + (pc - low) % 12 for pc in pcs)
        step = (end - start, 1.0, 0.5, 0.5)[style]
        for index, at in enumerate(np.arange(start, end - 0.05, step)):
            if style == 2 and index % 2 and rng.random() < 0.5:
                continue
            length = max(0.05, float(min(max(step, 1.0) if style == 3 else step * 0.95, end - at)) * beat)
            struck = [pitches[index % len(pitches)] + 12 * (index % 4 == 3)] if style == 3 else pitches
            notes += [(float(at) * beat, length, pitch, float(rng.integers(55, 100))) for pitch in struck]
    return Part("chords", tuple(notes), int(rng.choice(COMPS)))


def _pitch_class(name: str) -> int:
    return (_LETTERS[name[0]] + name.count("#") - name.count("b")) % 12


def _degree(name: str) -> int | None:
    step = _DEGREES.get(name.strip("b#*"))
    return None if step is None else (step + name.count("#") - name.count("b")) % 12


def parsed(name: str) -> Chord | None:
    """A chord by its name in Harte's syntax (ISMIR 2005), "Ab:7(#9)/5"; None for silence and what is not a chord."""
    found = _NAME.match(name)
    if not found or found[2] not in _SHAPES:
        return None
    shape, added, low = found[2], found[3] or "", _degree(found[4] or "1")
    steps = [0] if shape == "" and added else list(_SHAPES[shape])
    steps += [step for each in added.split(",") if each and "*" not in each and (step := _degree(each)) is not None]
    root = _pitch_class(found[1])
    return root, tuple(dict.fromkeys((root + step) % 12 for step in steps)), (root + (low or 0)) % 12
