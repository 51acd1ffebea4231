"""Edit points: places where something was cut out or put in, and what is on both sides does not belong together.

A wave that is cut and joined is torn: neither side leads up to the other. Linear prediction from both sides finds
that where what plays does not hide it; a strike of a drum surprises from one side only, since backwards it dies away
into what was before. Edits at rests, inside noise or faded over leave nothing of that kind and are not found.
"""

from __future__ import annotations

import numpy as np

from engine.hear.forensics.edit_kernels import bends
from engine.hear.forensics.finding import REPORTED, Finding
from engine.hear.forensics.models import probability
from engine.hear.forensics.seams import Seam, seams
from engine.hear.sound import Sound

_BOTH = 5.0  # how much each side must be surprised, in its usual surprises
_STRIKE = 25.0  # dB by which it may grow louder or softer; more is a beginning or an end
_OFTEN = 5, 15.0  # this many, and one in so many seconds, may stand out as much
_BEYOND = 3.0  # times the one after these: what happens all the time is the sound itself
_LEAST, _MOST = 1.5, 256.0
_TOLD = 16  # edits told at most


def edits(sound: Sound) -> list[Finding]:
    """Look for edit points.

    Args:
        sound: What to look at, at its native rate.

    Returns:
        One finding for each, the clearest first.
    """
    found = seams(sound, bends(sound.samples))
    told = [
        (likely, seam)
        for seam, strength in zip(found, strengths(found, sound.duration), strict=True)
        if strength and (likely := probability("edit", edit_features(strength))) >= REPORTED
    ]
    told.sort(key=lambda each: (-each[0], -each[1].alone))
    return [_told(sound, likely, seam) for likely, seam in told[:_TOLD]]


def strengths(found: list[Seam], seconds: float) -> list[float]:
    """How far each seam stands out of the surprises around it and of the other seams; 0 for what cannot be an edit.

    Args:
        found: Seams of one sound.
        seconds: Its duration.
    """
    alone = np.sort([each.alone for each in found])[::-1]
    others = int(_OFTEN[0] + seconds / _OFTEN[1])
    usual = max(_LEAST, float(alone[others])) if len(alone) > others else _LEAST
    return [
        min(each.alone, _BEYOND * each.alone / usual)
        if min(each.forward, each.backward) > _BOTH and abs(each.rise) < _STRIKE and each.alone > _LEAST
        else 0.0
        for each in found
    ]


def edit_features(strength: float) -> list[float]:
    """What the probability is worked out from."""
    return [float(np.log2(np.clip(strength, 1, _MOST)))]


def _told(sound: Sound, likely: float, seam: Seam) -> Finding:
    seconds = seam.frame / sound.rate
    times = min(seam.forward, seam.backward)
    return Finding(
        kind="edit",
        probability=likely,
        severity=round(float(np.clip(0.2 + 0.5 * seam.jump, 0.2, 0.8)), 3),
        start=round(seconds, 4),
        end=round(min(sound.duration, seconds + 1 / sound.rate), 4),
        evidence=(
            f"The wave is torn at {seconds:.3f} s: there it is {times:.0f} times as far as usual from what both sides "
            f"lead one to expect, {seam.alone:.0f} times as far as anywhere near it."
        ),
        hint="If something was cut here, fade over a few milliseconds, or cut where both sides cross zero.",
    )
