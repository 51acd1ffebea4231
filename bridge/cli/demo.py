"""The verb `demo`: the whole path without Live, for a person to look at."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.console import Console

ROOT = Path(__file__).parents[2]
SCRIPT = Path("js/headless/demo.mjs")
NEAR = 0.2
"""Beats within which notes count as struck together; a humanised strum is shorter."""
PUSH = 0.6
"""Beats by which an anticipated chord may come early."""


class DemoError(Exception):
    """The demonstration cannot go on; the message says why and what to do."""


def demo(
    set_file: Annotated[Path | None, typer.Option("--set", help="A Live Set (.als, Live 9 to 12) to play in.")] = None,
    out: Annotated[Path, typer.Option(help="Where MIDI files, sound and pictures go.")] = Path("demo-out"),
    bars: Annotated[
        int, typer.Option(min=1, max=32, help="Bars of the second act, which plays in a Set of its own.")
    ] = 32,
) -> None:
    """Open the built devices in the headless Live, turn knobs, press Generate, show what landed in the clip.

    Then four Jams play a build of 32 bars, steered by automation lanes alone: as MIDI, as sound and as a picture.
    """
    from rich.console import Console
    from rich.text import Text

    from bridge.cli.demo_build import show_build, write_build

    # Names of tracks, clips and files come as they are: "[Drums]" is no mark of ours.
    console = Console(highlight=False, soft_wrap=True, markup=False)
    try:
        events = {event["event"]: event for event in _told(console, set_file, out, bars)}
        _show_clip(console, events["clip"])
        midi = out / "chords.mid"
        _write_midi(midi, events["clip"])
        show_build(console, events["build"])
        sounds = write_build(out / "build.wav", events["build"])
    except DemoError as problem:
        console.print(problem, style="red")
        raise typer.Exit(1) from None
    files = ["chords.mid", *events["pictures"]["files"], *events["build"]["files"], f"build.wav ({sounds})"]
    console.print(Text.assemble("\nIn ", (str(out), "bold"), f": {', '.join(files)}"))


def _told(console: Console, set_file: Path | None, out: Path, bars: int) -> Iterator[dict[str, Any]]:
    """Run the play and show each event as it happens."""
    node = shutil.which("node")
    if node is None:
        raise DemoError("Node is not installed. The demonstration needs Node 20.10 or newer.")
    if not (ROOT / SCRIPT).is_file():
        raise DemoError("The demonstration needs Bandmate's source tree: clone it, then run make demo.")
    if set_file is not None and not set_file.is_file():
        raise DemoError(f"There is no Live Set at {set_file}.")
    _make_folder(out)
    command = [node, str(ROOT / SCRIPT), "--out", str(out.absolute()), "--bars", str(bars)]
    if set_file is not None:
        command += ["--set", str(set_file.absolute())]
    environment = {**os.environ, "BANDMATE_PYTHON": os.environ.get("BANDMATE_PYTHON", sys.executable)}
    with subprocess.Popen(  # noqa: S603 - our own script; no shell
        command, stdout=subprocess.PIPE, encoding="utf-8", env=environment
    ) as play:
        for line in play.stdout or ():
            event = json.loads(line)
            _show(console, event)
            yield event
    if play.returncode != 0:
        raise DemoError("The demonstration did not come to its end; the lines above say why.")


def _make_folder(out: Path) -> None:
    """Make the folder before anything plays, so that nobody waits for pictures that cannot be written."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as problem:
        raise DemoError(f"The folder {out} cannot be made: {problem.strerror}. Choose another with --out.") from None
    if not os.access(out, os.W_OK | os.X_OK):
        raise DemoError(f"The folder {out} cannot be written. Choose another with --out.")


