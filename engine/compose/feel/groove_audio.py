"""The groove of a recording: when its onsets come, against its own beats.

Runs in a worker that hears; nothing here is imported by the engine's own process. Onsets are looked for at 3 ms, finer
than beats need; where a beat is heard is the mean of many, so against it a few milliseconds count.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec
import numpy as np
from numpy.typing import NDArray

from engine.compose.checks import check_signature
from engine.compose.feel.groove_request import GrooveResult, check_grid
from engine.compose.feel.grooves import told
from engine.errors import EngineError
from engine.hear.load import load
from engine.hear.rhythm import rhythm
from engine.hear.rhythm_result import Hints, Rhythm
from engine.hear.sound import HEARING_RATE, Samples
from engine.hear.spectrum import Spectra, magnitudes
from engine.notes import beats_per_bar

__all__ = ["extract", "groove_of_file", "onsets"]

Floats = NDArray[np.float64]

MOST_SECONDS = 120.0
"""A groove is told by less than two minutes; what comes later is not heard."""

_WINDOW, _HOP = 512, 64
"""At 22,050 Hz: 23 ms every 2.9 ms."""

_RATE = HEARING_RATE / _HOP
_REACH = round(0.03 * _RATE)
"""Frames on either side among which an onset is the strongest."""

_FLOOR_DB = -60.0
_RISE = 3
_STRONG = 0.12
"""Share of the strongest onset's rise, above what is usual, from which on something is an onset."""

_FEWEST = 8
"""Onsets without which there is no groove to tell."""

_OCTAVES = (0.25, 0.5, 1.0, 2.0, 4.0)
_SAME_TEMPO = 0.04
"""Share by which the tempo of the Set and that of the recording may differ, octaves apart."""

_NEAR = 0.1
"""Beats from a beat within which an onset is on it."""


def extract(progress: Callable[[int, int, str], None], path: str, **asked: Any) -> Any:
    """The errand: hears a file's groove; see ``groove_of_file``.

    Args:
        progress: told how far it is.
        path: the file.
        asked: what else ``groove_of_file`` takes.
    """
    # JSON has no pairs.
    signature = tuple(asked.pop("signature", ())) or None
    return msgspec.to_builtins(groove_of_file(path, progress=progress, signature=signature, **asked))


def groove_of_file(
    path: str,
    *,
    grid: str = "auto",
    bars: int | None = None,
    start: float | None = None,
    end: float | None = None,
    tempo: float | None = None,
    signature: tuple[int, int] | None = None,
    name: str = "",
    progress: Callable[[int, int, str], None] = lambda _done, _total, _text: None,
) -> GrooveResult:
    """Hears the groove of a recording.

    Where its beats lie on the whole is not part of it: a groove is told against the beats as they are played.

    Args:
        path: of an audio file.
        grid: value of a step, or "auto".
        bars: after how many it goes round; None: told from what is heard.
        start: seconds into the file from where to hear; None: its beginning.
        end: seconds up to where; at most two minutes are heard.
        tempo: beats per minute of the Set: a prior, and the octave in which beats are told; None: not known.
        signature: numerator and denominator of the Set; None: as heard.
        name: for the groove.
        progress: told how far it is.

    Returns:
        The groove.

    Raises:
        InvalidValue: an argument is outside what is allowed.
        EngineError: the file cannot be heard, or has no beat or too few onsets.
    """
    check_grid(grid, bars)
    if signature:
        check_signature(*signature)
    first = start or 0.0
    progress(0, 3, "reading")
    sound = load(path, start, min(end if end is not None else first + MOST_SECONDS, first + MOST_SECONDS))
    progress(1, 3, "beats")
    heard = rhythm(Spectra(sound), Hints(tempo=tempo, name=sound.source.name))
    if len(heard.beats) < 4 or heard.tempo.bpm is None:
        raise EngineError("There is no beat in it to tell a groove by", "Use a part with a clear beat.")
    progress(2, 3, "onsets")
    times, velocities = onsets(sound.hearing)
    beats, as_heard = _beats(heard, tempo)
    own = (heard.meter.numerator, heard.meter.denominator)
    metre = signature or (own if as_heard else (4, 4))
    # Where eighths go in threes, what is heard as a beat is three of them.
    threes = 1.5 if as_heard and own[1] == metre[1] == 8 else 1.0
    downbeat = heard.downbeats[0] if heard.downbeats and as_heard and metre == own else None
    starts, inside = _in_beats(times, velocities, beats, downbeat, beats_per_bar(*metre) / threes)
    if len(starts) < _FEWEST:
        raise EngineError(
            "There is too little in it to tell a groove by", "Use a longer part, or one with more onsets."
        )
    result = told(starts * threes, velocities[inside], grid=grid, bars=bars, metre=metre, name=name)
    bpm = 60 / float(np.diff(beats).mean())
    words = f"Heard at {bpm:.2f} BPM in {metre[0]}/{metre[1]}, by {len(starts)} onsets."
    return msgspec.structs.replace(result, notices=[words, *result.notices])


