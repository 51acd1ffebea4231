"""What libsndfile cannot decode (M4A, AAC, WMA ...), by the ffmpeg on this computer, if there is one.

ffmpeg is a program that opens files by itself, so it is kept on a short lead: no network protocol, only containers of
audio (a playlist could name other files), no standard input, bounded time and output.
"""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from engine.errors import NoSound, NotAudio, TooLong
from engine.hear.sound import Samples

SECONDS = 60.0
"""How long one run may take."""

_CONTAINERS = "mov,matroska,aac,asf,caf,wav,w64,mp3,ogg,flac,aiff,ape,wv,tta,ac3,eac3,au,mpc,mpc8,amr,avi,dsf,loas,latm"
_LOSSLESS = ("pcm_", "flac", "alac", "ape", "wavpack", "tta", "wmalossless", "dsd_")


@dataclass(frozen=True)
class Stream:
    """The first audio stream of a file.

    Attributes:
        container: As ffmpeg names it, in capitals.
        codec: As ffmpeg names it, in capitals.
        rate: Samples per second.
        channels: How many.
        duration: Seconds.
        bits: Bits of a sample as stored, 0 where the coding has none.
        lossy: Whether the coding loses anything.
    """

    container: str
    codec: str
    rate: int
    channels: int
    duration: float
    bits: int
    lossy: bool


def probe(path: Path) -> Stream:
    """Read what is in a file.

    Raises:
        NotAudio: ffmpeg is not here, or knows no audio in it.
        NoSound: there is audio of no length.
    """
    asked = ("-select_streams", "a:0", "-show_streams", "-show_format", "-of", "json")
    try:
        said: dict[str, Any] = json.loads(_run("ffprobe", path, (), asked))
        stream, container = said["streams"][0], said["format"]
        rate, channels = int(stream["sample_rate"]), int(stream["channels"])
        duration = float(stream.get("duration") or container.get("duration") or 0)
        codec = str(stream["codec_name"])
        name = str(container["format_name"]).partition(",")[0]
    except (KeyError, IndexError, ValueError):
        raise _unknown() from None
    if duration <= 0 or rate <= 0:
        raise NoSound("There is no sound in this file", "Choose another file.")
    lossy = not codec.startswith(_LOSSLESS)
    bits = 0 if lossy else int(stream.get("bits_per_raw_sample") or stream.get("bits_per_sample") or 0)
    return Stream(name.upper(), codec.upper(), rate, channels, duration, bits, lossy)


def decode(path: Path, stream: Stream, begin: int, count: int) -> Samples:
    """Decode a range.

    Args:
        path: The file.
        stream: From `probe`.
        begin: First frame.
        count: Frames at most.

    Returns:
        Shape (frames, channels), float32.

    Raises:
        NotAudio: it cannot be decoded.
        TooLong: it took too long.
    """
    # Seeking by time would land on the nearest packet of some codecs; counting samples is exact, and what lies
    # before the range never leaves ffmpeg.
    cut = f"atrim=start_sample={begin}:end_sample={begin + count}"
    after = ("-map", "0:a:0", "-vn", "-af", cut, "-f", "f32le", "-acodec", "pcm_f32le", "-ac", str(stream.channels))
    raw = _run("ffmpeg", path, (), (*after, "-ar", str(stream.rate), "pipe:1"))
    whole = np.frombuffer(raw, "<f4", count=len(raw) // (4 * stream.channels) * stream.channels)
    return whole.reshape(-1, stream.channels).astype(np.float32)


def _run(program: str, path: Path, before: tuple[str, ...], after: tuple[str, ...]) -> bytes:
    found = shutil.which(program)
    if found is None:
        raise _unknown()
    command = [found, "-v", "error", *(("-nostdin",) if program == "ffmpeg" else ())]
    command += ["-protocol_whitelist", "file,pipe", "-format_whitelist", _CONTAINERS, *before]
    command += ["-i", f"file:{path}", *after]
    try:
        ran = subprocess.run(  # noqa: S603 - a list, no shell; the file's name cannot be an option
            command, stdin=subprocess.DEVNULL, capture_output=True, timeout=SECONDS, check=False
        )
    except subprocess.TimeoutExpired:
        raise TooLong(
            f"Decoding took longer than {SECONDS:g} s", "Choose a range of it, or convert it to WAV."
        ) from None
    except OSError:
        raise _unknown() from None
    if ran.returncode or not ran.stdout:
        raise _unknown()
    return ran.stdout


def _unknown() -> NotAudio:
    more = "" if shutil.which("ffmpeg") else " With ffmpeg installed, more formats can be heard."
    return NotAudio("This is no audio that can be decoded", f"Export it as WAV, AIFF, FLAC, Ogg or MP3.{more}")
