"""The figures worth a place in the tables: what people write, and every figure the presets ship.

Anything else is read by rule (``engine.theory.roman_reader``), so this list decides what is
proven entry by entry, not what is understood.
"""

from __future__ import annotations

import presets
from engine.theory.progressions import split_progression
from engine.theory.roman_reader import is_roman, plain_figure

__all__ = ["modal_figures", "shipped_figures", "usual_figures"]

_words = str.split
_MAJORS = _words("I II III IV V VI VII bII bIII bV bVI bVII #IV")
_MINORS = _words("i ii iii iv v vi vii bii biii bvi bvii #iv")
_ON_MAJOR = ["", "7", "maj7", "9", "maj9", "6/9", "add9", "sus2", "sus4", "7sus4"]
_ON_MINOR = ["", "7", "9", "11", "maj7", "add9"]
_DOMINANTS = ["V", "I", "II", "III", "VI", "bII", "bVII"]
_ON_DOMINANT = ["7b9", "7#9", "7b5", "7#5", "7#11", "7b13", "7alt", "9sus4", "11", "13", "+7"]
_SPECIAL = (
    "I+ III+ V+ bIII+ bVI+ Imaj13 IVmaj13 Imaj7#11 IVmaj7#11 bIImaj7#11 bVImaj7#11 Imaj7#5 IIImaj7#5 "
    "V7b9b13 V7#9b13 V13b9 V13sus4 I5 IV5 V5 i5 iv5 VI5 VII5 bVI5 bVII5 i6/9 iv6/9 ii13 i13 iim7b5 iim7 vim7 "
    "imaj9 Isus V7sus I69"
)
_NAMED = _words("N N6 N53 It6 Ger65 Fr43 Cad64")
_DIMINISHED = [
    f"{numeral}{sign}" for numeral in _words("i ii iii iv vi vii #i #ii #iv #v") for sign in ("o", "o7", "ø7")
]
_INVERTED = [
    *(f"{numeral}6" for numeral in _words("I ii iii IV V vi i iv v VI III VII bVI bVII")),
    *(f"{numeral}64" for numeral in _words("I ii iii IV V vi i iv v VI III VII bVI bVII")),
    *(f"{numeral}{figures}" for numeral in _words("ii V vi i iv IV I") for figures in ("65", "43", "42")),
    *(f"{numeral}{figures}" for numeral in ("viio", "iio", "iiø", "viiø") for figures in ("65", "43", "42")),
    "viio6", "iio6", "V2",
]  # fmt: skip
_TARGETS = _words("ii iii IV V vi iv v VI III VII bII bIII bVI bVII")
_SECONDARY = [
    *(f"{chord}/{target}" for target in _TARGETS for chord in ("V", "V7", "viio7", "ii7")),
    *(f"{chord}/{target}" for target in _words("ii iii V vi iv") for chord in ("V65", "iiø7", "V7b9", "viio65")),
    "V9/V", "V9/IV", "V7/V/ii", "IV/IV", "IV/V", "V13/V", "V7alt/ii", "V7alt/vi",
]  # fmt: skip
_OVER = ["I/3", "I/5", "I/b7", "I/2", "IV/5", "IV/1", "ii7/5", "V/7", "V/1", "i/b3", "i/5", "i/b7", "VI/1", "bVII/1"]


def usual_figures() -> tuple[str, ...]:
    """The figures kept for every major and minor key, sorted, each once."""
    figures = set(modal_figures())
    figures.update(f"{numeral}{kind}" for numeral in _DOMINANTS for kind in _ON_DOMINANT)
    figures.update(_words(_SPECIAL), _NAMED, _DIMINISHED, _INVERTED, _SECONDARY, _OVER)
    return tuple(sorted(figures))


def modal_figures() -> tuple[str, ...]:
    """The figures kept for the other modes as well, sorted: plain degrees and what the presets ship."""
    figures = {f"{numeral}{kind}" for numeral in _MAJORS for kind in _ON_MAJOR}
    figures.update(f"{numeral}{kind}" for numeral in _MINORS for kind in _ON_MINOR)
    figures.update(f"{numeral}{sign}" for numeral in ("i", "ii", "iii", "vi", "vii", "#iv") for sign in ("o", "ø7"))
    figures.update(plain_figure(figure) for figure in shipped_figures())
    return tuple(sorted(figures))


def shipped_figures() -> tuple[str, ...]:
    """Every roman figure in presets/styles, sorted, each once."""
    figures: set[str] = set()
    for style in presets.names("styles"):
        for progression in presets.load(f"styles/{style}")["progressions"]:
            bars = split_progression(progression["figures"])
            figures.update(figure for bar in bars for figure in bar if is_roman(figure))
    return tuple(sorted(figures))
