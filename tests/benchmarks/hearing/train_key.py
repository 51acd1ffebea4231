"""Makes the numbers in engine/hear/weights/key*: `python -m tests.benchmarks.hearing.train_key [CACHE]`.

Renders the corpus once (about half an hour; partials are kept in the cache folder), trains on the train split,
sets the temperatures on dev, writes key.npz, key_midi.npz and key_tonal.json. The test split is not looked at.
"""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from engine.hear.chroma import Partials, partials, register_chroma
from engine.hear.key_features import blocks, features
from engine.hear.key_model import Scorer
from engine.hear.key_tonal import SIGNS, signs
from engine.hear.midi_key import roll
from engine.hear.sound import Sound
from engine.hear.spectrum import PITCH_FRAME_RATE, Spectra
from engine.hear.tuning import tuning
from engine.notes import Note
from tests.benchmarks.hearing.corpus_key import pieces
from tests.benchmarks.hearing.corpus_key_drills import note_pieces
from tests.benchmarks.hearing.corpus_key_parts import Piece
from tests.benchmarks.hearing.corpus_key_sound import sound_of
from tests.benchmarks.hearing.engines import ROOT
from tests.benchmarks.hearing.train_key_network import temperature, together, train

Floats = NDArray[np.float32]

WEIGHTS = ROOT / "engine" / "hear" / "weights"
_ARRAYS = ("frame", "pitch", "magnitude", "clarity", "level")
_SMALL = ("acid", "voice", "pop melody")
"""Groups of one voice: their key is half a guess, so they count little."""


def heard(piece: Piece, cache: Path) -> Partials:
    """The partials of a piece, from the cache or by rendering it."""
    file = cache / (piece.name.replace("/", "_").replace(" ", "-") + ".npz")
    if not file.exists():
        samples, rate = sound_of(piece)
        found = partials(Spectra(Sound(np.ascontiguousarray(samples), rate)))
        np.savez(file, frames=found.frames, **{name: getattr(found, name) for name in _ARRAYS})
    table = np.load(file)
    return Partials(frames=int(table["frames"]), **{name: table[name] for name in _ARRAYS})


def described(piece: Piece, cache: Path) -> tuple[list[Floats], NDArray[np.float64]]:
    """The features of a piece and of a stretch of it, and its signs of tonality."""
    found = heard(piece, cache)
    chroma = register_chroma(found, tuning(found))
    whole = chroma[: int(piece.modulation[0] * PITCH_FRAME_RATE)] if piece.modulation else chroma
    rng = np.random.default_rng(len(chroma))
    size = int(rng.integers(80, 200))
    first = int(rng.integers(0, max(1, len(whole) - size)))
    return [features(blocks(part)) for part in (whole, whole[first : first + size])], signs(found, chroma)


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
    """The features of the notes of a piece."""
    return features(roll(clip_notes(piece))[0])


def place(piece: Piece) -> int:
    """Where the true key stands among 24."""
    assert piece.key is not None
    return piece.key[0] + (12 if piece.key[1] == "minor" else 0)


def weight(piece: Piece) -> float:
    """How much a piece counts."""
    return 0.3 if piece.group in _SMALL else 1.0


def _fitted(seen: list[list[Floats]], whose: list[Piece]) -> Scorer:
    """Train on the train split (all views of a piece), heat by dev (its first view)."""
    rows = [
        (view, place(p), weight(p))
        for views, p in zip(seen, whose, strict=True)
        if p.split == "train"
        for view in views
    ]
    x, y, w = (np.stack([row[k] for row in rows]) for k in range(3))
    x, w = x.astype(np.float32), w.astype(np.float32)
    model = together([train(x, y, w, seed=seed) for seed in range(3)])
    dev = [(views[0], place(p)) for views, p in zip(seen, whose, strict=True) if p.split == "dev" and weight(p) == 1]
    logits = model.logits(np.stack([view for view, _ in dev]))
    truth = np.array([key for _, key in dev])
    print(f"dev: {np.mean(logits.argmax(axis=1) == truth):.3f} exact of {len(dev)}")
    return Scorer(**{**model.__dict__, "temperature": temperature(logits, truth)})


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


def main() -> None:
    """Render, train, write."""
    cache = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT / "bench-out" / "key-cache")
    cache.mkdir(parents=True, exist_ok=True)
    WEIGHTS.mkdir(exist_ok=True)
    whose = [piece for piece in pieces() if piece.split != "test"]
    with ProcessPoolExecutor(2) as pool:
        all_seen = list(pool.map(partial(described, cache=cache), whose, chunksize=16))
    keyed = [(views, piece) for (views, _), piece in zip(all_seen, whose, strict=True) if piece.key]
    _write(_fitted([views for views, _ in keyed], [piece for _, piece in keyed]), "key")
    clips = [piece for piece in note_pieces() if piece.split != "test"]
    _write(_fitted([[noted(piece)] for piece in clips], clips), "key_midi")
    train_rows = [(s, p.key is not None) for (_, s), p in zip(all_seen, whose, strict=True) if p.split == "train"]
    _write_tonal(np.stack([s for s, _ in train_rows]), np.array([tonal for _, tonal in train_rows]))


if __name__ == "__main__":
    main()
