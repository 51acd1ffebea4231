"""compose.render, import_midi and export_midi on the wire: files where they were told to be, whole, over no other."""

# ruff: noqa: ASYNC240 - small files of the test's own

from __future__ import annotations

import asyncio
import os
from pathlib import Path
from typing import Any

import pytest
import soundfile

from bridge.client import Client, RemoteError
from bridge.midi_song import SignatureAt, Song, SongTrack, TempoAt
from bridge.midi_write import write_song
from engine.notes import Note
from engine.settings import renders_path
from tests.bridge.house import House

BEAT = [{"pitch": pitch, "start_time": beat, "duration": 0.25} for beat in range(4) for pitch in (36, 42)]


async def refused(client: Client, method: str, **params: Any) -> RemoteError:
    with pytest.raises(RemoteError) as caught:
        await client.call(method, **params)
    return caught.value


async def test_a_clip_is_rendered_by_a_job(house: House, tmp_path: Path) -> None:
    async with await house.client() as client:
        started = await client.call("compose.render", notes=BEAT, length=4, folder=str(tmp_path), name="Beat")
        made = await client.wait(started["job"])
    assert made["path"] == str(tmp_path / "Beat 120 BPM.wav")
    assert soundfile.info(made["path"]).frames == made["frames"] == 88_200
    assert {each["role"] for each in made["roles"]} == {"kick", "hat"}
    assert [path.name for path in tmp_path.glob("*.wav")] == ["Beat 120 BPM.wav"]


async def test_without_a_folder_it_goes_where_renders_lie(house: House) -> None:
    async with await house.client() as client:
        started = await client.call("compose.render", notes=BEAT, length=4, role="bass", sound="808")
        made = await client.wait(started["job"])
    assert Path(made["path"]).parent == renders_path()
    assert made["sound"] == "808"


async def test_a_worker_that_waits_does_it(house: House, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(house.runtime.jobs.crew, "_ready", "tests.bridge.job_functions:ready")
    crew = house.runtime.jobs.crew
    crew.prepare()
    async with asyncio.timeout(30):
        while not crew.idle:  # noqa: ASYNC110 - nothing tells when a worker rests
            await asyncio.sleep(0.01)
    async with await house.client() as client:
        started = await client.call("compose.render", notes=BEAT, length=4, folder=str(tmp_path))
        made = await client.wait(started["job"])
    assert Path(made["path"]).parent == tmp_path
    assert [worker.jobs for worker in crew._idle] == [1]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("rate", {"rate": 22050}),
        ("length", {"length": 0}),
        ("length", {"length": 100_000}),
        ("folder", {"folder": "/no/such/folder"}),
        ("folder", {"folder": "here"}),
        ("samples", {"samples": "/no/such/folder"}),
        ("samples", {"samples": "my drums"}),
        ("colour", {"colour": "blue"}),
    ],
)
async def test_what_cannot_be_is_refused_before_a_job_starts(house: House, field: str, wrong: dict[str, Any]) -> None:
    async with await house.client() as client:
        problem = await refused(client, "compose.render", **{"notes": BEAT, "length": 4, **wrong})
        assert problem.code == -32602
        assert problem.data["field"] == field
        assert problem.hint
    assert not renders_path().exists()


async def test_a_folder_of_samples_that_is_none_ends_the_job_in_words(house: House, tmp_path: Path) -> None:
    async with await house.client() as client:
        started = await client.call("compose.render", notes=BEAT, length=4, samples=str(tmp_path))
        with pytest.raises(RemoteError) as caught:
            await client.wait(started["job"])
    assert caught.value.data["field"] == "samples"
    assert list(renders_path().glob("*")) == []


TRACKS = [
    {"name": "Bass", "notes": [{"pitch": 40, "start_time": 0, "duration": 1}], "program": 33},
    {"name": "Drums", "notes": BEAT, "drums": True},
]


