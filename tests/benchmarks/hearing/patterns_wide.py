"""More drum patterns: styles whose tempo is often heard at half or double, and percussion of the world."""

from __future__ import annotations

from tests.benchmarks.hearing.patterns import (
    CLAP,
    CLOSED,
    KICK,
    OPEN,
    PEDAL,
    RIDE,
    RIM,
    SHAKER,
    SNARE,
    TAMBOURINE,
    TOM,
    Lane,
    Pattern,
)

COWBELL, BONGO, CONGA, SLAP, TIMBALE, AGOGO, CABASA, MARACAS, CLAVES, SURDO = 56, 60, 64, 62, 65, 67, 69, 70, 75, 87


def _at(text: str, chance: float = 1.0) -> dict[int, float]:
    """Steps from a row of marks: "x" sounds, "o" sounds every other time, "." is silence."""
    chances = {"x": chance, "o": chance / 2}
    return {place: chances[mark] for place, mark in enumerate(text.replace(" ", "")) if mark in chances}


_FOUR = Lane(KICK, _at("x... x... x... x..."), 1.15)
_EIGHTHS = "x.x. x.x. x.x. x.x."
_SIXTEENTHS = "xxxx xxxx xxxx xxxx"

ELECTRONIC = {
    "trap rolls": Pattern(
        (128, 170),
        (
            Lane(KICK, _at("x....... ......o. ....o... ....o..."), 1.15),
            Lane(CLAP, _at("........ ........ x....... ........"), 1.05),
            Lane(CLOSED, _at("x...x... x...x.oo x...x... x.o.xooo"), 0.6),
            Lane(OPEN, _at("........ ....o... ........ ....o..."), 0.5, optional=True),
        ),
        steps=8,
    ),
    "drill": Pattern(
        (138, 150),
        (
            Lane(KICK, _at("x..o ..o. ..x. ..o."), 1.15),
            Lane(SNARE, _at(".... .... x... ..o.", 0.9), 1.0),
            Lane(CLOSED, _at("x..x ..x. x..x ..xo"), 0.6),
        ),
    ),
    "phonk": Pattern(
        (130, 165),
        (
            Lane(KICK, _at("x... ..o. ..x. .o.."), 1.2),
            Lane(CLAP, _at(".... .... x... ...."), 1.0),
            Lane(COWBELL, _at("x..x ..x. x.o. ..x."), 0.7),
            Lane(CLOSED, _at(_EIGHTHS), 0.5),
        ),
    ),
    "future bass": Pattern(
        (138, 160),
        (
            Lane(KICK, _at("x... .o.. ..x. ...."), 1.1),
            Lane(SNARE, _at(".... .... x... ...."), 1.1),
            Lane(CLOSED, _at(_EIGHTHS, 0.8), 0.5, 0.3, optional=True),
        ),
    ),
    "drumstep": Pattern(
        (168, 176),
        (
            Lane(KICK, _at("x... ..o. ...o ..o."), 1.15),
            Lane(SNARE, _at(".... .... x... ...."), 1.1),
            Lane(CLOSED, _at(_EIGHTHS), 0.5, 0.2),
        ),
    ),
    "liquid": Pattern(
        (168, 178),
        (
            Lane(KICK, _at("x... .... ..x. ...."), 1.1),
            Lane(SNARE, _at(".... x..o .o.. x..."), 1.0, 0.2),
            Lane(RIDE, _at(_EIGHTHS), 0.5, optional=True),
            Lane(SHAKER, _at(_SIXTEENTHS, 0.9), 0.4),
        ),
    ),
    "footwork": Pattern(
        (155, 165),
        (
            Lane(KICK, _at("x..x ..x. x..x ..x."), 1.1),
            Lane(CLAP, _at(".... .... .... x..."), 0.9),
            Lane(CLOSED, _at("..x. ..x. ..x. ..x."), 0.5),
        ),
    ),
    "hardcore": Pattern((160, 210), (_FOUR, Lane(OPEN, _at("..x. ..x. ..x. ..x."), 0.6, optional=True))),
    "psytrance": Pattern(
        (138, 150), (_FOUR, Lane(CLOSED, _at("..x. ..x. ..x. ..x."), 0.6), Lane(CLAP, _at(".... x... .... x..."), 0.7))
    ),
    "jersey": Pattern(
        (130, 145), (Lane(KICK, _at("x... x... x..x ..x."), 1.1), Lane(CLAP, _at(".... x... .... x...", 0.8), 0.8))
    ),
    "amapiano": Pattern(
        (110, 116),
        (
            Lane(KICK, _at("x... x... x... x...", 0.8), 0.8),
            Lane(TOM, _at("...x ..x. ...o x..o"), 1.0),
            Lane(SHAKER, _at(_SIXTEENTHS), 0.6),
            Lane(RIM, _at("..x. .x.. ..x. .o.."), 0.6),
        ),
        swing=(0.1, 0.3),
    ),
    "lofi": Pattern(
        (68, 92),
        (
            Lane(KICK, _at("x..o ..o. ..x. ...."), 1.0),
            Lane(SNARE, _at(".... x... .... x..o"), 0.9),
            Lane(CLOSED, _at(_EIGHTHS, 0.9), 0.5, 0.2),
        ),
        swing=(0.1, 0.6),
    ),
    "electro": Pattern(
        (122, 136),
        (
            Lane(KICK, _at("x... ..x. ..o. ...."), 1.1),
            Lane(SNARE, _at(".... x... .... x..."), 1.0),
            Lane(CLOSED, _at("x.xx x.xx x.xx x.xx"), 0.6),
            Lane(COWBELL, _at("x..x ..o. ...x ..o."), 0.5, optional=True),
        ),
    ),
    "tr drums": Pattern(
        (98, 142),
        (
            Lane(KICK, _at("x..o ..o. x.o. ..o."), 1.1, 0.4),
            Lane(CLAP, _at(".... x... .... x..."), 1.0),
            Lane(CLOSED, _at("xoxo xoxo xoxo xoxo"), 0.5),
            Lane(OPEN, _at("..o. ..o. ..o. ..x."), 0.6, optional=True),
            Lane(TOM, _at("...o .... ...o .o.o"), 0.8, 0.3, optional=True),
            Lane(COWBELL, _at("..o. .o.. o... .o.."), 0.6, optional=True),
        ),
    ),
}

