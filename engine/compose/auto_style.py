"""Which style a track asks for, from the words in its name and the tempo of the Set.

Several styles share a tempo, so a word outweighs it: a track called "Deep keys" at 174
beats per minute is deep house. Tempo decides between equals, and alone when the name says
nothing.
"""

from __future__ import annotations

import re
from functools import cache

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
_WORD = 10.0
_LETTER = 0.5


def auto_style(track_name: str, tempo: float) -> tuple[Style, str]:
    """Chooses a style.

    Args:
        track_name: as in Live; may be empty.
        tempo: beats per minute.

    Returns:
        The style and one sentence saying what spoke for it.
    """
    text = _folded(track_name)
    scored = [(_word_score(style, text), style) for style in styles().values()]
    best = max(score for score, _ in scored)
    if best > 0:
        # Equal words ("house" in two styles): the one whose tempo fits, then the first in the menu.
        named = [style for score, style in scored if score == best]
        style = min(named, key=lambda candidate: _tempo_gap(candidate, tempo))
        return style, f"Style: {style.name}, from the track's name."
    style = styles()[next((name for upper, name in _BY_TEMPO if tempo < upper), _FAST)]
    return style, f"Style: {style.name}, from the tempo."


def _folded(text: str) -> str:
    words = re.sub(r"[^a-z0-9&]+", " ", text.lower()).split()
    return f" {' '.join(words)} "


@cache
def _folded_words(style: str) -> tuple[str, ...]:
    return tuple(_folded(word) for word in styles()[style].words)


def _word_score(style: Style, text: str) -> float:
    # The longest word found counts: "deep house" says more than "house" does.
    found = [len(word) for word in _folded_words(style.id) if word in text]
    return _WORD + _LETTER * max(found) if found else 0.0


def _tempo_gap(style: Style, tempo: float) -> float:
    low, high = style.tempo
    return max(low - tempo, 0.0, tempo - high)
