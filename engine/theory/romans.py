"""Reads roman figures: from the tables music21 built where they hold the figure, by rule otherwise.

Both ways give the same chord (a test compares every entry); the tables are the proof that
the rule is right, and the quicker road.
"""

from __future__ import annotations

from functools import lru_cache

from engine.theory.chords import Chord
from engine.theory.key import Key
from engine.theory.roman_reader import ROMAN_EXAMPLES, is_roman, plain_figure, read_by_rule
from engine.theory.tables import tables

__all__ = ["ROMAN_EXAMPLES", "is_roman", "read_roman"]


@lru_cache(maxsize=8192)
def read_roman(figure: str, key: Key) -> Chord:
    """Reads one roman figure in a key.

    Args:
        figure: "ii7", "bVII", "V7/ii", "viio65", "Imaj9", "IV/5", "V7alt"; the grammar is
            in ``engine.theory.roman_reader``.
        key: any of the nine modes.

    Returns:
        The chord, its symbol spelled for the key.

    Raises:
        InvalidValue: field "progression", value the figure, with what is allowed.
    """
    return tables().chord(plain_figure(figure), figure, key) or read_by_rule(figure, key)
