"""Every engine on the same labelled files in one run: `make bench-hear`, a table and bench-out/hear.json.

The files are made from material that trained nothing: the test parts of `corpus_rhythm` and `corpus_key`, every
second of the real loops in `../shared/data/loops` (the other half served for tuning), and sounds of known loudness.
Their names tell nothing. Peers that are not installed (`make peers`) are left out of the table, and named.
"""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import soundfile

from tests.benchmarks.figures import print_grid
from tests.benchmarks.hearing.corpus_key import pieces as key_pieces
from tests.benchmarks.hearing.corpus_key_sound import sound_of
from tests.benchmarks.hearing.corpus_rhythm import part, piece
from tests.benchmarks.hearing.engines import ENGINES, ROOT, Heard
from tests.benchmarks.hearing.labelled import Item
from tests.benchmarks.hearing.scores import table_row

LOOPS = ROOT.parent / "shared" / "data" / "loops"
COLUMNS = (
    "tempo_acc1",
    "tempo_acc2",
    "tempo_1pct",
    "key_exact",
    "key_weighted",
    "beat_f",
    "downbeat_f",
    "lufs_err",
    "s_per_min",
    "rss_mb",
    "import_s",
)
_KEY_GROUPS = {"acid", "voice", "pop melody", "drums gm", "drums synth", "hiss", "speech"}
"""Groups of `corpus_key` on which listeners would not agree, or that have no key: not part of the comparison."""


def run(out: Path, rhythms: int = 60, keys: int = 48) -> dict[str, dict[str, float | None]]:
    """Measure, print, write.

    Args:
        out: Folder of hear.json; the files lie in `hearing/` below it and are kept.
        rhythms: Pieces for tempo and beats.
        keys: Pieces for the key.
    """
    folder = out / "hearing"
    folder.mkdir(parents=True, exist_ok=True)
    items = [*_loops(folder), *_rhythms(folder, rhythms), *_keys(folder, keys), *_levels(folder)]
    there = [engine for engine in ENGINES if engine.there]
    heard = {engine.name: engine.hear([item.path for item in items]) for engine in there}
    rows = {name: table_row(items, each) for name, each in heard.items()}
    minutes = sum(item.seconds for item in items) / 60
    print_grid(
        f"{len(items)} files, {minutes:.0f} minutes; shares in percent",
        ["engine", *COLUMNS],
        [[name, *("" if row[column] is None else row[column] for column in COLUMNS)] for name, row in rows.items()],
    )
    _print_groups(items, heard["bandmate"])
    gone = [engine.name for engine in ENGINES if not engine.there]
    if gone:
        print(f"Not installed, so not measured: {', '.join(gone)} (make peers).")
    (out / "hear.json").write_text(json.dumps(rows, indent=2) + "\n", encoding="utf-8")
    return rows


def _print_groups(items: list[Item], heard: Heard) -> None:
    """Where our own misses are."""
    groups: dict[str, list[Item]] = defaultdict(list)
    for item in items:
        groups[item.group].append(item)
    shown = ("tempo_acc1", "tempo_acc2", "tempo_1pct", "beat_f", "downbeat_f", "key_exact", "key_weighted", "lufs_err")
    table = []
    for group, members in sorted(groups.items()):
        row = table_row(members, heard)
        table.append([group, len(members), *("" if row[column] is None else row[column] for column in shown)])
    print_grid("bandmate by group", ["group", "files", *shown], table)


def _loops(folder: Path) -> Iterator[Item]:
    """Real loops; the copies have numbers for names, since the tempo stands in the real ones."""
    for number, path in enumerate(sorted(LOOPS.glob("*.mp3"))):
        tempo = re.search(r"_(\d+)bpm_", path.name)
        if number % 2 == 0 or tempo is None:
            continue
        copy = folder / f"loop{number}.mp3"
        copy.write_bytes(path.read_bytes())
        found = soundfile.info(copy)
        yield Item(path=copy, group="real loops", seconds=found.duration, tempo=float(tempo[1]))


def _rhythms(folder: Path, count: int) -> Iterator[Item]:
    seeds = (seed for seed in range(20_000, 30_000) if part(seed) == "test")
    for _, seed in zip(range(count), seeds, strict=False):
        made = piece(seed)
        path = folder / f"rhythm{seed}.wav"
        soundfile.write(path, made.audio, 44_100, subtype="PCM_16")
        yield Item(
            path=path,
            group=made.group.partition(":")[0],
            seconds=len(made.audio) / 44_100,
            tempo=made.tempo,
            beats=made.beats,
            downbeats=made.downbeats,
        )


def _keys(folder: Path, count: int) -> Iterator[Item]:
    fitting = [each for each in key_pieces() if each.split == "test" and each.group not in _KEY_GROUPS]
    fitting = [each for each in fitting if each.key is not None and each.modulation is None]
    groups: dict[str, list[int]] = defaultdict(list)
    for number, each in enumerate(fitting):
        groups[each.group].append(number)
    share = -(-count // len(groups))
    for numbers in groups.values():
        for number in numbers[:share]:
            each = fitting[number]
            samples, rate = sound_of(each)
            path = folder / f"key{number}.wav"
            soundfile.write(path, samples, rate, subtype="PCM_16")
            yield Item(path=path, group=f"key: {each.group}", seconds=len(samples) / rate, key=each.key)


def _levels(folder: Path) -> Iterator[Item]:
    """Sequences of EBU Tech 3341 (tests 1 to 4), whose loudness follows from their definition."""
    sequences = {
        "a": ([(-23.0, 20.0)], -23.0),
        "b": ([(-33.0, 20.0)], -33.0),
        "c": ([(-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0)], -23.0),
        "d": ([(-72.0, 10.0), (-36.0, 10.0), (-23.0, 60.0), (-36.0, 10.0), (-72.0, 10.0)], -23.0),
    }
    for name, (steps, lufs) in sequences.items():
        seconds = np.concatenate([np.full(int(48_000 * length), level) for level, length in steps])
        tone = 10 ** (seconds / 20) * np.sin(2 * np.pi * 1000 * np.arange(len(seconds)) / 48_000)
        path = folder / f"level_{name}.wav"
        soundfile.write(path, np.stack([tone, tone], axis=1), 48_000, subtype="PCM_24")
        yield Item(path=path, group="EBU sequences", seconds=len(seconds) / 48_000, lufs=lufs)
