"""A chord in place of another: a third away, sharing two tones, so that a bass which knows nothing of it still fits."""

from __future__ import annotations

from engine.compose.part.named_chord import chord_of
from engine.theory.chords import Chord

__all__ = ["substitute"]


def substitute(chord: Chord, scale: tuple[int, ...], chance: float) -> Chord:
    """Finds a chord to play instead.

    Over the root that was meant, the one a third below makes a sixth chord of it and the one a third above a seventh
    chord, as players have always done.

    Args:
        chord: as written.
        scale: pitch classes of the key.
        chance: 0 <= x < 1, which of two; the one below for the lower half.

    Returns:
        A triad of the key; the chord itself where it is no major or minor chord on its own root, or where the key has
        neither.
    """
    third = {(tone - chord.root) % 12 for tone in chord.pcs} & {3, 4}
    if len(third) != 1 or chord.bass != chord.root:
        return chord
    major = third == {4}
    below, above = chord.root - (3 if major else 4), chord.root + (4 if major else 3)
    choices = [_triad(root, not major) for root in (below, above)]
    fitting = [tones for tones in choices if set(tones) <= set(scale)]
    if not fitting:
        return chord
    tones = fitting[int(chance * len(fitting))]
    return chord_of(tones[0], tones)


def _triad(root: int, major: bool) -> tuple[int, int, int]:
    return root % 12, (root + (4 if major else 3)) % 12, (root + 7) % 12
