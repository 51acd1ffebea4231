"""How complex a rhythm is: syncopation and density on the grid of sixteenths.

Syncopation after H. C. Longuet-Higgins & C. S. Lee (Music Perception 1, 1984): a stroke on a weak place counts as much
as the next stronger place, left empty, outweighs it. As in M. Witek et al. (PLoS ONE 9, 2014) it is heard by voices,
low, middle and high: the stronger place is filled if the voice itself or a lower one sounds there, so that off-beat
hats over a kick on every beat are no syncopation. Strokes on a beat never count: a backbeat is no surprise.
"""

from __future__ import annotations

from itertools import pairwise

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidValue
from engine.hear.spectrum import FINE_RATE, Spectra
from engine.hear.structure_bars import Beaten
from engine.notes import Clip

TICKS = 4
"""Places in a beat: sixteenths."""

_VOICES = ((0, 3), (3, 44), (44, 64))  # mel bands: below 200 Hz, to 3.8 kHz, above
_CLEAR = 0.35  # a stroke has at least this share of its voice's strong strokes
_RISE_DB = 3.0  # steady noise rises less by chance
_STRONG_DB = 6.0  # a voice whose strong strokes rise less has none
_FULL = 6.0  # syncopation of a bar of 4/4 that reads 1 - 1/e
_LOW, _HIGH = 36, 60  # MIDI: kick drums and below; above, the high voice
_SYNCOPATION, _DENSITY = 0.75, 0.25


class Complexity(msgspec.Struct, frozen=True, kw_only=True):
    """How complex a rhythm is.

    Attributes:
        complexity: 0 (nothing, or plain) to 1: three parts syncopation and one part density. A straight
            four-on-the-floor reads below 0.2, syncopated funk above 0.4. None without beats.
        syncopation: 0 (everything on strong places) to 1, of all voices; None without beats.
        density: Share 0..1 of the sixteenths on which something sounds; None without beats.
        onsets_per_beat: Places of a beat on which something sounds, 0..4; None without beats.
    """

    complexity: float | None
    syncopation: float | None
    density: float | None
    onsets_per_beat: float | None


_NOTHING = Complexity(complexity=None, syncopation=None, density=None, onsets_per_beat=None)


def complexity(spectra: Spectra, rhythm: Beaten) -> Complexity:
    """Measure a recording.

    Args:
        spectra: Its shared spectra.
        rhythm: Its beats and downbeats.
    """
    beats = np.array(rhythm.beats)
    if beats.size < 4:
        return _NOTHING
    strokes = np.stack([_strokes(_voice(spectra, *bands), beats) for bands in _VOICES])
    downbeats = np.array(rhythm.downbeats)
    starts = np.unique(np.abs(beats[:, None] - downbeats).argmin(axis=0)) if downbeats.size else np.array([0])
    return _judged(strokes, _weights(beats.size - 1, starts))


