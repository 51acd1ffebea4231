"""Reads a whole progression: roman figures, chord symbols, or both, in any usual punctuation."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.errors import InvalidValue
from engine.theory.chords import Chord
from engine.theory.key import Key
from engine.theory.limits import LONGEST_PROGRESSION, LONGEST_PROGRESSION_TEXT
from engine.theory.roman_reader import ROMAN_EXAMPLES, is_roman, plain_figure
from engine.theory.romans import read_roman
from engine.theory.spelling import plain_accidentals
from engine.theory.symbols import SYMBOL_EXAMPLES, is_symbol, read_symbol

__all__ = ["LONGEST_PROGRESSION", "progression_mode", "read_bars", "read_progression", "split_progression"]

_REPEAT = "%"
_HINT = (
    f"Write roman figures ({ROMAN_EXAMPLES}) or chord symbols ({SYMBOL_EXAMPLES}), with spaces, "
    "hyphens, commas or bar lines between them."
)
# A comma inside brackets belongs to the chord: "C7(b9,13)".
_GAP = re.compile(r"[\s,;:]+(?![^()]*\))")
_ARROWS = re.compile(r"->|=>|→|⇒|➝|»")
_SILENT = ("major", 0)
_EVIDENCE = {
    **{"i": ("minor", 2), "I": ("major", 2)},
    **dict.fromkeys(("III", "VI", "VII", "iv", "v"), ("minor", 1)),
    **dict.fromkeys(("ii", "iii", "vi"), ("major", 1)),
}
_HEAD = re.compile(r"(?:bb|##|b|#|)(VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i)(.*)", re.DOTALL)


def read_progression(text: str, key: Key) -> tuple[Chord, ...]:
    """Reads a progression in a key.

    Args:
        text: "i-VI-III-VII", "ii7 V7 Imaj7", "I | vi | IV, V", "Dm7 G7 Cmaj7", "C-7-F7";
            ``%`` repeats the chord before it.
        key: the key of the roman figures; chord symbols do not depend on it.

    Returns:
        The chords in order, at least one.

    Raises:
        InvalidValue: field "progression", value the figure that was not understood.
    """
    return tuple(chord for bar in read_bars(text, key) for chord in bar)


@lru_cache(maxsize=512)
def read_bars(text: str, key: Key) -> tuple[tuple[Chord, ...], ...]:
    """Reads a progression and keeps what bar lines say.

    Args:
        text: as for ``read_progression``.
        key: as for ``read_progression``.

    Returns:
        One tuple of chords for each stretch between bar lines; without a bar line in the
        text, one tuple for each chord.

    Raises:
        InvalidValue: as ``read_progression``.
    """
    bars: list[tuple[Chord, ...]] = []
    last: Chord | None = None
    for bar in split_progression(text):
        chords: list[Chord] = []
        for figure in bar:
            if figure != _REPEAT:
                last = _read_one(figure, key)
            if last is None:
                raise InvalidValue("progression", _REPEAT, "There is no chord before % to repeat. " + _HINT)
            chords.append(last)
        bars.append(tuple(chords))
    return tuple(bars)


def split_progression(text: str) -> tuple[tuple[str, ...], ...]:
    """Divides a progression into bars of figures, without judging the figures.

    Args:
        text: as for ``read_progression``.

    Returns:
        As ``read_bars``, with the figures as text.

    Raises:
        InvalidValue: field "progression", for an empty or endless text.
    """
    if len(text) > LONGEST_PROGRESSION_TEXT:
        raise InvalidValue("progression", text, f"Use at most {LONGEST_PROGRESSION_TEXT} characters.")
    clean = _ARROWS.sub(" ", plain_accidentals(text))
    drawn = [_figures(bar) for bar in clean.split("|")]
    bars = [bar for bar in drawn if bar]
    if not bars:
        raise InvalidValue("progression", text, "It holds no chord. " + _HINT)
    if sum(map(len, bars)) > LONGEST_PROGRESSION:
        raise InvalidValue("progression", text, f"Use at most {LONGEST_PROGRESSION} chords.")
    if "|" not in clean:
        bars = [[figure] for figure in bars[0]]
    return tuple(tuple(bar) for bar in bars)


def progression_mode(text: str) -> str | None:
    """Tells what kind of key a roman text is meant for.

    A tonic chord decides (``i`` minor, ``I`` major; the first one when both occur).
    Without one, the degrees that only one gender has are counted: ``ii iii vi`` speak for
    major, ``III VI VII`` and ``iv v iio iiø`` for minor.

    Args:
        text: a progression; chord symbols in it say nothing.

    Returns:
        "major", "minor", or None when the figures would do in either.

    Raises:
        InvalidValue: as ``split_progression``.
    """
    votes = 0
    for bar in split_progression(text):
        for figure in bar:
            mode, weight = _evidence(figure)
            if weight > 1:
                return mode
            votes += weight if mode == "minor" else -weight
    return None if votes == 0 else "minor" if votes > 0 else "major"


def _figures(bar: str) -> list[str]:
    return [figure for word in _GAP.split(bar) for figure in _undashed(word) if figure]


def _undashed(word: str) -> list[str]:
    """Divides at hyphens, but leaves those that mean minor ("C-7", "C-7-F7", "II-7")."""
    pieces = word.split("-")
    figures = [pieces[0]]
    for piece in pieces[1:]:
        joined = f"{figures[-1]}-{piece}"
        alone = piece == _REPEAT or is_roman(piece) or is_symbol(piece)
        # A hyphen at the end is minor too ("C-", "VI-"), except after a row of figures.
        ending = not piece and len(pieces) > 2 and is_roman(figures[-1])
        if figures[-1] and not alone and not ending and _reads(joined):
            figures[-1] = joined
        else:
            figures.append(piece)
    return figures


def _reads(figure: str) -> bool:
    try:
        _read_one(figure, Key("C", "major"))
    except InvalidValue:
        return False
    return True


def _read_one(figure: str, key: Key) -> Chord:
    if is_roman(figure):
        return read_roman(figure, key)
    if figure[:1] in tuple("ABCDEFG") or is_symbol(figure[:1].upper() + figure[1:]):
        return read_symbol(figure)
    raise InvalidValue("progression", figure, _HINT)


def _evidence(figure: str) -> tuple[str, int]:
    """Which gender one figure speaks for, and how loudly (2 decides, 0 says nothing)."""
    head, *targets = plain_figure(figure).replace("6/9", "69").split("/")
    found = _HEAD.fullmatch(head)
    # Borrowed and secondary chords belong to another key.
    if not found or head[0] in "b#" or any(_HEAD.fullmatch(target) for target in targets):
        return _SILENT
    numeral, rest = found.groups()
    said_minor = rest.startswith(("m", "-", "o", "ø", "dim")) and not rest.startswith("maj")
    name = numeral.lower() if said_minor else numeral
    if name == "ii" and rest.startswith(("o", "ø", "dim", "m7b5", "7b5")):
        return "minor", 1
    # VI7 is a chromatic dominant in major as often as a chord of minor.
    return _SILENT if name in ("III", "VI", "VII") and rest.startswith("7") else _EVIDENCE.get(name, _SILENT)
