"""What a style of one's own has learnt, in words and figures a producer understands."""

from __future__ import annotations

from collections import Counter

from engine.compose.own.cells import read_cell
from engine.compose.own.model import OwnStyle
from engine.theory.spelling import FLAT_NAMES, pitch_name

__all__ = ["described"]

_TONES = ("root", "b9", "9", "minor third", "third", "fourth", "b5", "fifth", "b6", "sixth", "seventh", "major seventh")
_OFTEN = 3


def described(style: OwnStyle) -> list[str]:
    """Tells a style in sentences: what it learnt from, how much it plays, where, and how.

    Args:
        style: the style.

    Returns:
        Sentences, the most telling first.
    """
    clips, bars = len(style.sources), style.bars
    told = [
        f"Learnt from {clips} clip{'s' * (clips != 1)}, {bars:g} bar{'s' * (bars != 1)}, around {style.tempo:g} BPM."
    ]
    told.append(_density(style))
    told.append(_drums(style) if style.role == "drums" else _line(style))
    told.append(_feel(style))
    return [sentence for sentence in told if sentence]


def _beats(style: OwnStyle) -> Counter[str]:
    """Every cell with how often it was played, whatever came before."""
    return Counter(style.cells.get("", {}))


def _density(style: OwnStyle) -> str:
    beats = _beats(style)
    hits = sum(len(read_cell(cell, style.role == "drums")) * count for cell, count in beats.items())
    total = sum(beats.values())
    rests = 100 * beats.get("-", 0) / total
    return f"{hits / total:.1f} notes a beat; {rests:.0f} % of beats are empty."


def _drums(style: OwnStyle) -> str:
    lanes: Counter[int] = Counter()
    for cell, count in _beats(style).items():
        for one in read_cell(cell, drums=True):
            lanes[one.pitch] += count
    shown = ", ".join(f"{pitch_name(pitch, FLAT_NAMES)} ({count})" for pitch, count in lanes.most_common(8))
    return f"Hits by pitch: {shown}."


def _line(style: OwnStyle) -> str:
    tones = Counter(style.tones.get("strong", {}))
    total = sum(tones.values())
    shown = (
        [f"{_TONES[int(tone)]} {100 * count / total:.0f} %" for tone, count in tones.most_common(_OFTEN)]
        if total
        else []
    )
    steps = Counter(style.steps.get("", {}))
    moves = sum(steps.values())
    repeated = 100 * steps.get("0", 0) / moves if moves else 0
    near = 100 * sum(count for step, count in steps.items() if 1 <= abs(int(step)) <= 2) / moves if moves else 0
    low, high = pitch_name(style.low, FLAT_NAMES), pitch_name(style.high, FLAT_NAMES)
    on_beats = f" On the beat: {', '.join(shown)}." if shown else ""
    return f"From {low} to {high}; {near:.0f} % steps, {repeated:.0f} % repeated notes.{on_beats}"


def _feel(style: OwnStyle) -> str:
    hits = sum(step.hits for step in style.groove.values())
    if not hits:
        return ""
    late = sum(step.late * step.hits for step in style.groove.values()) / hits * 60_000 / style.tempo
    loud = [step.velocity for step in style.groove.values()]
    lean = "on the grid" if abs(late) < 1 else f"{abs(late):.0f} ms {'behind' if late > 0 else 'before'} the grid"
    return f"Played {lean}; velocities from {min(loud):.0f} to {max(loud):.0f} by step."
