"""How well traits are heard: `python -m tests.benchmarks.hearing.score_traits [part ...] [--heard]`.

Parts: pumping, still, drums, loops, acid, supersaw, time. Sounds are made from seeds that training does not use;
`loops` are real. With `--heard`, beats are heard instead of known.
"""

from __future__ import annotations

import sys
import time
from collections import defaultdict
from collections.abc import Callable
from pathlib import Path

import numpy as np
from sklearn.metrics import roc_auc_score

from engine.hear.traits import acid, drums, pumping, supersaw
from engine.hear.traits.all import traits
from engine.hear.traits.grid import Beaten
from tests.benchmarks.hearing import synth_parts, synth_pumping, synth_voices, train_traits
from tests.benchmarks.hearing.synth_parts import RATE

LOOPS = Path(__file__).parents[4] / "shared" / "data" / "loops"

HEARD = "--heard" in sys.argv


def beats_of(spectra: object, bpm: float, beats: list[float]) -> Beaten:
    """Beats as they are, or as they are heard."""
    if not HEARD:
        return train_traits.known(bpm, beats)
    from engine.hear.rhythm import Hints, rhythm

    heard: Beaten = rhythm(spectra, Hints(tempo=None))
    return heard


def say(words: str) -> None:
    """One line of the table."""
    print(words, flush=True)


