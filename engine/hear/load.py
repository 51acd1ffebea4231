"""From a file to samples: one decode, within bounds, and a clear error for everything that is no audio.

libsndfile (by soundfile) reads WAV, AIFF, FLAC, Ogg, MP3 and more. What it cannot read goes to ffmpeg where that is
installed (`engine.hear.ffmpeg`). A file is opened only after it was seen to be a regular one: a pipe would block.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import soundfile

from engine.errors import InvalidValue, NoSound, NotAudio, NotReadable, TooLong
from engine.hear import ffmpeg
from engine.hear.places import forbidden, gone, regular, shown_name
from engine.hear.sound import MAX_CHANNELS, Samples, Sound, Source, finite

MAX_SECONDS = 20 * 60
"""The longest piece that is looked at in one go."""

MAX_VALUES = MAX_SECONDS * 48_000 * 2
"""Samples times channels in one go: 20 minutes of stereo at 48 kHz, 460 MB."""

_BLOCK = 1 << 18  # frames decoded at a time

_BITS = {"PCM_S8": 8, "PCM_U8": 8, "PCM_16": 16, "PCM_24": 24, "PCM_32": 32, "FLOAT": 32, "DOUBLE": 64}
_BITS |= {"ALAC_16": 16, "ALAC_20": 20, "ALAC_24": 24, "ALAC_32": 32, "ULAW": 8, "ALAW": 8}
_LOSSY = ("MPEG_", "VORBIS", "OPUS", "GSM", "ADPCM", "IMA_", "MS_ADPCM", "G721", "G723", "VOX")


@dataclass(frozen=True)
class Facts:
    """What a file says of itself, without decoding it.

    Attributes:
        duration: Seconds; for lossy files an estimate of the container.
        rate: Samples per second.
        channels: How many.
        source: Container and coding.
    """

    duration: float
    rate: int
    channels: int
    source: Source


def probe(path: str | Path) -> Facts:
    """Read what a file says of itself.

    Args:
        path: A regular file; symbolic links are followed.

    Raises:
        NoSuchFile, NotAFile, NotReadable, NotAudio, NoSound: as their names say.
    """
    real = regular(path)
    try:
        with _opened(real) as file:
            return _facts(file, real)
    except soundfile.SoundFileError:
        found = ffmpeg.probe(real)
        return Facts(found.duration, found.rate, found.channels, _ffmpeg_source(real, found))


def load(path: str | Path, start: float | None = None, end: float | None = None) -> Sound:
    """Decode a file, or a range of it.

    Args:
        path: A regular file; symbolic links are followed.
        start: Seconds from where to hear, 0 or more; the beginning when None.
        end: Seconds up to where, above `start`; the end of the file when None or when behind it.

    Returns:
        Samples as they are stored: values beyond full scale are kept, nothing is resampled.

    Raises:
        NoSuchFile, NotAFile, NotReadable: there is nothing to decode.
        NotAudio: it cannot be decoded, or holds values that are no numbers.
        NoSound: it holds no sample.
        TooLong: the range is longer than `MAX_SECONDS` or holds more than `MAX_VALUES`.
        InvalidValue: `start` or `end` do not fit, or there are too many channels.
    """
    first = checked_range(start, end)
    real = regular(path)
    try:
        with _opened(real) as file:
            facts = _facts(file, real)
            begin, count = _span(facts, first, end)
            samples = _decoded(file, begin, count, facts)
    except soundfile.SoundFileError:
        found = ffmpeg.probe(real)
        facts = Facts(found.duration, found.rate, found.channels, _ffmpeg_source(real, found))
        begin, count = _span(facts, first, end)
        samples = ffmpeg.decode(real, found, begin, count)
    if not len(samples):
        raise NoSound("There is no sound in this file", "Choose another file.")
    if not finite(samples):
        bad = ~np.isfinite(samples).all(axis=1)
        place = (begin + int(bad.argmax())) / facts.rate
        words = f"{int(bad.sum())} samples of this file are not numbers, the first at {place:.3f} s"
        raise NotAudio(words, "The file is damaged: export it again.")
    return Sound(samples, facts.rate, replace(facts.source, start=begin / facts.rate))


def checked_range(start: float | None, end: float | None) -> float:
    """Return where a range begins.

    Raises:
        InvalidValue: it is none.
    """
    first = 0.0 if start is None else start
    if not 0 <= first < float("inf"):
        raise InvalidValue("start", start, "Seconds from the beginning of the file, 0 or more.")
    if end is not None and not first < end < float("inf"):
        raise InvalidValue("end", end, f"Seconds, above the start ({first:g}).")
    return first


def _opened(path: Path) -> soundfile.SoundFile:
    """Open for decoding; the format is found by content, not by the name."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
    except PermissionError:
        raise forbidden() from None
    except FileNotFoundError:
        raise gone() from None
    except OSError:
        raise NotReadable("This file cannot be read", "The disk may have gone; try again.") from None
    if os.fstat(handle).st_size == 0:
        os.close(handle)
        raise NoSound("This file is empty", "Export it again.")
    return soundfile.SoundFile(handle, closefd=True)  # closes the handle when it fails, too


def _facts(file: soundfile.SoundFile, path: Path) -> Facts:
    if not 1 <= file.channels <= MAX_CHANNELS:
        raise InvalidValue("channels", file.channels, f"1 to {MAX_CHANNELS} channels can be heard.")
    source = Source(
        name=shown_name(path),
        container=file.format,
        subtype=file.subtype,
        bits=_BITS.get(file.subtype, 0),
        lossy=file.subtype.startswith(_LOSSY),
    )
    return Facts(file.frames / file.samplerate, file.samplerate, file.channels, source)


def _ffmpeg_source(path: Path, found: ffmpeg.Stream) -> Source:
    if not 1 <= found.channels <= MAX_CHANNELS:
        raise InvalidValue("channels", found.channels, f"1 to {MAX_CHANNELS} channels can be heard.")
    return Source(
        name=shown_name(path),
        container=found.container,
        subtype=found.codec,
        bits=found.bits,
        lossy=found.lossy,
    )


def _span(facts: Facts, start: float, end: float | None) -> tuple[int, int]:
    """First frame and number of frames of a range.

    Raises:
        InvalidValue: it starts behind the end of the file.
        TooLong: it holds too much.
    """
    if start and start >= facts.duration:
        raise InvalidValue("start", start, f"The file is {facts.duration:.2f} s long.")
    begin = round(start * facts.rate)
    stop = facts.duration if end is None else min(end, facts.duration)
    count = max(0, round(stop * facts.rate) - begin)
    most = int(min(MAX_SECONDS, MAX_VALUES / facts.channels / facts.rate))
    if count > most * facts.rate:
        words = f"{count / facts.rate / 60:.0f} minutes are too long for one look"
        raise TooLong(words, f"Choose a range of at most {most} seconds with start and end.")
    return begin, count


def _decoded(file: soundfile.SoundFile, begin: int, count: int, facts: Facts) -> Samples:
    """Read up to `count` frames; a file that ends early gives what it has."""
    if begin:
        file.seek(begin)
    # Not touched before it is filled, so a header that lies about the length takes no memory.
    samples = np.empty((count, facts.channels), np.float32)
    done = 0
    while done < count:
        got = len(file.read(min(_BLOCK, count - done), dtype="float32", always_2d=True, out=samples[done:][:_BLOCK]))
        done += got
        if not got:
            break
    return samples if done == count else samples[:done].copy()
