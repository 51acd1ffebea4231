"""What music21 says about a figure: the source the tables are built from. Never imported to serve a request.

Two ways of asking:

* ``direct`` hands the figure to ``music21.roman.RomanNumeral`` as it stands. This is the
  authority for triads, diminished and augmented chords, inversions and their secondary
  forms.
* ``by_kind`` is for figures music21 takes for figured bass although they are meant as a
  chord symbol's ending ("V7b9" gives it G A-flat F): music21 finds the root of the
  numeral alone, and the kind of chord comes from music21's own list of chord kinds
  (``harmony.CHORD_TYPES``) through the recipes below.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

import msgspec

from engine.theory.spelling import FLAT_NAMES, SHARP_NAMES, name_pc

__all__ = ["RECIPES", "Reading", "by_kind", "direct", "forget", "kind_intervals", "reading", "scale_names", "version"]

# Canonical suffix -> music21 kind, then what is added to (+) or left out of (-) its stack.
RECIPES: dict[str, str] = {
    "": "major", "m": "minor", "dim": "diminished", "aug": "augmented", "5": "power",
    "sus2": "suspended-second", "sus4": "suspended-fourth",
    "6": "major-sixth", "m6": "minor-sixth", "6/9": "major-sixth +9", "m6/9": "minor-sixth +9",
    "add9": "major +9", "madd9": "minor +9",
    "7": "dominant-seventh", "maj7": "major-seventh", "m7": "minor-seventh", "m(maj7)": "minor-major-seventh",
    "m7b5": "half-diminished-seventh", "dim7": "diminished-seventh", "dim(maj7)": "diminished +7",
    "7#5": "augmented-seventh", "maj7#5": "augmented-major-seventh", "7b5": "seventh-flat-five",
    "7sus4": "suspended-fourth-seventh", "7sus2": "suspended-second +b7",
    "9sus4": "suspended-fourth-seventh +9", "13sus4": "suspended-fourth-seventh +9 +13",
    "9": "dominant-ninth", "maj9": "major-ninth", "m9": "minor-ninth", "m9b5": "half-diminished-ninth",
    "m(maj9)": "minor-major-ninth", "9#5": "augmented-dominant-ninth",
    "11": "dominant-11th -3", "maj11": "major-11th -3", "m11": "minor-11th",
    "13": "dominant-13th -11", "maj13": "major-13th -11", "m13": "minor-13th",
    "7b9": "dominant-seventh +b9", "7#9": "dominant-seventh +#9", "7#11": "dominant-seventh +#11",
    "7b13": "dominant-seventh -5 +b13", "7b9b13": "dominant-seventh -5 +b9 +b13",
    "7#9b13": "dominant-seventh -5 +#9 +b13", "7#5#9": "augmented-seventh +#9", "7#5b9": "augmented-seventh +b9",
    "7alt": "augmented-seventh +#9", "13b9": "dominant-13th -11 -9 +b9", "9#11": "dominant-ninth +#11",
    "13#11": "dominant-13th -11 +#11", "maj7#11": "major-seventh +#11", "maj9#11": "major-ninth +#11",
    "maj13#11": "major-13th -11 +#11", "m7add11": "minor-seventh +11", "7sus4b9": "suspended-fourth-seventh +b9",
    "add11": "major +11", "madd11": "minor +11", "sus2add6": "suspended-second +6",
    "7no5": "dominant-seventh -5", "maj6/9": "major-sixth +9", "7no3": "dominant-seventh -3",
    "maj9no3": "major-ninth -3", "m7no5": "minor-seventh -5",
}  # fmt: skip
# How a figure's ending is called in a chord symbol, by the numeral's case.
_SIGNS = {"o": "dim", "o7": "dim7", "ø": "m7b5", "ø7": "m7b5", "ø9": "m9b5", "+": "aug", "+7": "7#5", "m7b5": "m7b5"}
_SAME = {"69": "6/9", "M7": "maj7", "M9": "maj9", "sus": "sus4", "7sus": "7sus4", "alt": "7alt", "9sus": "9sus4",
         "+maj7": "maj7#5", "dim": "dim", "dim7": "dim7", "aug": "aug", "m": "m"}  # fmt: skip
_WITHOUT_CASE = ("5", "sus2", "sus4", "7sus4", "7sus2", "9sus4", "13sus4", "7sus4b9", "sus2add6")
_FIGURE = re.compile(
    r"(N6|N53|N|It6|Ger65|Fr43|Cad64|(?:b|#)?(?:VII|VI|IV|V|III|II|I|vii|vi|iv|v|iii|ii|i))"
    r"([^/]*)((?:/(?:b|#)?[IViv]+o?)*)(?:/((?:b|#)?[1-7]))?"
)
_DIRECT = re.compile(r"(?:o|ø|\+)?(?:6|64|63|53|65|43|42|2)?|o7|ø7")
# Degrees that lie below the major scale's: a flat on them is a reminder that music21 takes at its word.
_LOW = {"minor": "3", "dorian": "37", "phrygian": "2367", "mixolydian": "7", "locrian": "23567"}
_DEGREE = {"I": "1", "II": "2", "III": "3", "IV": "4", "V": "5", "VI": "6", "VII": "7"}


class Reading(msgspec.Struct, frozen=True):
    """A chord as music21 reads it, in plain spelling.

    Attributes:
        root: note name.
        bass: note name.
        intervals: semitones above the root in stacked order, 0 first.
    """

    root: str
    bass: str
    intervals: tuple[int, ...]


class _Heard(msgspec.Struct, frozen=True, gc=False):
    """All that is kept of a ``RomanNumeral``: thousands of music21's own objects slow every collection."""

    root: str
    bass: str
    pcs: frozenset[int]


