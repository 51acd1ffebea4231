"""The plan of the house, as rules over the source tree."""

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
ROOMS = ("presets", "engine", "bridge", "m4l_devices")
MAY_IMPORT = {
    "presets": {"presets"},
    "engine": {"engine", "presets"},
    "m4l_devices": {"m4l_devices", "presets"},
    "bridge": {"bridge", "engine", "presets"},
    "bridge/cli": {"bridge", "engine", "presets", "m4l_devices"},
}
HEAVY = ("librosa", "numba", "sklearn", "music21", "scipy", "pandas", "matplotlib", "pretty_midi")


def tracked_files() -> list[Path]:
    if not (ROOT / ".git").exists():  # a downloaded release
        made = {".venv", "node_modules", "dist", "build", "__pycache__"}
        return [path for path in ROOT.rglob("*.*") if path.is_file() and not made & set(path.relative_to(ROOT).parts)]
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listing.decode().split("\0") if name and (ROOT / name).is_file()]


def modules_imported(source: str) -> set[str]:
    """Dotted names of everything a source imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
            found.add(node.module)
    return found


def rooms_imported(source: str) -> set[str]:
    return {name.split(".")[0] for name in modules_imported(source)} & set(ROOMS)


def room_of(path: Path) -> str:
    relative = path.relative_to(ROOT).as_posix()
    return "bridge/cli" if relative.startswith("bridge/cli") else relative.split("/")[0]


def python_files(room: str) -> list[Path]:
    return sorted((ROOT / room).rglob("*.py"))


@pytest.mark.parametrize("room", ROOMS)
def test_rooms_import_only_downwards(room: str) -> None:
    files = python_files(room)
    assert files, f"the room {room} is empty"
    wrong = {
        str(path.relative_to(ROOT)): extra
        for path in files
        if (extra := rooms_imported(path.read_text(encoding="utf-8")) - MAY_IMPORT[room_of(path)])
    }
    assert wrong == {}


def test_the_import_rule_bites() -> None:
    assert rooms_imported("from bridge.server import x") - MAY_IMPORT["engine"] == {"bridge"}
    assert rooms_imported("def f():\n    import engine.notes") - MAY_IMPORT["m4l_devices"] == {"engine"}


@pytest.mark.parametrize("module", ["bridge.cli", "bridge.server", "engine.compose.chords", "m4l_devices"])
def test_importing_is_light(module: str) -> None:
    code = f"import sys, {module}; print([m for m in {HEAVY!r} if m in sys.modules])"
    shown = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert shown.stdout.strip() == "[]"


def test_no_lock_file_carries_an_address() -> None:
    lock = (ROOT / "js" / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock
    constraints = (ROOT / "constraints.txt").read_text(encoding="utf-8")
    pins = [line for line in constraints.splitlines() if line and not line.startswith("#")]
    assert all(re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.]+", pin) for pin in pins), pins


def test_every_library_is_pinned() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [*project["dependencies"], *(item for extra in project["optional-dependencies"].values() for item in extra)]
    names = {re.split(r"[\[><=~!;]", item)[0].lower().replace("_", "-") for item in asked} - {"bandmate"}
    pinned = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line
    }
    assert names <= pinned


OUTBOUND = {"requests", "urllib.request", "http.client", "aiohttp", "httpx", "ftplib", "smtplib"}


@pytest.mark.parametrize("room", ROOMS)
def test_nothing_reaches_out_of_this_computer(room: str) -> None:
    found = {
        str(path.relative_to(ROOT)): extra
        for path in python_files(room)
        if (extra := modules_imported(path.read_text("utf-8")) & OUTBOUND)
    }
    assert found == {}


def test_the_outbound_rule_bites() -> None:
    assert modules_imported("from urllib.request import urlopen\nimport http.client") >= {
        "urllib.request",
        "http.client",
    }


@pytest.mark.parametrize("room", ROOMS)
def test_no_pickle_eval_or_shell(room: str) -> None:
    banned = re.compile(r"^\s*(import|from) (pickle|marshal|shelve)\b|\beval\(|\bexec\(|shell=True|os\.system\(", re.M)
    found = [str(path.relative_to(ROOT)) for path in python_files(room) if banned.search(path.read_text("utf-8"))]
    assert found == []


MEETING_TYPES = re.compile(r"msgspec\.convert\(|json\.decode\([^\n]*\btype=")


@pytest.mark.parametrize("room", ["engine", "bridge"])
def test_types_are_met_one_at_a_time(room: str) -> None:
    """See `engine.typed`; three rooms of the bridge convert to types that were met, the command line has one thread."""
    may = {"engine/typed.py", "bridge/validation.py", "bridge/methods/live.py", "bridge/watching.py"}
    files = [path for path in python_files(room) if room_of(path) == room]
    found = {path.relative_to(ROOT).as_posix() for path in files if MEETING_TYPES.search(path.read_text("utf-8"))}
    assert found <= may


def test_the_rule_of_types_bites() -> None:
    assert MEETING_TYPES.search("return msgspec.convert(plain, Style)")
    assert MEETING_TYPES.search("msgspec.json.decode(path.read_bytes(), type=Style)")
    assert not MEETING_TYPES.search("msgspec.json.decode(text)")


def test_files_stay_small() -> None:
    sources = [path for path in tracked_files() if path.suffix in {".py", ".js", ".mjs"}]
    lines = {str(path.relative_to(ROOT)): path.read_text(encoding="utf-8").count("\n") for path in sources}
    assert len(lines) > 100
    # About 300 lines are a lot for one idea; a table of tests may be longer than what it tests.
    assert {name: n for name, n in lines.items() if n > (600 if name.startswith("tests/") else 350)} == {}
