"""Names a chord whose tones were changed, in the language ``engine.theory.kinds`` reads."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

import msgspec

from engine.theory.chords import Chord
from engine.theory.kinds import UnknownKind, read_kind

__all__ = ["recoloured", "suffix"]

_ROOT = re.compile(r"[A-G](?:##|bb|#|b|)")
_BASS = re.compile(r"/([A-G][#b]{0,2})$")


def recoloured(chord: Chord, intervals: Iterable[int]) -> Chord:
    """The same root with other tones above it, named anew.

    Args:
        chord: where root, bass and figure come from.
        intervals: semitones above the root, 0 among them.

    Returns:
        ``chord`` itself when nothing changed, or when the tones make no chord that has a
        name: what is shown must be what sounds.
    """
    tones = tuple(sorted(set(intervals)))
    found = _named(tones) if tones != chord.intervals else None
    if found is None:
        return chord
    name, quality = found
    root, bass = _ROOT.match(chord.symbol), _BASS.search(chord.symbol)
    symbol = (root[0] if root else "") + name + (bass[0] if bass else "")
    return msgspec.structs.replace(chord, intervals=tones, symbol=symbol, quality=quality)


@lru_cache(maxsize=1024)
def _named(tones: tuple[int, ...]) -> tuple[str, str] | None:
    text = suffix(tones)
    try:
        kind = read_kind(text)
    except UnknownKind:
        return None
    return (text, kind.quality) if kind.intervals == tones else None


def suffix(tones: tuple[int, ...]) -> str:
    """Writes the chord symbol's text behind the root.

    Args:
        tones: semitones above the root in rising order: at most one third, one kind of
            seventh or sixth (9, 10, 11 below the octave), and tensions from 13 to 21.

    Returns:
        "m9", "13b9", "add9", "maj9#11", "9sus4"; read back by ``read_kind`` it gives the
        same tones.
    """
    held = set(tones)
    minor, major = 3 in held, 4 in held
    if minor and 6 in held and 7 not in held:
        return _diminished(held)
    seventh = 10 in held or 11 in held
    bare = not seventh and 9 not in held
    alterations = "".join(name for tone, name in ((13, "b9"), (15, "#9"), (18, "#11"), (20, "b13")) if tone in held)
    alterations = "" if bare else alterations
    number, added = _number(held, minor) if seventh else _sixth(held)
    if 8 in held and major and 7 not in held:
        alterations = f"#5{alterations}" if seventh else alterations
    if 6 in held and major and 7 not in held:
        alterations = f"b5{alterations}"
    head = "m" if minor else "aug" if 8 in held and major and 7 not in held and not seventh else ""
    if 11 in held:
        number = f"(maj{number})" if minor else f"maj{number}"
    sus = "" if minor or major else "sus4" if 5 in held else "sus2" if 2 in held else ""
    if head + number + sus == "" and not major:
        return "5"
    return head + number + sus + alterations + added


def _number(held: set[int], minor: bool) -> tuple[str, str]:
    """The figure of a seventh chord and the tones it does not speak for."""
    altered_ninth = 13 in held or 15 in held
    added = {17: "add11", 21: "add13"}
    has_ninth = 14 in held or altered_ninth
    if 21 in held and has_ninth and (17 in held) == minor:
        return "13", ""
    if 17 in held and 14 in held and minor:
        return "11", "add13" if 21 in held else ""
    rest = "".join(text for tone, text in added.items() if tone in held)
    return ("9" if 14 in held else "7"), rest


def _sixth(held: set[int]) -> tuple[str, str]:
    added = "".join(text for tone, text in ((17, "add11"), (21, "add13")) if tone in held)
    if 9 in held:
        return ("6/9" if 14 in held else "6"), added
    # Without a figure "#11" would promise a seventh.
    return "", ("add9" if 14 in held else "") + ("add#11" if 18 in held else "") + added


def _diminished(held: set[int]) -> str:
    added = "".join(text for tone, text in ((17, "add11"), (20, "b13")) if tone in held)
    if 9 in held:
        return "dim7" + ("add9" if 14 in held else "") + added
    if 10 in held:
        if 14 in held and 17 in held:
            return "m11b5" + ("b13" if 20 in held else "")
        return ("m9b5" if 14 in held else "m7b5") + added
    if 11 in held:
        return "dim(maj7)" + ("add9" if 14 in held else "") + added
    return "dim" + ("add9" if 14 in held else "") + added
