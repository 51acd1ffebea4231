"""A recoloured chord is named so that reading the name gives the same tones."""

from itertools import combinations

import pytest

from engine.compose.naming import recoloured, suffix
from engine.theory.key import Key
from engine.theory.kinds import read_kind
from engine.theory.romans import read_roman
from engine.theory.symbols import read_symbol

CORES = {
    "major": ({0, 4, 7}, [9, 10, 11]),
    "minor": ({0, 3, 7}, [9, 10, 11]),
    "half": ({0, 3, 6}, [9, 10]),
    "augmented": ({0, 4, 8}, [10, 11]),
    "sus4": ({0, 5, 7}, [9, 10, 11]),
    "sus2": ({0, 2, 7}, [9, 10, 11]),
}


@pytest.mark.parametrize("core", CORES)
def test_names_read_back(core: str) -> None:
    triad, sevenths = CORES[core]
    tensions = {"major": [14, 18, 21], "minor": [14, 17, 21], "half": [14, 17], "augmented": [14]}.get(core, [14])
    for seventh in [None, *sevenths]:
        for count in range(len(tensions) + 1):
            for added in combinations(tensions, count):
                if (seventh == 9 and 21 in added) or (core == "sus2" and 14 in added):
                    continue
                tones = tuple(sorted(triad | set(added) | ({seventh} if seventh else set())))
                assert read_kind(suffix(tones)).intervals == tones, suffix(tones)


@pytest.mark.parametrize(
    "tones",
    [
        (0, 4, 7, 10, 13),
        (0, 4, 7, 10, 15),
        (0, 4, 10, 13, 20),
        (0, 4, 10, 15, 20),
        (0, 4, 10, 14, 20),
        (0, 4, 7, 10, 13, 21),
        (0, 4, 7, 10, 14, 18),
        (0, 4, 7, 10, 14, 18, 21),
    ],
)
def test_dominants_read_back(tones: tuple[int, ...]) -> None:
    assert read_kind(suffix(tones)).intervals == tones


def test_root_bass_and_figure_stay() -> None:
    chord = recoloured(read_symbol("Bb/D"), (0, 4, 7, 11, 14))
    assert (chord.symbol, chord.root, chord.bass, chord.figure) == ("Bbmaj9/D", 10, 2, "Bb/D")
    six = read_symbol("C6/9")
    assert recoloured(six, (*six.intervals, 18)).symbol == "C6/9#11"
    assert recoloured(six, six.intervals) is six
    assert recoloured(read_roman("bVI", Key("A", "minor")), (0, 4, 7, 14)).symbol == "Fadd9"
