"""`make bench-compose`: how like real music ours is, beside other composers, and how long a take needs.

Every score is taken on music that nothing was learnt from, every knob at its default, by the measures that lie beside
the repository; without them there are latencies alone. OA is the mean overlap of the distributions of features (1: the
same), C2ST the area under the curve of a classifier that tells made from real (0.5: it cannot).
"""

from __future__ import annotations

import json
import random
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tests.benchmarks.composing import material, score_bass, score_drums, score_feel, score_melody
from tests.benchmarks.composing.material import Clip, timed
from tests.benchmarks.figures import print_grid

_TAKES = 240
"""Clips of each role that are played by everybody."""

Scores = dict[str, dict[str, Any]]


def run(out: Path) -> None:
    """Measure everything, print the tables and write `compose.json`.

    Args:
        out: the folder for it.
    """
    found = {"latency_ms": latencies(), "scores": scores()}
    out.mkdir(exist_ok=True)
    path = out / "compose.json"
    path.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    _print_latencies(found["latency_ms"])
    _print_scores(found["scores"])
    print(f"Wrote {path.relative_to(out.parent)}")


def latencies() -> dict[str, dict[str, float]]:
    """Milliseconds of processor time for eight bars, every style in turn, by generator."""
    return {name: timed(play) for name, play in _plays().items()}


def _plays() -> dict[str, Callable[[int], object]]:
    from engine.compose.arp.compose import compose_arp
    from engine.compose.arp.request import ArpRequest
    from engine.compose.arp.shelf import styles as arp_styles
    from engine.compose.bass.compose import compose_bass
    from engine.compose.bass.request import BassRequest
    from engine.compose.bass.styles import bass_styles
    from engine.compose.chords import ChordsRequest, compose_chords
    from engine.compose.drums.compose import DrumsRequest, compose_drums
    from engine.compose.drums.vocabulary import genres
    from engine.compose.feel.humanise import HumaniseRequest, humanise
    from engine.compose.melody.compose import MelodyRequest, compose_melody
    from engine.compose.melody.options import melody_options
    from engine.compose.stock import styles
    from engine.compose.vary.vary import VaryRequest, vary

    def turn(ids: Sequence[str]) -> Callable[[int], str]:
        return lambda number: ids[number % len(ids)]

    chord, bass, arp, drum = (turn(list(shelf)) for shelf in (styles(), bass_styles(), arp_styles(), genres()))
    melody = turn([style.id for style in melody_options().styles])
    beats = [compose_drums(DrumsRequest(style=name, seed=1, humanise=0)).notes for name in genres()]
    return {
        "chords": lambda n: compose_chords(ChordsRequest(style=chord(n), seed=n)),
        "bass": lambda n: compose_bass(BassRequest(style=bass(n), seed=n)),
        "melody": lambda n: compose_melody(MelodyRequest(style=melody(n), seed=n)),
        "arp": lambda n: compose_arp(ArpRequest(style=arp(n), seed=n)),
        "drums": lambda n: compose_drums(DrumsRequest(style=drum(n), seed=n)),
        "humanise": lambda n: humanise(
            HumaniseRequest(notes=beats[n % len(beats)], role="drums", clip_length=32.0, seed=n)
        ),
        "vary": lambda n: vary(VaryRequest(notes=beats[n % len(beats)], length=32.0, count=1, seed=n)),
    }


def scores() -> Scores:
    """Scores by role and by who played; empty where music or measures are not at hand."""
    if material.measure() is None or not material.clips("bass_wjd_odd"):
        return {}
    return {"bass": _bass(), "melody": _melody(), "drums": _drums(), "humanise": _feel()}


def _some(rows: Sequence[Clip]) -> list[Clip]:
    return random.Random(3).sample(list(rows), min(_TAKES, len(rows)))


def _row(made: list[Clip] | None, real: Sequence[Clip], skip: Sequence[str] = ()) -> dict[str, Any] | None:
    return None if made is None else material.compared(made, real, skip)


