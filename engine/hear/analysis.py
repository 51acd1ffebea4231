"""Everything together: one decode, the shared views, and each part that was asked for, in order.

Nothing is remembered here; `engine.hear.remembered` asks the cache first and puts the user's corrections on top.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from typing import Any

from engine.errors import InvalidValue
from engine.hear.load import checked_range, load
from engine.hear.parts import ALL, DECODING, USUAL_PROFILE, Part, hinted, known_profile, needed
from engine.hear.result import Analysis, figures
from engine.hear.sound import Sound
from engine.hear.spectrum import Spectra
from engine.hear.views import forget, make

__all__ = ["ALL", "Analysis", "Progress", "analyze"]

Progress = Callable[[int, int, str], None]
"""Called with (done, total, what is being done); what it raises ends the work."""

NOTHING: Mapping[str, Any] = MappingProxyType({})


def analyze(
    what: str | Path | Sound,
    *,
    parts: Iterable[str] = ALL,
    start: float | None = None,
    end: float | None = None,
    tempo: float | None = None,
    name: str | None = None,
    profile: str = USUAL_PROFILE,
    known: Mapping[str, Any] = NOTHING,
    revised: Mapping[str, Callable[[Any], Any]] = NOTHING,
    progress: Progress | None = None,
) -> Analysis:
    """Hear a file, a range of it, or samples.

    Args:
        what: A file, or samples.
        parts: Names of `engine.hear.parts.PARTS`; what they need is heard with them.
        start: Seconds from where to hear, 0 or more; the beginning when None.
        end: Seconds up to where; the end when None.
        tempo: BPM of the Set it lies in, 20 to 999: a prior, never the answer.
        name: What it is called, a prior too ("loop_174bpm"); the name of the file when None.
        profile: Name in `presets/release` that the release check holds it against.
        known: Results of parts that were heard before, by name; they are not heard again.
        revised: By name of a part, what makes of its result the one that counts, here and for the parts that need it;
            not called for what is known.
        progress: Told how far the work is, before each part and at the end.

    Raises:
        InvalidValue: an argument is outside what is allowed.
        EngineError: the file cannot be heard; see `engine.hear.load.load`.
    """
    wanted = needed(parts)
    todo = [part for part in wanted if part.name not in known]
    total = DECODING + sum(part.cost for part in todo)
    hinted(tempo, name or "")  # before anything is read
    known_profile(profile)
    tell = progress or _silent
    tell(0, total, "Reading the file")
    sound = cut(what, start, end) if isinstance(what, Sound) else load(what, start, end)
    spectra = Spectra(sound)
    found: dict[str, Any] = {
        "sound": sound,
        "spectra": spectra,
        "hints": hinted(tempo, sound.source.name if name is None else name),
        "profile": profile,
        **known,
    }
    done = DECODING
    for place, part in enumerate(todo):
        tell(done, total, part.words)
        later = {view for rest in todo[place + 1 :] for view in rest.views}
        make(spectra, part.views)
        forget(spectra, later | set(part.views))
        result = function(part)(*(found[name] for name in part.takes))
        found[part.name] = revised[part.name](result) if part.name in revised else result
        forget(spectra, later)
        done += part.cost
    tell(total, total, "Done")
    return _told(sound, {part.field: found[part.name] for part in wanted}, [part.name for part in wanted])


def function(part: Part) -> Callable[..., Any]:
    """Return what hears a part; imports its module."""
    module, _, name = part.target.partition(":")
    hearing: Callable[..., Any] = getattr(importlib.import_module(module), name)
    return hearing


def cut(sound: Sound, start: float | None, end: float | None) -> Sound:
    """Return a range of a sound; shares its samples.

    Raises:
        InvalidValue: the range is none, or begins behind the end.
    """
    if start is None and end is None:
        return sound
    first = checked_range(start, end)
    if first >= sound.duration:
        raise InvalidValue("start", start, f"The sound is {sound.duration:.2f} s long.")
    begin = min(round(first * sound.rate), sound.frames - 1)
    stop = sound.frames if end is None else max(begin + 1, round(end * sound.rate))
    source = replace(sound.source, start=sound.source.start + begin / sound.rate)
    return Sound(sound.samples[begin:stop], sound.rate, source)


def _silent(_done: int, _total: int, _text: str) -> None:
    return


def _told(sound: Sound, details: dict[str, Any], names: list[str]) -> Analysis:
    source = sound.source
    return Analysis(
        duration=round(sound.duration, 6),
        sample_rate=sound.rate,
        channels=sound.channels,
        name=source.name,
        container=source.container,
        subtype=source.subtype,
        bits=source.bits,
        lossy=source.lossy,
        start=round(source.start, 6),
        parts=names,
        **figures(details),
        **details,
    )
