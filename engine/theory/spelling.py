"""Names of notes: seven letters, sharps and flats, and which of two names a key calls for.

Spelling is arithmetic on two axes at once: the letter (which line of the staff) and the
pitch class (which key of the piano). The accidental is what is left between them.
"""

from __future__ import annotations

import re

__all__ = ["FLAT_NAMES", "SHARP_NAMES", "fifths", "letter_index", "name_pc", "pitch_name", "plain_accidentals", "spell"]

LETTERS = "CDEFGAB"
LETTER_PCS = (0, 2, 4, 5, 7, 9, 11)

SHARP_NAMES = ("C", "C#", "D", "D#", "E", "F", "F#", "G", "G#", "A", "A#", "B")
FLAT_NAMES = ("C", "Db", "D", "Eb", "E", "F", "Gb", "G", "Ab", "A", "Bb", "B")

_NAME = re.compile(r"([A-G])(##|bb|#|b|)")
_ACCIDENTAL = {"": 0, "#": 1, "##": 2, "b": -1, "bb": -2}
_SIGNS = {offset: sign for sign, offset in _ACCIDENTAL.items()}
_FIFTHS_OF_LETTER = (0, 2, 4, -1, 1, 3, 5)
_PLAIN = str.maketrans({"♭": "b", "♯": "#", "–": "-", "—": "-", "−": "-", "‑": "-", "\u00a0": " "})


def plain_accidentals(text: str) -> str:
    """Writes musical and typographic signs in the characters of a keyboard.

    Args:
        text: anything a person typed or pasted.

    Returns:
        The same with ``♭ ♯ – −`` as ``b # - -`` and no white space around it.
    """
    return text.translate(_PLAIN).replace("\U0001d12b", "bb").replace("\U0001d12a", "##").strip()


def letter_index(name: str) -> int:
    """The letter of a note name as 0..6 (C = 0)."""
    return LETTERS.index(name[0])


def name_pc(name: str) -> int:
    """The pitch class of a note name.

    Args:
        name: upper-case letter with up to two sharps or flats ("Bb", "F##").

    Returns:
        0..11, C = 0.

    Raises:
        ValueError: when it is not a note name.
    """
    found = _NAME.fullmatch(name)
    if not found:
        raise ValueError(f"{name!r} is not a note name")
    return (LETTER_PCS[LETTERS.index(found[1])] + _ACCIDENTAL[found[2]]) % 12


def pitch_name(pitch: int, names: tuple[str, ...] = SHARP_NAMES) -> str:
    """Names a pitch with its octave, as Live does.

    Args:
        pitch: MIDI number 0..127.
        names: the twelve names from C, ``SHARP_NAMES`` or ``FLAT_NAMES``.

    Returns:
        "C3" for 60.
    """
    return f"{names[pitch % 12]}{pitch // 12 - 2}"


def fifths(name: str) -> int:
    """Position of a note name on the line of fifths, C = 0, G = 1, F = -1, F# = 6."""
    return _FIFTHS_OF_LETTER[letter_index(name)] + 7 * (name.count("#") - name.count("b"))


def spell(letter: int, pc: int) -> str:
    """Names a pitch class on a wanted letter, as long as a player would read it.

    Args:
        letter: 0..6, taken modulo 7.
        pc: pitch class, taken modulo 12.

    Returns:
        "Cb" for (0, 11). A name that would need a double sharp or flat is replaced by the
        plain one: (6, 9), B double flat, is "A".
    """
    letter, pc = letter % 7, pc % 12
    offset = (pc - LETTER_PCS[letter] + 6) % 12 - 6
    if abs(offset) > 1:
        return (SHARP_NAMES if offset > 0 else FLAT_NAMES)[pc]
    return LETTERS[letter] + _SIGNS[offset]