PLAYED = {
    "swing": Pattern(
        (120, 250),
        (
            Lane(RIDE, _at("x.. x.x x.. x.x"), 0.9),
            Lane(PEDAL, _at("... x.. ... x.."), 0.8),
            Lane(SNARE, _at("..o o.. ..o ..o", 0.5), 0.6, 0.5, optional=True),
            Lane(KICK, _at("x.. x.. x.. x..", 0.5), 0.5, 0.5, optional=True),
        ),
        steps=3,
    ),
    "swung hats": Pattern(
        (140, 260),
        (
            Lane(CLOSED, _at("... x.o ... x.o"), 0.8),
            Lane(OPEN, _at("x.. ... x.. ..."), 0.6),
            Lane(SNARE, _at("..o ..o o.o ..x", 0.5), 0.9, 0.8),
            Lane(KICK, _at("x.. ..o o.. ..o", 0.8), 0.9, 0.3),
        ),
        steps=3,
    ),
    "fast two": Pattern(
        (190, 280), (Lane(KICK, _at("x... .... x... ...."), 1.0), Lane(SNARE, _at(".... x... .... x..."), 0.9))
    ),
    "blues": Pattern(
        (44, 76),
        (
            Lane(KICK, _at("x.. ..o x.. ..o"), 1.0),
            Lane(SNARE, _at("... x.. ... x.."), 1.0),
            Lane(CLOSED, _at("xxx xxx xxx xxx"), 0.6),
        ),
        steps=3,
    ),
    "metal": Pattern(
        (100, 210),
        (
            Lane(KICK, _at("xxxx xxxx xxxx xxxx", 0.85), 1.0),
            Lane(SNARE, _at(".... x... .... x..."), 1.1),
            Lane(RIDE, _at("x... x... x... x..."), 0.6),
        ),
    ),
    "one drop": Pattern(
        (64, 92),
        (
            Lane(KICK, _at(".... .... x... ...."), 1.0),
            Lane(RIM, _at(".... .... x... ...."), 1.0),
            Lane(CLOSED, _at("x.x. x.xo x.x. x.xo"), 0.7),
        ),
        swing=(0.0, 0.4),
    ),
    "ska": Pattern(
        (130, 180),
        (
            Lane(KICK, _at("x... .... x... ...."), 1.0),
            Lane(SNARE, _at(".... x... .... x..."), 1.0),
            Lane(OPEN, _at("..x. ..x. ..x. ..x."), 0.6),
        ),
    ),
    "train": Pattern(
        (150, 230),
        (Lane(SNARE, _at("x.x. x.x. x.x. x.x."), 0.6, 0.3), Lane(KICK, _at("x... .... x... ...."), 1.0)),
    ),
}

