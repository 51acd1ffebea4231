"""The scales of Live's Scale menu, and the key of ours that stands nearest to each.

Chords are built in nine modes; Live 12 offers 35 scales. The nearest mode is measured,
not looked up: the fewest notes that one has and the other lacks, on the same root, with
notes that decide a chord's colour (third, then fifth, then seventh) counted for more. So a scale from a
later Live, known only by its intervals, finds its place too.
"""

from __future__ import annotations

from collections.abc import Sequence

from engine.errors import InvalidValue
from engine.theory.key import MODE_STEPS, Key, usual_key
from engine.theory.spelling import plain_accidentals

__all__ = ["LIVE_SCALES", "key_from_live"]

LIVE_SCALES: dict[str, tuple[int, ...]] = {
    "Major": (0, 2, 4, 5, 7, 9, 11),
    "Minor": (0, 2, 3, 5, 7, 8, 10),
    "Dorian": (0, 2, 3, 5, 7, 9, 10),
    "Mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "Lydian": (0, 2, 4, 6, 7, 9, 11),
    "Phrygian": (0, 1, 3, 5, 7, 8, 10),
    "Locrian": (0, 1, 3, 5, 6, 8, 10),
    "Whole Tone": (0, 2, 4, 6, 8, 10),
    "Half-whole Dim.": (0, 1, 3, 4, 6, 7, 9, 10),
    "Whole-half Dim.": (0, 2, 3, 5, 6, 8, 9, 11),
    "Minor Blues": (0, 3, 5, 6, 7, 10),
    "Minor Pentatonic": (0, 3, 5, 7, 10),
    "Major Pentatonic": (0, 2, 4, 7, 9),
    "Harmonic Minor": (0, 2, 3, 5, 7, 8, 11),
    "Harmonic Major": (0, 2, 4, 5, 7, 8, 11),
    "Dorian #4": (0, 2, 3, 6, 7, 9, 10),
    "Phrygian Dominant": (0, 1, 4, 5, 7, 8, 10),
    "Melodic Minor": (0, 2, 3, 5, 7, 9, 11),
    "Lydian Augmented": (0, 2, 4, 6, 8, 9, 11),
    "Lydian Dominant": (0, 2, 4, 6, 7, 9, 10),
    "Super Locrian": (0, 1, 3, 4, 6, 8, 10),
    "8-Tone Spanish": (0, 1, 3, 4, 5, 6, 8, 10),
    "Bhairav": (0, 1, 4, 5, 7, 8, 11),
    "Hungarian Minor": (0, 2, 3, 6, 7, 8, 11),
    "Hirajoshi": (0, 2, 3, 7, 8),
    "In-Sen": (0, 1, 5, 7, 10),
    "Iwato": (0, 1, 5, 6, 10),
    "Kumoi": (0, 2, 3, 7, 9),
    "Pelog Selisir": (0, 1, 3, 7, 8),
    "Pelog Tembung": (0, 1, 5, 7, 8),
    "Messiaen 3": (0, 2, 3, 4, 6, 7, 8, 10, 11),
    "Messiaen 4": (0, 1, 2, 5, 6, 7, 8, 11),
    "Messiaen 5": (0, 1, 5, 6, 7, 11),
    "Messiaen 6": (0, 2, 4, 5, 6, 8, 10, 11),
    "Messiaen 7": (0, 1, 2, 3, 5, 6, 7, 8, 9, 11),
}
"""Name in Live 12's Scale menu -> semitones above the root."""

# Some builds of Live write the composer's name with its vowels exchanged.
_OTHER_NAMES = {"messaien": "messiaen"}

# A wrong third turns major into minor, a wrong fifth makes the tonic chord diminished, a wrong
# seventh makes a dominant of a home chord.
_WEIGHT = {3: 4.0, 4: 4.0, 6: 2.0, 7: 2.0, 10: 1.5, 11: 1.5}

# When two modes stand equally near, the one listed first is the more usual music.
_PREFERENCE = (
    "minor", "major", "mixolydian", "dorian", "phrygian", "lydian", "harmonic_minor", "melodic_minor", "locrian",
)  # fmt: skip


def key_from_live(root: int, scale_name: str, intervals: Sequence[int] | None = None) -> tuple[Key | None, str]:
    """Finds the key that stands for Live's scale.

    Args:
        root: Live's ``root_note``, 0..11, C = 0.
        scale_name: Live's ``scale_name`` ("Minor", "Dorian #4").
        intervals: Live's ``scale_intervals`` (semitones above the root), used when the
            name is none of Live 12's.

    Returns:
        The key and a notice. The notice is empty when Live's scale is one of our modes,
        otherwise it says in plain words what was taken for it. The key is None when
        neither name nor intervals say anything, and the notice says that.

    Raises:
        InvalidValue: field "scale_root", for a root outside 0..11.
    """
    if not 0 <= root <= 11:
        raise InvalidValue("scale_root", root, "Live's root note is 0 (C) to 11 (B).")
    name = _known(scale_name)
    steps = LIVE_SCALES[name] if name else tuple(intervals or ())
    if not steps:
        return None, f'Live\'s scale "{scale_name}" is not known here, so it was not used.'
    mode = _nearest_mode(steps)
    key = usual_key(root, mode)
    shown = f"{key.tonic} {name or scale_name or 'scale'}"
    if set(MODE_STEPS[mode]) == {step % 12 for step in steps}:
        return key, ""
    return key, f"Live's scale is {shown}; chords are built in {key.name}, the nearest key."


def _known(scale_name: str) -> str | None:
    wanted = _folded(scale_name)
    return next((name for name in LIVE_SCALES if _folded(name) == wanted), None)


def _folded(name: str) -> str:
    folded = "".join(sign for sign in plain_accidentals(name).lower() if sign.isalnum() or sign == "#")
    for wrong, right in _OTHER_NAMES.items():
        folded = folded.replace(wrong, right)
    return folded


def _nearest_mode(steps: Sequence[int]) -> str:
    notes = {step % 12 for step in steps}

    def distance(mode: str) -> float:
        return sum(_WEIGHT.get(note, 1.0) for note in notes ^ set(MODE_STEPS[mode]))

    return min(_PREFERENCE, key=distance)
