"""What each section of a piece does, in the words of a dance track: intro, build, drop, breakdown, outro.

A drop has the low end and is near the highest energy; a build rises towards a drop without being one; a breakdown lies
between drops with the low end taken away; intro and outro are what is calmer than the drops at the ends. A piece in
which no section lacks what another has does none of this: its sections are parts.
"""

from __future__ import annotations

from typing import NamedTuple

_CALMER = 0.8  # energy a section must lack against the highest to be called anything but a drop
_WITHOUT_LOW = -7.0  # dB below the piece's full low end
_WITHOUT_PULSE = 0.4  # share of the strokes in the lowest part
_RISING = 3.0  # dB and energy together, from a section's first bar to its last


class Traits(NamedTuple):
    """What the labels are decided by.

    Attributes:
        energy: Mean of the bars, 1..10.
        low: Level of the lowest part of the spectrum, dB against the piece's loudest bars.
        pulse: How much of the piece's strokes the lowest part has, 0..1 and a little above.
        slope: Rise of level (dB, above the low end) and energy from first to last bar.
        bars: Length.
    """

    energy: float
    low: float
    pulse: float
    slope: float
    bars: int


def labels(sections: list[Traits]) -> list[str]:
    """Name the sections of one piece.

    Args:
        sections: In their order, at least one.

    Returns:
        A label for each: intro, build, drop, breakdown, outro; all "part" for a piece without contrast.
    """
    highest = max(section.energy for section in sections)
    full = [_is_drop(section, highest) for section in sections]
    if len(sections) == 1 or all(full):
        return ["part"] * len(sections)
    return [_label(index, sections, full) for index in range(len(sections))]


def _is_drop(section: Traits, highest: float) -> bool:
    """Energy near the highest and the low end there."""
    has_low = section.low > _WITHOUT_LOW and (section.pulse == 0 or section.pulse > _WITHOUT_PULSE)
    return has_low and section.energy > highest - _CALMER


def _label(index: int, sections: list[Traits], full: list[bool]) -> str:
    if full[index]:
        return "drop"
    before, behind = any(full[:index]), any(full[index + 1 :])
    leads_to_drop = index + 1 < len(sections) and full[index + 1]
    if leads_to_drop and (sections[index].slope > _RISING and (index > 0 or sections[index].bars <= 4)):
        return "build"
    if not before:
        return "intro"
    return "breakdown" if behind else "outro"
