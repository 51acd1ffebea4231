"""How far what was heard is from what is true, by the field's measures (mir_eval, MIREX)."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from typing import Any

import mir_eval
import numpy as np

from tests.benchmarks.hearing.engines import Heard
from tests.benchmarks.hearing.labelled import Item

OCTAVES = (1, 2, 3, 1 / 2, 1 / 3)
"""Acc2 forgives these factors, as in Gouyon et al., IEEE TASLP 14(5), 2006."""

PITCH_CLASSES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


def table_row(items: Sequence[Item], heard: Heard) -> dict[str, float | None]:
    """Every measure of one engine: shares in percent, loudness error in LU, None for what it does not hear.

    A file that an engine cannot read, or of which it says nothing, counts as wrong where the engine hears that
    thing in others.
    """
    answers = [heard.answers[item.path] for item in items]
    seconds = sum(item.seconds for item in items)
    pairs = list(zip(items, answers, strict=True))
    tempo = [(i.tempo, a.get("tempo")) for i, a in pairs if i.tempo]
    return {
        "tempo_acc1": _percent("tempo", answers, [_near(said, true, 0.04) for true, said in tempo]),
        "tempo_acc2": _percent(
            "tempo", answers, [any(_near(said, true * octave, 0.04) for octave in OCTAVES) for true, said in tempo]
        ),
        "tempo_1pct": _percent("tempo", answers, [_near(said, true, 0.01) for true, said in tempo]),
        "key_exact": _percent("key", answers, [_key(a, i) == 1 for i, a in pairs if i.key]),
        "key_weighted": _percent("key", answers, [_key(a, i) for i, a in pairs if i.key]),
        "beat_f": _percent("beats", answers, [_f(i.beats, a.get("beats")) for i, a in pairs if i.beats]),
        "downbeat_f": _percent(
            "downbeats", answers, [_f(i.downbeats, a.get("downbeats")) for i, a in pairs if i.downbeats]
        ),
        "lufs_err": _lufs(pairs),
        "s_per_min": round(sum(answer["cpu"] for answer in answers) / seconds * 60, 3),
        "rss_mb": round(heard.rss_mb),
        "import_s": round(heard.import_s, 2),
    }


def _percent(what: str, answers: Sequence[dict[str, Any]], rights: Sequence[float]) -> float | None:
    if not rights or all(answer.get(what) is None for answer in answers):
        return None
    return round(100 * statistics.fmean(rights), 1)


def _near(said: float | None, true: float, tolerance: float) -> bool:
    return said is not None and abs(said - true) <= tolerance * true


def _key(answer: dict[str, Any], item: Item) -> float:
    said = answer.get("key")
    assert item.key is not None
    return mir_eval.key.weighted_score(_spelled(item.key), _spelled(said)) if said else 0.0


def _spelled(key: Sequence[Any]) -> str:
    return f"{PITCH_CLASSES[key[0]]} {key[1]}"


def _f(true: Sequence[float] | None, said: Sequence[float] | None) -> float:
    if not said or not true:
        return 0.0
    reference, estimated = (mir_eval.beat.trim_beats(np.asarray(times)) for times in (true, said))
    # mir_eval leaves out the first five seconds; a loop would have no beat left.
    if len(reference) < 4:
        reference, estimated = np.asarray(true), np.asarray(said)
    return float(mir_eval.beat.f_measure(reference, estimated))


def _lufs(pairs: Sequence[tuple[Item, dict[str, Any]]]) -> float | None:
    errors = [abs(a["lufs"] - i.lufs) for i, a in pairs if i.lufs is not None and a.get("lufs") is not None]
    return round(statistics.fmean(errors), 3) if errors else None
