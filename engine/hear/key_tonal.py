"""Whether there is a key to hear at all: held, tuned, repeated notes, or drums, hiss and speech."""

from __future__ import annotations

import json
from functools import lru_cache
from importlib.resources import files

import numpy as np
from numpy.typing import NDArray

from engine.hear.chroma import Partials
from engine.hear.key_features import blocks

Floats = NDArray[np.float32]

SIGNS = (
    "share of sounding frames that hold a clear partial",
    "partials in a frame",
    "clarity",
    "agreement of the tuning",
    "partials that go on into the next frame",
    "evenness of the chroma in a block",
    "evenness of the chroma in all",
    "likeness of a block to the next",
    "likeness of a block to the whole",
    "share of the bass",
    "share of the strongest pitch class",
    "agreement of the tuning above the bass",
    "wandering of the pitch that goes on",
)
"""What is measured, in the order of `signs`."""


def signs(found: Partials, chroma: Floats) -> NDArray[np.float64]:
    """Measure what tells notes from noise.

    Args:
        found: The partials.
        chroma: Register chroma, shape (frames, REGISTERS, 12).

    Returns:
        Shape (len(SIGNS),), all finite.
    """
    sounding = max(int(np.count_nonzero(found.level > max(1e-4, 0.01 * float(found.level.max())))), 1)
    if len(found.frame) == 0:
        return np.zeros(len(SIGNS))
    clear = found.clarity > 0.6
    held, wander = _continued(found)
    weight = np.sqrt(found.magnitude) * found.clarity
    parts = blocks(chroma)
    whole = parts.sum(axis=1)
    norm = np.linalg.norm(whole, axis=1)
    unit = whole[norm > 0] / norm[norm > 0, None]
    if len(unit) == 0:
        return np.zeros(len(SIGNS))
    mean = unit.mean(axis=0)
    registers = chroma.sum(axis=(0, 2))
    high = found.pitch > 55
    return np.array(
        [
            len(np.unique(found.frame[clear])) / sounding,
            np.log1p(len(found.frame) / sounding),
            np.average(found.clarity, weights=weight + 1e-9),
            _agreement(found.pitch, weight),
            held,
            np.mean([_evenness(row) for row in unit]),
            _evenness(mean),
            float(np.mean(np.sum(unit[1:] * unit[:-1], axis=1))) if len(unit) > 1 else 0.5,
            float(np.linalg.norm(mean)),
            registers[0] / registers.sum(),
            mean.max() / mean.sum(),
            _agreement(found.pitch[high], weight[high]),
            wander,
        ],
        dtype=np.float64,
    )


def _agreement(pitch: Floats, weight: Floats) -> float:
    total = float(weight.sum())
    return float(abs(np.sum(weight * np.exp(2j * np.pi * pitch)))) / total if total > 0 else 0.0


def _evenness(row: Floats) -> float:
    """Entropy of a chroma, 0 (one pitch class) to 1 (all alike)."""
    share = row / max(float(row.sum()), 1e-12)
    return float(-np.sum(share * np.log(np.maximum(share, 1e-12))) / np.log(12))


def _continued(found: Partials) -> tuple[float, float]:
    """Share of clear partials with another within a third of a semitone one frame on, and how far off those are."""
    order = np.argsort(found.frame + (found.pitch - 20) / 128, kind="stable")
    at = (found.frame + (found.pitch.astype(np.float64) - 20) / 128)[order]
    weight = (np.sqrt(found.magnitude) * found.clarity)[order].astype(np.float64)
    place = np.clip(np.searchsorted(at, at + 1), 1, len(at) - 1) if len(at) > 1 else np.zeros(len(at), int)
    gap = np.minimum(np.abs(at[place] - at - 1), np.abs(at[place - 1] - at - 1)) * 128
    goes_on = gap < 1 / 3
    share = float(np.sum(weight * goes_on) / max(weight.sum(), 1e-12))
    still = weight * goes_on
    return share, float(np.sum(still * gap) / max(still.sum(), 1e-12)) if goes_on.any() else 1 / 3


@lru_cache(1)
def _weights() -> dict[str, list[float]]:
    held: dict[str, list[float]] = json.loads(files("engine.hear").joinpath("weights", "key_tonal.json").read_text())
    return held


def tonalness(measured: NDArray[np.float64]) -> float:
    """How likely it is that there are notes enough for a key, 0..1 (logistic regression on the signs)."""
    table = _weights()
    x = (measured - np.array(table["mean"])) / np.array(table["scale"])
    x = np.clip(x, -4, 4)
    return float(1 / (1 + np.exp(-(x @ np.array(table["weights"]) + table["bias"][0]))))
