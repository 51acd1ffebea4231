"""The command line: light to start, plain in words, honest in its exit codes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from io import StringIO
from typing import Any

import pytest
from rich.console import Console

from bridge import __version__
from bridge.cli import demo, main
from tests.bridge.house import ROOT, EngineProcess, command

Start = Callable[..., EngineProcess]


def bandmate(*words: str, **options: Any) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command(*words), cwd=ROOT, capture_output=True, text=True, check=False, timeout=60, **options)


def test_help_lists_every_verb_and_imports_nothing_heavy() -> None:
    shown = bandmate("--help")
    assert shown.returncode == 0
    for verb in ("serve", "status", "stop", "log", "call", "live"):
        assert f" {verb} " in shown.stdout
    script = (
        "import sys\nsys.argv = ['bandmate', '--help']\nfrom bridge.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'numpy', 'websockets', 'jsonrpcserver', 'msgspec', 'asyncio', 'music21', 'pretty_midi'}\n"
        "print(sorted(heavy & set(sys.modules)), file=sys.stderr)\n"
    )
    checked = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert checked.stderr.strip() == "[]"


def test_serving_imports_no_heavy_library_before_it_listens() -> None:
    script = (
        "import sys\nimport bridge.run\n"
        "heavy = {'numpy', 'jsonrpcserver', 'jsonschema', 'typer', 'rich', 'music21', 'librosa', 'pretty_midi',"
        " 'websockets.asyncio.client'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    checked = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True)
    assert checked.stdout.strip() == "[]"


def test_version() -> None:
    assert bandmate("--version").stdout.strip() == f"Bandmate {__version__}"
    declared = (ROOT / "pyproject.toml").read_text()
    assert f'version = "{__version__}"' in declared


Inside = Callable[..., tuple[int, str, str]]


@pytest.fixture
def inside(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Inside:
    """The same words in this process: exit code, what was said and what was complained of; what escapes is raised."""

    def say(*words: str) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["bandmate", *words])
        with pytest.raises(SystemExit) as ended:
            main()
        return ended.value.code or 0, *capsys.readouterr()  # type: ignore[return-value]

    return say


@pytest.mark.parametrize(
    "words",
    [("--port", "70000"), ("--port", "x"), ("--idle-minutes", "-1"), ("--idle-minutes", "nan"), ("--stdin",), ("x",)],
)
def test_serve_refuses_what_it_does_not_know(inside: Inside, words: tuple[str, ...]) -> None:
    code, _, complained = inside("serve", *words)
    assert code == 2
    assert "bandmate serve" in complained
    assert " _" not in complained  # no name of a function of ours


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--port", "abc"), "bandmate serve: error: --port takes 0 to 65535, not 'abc'"),
        (("--port", "70000"), "bandmate serve: error: --port takes 0 to 65535, not '70000'"),
        (
            ("--idle-minutes", "soon"),
            "bandmate serve: error: --idle-minutes takes a number of minutes from 0 to 1440, not 'soon'",
        ),
    ],
)
def test_serve_says_what_an_option_takes(inside: Inside, words: tuple[str, ...], said: str) -> None:
    assert inside("serve", *words)[2].splitlines()[-1] == said


@pytest.mark.parametrize("words", [("status",), ("stop",), ("log",), ("call", "rpc.discover"), ("live", "song")])
def test_without_an_engine_every_verb_says_so(inside: Inside, words: tuple[str, ...]) -> None:
    assert inside(*words) == (3, "", "No engine is running. Start one with: bandmate serve\n")


def test_a_parameter_that_is_no_json_is_said_before_anything_is_asked(inside: Inside) -> None:
    for text in ("{", "[1]", "3", "nonsense"):
        code, _, complained = inside("call", "engine.status", text)
        assert code == 2
        assert "not a JSON object" in complained


def test_folders_with_brackets_in_their_names_are_shown_whole() -> None:
    """Square brackets are marks to the library that colours the terminal."""
    shown = bandmate("doctor", "--library", "/music [/live] [bold]")
    assert "/music [/live] [bold] (named by you)." in shown.stdout
    assert shown.stderr == ""


def test_names_of_a_set_are_shown_whole_by_the_demonstration() -> None:
    console = Console(file=StringIO(), markup=False, width=200)
    for event in (
        {"event": "awake", "track": "[/drums] [red]", "ms": 1},
        {"event": "wrote", "words": "4 chords [/]", "why": "", "ms": 1},
    ):
        demo._show(console, event)
    said = console.file.getvalue()
    assert "“[/drums] [red]”" in said
    assert "the device says: 4 chords [/]" in said


def test_a_day_with_the_command_line(start_engine: Start, inside: Inside) -> None:
    engine = start_engine()
    status = bandmate("status")
    assert status.returncode == 0
    assert f"Bandmate engine {__version__} is running (pid {engine.process.pid}" in status.stdout
    assert "no Bandmate Hub is connected" in status.stdout
    key = bandmate("call", "theory.key", '{"key": "10B"}')
    assert json.loads(key.stdout)["name"] == "D major"
    code, _, complained = inside("call", "theory.key", '{"key": "H dur"}')
    assert (code, "H dur" in complained) == (1, True)
    code, _, complained = inside("live", "song")
    assert (code, "Drop Bandmate Hub on a MIDI track" in complained) == (1, True)
    assert inside("live", "clip", "--track", "-1")[0] == 2
    assert len(inside("log", "--lines", "5")[1].splitlines()) == 5
    assert bandmate("stop").stdout.strip() == "The engine is stopping."
    assert engine.wait() == 0
    assert inside("status")[0] == 3


def test_the_engine_has_one_thread_for_its_multiplications_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    import bridge.run
    from bridge.cli.serve import serve

    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "VECLIB_MAXIMUM_THREADS"):
        # Set first, so that what was there, or that nothing was, comes back afterwards.
        monkeypatch.setenv(name, "2")
        monkeypatch.delenv(name)
    monkeypatch.setenv("MKL_NUM_THREADS", "3")
    seen: dict[str, str | None] = {}

    def run(**_: object) -> int:
        seen.update({name: os.environ.get(name) for name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")})
        return 0

    monkeypatch.setattr(bridge.run, "run", run)
    assert serve([]) == 0
    assert seen == {"OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "3"}
