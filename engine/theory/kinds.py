"""Kinds of chord, and the reader of what stands behind a chord's root.

Roman figures and chord symbols share one language for everything after the root: "7" is
always a minor seventh and "maj7" a major one, "9" a major ninth above either, "b9" and
the like are altered tensions. Customs of players are built in, because the plain stack of
thirds is not what is played:

* A major or dominant eleventh ("11", "maj11") leaves out the third, which lies a minor
  ninth below the eleventh. Who wants both says so: "maj9(11)", "7(11)", "maj7add11".
* A thirteenth leaves out the eleventh unless the chord is minor; a flat thirteenth
  ("7b13") leaves out the fifth, a semitone below it.
* A number in brackets or behind a slash adds that one tone and nothing between:
  "7(13)" has no ninth where "13" has one. A sixth above a seventh ("7/6") is the
  thirteenth.
* "sus2sus4" has both the second and the fourth in the third's place.
"""

from __future__ import annotations

import re
from functools import lru_cache

import msgspec

__all__ = ["QUALITIES", "Kind", "UnknownKind", "read_kind"]


class UnknownKind(ValueError):  # noqa: N818 - callers turn it into InvalidValue with the whole figure
    """A suffix that is no kind of chord; ``str()`` says why."""


class Kind(msgspec.Struct, frozen=True, gc=False):
    """What a chord is apart from its root.

    Attributes:
        suffix: canonical text behind the root in a chord symbol ("m7b5").
        quality: name ("half-diminished-seventh"); altered chords carry their parent's.
        intervals: semitones above the root in stacked order, 0 first.
    """

    suffix: str
    quality: str
    intervals: tuple[int, ...]


# Names as in MusicXML and music21 where those have one.
_NAMED = (
    Kind("", "major", (0, 4, 7)),
    Kind("m", "minor", (0, 3, 7)),
    Kind("dim", "diminished", (0, 3, 6)),
    Kind("aug", "augmented", (0, 4, 8)),
    Kind("5", "power", (0, 7)),
    Kind("sus2", "suspended-second", (0, 2, 7)),
    Kind("sus4", "suspended-fourth", (0, 5, 7)),
    Kind("6", "major-sixth", (0, 4, 7, 9)),
    Kind("m6", "minor-sixth", (0, 3, 7, 9)),
    Kind("6/9", "major-sixth-ninth", (0, 4, 7, 9, 14)),
    Kind("m6/9", "minor-sixth-ninth", (0, 3, 7, 9, 14)),
    Kind("add9", "major-added-ninth", (0, 4, 7, 14)),
    Kind("madd9", "minor-added-ninth", (0, 3, 7, 14)),
    Kind("7", "dominant-seventh", (0, 4, 7, 10)),
    Kind("maj7", "major-seventh", (0, 4, 7, 11)),
    Kind("m7", "minor-seventh", (0, 3, 7, 10)),
    Kind("m(maj7)", "minor-major-seventh", (0, 3, 7, 11)),
    Kind("m7b5", "half-diminished-seventh", (0, 3, 6, 10)),
    Kind("dim7", "diminished-seventh", (0, 3, 6, 9)),
    Kind("dim(maj7)", "diminished-major-seventh", (0, 3, 6, 11)),
    Kind("7#5", "augmented-seventh", (0, 4, 8, 10)),
    Kind("maj7#5", "augmented-major-seventh", (0, 4, 8, 11)),
    Kind("7b5", "seventh-flat-five", (0, 4, 6, 10)),
    Kind("7sus4", "suspended-fourth-seventh", (0, 5, 7, 10)),
    Kind("7sus2", "suspended-second-seventh", (0, 2, 7, 10)),
    Kind("9sus4", "suspended-fourth-ninth", (0, 5, 7, 10, 14)),
    Kind("13sus4", "suspended-fourth-13th", (0, 5, 7, 10, 14, 21)),
    Kind("9", "dominant-ninth", (0, 4, 7, 10, 14)),
    Kind("maj9", "major-ninth", (0, 4, 7, 11, 14)),
    Kind("m9", "minor-ninth", (0, 3, 7, 10, 14)),
    Kind("m9b5", "half-diminished-ninth", (0, 3, 6, 10, 14)),
    Kind("m(maj9)", "minor-major-ninth", (0, 3, 7, 11, 14)),
    Kind("11", "dominant-11th", (0, 7, 10, 14, 17)),
    Kind("maj11", "major-11th", (0, 7, 11, 14, 17)),
    Kind("m11", "minor-11th", (0, 3, 7, 10, 14, 17)),
    Kind("13", "dominant-13th", (0, 4, 7, 10, 14, 21)),
    Kind("maj13", "major-13th", (0, 4, 7, 11, 14, 21)),
    Kind("m13", "minor-13th", (0, 3, 7, 10, 14, 17, 21)),
    Kind("7alt", "altered-seventh", (0, 4, 8, 10, 15)),
)
_BY_INTERVALS = {kind.intervals: kind for kind in _NAMED}

