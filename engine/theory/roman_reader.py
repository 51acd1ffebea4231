"""Reads roman figures by rule; ``engine.theory.romans`` is the door that uses the tables first.

A figure is ``[accidental] numeral [kind or inversion] [/target ...] [/bass]``:

* The numeral's case gives the third: ``II`` is major, ``ii`` minor. An explicit sign
  wins over it (``iio``, ``IIm7``, ``III+``).
* Degrees are those of the key's own mode. In minor ``III``, ``VI``, ``VII`` are the
  natural degrees, while ``vi`` and ``vii`` (``viio7``, ``viø7``) stand on the raised
  ones, as music21 reads them by default ("quality" policy). ``bvii`` is the natural one.
* ``b`` and ``#`` are read against the major scale, so one that repeats what the mode does
  already changes nothing: ``bVI`` and ``VI`` are the same chord in minor, as pop players
  write it. ``#`` raises a lowered degree to the major scale's: ``#vi`` is F# in A minor.
* After the numeral stands the language of chord symbols (``engine.theory.kinds``): ``I7``
  is a dominant seventh on the tonic and ``Imaj7`` the major one. The exceptions are the
  figured-bass inversions ``6 64 65 43 42 2``: over a major triad their seventh is the
  key's own (``IV65`` holds a major seventh).
* ``/ii`` after a chord makes it belong to the key of that degree (``V7/ii``); ``/3`` or
  ``/b7`` puts a degree of the key in the bass, ``/E`` a note.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from engine.errors import InvalidValue, closest
from engine.theory.chords import Chord
from engine.theory.key import MODE_STEPS, Key
from engine.theory.kinds import Kind, UnknownKind, read_kind
from engine.theory.spelling import letter_index, name_pc, plain_accidentals, spell

__all__ = ["ROMAN_EXAMPLES", "is_roman", "plain_figure", "read_by_rule"]

ROMAN_EXAMPLES = "i, VI, ii7, V7, Imaj7, bVII, iv6, viio7, V7/ii, Vsus4, V7alt"

_NUMERAL = re.compile(r"(bb|##|b|#|)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(.*)", re.DOTALL)
_INVERSION = re.compile(r"(o|ø|\+|dim|aug|maj|M|)(65|64|63|53|43|42|6|2)")
_BASS_DEGREE = re.compile(r"(bb|##|b|#|)([1-7])")
_BASS_NOTE = re.compile(r"[A-G][#b]?")
# Pairs written one above the other in print; the slash between them is no division.
_STACKED = re.compile(r"(?<![\d/b#])(6/4|6/5|4/3|4/2|6/9)(?=/|$)")
_DEGREES = {"I": 0, "II": 1, "III": 2, "IV": 3, "V": 4, "VI": 5, "VII": 6}
_MAJOR = MODE_STEPS["major"]
_LONGEST = 40
_SHIFT = {"": 0, "b": -1, "#": 1, "bb": -2, "##": 2}
# Chords with names instead of numerals: the sixth degree lowered carries the augmented sixths.
_NAMED = {
    "N": "bII6", "N6": "bII6", "N53": "bII",
    "It": "bVI7no5", "It6": "bVI7no5",
    "Ger": "bVI7", "Ger6": "bVI7", "Ger65": "bVI7",
    "Fr": "bVI7b5", "Fr6": "bVI7b5", "Fr43": "bVI7b5",
}  # fmt: skip
# Which chord member an inversion puts in the bass: 1 the third, 2 the fifth, 3 the seventh.
_LOWEST = {"6": 1, "63": 1, "64": 2, "53": 0, "65": 1, "43": 2, "42": 3, "2": 3}


def plain_figure(figure: str) -> str:
    """Writes a figure's signs in one way: ``°`` as ``o``, ``♭`` as ``b``, ``6/5`` as ``65``, ``/o`` as ``ø``."""
    plain = plain_accidentals(figure).replace("°", "o").replace("º", "o").replace("Ø", "ø").replace("/o", "ø")
    return _STACKED.sub(lambda pair: pair[0] if pair[0] == "6/9" else pair[0].replace("/", ""), plain)


def is_roman(figure: str) -> bool:
    """Whether a text begins like a roman figure; the rest may still be unreadable."""
    plain = plain_figure(figure)
    head = plain.split("/", 1)[0]
    return head in _NAMED or head == "Cad64" or bool(_NUMERAL.fullmatch(plain))


def read_by_rule(figure: str, key: Key) -> Chord:
    """Reads one roman figure in a key.

    Args:
        figure: see the module's grammar.
        key: the key the figure is read in.

    Returns:
        The chord, its symbol spelled for the key.

    Raises:
        InvalidValue: field "progression", value the figure, with what is allowed.
    """
    try:
        return _Reader(figure, key).chord()
    except UnknownKind as unknown:
        guess = closest(figure, ROMAN_EXAMPLES.split(", "))
        reason = f"{str(unknown)[:1].upper()}{str(unknown)[1:]}. "
        hint = f"{reason}{guess}Write roman figures such as {ROMAN_EXAMPLES}."
        raise InvalidValue("progression", figure, hint) from None


