"""What was learnt, in words a producer reads, and how far it may be trusted, in figures."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

import presets
from engine.taste.learner import Learner
from engine.taste.music import MOMENT, RECIPE
from engine.taste.process import Process, Ratings
from engine.taste.told import Liking, Trust

__all__ = ["distribution", "forward", "likings", "trust"]

Numbers = NDArray[np.float64]

_SURE = 1.3
"""Deviations from nothing a weight must lie before anything is said of it."""

_MOMENTS = {
    "family_floor": ("", "in house and techno"),
    "family_breaks": ("", "in drum and bass and breaks"),
    "family_hip_hop": ("", "in hip-hop"),
    "family_latin": ("", "in reggaeton and afrobeats"),
    "family_band": ("", "in jazz, funk and pop"),
    "family_ambient": ("", "in ambient"),
    "tempo": ("under 100 BPM", "above 120 BPM"),
    "mode": ("in minor", "in major"),
    "energy": ("when energy is low", "when energy is high"),
    "hour_cosine": ("by day", "by night"),
    "section": ("in quiet sections", "in loud sections"),
    "role_pitch": ("for bass and drums", "for melodies"),
    "role_rhythm": ("for what has tones", "for drums"),
}
"""What little and much of a number of the moment are called; numbers without words are passed over."""


_NOUNS = {"bass": "basses", "drums": "drums", "melody": "melodies", "chords": "chords", "arp": "arpeggios"}


def likings(learner: Learner, role: str = "", most: int = 5) -> list[Liking]:
    """Returns what ratings hang on most, as far as it is sure, strongest first.

    A number of the recipe that counts in some moments only is told for those, where that is what ratings say.

    Args:
        learner: of moments and recipes of music (16 and 8 numbers).
        role: whose music is meant, for the words ("bass"); "" for any.
        most: how many at most.
    """
    found: list[Liking] = []
    for index, name in enumerate(RECIPE):
        alone = {learner.joint.arm_weight(index)[0]: learner.joint.arm_weight(index)[1]}
        found.append(_liking(learner, name, ("", ""), alone, role))
        for other, told in enumerate(MOMENT):
            place, scale = learner.joint.product_weight(index, other)
            if told not in _MOMENTS or not _sure(*_effect(learner, {place: scale})):
                continue
            ends = zip((-1, 1), _MOMENTS[told], strict=True)
            found += [
                _liking(learner, name, (told, where), alone | {place: end * scale}, role)
                for end, where in ends
                if where
            ]
    sure = sorted((one for one in found if _sure(one.stars, one.deviation)), key=lambda one: -abs(one.stars))
    # Of one number and one part of the moment the stronger end is told: the other one follows from it.
    return list({one.name: one for one in reversed(sure)}.values())[::-1][:most]


def _sure(stars: float, deviation: float) -> bool:
    return abs(stars) > _SURE * deviation


def _effect(learner: Learner, parts: dict[int, float]) -> tuple[float, float]:
    """Stars of a sum of weights, and the deviation of that."""
    places, scales = list(parts), np.array(list(parts.values()))
    covariance = learner.posterior.covariance[np.ix_(places, places)]
    return float(scales @ learner.posterior.mean[places]), float(np.sqrt(max(scales @ covariance @ scales, 0)))


def _liking(learner: Learner, name: str, moment: tuple[str, str], parts: dict[int, float], role: str) -> Liking:
    """A liking, put the way round in which it is a preference."""
    stars, deviation = _effect(learner, parts)
    adjective = presets.load("taste/recipe")["words"][name][int(stars > 0)]
    words = " ".join(["You prefer", adjective, _NOUNS.get(role, "parts"), moment[1]]).strip()
    return Liking(f"{name}*{moment[0]}" if moment[0] else name, stars, deviation, f"{words}.")


def forward(ratings: Ratings, first: int = 10, step: int = 5) -> Numbers:
    """Predicts each rating from those before it alone.

    Args:
        ratings: in the order they came.
        first: ratings that are read before the first prediction.
        step: ratings after which it is read anew.

    Returns:
        Stars, 1..5, of every rating but the first ones.
    """
    total = len(ratings.stars)
    said: list[float] = []
    for begin in range(first, total, step):
        read = Process(ratings.first(begin))
        for place in range(begin, min(begin + step, total)):
            one = slice(place, place + 1)
            said.append(float(read.predict(ratings.contexts[place], ratings.arms[one], ratings.suits[one])[0][0]))
    return np.clip(np.array(said, dtype=np.float64), 1.0, 5.0)


def trust(ratings: Ratings, first: int = 10, step: int = 5) -> Trust | None:
    """Returns how far what was learnt may be trusted, by ``forward``; None where there are not enough ratings."""
    if len(ratings.stars) <= first:
        return None
    said, true = forward(ratings, first, step), ratings.stars[first:]
    so_far = np.cumsum(ratings.stars)[first - 1 : -1] / np.arange(first, len(ratings.stars))
    return Trust(
        count=len(true),
        mse=float(((said - true) ** 2).mean()),
        mae=float(np.abs(said - true).mean()),
        rank=_spearman(said, true),
        plain=float(((so_far - true) ** 2).mean()),
    )


def distribution(stars: Sequence[float]) -> list[int]:
    """Returns how many ratings lie nearest to one star, two and so on to five."""
    nearest = np.clip(np.rint(np.asarray(stars, dtype=np.float64)), 1, 5).astype(np.int64)
    return [int(count) for count in np.bincount(nearest, minlength=6)[1:]]


def _ranks(values: Numbers) -> Numbers:
    """Places in order, those of equal values shared."""
    _, places, counts = np.unique(values, return_inverse=True, return_counts=True)
    ends = np.cumsum(counts)
    return np.asarray((ends - (counts - 1) / 2)[places], dtype=np.float64)


def _spearman(some: Numbers, others: Numbers) -> float | None:
    one, two = _ranks(some), _ranks(others)
    if len(one) < 2 or np.ptp(one) == 0 or np.ptp(two) == 0:
        return None
    return float(np.corrcoef(one, two)[0, 1])
