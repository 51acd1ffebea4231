"""Which style a track asks for, from the words in its name and the tempo of the Set.

Several styles share a tempo, so a word outweighs it: a track called "Deep keys" at 174
beats per minute is deep house. Tempo decides between equals, and alone when the name says
nothing.
"""

from __future__ import annotations

from engine.compose.part.auto import named_in
from engine.compose.stock import Style, styles

__all__ = ["auto_style"]

# What most people mean at a tempo when nothing else is known: upper end, style.
_BY_TEMPO = (
    (68.0, "ambient"),
    (80.0, "lo_fi"),
    (92.0, "hip_hop"),
    (101.0, "reggaeton"),
    (117.0, "pop"),
    (127.0, "house"),
    (134.0, "techno"),
    (162.0, "trap"),
    (190.0, "drum_and_bass"),
)
_FAST = "jazz"


def auto_style(track_name: str, tempo: float) -> tuple[Style, str]:
    """Chooses a style.

    Args:
        track_name: as in Live; may be empty.
        tempo: beats per minute.

    Returns:
        The style and one sentence saying what spoke for it.
    """
    named = named_in(track_name, styles().values())
    if named:
        # Equal words ("house" in two styles): the one whose tempo fits, then the first in the menu.
        style = min(named, key=lambda candidate: _tempo_gap(candidate, tempo))
        return style, f"Style: {style.name}, from the track's name."
    style = styles()[next((name for upper, name in _BY_TEMPO if tempo < upper), _FAST)]
    return style, f"Style: {style.name}, from the tempo."


def _tempo_gap(style: Style, tempo: float) -> float:
    low, high = style.tempo
    return max(low - tempo, 0.0, tempo - high)
