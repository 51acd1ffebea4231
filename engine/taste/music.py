"""Moments and recipes of music as numbers: 16 of what surrounds a press of Generate, 8 of what was asked for.

Both read plain dictionaries as takes hold them (`engine.taste.store.records.Take`) and pass over what they do not
know: a number nobody told lies in the middle. What goes with what stands in ``presets/taste``.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

import presets

__all__ = ["MOMENT", "RECIPE", "family_of", "moment", "recipe", "recipes", "suits"]

Numbers = NDArray[np.float64]

_FAMILIES = tuple(presets.load("taste/kinship")["families"])
MOMENT = (
    *(f"family_{name}" for name in _FAMILIES),
    *("tempo", "key_sine", "key_cosine", "mode", "energy", "hour_sine", "hour_cosine", "section"),
    *("role_pitch", "role_rhythm"),
)
"""Names of the numbers of a moment, each within -1..1."""

RECIPE: tuple[str, ...] = tuple(presets.load("taste/recipe")["numbers"])
"""Names of the numbers of a recipe, each within 0..1."""

_NATURALS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_DARK = ("minor", "dorian", "phrygian", "aeolian", "locrian")
_SLOW, _FAST = 60.0, 180.0


@cache
def _kin() -> dict[str, str]:
    """The family of each genre, by every name it has."""
    told = presets.load("taste/kinship")
    own = {genre: family for family, genres in told["families"].items() for genre in genres}
    return own | {other: own[genre] for other, genre in told["same"].items()}


def family_of(genre: str) -> str:
    """Returns the family of a genre, or "" where nobody knows it."""
    return _kin().get(genre, "")


@lru_cache(maxsize=4096)
def suits(recipe_genre: str, genre: str) -> float:
    """Returns how well a recipe for one genre is thought to suit another, 0..1, before anybody rated anything."""
    told = presets.load("taste/kinship")
    names = [told["same"].get(name, name) for name in (recipe_genre, genre)]
    if names[0] and names[0] == names[1]:
        return float(told["suits"]["genre"])
    families = [family_of(name) for name in names]
    return float(told["suits"]["family" if families[0] and families[0] == families[1] else "other"])


def moment(context: Mapping[str, Any]) -> Numbers:
    """Returns what surrounds a press of Generate as numbers.

    Args:
        context: genre (id), tempo (beats a minute), key (name of the tonic, "F#" or with a mode behind it), mode
        (name),
            energy (-1..1), hour (0..24), section (name), role; each may be missing.

    Returns:
        16 numbers within -1..1, named by ``MOMENT``.
    """
    told = presets.load("taste/kinship")
    family = family_of(str(context.get("genre") or ""))
    tempo = _number(context.get("tempo"))
    place = 0.0 if tempo is None else 2 * (math.log2(max(tempo, 1) / _SLOW) / math.log2(_FAST / _SLOW)) - 1
    words = str(context.get("key") or "").split()
    fifth = _fifth(words[0]) if words else None
    mode = str(context.get("mode") or " ".join(words[1:])).lower()
    hour = _number(context.get("hour"))
    section = str(context.get("section") or "").lower().split()
    sections: dict[str, float] = told["sections"]
    return np.array(
        [
            *(1.0 if name == family else 0.0 for name in _FAMILIES),
            min(1.0, max(-1.0, place)),
            *((0.0, 0.0) if fifth is None else _around(fifth / 12)),
            (-1.0 if any(word in mode for word in _DARK) else 1.0) if mode else 0.0,
            min(1.0, max(-1.0, _number(context.get("energy")) or 0.0)),
            *((0.0, 0.0) if hour is None else _around(hour / 24)),
            next((sections[word] for word in section if word in sections), 0.0),
            *told["roles"].get(str(context.get("role") or ""), (0.0, 0.0)),
        ]
    )


def recipe(role: str, fields: Mapping[str, Any]) -> Numbers:
    """Returns what was asked for as numbers.

    Args:
        role: "bass", "drums", "melody", "arp" or "chords"; of any other, the fields are taken as a bass's.
        fields: of the role's request; what is missing is as usual.

    Returns:
        8 numbers within 0..1, named by ``RECIPE``.
    """
    return np.asarray(recipes(role, [fields])[0])


def recipes(role: str, several: Sequence[Mapping[str, Any]]) -> Numbers:
    """Returns the same for several of one role, one a row."""
    names, low, wide, usual = _table(role)
    found = np.array([[_told(fields.get(name)) for name in names] for fields in several]).reshape(-1, len(RECIPE))
    return np.where(np.isfinite(found), np.minimum(1.0, np.maximum(0.0, (found - low) / wide)), usual)


def _told(value: Any) -> float:
    if type(value) is float or type(value) is int:  # nearly always, and there are hundreds of them in a press
        return value
    found = _number(value)
    return math.nan if found is None else found


@cache
def _table(role: str) -> tuple[list[str], Numbers, Numbers, Numbers]:
    """For each number of a recipe: the field it is read from, where that begins, how far it goes, its usual share."""
    roles = presets.load("taste/recipe")["roles"]
    table = roles.get(role, roles["bass"])
    # A field of no name is in no request.
    rows = [table.get(name, ("", 0.0, 1.0, 0.5)) for name in RECIPE]
    low, high, usual = np.array([row[1:] for row in rows], dtype=np.float64).T
    wide = high - low
    return [row[0] for row in rows], low, wide, np.clip((usual - low) / wide, 0.0, 1.0)


def _number(value: Any) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        return None
    return float(value)


def _fifth(tonic: str) -> float | None:
    """Steps from C on the circle of fifths."""
    pitch = _NATURALS.get(tonic[:1].upper())
    if pitch is None:
        return None
    signs = tonic[1:].replace("♯", "#").replace("♭", "b")
    return float((pitch + signs.count("#") - signs.count("b")) * 7 % 12)


def _around(turn: float) -> tuple[float, float]:
    return math.sin(2 * math.pi * turn), math.cos(2 * math.pi * turn)
