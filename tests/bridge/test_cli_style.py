"""`bandmate style`: learns from MIDI files and folders, with and without an engine; names what it passes over."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bridge.cli import build
from bridge.midi_song import SignatureAt, Song, SongTrack, TempoAt
from bridge.midi_write import write_song
from engine.compose.own.model import OwnStyle
from engine.compose.own.shelf import Shelf
from engine.notes import Note
from engine.store import own_store
from tests.bridge.house import House

BASS = [Note(36 + step % 3, step / 2, 0.25, 90) for step in range(16)]
LEAD = [Note(72 + step % 5, step, 0.5, 80) for step in range(8)]
DRUMS = [Note((36, 42, 38, 42)[step % 4], step / 2, 0.25, 100) for step in range(16)]


def run(*words: object) -> Result:
    return CliRunner().invoke(build(), ["style", *map(str, words)])


def kept() -> list[OwnStyle]:
    return Shelf(own_store()).all()


def song(path: Path, *tracks: SongTrack, length: float = 8.0, **about: object) -> Path:
    tempos, signatures = [TempoAt(0.0, 97.0)], [SignatureAt(0.0, 4, 4)]
    parts: dict[str, object] = {"tempos": tempos, "signatures": signatures, **about}
    write_song(path, Song(length, tracks=list(tracks), **parts))  # type: ignore[arg-type]
    return path


@pytest.fixture
def band(tmp_path: Path) -> Path:
    tracks = SongTrack("Bass", BASS), SongTrack("Lead", LEAD), SongTrack("Drums", DRUMS, drums=True)
    return song(tmp_path / "band.mid", *tracks)


def test_what_is_learnt_is_listed_shown_and_forgotten(band: Path) -> None:
    done = run("learn", "Night bass", band, "--role", "bass")
    assert (done.exit_code, done.stdout) == (0, 'Learnt "Night bass" (bass) from 1 clip, 16 notes.\n')
    assert "Passed over 1 track of drums and 1 track of melody" in done.stderr
    again = run("learn", "Night bass", band, "--role", "bass").stdout
    assert again == 'Learnt "Night bass" (bass) from 2 clips, 32 notes.\n'
    assert run("list").stdout == "Night bass  bass    2 clips, 4 bars, 32 notes\n"
    shown = run("show", "night bass").stdout
    assert "Night bass (bass), lesson 2" in shown
    assert "around 97 BPM" in shown
    assert "band: Bass: 16 notes, 2 bars" in shown
    assert json.loads(run("show", "Night bass", "--json").stdout)["cells"]
    assert run("forget", "Night bass").stdout == 'Forgot "Night bass".\n'
    assert kept() == []
    assert "Nothing was learnt yet" in run("list").stdout


def test_a_folder_is_learnt_each_file_once_and_a_broken_one_is_named(tmp_path: Path) -> None:
    inner = tmp_path / "beats" / "inner"
    inner.mkdir(parents=True)
    one = song(tmp_path / "beats" / "one.mid", SongTrack("Take", DRUMS, drums=True))
    song(inner / "two.MIDI", SongTrack("Take", DRUMS, drums=True))
    song(inner / "thin.mid", SongTrack("Take", DRUMS[:3], drums=True))
    (inner / "broken.mid").write_bytes(b"MThd, or is it?")
    (inner / "notes.txt").write_text("no music")
    done = run("learn", "Beats", tmp_path / "beats", one, tmp_path / "gone.mid")
    assert done.exit_code == 0, done.output
    assert done.stdout == 'Learnt "Beats" (drums) from 2 clips, 32 notes.\n'
    for name, said in (("broken.mid", "MIDI"), ("thin.mid", "4 notes"), ("gone.mid", "no such file")):
        (line,) = [line for line in done.stderr.splitlines() if name in line]
        assert said in line, line
        assert line.endswith("Passed over.")
    assert "notes.txt" not in done.output


def test_what_a_track_waits_is_no_part_of_its_style(tmp_path: Path) -> None:
    late = [Note(note.pitch, note.start_time + 65.0, note.duration, note.velocity) for note in BASS]
    run("learn", "Late", song(tmp_path / "a.mid", SongTrack("Bass", late), length=200.0))
    (style,) = kept()
    assert style.bars == 3
    assert style.cells["0"]["-"] == 1  # the beat before the first note


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["learn", "x", "{band}", "--role", "kazoo"], "kazoo is no role. Use one of: drums, bass, melody."),
        (["learn", "***", "{band}", "--role", "bass"], "Give the style a name with letters or digits."),
        (["learn", "x", "{folder}/none.mid"], "no tracks to learn from"),
        (["learn", "x", "{folder}/empty"], "no MIDI files in this folder"),
        (["learn", "x", "{folder}/lead.mid", "--role", "drums"], "no tracks that play drums"),
        (["show", "nobody"], "Nothing was learnt yet"),
        (["forget", "nobody"], "Nothing was learnt yet"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence_and_nothing_is_learnt(
    band: Path, tmp_path: Path, words: list[str], said: str
) -> None:
    (tmp_path / "empty").mkdir()
    song(tmp_path / "lead.mid", SongTrack("Lead", LEAD))
    done = run(*(word.format(band=band, folder=tmp_path) for word in words))
    assert done.exit_code == 1
    assert said in done.stderr
    assert "Traceback" not in done.output
    assert done.stdout == ""
    assert kept() == []


def test_a_style_of_another_role_is_left_alone(band: Path) -> None:
    run("learn", "Mine", band, "--role", "bass")
    done = run("learn", "Mine", band, "--role", "drums")
    assert (done.exit_code, done.stderr) == (1, '"Mine" plays bass: learn into it from bass clips.\n')
    assert [(style.role, style.version) for style in kept()] == [("bass", 1)]


def test_a_metre_that_changes_is_said(tmp_path: Path) -> None:
    signatures = [SignatureAt(0.0, 3, 4), SignatureAt(3.0, 4, 4)]
    done = run("learn", "Odd", song(tmp_path / "odd.mid", SongTrack("Lead", LEAD), signatures=signatures))
    assert "its metre changes; counted in 3/4" in done.stderr
    assert done.exit_code == 0


def test_more_than_fits_one_lesson_is_refused_whole(tmp_path: Path) -> None:
    tracks = [SongTrack(f"Bass {number}", BASS) for number in range(65)]
    done = run("learn", "Many", song(tmp_path / "many.mid", *tracks))
    assert done.exit_code == 1
    assert "65 tracks of bass with 1040 notes: learn from 64 tracks" in done.stderr
    assert kept() == []


async def test_where_an_engine_runs_it_learns_and_devices_hear_of_it(house: House, band: Path) -> None:
    async with await house.client("device") as device:
        done = await asyncio.to_thread(run, "learn", "Night bass", band, "--role", "bass")
        assert (done.exit_code, done.stdout) == (0, 'Learnt "Night bass" (bass) from 1 clip, 16 notes.\n')
        assert await device.heard() == ("compose.own_changed", {})
        wrong = await asyncio.to_thread(run, "forget", "Night bas")
        assert (wrong.exit_code, wrong.stdout) == (1, "")
        assert 'Did you mean "Night bass"?' in wrong.stderr
        assert (await asyncio.to_thread(run, "forget", "Night bass")).exit_code == 0
        assert (await device.call("compose.own_styles"))["styles"] == []
