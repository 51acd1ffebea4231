"""Where the rows of `bandmate analyze` go: JSONL or CSV, a line each, at once, so that a killed run can go on."""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Any

Row = dict[str, Any]

FIGURES = (
    *("path", "size", "mtime_ns", "bpm", "key", "key_notation", "energy", "duration", "sample_rate"),
    *("spectral_centroid", "spectral_rolloff", "rhythm_complexity", "loudness_db", "harmonic_ratio"),
    *("percussive_ratio", "stereo_width", "channels", "container", "subtype", "bits", "lossy", "corrected"),
    *("error_code", "error"),
)
"""The columns of a CSV."""


class Output:
    """A JSONL or CSV file that grows by a line for each file heard.

    Args:
        path: The file. Its whole lines stay: what they name need not be heard again unless it changed. A line that
            a kill cut off is removed.
        full: JSONL only: all that was heard, curves and lists too, not the figures alone.
        table: Write CSV, not JSONL.

    Raises:
        OSError: it cannot be written.
        ValueError: what lies there is none of ours.
    """

    def __init__(self, path: Path, *, full: bool, table: bool) -> None:
        self._full = full
        self._table = table
        self._done: set[bytes] = set()
        self._file = path.open("a+b")
        try:
            self._take_up()
        except BaseException:
            self._file.close()
            raise

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._file.close()

    def has(self, path: Path) -> bool:
        """Whether a file was heard already and has not changed since."""
        return _mark(told(path)) in self._done

    def write(self, row: Row) -> None:
        """Add a line, and hand it to the operating system at once."""
        self._file.write(self._line(told(row["path"]) | _lean(row, self._full)))
        self._file.flush()

    def _line(self, row: Row) -> bytes:
        if not self._table:
            import msgspec

            return msgspec.json.encode(row) + b"\n"
        error = row.get("error") or {}
        flat = {**row, "error_code": error.get("code"), "error": error.get("message")}
        return _csv([flat.get(name) for name in FIGURES])

    def _take_up(self) -> None:
        """Read what is there, line by line, and remember what need not be done again."""
        self._file.seek(0)
        whole = 0
        for number, line in enumerate(self._file):
            if not line.endswith(b"\n"):
                break
            whole += len(line)
            if not (self._table and number == 0):
                self._done.add(_mark(self._read(line)))
            elif line != _csv(FIGURES):
                raise ValueError("not written by this Bandmate")
        self._file.truncate(whole)
        if self._table and not whole:
            self._file.write(_csv(FIGURES))
            self._file.flush()

    def _read(self, line: bytes) -> Row:
        if not self._table:
            import msgspec

            row = msgspec.json.decode(line)
            if not isinstance(row, dict) or "path" not in row:
                raise ValueError("not written by Bandmate")
            return row
        return dict(zip(FIGURES, next(csv.reader([line.decode("utf-8")])), strict=True))


def told(path: Path | str) -> Row:
    """The path as one line of text, whatever bytes it has, and what changes when the file does."""
    name = os.fsencode(path).decode("utf-8", "backslashreplace").replace("\n", "\\n").replace("\r", "\\r")
    try:
        facts = Path(path).stat()
    except (OSError, ValueError):
        return {"path": name, "size": None, "mtime_ns": None}
    return {"path": name, "size": facts.st_size, "mtime_ns": facts.st_mtime_ns}


def new(files: Iterator[Path], output: Output | None) -> Iterator[Path]:
    """Leave out the files that the output has already."""
    return (path for path in files if output is None or not output.has(path))


def _mark(row: Row) -> bytes:
    """Eight bytes for a file as it was: a million of them fit in memory."""
    # An empty cell of a CSV is what None was written as.
    text = "\0".join(str("" if row.get(name) is None else row[name]) for name in ("path", "size", "mtime_ns"))
    return hashlib.blake2b(text.encode(), digest_size=8).digest()


def _lean(row: Row, full: bool) -> Row:
    """The row without its path, and without curves and lists unless they are wanted."""
    return {
        name: value
        for name, value in row.items()
        if name != "path" and (full or name == "error" or not isinstance(value, dict | list))
    }


def _csv(values: Any) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(values)
    return out.getvalue().encode()