def forget() -> None:
    """Drops what was heard, so that the next question goes to music21 again."""
    for memory in (_roman, _key, kind_intervals, scale_names):
        memory.cache_clear()


def version() -> str:
    """The installed music21's version."""
    import music21  # noqa: PLC0415 - heavy, and only here

    return str(music21.__version__)


@lru_cache(maxsize=256)
def kind_intervals(suffix: str) -> tuple[int, ...]:
    """Builds the stack of one kind from music21's list of chord kinds.

    Args:
        suffix: a key of ``RECIPES``.

    Returns:
        Semitones above the root in stacked order.

    Raises:
        KeyError: for a suffix without a recipe.
    """
    from music21 import harmony  # noqa: PLC0415 - heavy, and only here

    kind, *changes = RECIPES[suffix].split()
    tones = {_degree_number(word): _semitones(word) for word in str(harmony.CHORD_TYPES[kind][0]).split(",")}
    for change in changes:
        number = _degree_number(change[1:])
        if change[0] == "-":
            del tones[number]
        else:
            tones[number] = _semitones(change[1:])
    return tuple(sorted(tones.values()))


@lru_cache(maxsize=256)
def scale_names(tonic: str, mode: str) -> tuple[str, ...]:
    """The seven degrees of a key as music21 names them, in plain spelling."""
    from music21 import scale  # noqa: PLC0415 - heavy, and only here

    name = tonic.replace("b", "-")
    makers: dict[str, Any] = {"harmonic_minor": scale.HarmonicMinorScale, "melodic_minor": scale.MelodicMinorScale}
    found = makers[mode](name) if mode in makers else _key(tonic, mode).getScale()
    pitches = found.getPitches(f"{name}4", f"{name}5", direction=scale.Direction.ASCENDING)
    return tuple(_plain(pitch) for pitch in pitches[:7])


def reading(figure: str, tonic: str, mode: str) -> tuple[Reading, str]:
    """What the tables hold for a figure, with the suffix of its kind.

    Args:
        figure: in plain signs.
        tonic: note name.
        mode: one of ours, "minor" for all three minors.

    Returns:
        The reading and the canonical suffix of its kind.

    Raises:
        KeyError: when no recipe exists for the figure's ending.
        ValueError: when the figure is not of a form this module knows.
    """
    if not _DIRECT.fullmatch(_parts(figure)[1]):
        return by_kind(figure, tonic, mode)
    heard = direct(figure, tonic, mode)
    suffix = next(suffix for suffix in RECIPES if kind_intervals(suffix) == heard.intervals)
    return heard, suffix


def direct(figure: str, tonic: str, mode: str) -> Reading:
    """Asks music21 for the whole figure at once; see ``reading`` for the arguments."""
    head, rest, targets, low = _parts(figure)
    numeral = _cautious(head, mode)
    asked = f"{numeral}{rest}{_targets(targets, mode)}"
    heard = _roman(asked, tonic, mode)
    # Augmented sixths are named here after the note in the bass, as the chord symbols they sound like.
    root = heard.bass if head in ("It6", "Ger65", "Fr43") else heard.root
    steps = sorted({(pc - name_pc(root)) % 12 for pc in heard.pcs})
    return Reading(root, _bass(low, tonic, mode) if low else heard.bass, tuple(steps))


