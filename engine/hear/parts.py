"""The parts of an analysis: who hears each, from what, in which order, and which version of it we are at.

A table and what can be asked of it; nothing heavy is imported, so the engine can name parts and find results in the
cache without an audio library. Functions are named, not imported: a question for one part loads only what that needs.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

import presets
from engine.errors import InvalidValue, closest
from engine.hear.rhythm_result import Hints

GIVEN = ("sound", "spectra", "hints", "profile")
"""What a part can be given besides other parts."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """One thing that is heard.

    Attributes:
        name: In questions.
        field: Of `engine.hear.result.Analysis`.
        target: `module:function`.
        takes: Its arguments in order: names of `GIVEN` or of parts that stand before it.
        views: Members of `engine.hear.views.VIEWS` it reads; what no later part reads is forgotten, so that a long
            file needs little memory. A view that is missing here costs time, not truth.
        version: Raised whenever its results change; older ones in the cache are then worth nothing, nor are those of
            parts that need it.
        cost: CPU ms for five minutes of stereo, about; for the progress bar.
        words: What is being done, for a person.
    """

    name: str
    field: str
    target: str
    takes: tuple[str, ...]
    views: tuple[str, ...] = ()
    version: int = 1
    cost: int
    words: str


_TABLE = (
    Part(
        name="loudness",
        field="loudness",
        target="engine.hear.loudness:loudness",
        takes=("sound",),
        cost=350,
        words="Measuring loudness",
    ),
    Part(
        name="stereo",
        field="stereo",
        target="engine.hear.stereo:stereo",
        takes=("sound",),
        cost=100,
        words="Measuring the stereo image",
    ),
    Part(
        name="fingerprint",
        field="fingerprint",
        target="engine.hear.fingerprint_summary:fingerprint_summary",
        takes=("spectra",),
        views=("sound.pitch",),
        cost=150,
        words="Taking a fingerprint",
    ),
    Part(
        name="key",
        field="key_detail",
        target="engine.hear.key:key",
        takes=("spectra",),
        views=("spectra.pitch",),
        version=2,
        cost=200,
        words="Listening for the key",
    ),
    Part(
        name="rhythm",
        field="rhythm",
        target="engine.hear.rhythm:rhythm",
        takes=("spectra", "hints"),
        views=("spectra.fine", "spectra.mel", "spectra.relative_mel", "spectra.rise"),
        cost=400,
        words="Listening for the beat",
        version=5,
    ),
    Part(
        name="timbre",
        field="timbre",
        target="engine.hear.timbre:timbre",
        takes=("spectra",),
        views=("spectra.pitch", "spectra.fine", "spectra.mel", "spectra.relative_mel", "spectra.rise"),
        cost=300,
        words="Listening for the timbre",
    ),
    Part(
        name="harmonic",
        field="harmonic",
        target="engine.hear.harmonic:harmonic",
        takes=("spectra",),
        views=("spectra.fine", "spectra.mel"),
        cost=150,
        words="Telling tones from strokes",
    ),
    Part(
        name="complexity",
        field="complexity",
        target="engine.hear.complexity:complexity",
        takes=("spectra", "rhythm"),
        views=("spectra.mel",),
        cost=50,
        words="Judging the rhythm",
    ),
    Part(
        name="energy",
        field="energy_detail",
        target="engine.hear.energy:energy",
        takes=("spectra", "loudness", "rhythm"),
        views=("spectra.mel",),
        cost=50,
        words="Feeling the energy",
    ),
    Part(
        name="sections",
        field="sections",
        target="engine.hear.structure:structure",
        takes=("spectra", "rhythm", "energy"),
        views=("spectra.mel",),
        cost=100,
        words="Finding the sections",
    ),
    Part(
        name="forensics",
        field="forensics",
        target="engine.hear.forensics.all:forensics",
        takes=("sound",),
        version=6,
        cost=900,
        words="Looking for damage",
    ),
    Part(
        name="quality",
        field="quality",
        target="engine.hear.quality:quality",
        takes=("forensics", "loudness", "stereo"),
        version=2,
        cost=1,
        words="Judging the quality",
    ),
    Part(
        name="release_check",
        field="release",
        target="engine.hear.release:release",
        takes=("sound", "loudness", "stereo", "forensics", "profile"),
        version=2,
        cost=1,
        words="Checking for release",
    ),
    Part(
        name="traits",
        field="traits",
        target="engine.hear.traits.all:traits",
        takes=("spectra", "rhythm"),
        views=("sound.hearing", "spectra.fine", "spectra.mel"),
        cost=500,
        words="Listening for how it was produced",
    ),
)

PARTS: dict[str, Part] = {part.name: part for part in _TABLE}
"""All parts, each behind those it needs."""

ALL: tuple[str, ...] = tuple(PARTS)

USUAL_PROFILE = "release"
"""What a file is held against when nothing else is asked for."""

DECODING = 300
"""CPU ms of decoding and resampling, on the scale of `Part.cost`."""


def needed(names: Iterable[str]) -> tuple[Part, ...]:
    """Return the parts asked for and all they need, in the order in which to hear them.

    Raises:
        InvalidValue: there is no such part, or none is asked for.
    """
    wanted = set(names)
    for name in sorted(wanted - set(PARTS)):
        raise InvalidValue("parts", name, f"{closest(name, ALL)}One or more of: {', '.join(ALL)}.")
    if not wanted:
        raise InvalidValue("parts", [], f"One or more of: {', '.join(ALL)}.")
    for part in reversed(_TABLE):  # what a part needs stands before it
        if part.name in wanted:
            wanted.update(each for each in part.takes if each in PARTS)
    return tuple(part for part in _TABLE if part.name in wanted)


def hinted(tempo: float | None, name: str) -> Hints:
    """Return hints that are allowed.

    Args:
        tempo: BPM, 20 to 999; None when nothing was said.
        name: Of the file.

    Raises:
        InvalidValue: the tempo is outside its range.
    """
    if tempo is not None and not 20 <= tempo <= 999:
        raise InvalidValue("tempo", tempo, "20 to 999 BPM.")
    return Hints(tempo=tempo, name=name)


def profiles() -> tuple[str, ...]:
    """Names of the release profiles."""
    return presets.names("release")


def known_profile(name: str) -> str:
    """Return the name of a release profile.

    Raises:
        InvalidValue: there is none of that name.
    """
    if name not in profiles():
        raise InvalidValue("profile", name, f"{closest(name, profiles())}One of: {', '.join(profiles())}.")
    return name


def version(name: str) -> str:
    """Return a short text that changes when the result of a part may: with its version, or with that of one it needs.

    Args:
        name: Of the part.
    """
    told = ",".join(f"{part.name}={part.version}" for part in needed([name]))
    return hashlib.blake2b(f"{name}:{told}".encode(), digest_size=8).hexdigest()


def hangs_on(name: str, what: str) -> bool:
    """Whether a part is given something, or needs one that is.

    Args:
        name: Of the part.
        what: Of `GIVEN`, or a part.
    """
    return any(what in part.takes for part in needed([name]))
