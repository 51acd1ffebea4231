"""Which pitch a tone of a pattern is: degrees of the chord that sounds, in the style's register."""

from __future__ import annotations

from functools import lru_cache

from engine.compose.bass.changes import Change, Changes
from engine.compose.bass.walk_model import HIGH, LOW

__all__ = ["approach", "home", "pitch_of", "spelled", "steps_below"]

_THIRDS, _FIFTHS, _SEVENTHS = (4, 3, 5, 2), (7, 6, 8), (10, 11, 9)
_BY_SCALE = {"2": (2, 1, 3), "4": (5, 6, 4), "6": (9, 8, 7)}
_FLATS = {"b2": 1, "b3": 3, "b5": 6, "b6": 8, "b7": 10}


@lru_cache(maxsize=2048)
def spelled(tones: str) -> tuple[tuple[str, float], ...]:
    """Reads "1 5@45 8@70": tones, each with the Complexity from which it is played; the last that may be is."""
    out = []
    for part in tones.split():
        tone, _, least = part.partition("@")
        out.append((tone, float(least) if least else 0.0))
    return tuple(out)


def home(pitch_class: int, low: int) -> int:
    """The pitch of a pitch class in the octave from ``low`` up, where a style's roots lie."""
    return low + (pitch_class - low) % 12


def pitch_of(tone: str, change: Change, scale: frozenset[int], low: int, high: int) -> int:
    """Finds a tone's pitch.

    Args:
        tone: "1" the chord's bass, "8" an octave above it, "2" to "7" degrees as chord or key have them, "b7" and the
            like as they are; "-" before it puts it below the bass.
        change: the chord.
        scale: pitch classes of the key.
        low: where the style's roots begin, MIDI.
        high: highest pitch of the style.

    Returns:
        MIDI pitch, ``LOW`` to ``HIGH``.
    """
    ground = home(change.bass, low)
    name = tone.removeprefix("-")
    if name == "1":
        pitch = ground
    elif name == "8":
        pitch = ground + 12
    else:
        pitch = ground + (change.root + _interval(name, change, scale) - ground) % 12
    if tone.startswith("-") and name != "1":
        pitch -= 12
    return _fitted(pitch, high)


def _fitted(pitch: int, high: int) -> int:
    while pitch > min(high, HIGH):
        pitch -= 12
    while pitch < LOW:
        pitch += 12
    return pitch


def _interval(name: str, change: Change, scale: frozenset[int]) -> int:
    """Semitones above the root."""
    if name in _FLATS:
        return _FLATS[name]
    if name in _BY_SCALE:
        options: tuple[int, ...] = _BY_SCALE[name]
        known = frozenset(change.tones) | scale
        return next((step for step in options if (change.root + step) % 12 in known), options[0])
    options = {"3": _THIRDS, "5": _FIFTHS, "7": _SEVENTHS}[name]
    in_chord = [step for step in options if (change.root + step) % 12 in change.tones]
    if in_chord:
        return in_chord[0]
    in_scale = [step for step in options if (change.root + step) % 12 in scale]
    return in_scale[0] if in_scale else options[0]


def steps_below(target: int, count: int, changes: Changes, *, rising: bool) -> int:
    """The pitch that lies a number of scale steps from a target, on the side the line comes from."""
    pitch, direction = target, -1 if rising else 1
    for _ in range(count):
        pitch += direction
        while pitch % 12 not in changes.scale:
            pitch += direction
    return _fitted(pitch, HIGH)


def approach(way: str, target: int, ground: int, changes: Changes, high: int) -> int:
    """The note before a target.

    Args:
        way: "below" or "above" a semitone, "scale" the step on the side the line comes from, "fifth" its dominant.
        target: the pitch approached.
        ground: the root the line comes from.
        changes: for the scale.
        high: highest pitch of the style.

    Returns:
        MIDI pitch, ``LOW`` to ``HIGH``.
    """
    if way == "scale":
        return steps_below(target, 1, changes, rising=ground < target)
    if way == "fifth":
        return _fitted(target - 5, high)
    pitch = target - 1 if way == "below" else target + 1
    # At the edge of the register the other side serves.
    return target + 1 if pitch < LOW else target - 1 if pitch > HIGH else pitch
