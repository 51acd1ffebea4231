"""How well the key is heard on pieces that trained nothing: `python -m tests.benchmarks.hearing.score_key [PER_GROUP]`.

The test split of `train_key.corpus`, beside librosa's chroma with Krumhansl's profiles and, where `make peers` has put
it, essentia with shaath, the best of the peers. Prints MIREX-weighted and exact shares for each group in percent,
whether drums and the like are told from notes, the error of the tuning, and modulations found.
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import librosa
import mir_eval
import numpy as np
import soundfile

from engine.hear.key import Key, key
from engine.hear.midi_key import clip_key
from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from engine.theory.keys import estimate_key
from tests.benchmarks.hearing.corpus_key_parts import Piece
from tests.benchmarks.hearing.corpus_key_sound import sound_of
from tests.benchmarks.hearing.engines import ENGINES
from tests.benchmarks.hearing.scores import PITCH_CLASSES
from tests.benchmarks.hearing.train_key import clip_notes, corpus

_LINE = ("acid", "voice", "pop melody")
"""One voice alone: printed, not part of the sum, since listeners would not agree either."""

Said = tuple[int, str] | None


@dataclass(frozen=True)
class Heard:
    """What was said of one piece, by engine, and our whole answer."""

    piece: Piece
    said: dict[str, Said]
    ours: Key


def chosen(per_group: int) -> list[Piece]:
    """The first so many pieces of each group of the test split."""
    taken: dict[str, list[Piece]] = defaultdict(list)
    for piece in corpus():
        if piece.split == "test" and len(taken[piece.group]) < per_group:
            taken[piece.group].append(piece)
    return [piece for group in taken.values() for piece in group]


def listened(group: list[Piece], folder: Path) -> list[Heard]:
    """Every engine's answer for every piece."""
    out, paths = [], []
    cpu = minutes = 0.0
    for index, piece in enumerate(group):
        samples, rate = sound_of(piece)
        path = folder / f"{index}.wav"
        soundfile.write(path, samples, rate)
        paths.append(path)
        spectra = Spectra(Sound(np.ascontiguousarray(samples), rate))
        minutes += len(spectra.pitch) / 646
        start = time.process_time()
        ours = key(spectra)
        cpu += time.process_time() - start
        said: dict[str, Said] = {
            "bandmate": _pair(ours),
            "librosa": _librosa(samples.mean(axis=1), rate),
            "bandmate (notes)": _pair(clip_key(clip_notes(piece), drums="drums" in piece.group)),
        }
        out.append(Heard(piece, said, ours))
    print(f"{cpu / minutes * 5:.3f} CPU s for 5 minutes, given the spectrum")
    for engine in ENGINES:
        if "shaath" in engine.name and engine.there:
            answers = engine.hear(paths).answers
            for each, path in zip(out, paths, strict=True):
                told = answers[path].get("key")
                each.said[engine.name] = (told[0], told[1]) if told else None
    return out


def _pair(answer: Key) -> Said:
    return (answer.tonic, answer.mode) if answer.tonic is not None and answer.mode else None


def _librosa(mono: np.ndarray, rate: int) -> Said:
    chroma = librosa.feature.chroma_cqt(y=mono, sr=rate).mean(axis=1)
    found = estimate_key([float(value) for value in chroma])[0]
    return found.tonic_pc, found.mode


def weighted(true: tuple[int, str], said: Said) -> float:
    """MIREX: 1 right, .5 a fifth off, .3 relative, .2 parallel."""
    names = (f"{PITCH_CLASSES[pair[0]]} {pair[1]}" for pair in (true, said) if pair)
    return float(mir_eval.key.weighted_score(*names)) if said else 0.0


def table(heard: list[Heard]) -> None:
    """Print one row for each group of pieces with a key, and their sum."""
    groups: dict[str, list[Heard]] = defaultdict(list)
    for each in heard:
        if each.piece.key:
            groups[each.piece.group].append(each)
            if each.piece.group not in _LINE:
                groups["all but lone voices"].append(each)
                groups["all pop909 but lone voices"] += [each] * each.piece.group.startswith("pop")
    names = list(heard[0].said)
    print(f"{'group':28}{'n':>5}" + "".join(f"{name:>32}" for name in names))
    for group, rows in groups.items():
        cells = ""
        for name in names:
            marks = [weighted(row.piece.key, row.said[name]) for row in rows if row.piece.key]
            exact = statistics.fmean(mark == 1 for mark in marks)
            cells += f"{100 * statistics.fmean(marks):25.1f} {100 * exact:5.1f} "
        print(f"{group:28}{len(rows):5d}{cells}")


def others(heard: list[Heard]) -> None:
    """Print what only we say: no key, tuning, changes of key, and whether confidence means what it says."""
    for group in sorted({each.piece.group for each in heard}):
        rows = [each for each in heard if each.piece.group == group]
        silent = statistics.fmean(each.ours.key is None for each in rows)
        print(f"no key said: {group:28}{100 * silent:6.1f} % of {len(rows)}")
    off = [
        abs((each.ours.tuning_cents - each.piece.cents + 50) % 100 - 50)
        for each in heard
        if each.piece.key and each.ours.tuning_cents is not None
    ]
    print(f"tuning: median error {statistics.median(off):.1f} cents, 95 % within {np.percentile(off, 95):.1f}")
    changed = [each for each in heard if each.piece.modulation]
    print(f"modulations: {sum(_found(each) for each in changed)} of {len(changed)} found within 5 s, right key after")
    steady = [each for each in heard if each.piece.key and not each.piece.modulation and each.ours.key]
    false = sum(len(each.ours.sections) > 1 for each in steady)
    print(f"modulations heard where there are none: {false} of {len(steady)}")
    for low, high in ((0, 0.4), (0.4, 0.6), (0.6, 0.8), (0.8, 0.9), (0.9, 1.01)):
        rows = [each for each in steady if low <= each.ours.confidence < high and each.piece.group not in _LINE]
        if rows:
            right = statistics.fmean(each.said["bandmate"] == each.piece.key for each in rows)
            print(f"confidence {low:.1f} to {min(high, 1):.1f}: right {100 * right:.0f} % of {len(rows)}")


def _found(each: Heard) -> bool:
    assert each.piece.modulation is not None
    at, (tonic, mode) = each.piece.modulation
    cause = [s for s in each.ours.sections[1:] if abs(s.start - at) < 5]
    wanted = f"{PITCH_CLASSES[tonic]} {mode}"
    spelled = {_sharp(section.key) for section in cause}
    return _sharp(wanted) in spelled


def _sharp(name: str) -> tuple[int, str]:
    tonic, mode = name.split()
    return int(librosa.note_to_midi(tonic.replace("b", "♭")) % 12), mode


def main() -> None:
    """Listen and print."""
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    with tempfile.TemporaryDirectory() as folder:
        heard = listened(chosen(int(sys.argv[1]) if len(sys.argv) > 1 else 40), Path(folder))
    table(heard)
    others(heard)


if __name__ == "__main__":
    main()