async def test_clips_go_out_and_come_in_again(house: House, tmp_path: Path) -> None:
    path = tmp_path / "song ♭.mid"
    maps = {
        "tempos": [{"start": 0, "tempo": 96}, {"start": 4, "tempo": 140.5}],
        "signatures": [
            {"start": 0, "numerator": 7, "denominator": 8},
            {"start": 3.5, "numerator": 3, "denominator": 4},
        ],
    }
    async with await house.client() as client:
        made = await client.call(
            "compose.export_midi", path=str(path), tracks=TRACKS, length=6.5, key="D minor", **maps
        )
        read = await client.call("compose.import_midi", path=str(path))
        one = await client.call("compose.import_midi", path=str(path), track=1)
    assert made == {"path": str(path), "tracks": 2, "notes": 9}
    assert (read["name"], read["length"], read["clip_length"]) == ("song ♭", 6.5, 7.0)
    assert (read["tempo"], read["signature_numerator"], read["signature_denominator"]) == (96, 7, 8)
    assert {name: read[name] for name in maps} == maps
    assert [(each["name"], each["drums"], each["program"], each["count"]) for each in read["tracks"]] == [
        ("Bass", False, 33, 1),
        ("Drums", True, None, 8),
    ]
    wanted = sorted((note["start_time"], note["pitch"]) for note in BEAT)
    assert [(note["start_time"], note["pitch"]) for note in read["tracks"][1]["notes"]] == wanted
    assert [len(each["notes"]) for each in one["tracks"]] == [1, 0]


async def test_a_file_is_never_written_over_unasked(house: House, tmp_path: Path) -> None:
    path = tmp_path / "a.mid"
    path.write_bytes(b"precious")
    asked = {"path": str(path), "tracks": TRACKS, "length": 4}
    async with await house.client() as client:
        problem = await refused(client, "compose.export_midi", **asked)
        assert problem.data["field"] == "path"
        assert path.read_bytes() == b"precious"
        await client.call("compose.export_midi", **asked, replace=True)
        assert path.read_bytes()[:4] == b"MThd"
    assert [each.name for each in tmp_path.iterdir() if each.is_file()] == ["a.mid"]


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("path", {"path": "a.mid"}),
        ("path", {"path": "{folder}/a.wav"}),
        ("path", {"path": "{folder}/none/a.mid"}),
        ("path", {"path": "{folder}"}),
        ("path", {"path": "{folder}/a\0.mid"}),
        ("tempos", {"tempos": [{"start": 1, "tempo": 100}]}),
        ("signatures", {"signatures": [{"start": 0, "numerator": 4, "denominator": 4}] * 2}),
        ("signature_denominator", {"signature_denominator": 3}),
        ("tracks", {"tracks": []}),
        ("length", {"length": 0}),
        ("key", {"key": "H flat"}),
    ],
)
async def test_what_cannot_be_written_is_refused(
    house: House, tmp_path: Path, field: str, wrong: dict[str, Any]
) -> None:
    if "path" in wrong:
        wrong = {"path": wrong["path"].replace("{folder}", str(tmp_path))}
    async with await house.client() as client:
        asked = {"path": str(tmp_path / "a.mid"), "tracks": TRACKS, "length": 4, **wrong}
        problem = await refused(client, "compose.export_midi", **asked)
    assert problem.code == -32602
    assert problem.data["field"] == field
    assert list(tmp_path.glob("*.mid")) == []


async def test_what_cannot_be_read_is_refused_in_words(house: House, tmp_path: Path) -> None:
    (tmp_path / "a.mid").write_bytes(b"MThd nothing more")
    os.mkfifo(tmp_path / "pipe.mid")
    async with await house.client() as client:
        said = {
            name: await refused(client, "compose.import_midi", path=str(tmp_path / name))
            for name in ("a.mid", "b.mid", "pipe.mid", "")
        }
        relative = await refused(client, "compose.import_midi", path="a.mid")
    assert {name: problem.code for name, problem in said.items()} == {
        "a.mid": -32018,
        "b.mid": -32010,
        "pipe.mid": -32011,
        "": -32011,
    }
    assert all(str(tmp_path) not in problem.message + problem.hint for problem in said.values())
    assert relative.data["field"] == "path"


async def test_a_file_with_too_many_notes_is_read_track_by_track(house: House, tmp_path: Path) -> None:
    notes = [Note(36 + number % 40, number / 40, 0.01) for number in range(6000)]
    signature = [SignatureAt(0.0, 4, 4)]
    song = Song(160.0, [TempoAt(0.0, 120.0)], signature, [SongTrack("Left", notes), SongTrack("Right", notes)])
    write_song(tmp_path / "long.mid", song)
    async with await house.client() as client:
        problem = await refused(client, "compose.import_midi", path=str(tmp_path / "long.mid"))
        assert problem.data["field"] == "track"
        assert "1 Left (6000), 2 Right (6000)" in problem.hint
        read = await client.call("compose.import_midi", path=str(tmp_path / "long.mid"), track=2)
        assert [len(track["notes"]) for track in read["tracks"]] == [0, 6000]
        assert (await refused(client, "compose.import_midi", path=str(tmp_path / "long.mid"), track=3)).code == -32602
