"""What resampling leaves behind: a spectrum that ends where no sound does, or goes on as its own mirror image.

A good resampler is told by a fall that is as steep as only its filter is, right below half of a usual sample rate, with
nothing but rounding noise above; a cheap one by the mirror image that it leaves above that point.
"""

from __future__ import annotations

import numpy as np

from engine.hear.forensics.edge import Edge, Mirror, origin_of
from engine.hear.forensics.finding import REPORTED, Finding
from engine.hear.forensics.models import probability
from engine.hear.sound import Sound

_STEEP = 0.05  # of its frequency: within how much a resampler falls
_LOOSE = 0.35  # correlation up to which what is above does not move with what is below
_GAPS = 16.0  # dB between the partials of a tone that ends there; a resampler cuts everything


def resampled(sound: Sound, end: Edge | None, mirror: Mirror | None) -> list[Finding]:
    """Say whether a sound once had a lower sample rate.

    Args:
        sound: What was looked at.
        end: Where its spectrum ends.
        mirror: Where it is most like its mirror image.
    """
    by_edge = probability("resampled", edge_features(sound, end)) if end else 0.0
    by_mirror = probability("mirrored", mirror_features(mirror)) if mirror else 0.0
    if mirror and by_mirror > max(by_edge, REPORTED):
        seen = (
            f"what lies above {mirror.origin / 2000:.1f} kHz is a mirror image of what lies below it (they move "
            f"together, correlation {mirror.alike:.2f})"
        )
        return [_told(sound, by_mirror, mirror.origin, mirror.origin / 2, seen)]
    origin = origin_of(sound, end) if end else None
    if end is None or origin is None or by_edge < REPORTED:
        return []
    seen = (
        f"the spectrum falls by {end.drop:.0f} dB within {end.width * end.hz / 1000:.1f} kHz at "
        f"{end.hz / 1000:.1f} kHz, all the way through, and above it is only rounding noise"
    )
    return [_told(sound, by_edge, origin, end.hz, seen)]


def edge_features(sound: Sound, end: Edge) -> list[float]:
    """What the probability of resampling is worked out from, by the end of the spectrum: the drop where it counts."""
    clear = end.width < _STEEP and abs(end.follows) < _LOOSE and end.drop - end.filled < _GAPS
    return [float(np.clip(end.drop, 0, 60)) if clear and origin_of(sound, end) is not None else 0.0]


def mirror_features(found: Mirror) -> list[float]:
    """What the probability of resampling is worked out from, by the mirror image."""
    return [found.alike]


def _told(sound: Sound, likely: float, origin: int, hertz: float, seen: str) -> Finding:
    return Finding(
        kind="resampled",
        probability=likely,
        severity=round(float(np.clip(0.9 - 0.45 * np.log2(hertz / 5000), 0.05, 0.9)), 3),
        start=0.0,
        end=round(sound.duration, 3),
        evidence=f"It was made at {origin / 1000:g} kHz or cut off there: {seen}.",
        hint="Use the recording as it was before; a higher rate does not bring back what is gone.",
    )
