"""Train the small models of traits: `python -m tests.benchmarks.hearing.train_traits`.

Everything is made here from seeds that `score_traits` does not use. Half of the drum loops and lines are heard with
beats that are a little late or early, as beats that were heard are.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from engine.hear.traits import acid as acid_room
from engine.hear.traits import drums as drum_room
from engine.hear.traits import pumping as pumping_room
from engine.hear.traits.models import EDGE, widened
from tests.benchmarks.hearing import synth_patterns, synth_pumping, synth_voices
from tests.benchmarks.hearing.synth_parts import RATE, Rng, Wave

WEIGHTS = Path(__file__).parents[3] / "engine" / "hear" / "weights" / "traits.json"

Row = tuple[NDArray[np.float64], bool]


@dataclass(frozen=True)
class Pace:
    """A tempo known from the making."""

    bpm: float | None


@dataclass(frozen=True)
class Known:
    """Beats known from the making."""

    tempo: Pace
    beats: list[float]


def known(bpm: float, beats: list[float], rng: Rng | None = None) -> Known:
    """Exact beats, or with a generator beats as they are heard: up to 12 ms off together, 4 ms each."""
    if rng is not None and rng.random() < 0.5:
        off = float(rng.uniform(-0.012, 0.012))
        beats = [max(0.0, beat + off + 0.004 * float(rng.standard_normal())) for beat in beats]
    return Known(Pace(bpm), sorted(beats))


def spectra_of(samples: Wave) -> Spectra:
    """What a mono sound at `RATE` looks like."""
    return Spectra(Sound(np.ascontiguousarray(samples[:, None], np.float32), RATE))


def pumping_rows(rng: Rng, count: int) -> Iterator[Row]:
    """Ducked sound, and sound that moves for other reasons."""
    for number in range(count):
        if number % 2:
            depth = float(rng.choice([2, 3, 6, 9, 12, 18]))
            shape, kind = str(rng.choice(synth_pumping.SHAPES)), str(rng.choice(synth_pumping.KINDS))
            which, per_beat = str(rng.choice(synth_pumping.DRUMS)), int(rng.choice([1, 1, 1, 2, 4]))
            case = synth_pumping.pumped(rng, depth, shape, kind, which, per_beat)
        else:
            case = synth_pumping.not_pumped(rng, synth_pumping.STILL[number // 2 % len(synth_pumping.STILL)])
        folded = pumping_room.fold(spectra_of(case.samples), np.asarray(known(case.bpm, case.beats, rng).beats))
        ducked = pumping_room.agree(folded) if folded else None
        if folded and ducked:
            yield pumping_room.duck_features(folded, ducked), bool(number % 2)


def loops(rng: Rng, count: int) -> Iterator[synth_patterns.Loop]:
    """Drum loops: half with a kick on every beat, half with hats between the beats, half in company."""
    others = [name for name in synth_patterns.KICKS if name != "four"]
    hats = [name for name in synth_patterns.HATS if name not in synth_patterns.WITH_OFFBEAT]
    for number in range(count):
        kicks = "four" if number % 2 else str(rng.choice(others))
        stroke = str(rng.choice(sorted(synth_patterns.WITH_OFFBEAT) if number // 2 % 2 else hats))
        yield synth_patterns.loop(rng, kicks, stroke, str(rng.choice(["", "", "", "noise", "bass", "saws"])))


def drum_rows(rng: Rng, count: int) -> Iterator[tuple[Row, Row]]:
    """For each loop its row of four on the floor, and that of hats between the beats."""
    for loop in loops(rng, count):
        heard = drum_room.strokes(spectra_of(loop.samples), known(loop.bpm, loop.beats, rng))
        if heard is not None:
            four = (drum_room.low_features(heard), loop.kicks == "four")
            yield four, (drum_room.high_features(heard), loop.hats in synth_patterns.WITH_OFFBEAT)


def lines(rng: Rng, count: int) -> Iterator[tuple[Wave, float, bool, bool, str]]:
    """Acid lines and others, half of them in a mix: samples, tempo, whether acid, whether mixed, kind."""
    for number in range(count):
        kind = "" if number % 2 else synth_voices.LINES[number // 2 % len(synth_voices.LINES)]
        wave, bpm = synth_voices.not_acid(rng, kind) if kind else synth_voices.acid(rng)
        mixed = bool(rng.integers(2))
        yield synth_voices.in_a_mix(rng, wave, bpm) if mixed else wave, bpm, not kind, mixed, kind


def acid_rows(rng: Rng, count: int) -> Iterator[Row]:
    """Rows of the acid model."""
    for wave, bpm, truth, _, _ in lines(rng, count):
        beats = [index * 60 / bpm for index in range(int(len(wave) / RATE * bpm / 60))]
        features = acid_room.acid_features(spectra_of(wave), known(bpm, beats, rng))
        if features is not None:
            yield features, truth


def model(rows: list[Row], products: bool = False) -> dict[str, object]:
    """Logistic regression on standardised features, and on their products where so wanted."""
    # Only training needs them: who imports what is made here, the tests for one, does without.
    from sklearn.linear_model import LogisticRegression
    from sklearn.preprocessing import StandardScaler

    features, truth = np.array([row[0] for row in rows]), np.array([row[1] for row in rows])
    scaler = StandardScaler().fit(features)
    seen = widened(np.clip(scaler.transform(features), -EDGE, EDGE), products)
    fitted = LogisticRegression(C=0.03 if products else 0.3, max_iter=5000).fit(seen, truth)
    return {
        "mean": [round(float(each), 5) for each in scaler.mean_],
        "scale": [round(float(each), 5) for each in scaler.scale_],
        "weights": [round(float(each), 5) for each in fitted.coef_[0]],
        "bias": round(float(fitted.intercept_[0]), 5),
    }


def main() -> None:
    """Train all and write the weights."""
    makers: dict[str, Callable[[], list[Row]]] = {
        "pumping": lambda: list(pumping_rows(np.random.default_rng(11), 160)),
        "acid": lambda: list(acid_rows(np.random.default_rng(13), 320)),
    }
    found = {name: model(make(), products=True) for name, make in makers.items()}
    both = list(drum_rows(np.random.default_rng(12), 480))
    found["four_floor"] = model([row[0] for row in both])
    found["offbeat_hats"] = model([row[1] for row in both])
    WEIGHTS.write_text(json.dumps(found, indent=1, sort_keys=True) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
