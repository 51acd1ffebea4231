"""A key: a tonic and one of nine modes, and where it stands on the Camelot wheel."""

from __future__ import annotations

import msgspec

from engine.errors import InvalidValue, closest
from engine.theory.spelling import fifths, letter_index, name_pc, spell

__all__ = ["MODES", "MODE_STEPS", "Key", "from_camelot", "parallel", "practical", "relative", "usual_key"]

MODE_STEPS: dict[str, tuple[int, ...]] = {
    "major": (0, 2, 4, 5, 7, 9, 11),
    "minor": (0, 2, 3, 5, 7, 8, 10),
    "harmonic_minor": (0, 2, 3, 5, 7, 8, 11),
    "melodic_minor": (0, 2, 3, 5, 7, 9, 11),
    "dorian": (0, 2, 3, 5, 7, 9, 10),
    "phrygian": (0, 1, 3, 5, 7, 8, 10),
    "lydian": (0, 2, 4, 6, 7, 9, 11),
    "mixolydian": (0, 2, 4, 5, 7, 9, 10),
    "locrian": (0, 1, 3, 5, 6, 8, 10),
}
"""Semitones above the tonic of each mode's seven degrees; melodic minor as it ascends."""

MODES = tuple(MODE_STEPS)

# How far a mode's key signature lies from that of the major key on the same tonic, in fifths.
_SIGNATURE = {
    "major": 0,
    "minor": -3,
    "harmonic_minor": -3,
    "melodic_minor": -3,
    "dorian": -2,
    "phrygian": -4,
    "lydian": 1,
    "mixolydian": -1,
    "locrian": -5,
}
_TONICS = frozenset(letter + sign for letter in "CDEFGAB" for sign in ("", "#", "b"))


class Key(msgspec.Struct, frozen=True, gc=False):
    """A tonic and a mode.

    Attributes:
        tonic: note name, upper-case letter with at most one sharp or flat ("Bb").
        mode: one of ``MODES``.

    Raises:
        InvalidValue: when made with a tonic or mode that does not exist.
    """

    tonic: str
    mode: str

    def __post_init__(self) -> None:
        """Refuses what is no key, so that every ``Key`` in the engine is sound."""
        if self.tonic not in _TONICS:
            raise InvalidValue("key", self.tonic, "A tonic is A to G, with # or b behind it where needed.")
        if self.mode not in MODE_STEPS:
            raise InvalidValue("mode", self.mode, f"{closest(self.mode, MODES)}Use one of: {', '.join(MODES)}.")

    @property
    def name(self) -> str:
        """As a person says it: "B minor", "A harmonic minor", "D dorian"."""
        return f"{self.tonic} {self.mode.replace('_', ' ')}"

    @property
    def tonic_pc(self) -> int:
        """Pitch class 0..11 of the tonic, C = 0."""
        return name_pc(self.tonic)

    @property
    def scale_pcs(self) -> tuple[int, ...]:
        """The seven pitch classes from the tonic up."""
        tonic = self.tonic_pc
        return tuple((tonic + step) % 12 for step in MODE_STEPS[self.mode])

    @property
    def scale_names(self) -> tuple[str, ...]:
        """The seven degrees by name, each on its own letter."""
        letter, pcs = letter_index(self.tonic), self.scale_pcs
        return tuple(spell(letter + degree, pcs[degree]) for degree in range(7))

    @property
    def signature(self) -> int:
        """Sharps (above 0) or flats (below 0) of the key signature."""
        return fifths(self.tonic) + _SIGNATURE[self.mode]

    @property
    def minor_third(self) -> bool:
        """Whether the mode sounds minor: its third is three semitones above the tonic."""
        return MODE_STEPS[self.mode][2] == 3

    @property
    def camelot(self) -> str:
        """The code on the Camelot wheel, "1A" to "12B".

        The number follows the key signature (no sharp or flat is 8), so keys that share
        their notes share a number: D dorian stands with C major and A minor at 8. The
        letter follows the third: B for modes with a major third, A for a minor one, so
        D dorian is 8A and F lydian 8B. Harmonic and melodic minor stand where their
        natural minor stands.
        """
        return f"{(self.signature + 7) % 12 + 1}{'A' if self.minor_third else 'B'}"


def usual_key(tonic_pc: int, mode: str) -> Key:
    """The key on a pitch class under the name most people would use.

    Args:
        tonic_pc: pitch class, taken modulo 12.
        mode: one of ``MODES``.

    Returns:
        The spelling with the fewest sharps or flats; of the two with six, F# for major
        and the flat name for every other mode (Eb minor).
    """
    names = {spell(letter, tonic_pc) for letter in range(7)}
    keys = [Key(name, mode) for name in sorted(names) if name_pc(name) == tonic_pc % 12]
    return min(keys, key=lambda key: (abs(key.signature), (key.signature > 0) != (mode == "major")))


def from_camelot(number: int, letter: str) -> Key:
    """The major (letter B) or minor (A) key at a place on the Camelot wheel.

    Args:
        number: 1..12.
        letter: "A" or "B".

    Returns:
        The key under its usual name: (10, "B") is D major, (1, "A") G# minor.
    """
    # Going round by one is going up a fifth, seven semitones; 8B is C and 8A is A.
    mode, home = ("major", 0) if letter == "B" else ("minor", 9)
    return usual_key(home + 7 * (number - 8), mode)


def relative(key: Key) -> Key:
    """The key with the same signature and the other gender.

    A minor <-> C major. A mode with a minor third answers with the major key of its
    signature (D dorian -> C major), one with a major third with the minor key (F lydian ->
    A minor).
    """
    mode = "major" if key.minor_third else "minor"
    place = practical(key).signature - _SIGNATURE[mode]
    return Key(next(name for name in _TONICS if fifths(name) == place), mode)


def parallel(key: Key) -> Key:
    """The key on the same tonic with the other gender: A minor <-> A major, D dorian -> D major."""
    return practical(Key(key.tonic, "major" if key.minor_third else "minor"))


def practical(key: Key) -> Key:
    """Renames a key that would need more than seven sharps or flats: G# major is Ab major."""
    return key if abs(key.signature) <= 7 else usual_key(key.tonic_pc, key.mode)
