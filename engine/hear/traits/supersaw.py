"""Supersaw: how many saws play one note, and how far apart.

Detuned voices are a fixed number of cents apart, so their partials lie further apart in Hz the higher they are. The
spectrum of the whole note is laid on a scale of cents around each partial; what the partials have in common, weighed by
how finely each can be seen, shows one peak for each voice. Works on one isolated note of half a second or more.
"""

from __future__ import annotations

import msgspec
import numpy as np
import scipy.fft

from engine.hear.sound import HEARING_RATE
from engine.hear.spectrum import Spectra
from engine.hear.traits.grid import Grid

SHORTEST, LONGEST = 0.5, 15.0
"""Seconds: what is shorter cannot be resolved, what is longer is not one note."""

_MOST = 1 << 17  # samples of the note that are looked at: 5.9 s
_TOP = 10_300.0  # Hz
_REACH = 60.0  # cents to each side of a partial that are looked at
_STEP = 0.1  # cents
_LEAST_SHARE = 0.75  # of the power that must lie at the partials of one note
_HEIGHT = 0.22  # of the highest peak that a voice must reach
_DIP = 0.8  # the valley between two voices is below this share of the lower one


class Supersaw(msgspec.Struct, frozen=True, kw_only=True):
    """Voices of one note.

    Attributes:
        probability: 0 to 1, that several detuned voices play; None when it is not one isolated note.
        voices: How many, 1 to 16; None as above.
        detune_cents: From the lowest to the highest voice, 0 to 120; None as above.
        pitch_hz: Middle of the voices; None as above.
        evidence: The same in words.
    """

    probability: float | None
    voices: int | None = None
    detune_cents: float | None = None
    pitch_hz: float | None = None
    evidence: str


def supersaw(spectra: Spectra) -> Supersaw:
    """Count the voices of an isolated note.

    Args:
        spectra: The sound.
    """
    if not SHORTEST <= spectra.sound.duration <= LONGEST:
        return Supersaw(probability=None, evidence="Voices are counted on one isolated note of 0.5 to 15 seconds.")
    power = _whole(spectra)
    if power is None:
        return Supersaw(probability=None, evidence="There is no note of half a second in it.")
    pitch = _pitch(power)
    if pitch is None:
        return Supersaw(probability=None, evidence="It is not one note.")
    profile, width = _profile(power, pitch)
    found = _peaks(profile, width)
    spread = float(found[-1] - found[0])
    voices = _count(found, spread)
    sure = round(float(np.clip((spread / max(width, 0.3) - 0.5) / 3, 0.02, 0.98)), 3) if voices > 1 else 0.02
    middle = pitch * 2 ** (float(found[0] + found[-1]) / 2400)
    words = f"{voices} voices over {spread:.1f} cents." if voices > 1 else "One voice."
    return Supersaw(
        probability=sure, voices=voices, detune_cents=round(spread, 1), pitch_hz=round(middle, 3), evidence=words
    )


class _Whole(msgspec.Struct, frozen=True):
    """Power spectrum of the note, Hz from bin to bin, and Hz within which two lines are one."""

    power: np.ndarray
    step: float
    blur: float

    def at(self, hz: Grid) -> Grid:
        """Power at some frequencies, between bins on a line; 0 beyond the top."""
        place = np.minimum(hz / self.step, len(self.power) - 2)
        low = place.astype(np.int64)
        part = place - low
        return np.asarray(self.power[low] * (1 - part) + self.power[low + 1] * part)


def _whole(spectra: Spectra) -> _Whole | None:
    """The spectrum of the loud part of the note; None when that is shorter than `SHORTEST`."""
    sound = spectra.sound.hearing
    level = np.sqrt(np.square(spectra.fine).sum(axis=1))
    loud = np.flatnonzero(level > 0.1 * level.max()) if level.max() > 1e-5 else np.empty(0, int)
    if not len(loud):
        return None
    first = int(loud[0] * 256 + 0.03 * HEARING_RATE)
    note = sound[first : min(int(loud[-1] * 256), first + _MOST)]
    if len(note) < SHORTEST * HEARING_RATE * 0.85:
        return None
    size = scipy.fft.next_fast_len(4 * len(note), real=True)
    power = np.square(np.abs(scipy.fft.rfft(note * np.hanning(len(note)).astype(np.float32), size)))
    return _Whole(power.astype(np.float64), HEARING_RATE / size, 1.44 * HEARING_RATE / len(note))


