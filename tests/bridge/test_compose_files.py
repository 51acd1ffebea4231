"""compose.render on the wire: a job that writes one whole file where it was told to, and nothing else."""

# ruff: noqa: ASYNC240 - small files of the test's own

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import soundfile

from bridge.client import Client, RemoteError
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


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("rate", {"rate": 22050}),
        ("length", {"length": 0}),
        ("length", {"length": 100_000}),
        ("folder", {"folder": "/no/such/folder"}),
        ("folder", {"folder": "here"}),
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