WORLD = {
    "samba": Pattern(
        (96, 132),
        (
            Lane(SURDO, _at("o... x..o o... x..."), 1.1),
            Lane(SHAKER, _at(_SIXTEENTHS), 0.6),
            Lane(TAMBOURINE, _at("x..x x..x x..x x..x"), 0.6),
            Lane(AGOGO, _at("x.x. x..x .x.x ..x."), 0.6, optional=True),
            Lane(SNARE, _at("x..x ..x. x..x ..x.", 0.8), 0.5, 0.6, optional=True),
        ),
    ),
    "bossa": Pattern(
        (110, 170),
        (
            Lane(RIM, _at("x..x ..x. ..x. .x.."), 0.8),
            Lane(KICK, _at("x..x x..x x..x x..x"), 0.8),
            Lane(CLOSED, _at(_EIGHTHS), 0.5),
        ),
    ),
    "salsa": Pattern(
        (160, 220),
        (
            Lane(CLAVES, _at("..x. x... x..x ..x."), 0.9),
            Lane(TIMBALE, _at("x.x. xx.x .x.x x.x."), 0.6),
            Lane(CONGA, _at("...x ..xx ...x ..xx"), 0.9),
            Lane(COWBELL, _at("x... x... x... x..."), 0.6, optional=True),
        ),
    ),
    "cumbia": Pattern(
        (84, 112),
        (
            Lane(SHAKER, _at("x.xx x.xx x.xx x.xx"), 0.6),
            Lane(CONGA, _at("..x. ..x. ..x. ..xo"), 0.9),
            Lane(KICK, _at("x... x... x... x..."), 0.9),
        ),
    ),
    "hand drums": Pattern(
        (88, 130),
        (
            Lane(CONGA, _at("x..o ..xo x..o ..xx"), 1.0, 0.3),
            Lane(SLAP, _at("..x. x..o ..x. x.o."), 0.9, 0.3),
            Lane(BONGO, _at("xoxo xoxo xoxo xoxo"), 0.6),
            Lane(CABASA, _at("..x. ..x. ..x. ..x."), 0.5, optional=True),
        ),
    ),
    "djembe": Pattern(
        (96, 140),
        (
            Lane(SURDO, _at("x... .o.. x... ..o."), 1.0),
            Lane(SLAP, _at("..xx ..x. ..xx ..xo"), 0.9, 0.3),
            Lane(BONGO, _at("x... xo.. x... xo.."), 0.8, 0.3),
            Lane(COWBELL, _at("x.x. xx.x .x.x x.x.", 0.9), 0.5, optional=True),
        ),
        swing=(0.0, 0.3),
    ),
    "bell in twelve": Pattern(
        (84, 140),
        (
            Lane(COWBELL, _at("x.x .xx .x. x.x"), 0.8),
            Lane(CONGA, _at("..x x.. ..x x.."), 0.9, 0.3),
            Lane(SURDO, _at("x.. o.. x.. o.."), 1.0),
            Lane(MARACAS, _at("xxx xxx xxx xxx"), 0.5, optional=True),
        ),
        steps=3,
    ),
    "baiao": Pattern(
        (90, 125),
        (
            Lane(SURDO, _at("x..x ..o. x..x ..o."), 1.0),
            Lane(TAMBOURINE, _at("x.xx x.xx x.xx x.xx"), 0.6),
            Lane(AGOGO, _at("..x. ..x. ..x. ..x."), 0.6, optional=True),
        ),
    ),
}

WIDE = {**ELECTRONIC, **PLAYED, **WORLD}
