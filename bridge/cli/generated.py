"""How a generated take looks on the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.table import Table

_MOST_NOTES = 12
_EARLY = 0.1  # beats
_LOUD, _SOFT = 100, 60


def show(result: dict[str, Any], *, most_rows: int) -> None:
    """Print what was resolved, the harmony or the drum grid, and what was decided on the way.

    Args:
        result: An answer of compose.chords, compose.bass ..., in its shape on the wire.
        most_rows: Chords shown at most; the rest is counted.
    """
    from rich.console import Console

    from engine.notes import beats_per_bar

    used = result["resolved"]
    bar = beats_per_bar(used["signature_numerator"], used["signature_denominator"])
    # Own text and names come back as they were given: no marks of ours are read in them.
    console = Console(highlight=False, markup=False)
    console.print(result["summary"], style="bold")
    console.print(_facts(used, result))
    if "lanes" in result:
        for line in _grid(result["lanes"], bar):
            console.print(line)
    else:
        console.print(_harmony(result, bar, most_rows))
        hidden = len(result["chords"]) - most_rows
        if hidden > 0:
            console.print(f"... and {hidden} more", style="dim")
    for notice in result["notices"]:
        console.print(notice, style="dim")


def _harmony(result: dict[str, Any], bar: float, most_rows: int) -> Table:
    """Tabulate the chords, and for each the notes that strike it or begin while it lasts."""
    from rich.table import Table

    from engine.theory.keys import parse_key
    from engine.theory.spelling import FLAT_NAMES, SHARP_NAMES, pitch_name

    home = result["resolved"]["key"]
    names = FLAT_NAMES if home and parse_key(home).signature < 0 else SHARP_NAMES
    table = Table(box=None, pad_edge=False)
    for title in ("Bar", "Figure", "Chord", "Notes"):
        table.add_column(title, header_style="dim")
    for chord in result["chords"][:most_rows]:
        pitches = chord["pitches"] or _begun(result["notes"], chord)
        shown = " ".join(pitch_name(pitch, names) for pitch in pitches[:_MOST_NOTES])
        more = " ..." if len(pitches) > _MOST_NOTES else ""
        table.add_row(_place(chord["start"], bar), chord["figure"], chord["symbol"], shown + more)
    return table


def _begun(notes: list[dict[str, Any]], chord: dict[str, Any]) -> list[int]:
    """Give the pitches that begin while a chord lasts; played notes may come a little early."""
    first = chord["start"] - _EARLY
    last = first + chord["duration"]
    return [note["pitch"] for note in notes if first <= note["start_time"] < last]


def _grid(lanes: list[dict[str, Any]], bar: float) -> list[str]:
    """Draw the first bar of drums: one row a lane, one sign a sixteenth, X loud, x usual, - soft."""
    cells = max(1, round(bar * 4))
    lines = []
    for lane in lanes:
        row = ["."] * cells
        for step, velocity in zip(lane["steps"], lane["velocities"], strict=True):
            if step < cells:
                row[int(step)] = "X" if velocity >= _LOUD else "x" if velocity >= _SOFT else "-"
        beats = ["".join(row[at : at + 4]) for at in range(0, cells, 4)]
        lines.append(f"{lane['name']:<14} {' '.join(beats)}")
    return lines


def _facts(used: dict[str, Any], result: dict[str, Any]) -> str:
    signature = f"{used['signature_numerator']}/{used['signature_denominator']}"
    key = used.get("key") or ""
    place = f" ({used['camelot']})" if used.get("camelot") else ""
    facts = [
        f"{key}{place}",
        used["style_name"],
        used.get("progression_name") or used.get("progression") or "",
        *(f"{name} {used[name]}" for name in ("voicing", "rhythm", "figure") if isinstance(used.get(name), str)),
        f"{used['tempo']:g} BPM",
        signature,
        f"{len(result['notes'])} notes",
        f"seed {result['seed']}",
    ]
    return ", ".join(fact for fact in facts if fact)


def _place(start: float, bar: float) -> str:
    """Say where a chord starts: "3" on the bar, "3.2.5" two and a half beats into it."""
    number = int(start / bar + 1e-6)
    beat = start - number * bar
    return str(number + 1) if beat < 1e-6 else f"{number + 1}.{beat + 1:g}"
