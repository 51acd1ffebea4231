"""Wishes for arpeggios, drawn from everything that can be asked."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from engine.compose.arp.compose import compose_arp
from engine.compose.arp.rates import FASTEST, RATES
from engine.compose.arp.request import ArpRequest, ArpResult
from engine.compose.arp.shelf import accents, figures, rhythms, styles
from engine.notes import Note

PERCENT = st.floats(0, 100)
NOTES = st.lists(
    st.builds(
        Note,
        pitch=st.integers(0, 127),
        start_time=st.floats(-1, 9),
        duration=st.floats(0.001, 6),
        velocity=st.floats(0, 127),
        mute=st.booleans(),
    ),
    max_size=8,
)


def _or_auto(ids: Any) -> st.SearchStrategy[str]:
    return st.sampled_from(["auto", *ids])


@st.composite
def wishes(draw: st.DrawFn) -> ArpRequest:
    """Any request there can be, but for very many bars."""
    rate = draw(st.sampled_from(["auto", "free", *RATES]))
    asked: dict[str, Any] = {
        "seed": draw(st.integers(0, 2**31 - 1)),
        "style": draw(_or_auto(styles())),
        "figure": draw(_or_auto(figures())),
        "rate": rate,
        "rate_beats": draw(st.floats(FASTEST, 16.0)) if rate == "free" else None,
        "rhythm": draw(_or_auto(rhythms())),
        "accents": draw(_or_auto(accents())),
        "octaves": draw(st.none() | st.integers(1, 4)),
        "gate": draw(st.none() | st.floats(1, 200)),
        "velocity": draw(st.none() | st.integers(1, 127)),
        "voices": draw(st.none() | st.integers(1, 8)),
        "register": draw(st.none() | st.integers(24, 96)),
        "voicing": draw(st.sampled_from(["smooth", "root"])),
        "restart": draw(st.sampled_from(["chord", "bar", "never"])),
        "ratchet_count": draw(st.integers(2, 8)),
        "bars": draw(st.integers(1, 6)),
        "clip_length": draw(st.none() | st.floats(0.0625, 30)),
        "tempo": draw(st.floats(20, 999)),
        "key": draw(st.sampled_from([None, "C", "F# minor", "7A", "D dorian"])),
        "progression": draw(st.sampled_from(["auto", "i VI III VII", "Dm7 G7 Cmaj7", "C | Am F | G7sus4 G7", "E5"])),
        "swing_grid": draw(st.sampled_from(["style", "8", "16"])),
        "hold": draw(st.booleans()),
    }
    numerator, denominator = draw(st.sampled_from([(4, 4), (3, 4), (5, 4), (6, 8), (7, 8), (12, 8), (1, 4), (13, 16)]))
    asked |= {"signature_numerator": numerator, "signature_denominator": denominator}
    asked |= {
        name: draw(PERCENT)
        for name in ("density", "complexity", "humanise", "swing", "variation", "accent_depth", "ratchets", "rests")
    }
    source = draw(st.sampled_from(["harmony", "held", "held_notes"]))
    if source == "held":
        asked["held"] = draw(st.lists(st.integers(0, 127), min_size=1, max_size=8))
    if source == "held_notes":
        asked["held_notes"] = draw(NOTES)
    return ArpRequest(**asked)


PLAIN: dict[str, Any] = {
    "seed": 11,
    "style": "synthwave",
    "progression": "Am F C G",
    "figure": "up",
    "rate": "1/16",
    "octaves": 1,
    "rhythm": "straight",
    "accents": "flat",
    "humanise": 0,
    "bars": 4,
}


def take(**changed: Any) -> ArpResult:
    """A plain arpeggio, on the grid, with something changed."""
    return compose_arp(ArpRequest(**{**PLAIN, **changed}))


def pitches(**changed: Any) -> list[int]:
    """Its pitches in order."""
    return [note.pitch for note in take(**changed).notes]
