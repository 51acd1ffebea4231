"""Chord symbols as players write them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.theory.spelling import name_pc
from engine.theory.symbols import is_symbol, read_symbol
from tests.engine.theory.asking import answer


@pytest.mark.parametrize(
    ("text", "symbol", "root", "bass", "pcs"),
    [
        ("Dm7b5", "Dm7b5", 2, 2, (2, 5, 8, 0)),
        ("Cmaj9", "Cmaj9", 0, 0, (0, 4, 7, 11, 2)),
        ("C6/9", "C6/9", 0, 0, (0, 4, 7, 9, 2)),
        ("C6/9/E", "C6/9/E", 0, 4, (0, 4, 7, 9, 2)),
        ("Bb7", "Bb7", 10, 10, (10, 2, 5, 8)),
        ("B♭7", "Bb7", 10, 10, (10, 2, 5, 8)),
        ("C-7", "Cm7", 0, 0, (0, 3, 7, 10)),
        ("C–7", "Cm7", 0, 0, (0, 3, 7, 10)),
        ("F#7b9", "F#7b9", 6, 6, (6, 10, 1, 4, 7)),
        ("C/E", "C/E", 0, 4, (0, 4, 7)),
        ("Am7/G", "Am7/G", 9, 7, (9, 0, 4, 7)),
        ("F/G", "F/G", 5, 7, (5, 9, 0)),
        ("C/C", "C", 0, 0, (0, 4, 7)),
        ("Cb9", "Cb9", 11, 11, (11, 3, 6, 9, 1)),
        ("C7(13)", "C7add13", 0, 0, (0, 4, 7, 10, 9)),
        ("C7/6", "C7add13", 0, 0, (0, 4, 7, 10, 9)),
        ("C7/6/E", "C7add13/E", 0, 4, (0, 4, 7, 10, 9)),
        ("Cm/maj7", "Cm(maj7)", 0, 0, (0, 3, 7, 11)),
        ("Cm/A", "Cm/A", 0, 9, (0, 3, 7)),
        ("CMA9", "Cmaj9", 0, 0, (0, 4, 7, 11, 2)),
        ("Csus2sus4", "Csus2sus4", 0, 0, (0, 2, 5, 7)),
        ("Bb5", "Bb5", 10, 10, (10, 5)),
        ("C(b5)", "C(b5)", 0, 0, (0, 4, 6)),
        ("Cb(5)", "Cb(5)", 11, 11, (11, 6)),
        ("E#dim7", "E#dim7", 5, 5, (5, 8, 11, 2)),
    ],
)
def test_symbols(text, symbol, root, bass, pcs):
    chord = read_symbol(text)
    assert (chord.symbol, chord.root, chord.bass, chord.pcs) == (symbol, root, bass, pcs)
    assert chord.figure == text
    assert chord.inverted == (root != bass)


@given(
    st.sampled_from("ABCDEFG"),
    st.sampled_from(["", "#", "b"]),
    st.sampled_from(["", "m", "(5)", "7", "maj7", "m7b5", "dim7", "6/9", "sus4", "7alt", "13", "madd9", "(b5)"]),
    st.sampled_from(["", "/C", "/Bb", "/F#"]),
)
def test_a_canonical_symbol_reads_as_itself(letter, sign, suffix, bass):
    chord = read_symbol(letter + sign + suffix + bass)
    assert chord.root == name_pc(letter + sign)
    assert chord.bass == (name_pc(bass[1:]) if bass else chord.root)
    again = read_symbol(chord.symbol)
    assert (again.symbol, again.pcs, again.bass) == (chord.symbol, chord.pcs, chord.bass)


@given(st.text(max_size=50))
def test_any_text_is_a_symbol_or_a_polite_error(text):
    chord, refusal = answer(read_symbol, text)
    assert is_symbol(text) == (refusal is None)
    if refusal:
        assert (refusal.field, refusal.value) == ("progression", text)
        assert "Dm7" in refusal.hint
    else:
        assert chord.root in range(12)


@pytest.mark.parametrize(
    ("text", "fifth", "power"), [("Cb5", "C(b5)", "B5"), ("Fb5/C", "F(b5)", "E5"), ("E#5", "E(#5)", "F5")]
)
def test_a_sign_that_may_belong_to_root_or_fifth_is_not_guessed(text, fifth, power):
    with pytest.raises(InvalidValue, match="two meanings") as caught:
        read_symbol(text)
    assert fifth in caught.value.hint
    assert power in caught.value.hint
    assert read_symbol(fifth).intervals in ((0, 4, 6), (0, 4, 8))
    assert read_symbol(power).quality == "power"


@pytest.mark.parametrize(
    ("text", "says"),
    [("dm7", 'Did you mean "Dm7"'), ("G8", '"8" is not a chord ending'), ("H7", "Write chord symbols")],
)
def test_errors_help(text, says):
    with pytest.raises(InvalidValue, match="progression") as caught:
        read_symbol(text)
    assert says in caught.value.hint
