"""hear.remember and hear.identify on the wire: jobs of a kept worker; known things at once; damage told by number."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import soundfile

from bridge.client import Client, RemoteError
from bridge.openrpc import document
from engine import settings
from tests.bridge.house import House
from tests.bridge.test_hear import quick, refused
from tests.engine.hear.test_fingerprint import HEARING_RATE, song

assert quick  # used by being here


@pytest.fixture
def path(tmp_path: Path) -> str:
    path = tmp_path / "song 🎹.flac"
    soundfile.write(path, 0.5 * song(1), HEARING_RATE)
    return str(path)


async def done(client: Client, method: str, **params: Any) -> Any:
    answer = await client.call(method, **params)
    return answer["result"] or await client.wait(answer["job"])


async def test_five_seconds_of_what_was_remembered_are_known(house: House, path: str, tmp_path: Path) -> None:
    rng = np.random.default_rng(1)
    part = 0.5 * song(1)[4 * HEARING_RATE : 9 * HEARING_RATE]
    soundfile.write(tmp_path / "part.wav", part + 0.02 * rng.standard_normal(len(part)), HEARING_RATE)
    soundfile.write(tmp_path / "stranger.wav", 0.5 * song(2), HEARING_RATE)
    async with await house.client() as client:
        first = await done(client, "hear.remember", path=path)
        assert (first["new"], first["recordings"], first["name"]) == (True, 1, "song 🎹.flac")
        again = await client.call("hear.remember", path=path)
        assert again == {"job": None, "result": {**first, "new": False}}
        found = await done(client, "hear.identify", path=str(tmp_path / "part.wav"))
        match = found["matches"][0]
        assert (match["name"], match["path"]) == ("song 🎹.flac", path)
        assert match["offset"] == pytest.approx(4.0, abs=0.1)
        assert match["confidence"] > 0.9
        found = await done(client, "hear.identify", path=str(tmp_path / "stranger.wav"), start=2, end=8)
        assert (found["matches"], found["recordings"], found["missing"]) == ([], 1, 0)
        assert await client.call("hear.unremember", path=path) == {"forgotten": True}
        assert await client.call("hear.unremember", path=path) == {"forgotten": False}
        assert (await done(client, "hear.identify", path=str(tmp_path / "part.wav")))["recordings"] == 0


async def test_a_damaged_file_of_fingerprints_is_told_by_number_and_can_be_rebuilt(house: House, path: str) -> None:
    async with await house.client() as client:
        await done(client, "hear.remember", path=path)
        for each in settings.home().glob("fingerprints.sqlite*"):
            each.unlink()
        settings.fingerprints_path().write_bytes(os.urandom(5000))
        for method in ("hear.remember", "hear.identify"):
            with pytest.raises(RemoteError) as caught:
                await done(client, method, path=path)
            assert caught.value.code == -32017
            assert "hear.rebuild" in caught.value.data["hint"]
        assert await done(client, "hear.rebuild") == {"recordings": 1, "rebuilt": 1, "missing": []}
        assert (await done(client, "hear.identify", path=path))["matches"][0]["offset"] == 0.0


@pytest.mark.parametrize("method", ["hear.remember", "hear.identify"])
async def test_paths_that_lead_nowhere_are_refused_at_once(house: House, tmp_path: Path, method: str) -> None:
    wrong = {"relative.wav": -32602, str(tmp_path / "gone.wav"): -32010, str(tmp_path): -32011, "/dev/zero": -32011}
    async with await house.client() as client:
        for path, code in wrong.items():
            assert (await refused(client, method, path=path)).code == code
        (tmp_path / "text.wav").write_bytes(b"no sound")
        with pytest.raises(RemoteError) as caught:
            await done(client, method, path=str(tmp_path / "text.wav"))
        assert caught.value.code == -32013
        assert (await refused(client, "hear.identify", path="/x.wav", start=-1)).data["field"] == "start"


def test_the_answers_are_described(house: House) -> None:
    said = {each["name"]: each for each in document(house.runtime.methods)["methods"]}
    for name in ("hear.remember", "hear.identify", "hear.unremember", "hear.rebuild"):
        assert said[name]["description"]
        assert all(each["description"] for each in said[name]["params"])
    schemas = document(house.runtime.methods)["components"]["schemas"]
    assert set(schemas["Match"]["properties"]) == {
        *("path", "name", "duration", "offset", "speed", "votes", "confidence"),
    }
    assert "how often such an answer is right" in schemas["Match"]["description"]