def _show(console: Console, event: dict[str, Any]) -> None:
    from rich.text import Text

    done = ("● ", "green")
    match event["event"]:
        case "set":
            _show_set(console, event)
        case "awake":
            woke = f"Hub and Chords on “{event['track']}”; the engine woke in {event['ms']} ms"
            console.print(Text.assemble(done, woke))
        case "turn":
            console.print(f"  {event['knob']} turned to {event['text']}")
        case "wrote":
            console.print(Text.assemble(done, f"Generate: notes in the clip after {event['ms']} ms"))
            console.print(Text.assemble("  the device says: ", (event["words"], "bold")))
            if event["why"]:
                console.print(f"  and why: {event['why']}")
        case "undo":
            console.print("  Undo took it away, Restore brought it back")
        case "refused":
            raise DemoError(event["message"])
        case "console" if event["lines"]:
            for line in event["lines"]:
                console.print(f"  Max console: {line}", style="red")


def _show_set(console: Console, event: dict[str, Any]) -> None:
    from rich.text import Text

    title = f"Live Set {Path(event['file']).name}" if event["file"] else "A new Live Set"
    facts = [f"{event['tempo']:g} BPM", event["signature"]]
    if event["scale"]:
        facts.append(event["scale"])
    facts.append(f"{_counted(event['tracks'], 'track')}, {_counted(event['clips'], 'clip')}")
    console.print(Text.assemble((title, "bold"), f": {' · '.join(facts)}"))
    for notice in event["notices"]:
        console.print(f"  {notice}", style="dim")


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"


def _show_clip(console: Console, clip: dict[str, Any]) -> None:
    from rich.table import Table

    from engine.notes import beats_per_bar

    bars = clip["length"] / beats_per_bar(*clip["signature"])
    table = Table(title=f"{clip['name']}  ·  {bars:g} bars", title_justify="left")
    table.add_column("bar", justify="right")
    table.add_column("chord")
    table.add_column("notes")
    table.add_column("onsets", justify="right")
    for row in chord_rows(clip):
        table.add_row(*row)
    console.print(table)


def chord_rows(clip: dict[str, Any]) -> list[tuple[str, str, str, str]]:
    """What is said of each chord: its bar, its symbol, the notes that play it and how often it is struck."""
    from engine.notes import beats_per_bar
    from engine.theory.spelling import pitch_name

    bar_length = beats_per_bar(*clip["signature"])
    strikes = _strikes(clip["notes"])
    rows = []
    for chord in clip["chords"]:
        end = chord["start"] + chord["duration"]
        inside = [at for at in strikes if chord["start"] - NEAR <= at < end - NEAR]
        pushed = [at for at in strikes if chord["start"] - PUSH <= at < chord["start"] - NEAR]
        voicing = _voicing(chord["symbol"], [strikes[at] for at in (*inside, *reversed(pushed))])
        notes = " ".join(pitch_name(pitch) for pitch in voicing)
        rows.append((f"{chord['start'] / bar_length + 1:.3g}", chord["symbol"], notes, str(len(inside))))
    return rows


def _strikes(notes: list[dict[str, Any]]) -> dict[float, list[int]]:
    """Pitches by onset; notes a player strikes together (closer than `NEAR` to the first) are one strike."""
    found: dict[float, list[int]] = {}
    for note in sorted(notes, key=lambda note: note["start_time"]):
        last = next(reversed(found), float("-inf"))
        at = last if note["start_time"] - last < NEAR else note["start_time"]
        found.setdefault(at, []).append(note["pitch"])
    return found


def _voicing(symbol: str, strikes: list[list[int]]) -> list[int]:
    """The likeliest strike that plays the chord of this symbol; empty where the one before rings on."""
    from engine.theory.symbols import read_symbol

    pitch_classes = set(read_symbol(symbol).pcs)
    return next((sorted(pitches) for pitches in strikes if {pitch % 12 for pitch in pitches} <= pitch_classes), [])


def _write_midi(path: Path, clip: dict[str, Any]) -> None:
    import msgspec

    from bridge.midi_file import write_midi
    from engine.notes import Clip, Note

    numerator, denominator = clip["signature"]
    notes = msgspec.convert([{k: v for k, v in note.items() if k != "note_id"} for note in clip["notes"]], list[Note])
    whole = Clip(clip["length"], notes, signature_numerator=numerator, signature_denominator=denominator)
    write_midi(path, whole, tempo=clip["tempo"], name=clip["name"], overwrite=True)


def register(app: typer.Typer) -> None:
    """Add the verb of this module."""
    app.command()(demo)