def clip_complexity(clip: Clip) -> Complexity:
    """Measure a MIDI clip.

    Notes sound at the nearest sixteenth as loud as their velocity; up to C1 (kick drums) is the low voice, up to
    C3 the middle one.

    Args:
        clip: Its notes; muted ones are left out.

    Raises:
        InvalidValue: for a length of zero or below, or a time signature that Live does not know.
    """
    if clip.length <= 0:
        raise InvalidValue("length", clip.length, "A clip needs a length above 0 beats.")
    bar = clip.beats_per_bar
    count = max(1, round(clip.length * TICKS))
    strokes = np.zeros((len(_VOICES), count))
    for note in clip.notes:
        place = round(note.start_time * TICKS)
        if not note.mute and 0 <= place < count:
            voice = 0 if note.pitch <= _LOW else 1 if note.pitch <= _HIGH else 2
            strokes[voice, place] = max(strokes[voice, place], note.velocity / 127)
    if not strokes.any():
        return _NOTHING
    strokes /= strokes.max()
    beats = -(-count // TICKS)
    starts = np.unique(np.round(np.arange(0, beats, max(1.0, bar))).astype(int))
    return _judged(strokes, _weights(beats, starts)[:count])


def _voice(spectra: Spectra, first: int, last: int) -> NDArray[np.float32]:
    """How much the level of some mel bands together rises, dB a frame, shape (frames,)."""
    energy = spectra.mel[:, first:last].sum(axis=1)
    floor = max(1e-6 * float(energy.max()), 1e-30)
    level = 10 * np.log10(np.maximum(energy, floor))
    before = np.concatenate([np.full(2, 10 * np.log10(floor), np.float32), level])[: level.size]
    rise = np.maximum(level - before - np.float32(_RISE_DB), 0)  # the time before the sound is silence
    # A voice that is masked by the others is not heard: weigh it by how much of its bands' range it uses.
    loudest = max(float(spectra.mel.max()), 1e-30)
    return np.where(energy > 1e-5 * loudest, rise, 0)


def _strokes(rise: NDArray[np.float32], beats: NDArray[np.float64]) -> NDArray[np.float64]:
    """Strength 0..1 of the strokes at each sixteenth from the first beat to the last."""
    places = np.interp(np.arange((beats.size - 1) * TICKS) / TICKS, np.arange(beats.size), beats)
    edges = np.concatenate([places[:1], (places[1:] + places[:-1]) / 2, beats[-1:]])
    # A stroke shows in the frames around it: the rise ends up to a window's half behind it.
    frames = np.clip(np.round((edges + 0.012) * FINE_RATE).astype(int), 0, max(0, rise.size - 1))
    peaks = np.array([rise[a : max(a + 1, b)].max(initial=0) for a, b in pairwise(frames)])
    strong = float(np.percentile(peaks[peaks > 0], 80)) if (peaks > 0).any() else 0.0
    if strong < _STRONG_DB:
        return np.zeros(peaks.size)
    strength = np.minimum(peaks / strong, 1)
    # The edge between two places cuts through slow attacks: the lesser neighbour of a stroke is its flank.
    flank = (strength < 0.5 * np.roll(strength, 1)) | (strength < 0.5 * np.roll(strength, -1))
    return np.where((strength < _CLEAR) | (flank & (strength < 2 * _CLEAR)), 0, strength)


def _weights(beats: int, starts: NDArray[np.int64]) -> NDArray[np.float64]:
    """Metric weight of every sixteenth: 0 for a bar's first, -1 its middle, -2 beats, -3 eighths, -4 sixteenths."""
    weights = np.full(beats * TICKS, -4.0)
    weights[2::TICKS] = -3
    weights[::TICKS] = -2
    ends = np.append(starts[1:], starts[-1] + (starts[1] - starts[0] if starts.size > 1 else 4))
    for start, end in zip(starts, ends, strict=True):
        middle = start + (end - start) // 2
        if (end - start) % 2 == 0 and middle < beats:
            weights[middle * TICKS] = -1
        if start < beats:
            weights[start * TICKS] = 0
    return weights


def _judged(strokes: NDArray[np.float64], weights: NDArray[np.float64]) -> Complexity:
    filled = np.maximum.accumulate(strokes, axis=0)  # the voice itself or a lower one
    # A stroke that several voices hear is one stroke.
    surprise = np.max([_surprise(own, whole, weights) for own, whole in zip(strokes, filled, strict=True)], axis=0)
    bars = max(1.0, weights.size / (4 * TICKS))
    syncopation = float(1 - np.exp(-surprise.sum() / bars / _FULL))
    density = float((strokes.max(axis=0) > 0).mean())
    return Complexity(
        complexity=round(_SYNCOPATION * syncopation + _DENSITY * density, 3),
        syncopation=round(syncopation, 3),
        density=round(density, 3),
        onsets_per_beat=round(density * TICKS, 2),
    )


def _surprise(
    own: NDArray[np.float64], filled: NDArray[np.float64], weights: NDArray[np.float64]
) -> NDArray[np.float64]:
    """How much each stroke of a voice is outweighed by the strongest empty place before the next, shape (places,)."""
    surprise = np.zeros(own.size)
    places = np.flatnonzero(own > 0)
    ends = np.append(places, own.size)[1:]
    for place, end in zip(places, ends, strict=True):
        if weights[place] >= -2:
            continue
        # What follows more than a beat later is not felt as late.
        after = slice(place + 1, min(end, place + 1 + TICKS))
        felt = (weights[after] - weights[place]) * (1 - filled[after])
        surprise[place] = own[place] * max(0.0, felt.max(initial=0))
    return surprise
