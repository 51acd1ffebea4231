"""Which key the chords are in: asked for, Live's, heard in the Set, or the style's home."""

from __future__ import annotations

import re

import msgspec

from engine.compose.request import ChordsContext
from engine.errors import InvalidValue
from engine.theory.keys import MODE_STEPS, Key, estimate_key, key_from_live, parse_key, parse_mode, relative, usual_key

__all__ = ["FoundKey", "find_key", "fit_to_progression", "known_key", "scale_of"]

HEARD_ENOUGH = 8.0
"""Beats of sound in the Set from which its key can be told."""

_CAMELOT = re.compile(r"\s*0?\d{1,2}\s*[ABab]\s*")
_BARE = re.compile(r"\s*[A-Ga-g]\s?(#|b|♯|♭|sharp|flat)?\s*", re.IGNORECASE)
# Degree of the major scale each mode starts on, in semitones: same notes, other home.
_MODE_HOME = {
    "major": 0,
    "dorian": 2,
    "phrygian": 4,
    "lydian": 5,
    "mixolydian": 7,
    "minor": 9,
    "harmonic_minor": 9,
    "melodic_minor": 9,
    "locrian": 11,
}


class FoundKey(msgspec.Struct, frozen=True):
    """A key and how firmly it stands.

    Attributes:
        key: the key.
        asked: the text a person gave, or empty.
        mode_open: only the tonic was given; the progression chooses the mode.
        mode_said: somebody (person, Live or the Set) said the mode: stock progressions are
            then drawn from that gender.
        notices: sentences about where it comes from.
    """

    key: Key
    asked: str = ""
    mode_open: bool = False
    mode_said: bool = True
    notices: tuple[str, ...] = ()


def find_key(key: str | None, mode: str | None, context: ChordsContext | None, home: str) -> FoundKey:
    """Finds the key before any progression is known.

    Args:
        key: as in the request; None, "follow" and "auto" look at the context.
        mode: as in the request; None and "auto" leave the key's own.
        context: what surrounds the clip.
        home: the style's home key, when nothing else says one.

    Returns:
        The key, with notices for whatever was not asked for in so many words.

    Raises:
        InvalidValue: field "key" or "mode", for text that names none.
    """
    found = known_key(key, mode, context)
    if found is not None:
        return found
    fallen = parse_key(home)
    notice = f"Key: {fallen.name}, where this style is at home."
    return _in_mode(FoundKey(fallen, mode_said=False, notices=(*_unread(context), notice)), _wanted(mode))


def known_key(key: str | None, mode: str | None, context: ChordsContext | None) -> FoundKey | None:
    """Finds the key that somebody said or that the Set plays.

    Args:
        key: as in the request; None, "follow" and "auto" look at the context.
        mode: as in the request; None and "auto" leave the key's own.
        context: what surrounds the clip.

    Returns:
        The key, with notices for whatever was not asked for in so many words; None when nobody
        said one and too little plays.

    Raises:
        InvalidValue: field "key" or "mode", for text that names none.
    """
    wanted_mode = _wanted(mode)
    found = _followed(context or ChordsContext()) if _left_open(key) else _asked(str(key), wanted_mode)
    return None if found is None else _in_mode(found, wanted_mode)


def _wanted(mode: str | None) -> str | None:
    return None if _left_open(mode) else parse_mode(str(mode))


def _in_mode(found: FoundKey, wanted_mode: str | None) -> FoundKey:
    if wanted_mode is None or found.key.mode == wanted_mode:
        said = wanted_mode is not None
        return msgspec.structs.replace(found, mode_said=True, mode_open=False) if said else found
    return _with_mode(found, wanted_mode)


def _left_open(text: str | None) -> bool:
    return text is None or text.strip().lower() in ("auto", "follow", "follow live")


def _asked(text: str, mode: str | None) -> FoundKey:
    parsed = parse_key(text)
    # A note alone names no mode, unless its lower case does ("d" is D minor in print).
    bare = bool(_BARE.fullmatch(text)) and not text.strip()[0].islower() and mode is None
    return FoundKey(parsed, asked=text.strip(), mode_open=bare, mode_said=not bare)