def onsets(signal: Samples) -> tuple[Floats, Floats]:
    """When something begins, and how loud it is.

    Args:
        signal: mono at ``HEARING_RATE``, (n,).

    Returns:
        Seconds, ascending, and velocities 20..127 by loudness: the loudest 110 and 2.2 steps a decibel below it.
    """
    level = magnitudes(signal, _WINDOW, _HOP)
    level = np.maximum(20 * np.log10(np.maximum(level / max(float(level.max()), 1e-9), 1e-6)), _FLOOR_DB)
    rise = np.zeros(len(level))
    rise[_RISE:] = np.maximum(level[_RISE:] - level[:-_RISE], 0).mean(axis=1)
    if len(rise) < 2 * _REACH + 1:
        return np.zeros(0), np.zeros(0)
    around = np.lib.stride_tricks.sliding_window_view(np.pad(rise, _REACH), 2 * _REACH + 1)
    usual = np.median(around[:, ::2], axis=1)
    least = usual + _STRONG * np.quantile(rise, 0.995)
    peaks = np.flatnonzero((rise == around.max(axis=1)) & (rise > np.maximum(least, 1e-3)))
    peaks = peaks[(peaks > 0) & (peaks < len(rise) - 1)]
    # Between frames the top of a parabola through three of them.
    left, middle, right = rise[peaks - 1], rise[peaks], rise[peaks + 1]
    bend = left - 2 * middle + right
    shift = np.where(bend < 0, 0.5 * (left - right) / np.minimum(bend, -1e-9), 0.0)
    # The rise is over `_RISE` frames: it is steepest half of them before.
    times = (peaks + shift - _RISE / 2) / _RATE
    power = np.array([np.square(signal[at : at + _WINDOW * 2]).mean() for at in (peaks * _HOP).tolist()])
    loud = 10 * np.log10(np.maximum(power, 1e-12))
    top = np.quantile(loud, 0.95) if len(loud) else 0.0
    return np.asarray(times, dtype=np.float64), np.asarray(np.clip(110.0 + 2.2 * (loud - top), 20.0, 127.0))


def _beats(heard: Rhythm, tempo: float | None) -> tuple[Floats, bool]:
    """Its beats, in seconds, at the octave of the Set's tempo; and whether they are those that were heard."""
    beats = np.array(heard.beats)
    ratio = (heard.tempo.bpm or 1.0) / (tempo or heard.tempo.bpm or 1.0)
    octave = min(_OCTAVES, key=lambda each: abs(np.log2(ratio / each)))
    if octave == 1 or abs(ratio / octave - 1) > _SAME_TEMPO:
        return beats, True
    if octave > 1:
        first = int(np.argmin(np.abs(beats - heard.downbeats[0]))) if heard.downbeats else 0
        return beats[first % int(octave) :: int(octave)], False
    parts = round(1 / octave)
    return np.interp(np.arange((len(beats) - 1) * parts + 1) / parts, np.arange(len(beats)), beats), False


def _in_beats(
    times: Floats, velocities: Floats, beats: Floats, downbeat: float | None, in_bar: float
) -> tuple[Floats, NDArray[np.bool_]]:
    """Onsets in beats from a bar's beginning, without what lies outside of the beats; and which these are.

    Where the bars are not known, they begin with the loudest beats.
    """
    period = np.diff(beats).mean()
    # Half a beat before the first and after the last still belongs to them.
    beats = np.concatenate([[beats[0] - period], beats, [beats[-1] + period]])
    inside = (times > beats[0] + period / 2) & (times < beats[-1] - period / 2)
    places = np.interp(times[inside], beats, np.arange(len(beats)))
    off = places - np.round(places)
    on = np.abs(off) < _NEAR
    places -= np.median(off[on]) if on.any() else 0.0
    if downbeat is not None:
        return places - int(np.argmin(np.abs(beats - downbeat))), inside
    bar = max(1, round(in_bar))
    number = np.mod(np.round(places[on]).astype(np.int64), bar)
    loud = np.bincount(number, 10 ** (velocities[inside][on] / 44.0), minlength=bar)
    return places - int(loud.argmax()), inside