QUALITIES = tuple(kind.quality for kind in _NAMED)
"""Every name ``Kind.quality`` can hold."""

# Longest first where one begins with another. Single letters M and m differ in meaning,
# words do not mind their case.
_TOKEN = re.compile(
    r"(?P<alter>[b#](?:5|9|11|13)|(?<=\d)[+-](?:5|9|11|13))"
    r"|(?P<min>(?i:minor|min)|MI|Mi|mi|m(?!aj|a(?![a-z]))|-)"
    r"|(?P<maj>(?i:major|maj)|MA(?![A-Za-z])|[Mm]a(?![a-z])|M)"
    r"|(?P<delta>[Δ△∆^])"
    r"|(?P<half>(?i:half-?dim(?:inished)?)|[øØ]|h(?=7|9|$))"
    r"|(?P<dim>(?i:diminished|dim)|[o°º])"
    r"|(?P<aug>(?i:augmented|aug)|\+)"
    r"|(?P<sus>(?i:sus)(?:2/?4|4/?2|[24])?)"
    r"|(?P<add>(?i:add)[b#]?(?:2|4|6|9|11|13))"
    r"|(?P<omit>(?i:no|omit)[35])"
    r"|(?P<alt>(?i:alt(?:ered)?))"
    r"|(?P<num>(?:dom)?(?:6/9|69|13|11|9|7|6|5|2))"
    r"|(?P<skip>[\s(),\[\]]|(?<=\d)/(?=\d)|(?<=[mniIrNR-])/(?=(?i:maj?\d)|M\d|[Δ△∆^]))"
)
_ORDER = ("b5", "#5", "b9", "#9", "#11", "b13")
_TENSION = {"b9": 13, "#9": 15, "#11": 18, "b13": 20}
_ADDED = {"2": 2, "4": 5, "6": 9, "9": 14, "11": 17, "13": 21}
_ADDABLE = ("6", "9", "11", "13")
_LONGEST = 40


@lru_cache(maxsize=2048)
def read_kind(text: str, minor: bool = False) -> Kind:
    """Reads what stands behind a chord's root.

    Args:
        text: "", "m7b5", "maj9", "6/9", "7alt", "^7", "-7", "(maj7)", "7sus4", "+".
        minor: whether the root alone already says minor, as a lower-case roman does. An
            explicit sign in the text wins over it.

    Returns:
        The kind, under its canonical suffix.

    Raises:
        UnknownKind: when the text is not understood or contradicts itself.
    """
    words = _words(text)
    if "alt" in words:
        return _altered(words)
    stack = _Stack(words, minor)
    intervals = tuple(sorted(stack.tones()))
    named = _BY_INTERVALS.get(intervals)
    return named or Kind(stack.suffix(), stack.quality(), intervals)


