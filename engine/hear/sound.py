"""Decoded audio, and the one resampling everything shares."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
import soxr
from numpy.typing import NDArray

from engine.errors import InvalidValue

Samples = NDArray[np.float32]

MAX_CHANNELS = 8
"""7.1 is the widest format we have a loudness rule for."""

HEARING_RATE = 22_050
"""Samples per second of the mono signal that rhythm and timbre are heard in."""

PITCH_RATE = 11_025
"""Samples per second of the mono signal that pitch is heard in; enough for fundamentals up to C8."""


@dataclass(frozen=True, kw_only=True)
class Source:
    """Where samples came from; what the container says, not what we measured.

    Attributes:
        name: File name without folders; empty for samples that were never a file.
        container: As libsndfile or ffmpeg name it: WAV, AIFF, FLAC, OGG, MP3, M4A ...; empty when unknown.
        subtype: Coding of a sample: PCM_16, PCM_24, FLOAT, VORBIS, MPEG_LAYER_III ...; empty when unknown.
        bits: Bits of one sample as stored; 0 where the coding has none (lossy formats).
        lossy: True for a container that holds lossy audio.
        start: Seconds into the file where these samples begin.
    """

    name: str = ""
    container: str = ""
    subtype: str = ""
    bits: int = 0
    lossy: bool = False
    start: float = 0.0


@dataclass(frozen=True)
class Sound:
    """Samples at their native rate, and views of them that are made once.

    Attributes:
        samples: Shape (frames, channels), float32, C order; full scale is -1..1 but values beyond it are kept.
        rate: Samples per second.
        source: Where they came from.

    Raises:
        InvalidValue: the array has another shape or type, holds no frame, too many channels, or a value that is
            not finite.
    """

    samples: Samples
    rate: int
    source: Source = field(default_factory=Source)

    def __post_init__(self) -> None:
        shape = self.samples.shape
        if self.samples.dtype != np.float32 or len(shape) != 2:
            raise InvalidValue("samples", f"{self.samples.dtype} {shape}", "float32 of shape (frames, channels).")
        if not 1 <= shape[1] <= MAX_CHANNELS:
            raise InvalidValue("channels", shape[1], f"1 to {MAX_CHANNELS} channels can be heard.")
        if shape[0] == 0:
            raise InvalidValue("samples", 0, "There is no sound in it.")
        if self.rate <= 0:
            raise InvalidValue("rate", self.rate, "A sample rate above 0.")
        if not finite(self.samples):
            raise InvalidValue("samples", "NaN or infinity", "The file is damaged: a sample is not a number.")

    @property
    def frames(self) -> int:
        """How many samples each channel has."""
        return int(self.samples.shape[0])

    @property
    def channels(self) -> int:
        """How many channels there are."""
        return int(self.samples.shape[1])

    @property
    def duration(self) -> float:
        """Length in seconds."""
        return self.frames / self.rate

    @cached_property
    def mono(self) -> Samples:
        """The mean of all channels at the native rate, shape (frames,)."""
        if self.channels == 1:
            return self.samples[:, 0]
        # A product is three times as fast as a mean over a short axis.
        return self.samples @ np.full(self.channels, 1 / self.channels, np.float32)

    @cached_property
    def hearing(self) -> Samples:
        """Mono at `HEARING_RATE`, shape (n,)."""
        return resampled(self.mono, self.rate, HEARING_RATE)

    @cached_property
    def pitch(self) -> Samples:
        """Mono at `PITCH_RATE`, shape (n,)."""
        return resampled(self.hearing, HEARING_RATE, PITCH_RATE)


def finite(samples: Samples) -> bool:
    """Whether every sample is a number; one pass and no copy when it is."""
    flat = samples.ravel()
    with np.errstate(over="ignore", invalid="ignore"):
        # A sum of squares is finite only when every sample is.
        return bool(np.isfinite(np.dot(flat, flat)) or np.isfinite(flat).all())


def resampled(samples: Samples, rate: int, to: int) -> Samples:
    """Change the sample rate (soxr, high quality, linear phase).

    Args:
        samples: Shape (n,) or (n, channels).
        rate: Samples per second now.
        to: Samples per second wanted.
    """
    if rate == to:
        return samples
    return np.asarray(soxr.resample(samples, rate, to, quality="HQ"), dtype=np.float32)
