"""`bandmate analyze`: hear a file, or a folder of any size, without an engine."""

from __future__ import annotations

import contextlib
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from rich.progress import Progress

    from bridge.cli.analyzed import Output
    from engine.hear.folder import Row

EXIT_REFUSED = 1
EXIT_STOPPED = 130


def analyze(  # noqa: PLR0917 - the words of the command line
    path: Annotated[Path, typer.Argument(help="An audio file, or a folder with any number of them.")],
    json: Annotated[Path | None, typer.Option(help="Write a line of JSON per file here; a killed run goes on.")] = None,
    csv: Annotated[Path | None, typer.Option(help="Write a CSV here; a killed run goes on.")] = None,
    parts: Annotated[str, typer.Option(help="What to hear, with commas between; left out: everything.")] = "",
    profile: Annotated[str, typer.Option(help="What the release check holds it against.")] = "release",
    full: Annotated[bool, typer.Option("--full", help="With --json: curves and lists too.")] = False,
    workers: Annotated[str, typer.Option(help="Processes, or dask://host:port; left out: one per core.")] = "",
) -> None:
    """Hear what an audio file is, or all in a folder: tempo, key, loudness, energy and more."""
    from engine.errors import EngineError, InvalidValue

    try:
        asked = _asked(parts, profile)
        crew = _workers(workers)
        if path.is_dir():
            failed = _folder(path, crew, asked, _output(json, csv, full))
        else:
            failed = _file(path, asked, _output(json, csv, full))
    except (InvalidValue, EngineError) as problem:
        said = str(problem)
        print(_sentences(said, "" if problem.hint in said else problem.hint), file=sys.stderr)
        raise typer.Exit(EXIT_REFUSED) from None
    except KeyboardInterrupt:
        print("Stopped. The same words again go on where this ended.", file=sys.stderr)
        raise typer.Exit(EXIT_STOPPED) from None
    raise typer.Exit(EXIT_REFUSED if failed else 0)


def numbered(row: Row) -> Row:
    """Give an error the number it has on the wire.

    Args:
        row: Of a file; one without an error is given back as it is.
    """
    if "error" not in row:
        return row
    from bridge.errors import ENGINE_CODES, BridgeError, InvalidParams

    codes = {each.__name__: code for each, code in ENGINE_CODES.items()} | {"InvalidValue": InvalidParams.code}
    error = row["error"]
    return row | {"error": {"code": codes.get(error["kind"], BridgeError.code), **error}}


def _asked(parts: str, profile: str) -> dict[str, Any]:
    from engine.hear.parts import known_profile, needed

    names = [each.strip() for each in parts.split(",") if each.strip()]
    asked: dict[str, Any] = {"profile": known_profile(profile)}
    if not names:
        return asked
    needed(names)  # says what is allowed, before the first file
    return asked | {"parts": names}


def _workers(text: str) -> int | str:
    import os

    if not text:
        return os.cpu_count() or 1
    return int(text) if text.isdecimal() else text


@contextlib.contextmanager
def _output(json: Path | None, csv: Path | None, full: bool) -> Iterator[Output | None]:
    from bridge.cli.analyzed import Output
    from engine.errors import EngineError, InvalidValue

    if json and csv:
        raise InvalidValue("csv", "--csv", "Give --json or --csv, not both.")
    path = json or csv
    if path is None:
        yield None
        return
    try:
        output = Output(path, full=full, table=csv is not None)
    except OSError as problem:
        raise EngineError("The output cannot be written", problem.strerror or "") from None
    except ValueError:
        raise EngineError("The output is there already and is none of ours", "Name another file.") from None
    with output:
        yield output


def _file(path: Path, asked: dict[str, Any], opened: contextlib.AbstractContextManager[Output | None]) -> bool:
    from bridge.cli.analyzed_table import show
    from engine.hear.folder import hear_one

    with opened as output:
        row = numbered(hear_one(str(path.absolute()), asked))
        if output:
            output.write(row)
        if "error" in row:
            error = row["error"]
            print(_sentences(f"{error['message']} ({error['code']})", error["hint"]), file=sys.stderr)
            return True
    show(row)
    return False


def _folder(
    path: Path, workers: int | str, asked: dict[str, Any], opened: contextlib.AbstractContextManager[Output | None]
) -> bool:
    """Hear a folder; True when a file could not be heard."""
    from bridge.cli.analyzed import new
    from bridge.cli.analyzed_table import line
    from engine.hear.folder import audio_files, heard

    # Of files that were under way when it was stopped; that is what stopping means.
    warnings.filterwarnings("ignore", message=".*tasks which were still being processed", module="joblib")
    good = bad = 0
    with opened as output, _bar() as bar:
        task = bar.add_task("", total=None)
        rows = heard(new(audio_files(path.absolute()), output), workers, **asked)
        with contextlib.closing(rows):  # type: ignore[type-var]
            for row in map(numbered, rows):
                good, bad = good + ("error" not in row), bad + ("error" in row)
                if output:
                    output.write(row)
                else:
                    print(line(row))
                bar.update(task, advance=1, description=f"{good} heard" + (f", {bad} could not be" if bad else ""))
    print(f"{good} files heard, {bad} could not be.", file=sys.stderr)
    return bad > 0


def _bar() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    words = TextColumn("{task.description}")
    # Rows go to standard output when no file takes them, so the bar moves on standard error.
    return Progress(BarColumn(), words, TimeElapsedColumn(), console=Console(stderr=True), transient=True)


def _sentences(*words: str) -> str:
    return " ".join(each.rstrip(".") + "." for each in words if each)


def register(app: typer.Typer) -> None:
    """Add the verb of this module."""
    app.command()(analyze)
