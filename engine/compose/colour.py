"""Which tones a chord wears: sevenths, ninths and beyond, by Complexity, Tension and style.

Root and quality never change. Complexity adds tones in the order a style is used to;
Tension decides how far from rest they may lie (below a third of its way it takes the
richer tones back, above it sharpens dominants and puts elevenths on minor chords). Every
tone has its own threshold, moved a little by the seed for every chord of the progression,
so turning a knob changes one chord after another instead of all at once.
"""

from __future__ import annotations

import msgspec

from engine.compose.dice import Dice
from engine.compose.naming import recoloured
from engine.compose.stock import Style
from engine.theory.chords import Chord

__all__ = ["Palette", "colour", "local_scale"]

_JITTER = 26.0
_CALM = 30.0
"""Tension below which ninths and beyond are taken back, the sooner the calmer."""

_DORIAN = frozenset({0, 2, 3, 5, 7, 9, 10})
_LYDIAN = frozenset({0, 2, 4, 6, 7, 9, 11})
_DOMINANT = frozenset({0, 2, 4, 7, 9, 10})
_NEVER = 1000.0
_SEVENTH_WAITS = 26.0


class Palette(msgspec.Struct, frozen=True):
    """What colours the chords of one take.

    Attributes:
        style: whose habits.
        scale: pitch classes added tones are taken from.
        complexity: percent.
        tension: percent.
        quartal: whether chords will be stacked in fourths, which wants tones to stack.
        own: whether a person typed the progression. Nothing is put between its chords, so
            the first tone they can take comes sooner, lest the knob turn without effect.
        dice: of the take's seed.
    """

    style: Style
    scale: tuple[int, ...]
    complexity: float
    tension: float
    quartal: bool
    dice: Dice
    own: bool = False

    def wants(self, threshold: float, name: str, place: int, shy: float = 0.0) -> bool:
        """Whether Tension has reached a tone of this place; ``shy`` is how much later timid styles take it."""
        late = (1.0 - self.style.tension.altered) * shy
        return _reached(self.tension, threshold + late, name, place, self.dice)


def local_scale(chord: Chord, scale: tuple[int, ...]) -> frozenset[int]:
    """Semitones above a chord's root that sound at home over it.

    Inside the key these are the key's own tones; over a borrowed chord they are those of
    the mode players put there (dorian over minor, lydian over major).

    Args:
        chord: any chord.
        scale: pitch classes of the key.

    Returns:
        Semitones 0..11.
    """
    key_tones = frozenset((pc - chord.root) % 12 for pc in scale)
    triad = {tone % 12 for tone in chord.intervals if tone <= 8}
    raised_third = 4 in triad and 3 in key_tones and 0 in key_tones and 7 in key_tones
    if triad <= key_tones or raised_third:
        return key_tones
    if 3 in triad:
        return _DORIAN
    return _DOMINANT if 10 in chord.intervals else _LYDIAN


def colour(chord: Chord, place: int, falls: bool, palette: Palette) -> Chord:
    """Adds the tones the knobs ask for.

    Args:
        chord: as written.
        place: which chord of the progression it is; its thresholds belong to the place.
        falls: whether the next root lies a fifth below, as after a dominant.
        palette: the knobs and the style.

    Returns:
        The chord with its added tones, renamed; the same object when none were added.
    """
    tones = set(chord.intervals)
    if len(tones) < 3:
        # A bare fifth was asked for as a bare fifth.
        return chord
    home = local_scale(chord, palette.scale)
    _enrich(tones, home, place, palette)
    if palette.quartal:
        _stackable(tones, home, palette)
    _sharpen(tones, home, place, falls, palette)
    return recoloured(chord, tones)


def _reached(knob: float, threshold: float, name: str, place: int, dice: Dice) -> bool:
    if knob < max(0.5, threshold - _JITTER / 2):
        return False
    # Past the widest the seed can move it, there is nothing to ask.
    return knob >= threshold + _JITTER / 2 or knob >= threshold + (dice.uniform(name, place) - 0.5) * _JITTER


def _enrich(tones: set[int], home: frozenset[int], place: int, palette: Palette) -> None:
    habits = palette.style.colour
    calm = min(1.0, palette.tension / _CALM)
    rich = palette.complexity * calm
    plain = palette.complexity * (0.4 + 0.6 * calm)
    dice = palette.dice
    # Who likes an added ninth on a major chord lets its seventh wait, so that it is not maj7 everywhere.
    wait = _SEVENTH_WAITS if habits.major == "add9" and 4 in tones else 0.0
    seventh, ninth = _or_never(habits.seventh) + wait, _or_never(habits.ninth)
    if palette.own:
        has_seventh = bool(tones & {9, 10, 11})
        seventh, ninth = (seventh, _sooner(ninth)) if has_seventh else (_sooner(seventh), ninth)
    if _reached(plain, seventh, "seventh", place, dice):
        _add_seventh(tones, home, habits.major)
    if _reached(rich, ninth, "ninth", place, dice):
        _add_ninth(tones, home)
    if _reached(rich, _or_never(habits.eleventh), "eleventh", place, dice):
        _add_eleventh(tones, home)
    if _reached(rich, _or_never(habits.thirteenth), "thirteenth", place, dice):
        _add_thirteenth(tones, home)


