"""Which beats begin a bar, and how many make one."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.hear import beat_network
from engine.hear.rhythm_result import Meter
from engine.hear.sound import Samples

Floats = NDArray[np.float64]

METERS = {4: 0.80, 3: 0.12, 2: 0.02, 5: 0.03, 7: 0.03}
"""Beats in a bar, and how often music has them."""

_SLIP = 12.0  # nats that a bar of another length in between costs
_BEGINS = 5.0  # nats that the first beat is worth: pieces mostly begin with a bar
_LOOPED = 1000.0  # nats that both are worth in a loop: it always does, and no bar of it is cut
_TRIPLET = 1.25  # how much stronger thirds of a beat must be than halves for 6/8


def bars(beats: Floats, downs: Samples, onsets: Samples, rate: float, loop: int = 0) -> tuple[list[int], Meter]:
    """Find the bars.

    Args:
        beats: Seconds, ascending.
        downs: Probability of a down-beat in each frame, at `beat_network.RATE`.
        onsets: How much louder each frame is than before, at `rate` frames a second.
        rate: Frames a second of `onsets`.
        loop: Beats of a loop, which begins with a bar and holds whole ones; 0 for what is no loop.

    Returns:
        Numbers of the beats that begin a bar, and the meter.
    """
    if len(beats) < 2:
        return [], Meter()
    at = np.clip(np.round(beats * beat_network.RATE).astype(int), 0, len(downs) - 1)
    near = np.stack([downs[np.clip(at + shift, 0, len(downs) - 1)] for shift in (-1, 0, 1)]).max(axis=0)
    chance = np.clip(near, 0.01, 0.99).astype(np.float64)
    # Only how beats differ tells a bar: otherwise long bars would win by saying "down-beat" seldom.
    odds = np.log(chance) - np.log(1 - chance)
    yes, no = odds - odds.mean(), np.zeros(len(odds))
    scores, paths = {}, {}
    for length, usual in METERS.items():
        if len(beats) < length or loop % length:
            continue
        total, paths[length] = _placed(yes, no, length, *((_LOOPED, _LOOPED) if loop else (_BEGINS, _SLIP)))
        scores[length] = total + np.log(usual) * 2
    if not scores:
        return [0], Meter()
    best = max(scores, key=lambda length: scores[length])
    relative = np.array([scores[length] - scores[best] for length in scores]) / max(1, len(beats) / 16)
    confidence = float(1 / np.exp(np.clip(relative, -20, 0)).sum())
    if best == 2 and _thirds(beats, onsets, rate) > _TRIPLET:
        return paths[best], Meter(numerator=6, denominator=8, confidence=round(confidence, 3))
    if best == 2:  # two beats in a bar are told as four
        return paths.get(4, paths[2]), Meter(numerator=4, denominator=4, confidence=round(confidence, 3))
    return paths[best], Meter(numerator=best, denominator=4, confidence=round(confidence, 3))


def _placed(yes: Floats, no: Floats, length: int, begins: float, slip: float) -> tuple[float, list[int]]:
    """The best places of down-beats `length` beats apart; now and then a bar may be cut short or drawn out.

    Returns:
        The log likelihood, and numbers of the beats that begin a bar.
    """
    count = len(yes)
    score = np.full((count, length), -np.inf)
    came = np.zeros((count, length), int)
    for place in range(length):
        score[0, place] = yes[0] + begins if place == 0 else no[0]
    for beat in range(1, count):
        before = score[beat - 1]
        leap = int(np.argmax(before))
        for place in range(length):
            usual = (place - 1) % length
            came[beat, place] = usual if before[usual] >= before[leap] - slip else leap
            total = max(before[usual], before[leap] - slip)
            score[beat, place] = total + (yes[beat] if place == 0 else no[beat])
    place = int(np.argmax(score[-1]))
    total, places = float(score[-1, place]), []
    for beat in range(count - 1, -1, -1):
        if place == 0:
            places.append(beat)
        place = int(came[beat, place])
    return total, places[::-1]


def _thirds(beats: Floats, onsets: Samples, rate: float) -> float:
    """How much stronger onsets are at thirds of the beats than at their halves."""

    def strength(share: float) -> float:
        times = beats[:-1] + share * np.diff(beats)
        frames = np.clip(np.round(times * rate).astype(int), 1, len(onsets) - 2)
        return float(np.mean(np.stack([onsets[frames + shift] for shift in (-1, 0, 1)]).max(axis=0)))

    # A shuffle has the second third alone; six eighths have both.
    return min(strength(1 / 3), strength(2 / 3)) / max(strength(0.5), 1e-6)