def _words(text: str) -> dict[str, list[str]]:
    if len(text) > _LONGEST:
        raise UnknownKind("it is too long for a chord")
    words: dict[str, list[str]] = {}
    at, last = 0, ""
    while at < len(text):
        found = _TOKEN.match(text, at)
        if not found:
            raise UnknownKind(f'"{text[at:]}" is not a chord ending')
        kind = str(found.lastgroup)
        if (kind == "min" and found[0] == "-" and words) or kind == last == "num":
            raise UnknownKind(f'"{text[at:]}" is not a chord ending')
        if kind != "skip":
            words.setdefault(kind, []).append(found[0])
        at, last = found.end(), kind
    for kind, several in words.items():
        if len(several) > 1 and kind not in ("alter", "add", "omit", "num", "sus"):
            raise UnknownKind(f'"{several[0]}" and "{several[1]}" do not go together')
    return words


def _altered(words: dict[str, list[str]]) -> Kind:
    if set(words) - {"alt", "num"} or words.get("num", ["7"]) != ["7"]:
        raise UnknownKind('"alt" stands alone or behind 7')
    return _BY_INTERVALS[0, 4, 8, 10, 15]


def _suspended(words: list[str]) -> set[int]:
    """The tones in the third's place: 2, 5, or both; "sus" alone is the fourth."""
    digits = [digit for word in words for digit in (word[3:].replace("/", "") or "4")]
    if len(set(digits)) < len(digits):
        raise UnknownKind(f'"{words[0]}" and "{words[-1]}" do not go together')
    return {_ADDED[digit] for digit in digits}


