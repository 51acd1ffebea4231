"""Whole progressions in any usual punctuation."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.theory.keys import parse_key
from engine.theory.progressions import (
    LONGEST_PROGRESSION,
    progression_mode,
    read_bars,
    read_progression,
    split_progression,
)
from engine.theory.tables import tables
from tests.engine.theory.asking import answer


def symbols(text, key="C"):
    return " ".join(chord.symbol for chord in read_progression(text, parse_key(key)))


@pytest.mark.parametrize(
    ("text", "key", "expected"),
    [
        ("i-VI-III-VII", "B minor", "Bm G D A"),
        ("i - VI - III - VII", "B minor", "Bm G D A"),
        ("i–VI–III–VII", "Bm", "Bm G D A"),
        ("ii7 V7 Imaj7", "C", "Dm7 G7 Cmaj7"),
        ("I | vi", "F", "F Dm"),
        ("I, vi; IV: V", "F", "F Dm Bb C"),
        ("i → bVII -> bVI => V", "Am", "Am G F E"),
        ("Dm7 G7 Cmaj7", "F#", "Dm7 G7 Cmaj7"),
        ("C-Am-F-G", "C", "C Am F G"),
        ("C-7 F7 Bb^7", "C", "Cm7 F7 Bbmaj7"),
        ("C-7-F7-Bb^7", "C", "Cm7 F7 Bbmaj7"),
        ("C-7-F-7", "C", "Cm7 Fm7"),
        ("C- F-", "C", "Cm Fm"),
        ("A-D-E", "C", "A D E"),
        ("II-7 V7 Imaj7 VI-", "C", "Dm7 G7 Cmaj7 Am"),
        ("II-7-V7-I^7", "C", "Dm7 G7 Cmaj7"),
        ("i-VI-VII-", "Am", "Am F G"),
        ("vi--IV", "C", "Am F"),
        ("I Bb7 IV % V", "C", "C Bb7 F F G"),
        ("V6/5 I6/9 IV6/4", "C", "G7/B C6/9 F/C"),
        ("C6/9 Dm(maj7)", "C", "C6/9 Dm(maj7)"),
        ("C7(b9,13), F7(13) Bb7(b9, b13)", "C", "C13b9 F7add13 Bb7b9b13"),
        ("V7(13) I", "C", "G7add13 C"),
        ("IV5 I5", "Gb", "Cb(5) Gb5"),
        ("VI VI7 bII", "D minor", "Bb Bb7 Eb"),
    ],
)
def test_punctuation(text, key, expected):
    assert symbols(text, key) == expected


def test_bar_lines_group_chords():
    key = parse_key("C")
    bars = read_bars("| ii7 V7 | Imaj7 | % |", key)
    assert [[chord.symbol for chord in bar] for bar in bars] == [["Dm7", "G7"], ["Cmaj7"], ["Cmaj7"]]
    assert [len(bar) for bar in read_bars("ii7 V7 Imaj7", key)] == [1, 1, 1]
    assert split_progression("ii7 V7 | I") == (("ii7", "V7"), ("I",))


@given(
    st.lists(st.sampled_from(tables().data.figures), min_size=1, max_size=12),
    st.sampled_from([" ", "-", " - ", ", ", " | "]),
)
def test_separators_do_not_matter(figures, separator):
    key = parse_key("Eb")
    chords = read_progression(separator.join(figures), key)
    assert [chord.figure for chord in chords] == figures


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("i VI hello", "hello"),
        ("Dm7 G8", "G8"),
        ("dm7 g7", "dm7"),
        ("i-VI-VIII", "VIII"),
        ("%", "%"),
        ("I V7/H", "V7/H"),
    ],
)
def test_the_bad_figure_is_named(text, value):
    with pytest.raises(InvalidValue) as caught:
        read_progression(text, parse_key("C"))
    assert caught.value.field == "progression"
    assert caught.value.value == value
    assert "Write" in caught.value.hint


@pytest.mark.parametrize("text", ["", "   ", " | | ", "-", "I " * (LONGEST_PROGRESSION + 1), "x" * 100_000])
def test_nothing_and_too_much(text):
    with pytest.raises(InvalidValue) as caught:
        read_progression(text, parse_key("C"))
    assert caught.value.field == "progression"


@given(st.text(max_size=40))
def test_any_text_is_a_progression_or_a_polite_error(text):
    chords, refusal = answer(read_progression, text, parse_key("G minor"))
    assert chords if refusal is None else refusal.field == "progression"


@pytest.mark.parametrize(
    ("text", "mode"),
    [
        ("i-VI-III-VII", "minor"), ("ii7 V7 Imaj7", "major"), ("vi IV I V", "major"), ("i bVII bVI V", "minor"),
        ("iiø7 V7", "minor"), ("iv V", "minor"), ("VI VII", "minor"), ("IV V iii vi", "major"), ("IV V", None),
        ("Dm7 G7", None), ("I VI7 ii7 V7", "major"), ("V7/ii bVII", None), ("Im7 IVm7", "minor"),
        ("imaj7 ivmaj7", "minor"), ("IIm7 V7 IMaj7", "major"), ("I-7 IV-7", "minor"), ("i IV i I", "minor"),
        ("ii V7/V", "major"),
    ],
)  # fmt: skip
def test_what_gender_figures_are_meant_for(text, mode):
    assert progression_mode(text) == mode