def _sooner(threshold: float) -> float:
    return threshold * min(1.0, threshold / 100.0)


def _or_never(threshold: float | None) -> float:
    return _NEVER if threshold is None else threshold


def _add_seventh(tones: set[int], home: frozenset[int], habit: str) -> None:
    if tones & {9, 10, 11}:
        return
    if 3 in tones and 6 in tones:
        tones.add(10 if 10 in home else 9)
    elif 3 in tones:
        tones.add(next((tone for tone in (10, 9, 11) if tone in home), 10))
    elif 4 in tones and 7 in tones:
        tones.add(_major_seventh(home, habit))
    elif 10 in home:
        tones.add(10)


def _major_seventh(home: frozenset[int], habit: str) -> int:
    if habit == "dominant":
        return 10
    if 11 not in home:
        return 10 if 10 in home else 9
    return 9 if habit == "six" and 9 in home else 11


def _add_ninth(tones: set[int], home: frozenset[int]) -> None:
    if 2 in home and not tones & {2, 13, 14, 15}:
        tones.add(14)


def _add_eleventh(tones: set[int], home: frozenset[int]) -> None:
    if 3 in tones and 5 in home and 17 not in tones:
        tones.add(17)
    elif 4 in tones and 6 in home and 10 not in tones and not tones & {17, 18}:
        tones.add(18)


def _add_thirteenth(tones: set[int], home: frozenset[int]) -> None:
    if 9 in home and tones & {10, 11} and not tones & {8, 9, 20, 21} and 6 not in tones:
        tones.add(21)


def _stackable(tones: set[int], home: frozenset[int], palette: Palette) -> None:
    """Gives a triad or seventh the tones that a stack of fourths is built from."""
    if palette.complexity < 5 or palette.tension < 5:
        return
    if 3 in tones and 7 in tones:
        _add_seventh(tones, home, "maj7")
        _add_eleventh(tones, home)
    elif 4 in tones and 7 in tones:
        if not tones & {9, 10, 11} and 9 in home:
            tones.add(9)
        _add_ninth(tones, home)


def _sharpen(tones: set[int], home: frozenset[int], place: int, falls: bool, palette: Palette) -> None:
    dominant = 4 in tones and (10 in tones or (falls and 7 in tones and not tones & {9, 11}))
    if dominant:
        if palette.wants(44.0, "pull", place):
            tones.add(10)
        if 10 in tones:
            _sharpen_dominant(tones, home, place, falls, palette)
    elif 3 in tones:
        _sharpen_minor(tones, home, place, palette)
    elif 4 in tones:
        _sharpen_major(tones, home, place, palette)


def _sharpen_minor(tones: set[int], home: frozenset[int], place: int, palette: Palette) -> None:
    if palette.wants(48.0, "minor seventh", place):
        _add_seventh(tones, home, "maj7")
    if palette.wants(58.0, "minor ninth", place):
        _add_ninth(tones, home)
    if palette.wants(80.0, "minor eleventh", place):
        _add_eleventh(tones, home)


def _sharpen_major(tones: set[int], home: frozenset[int], place: int, palette: Palette) -> None:
    if palette.wants(50.0, "major seventh", place):
        _add_seventh(tones, home, palette.style.colour.major)
    if palette.wants(62.0, "major ninth", place):
        _add_ninth(tones, home)
    if palette.wants(74.0, "raised eleventh", place, shy=11.0):
        _raised_eleventh(tones, home)


def _sharpen_dominant(tones: set[int], home: frozenset[int], place: int, falls: bool, palette: Palette) -> None:
    """Ninths first, then flat and sharp ones, then the thirteenth; only a falling dominant is altered."""
    if palette.wants(56.0, "dominant ninth", place):
        _add_ninth(tones, home)
    if not falls:
        if palette.wants(80.0, "raised eleventh", place, shy=11.0):
            _raised_eleventh(tones, home)
        return
    if not tones & {13, 15} and palette.wants(62.0, "flat ninth", place, shy=22.0):
        tones.discard(14)
        tones.add(15 if 3 in home and palette.dice.uniform("sharp ninth", place) < 0.35 else 13)
    if not tones & {8, 20, 21} and palette.wants(78.0, "flat thirteenth", place, shy=15.0):
        # The flat thirteenth takes the fifth's place.
        tones.discard(7)
        tones.add(20)


def _raised_eleventh(tones: set[int], home: frozenset[int]) -> None:
    # Over a plain dominant or where the key has it; elsewhere it would undo the key.
    if not tones & {5, 6, 17, 18} and (6 in home or 10 in tones):
        tones.add(18)
