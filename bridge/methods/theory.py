"""theory.*: keys and progressions in words. The engine's modules load on first use or in the warm-up."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from bridge.call import Call
from bridge.jobs import JobStarted
from bridge.registry import method
from engine.theory.limits import LONGEST_PROGRESSION_TEXT

_Words = Annotated[str, Meta(min_length=1, max_length=400)]
_Progression = Annotated[str, Meta(min_length=1, max_length=LONGEST_PROGRESSION_TEXT)]


class KeyInfo(msgspec.Struct, frozen=True):
    """A key.

    Attributes:
        name: "B minor".
        tonic: "B".
        mode: One of the nine modes, "minor".
        camelot: "10A"; the wheel has one place for all modes that share their notes.
        tonic_pitch_class: 0 (C) to 11 (B).
        scale_pitch_classes: The notes of its scale, from the tonic up.
        relative: Name of the relative major or minor.
        parallel: Name of the parallel major or minor.
    """

    name: str
    tonic: str
    mode: str
    camelot: str
    tonic_pitch_class: int
    scale_pitch_classes: list[int]
    relative: str
    parallel: str


class ChordInfo(msgspec.Struct, frozen=True):
    """A chord of a progression.

    Attributes:
        figure: As it was written.
        symbol: As a lead sheet writes it.
        quality: Its kind.
        root: Pitch class 0 (C) to 11 (B).
        bass: Pitch class of the lowest note.
        pitch_classes: All its notes.
    """

    figure: str
    symbol: str
    quality: str
    root: int
    bass: int
    pitch_classes: list[int]


class ProgressionInfo(msgspec.Struct, frozen=True):
    """A progression, read in a key.

    Attributes:
        key: Name of the key it was read in.
        mode: "major" or "minor" when the figures themselves imply one.
        chords: One after the other.
    """

    key: str
    mode: str | None
    chords: list[ChordInfo]


@method("theory.key", needs=("engine.theory.keys",))
def key(key: _Words) -> KeyInfo:
    """Read a key in any usual spelling ("D minor", "Dm", "7A", "F#", "Gb major", "D dorian").

    Args:
        key: The key.
    """
    from engine.theory import keys  # noqa: PLC0415 - see the module's docstring

    found = keys.parse_key(key)
    return KeyInfo(
        name=found.name,
        tonic=found.tonic,
        mode=found.mode,
        camelot=found.camelot,
        tonic_pitch_class=found.tonic_pc,
        scale_pitch_classes=list(found.scale_pcs),
        relative=keys.relative(found).name,
        parallel=keys.parallel(found).name,
    )


@method("theory.progression", needs=("engine.theory.progressions",))
def progression(progression: _Progression, key: _Words = "C major") -> ProgressionInfo:
    """Read a progression, roman figures ("ii7 V7 Imaj7") or chord symbols ("Dm7 G7 Cmaj7").

    Args:
        progression: The figures.
        key: The key roman figures are read in.
    """
    from engine.theory import keys, progressions  # noqa: PLC0415

    home = keys.parse_key(key)
    chords = [
        ChordInfo(
            figure=each.figure,
            symbol=each.symbol,
            quality=each.quality,
            root=each.root,
            bass=each.bass,
            pitch_classes=list(each.pcs),
        )
        for each in progressions.read_progression(progression, home)
    ]
    return ProgressionInfo(home.name, progressions.progression_mode(progression), chords)


@method("theory.verify")
async def verify(call: Call) -> JobStarted:
    """Recompute every theory table with music21 and compare: a job of some ten seconds."""
    return call.runtime.jobs.start(call, "engine.theory.verify:verify_tables")