def score_pumping(count: int = 180) -> None:
    """Errors of depth, by what is ducked, what plays with it and how it comes back."""
    rng = np.random.default_rng(2001)
    errors: dict[str, list[float]] = defaultdict(list)
    rates = []
    for number in range(count):
        depth = float((0, 3, 6, 9, 12, 18)[number % 6])
        shape = synth_pumping.SHAPES[number // 6 % 6]
        which, kind = synth_pumping.DRUMS[number // 36 % 4], str(rng.choice(synth_pumping.KINDS))
        case = synth_pumping.pumped(rng, depth, shape, kind, which, int(rng.choice([1, 1, 2, 4])))
        spectra = train_traits.spectra_of(case.samples)
        heard = pumping.pumping(spectra, beats_of(spectra, case.bpm, case.beats))
        error = abs((heard.depth_db if heard.depth_db is not None else 99) - depth)
        for group in ("all", f"{depth:g} dB", shape, kind, f"with {which}"):
            errors[group].append(error)
        if depth >= 3:
            rates.append(heard.rate == {1: "1/4", 2: "1/8", 4: "1/16"}[case.per_beat])
    for group, each in errors.items():
        within, median = 100 * np.mean(np.array(each) <= 1), np.median(each)
        say(f"pumping {group:28} n {len(each):3}  within 1 dB {within:5.1f} %  median error {median:.2f} dB")
    say(f"pumping rate right {100 * np.mean(rates):.1f} % of {len(rates)}")


def score_still(count: int = 90) -> None:
    """False alarms of pumping, and the AUC against ducks of 3 dB and more."""
    rng = np.random.default_rng(2002)
    wrong: dict[str, list[float]] = defaultdict(list)
    for number in range(count):
        how = synth_pumping.STILL[number % len(synth_pumping.STILL)]
        case = synth_pumping.not_pumped(rng, how)
        spectra = train_traits.spectra_of(case.samples)
        wrong[how].append(pumping.pumping(spectra, beats_of(spectra, case.bpm, case.beats)).probability or 0.0)
    ducked = []
    for _ in range(count // 2):
        depth, shape = float(rng.choice([3, 6, 9, 12, 18])), str(rng.choice(synth_pumping.SHAPES))
        kind, which = str(rng.choice(synth_pumping.KINDS)), str(rng.choice(synth_pumping.DRUMS))
        case = synth_pumping.pumped(rng, depth, shape, kind, which)
        spectra = train_traits.spectra_of(case.samples)
        ducked.append(pumping.pumping(spectra, beats_of(spectra, case.bpm, case.beats)).probability or 0.0)
    for how, each in wrong.items():
        say(f"not pumping: {how:20} n {len(each):3}  called pumping {100 * np.mean(np.array(each) > 0.5):5.1f} %")
    still = [value for each in wrong.values() for value in each]
    auc = roc_auc_score([0] * len(still) + [1] * len(ducked), still + ducked)
    say(f"pumping AUC {auc:.3f}; ducked and called so {100 * np.mean(np.array(ducked) > 0.5):.1f} % of {len(ducked)}")


def score_drums(count: int = 240) -> None:
    """AUC of four on the floor and of hats between the beats on loops that were made."""
    truth: dict[str, list[bool]] = defaultdict(list)
    said: dict[str, list[float]] = defaultdict(list)
    for loop in train_traits.loops(np.random.default_rng(2003), count):
        spectra = train_traits.spectra_of(loop.samples)
        beats = beats_of(spectra, loop.bpm, loop.beats)
        truth["four on the floor"].append(loop.kicks == "four")
        said["four on the floor"].append(drums.four_floor(spectra, beats).probability or 0.0)
        truth["off-beat hats"].append(loop.hats in train_traits.synth_patterns.WITH_OFFBEAT)
        said["off-beat hats"].append(drums.offbeat_hats(spectra, beats).probability or 0.0)
    for name, each in truth.items():
        right = np.mean((np.array(said[name]) > 0.5) == np.array(each))
        say(f"{name:20} n {len(each)}  AUC {roc_auc_score(each, said[name]):.3f}  right {100 * right:.1f} %")


def score_loops() -> None:
    """What is heard in the real loops, by their kind; house is four on the floor, hip-hop and jazz are not."""
    from engine.hear.load import load
    from engine.hear.spectrum import Spectra

    for path in sorted(LOOPS.glob("*.mp3")):
        spectra = Spectra(load(path))
        bpm = float(path.name.split("bpm")[0].rsplit("_", 1)[1])
        beats = [index * 60 / bpm for index in range(int(spectra.sound.duration * bpm / 60 + 0.01))]
        paced = beats_of(spectra, bpm, beats)
        four, hats, duck = (each(spectra, paced) for each in (drums.four_floor, drums.offbeat_hats, pumping.pumping))
        line = acid.acid(spectra, paced).probability
        say(
            f"{path.name[:28]:30} four {four.probability}  hats {hats.probability}"
            f"  pumping {duck.probability}  acid {line}"
        )


def score_acid(count: int = 240) -> None:
    """AUC of acid lines alone and in a mix, and by what they are told from."""
    found = []
    for wave, bpm, truth, mixed, kind in train_traits.lines(np.random.default_rng(2004), count):
        spectra = train_traits.spectra_of(wave)
        beats = [index * 60 / bpm for index in range(int(len(wave) / RATE * bpm / 60))]
        found.append((acid.acid(spectra, beats_of(spectra, bpm, beats)).probability or 0.0, truth, mixed, kind))
    for mixed in (False, True):
        some = [each for each in found if each[2] == mixed]
        auc = roc_auc_score([each[1] for each in some], [each[0] for each in some])
        say(f"acid {'in a mix' if mixed else 'alone':10} n {len(some)}  AUC {auc:.3f}")
        for kind in synth_voices.LINES:
            rival = [each for each in some if each[1] or each[3] == kind]
            auc = roc_auc_score([each[1] for each in rival], [each[0] for each in rival])
            say(f"acid against {kind:14} {'in a mix' if mixed else 'alone':10} AUC {auc:.3f}")


def score_supersaw(count: int = 120) -> None:
    """Voices and detune of isolated notes."""
    rng = np.random.default_rng(2005)
    voices_right, cents_right = [], []
    for number in range(count):
        voices = (1, 3, 5, 7, 9)[number % 5]
        cents = float(rng.choice([5, 10, 15, 20, 30, 40, 50, 60])) if voices > 1 else 0.0
        seconds = float(rng.choice([1, 1.5, 2, 4]))
        wave = synth_voices.supersaw(rng, voices, cents, seconds, even=bool(rng.integers(2)))
        heard = supersaw.supersaw(train_traits.spectra_of(wave))
        voices_right.append(heard.voices is not None and abs(heard.voices - voices) <= 1)
        cents_right.append(heard.detune_cents is not None and abs(heard.detune_cents - cents) <= 5)
    say(
        f"supersaw n {count}  voices within 1 {100 * np.mean(voices_right):.1f} %  detune within 5 cents "
        f"{100 * np.mean(cents_right):.1f} %"
    )


def score_time() -> None:
    """CPU seconds for five minutes of music, everything shared being there."""
    rng = np.random.default_rng(2006)
    case = synth_pumping.pumped(rng, 9, "exponential", "supersaw", "kick, hats, clap", bpm=124)
    samples = np.tile(case.samples, int(300 / (len(case.samples) / RATE)) + 1)[: 300 * RATE]
    spectra = train_traits.spectra_of(samples)
    beats = [case.first + index * 60 / 124 for index in range(int((300 - case.first) / 60 * 124))]
    for _ in range(2):
        begun = time.process_time(), spectra.fine.sum(), spectra.sound.hearing
        begun_at = time.process_time()
        traits(spectra, train_traits.known(124, beats))
        say(f"traits of {synth_parts.RATE and 300} s: {time.process_time() - begun_at:.2f} CPU s")
        del begun


PARTS: dict[str, Callable[[], None]] = {
    "pumping": score_pumping,
    "still": score_still,
    "drums": score_drums,
    "loops": score_loops,
    "acid": score_acid,
    "supersaw": score_supersaw,
    "time": score_time,
}

if __name__ == "__main__":
    for part in [name for name in sys.argv[1:] if not name.startswith("-")] or list(PARTS):
        PARTS[part]()
