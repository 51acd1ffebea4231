"""What is told of a taste that was learnt. Without numpy: the wire knows these from its start."""

from __future__ import annotations

import msgspec


class Liking(msgspec.Struct, frozen=True):
    """One thing that ratings hang on.

    Attributes:
        name: of the number of the recipe; behind a "*" that of the moment, where it counts only there.
        stars: gained by a spread more of the recipe's number; below 0, by a spread less.
        deviation: of that.
        words: one sentence.
    """

    name: str
    stars: float
    deviation: float
    words: str


class Trust(msgspec.Struct, frozen=True):
    """How near predictions came to ratings that were not known yet.

    Attributes:
        count: ratings that were predicted.
        mse: mean squared error, in stars.
        mae: mean absolute error.
        rank: Spearman's correlation, -1..1; null where either side is all one value.
        plain: mean squared error of always saying the mean so far.
    """

    count: int
    mse: float
    mae: float
    rank: float | None
    plain: float


class StretchedCurve(msgspec.Struct, frozen=True):
    """What a knob does to a parameter, beside what is on the shelf (``presets/macros``).

    Attributes:
        knob: "energy", "tension", "darkness" or "groove".
        parameter: of the generator.
        stretch: what the shelf's curve is multiplied by: 1 as it is, 0.5 half as far, below 0 the other way.
        deviation: of that, before it is bounded.
        words: one sentence, as soon as ratings are sure of it; else "".
    """

    knob: str
    parameter: str
    stretch: float
    deviation: float
    words: str


class KnobMeaning(msgspec.Struct, frozen=True):
    """What a knob means to a user, where that is not what it comes with.

    Attributes:
        knob: "energy", "tension", "darkness" or "groove".
        roles: generators to which it means this.
        deviations: by how many of its own the least sure of what is told lies from the shelf; 3 is very sure.
        words: "Energy on bass: far busier, not louder".
    """

    knob: str
    roles: list[str]
    deviations: float
    words: str