def _bass() -> dict[str, Any]:
    """Walking lines over the changes of solos, by what pitches do."""
    learn, held = score_bass.halves(score_bass.real_lines())
    skip, under = score_bass.SETS["pitch"], _some(held)
    plays = {"ours": score_bass.ours, "rule walk": score_bass.rule_walk, "random chord tones": score_bass.chord_tones}
    found = {
        name: _row([play(row, seed) for seed, row in enumerate(under)], held, skip) for name, play in plays.items()
    }
    found["isobar"] = _row(material.peer("isobar", "bass", under), held, skip)
    found["real, other solos"] = _row(_some(learn), held, skip)
    return found


def _melody() -> dict[str, Any]:
    """Melodies over the chords of songs."""
    real = score_melody.melodies("held")
    random.Random(3).shuffle(real)
    real, under = real[::2], _some(real[1::2])
    made = {
        "ours": score_melody.ours(under, style="pop"),
        "random in scale": score_melody.at_random(under),
        "isobar": material.peer("isobar", "melody", under),
        "musicpy": material.peer("musicpy", "melody", under),
        "real, other clips": under,
    }
    return {name: _row(rows, real) and {**_row(rows, real), "strong": _strong(rows)} for name, rows in made.items()}


def _strong(rows: list[Clip] | None) -> float | None:
    """Median share of chord tones on strong beats."""
    told = material.measure()
    if told is None or rows is None:
        return None
    shares = sorted(
        found["chord_tone_strong"] for row in rows if (found := told.features(row)) and "chord_tone_strong" in found
    )
    return round(shares[len(shares) // 2], 3)


def _drums() -> dict[str, Any]:
    """Takes of every genre; beside them, where there are played clips, isobar's."""
    found = {genre: _flat(row) for genre, row in score_drums.scores().items()}
    real = score_drums.played("funk")
    other = material.peer("isobar", "drums", _some(real))
    found["isobar, beside funk"] = _row(other, real, score_drums.TIMING)
    return found


def _flat(row: dict[str, Any]) -> dict[str, Any]:
    """One genre's figures side by side: those against played clips where there are some."""
    played, baseline = row.get("played", {}), row.get("bernoulli", {})
    beside = {"oa": played.get("oa"), "band": played.get("band"), "bernoulli_oa": baseline.get("oa")}
    return {"unique": row["unique"], "told": row.get("told"), "own": row.get("own"), **beside}


def _feel() -> dict[str, Any]:
    """Held performances, flattened and humanised by what was learnt from the others."""
    told = material.measure()
    learned, held = score_feel.halves(score_feel.clips(), "performance")
    under = _some(held)
    flat = [score_feel.flattened(clip) for clip in under]
    with tempfile.TemporaryDirectory() as folder:
        drummers = score_feel.bank(learned, Path(folder) / "half.npz")
        ours = [score_feel.played(clip, number, bank=drummers) for number, clip in enumerate(flat)]
    made = {"ours": ours, "flat": flat, "isobar": material.peer("isobar", "feel", flat), "real, others": _some(learned)}
    found: dict[str, Any] = {}
    for name, rows in made.items():
        if rows is None or told is None:
            found[name] = None
            continue
        one = score_feel.compared(told, rows, under, score_feel.FEEL)
        found[name] = {"oa": round(one["oa"], 3), "c2st": one["auc"] and round(one["auc"], 3)}
    return found


def _print_latencies(found: dict[str, dict[str, float]]) -> None:
    rows = [[name, f"{one['p50']:.2f}", f"{one['p99']:.2f}"] for name, one in found.items()]
    print_grid("Eight bars, milliseconds of processor time", ["generator", "p50", "p99"], rows)


def _print_scores(found: Scores) -> None:
    if not found:
        print("No scores: the music and the measures of ../shared are not at hand.")
    for role, players in found.items():
        names = sorted(
            {
                name
                for one in players.values()
                if one
                for name, value in one.items()
                if not isinstance(value, dict | list)
            }
        )
        rows = [
            [who, *(_shown(one.get(name)) if one else "" for name in names)] if one else [who, "not installed"]
            for who, one in players.items()
        ]
        print_grid(role.capitalize(), [role, *names], rows)


def _shown(value: Any) -> str:
    return "" if value is None else f"{value:.3f}" if isinstance(value, float) else str(value)
