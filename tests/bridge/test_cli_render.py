"""`bandmate render`: each track of a MIDI file becomes a WAV, drums by their channel, the rest by name and notes."""

from __future__ import annotations

from pathlib import Path

import pytest
import soundfile
from typer.testing import CliRunner, Result

from bridge.cli import build
from bridge.cli.render import role_of_track
from bridge.midi_song import SignatureAt, Song, SongTrack, TempoAt
from bridge.midi_write import write_song
from engine.notes import Note
from tests.bridge.midi_samples import BAND

MELODY = [Note(60 + step, step / 2, 0.5) for step in range(8)]
CHORDS = [Note(pitch, start, 2.0) for start in (0.0, 2.0) for pitch in (60, 64, 67)]


def run(*words: object) -> Result:
    return CliRunner().invoke(build(), ["render", *map(str, words)])


@pytest.fixture
def band(tmp_path: Path) -> Path:
    path = tmp_path / "band.mid"
    path.write_bytes(BAND)
    return path


def test_each_track_becomes_a_file(band: Path, tmp_path: Path) -> None:
    done = run(band, "--folder", tmp_path, "--rate", 48000)
    assert done.exit_code == 0, done.output
    made = sorted(path.name for path in tmp_path.glob("*.wav"))
    assert made == ["band Bass 125 BPM.wav", "band Drums 125 BPM.wav"]
    for name in made:
        info = soundfile.info(tmp_path / name)
        # 6/8 bars of three beats, two of them, at 125 beats a minute.
        assert (info.samplerate, info.frames) == (48000, round(9 * 60 / 125 * 48000))
        assert name in done.stdout


def test_a_second_time_nothing_is_written_over(band: Path, tmp_path: Path) -> None:
    run(band, "--folder", tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.glob("*.wav")}
    assert run(band, "--folder", tmp_path).exit_code == 0
    assert len(list(tmp_path.glob("*.wav"))) == 4
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_a_kit_that_is_asked_for_is_for_the_drums(band: Path, tmp_path: Path) -> None:
    told = run(band, "--folder", tmp_path, "--sound", "dusty").stdout
    assert "Drums, dusty" in told
    assert "Bass, bass" in told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--sound", "kazoo"], "kazoo"),
        (["--rate", "8000"], "rate"),
        (["--tail", "long"], "long"),
        (["--folder", "/no/such/folder"], "no such folder"),
        (["--samples", "/no/such/folder"], "no such folder"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(band: Path, tmp_path: Path, words: list[str], said: str) -> None:
    done = run(band, "--folder", tmp_path, *words)
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert list(tmp_path.glob("*Drums*.wav")) == []


def test_no_midi_is_no_midi(tmp_path: Path) -> None:
    (tmp_path / "a.mid").write_bytes(b"not at all")
    assert run(tmp_path / "a.mid").exit_code == 1
    assert "not a MIDI file" in run(tmp_path / "a.mid").stderr
    assert "no such file" in run(tmp_path / "b.mid").stderr


@pytest.mark.parametrize(
    ("track", "role"),
    [
        (SongTrack("Take", MELODY, drums=True), "drums"),
        (SongTrack("Sub Bass", MELODY), "bass"),
        (SongTrack("Arp 2", MELODY), "arp"),
        (SongTrack("Take", MELODY, program=33), "bass"),
        (SongTrack("Take", MELODY), "melody"),
        (SongTrack("Take", CHORDS), "chords"),
    ],
)
def test_what_a_track_plays(track: SongTrack, role: str) -> None:
    assert role_of_track(track) == role


def test_a_tempo_that_changes_is_said(tmp_path: Path) -> None:
    tempos = [TempoAt(0.0, 100.0), TempoAt(2.0, 120.0)]
    write_song(tmp_path / "a.mid", Song(4.0, tempos, [SignatureAt(0.0, 4, 4)], [SongTrack("Lead", MELODY)]))
    assert "rendered at 100 BPM" in run(tmp_path / "a.mid", "--folder", tmp_path).stderr
