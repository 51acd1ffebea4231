"""Our reader beside music21's: the same where music21 reads as players mean it, and a list of where it does not.

music21 is imported where it is asked: a second that only the process which runs these tests has to spend.
"""

import re

import pytest

from engine.theory.keys import parse_key
from engine.theory.romans import read_roman
from engine.theory.symbols import read_symbol
from engine.theory.tables import tables
from tests.engine.theory.music21_readings import (
    AGREED_FIGURES,
    AGREED_SYMBOLS,
    MISREAD_FIGURES,
    MISREAD_SYMBOLS,
)

# Every usual figure that is not agreed upon has one of these forms; anything else is news.
KNOWN_FORMS = [
    r".*(add|sus|6/9|69|alt|[#b](5|9|11|13)|maj7|maj9|maj13|m7b5).*",  # chord-symbol endings, not figured bass
    r"[#b]?[IVXivx]+\+?(5|7|9|11|13)(/.*)?",  # the key's own seventh or ninth instead of the chord's
    r".*/[#b]?[1-7]",  # degrees in the bass
    r"(.*/)?b(III|VI|VII|iii)(6|64|o7|\+)?",  # reminders of the mode's own flat
    r"It6|Ger65|Fr43",  # named after another root
]


def music21_roman(figure, name):
    from music21 import key, roman

    ours = parse_key(name)
    return roman.RomanNumeral(figure, key.Key(ours.tonic.replace("b", "-"), ours.mode))


def sound(chord):
    root = chord.root().pitchClass
    return root, chord.bass().pitchClass, {(pitch.pitchClass - root) % 12 for pitch in chord.pitches}


def our_sound(chord):
    return chord.root, chord.bass, {tone % 12 for tone in chord.intervals}


def names(chord):
    return " ".join(pitch.name.replace("-", "b") for pitch in chord.pitches)


@pytest.mark.parametrize("name", ["C major", "A minor"])
def test_figures_read_alike(name):
    differing = [
        figure
        for figure in AGREED_FIGURES
        if our_sound(read_roman(figure, parse_key(name))) != sound(music21_roman(figure, name))
    ]
    assert differing == []


@pytest.mark.parametrize(("figure", "name", "theirs", "symbol", "intervals"), MISREAD_FIGURES)
def test_figures_music21_reads_otherwise(figure, name, theirs, symbol, intervals):
    from music21 import roman

    try:
        heard = music21_roman(figure, name)
    except roman.RomanNumeralException:
        assert theirs == "RomanNumeralException"
    else:
        # When music21 learns to read it, this fails and the figure moves to the agreed ones.
        assert names(heard) == theirs
        ours = read_roman(figure, parse_key(name))
        assert sound(heard) != our_sound(ours)
    chord = read_roman(figure, parse_key(name))
    assert (chord.symbol, chord.intervals) == (symbol, intervals)


def test_every_difference_is_of_a_known_form():
    news = [
        figure
        for figure in tables().data.figures
        if figure not in AGREED_FIGURES and not any(re.fullmatch(form, figure) for form in KNOWN_FORMS)
    ]
    assert news == []


@pytest.mark.parametrize("symbol", AGREED_SYMBOLS)
def test_symbols_read_alike(symbol):
    from music21 import harmony

    assert our_sound(read_symbol(symbol)) == sound(harmony.ChordSymbol(symbol))


@pytest.mark.parametrize(("text", "theirs", "symbol", "intervals"), MISREAD_SYMBOLS)
def test_symbols_music21_reads_otherwise(text, theirs, symbol, intervals):
    from music21 import harmony

    chord = read_symbol(text)
    assert (chord.symbol, chord.intervals) == (symbol, intervals)
    try:
        heard = harmony.ChordSymbol(text)
    except ValueError:
        assert theirs == "ValueError"
    else:
        assert names(heard) == theirs
        assert sound(heard) != our_sound(chord)
