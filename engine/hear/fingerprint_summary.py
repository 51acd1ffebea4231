"""What an analysis tells of a fingerprint; the landmarks themselves are for an index."""

from __future__ import annotations

import msgspec

from engine.hear.fingerprint import VERSION, fingerprint
from engine.hear.spectrum import Spectra


class FingerprintSummary(msgspec.Struct, frozen=True, kw_only=True):
    """How well a recording can be known again.

    Attributes:
        landmarks: How many spectral peaks it is known by; 0 for silence.
        per_second: The same by duration; about 25 for music, below 5 it is hard to find again.
        version: Of the fingerprints; only equal ones can be compared.
    """

    landmarks: int
    per_second: float
    version: int


def fingerprint_summary(spectra: Spectra) -> FingerprintSummary:
    """Take the fingerprint of a recording and say how much there is of it.

    Args:
        spectra: The recording.
    """
    count = len(fingerprint(spectra))
    return FingerprintSummary(landmarks=count, per_second=round(count / spectra.sound.duration, 2), version=VERSION)
