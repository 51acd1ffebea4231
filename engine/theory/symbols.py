"""Reads chord symbols as players write them: "Dm7b5", "Cmaj9", "C6/9", "Bb7", "C-7", "G7alt", "C/E"."""

from __future__ import annotations

import re
from functools import lru_cache

from engine.errors import InvalidValue
from engine.theory.chords import UNUSUAL_ROOTS, Chord
from engine.theory.kinds import Kind, UnknownKind, read_kind
from engine.theory.spelling import plain_accidentals

__all__ = ["SYMBOL_EXAMPLES", "is_symbol", "read_symbol"]

SYMBOL_EXAMPLES = "Dm7, Cmaj9, Bb7, F#m7b5, G7alt, C6/9, Csus4, C/E"

_SYMBOL = re.compile(r"([A-G][#b]?)(.*?)(?:/([A-G][#b]?))?", re.DOTALL)
_LONGEST = 40


@lru_cache(maxsize=2048)
def read_symbol(text: str) -> Chord:
    """Reads one chord symbol.

    The root is an upper-case letter with at most one ``#`` or ``b`` (or ``♯ ♭``); then
    the kind of chord (see ``engine.theory.kinds``), in which a hyphen is minor, as
    players write ("C-7" is C minor seventh, not C flat); then, after a slash, the bass.

    "Bb5" is B flat's power chord, but "Cb5", "Fb5", "E#5" and "B#5" are refused: half
    of those who write them mean C with a flat fifth, the other half another name of B5.
    The hint gives both ways to say it ("C(b5)", "B5"; "Cb(5)" keeps the flat's name).

    Args:
        text: the symbol, without spaces around it.

    Returns:
        The chord; ``symbol`` is the canonical way to write it, ``figure`` the text given.

    Raises:
        InvalidValue: field "progression", value the symbol, with what is allowed.
    """
    found, kind = _parts(text)
    if not found or not kind:
        raise InvalidValue("progression", text, _why(text))
    return Chord.named(found[1], kind, found[3] or found[1], text)


def is_symbol(text: str) -> bool:
    """Whether a text reads as a chord symbol."""
    return _parts(text)[1] is not None


def _parts(text: str) -> tuple[re.Match[str] | None, Kind | None]:
    clean = plain_accidentals(text)
    found = _SYMBOL.fullmatch(clean) if len(clean) <= _LONGEST else None
    if not found or _two_meanings(found):
        return found, None
    try:
        return found, read_kind(found[2])
    except UnknownKind:
        return found, None


def _two_meanings(found: re.Match[str]) -> bool:
    return found[1] in UNUSUAL_ROOTS and found[2] == "5"


def _why(text: str) -> str:
    clean = plain_accidentals(text)
    found = _SYMBOL.fullmatch(clean)
    reason = ""
    if found and _two_meanings(found):
        altered, power = f"{found[1][0]}({found[1][1]}5)", f"{UNUSUAL_ROOTS[found[1]]}5"
        return f'It has two meanings: write "{altered}" for the altered fifth, "{power}" for the power chord.'
    if found and len(clean) <= _LONGEST:
        try:
            read_kind(found[2])
        except UnknownKind as unknown:
            reason = f"{str(unknown)[:1].upper()}{str(unknown)[1:]}. "
    elif clean[:1].islower() and is_symbol(clean[:1].upper() + clean[1:]):
        reason = f'Did you mean "{clean[:1].upper()}{clean[1:]}"? '
    return f"{reason}Write chord symbols such as {SYMBOL_EXAMPLES}."
