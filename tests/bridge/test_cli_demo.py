"""What the demonstration says of a clip is what is in the clip."""

from pathlib import Path
from typing import Any

import pytest

from bridge.cli.demo import DemoError, _make_folder, _strikes, _voicing, chord_rows
from bridge.cli.demo_build import build_rows, write_build


def strike(at: float, *pitches: int) -> list[dict[str, Any]]:
    return [{"start_time": at + i * 0.01, "pitch": pitch, "duration": 0.4} for i, pitch in enumerate(pitches)]


def test_a_strummed_chord_is_one_strike() -> None:
    notes = [*strike(0.0, 60, 64, 67), *strike(1.0, 60, 65, 69)]
    assert list(_strikes(notes).values()) == [[60, 64, 67], [60, 65, 69]]


def test_the_chord_before_is_not_taken_for_the_one_that_follows() -> None:
    clip = {
        "signature": [4, 4],
        "notes": [*strike(1.5, 55, 60, 65), *strike(2.0, 57, 60, 65, 67)],
        "chords": [
            {"start": 0.0, "duration": 2.0, "symbol": "Fsus2"},
            {"start": 2.0, "duration": 2.0, "symbol": "Fadd9"},
        ],
    }
    assert [row[2] for row in chord_rows(clip)] == ["G2 C3 F3", "A2 C3 F3 G3"]


def test_a_pushed_chord_is_found_before_its_place() -> None:
    clip = {
        "signature": [4, 4],
        "notes": [*strike(0.0, 57, 60, 64), *strike(3.5, 53, 57, 60)],
        "chords": [
            {"start": 0.0, "duration": 4.0, "symbol": "Am"},
            {"start": 4.0, "duration": 4.0, "symbol": "F"},
        ],
    }
    rows = chord_rows(clip)
    assert rows[1] == ("2", "F", "F2 A2 C3", "0")


def test_no_strike_of_another_chord_is_named() -> None:
    assert _voicing("F", [[55, 60, 64]]) == []


def test_a_folder_that_cannot_be_made_is_said_before_anything_plays(tmp_path: Path) -> None:
    _make_folder(tmp_path / "new" / "out")
    assert (tmp_path / "new" / "out").is_dir()
    (tmp_path / "file").write_text("not a folder")
    for place in (tmp_path / "file", tmp_path / "file" / "inside"):
        with pytest.raises(DemoError, match="cannot be made"):
            _make_folder(place)


def build(**more: Any) -> dict[str, Any]:
    def note(start: float, pitch: int = 57) -> dict[str, Any]:
        return {"pitch": pitch, "start": start, "duration": 0.5, "velocity": 100}

    parts = [
        {"role": "Drums", "notes": [note(0.0, 36), note(1.0, 36), note(31.96, 36)]},
        {"role": "Melody", "notes": [note(2.0), note(40.0), note(41.0)]},
    ]
    return {"tempo": 240.0, "bars": 16, "beats": 64, "seconds": 1.5, "parts": parts, **more}


def test_notes_of_a_build_are_counted_by_stretches_and_a_push_belongs_to_the_next() -> None:
    assert build_rows(build()) == [("Drums", "2", "1"), ("Melody", "1", "2")]
    assert build_rows(build(bars=9, beats=36))[1] == ("Melody", "1", "2")


def test_a_build_becomes_sound_as_long_as_it_is(tmp_path: Path) -> None:
    short = build(bars=1, beats=4)
    said = write_build(tmp_path / "build.wav", short)
    assert said == "drums by club, melody by lead"
    data = (tmp_path / "build.wav").read_bytes()
    assert data[:4] == b"RIFF"
    # A second at 240 BPM, and what rings on: 24 bits on two sides.
    assert 1.0 <= (len(data) - 44) / (44100 * 6) < 3.0
