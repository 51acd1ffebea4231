"""How `bandmate analyze` shows what was heard: a table for one file, a line each for many."""

from __future__ import annotations

from typing import Any

_ROWS = (
    ("Tempo", "bpm", "{:.2f} BPM"),
    ("Key", "key_notation", "{}"),
    ("Camelot", "key", "{}"),
    ("Energy", "energy", "{} of 10"),
    ("Loudness", "loudness_db", "{:.1f} LUFS"),
    ("Length", "duration", "{:.2f} s"),
    ("Sample rate", "sample_rate", "{} Hz"),
    ("Brightness", "spectral_centroid", "{:.0f} Hz centroid"),
    ("Rolloff", "spectral_rolloff", "{:.0f} Hz"),
    ("Rhythm", "rhythm_complexity", "{:.2f} complex"),
    ("Harmonic", "harmonic_ratio", "{:.0%}"),
    ("Percussive", "percussive_ratio", "{:.0%}"),
    ("Stereo width", "stereo_width", "{:.2f}"),
)
_SURE = {"bpm": ("rhythm", "tempo"), "key_notation": ("key_detail",)}


def show(row: dict[str, Any]) -> None:
    """Print what was heard in one file.

    Args:
        row: Of `engine.hear.folder`, without an error.
    """
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(row["name"]), show_header=False)
    for words, name, form in _ROWS:
        if row.get(name) is not None:
            table.add_row(words, Text(form.format(row[name])), Text(_sure(row, name)))
    for words, told in _verdicts(row):
        table.add_row(words, Text(told), Text(""))
    Console().print(table)


def line(row: dict[str, Any]) -> str:
    """One file in one line of text.

    Args:
        row: Of `engine.hear.folder`, errors numbered.
    """
    if "error" in row:
        return f"{row['path']}: {row['error']['message']} ({row['error']['code']})"
    told = [form.format(row[name]) for _, name, form in _ROWS[:5] if row.get(name) is not None]
    return f"{row['path']}: {', '.join(told) or 'heard'}"


def _verdicts(row: dict[str, Any]) -> list[tuple[str, str]]:
    """What was found to be wrong, and what is missing for a release."""
    quality, release = row.get("quality") or {}, row.get("release") or {}
    out = [] if quality.get("score") is None else [("Quality", f"{quality['score']:.0f} of 100")]
    out += [("", reason["words"]) for reason in quality.get("reasons", ())]
    if release:
        failed = [check for check in release["checks"] if not check["passed"]]
        out.append((release["profile"], f"{len(failed)} checks failed" if failed else "ready"))
        out += [("", f"{check['value']}: {check['words']}") for check in failed]
    return out


def _sure(row: dict[str, Any], name: str) -> str:
    if name in row.get("heard", {}):
        return "set by you"
    found: Any = row
    for step in _SURE.get(name, ("none",)):
        found = (found or {}).get(step)
    return f"{found['confidence']:.0%} sure" if found else ""
