"""Every command the README shows is run, so that it cannot promise what does not work."""

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import mido
import numpy as np
import pytest
import soundfile

from m4l_devices import built_devices

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BANDMATE = [sys.executable, "-m", "bridge"]


def shown_commands() -> list[str]:
    blocks = re.findall(r"^```sh\n(.*?)^```", README, re.M | re.S)
    lines = [line.split("  #")[0].strip() for block in blocks for line in block.splitlines()]
    return [line for line in lines if line]


class Stage:
    """A home, a User Library and a folder of its own for the commands."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.library = root / "User Library"
        self.library.mkdir()
        self.environment = {**os.environ, "BANDMATE_HOME": str(root / "home"), "PYTHONPATH": str(ROOT)}

    def run(self, *command: str, cwd: Path | None = None) -> str:
        done = subprocess.run(
            command, cwd=cwd or self.root, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{shlex.join(command)}\n{done.stdout}\n{done.stderr}"
        return done.stdout

    def bandmate(self, *arguments: str) -> str:
        return self.run(*BANDMATE, *arguments)


@pytest.fixture
def stage(tmp_path: Path) -> Stage:
    return Stage(tmp_path)


def make_demo(stage: Stage) -> None:
    # What `make demo` runs, with its output in the test's own folder.
    assert '$(BIN)/bandmate demo $(if $(SET),--set "$(SET)",)' in (ROOT / "Makefile").read_text(encoding="utf-8")
    # Fewer bars are as good here.
    said = stage.bandmate("demo", "--out", "demo-out", "--bars", "2")
    assert "Wrote" in said
    assert "Max console" not in said
    out = stage.root / "demo-out"
    assert {path.name for path in out.iterdir()} == {
        "chords.mid",
        "chords-device.png",
        "hub-device.png",
        "piano-roll.png",
        "build.mid",
        "build.wav",
        "build.svg",
        "build.png",
    }
    notes = [message for message in mido.MidiFile(out / "chords.mid") if message.type == "note_on"]
    assert len(notes) >= 12
    build = mido.MidiFile(out / "build.mid")
    played = {message.note for message in build if message.type == "note_on" and message.velocity > 0}
    assert len(build.tracks) >= 4
    assert {36} < played
    assert soundfile.info(out / "build.wav").duration >= 2 * 4 * 60 / 124
    for picture in ("chords-device.png", "build.png"):
        assert (out / picture).read_bytes().startswith(b"\x89PNG")
    drawn = (out / "build.svg").read_text("utf-8")
    assert all(f">{name}<" in drawn for name in ("Energy", "Brightness", "Melody", "Drums"))


def make_test(_: Stage) -> None:
    # This test is part of it; what can be checked from inside is that the target runs all three parts.
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    [recipe] = re.findall(r"^test: .*\n((?:\t.*\n)+)", makefile, re.M)
    assert set(re.findall(r"\$\(MAKE\) --no-print-directory ([a-z-]+)", recipe)) == {
        "lint",
        "warm",
        "test-js",
        "test-python",
    }
    assert "make test" in (ROOT / ".ci" / "run").read_text(encoding="utf-8")


def make_setup(_: Stage) -> None:
    assert re.search(r"^setup: \$\(VENV_READY\) \$\(NODE_READY\)", (ROOT / "Makefile").read_text("utf-8"), re.M)


def install(stage: Stage) -> None:
    said = stage.bandmate("install", "--library", str(stage.library))
    assert "Bandmate Hub.amxd" in said
    assert len(list(stage.library.rglob("*.amxd"))) == len(built_devices())
    # Where the README and the last line send a person is where they lie.
    way = re.search(r"User Library > ([^.]+)\.", README)
    assert way
    assert way[0] in said
    folder = stage.library.joinpath(*way[1].split(" > "))
    assert (folder / "Bandmate Hub.amxd").is_file()


def doctor(stage: Stage) -> None:
    install(stage)
    said = stage.bandmate("doctor")
    assert "installed and as built" in said


def test_what_is_installed_can_be_taken_away(stage: Stage) -> None:
    install(stage)
    before = sorted(stage.root.rglob("*"))
    said = stage.bandmate("install", "--library", str(stage.library), "--dry-run")
    assert all(line.startswith("would ") for line in said.splitlines())
    assert "would remove" in stage.bandmate("install", "--uninstall", "--dry-run")
    assert sorted(stage.root.rglob("*")) == before
    next(stage.library.rglob("*Hub.amxd")).write_bytes(b"my own device")
    assert "changed after it was installed" in stage.bandmate("install", "--uninstall")
    assert [path.read_bytes() for path in stage.library.rglob("*.*")] == [b"my own device"]


def generate(stage: Stage) -> None:
    command = next(line for line in shown_commands() if "generate chords" in line)
    stage.bandmate(*shlex.split(command)[1:])
    file = mido.MidiFile(stage.root / "chords.mid")
    assert file.length == pytest.approx(8 * 4 * 60 / 125, abs=0.01)


def analyze(stage: Stage) -> None:
    samples = stage.root / "Samples"
    samples.mkdir()
    ramp = np.arange(22_050) / 44_100
    for path in (stage.root / "loop.wav", samples / "one.wav", samples / "two.wav"):
        soundfile.write(path, np.sin(2 * np.pi * 220 * ramp).astype(np.float32) / 2, 44_100)
    commands = [line for line in shown_commands() if "bandmate analyze" in line]
    table, lines = (shlex.split(command)[1:] for command in commands)
    assert "LUFS" in stage.bandmate(*table)
    stage.bandmate(*(word.replace("~", str(stage.root)) for word in lines))
    assert len((stage.root / "samples.jsonl").read_text("utf-8").splitlines()) == 2


# Each runs its command, or what of it can be run here, and asserts what came of it.
CHECKS: dict[str, Callable[[Stage], None]] = {
    "make demo": make_demo,
    "make test": make_test,
    "make setup": make_setup,
    ".venv/bin/bandmate install": install,
    ".venv/bin/bandmate doctor": doctor,
    ".venv/bin/bandmate generate": generate,
    ".venv/bin/bandmate analyze": analyze,
}


def check_of(command: str) -> Callable[[Stage], None]:
    return next(run for start, run in CHECKS.items() if command.startswith(start))


def test_the_readme_shows_every_command_we_run() -> None:
    commands = shown_commands()
    assert {check_of(command) for command in commands} == set(CHECKS.values())


@pytest.mark.parametrize("command", shown_commands())
def test_a_command_of_the_readme_works(command: str, stage: Stage) -> None:
    check_of(command)(stage)


def test_its_pictures_and_links_are_there() -> None:
    links = re.findall(r"\]\((?!http|#)([^)]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []
