"""Roman figures, by rule and from the tables."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from engine.errors import InvalidValue
from engine.theory.keys import MODES, Key, parse_key, usual_key
from engine.theory.roman_reader import is_roman, plain_figure, read_by_rule
from engine.theory.romans import read_roman
from engine.theory.spelling import name_pc
from engine.theory.tables import tables
from tests.engine.theory.asking import answer

FIGURES = tables().data.figures

READINGS = {
    "C": "I:C ii7:Dm7 iii:Em IV:F V7:G7 vi:Am viio:Bdim viiø7:Bm7b5 Imaj7:Cmaj7 IVmaj7:Fmaj7 I7:C7 iv:Fm iv6:Fm/Ab "
    "bVII:Bb bVI:Ab bIII:Eb bII:Db N6:Db/F I6:C/E I64:C/G V65:G7/B V43:G7/D V42:G7/F V2:G7/F IV65:Fmaj7/A ii65:Dm7/F "
    "V7/ii:A7 V7/V:D7 viio7/V:F#dim7 viio65/ii:C#dim7/E V/V/V:A ii7/V:Am7 Vsus4:Gsus4 V7sus4:G7sus4 Iadd9:Cadd9 "
    "I6/9:C6/9 I69:C6/9 V7b9:G7b9 V7#9:G7#9 V7alt:G7alt III+:Eaug V+:Gaug #ivo7:F#dim7 #ivø7:F#m7b5 IV/5:F/G I/3:C/E "
    "I/b7:C/Bb V/7:G/B IVmaj7/G:Fmaj7/G iim7:Dm7 IImaj7:Dmaj7 IIm7:Dm7 iim7b5:Dm7b5 ii°:Ddim ♭VII:Bb vii/o7:Bm7b5 "
    "V6/5:G7/B V4/3:G7/D Ger65:Ab7 Cad64:C/G I5:C5 V13:G13 bII7:Db7 V7/bVII:F7 V7/N:Ab7",
    "A minor": "i:Am iio:Bdim iiø7:Bm7b5 III:C iv:Dm v:Em V7:E7 VI:F VII:G vi:F#m vii:G#m viio7:G#dim7 viø7:F#m7b5 "
    "bVI:F bVII:G bIII:C bvii:Gm bvi:Fm #vi:F#m #viø7:F#m7b5 #VII:G# bII:Bb N6:Bb/D V7/VII:D7 V7/III:G7 V7/bIII:G7 "
    "i7:Am7 imaj7:Am(maj7) IV7:D7 VImaj7:Fmaj7 VII7:G7 III65:Cmaj7/E i/b3:Am/C i/b7:Am/G Cad64:Am/E",
    "D minor": "VI:Bb bVI:Bb VI7:Bb7 bII:Eb iv:Gm V7:A7 viio7:C#dim7 III:F VII:C",
    "Gb major": "IV:Cb bVI:D bIII:A V7/V:Ab7 iii:Bbm",
    "G# minor": "V:D# V7/V:A#7 III:B VI:E viio7:Gdim7",
    "D dorian": "i7:Dm7 IV7:G7 VII:C bVII:C ii:Em vi:Bm bIII:F",
    "E phrygian": "i:Em bII:F II:F bVII:D vii:Dm",
    "F lydian": "I:F II:G #iv:Bm iv:Bm vii:Em",
    "G mixolydian": "I:G VII:F bVII:F v:Dm",
    "A harmonic minor": "i:Am VI:F VII:G viio7:G#dim7 V7:E7",
}


@pytest.mark.parametrize(
    ("key", "figure", "symbol"),
    [(key, *pair.rsplit(":", 1)) for key, pairs in READINGS.items() for pair in pairs.split()],
)
def test_figures_in_keys(key, figure, symbol):
    chord = read_roman(figure, parse_key(key))
    assert chord.symbol == symbol
    assert chord.figure == figure
    assert read_by_rule(figure, parse_key(key)) == chord


@settings(max_examples=400)
@given(st.sampled_from(FIGURES), st.sampled_from(MODES), st.integers(0, 11), st.integers(0, 11))
def test_a_figure_means_the_same_in_every_key(figure, mode, tonic, shift):
    here = read_roman(figure, usual_key(tonic, mode))
    there = read_roman(figure, usual_key(tonic + shift, mode))
    assert (there.root - here.root) % 12 == shift
    assert (there.bass - here.bass) % 12 == shift
    assert (there.intervals, there.quality) == (here.intervals, here.quality)


@given(st.sampled_from(FIGURES), st.sampled_from(["C#", "Cb", "Gb", "D#", "A#", "Fb", "E#"]), st.sampled_from(MODES))
def test_spelling_never_changes_the_sound(figure, tonic, mode):
    odd = read_roman(figure, Key(tonic, mode))
    usual = read_roman(figure, usual_key(name_pc(tonic), mode))
    assert (odd.root, odd.intervals, odd.bass) == (usual.root, usual.intervals, usual.bass)


@given(st.sampled_from(FIGURES), st.integers(0, 11), st.sampled_from(["harmonic_minor", "melodic_minor"]))
def test_the_three_minors_read_figures_alike(figure, tonic, mode):
    assert read_roman(figure, usual_key(tonic, mode)) == read_roman(figure, usual_key(tonic, "minor"))


ALPHABET = "IViv#b/o+ø1234567mMajdsug() 69°♭-"


@given(st.text(alphabet=ALPHABET, max_size=12), st.sampled_from(MODES))
def test_any_text_is_a_figure_or_a_polite_error(text, mode):
    chord, refusal = answer(read_roman, text, usual_key(2, mode))
    if refusal:
        assert (refusal.field, refusal.value) == ("progression", text)
        assert "V7/ii" in refusal.hint
    else:
        assert is_roman(text)
        assert chord.pcs[0] == chord.root


@pytest.mark.parametrize(
    ("figure", "says"),
    [
        ("VIII", '"I" is not a chord ending'), ("iV", '"V" is not a chord ending'), ("I/9", "neither a degree"),
        ("V7//ii", "missing"), ("V7/", "missing"), ("Iwow", '"wow"'), ("", "missing"), ("io+", "two different triads"),
        ("V7/x", "neither a degree"), ("I" * 60, "too long"), ("H", '"H" is not a roman figure'),
    ],
)  # fmt: skip
def test_errors_name_the_figure_and_what_is_allowed(figure, says):
    with pytest.raises(InvalidValue) as caught:
        read_roman(figure, parse_key("C"))
    assert caught.value.field == "progression"
    assert caught.value.value == figure
    assert says in caught.value.hint
    assert "bVII" in caught.value.hint


@pytest.mark.parametrize(
    ("written", "plain"),
    [("vii°7", "viio7"), ("♭VII", "bVII"), ("V6/5", "V65"), ("V6/5/V", "V65/V"), ("I6/9", "I6/9"), ("vii/o7", "viiø7"),
     ("V7/ii", "V7/ii"), ("I/3", "I/3"), ("bVII6/4", "bVII64")],
)  # fmt: skip
def test_figures_in_plain_signs(written, plain):
    assert plain_figure(written) == plain
