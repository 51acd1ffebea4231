"""What the user tends to set right about what was heard: half and double tempi, relative and parallel keys.

A tally of readings: by the band of the tempo that was heard (as heard, half, double), and by the mode of the key that
was heard (as heard, relative, parallel). Before the first correction "as heard" counts as several times right (a
Dirichlet prior; Bishop, Pattern Recognition and Machine Learning, 2006, section 2.2.1), so nothing is expected to be
wrong. Hearing knows no genre; the band of the tempo stands for it, and each taste profile has habits of its own.
Where hearing is in two minds, the share of a reading in the tally times its own confidence decides between the two;
what is clear by ear is never touched.

Nothing heavy is imported: the engine reads results from its memory with this.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from typing import Literal

import msgspec

import presets
from engine import typed
from engine.errors import InvalidValue
from engine.theory.keys import Key, parallel, parse_key, relative

__all__ = ["Corrected", "Habit", "Habits", "Lean", "What", "habits_of", "lean_key", "lean_tempo", "told"]

What = Literal["tempo", "key"]
"""What can be set right."""

_OCTAVES = {"half": 0.5, "double": 2.0}
_KIN = {"relative": relative, "parallel": parallel}
_SAME = "same"


class _Settings(msgspec.Struct, frozen=True):
    """See ``presets/schema/taste_corrections.schema.json``."""

    bands: tuple[float, ...]
    near: float
    close: float
    as_heard: float
    otherwise: float


class Corrected(msgspec.Struct, frozen=True):
    """One thing that was set right.

    Attributes:
        what: "tempo" or "key".
        heard: BPM, or the name of a major or minor key.
        said: likewise; the same as was heard says that this was right.
    """

    what: str
    heard: str
    said: str


class Habits(msgspec.Struct, frozen=True):
    """How often which reading was said instead of the one that was heard.

    Attributes:
        tempo: by band ("160-200") and reading: "same", "half", "double".
        key: by mode that was heard ("major", "minor") and reading: "same", "relative", "parallel".
    """

    tempo: dict[str, dict[str, int]] = {}
    key: dict[str, dict[str, int]] = {}

    def __bool__(self) -> bool:
        """Whether anything was ever set right."""
        return bool(self.tempo or self.key)


class Lean(msgspec.Struct, frozen=True):
    """A reading that goes before the one that was heard first.

    Attributes:
        place: of the candidate.
        times: how often it was said so.
        words: why, as the end of a sentence.
    """

    place: int
    times: int
    words: str


class Habit(msgspec.Struct, frozen=True):
    """One count of the tally, for people.

    Attributes:
        what: of what was heard. where: the band in BPM, or the mode that was heard.
        reading: "same", "half", "double", "relative" or "parallel". times: how often.
        words: one sentence.
    """

    what: What
    where: str
    reading: str
    times: int
    words: str


@cache
def _settings() -> _Settings:
    return typed.convert(presets.load("taste/corrections"), _Settings)


def habits_of(corrections: Iterable[Corrected]) -> Habits:
    """Counts corrections; those that are no octave, and no kin of the key, say nothing of the next file."""
    tally: dict[str, dict[str, dict[str, int]]] = {"tempo": {}, "key": {}}
    for each in corrections:
        try:
            where, reading = _tempo_reading(each) if each.what == "tempo" else _key_reading(each)
        except (ValueError, ArithmeticError, InvalidValue):  # a file of profiles may come from anywhere
            continue
        if reading:
            counts = tally[each.what].setdefault(where, {})
            counts[reading] = counts.get(reading, 0) + 1
    return Habits(tally["tempo"], tally["key"])


def lean_tempo(habits: Habits, candidates: Sequence[tuple[float, float]]) -> Lean | None:
    """Says which of several tempi goes first by what the user tends to say.

    Args:
        habits: the tally.
        candidates: BPM and confidence 0..1, the chosen one first.

    Returns:
        None where the chosen one stays: nothing like it was set right, the evidence is clear, or no candidate is an
        octave of it.
    """
    if not candidates:
        return None
    first = candidates[0][0]
    band = _band(first)
    choices = {
        reading: place
        for reading, ratio in _OCTAVES.items()
        for place, (bpm, _) in reversed(list(enumerate(candidates)))
        if abs(bpm / (first * ratio) - 1) <= _settings().near
    }
    shares = [confidence for _, confidence in candidates]
    return _best(habits.tempo.get(band, {}), choices, shares, 0, _band_words(band))


def lean_key(habits: Habits, keys: Sequence[Key], shares: Sequence[float]) -> Lean | None:
    """Says which of several keys goes first by what the user tends to say; as ``lean_tempo``.

    Args:
        habits: the tally.
        keys: of the shares.
        shares: of each key, 0..1; the greatest is the key that was heard.
    """
    if not shares:
        return None
    first = max(range(len(shares)), key=shares.__getitem__)
    kin = {reading: kin_of(keys[first]) for reading, kin_of in _KIN.items()}
    choices = {
        reading: place
        for reading, wanted in kin.items()
        for place, key in enumerate(keys)
        if (key.tonic_pc, key.mode) == (wanted.tonic_pc, wanted.mode)
    }
    mode = keys[first].mode
    return _best(habits.key.get(mode, {}), choices, shares, first, f"where {mode} was heard")


def told(habits: Habits) -> list[Habit]:
    """The tally for people, most often first."""
    found = [
        Habit("tempo", band, reading, times, f"{_TEMPO_WORDS[reading]} {_band_words(band)}: {_times(times)}.")
        for band, counts in habits.tempo.items()
        for reading, times in counts.items()
    ]
    found += [
        Habit("key", mode, reading, times, f"{_KEY_WORDS[reading]} where {mode} was heard: {_times(times)}.")
        for mode, counts in habits.key.items()
        for reading, times in counts.items()
    ]
    return sorted(found, key=lambda each: -each.times)


_TEMPO_WORDS = {_SAME: "The tempo as heard", "half": "Half the tempo", "double": "Twice the tempo"}
_KEY_WORDS = {_SAME: "The key as heard", "relative": "The relative key", "parallel": "The parallel key"}


def _best(
    counts: Mapping[str, int], choices: Mapping[str, int], shares: Sequence[float], first: int, where: str
) -> Lean | None:
    """The reading of the best odds against the one that was heard, above 1, among those that are close by ear."""
    settings = _settings()
    best, odds = None, 1.0
    for reading, place in choices.items():
        times = counts.get(reading, 0)
        if not times or shares[first] <= 0 or shares[place] < settings.close * shares[first]:
            continue
        said = (settings.otherwise + times) / (settings.as_heard + counts.get(_SAME, 0))
        against = said * shares[place] / shares[first]
        if against > odds:
            best, odds = Lean(place, times, f"as you corrected it {_times(times)} {where}"), against
    return best


def _times(count: int) -> str:
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def _tempo_reading(each: Corrected) -> tuple[str, str]:
    heard, said = float(each.heard), float(each.said)
    near = _settings().near
    ratios = {_SAME: 1.0, **_OCTAVES}
    found = next((name for name, ratio in ratios.items() if abs(said / (heard * ratio) - 1) <= near), "")
    return _band(heard), found


def _key_reading(each: Corrected) -> tuple[str, str]:
    heard, said = parse_key(each.heard), parse_key(each.said)
    readings = {_SAME: heard, **{name: kin_of(heard) for name, kin_of in _KIN.items()}}
    wanted = (said.tonic_pc, said.mode)
    return heard.mode, next((name for name, key in readings.items() if (key.tonic_pc, key.mode) == wanted), "")


def _band(bpm: float) -> str:
    edges = _settings().bands
    above = [edge for edge in edges if edge <= bpm]
    below = [edge for edge in edges if edge > bpm]
    return f"{above[-1] if above else 0:g}-{below[0]:g}" if below else f"{edges[-1]:g}-"


def _band_words(band: str) -> str:
    low, _, high = band.partition("-")
    if low == "0":
        return f"under {high} BPM"
    return f"at {low} to {high} BPM" if high else f"at {low} BPM and more"