class _Stack:
    """The thirds of one chord while its words are being read."""

    def __init__(self, words: dict[str, list[str]], minor: bool) -> None:
        self.major_seventh = "maj" in words or "delta" in words
        self.half = "half" in words
        self.dim = "dim" in words
        self.aug = "aug" in words
        self.minor = "min" in words or (minor and not (self.half or self.dim or self.aug))
        self.sus = _suspended(words.get("sus", []))
        self.alter = [f"{'b' if word[0] in 'b-' else '#'}{word[1:]}" for word in words.get("alter", [])]
        self.add = [word[3:] for word in words.get("add", [])]
        self.omit = {word[-1] for word in words.get("omit", [])}
        self.number = self._number(words)
        self._refuse_contradictions(words)

    def _number(self, words: dict[str, list[str]]) -> int:
        written, *others = [word.removeprefix("dom") for word in words.get("num", [""])]
        self._add_numbers(written, others)
        if written == "2":
            self.add.append("2")
        # "+5" is the triad's raised fifth, no power chord.
        if written == "2" or (written == "5" and self.aug):
            written = ""
        if written in ("6/9", "69"):
            return 69
        # "G(b9)" and "C^" mean a seventh chord without saying 7.
        tension = any(alteration in _TENSION for alteration in self.alter)
        number = int(written) if written else 7 if "delta" in words or tension or self.half else 0
        # With a ninth of any kind, a thirteenth makes "13" of it; minor's own "13" has an eleventh too.
        ninth = number == 9 or {"9", "b9", "#9"} & {*self.add, *self.alter}
        if number in (7, 9) and "13" in others and ninth and not (self.minor or self.dim or self.half):
            self.add = [word for word in self.add if word not in ("9", "13")]
            return 13
        return number

    def _add_numbers(self, written: str, others: list[str]) -> None:
        """Takes numbers behind the first as tones added to it: "7(13)", "m7(11)", "7/6"."""
        for other in others:
            if (other not in _ADDABLE or written in ("2", "5")) and other != written:
                raise UnknownKind(f'"{written}" and "{other}" do not go together')
            tone = "13" if other == "6" else other
            if tone in (written, *self.add) or (tone == "13" and written in ("6", "6/9", "69")):
                raise UnknownKind(f'"{other}" is said twice')
            self.add.append(tone)

    def _refuse_contradictions(self, words: dict[str, list[str]]) -> None:
        signs = [sign for sign in ("half", "dim", "aug") if sign in words]
        if len(signs) + ("min" in words) > 1:
            raise UnknownKind("it says two different triads at once")
        if "maj" in words and "delta" in words:
            raise UnknownKind("it says the major seventh twice")
        unknown = [word for word in self.alter if word not in _ORDER]
        if unknown:
            raise UnknownKind(f'"{unknown[0]}" is no alteration; use {", ".join(_ORDER)}')
        if (self.aug and "b5" in self.alter) or ((self.dim or self.half) and "#5" in self.alter):
            raise UnknownKind("it says two different fifths at once")
        if "5" in self.omit and (self.aug or {"b5", "#5"} & set(self.alter)):
            raise UnknownKind("it alters the fifth and leaves it out")
        if self.number == 5 and (set(words) - {"num", "add"}):
            raise UnknownKind('"5" is a power chord, root and fifth alone')

    @property
    def third(self) -> int | None:
        if self.sus:
            return 2 if self.sus == {2} else 5
        rubs = self.number == 11 and not (self.minor or self.dim or self.half)
        if rubs or self.number == 5 or "3" in self.omit:
            return None
        return 3 if self.minor or self.dim or self.half else 4

    @property
    def fifths(self) -> list[int]:
        altered = [6] * ("b5" in self.alter) + [8] * ("#5" in self.alter)
        if altered or "5" in self.omit:
            return altered
        if self.dim or self.half:
            return [6]
        if self.aug:
            return [8]
        return [] if "b13" in self.alter else [7]

    @property
    def seventh(self) -> int | None:
        if self.number in (6, 69):
            return 9
        if self.number < 7:
            return None
        if self.major_seventh:
            return 11
        return 9 if self.dim else 10

    def tensions(self) -> set[int]:
        tones: set[int] = set()
        if self.number >= 9 and not {"b9", "#9"} & set(self.alter):
            tones.add(14)
        if "#11" not in self.alter and (self.number == 11 or (self.number == 13 and self.third == 3)):
            tones.add(17)
        if self.number == 13 and "b13" not in self.alter:
            tones.add(21)
        tones.update(_TENSION[word] for word in self.alter if word in _TENSION)
        tones.update(_ADDED[word.lstrip("b#")] + {"b": -1, "#": 1}.get(word[0], 0) for word in self.add)
        return tones

    def tones(self) -> set[int]:
        """All tones as semitones above the root, 0 among them."""
        core = {tone for tone in (0, self.third, self.seventh) if tone is not None}
        return core | self.sus | set(self.fifths) | self.tensions()

    def suffix(self) -> str:
        """Canonical text for a chord without a name of its own."""
        number = {0: "", 69: "6/9"}.get(self.number, str(self.number))
        if self.major_seventh and self.number >= 7:
            number = f"maj{number}"
        sign, alter = "", list(self.alter)
        if self.number == 5:
            sign = ""
        elif self.half:
            sign, alter = "m", alter if "5" in self.omit else ["b5", *alter]
        elif self.dim:
            sign = "dim"
        elif self.minor:
            sign = "m"
        elif self.aug and number:
            alter = ["#5", *alter]
        elif self.aug:
            sign = "aug"
        if sign and number.startswith("maj"):
            number = f"({number})"
        ordered = [word for word in _ORDER if word in alter]
        omitted = [f"no{digit}" for digit in sorted(self.omit)]
        added = [f"add{word}" for word in dict.fromkeys(self.add)]
        sus = "sus2" * (2 in self.sus) + "sus4" * (5 in self.sus)
        whole = "".join([sign, number, sus, *ordered, *added, *omitted])
        # "Cb5" would be C flat's power chord.
        return f"({whole})" if whole[:1] in ("b", "#") else whole

    def quality(self) -> str:
        """The name of the plainest chord this one is made from."""
        third = self.third if self.third is not None else (None if self.number == 5 else 4)
        fifth = self.fifths[0] if self.fifths else 7
        core = (0, third, fifth, self.seventh)
        for fallback in (core, (0, third, 7, self.seventh), (0, third, fifth), (0, third, 7)):
            named = _BY_INTERVALS.get(tuple(tone for tone in fallback if tone is not None))
            if named:
                return named.quality
        return "power"
