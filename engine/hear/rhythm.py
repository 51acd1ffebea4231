"""Tempo, beats, bars and swing: heard once, each from what came before."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from engine.errors import InvalidValue
from engine.hear import beat_network, beats, beats_kernels, meter, steady, swing, tempo
from engine.hear.rhythm_result import Hints, Rhythm, Tempo, TempoChoice, TempoPoint
from engine.hear.sound import Samples
from engine.hear.spectrum import FINE_RATE, Spectra

Floats = NDArray[np.float64]

_SHORTEST = 1.2  # seconds; in less there are no two beats to compare
_UNSURE = 0.65  # probability of the tempo, and of a beat at the beats (noise: 0.58): below, weak onsets are none
_WEAK, _NONE = 2.1, 1.0  # dB by which the strongest fiftieth of all frames rises; noise reaches 1.9, music 2.3 and more
_ENOUGH = 6  # beats
_SPAN = 4  # beats over which a moving tempo is measured
_RATIOS = (1 / 4, 1 / 3, 1 / 2, 2 / 3, 3 / 4, 1.0, 4 / 3, 3 / 2, 2.0, 3.0, 4.0)
_SAME_RATIO = 0.03


def rhythm(spectra: Spectra, hints: Hints | None = None) -> Rhythm:
    """Hear the rhythm of a piece.

    Args:
        spectra: What to hear.
        hints: What was said about it beforehand.

    Returns:
        Everything about its time; without a beat, all is empty and the words say so.

    Raises:
        InvalidValue: the hinted tempo is not 20 to 999.
    """
    hints = hints or Hints()
    if hints.tempo is not None and not 20 <= hints.tempo <= 999:
        raise InvalidValue("tempo", hints.tempo, "20 to 999 BPM.")
    if spectra.sound.duration < _SHORTEST or spectra.rise.max() <= 0:
        return _none("too short to have a tempo" if spectra.sound.duration < _SHORTEST else "no beat to be heard")
    chance, downs, classes = beat_network.activations(spectra)
    scores = tempo.weighed(spectra.log_mel, chance, downs, classes)
    choices = tempo.peaks(tempo.hinted(scores, hints))
    found = beats.found(chance, choices[0][0])
    if len(found) < 3 or _beatless(spectra, min(choices[0][1], float(beat_network.near(chance, found).mean()))):
        return _none("no beat to be heard")
    return _told(spectra, found, (chance, downs), choices, _prior(scores, choices, hints))


def warm() -> None:
    """Compile what is compiled."""
    beats_kernels.warm()


def _told(
    spectra: Spectra,
    found: Floats,
    heard: tuple[Samples, Samples],
    choices: list[tuple[float, float]],
    prior: str,
) -> Rhythm:
    chance, downs = heard
    bpm, grid = choices[0][0], None
    if len(found) >= _ENOUGH:
        grid = steady.grid(spectra, found, chance)
        bpm = 60 / grid.period if grid else 60 * _SPAN / float(np.median(found[_SPAN:] - found[:-_SPAN]))
        found = grid.times if grid else found
    bpm = float(np.clip(bpm, tempo.LOWEST, tempo.HIGHEST))
    bars, metre = meter.bars(found, downs, spectra.rise, FINE_RATE, grid.loop if grid else 0)
    return Rhythm(
        tempo=_tempo(bpm, choices, found, grid is not None, prior),
        beats=[round(float(time), 4) for time in found],
        downbeats=[round(float(found[number]), 4) for number in bars],
        meter=metre,
        swing=swing.swing(found, spectra.rise, FINE_RATE),
        grid_offset=None if grid is None else round(grid.start, 4),
    )


def _tempo(bpm: float, choices: list[tuple[float, float]], found: Floats, keeps: bool, prior: str) -> Tempo:
    chosen = choices[0][0]
    candidates = [
        TempoChoice(bpm=round(bpm * _share(each / chosen), 2), confidence=round(share, 3)) for each, share in choices
    ]
    curve = [TempoPoint(time=round(float(found[0]), 3), bpm=round(float(bpm), 2))] if keeps else _curve(found)
    sure = candidates[0].confidence
    start = f"{bpm:.2f} BPM" if sure >= 0.5 else f"Probably {bpm:.2f} BPM"
    other = f", or {candidates[1].bpm:.2f}" if len(candidates) > 1 and candidates[1].confidence > 0.2 else ""
    return Tempo(
        bpm=round(float(bpm), 2),
        confidence=sure,
        candidates=candidates,
        steady=keeps,
        curve=curve,
        prior=prior,
        words=f"{start}{other}{'' if keeps else '; the tempo moves'}.",
    )


def _share(ratio: float) -> float:
    """What one tempo is of another: the ratio of small numbers where it is near, since tempi are weighed coarsely."""
    best = min(_RATIOS, key=lambda each: abs(ratio / each - 1))
    return best if abs(ratio / best - 1) < _SAME_RATIO else float(ratio)


def _curve(found: Floats) -> list[TempoPoint]:
    """The tempo over four beats, each four beats."""
    if len(found) < 5:
        return [TempoPoint(time=round(float(found[0]), 3), bpm=round(60 / float(np.diff(found).mean()), 2))]
    spans = found[4:] - found[:-4]
    return [
        TempoPoint(time=round(float(found[beat + 2]), 3), bpm=round(240 / float(spans[beat]), 2))
        for beat in range(0, len(spans), 4)
    ]


def _prior(scores: Floats, choices: list[tuple[float, float]], hints: Hints) -> str:
    """What the hints did."""
    said = tempo.hint_tempi(hints)
    if not said:
        return ""
    chosen = choices[0][0]
    alone = tempo.peaks(scores)[0][0]
    agree = [bpm for bpm in said if abs(np.log(chosen / bpm)) < 0.03]
    if not agree:
        return f"{' and '.join(f'{bpm:g}' for bpm in said)} BPM was said, but the audio says otherwise."
    if abs(np.log(alone / chosen)) < 0.03:
        return f"{agree[0]:g} BPM was said, and the audio agrees."
    return f"{agree[0]:g} BPM was said, which decided against {alone:.0f}."


def _beatless(spectra: Spectra, sure: float) -> bool:
    """Whether onsets are so weak that what repeats in them is chance: a drone, noise, a single hit."""
    strongest = float(np.quantile(spectra.rise[2:], 0.98))
    return strongest < _NONE or (strongest < _WEAK and sure < _UNSURE)


def _none(words: str) -> Rhythm:
    return Rhythm(tempo=Tempo(words=f"{words[0].upper()}{words[1:]}."))
