"""What stands behind a chord's root."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.theory.kinds import QUALITIES, Kind, UnknownKind, read_kind

KINDS = {
    ("", "major", (0, 4, 7)): ["", "maj", "M", "major", "Maj", "MA", "ma"],
    ("m", "minor", (0, 3, 7)): ["m", "min", "-", "mi", "minor", "Min"],
    ("dim", "diminished", (0, 3, 6)): ["dim", "o", "°", "diminished"],
    ("aug", "augmented", (0, 4, 8)): ["aug", "+", "augmented"],
    ("5", "power", (0, 7)): ["5", "no3"],
    ("sus4", "suspended-fourth", (0, 5, 7)): ["sus", "sus4", "Sus4"],
    ("sus2", "suspended-second", (0, 2, 7)): ["sus2"],
    ("7sus4", "suspended-fourth-seventh", (0, 5, 7, 10)): ["7sus4", "7sus", "sus7"],
    ("9sus4", "suspended-fourth-ninth", (0, 5, 7, 10, 14)): ["9sus4", "9sus"],
    ("6/9", "major-sixth-ninth", (0, 4, 7, 9, 14)): ["6/9", "69", "6(9)"],
    ("m6", "minor-sixth", (0, 3, 7, 9)): ["m6", "min6", "-6"],
    ("add9", "major-added-ninth", (0, 4, 7, 14)): ["add9", "(add9)"],
    ("madd9", "minor-added-ninth", (0, 3, 7, 14)): ["madd9", "m(add9)"],
    ("7", "dominant-seventh", (0, 4, 7, 10)): ["7", "dom7"],
    ("maj7", "major-seventh", (0, 4, 7, 11)): ["maj7", "M7", "ma7", "Maj7", "MA7",
                                                  "^7", "^", "Δ", "Δ7", "7M", "(maj7)"],
    ("m7", "minor-seventh", (0, 3, 7, 10)): ["m7", "-7", "mi7", "min7", "MI7"],
    ("m(maj7)", "minor-major-seventh", (0, 3, 7, 11)): ["m(maj7)", "mM7", "mmaj7", "-^7", "-Δ", "minmaj7",
                                                           "m/maj7", "min/maj7", "m/M7", "-/ma7", "MI/MA7"],
    ("m7b5", "half-diminished-seventh", (0, 3, 6, 10)): ["m7b5", "ø", "ø7", "h7", "-7b5", "m7-5", "m7(b5)", "halfdim7"],
    ("dim7", "diminished-seventh", (0, 3, 6, 9)): ["dim7", "o7", "°7"],
    ("7#5", "augmented-seventh", (0, 4, 8, 10)): ["7#5", "+7", "aug7", "7+", "7+5"],
    ("maj7#5", "augmented-major-seventh", (0, 4, 8, 11)): ["maj7#5", "+M7", "augmaj7"],
    ("9", "dominant-ninth", (0, 4, 7, 10, 14)): ["9", "7(9)", "7/9"],
    ("maj9", "major-ninth", (0, 4, 7, 11, 14)): ["maj9", "M9", "Δ9", "^9", "ma9", "maj7(9)", "MA9"],
    ("m9", "minor-ninth", (0, 3, 7, 10, 14)): ["m9", "-9", "min9"],
    ("m11", "minor-11th", (0, 3, 7, 10, 14, 17)): ["m11", "-11", "m9(11)", "m7(9,11)"],
    ("11", "dominant-11th", (0, 7, 10, 14, 17)): ["11"],
    ("13", "dominant-13th", (0, 4, 7, 10, 14, 21)): ["13", "dom13", "9(13)", "7(9,13)", "9/6", "13(9)"],
    ("m13", "minor-13th", (0, 3, 7, 10, 14, 17, 21)): ["m13"],
    ("7b9", "dominant-seventh", (0, 4, 7, 10, 13)): ["7b9", "7(b9)", "7-9", "(b9)"],
    ("7#9", "dominant-seventh", (0, 4, 7, 10, 15)): ["7#9", "7+9"],
    ("7b9b13", "dominant-seventh", (0, 4, 10, 13, 20)): ["7b9b13", "7b13b9", "7(b9,b13)"],
    ("13b9", "dominant-seventh", (0, 4, 7, 10, 13, 21)): ["13b9", "7(b9,13)"],
    ("maj7#11", "major-seventh", (0, 4, 7, 11, 18)): ["maj7#11", "^7#11"],
    ("7alt", "altered-seventh", (0, 4, 8, 10, 15)): ["7alt", "alt", "7 altered"],
    ("7add13", "dominant-seventh", (0, 4, 7, 10, 21)): ["7(13)", "7/13", "7/6", "7(6)", "7add13"],
    ("7add11", "dominant-seventh", (0, 4, 7, 10, 17)): ["7(11)"],
    ("m7add11", "minor-seventh", (0, 3, 7, 10, 17)): ["m7(11)", "-7(11)", "m7/11"],
    ("m7add13", "minor-seventh", (0, 3, 7, 10, 21)): ["m7(13)"],
    ("m9add13", "minor-seventh", (0, 3, 7, 10, 14, 21)): ["m9(13)"],
    ("6/9add11", "major-sixth", (0, 4, 7, 9, 14, 17)): ["69(11)"],
    ("sus2sus4", "suspended-fourth", (0, 2, 5, 7)): ["sus2sus4", "sus4sus2", "sus24", "sus2/4"],
    ("7sus2sus4", "suspended-fourth-seventh", (0, 2, 5, 7, 10)): ["7sus24"],
    ("maj11", "major-11th", (0, 7, 11, 14, 17)): ["maj11", "MA11"],
    ("maj9add11", "major-seventh", (0, 4, 7, 11, 14, 17)): ["maj9(11)"],
    ("dim(maj7)", "diminished-major-seventh", (0, 3, 6, 11)): ["dim(maj7)", "oM7"],
    ("(b5)", "major", (0, 4, 6)): ["(b5)", "b5"],
}  # fmt: skip


@pytest.mark.parametrize(("text", "kind"), [(text, Kind(*kind)) for kind, texts in KINDS.items() for text in texts])
def test_kinds_in_every_usual_spelling(text, kind):
    assert read_kind(text) == kind


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind[0] or "major")
def test_the_canonical_suffix_reads_as_itself(kind):
    assert read_kind(kind[0]) == Kind(*kind)


@pytest.mark.parametrize(
    ("text", "suffix"),
    [("", "m"), ("7", "m7"), ("maj7", "m(maj7)"), ("9", "m9"), ("add9", "madd9"), ("6/9", "m6/9"), ("m7", "m7"),
     ("7b5", "m7b5"), ("o7", "dim7"), ("+", "aug"), ("sus4", "sus4"), ("5", "5")],
)  # fmt: skip
def test_a_root_that_says_minor_already(text, suffix):
    assert read_kind(text, minor=True).suffix == suffix


@pytest.mark.parametrize(
    "text",
    [
        "wow",
        "7 7",
        "79",
        "7(6)(13)",
        "6(13)",
        "9(7)",
        "5(9)",
        "sus4sus4",
        "sus44",
        "7/",
        "/7",
        "m+",
        "mo",
        "om",
        "7alt9",
        "alt13",
        "4",
        "8",
        "7b11",
        "7#13",
        "maj^7",
        "maj7maj7",
        "m5",
        "5sus4",
        "m7m",
        "x" * 50,
    ],
)
def test_what_is_no_kind_says_why(text):
    with pytest.raises(UnknownKind) as caught:
        read_kind(text)
    assert len(str(caught.value)) > 10


@pytest.mark.parametrize(
    ("text", "reason"),
    [("7(7)", '"7" is said twice'), ("7(6)(13)", '"13" is said twice'), ("9(7)", '"9" and "7" do not go together')],
)
def test_the_reason_is_the_true_one(text, reason):
    with pytest.raises(UnknownKind, match=re.escape(reason)):
        read_kind(text)


PIECES = [
    "m",
    "maj",
    "dim",
    "+",
    "ø",
    "7",
    "9",
    "11",
    "13",
    "6",
    "sus4",
    "sus2",
    "b5",
    "#5",
    "b9",
    "#9",
    "#11",
    "b13",
    "add9",
    "no5",
    "(9)",
    "(13)",
    "/6",
    "sus24",
]


@given(st.lists(st.sampled_from(PIECES), max_size=4).map("".join), st.booleans())
def test_whatever_is_read_is_a_sound_chord_and_reads_back(text, minor):
    try:
        kind = read_kind(text, minor)
    except UnknownKind:
        return
    assert kind.intervals[0] == 0
    assert list(kind.intervals) == sorted(set(kind.intervals))
    assert all(tone <= 21 for tone in kind.intervals)
    assert kind.quality in QUALITIES
    assert read_kind(kind.suffix).intervals == kind.intervals