def _followed(context: ChordsContext) -> FoundKey | None:
    key, notices = _live_scale(context)
    if key is not None:
        return FoundKey(key, notices=(*notices, f"Key: {key.name}, from Live's scale."))
    weights = context.pitch_classes
    if weights is not None and sum(weights) >= HEARD_ENOUGH:
        key, confidence, second = estimate_key(weights)
        doubt = "" if confidence >= 0.5 else f" (or {second.name})"
        return FoundKey(key, notices=(*notices, f"Key: {key.name}{doubt}, from what plays in the Set."))
    return None


def _live_scale(context: ChordsContext) -> tuple[Key | None, tuple[str, ...]]:
    """The key of Live's scale where it is on, and what there is to say about it."""
    if not context.scale_mode or context.scale_root is None or not context.scale_name:
        return None, ()
    key, notice = key_from_live(context.scale_root, context.scale_name)
    return key, (notice,) if notice else ()


def _unread(context: ChordsContext | None) -> tuple[str, ...]:
    """What is said where Live's scale is on and tells no key."""
    return _live_scale(context)[1] if context else ()


def _with_mode(found: FoundKey, mode: str) -> FoundKey:
    if _CAMELOT.fullmatch(found.asked):
        # A Camelot number stands for a set of notes: keep it, and start the mode where it lies in them.
        key = _same_notes(found.key, mode)
        code = found.asked.upper()
        notice = f"{code} is {found.key.name}; with mode {mode.replace('_', ' ')} that is {key.name} ({key.camelot})."
        notices = (*found.notices, notice)
    else:
        key = usual_key(found.key.tonic_pc, mode)
        told = () if found.asked else (f"The mode was chosen by hand: {key.name}.",)
        notices = (*found.notices, *told)
    return msgspec.structs.replace(found, key=key, mode_open=False, mode_said=True, notices=notices)


def _same_notes(key: Key, mode: str) -> Key:
    return usual_key(key.tonic_pc - _MODE_HOME[key.mode] + _MODE_HOME[mode], mode)


def fit_to_progression(found: FoundKey, gender: str | None) -> FoundKey:
    """Reconciles a key with a progression written for the other gender.

    Figures for minor make no sense in a major key (VI would be a foreign chord), so the
    key moves: to the asked tonic's own other mode when only a tonic was asked for, else to
    the relative key, whose notes are those of the key that was asked for.

    Args:
        found: from ``find_key``.
        gender: "major", "minor", or None when the figures do in either.

    Returns:
        The key to read the figures in.
    """
    key = found.key
    if gender is None or key.minor_third == (gender == "minor"):
        return found
    if not found.mode_said and not found.mode_open:
        other = relative(key)
        notices = (*found.notices[:-1], f"Key: {other.name}, where this style is at home.")
        return msgspec.structs.replace(found, key=other, notices=notices)
    if found.mode_open:
        other = usual_key(key.tonic_pc, gender)
        notice = f"{found.asked}: the progression is {gender}, so {other.name} ({other.camelot}) was used."
    else:
        other = relative(key)
        if _CAMELOT.fullmatch(found.asked):
            told = f"{found.asked.upper()} is {key.name}"
        else:
            told = f"{key.name} was {'asked for' if found.asked else 'found'}"
        notice = f"{told}; this progression is {gender}, so {other.name} ({other.camelot}) was used."
    return msgspec.structs.replace(found, key=other, mode_open=False, notices=(*found.notices, notice))


def scale_of(key: Key, mode: str | None) -> tuple[int, ...]:
    """Pitch classes that added tones may come from: the key's tonic with another mode's steps."""
    if mode is not None and mode not in MODE_STEPS:
        raise InvalidValue("mode", mode, f"Use one of: {', '.join(MODE_STEPS)}.")
    return tuple(sorted((key.tonic_pc + step) % 12 for step in MODE_STEPS[mode or key.mode]))