class _Home(NamedTuple):
    """A key without a name: a secondary chord's key may stand on B double flat."""

    letter: int
    pc: int
    mode: str


class _Reader:
    """One figure taken apart."""

    def __init__(self, figure: str, key: Key) -> None:
        if len(figure) > _LONGEST:
            raise UnknownKind("it is too long for a figure")
        self.figure = figure
        mode = "minor" if key.mode.endswith("minor") else key.mode
        self.home = _Home(letter_index(key.tonic), key.tonic_pc, mode)
        plain = plain_figure(figure)
        self.head, *self.after = _split(plain)
        if self.head == "Cad64":
            self.head = "i64" if key.minor_third else "I64"
        self.head = _NAMED.get(self.head, self.head)

    def chord(self) -> Chord:
        bass_words = self.after[-1] if self.after and not _looks_roman(self.after[-1]) else None
        targets = self.after[:-1] if bass_words else self.after
        local = self.home
        for target in reversed(targets):
            local = _key_of(target, local)
        letter, root, rest, minor = _degree(self.head, local)
        kind, lowest = self._kind(rest, minor, letter, root, local)
        bass_letter, bass = _member(kind, lowest, letter, root)
        if bass_words:
            bass_letter, bass = self._bass(bass_words)
        return Chord.named(spell(letter, root), kind, spell(bass_letter, bass), self.figure)

    @staticmethod
    def _kind(rest: str, minor: bool, letter: int, root: int, local: _Home) -> tuple[Kind, int]:
        inversion = _INVERSION.fullmatch(rest)
        if not inversion:
            return read_kind(rest, minor), 0
        sign, figures = inversion.groups()
        if figures in ("6", "63", "64", "53"):
            return read_kind(sign, minor) if sign != "ø" else read_kind("o", minor), _LOWEST[figures]
        return read_kind(_seventh(sign, minor, letter, root, local), minor), _LOWEST[figures]

    def _bass(self, words: str) -> tuple[int, int]:
        if _BASS_NOTE.fullmatch(words):
            return letter_index(words), name_pc(words)
        degree = _BASS_DEGREE.fullmatch(words)
        if not degree:
            raise UnknownKind(f'"/{words}" is neither a degree of the key nor a note')
        return _place(degree[1], int(degree[2]) - 1, self.home, raised=False)


def _split(plain: str) -> list[str]:
    # The slash inside six-nine stays: hide it while dividing at the others.
    return [part.replace("\0", "/") for part in plain.replace("6/9", "6\0" + "9").split("/")]


def _looks_roman(text: str) -> bool:
    return text in ("N", "N6") or bool(_NUMERAL.fullmatch(text))


def _degree(text: str, key: _Home) -> tuple[int, int, str, bool]:
    """Letter, pitch class, what follows the numeral, and whether its case says minor."""
    found = _NUMERAL.fullmatch(text)
    if not found:
        raise UnknownKind(f'"{text}" is not a roman figure' if text else "a figure is missing")
    accidental, numeral, rest = found.groups()
    minor = numeral.islower()
    letter, pc = _place(accidental, _DEGREES[numeral.upper()], key, raised=minor)
    return letter, pc, rest, minor


def _place(accidental: str, degree: int, key: _Home, *, raised: bool) -> tuple[int, int]:
    """Where a degree lies: its letter 0..6 and pitch class.

    ``raised`` asks for the sixth and seventh of minor on their raised places.
    """
    natural = MODE_STEPS[key.mode][degree]
    major = _MAJOR[degree]
    shift = _SHIFT[accidental]
    if not accidental:
        lifted = raised and key.mode == "minor" and degree >= 5
        step = major if lifted else natural
    elif abs(shift) == 2:
        step = major + shift
    else:
        # An accidental the mode has already is a reminder; the other kind moves from where the mode is.
        reminder = (natural - major) * shift > 0
        step = natural if reminder else natural + shift
    return (key.letter + degree) % 7, (key.pc + step) % 12


def _key_of(target: str, key: _Home) -> _Home:
    """The key a secondary chord belongs to: minor for lower-case and diminished degrees."""
    letter, pc, rest, minor = _degree(_NAMED.get(target, target).removesuffix("6"), key)
    kind = read_kind(rest, minor)
    return _Home(letter, pc, "minor" if 3 in kind.intervals else "major")


def _seventh(sign: str, minor: bool, letter: int, root: int, local: _Home) -> str:
    """The kind of an inverted seventh chord: figured bass takes a major triad's seventh from the key."""
    if minor or sign in ("o", "ø", "dim", "maj", "M"):
        return f"{sign}7"
    degree = (letter + 6 - local.letter) % 7
    _, above = _place("", degree, local, raised=False)
    return f"{sign}maj7" if (above - root) % 12 == 11 else f"{sign}7"


def _member(kind: Kind, lowest: int, letter: int, root: int) -> tuple[int, int]:
    """Letter and pitch class of the chord member an inversion puts in the bass."""
    if lowest >= len(kind.intervals):
        raise UnknownKind("this chord has no such inversion")
    return letter + 2 * lowest, (root + kind.intervals[lowest]) % 12
