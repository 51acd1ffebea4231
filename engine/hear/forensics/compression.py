"""Heavy compression: levels that lie closer together than music leaves them.

Blind: the sound before is not known, so that only much compression can be told, and its ratio only roughly. Two sums
of small decision trees say how likely it is and about which ratio, from how levels and peaks are spread (`dynamics`).
They were fitted on music, loops and tones with and without compression by `tests/benchmarks/hearing/train_compression`.
"""

from __future__ import annotations

import numpy as np

from engine.hear.forensics.dynamics import dynamics
from engine.hear.forensics.finding import REPORTED, Finding
from engine.hear.forensics.models import grown
from engine.hear.sound import Sound

_RANGE, _STEADY = 9, 1.0  # dB between soft and loud moments; a steady sound has no dynamics that could be missed
_LIMITED = 14.0  # to one: what is more is called limiting


def compression(sound: Sound) -> list[Finding]:
    """Look for heavy compression.

    Args:
        sound: What to look at; below three seconds nothing is told.
    """
    found = dynamics(sound)
    if found is None or found[_RANGE] < _STEADY:
        return []
    likely = round(float(1 / (1 + np.exp(-np.clip(grown("present", found), -30, 30)))), 3)
    return [_told(sound, likely, ratio(found), found)] if likely >= REPORTED else []


def ratio(found: list[float]) -> float:
    """Estimated ratio, to one.

    Args:
        found: From `dynamics`.
    """
    return float(np.clip(2 ** grown("ratio", found), 1.5, 20))


def _told(sound: Sound, likely: float, about: float, found: list[float]) -> Finding:
    how = "limited" if about > _LIMITED else f"compressed by about {about:.0f}:1"
    return Finding(
        kind="compression",
        probability=likely,
        severity=round(float(np.clip(0.2 + 0.15 * np.log2(about), 0.2, 0.9)), 3),
        start=0.0,
        end=round(sound.duration, 3),
        evidence=(
            f"It was {how}: the highest peak is {found[0]:.1f} dB above the mean level, the loud moments are within "
            f"{found[2]:.1f} dB of the usual ones, and a tenth of all peaks within {found[14]:.1f} dB of the highest."
        ),
        hint="Go back to the mix before the compressor, or take a lower ratio and a higher threshold.",
    )