def _pitch(whole: _Whole) -> float | None:
    """Frequency of the one note; None when much of the power lies elsewhere."""
    # Power in cells of 10 cents from 30 Hz on: wide enough for any stack of voices.
    edges = 30 * 2 ** (np.arange(0, 10 * 848) / 1200 * 1.0)[::10]
    total = np.concatenate([[0], np.cumsum(whole.power)])
    cells = np.diff(np.interp(edges / whole.step, np.arange(len(total)), total))
    smooth = np.sqrt(np.convolve(cells, np.hanning(9), "same"))
    candidates = np.arange(50, 640)  # 40 Hz to 1.2 kHz
    score = np.zeros(len(candidates))
    for partial in range(1, 13):
        on = np.round(candidates + 120 * np.log2(partial)).astype(int)
        off = np.round(candidates + 120 * np.log2(partial - 0.5)).astype(int)
        inside = (on < len(smooth)) & (off >= 0)
        gain = smooth[np.minimum(on, len(smooth) - 1)] - smooth[np.clip(off, 0, len(smooth) - 1)]
        score += np.where(inside, gain, 0) / np.sqrt(partial)
    pitch = float(30 * 2 ** ((candidates[np.argmax(score)] + 0.5) / 120))
    pitch *= 2 ** (_centre(whole, pitch) / 1200)
    near = np.arange(1, int(_TOP / pitch) + 1) * pitch
    width = np.minimum(2 ** (_REACH / 1200) - 1, 0.3 / np.arange(1, len(near) + 1)) * near
    held = np.interp((near + width) / whole.step, np.arange(len(total)), total)
    held -= np.interp((near - width) / whole.step, np.arange(len(total)), total)
    everything = total[min(len(total) - 1, int(_TOP / whole.step))] - total[int(25 / whole.step)]
    return pitch if held.sum() > _LEAST_SHARE * everything > 0 else None


def _cents() -> Grid:
    return np.arange(-_REACH, _REACH + _STEP / 2, _STEP)


def _centre(whole: _Whole, pitch: float) -> float:
    """Cents from a rough pitch to the middle of the power around its first partials."""
    offsets = []
    for partial in range(1, 7):
        power = whole.at(partial * pitch * 2 ** (_cents() / 1200))
        offsets.append(float((power * _cents()).sum() / max(float(power.sum()), 1e-20)))
    return float(np.median(offsets))


def _profile(whole: _Whole, pitch: float) -> tuple[Grid, float]:
    """What the partials have in common, over cents around the pitch, and how many cents blur it."""
    count = int(_TOP / pitch)
    rough = _common(whole, pitch, np.arange(1.0, min(count, 8) + 1))
    held = np.cumsum(rough) / rough.sum()
    half = float(np.abs(np.interp([0.01, 0.99], held, _cents())).max())
    # Above this partial, the voices of neighbours would meet.
    top = int(np.clip(0.45 / (2 ** ((half + 2) / 1200) - 1), 6, count)) if count > 6 else count
    partials = np.arange(max(1.0, top // 3), top + 1)
    blur = whole.blur / (pitch * partials) * 1731
    return _common(whole, pitch, partials), float(np.median(blur))


def _common(whole: _Whole, pitch: float, partials: Grid) -> Grid:
    """Mean of the shapes of some partials, each with the sum 1, the finely seen ones counting more."""
    cents = _cents()
    total = np.zeros(len(cents))
    for partial in partials:
        power = whole.at(partial * pitch * 2 ** (cents / 1200))
        power *= np.abs(cents) < 0.5 / partial * 1731
        total += float(partial) * power / max(float(power.sum()), 1e-20)
    return total / max(float(total.sum()), 1e-20)


def _peaks(profile: Grid, width: float) -> Grid:
    """Cents of the peaks, ascending, at least one."""
    grain = max(3, round(0.5 * width / _STEP))
    smooth = np.convolve(profile, np.hanning(2 * grain + 1) / grain, "same")
    inner = np.flatnonzero((smooth[1:-1] > smooth[:-2]) & (smooth[1:-1] >= smooth[2:])) + 1
    tall = [int(each) for each in inner if smooth[each] > _HEIGHT * smooth.max()]
    kept: list[int] = []
    for each in tall:
        if kept and smooth[kept[-1] : each].min() > _DIP * min(smooth[kept[-1]], smooth[each]):
            if smooth[each] > smooth[kept[-1]]:
                kept[-1] = each
            continue
        kept.append(each)
    return _cents()[kept or [int(np.argmax(smooth))]]


def _count(found: Grid, spread: float) -> int:
    """Voices of evenly spread peaks: a gap twice as wide as the others hides one."""
    if len(found) < 3:
        return len(found)
    gap = float(np.median(np.diff(found)))
    return int(min(16, max(len(found), round(spread / gap) + 1)))
