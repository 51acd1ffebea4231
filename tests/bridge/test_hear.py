"""hear.* on the wire: known things at once, others as jobs, corrections that win, captures that come and go."""

# ruff: noqa: ASYNC240 - small files of the test's own

from __future__ import annotations

import asyncio
import os
import statistics
import time
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
import pytest
import soundfile

from bridge import jobs
from bridge.client import Client, RemoteError
from bridge.methods.hear_answers import NAMES, RESULTS
from bridge.registry import REGISTRY
from engine import settings
from engine.hear import captures
from engine.hear.parts import PARTS
from tests.bridge.house import House
from tests.engine.hear.test_analysis import music

LIGHT = ["stereo"]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers begin at once."""
    monkeypatch.setattr(jobs, "READY", "tests.bridge.job_functions:ready")


@pytest.fixture
def tone(tmp_path: Path) -> str:
    path = tmp_path / "tone 🎹.wav"
    ramp = np.arange(44_100) / 44_100
    soundfile.write(path, np.sin(2 * np.pi * 220 * ramp).astype(np.float32) / 2, 44_100)
    return str(path)


async def heard(client: Client, **asked: Any) -> dict[str, Any]:
    answer = await client.call("hear.analyze", **asked)
    found: dict[str, Any] = answer["analysis"] or await client.wait(answer["job"])
    return found


async def refused(client: Client, method: str, **params: Any) -> RemoteError:
    with pytest.raises(RemoteError) as caught:
        await client.call(method, **params)
    return caught.value


async def test_a_file_is_heard_by_a_job_and_then_known(house: House, tone: str) -> None:
    async with await house.client() as client:
        first = await client.call("hear.analyze", path=tone, parts=LIGHT)
        assert first["analysis"] is None
        told = await client.wait(first["job"])
        again = await client.call("hear.analyze", path=tone, parts=LIGHT)
        assert again == {"job": None, "analysis": told}
        assert (told["duration"], told["sample_rate"], told["stereo_width"]) == (1.0, 44_100, 0.0)
        # A range is another question.
        part = await heard(client, path=tone, parts=LIGHT, start=0.25, end=0.75)
        assert part["duration"] == 0.5


async def test_what_is_known_comes_within_milliseconds(house: House, tone: str) -> None:
    async with await house.client() as client:
        await heard(client, path=tone, parts=LIGHT)
        took = []
        for _ in range(30):
            started = time.perf_counter()
            assert (await client.call("hear.analyze", path=tone, parts=LIGHT))["analysis"]
            took.append(time.perf_counter() - started)
    assert min(took) < 0.005


async def test_one_part_alone_has_its_own_answer(house: House, tone: str) -> None:
    async with await house.client() as client:
        first = await client.call("hear.stereo", path=tone)
        told = await client.wait(first["job"])
        assert told["width"] == 0.0
        assert await client.call("hear.stereo", path=tone) == {"job": None, "result": told}


def test_every_part_is_a_method_with_its_shape() -> None:
    described = set(msgspec.json.decode(RESULTS.read_bytes())) - {"analysis", "clip_key"}
    assert described == {NAMES.get(name, name) for name in PARTS}
    assert {f"hear.{name}" for name in described} <= set(REGISTRY)


def test_the_shapes_are_those_of_today() -> None:
    from bridge.methods.hear_schema import schemas

    now = msgspec.json.decode(msgspec.json.encode(schemas()))
    assert msgspec.json.decode(RESULTS.read_bytes()) == now, "run python -m bridge.methods.hear_schema"


async def test_the_key_of_a_clip(house: House) -> None:
    scale = [57, 60, 64, 62, 65, 69, 64, 68, 71, 57, 64, 57]
    notes = [{"pitch": pitch, "start_time": start, "duration": 1.0} for start, pitch in enumerate(scale)]
    async with await house.client() as client:
        found = await client.call("hear.clip_key", notes=notes)
        assert (found["result"]["key"], found["result"]["camelot"], found["job"]) == ("A minor", "8A", None)
        none = await client.call("hear.clip_key", notes=notes, drums=True)
        assert none["result"]["key"] is None


async def test_what_the_user_says_wins_and_can_be_taken_back(house: House, tone: str, tmp_path: Path) -> None:
    async with await house.client() as client:
        assert await client.call("hear.corrections", path=tone) == {"bpm": None, "key": None}
        await client.call("hear.correct", path=tone, key="F#m")
        said = await client.call("hear.correct", path=tone, bpm=174)
        assert said == {"bpm": 174.0, "key": "F# minor"}
        # It belongs to the content, wherever that lies.
        copy = tmp_path / "copy.wav"
        copy.write_bytes(Path(tone).read_bytes())
        assert await client.call("hear.corrections", path=str(copy)) == said
        assert await client.call("hear.forget", path=tone) == {"bpm": None, "key": None}
        assert await client.call("hear.corrections", path=str(copy)) == {"bpm": None, "key": None}
        for bad in ({}, {"key": "H moll"}, {"bpm": 1}):
            assert (await refused(client, "hear.correct", path=tone, **bad)).code == -32602


@pytest.mark.parametrize("method", ["hear.analyze", "hear.stereo", "hear.corrections", "hear.forget"])
async def test_paths_that_lead_nowhere_are_refused_by_number(house: House, tmp_path: Path, method: str) -> None:
    wrong = {"relative.wav": -32602, str(tmp_path / "gone.wav"): -32010, str(tmp_path): -32011, "/dev/zero": -32011}
    async with await house.client() as client:
        for path, code in wrong.items():
            problem = await refused(client, method, path=path)
            assert problem.code == code
            assert problem.hint
            assert str(tmp_path) not in str(problem)
            assert "/dev" not in str(problem)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes are a thing of POSIX")
async def test_a_pipe_holds_nobody(house: House, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.wav")
    async with await house.client() as client:
        assert (await refused(client, "hear.analyze", path=str(tmp_path / "pipe.wav"))).code == -32011


async def test_what_is_no_audio_ends_its_job_with_a_number(house: House, tmp_path: Path) -> None:
    (tmp_path / "song.wav").write_bytes(b"RIFF" + os.urandom(1000))
    async with await house.client() as client:
        with pytest.raises(RemoteError) as caught:
            await heard(client, path=str(tmp_path / "song.wav"), parts=LIGHT)
        assert caught.value.code == -32013
        with pytest.raises(RemoteError) as caught:
            await heard(client, path=str(tmp_path / "song.wav"), parts=["polka"])
        assert (caught.value.code, caught.value.data["field"]) == (-32602, "parts")


async def test_others_are_answered_while_a_file_is_heard(house: House, tmp_path: Path) -> None:
    noise = np.random.default_rng(3).standard_normal((30 * 44_100, 2)).astype(np.float32) / 8
    soundfile.write(tmp_path / "long.wav", noise, 44_100)
    async with await house.client() as client, await house.client() as other:
        before = [await waited(other) for _ in range(20)]
        job = (await client.call("hear.analyze", path=str(tmp_path / "long.wav"), parts=LIGHT))["job"]
        waits = []
        while (await other.call("test.add", a=1)) and house.runtime.jobs.active:
            waits.append(await waited(other))
        assert (await client.call("job.status", job=job))["state"] == "done"
    assert len(waits) > 20
    # Beside what it took on this machine a moment ago: nobody waits for half a second of hearing.
    assert statistics.median(waits) < 3 * statistics.median(before) + 0.05


async def waited(client: Client) -> float:
    """Give the seconds that an answer takes, after a short rest."""
    await asyncio.sleep(0.002)
    started = time.perf_counter()
    await client.call("test.add", a=1)
    return time.perf_counter() - started


async def test_hearing_ends_within_200_ms_of_its_cancel(house: House, tmp_path: Path) -> None:
    noise = np.random.default_rng(4).standard_normal((120 * 44_100, 2)).astype(np.float32) / 8
    soundfile.write(tmp_path / "long.wav", noise, 44_100)
    took = []
    async with await house.client() as client:
        for _ in range(6):  # the machine may have other work; the best is what the engine needs
            job = (await client.call("hear.analyze", path=str(tmp_path / "long.wav")))["job"]
            while (told := await asyncio.wait_for(client.heard(), 60)) and told[0] != "job.done":
                if told[0] == "job.progress" and told[1]["total"] and told[1]["text"] != "Reading the file":
                    break
            started = time.perf_counter()
            ended = await client.call("job.cancel", job=job)
            took.append(time.perf_counter() - started)
            assert ended["state"] == "cancelled"
            if took[-1] < 0.2:
                break
        assert (await client.call("hear.analyze", path=str(tmp_path / "long.wav")))["analysis"] is None
    assert min(took) < 0.2


async def test_all_that_is_known_comes_within_milliseconds(house: House, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "loop.wav", music().samples, music().rate)
    path = str(tmp_path / "loop.wav")
    async with await house.client() as client:
        whole = await heard(client, path=path)
        took = []
        for _ in range(30):
            started = time.perf_counter()
            assert (await client.call("hear.analyze", path=path))["analysis"] == whole
            took.append(time.perf_counter() - started)
    assert min(took) < 0.005


async def test_what_the_user_set_is_told_by_every_method(house: House, tmp_path: Path) -> None:
    soundfile.write(tmp_path / "loop.wav", music().samples, music().rate)
    path = str(tmp_path / "loop.wav")
    async with await house.client() as client:
        await heard(client, path=path, parts=["key", "rhythm", "complexity"])
        await client.call("hear.correct", path=path, key="C", bpm=60)
        key = (await client.call("hear.key", path=path))["result"]
        assert (key["key"], key["words"]) == ("C major", "C major (8B), set by you; A minor was heard.")
        tempo = (await client.call("hear.tempo", path=path))["result"]
        assert tempo["tempo"]["bpm"] == 60
        first = await client.call("hear.complexity", path=path)
        assert first["result"] is None  # it hangs on the beats
        assert (await client.wait(first["job"]))["complexity"] is not None
        whole = (await client.call("hear.analyze", path=path, parts=["key", "rhythm", "complexity"]))["analysis"]
        assert (whole["bpm"], whole["key"], whole["corrected"]) == (60, "8B", True)
        assert whole["heard"]["key_detail"]["key"] == "A minor"


async def test_a_capture_comes_and_goes(house: House) -> None:
    async with await house.client() as client:
        path = Path((await client.call("hear.capture", seconds=8))["path"])
        assert path.parent == settings.captures_path()
        assert path.parent.is_dir()
        assert not path.exists()
        assert not any(each.isdigit() for each in path.name)
        path.write_bytes(b"RIFF")
        assert await client.call("hear.release", path=str(path)) == {"released": True}
        assert not path.exists()
        assert await client.call("hear.release", path=str(path)) == {"released": False}
        for bad in (0, -1, 601, "long"):
            assert (await refused(client, "hear.capture", seconds=bad)).data["field"] == "seconds"


async def test_release_removes_nothing_else(house: House, tone: str) -> None:
    async with await house.client() as client:
        inside = Path((await client.call("hear.capture", seconds=8))["path"]).parent / "mine.wav"
        inside.write_bytes(b"mine")
        above = settings.home() / "capture-abcdefghijklmnop.wav"
        above.write_bytes(b"mine")
        sly = inside.parent / ".." / above.name
        for path in (tone, str(inside), str(above), str(sly)):
            assert await client.call("hear.release", path=path) == {"released": False}
            assert Path(path).exists()


def test_captures_make_room_oldest_first_and_leave_those_in_use(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(captures, "MOST_FILES", 3)
    made = []
    for number in range(3):
        made.append(captures.fresh(1.0))
        made[-1].write_bytes(b"x")
        os.utime(made[-1], (time.time() - 100 + number,) * 2)
    captures.fresh(1.0, busy=[str(made[0])])
    assert [path.exists() for path in made] == [True, False, True]
    monkeypatch.setattr(captures, "MOST_BYTES", 1)
    captures.fresh(1.0, busy=[str(made[0])])
    assert [path.exists() for path in made] == [True, False, False]
    monkeypatch.setattr(captures, "MOST_FILES", 1)
    with pytest.raises(Exception, match="being analysed"):
        captures.fresh(1.0, busy=[str(made[0])])


async def test_profiles_are_listed_and_asked_for(house: House, tone: str) -> None:
    async with await house.client() as client:
        assert {each["id"] for each in await client.call("hear.profiles")} == {"club", "release", "streaming"}
        problem = await refused(client, "hear.analyze", path=tone, parts=["release_check"], profile="clib")
        assert problem.data["field"] == "profile"
        assert "club" in problem.data["hint"]
