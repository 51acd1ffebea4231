"""The take of each style that is written down: two bars of A minor and F, on the grid, in words one can read."""

from __future__ import annotations

from engine.compose.arp.compose import compose_arp
from engine.compose.arp.request import ArpRequest
from engine.compose.arp.shelf import styles
from engine.notes import Note

SEED = 7


def said_of(style: str) -> dict[str, str]:
    """What a style plays, and how."""
    low, high = styles()[style].tempo
    request = ArpRequest(
        style=style, seed=SEED, key="A minor", progression="i VI", bars=2, humanise=0, tempo=(low + high) / 2
    )
    result = compose_arp(request)
    used = result.resolved
    how = f"{used.figure} {used.rate} {used.rhythm} {used.accents}, {used.octaves} oct, gate {used.gate:g}"
    bars = [
        " ".join(_said(note) for note in result.notes if first <= note.start_time < first + 4) for first in (0.0, 4.0)
    ]
    return {"how": how, "bar 1": bars[0], "bar 2": bars[1]}


def _said(note: Note) -> str:
    """Pitch, beat, length, velocity: "60 1.5+0.12 v96"."""
    return f"{note.pitch} {note.start_time:.3g}+{note.duration:.2g} v{note.velocity:.0f};"
