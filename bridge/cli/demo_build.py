"""The second act of the demonstration, as a person meets it: what the Jams played, in figures and as sound."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from rich.console import Console

    from engine.compose.kit.request import RenderRequest

STRETCH = 8
"""Bars of one column."""


def show_build(console: Console, build: dict[str, Any]) -> None:
    """Say what was played, eight bars a column.

    Args:
        console: of the terminal.
        build: the play's event: tempo, bars, beats, seconds, and of each part its role and notes.
    """
    from rich.table import Table

    table = Table(title=f"{build['bars']} bars of four Jams, steered by automation lanes alone", title_justify="left")
    table.add_column("notes in bars")
    for first in range(0, build["bars"], STRETCH):
        table.add_column(f"{first + 1} to {min(first + STRETCH, build['bars'])}", justify="right")
    for row in build_rows(build):
        table.add_row(*row)
    console.print(table)
    plays = build["beats"] * 60 / build["tempo"]
    console.print(f"  {plays:.0f} s of music, played in {build['seconds']:g} s as Live's export would play it")


def build_rows(build: dict[str, Any]) -> list[tuple[str, ...]]:
    """How many notes each part plays in each stretch of bars: the part's name, then the counts."""
    stretch = STRETCH * build["beats"] / build["bars"]
    rows: list[tuple[str, ...]] = []
    for part in build["parts"]:
        counts = [0] * -(-build["bars"] // STRETCH)
        for note in part["notes"]:
            # What a player strikes a little before a bar is of that bar.
            place = int((note["start"] + 0.1) // stretch)
            counts[min(place, len(counts) - 1)] += 1
        rows.append((part["role"], *map(str, counts)))
    return rows


def write_build(path: Path, build: dict[str, Any]) -> str:
    """Write it as sound, over what lies there.

    Args:
        path: of the WAV file.
        build: as ``show_build``.

    Returns:
        What played the parts, in words.
    """
    from engine.compose.kit.band import band_samples
    from engine.compose.kit.wav import wav_bytes

    requests = [_request(part, build) for part in build["parts"]]
    band = band_samples(requests)
    path.write_bytes(wav_bytes(band.samples, requests[0].rate))
    return ", ".join(
        f"{part['role'].lower()} by {sound}" for part, sound in zip(build["parts"], band.sounds, strict=True)
    )


def _request(part: dict[str, Any], build: dict[str, Any]) -> RenderRequest:
    from engine import typed
    from engine.compose.kit.request import RenderRequest

    notes = [
        {
            "pitch": note["pitch"],
            "start_time": note["start"],
            "duration": note["duration"],
            "velocity": note["velocity"],
        }
        for note in part["notes"]
        if note["start"] < build["beats"]
    ]
    # A pluck for the chords: it leaves room for the melody above it.
    sound = "pluck" if part["role"] == "Chords" else "auto"
    plain = {
        "notes": notes,
        "length": build["beats"],
        "tempo": build["tempo"],
        "role": part["role"].lower(),
        "sound": sound,
        "style": "house",
        "tail": "keep",
    }
    return typed.convert(plain, RenderRequest)
