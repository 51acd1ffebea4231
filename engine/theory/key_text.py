"""Reads a key as people write it: "D minor", "Dm", "f#", "Gb major", "E dorian", "7A"."""

from __future__ import annotations

import re

from engine.errors import InvalidValue, nearest
from engine.theory.key import MODES, Key, from_camelot, practical, usual_key
from engine.theory.spelling import name_pc, plain_accidentals

__all__ = ["parse_key", "parse_mode"]

_LONGEST = 40
_CAMELOT = re.compile(r"0?(\d{1,2})\s*([ABab])")
_OPEN_KEY = re.compile(r"0?(\d{1,2})\s*([dm])")
_TONIC = re.compile(r"([A-Ga-g])(?:(#|b)|[\s-]?(sharp|flat)(?![a-z]))?(.*)", re.IGNORECASE | re.DOTALL)
_BARE = re.compile(r"\s*[A-G](?:#|b|[\s-]?(?i:sharp|flat))?\s*")
_LEAD = re.compile(r"(?:in\s+)?(?:the\s+)?key(?:\s+of|\s*[:=])\s*", re.IGNORECASE)
_WORDS = {
    "maj": "major",
    "ma": "major",
    "min": "minor",
    "mi": "minor",
    "nat": "natural",
    "harm": "harmonic",
    "mel": "melodic",
    "dor": "dorian",
    "phr": "phrygian",
    "phryg": "phrygian",
    "lyd": "lydian",
    "mix": "mixolydian",
    "mixo": "mixolydian",
    "loc": "locrian",
}
# Each mode by the words that name it, in any order: "minor harmonic" is as good as "harmonic minor".
_MODE_BY_WORDS: dict[frozenset[str], str] = {
    **{frozenset({mode}): mode for mode in MODES if "_" not in mode},
    frozenset({"ionian"}): "major",
    frozenset({"aeolian"}): "minor",
    frozenset({"natural", "minor"}): "minor",
    frozenset({"harmonic", "minor"}): "harmonic_minor",
    frozenset({"harmonic"}): "harmonic_minor",
    frozenset({"melodic", "minor"}): "melodic_minor",
    frozenset({"melodic"}): "melodic_minor",
    frozenset({"jazz", "minor"}): "melodic_minor",
}
_KNOWN_WORDS = sorted({word for words in _MODE_BY_WORDS for word in words})
_HINT = (
    'Write a note and a mode ("D minor", "F#", "Bb dorian") or a Camelot code from 1A to 12B. '
    f"Modes: {', '.join(mode.replace('_', ' ') for mode in MODES)}."
)


def parse_key(text: str) -> Key:
    """Reads a key in any usual spelling.

    Understood: a tonic A to G with ``#``/``♯``/"sharp" or ``b``/``♭``/"flat"; then a mode in full, short
    ("min", "mixo") or as "m"/"M"; words in either order, with spaces, hyphens or
    underscores between; Camelot codes ("7A", "07a"); Open Key codes ("5d", "12m"); two
    names of one key ("F#/Gb", "C#m/Db minor"), of which the usual one counts; "key of"
    before any of these. A note alone is major when its letter is upper-case and minor when
    lower-case, as in printed analysis; "A-" is A minor, as in chord symbols. German names
    (Cis, H) are not read, because their B is another note.

    Args:
        text: what was typed.

    Returns:
        The key. One that would need more than seven sharps or flats comes back under its
        usual name (G# major as Ab major).

    Raises:
        InvalidValue: field "key", when it is none of these.
    """
    clean = plain_accidentals(text)
    if len(clean) > _LONGEST:
        raise InvalidValue("key", text, _HINT)
    clean = _LEAD.sub("", clean, count=1) if _LEAD.match(clean) else clean
    return _coded(clean, text) or _twice(clean, text) or practical(Key(*_spelled(clean, text)))


def parse_mode(text: str) -> str:
    """Reads a mode's name in any usual spelling.

    Args:
        text: "harmonic minor", "mixo", "Aeolian", "m".

    Returns:
        One of ``engine.theory.key.MODES``.

    Raises:
        InvalidValue: field "mode".
    """
    mode = _mode(text.strip()) if len(text) <= _LONGEST else None
    if mode is None or not text.strip():
        raise InvalidValue("mode", text, f"{_guess(text)}Use one of: {', '.join(MODES)}.")
    return mode


def _coded(clean: str, text: str) -> Key | None:
    if found := _CAMELOT.fullmatch(clean):
        number, shift, letter = int(found[1]), 0, found[2].upper()
    elif found := _OPEN_KEY.fullmatch(clean):
        # Open Key counts the same wheel from C major = 1d; Camelot has it at 8B.
        number, shift, letter = int(found[1]), 7, "B" if found[2] == "d" else "A"
    else:
        return None
    if not 1 <= number <= 12:
        raise InvalidValue("key", text, "Camelot codes go from 1A to 12A (minor) and 1B to 12B (major).")
    return from_camelot((number + shift - 1) % 12 + 1, letter)


def _twice(clean: str, text: str) -> Key | None:
    """One key under both its names; a mode said with one of them is meant for both."""
    sides = clean.split("/")
    if len(sides) != 2:
        return None
    (tonic, mode), (other, other_mode) = (_spelled(side.strip(), text) for side in sides)
    bare = [bool(_BARE.fullmatch(side)) for side in sides]
    if bare[0] != bare[1]:
        mode = other_mode = other_mode if bare[0] else mode
    if name_pc(tonic) != name_pc(other) or mode != other_mode:
        raise InvalidValue("key", text, f"Its two sides are two different keys; write one. {_HINT}")
    return usual_key(name_pc(tonic), mode)


def _spelled(clean: str, text: str) -> tuple[str, str]:
    found = _TONIC.fullmatch(clean)
    if not found:
        raise InvalidValue("key", text, _HINT)
    letter, sign, word, rest = found.groups()
    accidental = sign or {"sharp": "#", "flat": "b"}.get((word or "").lower(), "")
    tonic = letter.upper() + accidental.lower()
    if not rest.strip():
        mode: str | None = "minor" if letter.islower() else "major"
    else:
        mode = "minor" if rest.strip() == "-" else _mode(rest)
    if mode is None:
        raise InvalidValue("key", text, _guess(rest) + _HINT)
    return tonic, mode


def _mode(text: str) -> str | None:
    short = text.strip(" :_-")
    if short in ("m", "M"):
        return "minor" if short == "m" else "major"
    words = [word for word in re.split(r"[\s:_-]+", short.lower()) if word]
    while words and words[-1] in ("scale", "mode", "key"):
        words.pop()
    if "m" in words and len(words) > 1:  # "Am harmonic"
        words = ["minor" if word == "m" else word for word in words]
    return _MODE_BY_WORDS.get(frozenset(_WORDS.get(word, word) for word in words))


def _guess(text: str) -> str:
    """Suggests the mode that was meant, and only what would then be understood ("jazz" alone would not)."""
    words = [word for word in re.split(r"[\s:_-]+", text.strip().lower()) if word]
    meant = " ".join(word if word in _WORDS else nearest(word, _KNOWN_WORDS) or word for word in words)
    return f'Did you mean "{meant}"? ' if _mode(meant) else ""
