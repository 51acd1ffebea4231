"""Makes the numbers in engine/hear/weights/key*: `python -m tests.benchmarks.hearing.train_key [CACHE [EARLIER]]`.

Renders the corpus once (about half an hour; partials are kept in the cache folder), with the charts of
`corpus_key_charts` where BANDMATE_BILLBOARD names their folder; the numbers in the repository were made with them.
Trains on the train split, sets the temperatures and prints figures on dev, then trains the scorer of sound anew on
both, and writes key.npz, key_tonal.json and key_midi.npz. The test split is not looked at.

Where EARLIER names a key.npz of before, the mean of both is written: two trainings err in different places. The
key.npz in the repository is such a mean, of 80 units twice and of 96 that were trained without charts and excerpts.

Notes are trained without charts and excerpts: with them, the keys of unseen clips were found no more often.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from engine.hear.chroma import Partials, partials, register_chroma
from engine.hear.key_features import ENDS, FEATURES, blocks, features
from engine.hear.key_model import Scorer, read
from engine.hear.key_tonal import SIGNS, signs
from engine.hear.midi_key import roll
from engine.hear.sound import Sound
from engine.hear.spectrum import PITCH_FRAME_RATE, Spectra
from engine.hear.tuning import tuning
from engine.notes import Note
from tests.benchmarks.hearing.corpus_key import pieces
from tests.benchmarks.hearing.corpus_key_charts import chart_pieces
from tests.benchmarks.hearing.corpus_key_drills import note_pieces
from tests.benchmarks.hearing.corpus_key_parts import Piece
from tests.benchmarks.hearing.corpus_key_sound import sound_of
from tests.benchmarks.hearing.engines import ROOT
from tests.benchmarks.hearing.train_key_network import LEAST_SCALE, temperature, together, train

Floats = NDArray[np.float32]

WEIGHTS = ROOT / "engine" / "hear" / "weights"
_ARRAYS = ("frame", "pitch", "magnitude", "clarity", "level")
_SMALL = ("acid", "voice", "pop melody")
"""Groups of one voice: their key is half a guess, so they count little."""

_EXCERPTS = 6
_FROM_START, _TO_END = 0.6, 0.75  # shares: a range is mostly taken from where a phrase begins
_REGISTERS_OFF, _CLASSES_OFF = 0.3, 0.1  # natural logarithms: the instruments and the mix are never the same


@dataclass(frozen=True)
class Recipe:
    """How a scorer is trained.

    Attributes:
        units: Of the hidden layer of each network.
        epochs: Times through the pieces.
        networks: How many are put together.
        least: Added to the spread of each feature.
        anew: Train again on the train and dev splits, once dev has set the temperature.
    """

    units: int
    epochs: int
    networks: int
    least: Floats
    anew: bool


def _least(ends: float) -> Floats:
    least = np.full(FEATURES, LEAST_SCALE, np.float32)
    least[ENDS] *= ends
    return least


# In a recording the first and the last chord say more than their small numbers would be trusted to.
SOUND = Recipe(80, 12, 2, _least(1 / 3), anew=True)
NOTES = Recipe(32, 25, 3, _least(1), anew=False)


def heard(piece: Piece, cache: Path) -> Partials:
    """The partials of a piece, from the cache or by rendering it."""
    file = cache / (piece.name.replace("/", "_").replace(" ", "-") + ".npz")
    if not file.exists():
        samples, rate = sound_of(piece)
        found = partials(Spectra(Sound(np.ascontiguousarray(samples), rate)))
        np.savez(file, frames=found.frames, **{name: getattr(found, name) for name in _ARRAYS})
    table = np.load(file)
    return Partials(frames=int(table["frames"]), **{name: table[name] for name in _ARRAYS})


def views(pieces_: Floats, seed: int, excerpts: int) -> Floats:
    """The features of a whole piece and of excerpts of it, each in another balance.

    Args:
        pieces_: Register chroma in blocks, shape (blocks, REGISTERS, 12).
        seed: Of the excerpts.
        excerpts: How many.

    Returns:
        Shape (1 + excerpts, 12, FEATURES), float16; the first is the whole as it is.
    """
    rng = np.random.default_rng(seed)
    seen = [features(pieces_)]
    for _ in range(excerpts):
        size, place_ = int(rng.integers(16, 70)), rng.random()
        room = max(0, len(pieces_) - size)
        first = 0 if place_ < _FROM_START else room if place_ < _TO_END else int(rng.integers(0, room + 1))
        off = rng.normal(0, _REGISTERS_OFF, (3, 1)) + rng.normal(0, _CLASSES_OFF, (3, 12))
        seen.append(features((pieces_[first : first + size] * np.exp(off)).astype(np.float32)))
    return np.stack(seen).astype(np.float16)


def described(piece: Piece, cache: Path) -> tuple[Floats, NDArray[np.float64]]:
    """The features of a piece and of excerpts of it, and its signs of tonality."""
    found = heard(piece, cache)
    chroma = register_chroma(found, tuning(found))
    whole = chroma[: int(piece.modulation[0] * PITCH_FRAME_RATE)] if piece.modulation else chroma
    return views(blocks(whole), len(chroma), _EXCERPTS), signs(found, chroma)


def clip_notes(piece: Piece) -> list[Note]:
    """The notes of a piece as a clip would have them, drums left out, up to a change of key."""
    beat = 60 / piece.bpm
    until = piece.modulation[0] if piece.modulation else float("inf")
    return [
        Note(pitch=pitch, start_time=start / beat, duration=length / beat, velocity=velocity)
        for part in piece.parts
        if part.role != "drums"
        for start, length, pitch, velocity in part.notes
        if start < until
    ]


def noted(piece: Piece) -> Floats:
    """The features of the notes of a piece, as one view."""
    table = roll(clip_notes(piece))[0]
    return views(table, len(table), 0)


def place(piece: Piece) -> int:
    """Where the true key stands among 24."""
    assert piece.key is not None
    return piece.key[0] + (12 if piece.key[1] == "minor" else 0)


def weight(piece: Piece) -> float:
    """How much a piece counts."""
    return 0.3 if piece.group in _SMALL else 1.0


def _trained(seen: list[Floats], whose: list[Piece], recipe: Recipe) -> Scorer:
    x = np.concatenate(seen)
    y = np.repeat([place(piece) for piece in whose], len(seen[0]))
    w = np.repeat([weight(piece) for piece in whose], len(seen[0])).astype(np.float32)
    return together(
        [
            train(x, y, w, units=recipe.units, epochs=recipe.epochs, seed=seed, least=recipe.least)
            for seed in range(recipe.networks)
        ]
    )


def _fitted(seen: list[Floats], whose: list[Piece], recipe: Recipe) -> Scorer:
    """Train on the train split, heat and judge by the whole pieces of dev, perhaps train again on both."""
    train_at = [index for index, piece in enumerate(whose) if piece.split == "train"]
    dev_at = [index for index, piece in enumerate(whose) if piece.split == "dev" and weight(piece) == 1]
    model = _trained([seen[at] for at in train_at], [whose[at] for at in train_at], recipe)
    logits = model.logits(np.stack([seen[at][0] for at in dev_at]).astype(np.float32))
    truth = np.array([place(whose[at]) for at in dev_at])
    heat = temperature(logits, truth)
    groups = np.array([whose[at].group.split()[0] for at in dev_at])
    for group in ("all", *np.unique(groups)):
        right = logits.argmax(axis=1) == truth
        some = right if group == "all" else right[groups == group]
        print(f"dev {group:12} {100 * some.mean():5.1f} % exact of {len(some)}", flush=True)
    print(f"temperature {heat:.3f}", flush=True)
    if recipe.anew:
        model = _trained(seen, whose, recipe)
    return Scorer(**{**model.__dict__, "temperature": heat})


def _write(model: Scorer, name: str) -> None:
    np.savez_compressed(
        WEIGHTS / f"{name}.npz",
        **{
            field: np.asarray(value, np.float16 if field in ("hidden", "straight") else np.float32)
            for field, value in model.__dict__.items()
        },
    )


def _write_tonal(measured: Floats, tonal: NDArray[np.bool_]) -> None:
    mean, scale = measured.mean(axis=0), measured.std(axis=0) + 1e-6
    fitted = LogisticRegression(C=1.0, class_weight="balanced", max_iter=2000).fit(
        np.clip((measured - mean) / scale, -4, 4), tonal
    )
    table = {"mean": mean, "scale": scale, "weights": fitted.coef_[0], "bias": fitted.intercept_}
    text = json.dumps(
        {"signs": SIGNS, **{name: [round(float(v), 6) for v in row] for name, row in table.items()}}, indent=1
    )
    (WEIGHTS / "key_tonal.json").write_text(text + "\n")


def corpus() -> Iterator[Piece]:
    """All pieces that sound, charts among them."""
    return chain(pieces(), chart_pieces())


def main() -> None:
    """Render, train, write."""
    cache = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "bench-out" / "key-cache")
    cache.mkdir(parents=True, exist_ok=True)
    WEIGHTS.mkdir(exist_ok=True)
    whose = [piece for piece in corpus() if piece.split != "test"]
    with ProcessPoolExecutor(2) as pool:
        all_seen = list(pool.map(partial(described, cache=cache), whose, chunksize=16))
    keyed = [(seen, piece) for (seen, _), piece in zip(all_seen, whose, strict=True) if piece.key]
    sound = _fitted([seen for seen, _ in keyed], [piece for _, piece in keyed], SOUND)
    _write(together([sound, *(read(Path(name)) for name in sys.argv[2:3])]), "key")
    train_rows = [(s, p.key is not None) for (_, s), p in zip(all_seen, whose, strict=True) if p.split == "train"]
    _write_tonal(np.stack([s for s, _ in train_rows]), np.array([tonal for _, tonal in train_rows]))
    del all_seen, keyed
    clips = [piece for piece in note_pieces() if piece.split != "test"]
    _write(_fitted([noted(piece) for piece in clips], clips, NOTES), "key_midi")


if __name__ == "__main__":
    main()