def by_kind(figure: str, tonic: str, mode: str) -> tuple[Reading, str]:
    """Asks music21 for the numeral's root and for the kind; see ``reading`` for arguments and errors."""
    head, rest, targets, low = _parts(figure)
    suffix = _suffix(rest, head.lstrip("b#").islower())
    numeral = _cautious(head, mode) + _targets(targets, mode)
    root = _roman(numeral, tonic, mode).root
    bass = _bass(low, tonic, mode) if low else root
    return Reading(root, bass, kind_intervals(suffix)), suffix


def _parts(figure: str) -> tuple[str, str, str, str]:
    found = _FIGURE.fullmatch(figure.replace("6/9", "69"))
    if not found:
        raise ValueError(f"{figure!r} is not of a form the tables can hold")
    return found[1], found[2], found[3], found[4] or ""


def _suffix(rest: str, minor: bool) -> str:
    if rest in _SIGNS:
        return _SIGNS[rest]
    plain = _SAME.get(rest, rest)
    if not minor or plain in _WITHOUT_CASE or plain.startswith(("m7", "m9", "m11", "m(", "m6")) or plain == "m":
        return plain
    return f"m({plain})" if plain.startswith("maj") else f"m{plain}"


def _cautious(numeral: str, mode: str) -> str:
    """Leaves out an accidental that only repeats what the mode does."""
    degree = _DEGREE.get(numeral.lstrip("b#").upper(), "")
    if numeral[0] == "b" and degree and degree in _LOW.get(mode, ""):
        return numeral[1:]
    return numeral[1:] if mode == "lydian" and numeral[0] == "#" and degree == "4" else numeral


def _targets(targets: str, mode: str) -> str:
    words = targets.split("/")[1:]
    # Only the last target stands in the home key; in minor its flat sixth and seventh are natural too.
    if words and mode == "minor" and words[-1] in ("bVI", "bVII"):
        words[-1] = words[-1][1:]
    if words:
        words[-1] = _cautious(words[-1], mode)
    return "".join(f"/{word}" for word in words)


@lru_cache(maxsize=65536)
def _roman(figure: str, tonic: str, mode: str) -> _Heard:
    from music21 import roman  # noqa: PLC0415 - heavy, and only here

    # A sixth or seventh with its accidental written is read as players write it (bVI is VI in minor).
    policy = roman.Minor67Default.CAUTIONARY if figure[0] in "b#" else roman.Minor67Default.QUALITY
    chord = roman.RomanNumeral(figure, _key(tonic, mode), sixthMinor=policy, seventhMinor=policy)
    pcs = frozenset(int(pitch.pitchClass) for pitch in chord.pitches)
    return _Heard(_plain(chord.root()), _plain(chord.bass()), pcs)


@lru_cache(maxsize=256)
def _key(tonic: str, mode: str) -> Any:
    from music21 import key  # noqa: PLC0415 - heavy, and only here

    return key.Key(tonic.replace("b", "-"), mode)


def _bass(low: str, tonic: str, mode: str) -> str:
    degree, shift = int(low[-1]), {"b": -1, "#": 1}.get(low[0], 0)
    pitch = _key(tonic, mode).pitchFromDegree(degree)
    if shift == -1 and (str(degree) in _LOW.get(mode, "") or (mode == "minor" and degree >= 6)):
        shift = 0
    return _plain(pitch.transpose(f"{'a' if shift > 0 else 'd'}1") if shift else pitch)


def _plain(pitch: Any) -> str:
    name = str(pitch.name).replace("-", "b")
    if len(name) <= 2:
        return name
    return (SHARP_NAMES if "#" in name else FLAT_NAMES)[pitch.pitchClass]


def _degree_number(word: str) -> int:
    return int(word.lstrip("-b#"))


def _semitones(word: str) -> int:
    number = _degree_number(word)
    octave, step = divmod(number - 1, 7)
    return 12 * octave + (0, 2, 4, 5, 7, 9, 11)[step] + word.count("#") - word.count("-") - word.count("b")
