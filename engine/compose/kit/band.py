"""Several parts together: each played by its kit or voice, the kick in front of those with a pitch, in one file."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import msgspec
import numpy as np

from engine.compose.kit.general_midi import roles_by_pitch
from engine.compose.kit.render import mixed_samples
from engine.compose.kit.request import RenderRequest, check_render
from engine.compose.kit.signal import Floats
from engine.compose.kit.wav import limited
from engine.notes import beats_to_seconds

__all__ = ["Band", "band_samples"]

_LEVELS = {"drums": 0.0, "bass": -3.0, "chords": -1.5, "melody": 0.5, "arp": -1.5}
"""dB by which a part lies above its own level, which is that beside a kick."""

_DUCK = 0.5
"""Share by which a part with a pitch steps back at a kick of full velocity."""

_BACK_SECONDS = 0.11
"""Until a third of that is left."""

_ROOM_SECONDS = 1.0


class Band(msgspec.Struct, frozen=True):
    """A mix.

    Attributes:
        samples: shape (frames, 2), true peak at or below the ceiling of ``wav``.
        peak: true peak, dB.
        sounds: the built-in kit or voice of each part, in the order of the requests.
    """

    samples: Floats
    peak: float
    sounds: list[str]


def band_samples(requests: Sequence[RenderRequest]) -> Band:
    """Plays parts at the same time.

    Args:
        requests: one or more, of one length, tempo and rate; what rings past the end does so if they keep it.

    Raises:
        InvalidValue: as ``render``.
    """
    for request in requests:
        check_render(request)
    # What takes long is numpy's, which lets other threads run meanwhile.
    with ThreadPoolExecutor(max_workers=len(requests)) as threads:
        played = list(threads.map(mixed_samples, requests))
    longest = max(len(mix.samples) for mix in played)
    ducked = _ducking(requests, longest)
    total = np.zeros((longest, 2))
    for request, mix in zip(requests, played, strict=True):
        gain = 10 ** (_LEVELS[request.role] / 20)
        part = gain * mix.samples
        total[: len(part)] += part if request.role == "drums" else part * ducked[: len(part), None]
    samples, peak = limited(total)
    return Band(samples, peak, [mix.sound for mix in played])


def _ducking(requests: Sequence[RenderRequest], frames: int) -> Floats:
    """What is left of parts with a pitch, sample by sample: less where a kick sounds."""
    gain = np.ones(frames)
    for request in requests:
        if request.role != "drums":
            continue
        roles = roles_by_pitch(request.kit)
        spell = np.arange(round(_ROOM_SECONDS * request.rate)) / request.rate
        shape = np.exp(-spell / _BACK_SECONDS)
        for note in request.notes:
            if roles.get(note.pitch) != "kick" or note.mute:
                continue
            first = round(beats_to_seconds(note.start_time, request.tempo) * request.rate)
            place = gain[first : first + len(shape)]
            np.minimum(place, 1 - _DUCK * (note.velocity / 127) * shape[: len(place)], out=place)
    return gain
