"""The user's own sounds: found by name, taken by role, levelled; what is missing is played by the built-in kit."""

from pathlib import Path

import numpy as np
import pytest
import soundfile

from engine.compose.dice import Dice
from engine.compose.kit.hits import LAYERS
from engine.compose.kit.render import render
from engine.compose.kit.request import RenderRequest
from engine.compose.kit.samples import Samples, find_samples
from engine.compose.kit.signal import hit_loudness
from engine.errors import InvalidValue
from engine.notes import Note

NAMES = {
    "Kick 909.wav": "kick",
    "BD_deep.wav": "kick",
    "snare-01.wav": "snare",
    "SD2.wav": "snare",
    "Clap.wav": "clap",
    "hh closed 1.wav": "hat",
    "CH.wav": "hat",
    "OH long.wav": "open_hat",
    "Open Hat 3.wav": "open_hat",
    "808.wav": "sub",
    "Rimshot.wav": "rim",
    "Crash.aif": "crash",
    "shaker.flac": "shaker",
    "low tom.wav": "low_tom",
}


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BANDMATE_HOME", str(tmp_path / "home"))


def sample(path: Path, hertz: float = 300.0, rate: int = 22050, level: float = 0.2, channels: int = 1) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    time = np.arange(rate // 3) / rate
    wave = level * np.sign(np.sin(2 * np.pi * hertz * time)) * np.exp(-time * 8)
    soundfile.write(
        path, np.repeat(wave[:, None], channels, axis=1), rate, format="AIFF" if path.suffix == ".aif" else None
    )


def test_roles_are_read_from_names(tmp_path: Path) -> None:
    for name in NAMES:
        sample(tmp_path / "kit" / name)
    (tmp_path / "kit" / "readme.txt").write_text("kick")
    found = find_samples(str(tmp_path / "kit"))
    assert {path.name: role for role, paths in found.items() for path in paths} == NAMES


def test_folders_speak_for_files_that_do_not(tmp_path: Path) -> None:
    sample(tmp_path / "kit" / "Kicks" / "punchy 3.wav")
    sample(tmp_path / "kit" / "Hats" / "open" / "bright.wav")
    sample(tmp_path / "kit" / "Kicks" / "snare by mistake.wav")
    found = find_samples(str(tmp_path / "kit"))
    assert {role: [path.name for path in paths] for role, paths in found.items()} == {
        "kick": ["punchy 3.wav"],
        "hat": ["bright.wav"],
        "snare": ["snare by mistake.wav"],
    }


def test_links_that_leave_the_folder_are_not_followed(tmp_path: Path) -> None:
    sample(tmp_path / "secret" / "kick.wav")
    sample(tmp_path / "kit" / "snare.wav")
    (tmp_path / "kit" / "kick.wav").symlink_to(tmp_path / "secret" / "kick.wav")
    (tmp_path / "kit" / "clap.wav").symlink_to(tmp_path / "kit" / "snare.wav")
    assert set(find_samples(str(tmp_path / "kit"))) == {"snare", "clap"}


def test_a_folder_without_drums_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    sample(tmp_path / "kit" / "vacation.wav")
    for wrong in (tmp_path / "kit", tmp_path / "none", tmp_path / "kit" / "vacation.wav"):
        with pytest.raises(InvalidValue) as refused:
            find_samples(str(wrong))
        assert refused.value.field == "samples"


def test_samples_are_levelled_and_softer_ones_are_darker(tmp_path: Path) -> None:
    sample(tmp_path / "kit" / "kick.wav", level=0.9)
    sample(tmp_path / "kit" / "snare.wav", level=0.01, channels=2)
    samples = Samples(find_samples(str(tmp_path / "kit")), 44100, Dice(0))
    centres = []
    for layer in (0, 3, LAYERS - 1):
        for role in ("kick", "snare"):
            hit = samples.hit(role, layer)
            assert hit is not None
            assert hit.shape[1] == 2
            assert hit_loudness(hit.astype(np.float64), 44100) == pytest.approx(1.0, rel=0.1)
        power = np.abs(np.fft.rfft(hit[:, 0])) ** 2
        centres.append((power * np.arange(len(power))).sum() / power.sum())
    assert centres == sorted(centres)
    assert samples.hit("clap", 3) is None


def test_what_is_missing_or_broken_is_played_by_the_built_in_kit(tmp_path: Path) -> None:
    sample(tmp_path / "kit" / "kick.wav")
    (tmp_path / "kit" / "snare.wav").write_bytes(b"RIFF this is no audio")
    notes = [Note(36, 0.0, 0.5), Note(38, 1.0, 0.5), Note(42, 2.0, 0.5)]
    result = render(RenderRequest(notes=notes, length=4.0, samples=str(tmp_path / "kit")))
    assert {each.role: each.source for each in result.roles} == {"kick": "kick.wav", "snare": "Club", "hat": "Club"}
    assert result.notices[0].startswith("snare.wav was not used: ")
    assert result.notices[1] == "No sample for hat, snare: the built-in kit plays it."


def test_a_broken_one_of_several_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "kit").mkdir()
    for name in ("kick a.wav", "kick c.wav"):
        (tmp_path / "kit" / name).write_bytes(b"no")
    sample(tmp_path / "kit" / "kick b.wav")
    for seed in range(4):
        samples = Samples(find_samples(str(tmp_path / "kit")), 44100, Dice(seed))
        assert samples.hit("kick", 5) is not None
        assert samples.used == {"kick": "kick b.wav"}


def test_the_seed_chooses_among_several(tmp_path: Path) -> None:
    for number in range(6):
        sample(tmp_path / "kit" / f"kick {number}.wav", hertz=100 + 40 * number)
    files = find_samples(str(tmp_path / "kit"))

    def used(seed: int) -> str:
        samples = Samples(files, 44100, Dice(seed))
        samples.hit("kick", 5)
        return samples.used["kick"]

    assert len({used(seed) for seed in range(20)}) > 3
    assert used(3) == used(3)


def test_a_sample_is_brought_to_the_rate_of_the_file(tmp_path: Path) -> None:
    sample(tmp_path / "kit" / "kick.wav", hertz=500.0, rate=22050)
    hit = Samples(find_samples(str(tmp_path / "kit")), 48000, Dice(0)).hit("kick", LAYERS - 1)
    assert hit is not None
    power = np.abs(np.fft.rfft(hit[:, 0])) ** 2
    assert np.fft.rfftfreq(len(hit), 1 / 48000)[power.argmax()] == pytest.approx(500, abs=6)
