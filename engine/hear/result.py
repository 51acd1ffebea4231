"""What an analysis says: one flat row of the figures everybody asks for, and everything behind them.

Light to import: the parts' own types are known to the type checker only. JSON of an `Analysis` is made by
`msgspec.json.encode`; it is never read back into one, only into dictionaries (`engine.hear.remembered`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import msgspec

if TYPE_CHECKING:
    from engine.hear.complexity import Complexity
    from engine.hear.energy import Energy
    from engine.hear.fingerprint_summary import FingerprintSummary
    from engine.hear.forensics.finding import Forensics
    from engine.hear.harmonic import Harmonic
    from engine.hear.key_result import Key
    from engine.hear.loudness import Loudness
    from engine.hear.quality import Quality
    from engine.hear.release import Release
    from engine.hear.rhythm_result import Rhythm
    from engine.hear.stereo import Stereo
    from engine.hear.structure import Section
    from engine.hear.timbre import Timbre
    from engine.hear.traits.all import Traits

FLAT: dict[str, tuple[str, ...]] = {
    "bpm": ("rhythm", "tempo", "bpm"),
    "key": ("key_detail", "camelot"),
    "key_notation": ("key_detail", "notation"),
    "energy": ("energy_detail", "energy"),
    "spectral_centroid": ("timbre", "spectral_centroid"),
    "spectral_rolloff": ("timbre", "spectral_rolloff"),
    "rhythm_complexity": ("complexity", "complexity"),
    "loudness_db": ("loudness", "loudness_db"),
    "harmonic_ratio": ("harmonic", "harmonic_ratio"),
    "percussive_ratio": ("harmonic", "percussive_ratio"),
    "stereo_width": ("stereo", "width"),
}
"""Where each flat figure stands among the details."""


class Analysis(msgspec.Struct, frozen=True, kw_only=True):
    """What was heard in a file or a range of it. A part that was not asked for is None, and so are its figures.

    All times in the details are seconds from where hearing began (`start`), not from the beginning of the file.

    Attributes:
        bpm: Beats per minute, 20..300; None where no beat is heard.
        key: Place on the Camelot wheel, "1A".."12B"; None where there is no key.
        key_notation: "F#m", "C"; None where there is no key.
        energy: 1 (calm) to 10; does not depend on the level.
        duration: Seconds that were heard.
        sample_rate: Samples per second of the file.
        spectral_centroid: Hz, 0..10,000; None for silence.
        spectral_rolloff: Hz below which 85 % of the magnitude lies; None for silence.
        rhythm_complexity: 0 (plain) to 1.
        loudness_db: Integrated loudness, LUFS, -70 and above; None for silence.
        harmonic_ratio: Share 0..1 of the energy that is held tones; None for silence.
        percussive_ratio: Share 0..1 of the energy that is strokes; None for silence.
        stereo_width: 0 (mono) to 1.
        name: File name without folders; empty for samples that were never a file.
        container: WAV, AIFF, FLAC ...; empty when unknown.
        subtype: Coding of a sample, PCM_24, VORBIS ...; empty when unknown.
        bits: Bits of a stored sample; 0 for lossy coding or when unknown.
        lossy: Whether the file holds lossy audio.
        channels: How many, 1..8.
        start: Second of the file where hearing began.
        parts: Names of the parts that were heard.
        corrected: Whether the user's word stands in place of what was heard; then `bpm`, the tempo, the beats and all
            that hangs on them, or `key`, `key_notation` and the details of the key, are those of that word.
        heard: What was heard where the user's word stands now: the figures and the whole `rhythm` or `key_detail`.
        rhythm: Tempo with confidence and candidates, beats, downbeats, time signature, swing.
        key_detail: Confidence, second choice, tuning, sections.
        loudness: Levels and their course.
        stereo: The image as a whole and by band.
        timbre: Shapes of the spectrum, MFCC, chroma, tempogram.
        harmonic: The share of tones and strokes.
        complexity: Syncopation and density.
        energy_detail: Energy along the bars, and what it is made of.
        sections: Intro, build, drop, breakdown, outro ... from the beginning to the end.
        forensics: Damage, each finding with its place and evidence; empty for clean material.
        quality: 0 to 100 with its reasons.
        release: Checks against a release profile.
        traits: Pumping, acid lines, supersaws, off-beat hats, four on the floor.
        fingerprint: How well the recording can be known again.
    """

    bpm: float | None = None
    key: str | None = None
    key_notation: str | None = None
    energy: float | None = None
    duration: float
    sample_rate: int
    spectral_centroid: float | None = None
    spectral_rolloff: float | None = None
    rhythm_complexity: float | None = None
    loudness_db: float | None = None
    harmonic_ratio: float | None = None
    percussive_ratio: float | None = None
    stereo_width: float | None = None
    name: str = ""
    container: str = ""
    subtype: str = ""
    bits: int = 0
    lossy: bool = False
    channels: int
    start: float = 0.0
    parts: list[str]
    corrected: bool = False
    heard: dict[str, Any] = {}
    rhythm: Rhythm | None = None
    key_detail: Key | None = None
    loudness: Loudness | None = None
    stereo: Stereo | None = None
    timbre: Timbre | None = None
    harmonic: Harmonic | None = None
    complexity: Complexity | None = None
    energy_detail: Energy | None = None
    sections: list[Section] | None = None
    forensics: Forensics | None = None
    quality: Quality | None = None
    release: Release | None = None
    traits: Traits | None = None
    fingerprint: FingerprintSummary | None = None


FACTS = ("duration", "sample_rate", "channels", "name", "container", "subtype", "bits", "lossy", "start")
"""Fields that tell of the file, whatever was heard in it."""


def figures(details: dict[str, Any]) -> dict[str, Any]:
    """Pick the flat figures out of the details.

    Args:
        details: Fields of `Analysis` that hold what parts found, as they found it or as JSON has it.
    """
    return {name: _reach(details, place) for name, place in FLAT.items()}


def told(facts: dict[str, Any], details: dict[str, Any], parts: list[str]) -> dict[str, Any]:
    """An analysis as JSON has it, in the order of `Analysis`.

    Args:
        facts: The fields of `FACTS`.
        details: Fields that hold what parts found, as JSON has it.
        parts: Names of the parts that were heard.
    """
    whole = Analysis(**facts, **figures(details), **details, parts=parts)
    # Not msgspec.to_builtins: that would walk through all that is plain already.
    return {name: getattr(whole, name) for name in Analysis.__struct_fields__}


def _reach(details: dict[str, Any], place: tuple[str, ...]) -> Any:
    found = details.get(place[0])
    for name in place[1:]:
        found = found.get(name) if isinstance(found, dict) else getattr(found, name, None)
    return found
