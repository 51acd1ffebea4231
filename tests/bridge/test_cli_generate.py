import io
import json
import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from typing import Any

import mido
import msgspec
import pytest

from bridge.cli import generate
from bridge.registry import Registry
from engine.compose.chords import compose_chords
from engine.compose.request import ChordsRequest
from tests.bridge.house import ROOT, EngineProcess

GOLDEN = [
    *("--key", "10B", "--progression", "i-VI-III-VII", "--bars", "8", "--rhythm", "stabs"),
    *("--tempo", "125", "--humanise", "0", "--seed", "7"),
]


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*words: str) -> tuple[int, str, str]:
        code = generate.generate("chords", list(words))
        return code, *capsys.readouterr()

    return call


Run = Callable[..., tuple[int, str, str]]


def answer(run: Run, *words: str) -> dict[str, Any]:
    code, out, _ = run("--json", *words)
    assert code == 0
    found: dict[str, Any] = json.loads(out)
    return found


def test_the_golden_call_lands_in_a_file_on_the_beats_of_the_answer(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "chords.mid"
    result = answer(run, *GOLDEN, "--out", str(path))
    assert (result["resolved"]["key"], result["seed"], result["length"]) == ("B minor", 7, 32.0)
    file = mido.MidiFile(path)
    about = {event.type: event for event in file.tracks[0]}
    assert about["set_tempo"].tempo == 480_000
    assert (about["time_signature"].numerator, about["time_signature"].denominator) == (4, 4)
    assert about["key_signature"].key == "Bm"
    assert file.tracks[1].name == "Chords B minor i-VI-III-VII"
    played, now = set(), 0
    for event in file.tracks[1]:
        now += event.time
        if event.type == "note_on" and event.velocity:
            played.add((Fraction(now, file.ticks_per_beat), event.note, event.velocity))
    asked = {
        (Fraction(round(note["start_time"] * 960), 960), note["pitch"], max(1, round(note["velocity"])))
        for note in result["notes"]
    }
    assert played == asked
    assert now == 32 * file.ticks_per_beat


def test_a_seed_and_its_options_repeat_the_take(run: Run) -> None:
    first = answer(run, "--style", "jazz")
    again = answer(run, "--style", "jazz", "--seed", str(first["seed"]))
    assert again["notes"] == first["notes"]


def test_what_is_computed_here_is_what_the_engine_computes(run: Run) -> None:
    request = ChordsRequest(key="D minor", bars=4, seed=3, signature_numerator=6, signature_denominator=8)
    words = (
        "--key",
        "D minor",
        "--bars",
        "4",
        "--seed",
        "3",
        "--signature-numerator",
        "6",
        "--signature-denominator",
        "8",
    )
    assert answer(run, *words) == json.loads(msgspec.json.encode(compose_chords(request)))


def test_the_running_engine_is_asked(
    run: Run, start_engine: Callable[..., EngineProcess], monkeypatch: pytest.MonkeyPatch
) -> None:
    here = answer(run, *GOLDEN)
    start_engine()
    monkeypatch.setattr(generate, "_compute", lambda *_: pytest.fail("computed here"))
    assert answer(run, *GOLDEN) == here
    code, _, said = run("--bars", "65")
    assert (code, said) == (1, "bars is 65; allowed: a whole number from 1 to 64\n")


def test_the_summary_names_key_chords_and_seed(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "x.mid"
    code, out, err = run(*GOLDEN, "--out", str(path))
    assert (code, err) == (0, "")
    shown = " ".join(out.split())
    for part in (
        "4 chords, 8 bars, B minor",
        "B minor (10A)",
        "125 BPM",
        "4/4",
        "seed 7",
        "10B is D major",
        f"Wrote {path}",
    ):
        assert part in shown
    bars = [line.split()[0] for line in out.splitlines() if line[:1].isdigit()]
    assert {"1", "2", "8"} <= set(bars)


def test_long_music_shows_its_first_chords(run: Run) -> None:
    _, out, _ = run(
        "--bars", "64", "--progression", "i VI III VII", "--key", "Am", "--complexity", "0", "--tension", "0"
    )
    assert "... and 48 more" in out


def test_own_words_are_shown_as_they_are_and_not_as_marks(run: Run) -> None:
    code, _, err = run("--progression", "[bold]ii V[/bold]")
    assert code == 1
    assert "[bold]" in err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--bars", "0"), "bars is 0; allowed: a whole number from 1 to 64"),
        (("--bars", "many"), "bars is 'many'; allowed: a whole number from 1 to 64"),
        (("--bars", "2.5"), "bars is 2.5; allowed: a whole number from 1 to 64"),
        (("--tension", "-5"), "tension is -5; allowed: a number from 0 to 100"),
        (("--tempo", "nan"), "tempo is 'nan'; allowed: a number from 20 to 999"),
        (("--tempo", "inf"), "tempo is 'inf'; allowed: a number from 20 to 999"),
        (("--signature-denominator", "3"), "allowed: one of 1, 2, 4, 8, 16"),
        (("--clip-length", "0"), "clip_length is 0"),
        (("--key", "H"), "'H'"),
        (("--style", "polka"), "house"),
        (("--progression", "i-XX"), "XX"),
        (("--rhythm", "waltz"), "tresillo"),
        (("--voicing", "loud"), "drop2"),
    ],
)
def test_bad_input_is_one_sentence_with_what_is_allowed(
    run: Run, words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    path = tmp_path / "x.mid"
    code, out, err = run(*words, "--out", str(path))
    assert (code, out) == (1, "")
    assert said in err
    assert "Traceback" not in err
    assert len(err.splitlines()) <= 2
    assert not path.exists()


def test_a_file_is_not_written_over_without_force(run: Run, tmp_path: Path) -> None:
    path = tmp_path / "mine.mid"
    path.write_bytes(b"my own work")
    code, _, err = run(*GOLDEN, "--out", str(path))
    assert code == 1
    assert "--force" in err
    assert path.read_bytes() == b"my own work"
    assert run(*GOLDEN, "--out", str(path), "--force")[0] == 0
    assert path.read_bytes()[:4] == b"MThd"


@pytest.mark.parametrize("place", ["no/such/folder/x.mid", "."])
def test_a_place_that_takes_no_file_is_named(run: Run, tmp_path: Path, place: str) -> None:
    code, _, err = run(*GOLDEN, "--out", str(tmp_path / place), "--force")
    assert code == 1
    assert "folder" in err


@pytest.mark.parametrize("name", ["x.wav", "chords", "x.mid.als"])
def test_a_name_that_hides_the_midi_is_refused(run: Run, tmp_path: Path, name: str) -> None:
    code, out, err = run(*GOLDEN, "--out", str(tmp_path / name))
    assert (code, out) == (1, "")
    assert f"{name}.mid" in err
    assert list(tmp_path.iterdir()) == []
    assert run(*GOLDEN, "--out", str(tmp_path / "LOUD.MID"))[0] == 0


def test_json_goes_alone_to_standard_output(run: Run, tmp_path: Path) -> None:
    code, out, err = run(*GOLDEN, "--json", "--out", str(tmp_path / "x.mid"))
    assert code == 0
    assert json.loads(out)["seed"] == 7
    assert err.startswith("Wrote ")


def test_every_plain_parameter_of_the_request_is_an_option_with_words() -> None:
    method = generate._method("compose.chords")
    options = {action.dest: action for action in generate.parser(method)._actions}
    missing = {field.name for field in msgspec.structs.fields(ChordsRequest)} - set(options)
    assert missing == {"context", "steer", "offer"}, "what a Set around the clip says, which a terminal has not"
    assert all(len(action.help or "") > 10 for action in options.values())
    assert "from 1 to 64" in str(options["bars"].help)


def test_a_new_parameter_is_an_option_at_once() -> None:
    registry = Registry()

    @registry.method("compose.test")
    def compose(swing: float = 0.25) -> None:
        """Compose.

        Args:
            swing: How far the off-beat leans back.
        """

    option = generate.parser(registry["compose.test"])._option_string_actions["--swing"]
    assert option.help == "How far the off-beat leans back [a number; usually 0.25]"


def test_the_help_lists_what_the_shelf_holds(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        generate.generate("chords", ["--help"])
    assert end.value.code == 0
    shown = capsys.readouterr().out
    assert "drum_and_bass" in shown
    assert "rootless" in shown
    assert "charleston" in shown
    assert "``" not in shown


def test_the_command_itself_runs_and_its_exit_code_counts(tmp_path: Path, home: Path) -> None:
    assert home
    path = tmp_path / "x.mid"
    command = [sys.executable, "-m", "bridge", "generate", "chords"]
    done = subprocess.run(
        [*command, *GOLDEN, "--out", str(path)], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert mido.MidiFile(file=io.BytesIO(path.read_bytes())).type == 1
    refused = subprocess.run([*command, "--bars", "0"], cwd=ROOT, capture_output=True, text=True, check=False)
    assert refused.returncode == 1
    assert refused.stderr == "bars is 0; allowed: a whole number from 1 to 64\n"


@pytest.mark.parametrize("verb", [verb for verb in generate.VERBS if verb != "chords"])
def test_every_role_is_shown_and_written(verb: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / f"{verb}.mid"
    words = ["--bars", "2", "--seed", "3", "--tempo", "124", "--out", str(path)]
    assert generate.generate(verb, words) == 0
    shown = capsys.readouterr().out
    assert "seed 3" in shown
    assert ("Kick" in shown) == (verb == "drums")
    file = mido.MidiFile(path)
    assert file.tracks[1].name.startswith(verb.capitalize())
    assert sum(event.type == "note_on" and event.velocity > 0 for event in file.tracks[1]) >= 2
    assert generate.generate(verb, ["--bars", "0"]) == 1
    assert "bars" in capsys.readouterr().err
