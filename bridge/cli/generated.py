"""How a generated take looks on the terminal."""

from __future__ import annotations

from typing import Any


def show(result: dict[str, Any], *, most_rows: int) -> None:
    """Print what was resolved, the chords, and what was decided on the way.

    Args:
        result: An answer of compose.chords, in its shape on the wire.
        most_rows: Chords shown at most; the rest is counted.
    """
    from rich.console import Console
    from rich.table import Table

    from engine.notes import beats_per_bar
    from engine.theory.keys import parse_key
    from engine.theory.spelling import FLAT_NAMES, SHARP_NAMES, pitch_name

    used = result["resolved"]
    names = FLAT_NAMES if parse_key(used["key"]).signature < 0 else SHARP_NAMES
    bar = beats_per_bar(used["signature_numerator"], used["signature_denominator"])
    # Own text and names come back as they were given: no marks of ours are read in them.
    console = Console(highlight=False, markup=False)
    console.print(result["summary"], style="bold")
    console.print(_facts(used, result))
    table = Table(box=None, pad_edge=False)
    for title in ("Bar", "Figure", "Chord", "Notes"):
        table.add_column(title, header_style="dim")
    for chord in result["chords"][:most_rows]:
        pitches = " ".join(pitch_name(pitch, names) for pitch in chord["pitches"])
        table.add_row(_place(chord["start"], bar), chord["figure"], chord["symbol"], pitches)
    console.print(table)
    hidden = len(result["chords"]) - most_rows
    if hidden > 0:
        console.print(f"... and {hidden} more", style="dim")
    for notice in result["notices"]:
        console.print(notice, style="dim")


def _facts(used: dict[str, Any], result: dict[str, Any]) -> str:
    signature = f"{used['signature_numerator']}/{used['signature_denominator']}"
    return ", ".join(
        [
            f"{used['key']} ({used['camelot']})",
            used["style_name"],
            used["progression_name"],
            f"voicing {used['voicing']}",
            f"rhythm {used['rhythm']}",
            f"{used['tempo']:g} BPM",
            signature,
            f"{len(result['notes'])} notes",
            f"seed {result['seed']}",
        ]
    )


def _place(start: float, bar: float) -> str:
    """Say where a chord starts: "3" on the bar, "3.2.5" two and a half beats into it."""
    number = int(start / bar + 1e-6)
    beat = start - number * bar
    return str(number + 1) if beat < 1e-6 else f"{number + 1}.{beat + 1:g}"
