"""The learnt weights: numbers by name, as ``weights.json`` holds them.

Made by ``tests/benchmarks/composing/fit_melody.py`` from half of the songs of POP909 with odd numbers (Wang et al.
2020, "POP909: A Pop-song Dataset for Music Arrangement Generation", MIT licence). The file holds sums over all of them,
and a few traits each of some of their melodies, no music.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec

from engine import typed

__all__ = ["Characters", "PitchWeights", "RhythmWeights", "Weights", "weights"]

Row = tuple[float, ...]


class RhythmWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Log-odds that a note begins on a sixteenth.

    Attributes:
        place: by place in the bar (16) and which of the three sixteenths before it were struck (8).
        since: by class of the time since the last onset (12) and weight of the place (4).
        run: by class of the time since the last rest (6) and of the last onset (3).
        pulse: by class of the time between the last two onsets (7) and of the time since the last (12).
        lag: by bars back (3), class of how long the repetition has held (4), onset there or not (2), beat or off (2).
        phrase: by bar of the phrase (4) and beat (4).
        rate: by weight of the place (4), for each of a character's four rates.
        rest: by class of the time since the last onset (12), for a character's restfulness.
        again: by bars back (3) and onset there or not (2), for a character's repetition.
    """

    place: Row
    since: Row
    run: Row
    pulse: Row
    lag: Row
    phrase: Row
    rate: Row
    rest: Row
    again: Row


class PitchWeights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Log-weights of a candidate for the next pitch.

    Attributes:
        interval: by motion before (8) and interval (25, an octave down to an octave up).
        size: by time since the onset before (4) and size of the interval (6).
        tone: by weight of the place (4), time to the next onset (4) and role over the chord (9).
        ahead: by nearness of a chord change under the note (2) and role over the coming chord (9).
        degree: by gender of the key (2: major, minor), what follows (3) and semitones above the tonic (12).
        window: by height in the melody's range (12).
        landing: by weight of the place (4), foreign to the chord or of it (2) and size (6).
        lag_pitch: by bars back (3) and class of how long the repetition has held (4): the pitch that stood there.
        lag_interval: likewise, the interval that stood there.
        back: by notes back (2: the one before last, the one before that) and motion before (8): back to that pitch.
        course: by direction of the interval before the last (3: down, none, up), of the last (3) and of this (3).
        gram: the interval that followed when the last one, two, three intervals were heard before (3).
        leap: by size (6), for a character's leapiness. same: for its repeated notes. five: for its share of the tones
            that pentatonic scales leave out. tones: by weight of the place (4), for its chord tones.
        motif: as ``gram``, for how much a character repeats itself. motif_lag: likewise by bars back (3), for the
            pitch that stood there.
    """

    interval: Row
    size: Row
    tone: Row
    ahead: Row
    degree: Row
    window: Row
    landing: Row
    lag_pitch: Row
    lag_interval: Row
    back: Row
    course: Row
    gram: Row
    leap: Row
    same: Row
    five: Row
    tones: Row
    motif: Row
    motif_lag: Row


class Characters(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What kinds of melodies there are: one row of traits for each of some.

    Attributes:
        columns: names of the traits; the first eleven are deviations from the mean of all.
        means, deviations: of the first eleven, as they were counted.
        rows: their values.
    """

    columns: tuple[str, ...]
    means: Row
    deviations: Row
    rows: tuple[Row, ...]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All of them.

    Attributes:
        source: where they are from.
        rhythm, pitch: see there.
        durations: share of the time to the next onset that a note sounds: eleven quantiles by class of that time (5).
        characters: see there.
    """

    source: str
    rhythm: RhythmWeights
    pitch: PitchWeights
    durations: tuple[Row, ...]
    characters: Characters


@cache
def weights() -> Weights:
    """Reads the weights, once."""
    text = resources.files(__package__).joinpath("weights.json").read_bytes()
    return typed.decode(text, Weights)
