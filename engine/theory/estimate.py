"""Which key a handful of notes is in.

The Krumhansl-Schmuckler method: correlate how long each pitch class sounds with how well
listeners said each one fits a key. Profiles: Krumhansl and Kessler's probe-tone ratings
(C. L. Krumhansl, Cognitive Foundations of Musical Pitch, 1990), the numbers music21 uses
under ``KrumhanslSchmuckler``.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from engine.errors import InvalidValue
from engine.theory.key import Key, usual_key

__all__ = ["estimate_key"]

_MAJOR = (6.35, 2.23, 3.48, 2.33, 4.38, 4.09, 2.52, 5.19, 2.39, 3.66, 2.29, 2.88)
_MINOR = (6.33, 2.68, 3.52, 5.38, 2.60, 3.53, 2.54, 4.75, 3.98, 2.69, 3.34, 3.17)

# Correlations are compared on this scale: a lead of 0.1 over another key makes it e^1 times less likely.
_TEMPERATURE = 0.1


def estimate_key(pitch_class_weights: Sequence[float]) -> tuple[Key, float, Key]:
    """Finds the major or minor key that fits a pitch-class histogram best.

    Args:
        pitch_class_weights: 12 numbers of 0 or more, C first: how long (in beats) or how
            often each pitch class sounds. At least one above 0.

    Returns:
        The best key; a confidence 0..1, its share of the likelihood spread over all 24
        keys (1/24 when every key fits alike, near 1 for a plain scale with a strong
        tonic); and the second-best key.

    Raises:
        InvalidValue: field "pitch_classes", for anything but 12 finite weights with sound in them.
    """
    weights = [float(weight) for weight in pitch_class_weights]
    if len(weights) != 12:
        raise InvalidValue("pitch_classes", weights, "Give 12 weights, one for each pitch class from C to B.")
    if any(not math.isfinite(weight) or weight < 0 for weight in weights) or not any(weights):
        raise InvalidValue("pitch_classes", weights, "Weights are 0 or above, and at least one is above 0.")
    scores = {
        (tonic, mode): _correlation(weights[tonic:] + weights[:tonic], profile)
        for mode, profile in (("major", _MAJOR), ("minor", _MINOR))
        for tonic in range(12)
    }
    ranked = sorted(scores, key=lambda place: -scores[place])
    best = scores[ranked[0]]
    likelihood = [math.exp((score - best) / _TEMPERATURE) for score in scores.values()]
    first, second = (usual_key(*place) for place in ranked[:2])
    return first, 1.0 / sum(likelihood), second


def _correlation(weights: Sequence[float], profile: Sequence[float]) -> float:
    mean_w, mean_p = sum(weights) / 12, sum(profile) / 12
    above_w = [weight - mean_w for weight in weights]
    above_p = [rating - mean_p for rating in profile]
    size = math.sqrt(sum(w * w for w in above_w) * sum(p * p for p in above_p))
    # All twelve alike: nothing points anywhere.
    return sum(w * p for w, p in zip(above_w, above_p, strict=True)) / size if size > 1e-12 else 0.0
