"""Chords, Hub and engine, joined as in Max: every word one of them says is a word another one takes."""

from __future__ import annotations

import asyncio
from typing import Any

import msgspec
import pytest

from bridge.client import Client, RemoteError
from bridge.errors import LiveRefused
from bridge.registry import REGISTRY
from engine.settings import Limits
from tests.bridge.house import House
from tests.contract.node import node
from tests.contract.patches import built
from tests.contract.relay import Relay, relay

PATCHES = built()
TOLD = {"job.progress", "job.done", "compose.own_changed"}
"""What the engine says unasked: devices that have it hear take it."""
NOTES = [{"pitch": 60, "start_time": 0.0, "duration": 1.0}]
MACROS = "Bandmate Macros"
ASKED: dict[str, Any] = {
    "live.slot": {"track": 0},
    "live.scene": {"scene": 0},
    "live.parameters": {"device": MACROS},
    "live.parameter": {"device": MACROS, "parameter": "Energy"},
    "live.watch": {"wishes": [{"what": "tempo"}]},
    "live.write": {"notes": NOTES, "length": 4.0},
}


async def everything(pair: Relay, client: Client) -> None:
    """Let each side say all it knows to say while things go well."""
    await pair.tell("generate")
    await pair.tell("own ii V I")
    # 64 bars are far longer than a symbol of Max may be: they go by Dict and in pieces.
    await pair.tell("turn bars 64")
    await pair.tell("turn density 100")
    await pair.tell("generate")
    await judged(pair, client)
    await pair.tell("hub idle_minutes 30")
    await pair.tell("hub open_folder")
    await pair.tell("log")
    for method in REGISTRY:
        if method.startswith("live."):
            said = await client.call(method, **ASKED.get(method, {}))
            msgspec.convert(said, REGISTRY[method].signature.returns)
    # What is watched is told by the Hub, unasked.
    async with asyncio.timeout(10):
        while (heard := await client.heard())[0] != "live.changed":
            pass
    assert heard[1]["changes"][0]["wish"]["what"] == "tempo"
    await pair.tell("turn enabled 0")
    await pair.tell("stop")


async def judged(pair: Relay, client: Client) -> None:
    """Make another one, rate it, put a third into its clip, and change that by hand."""
    await pair.tell("generate")
    await pair.tell("heard taste.prepare")
    await pair.tell("rate 4")
    await pair.tell("heard taste.rate")
    other = await client.call("compose.bass", bars=4, seed=1)
    await client.call("live.write", notes=other["notes"], length=other["length"], track=0, slot=0)
    # Who points at another clip has left the notes of this one.
    await pair.tell("notes 4")
    await pair.tell("heard taste.take")
    await pair.tell("edit")
    await pair.tell("notes 5")
    await pair.tell("heard taste.edited")


async def test_nobody_says_a_word_that_nobody_takes(house: House) -> None:
    async with relay(house) as pair, await house.client("cli") as client:
        await everything(pair, client)
    assert house.runtime.stopping.is_set()
    report = pair.report
    assert report["unknown"] == []
    sent = {channel: set(words) for channel, words in report["sent"].items()}
    # And the other way: the halves of the Hub listen for nothing that is never said.
    assert sent["hub to node"] == {*report["handlers"], "script"}
    shipped = node("words.mjs", {"v8": {"hub": PATCHES["Hub"].code()}, "node": {}})["messages"]["hub"]
    assert sent["node to hub"] == {word for word in shipped if word.startswith("node_")}
    assert {"opened", "frame", "dict", "hub"} <= sent["bus to chords"]
    assert {"open", "frame", "close"} <= sent["chords to bus"]
    assert report["longest"] <= 32_767
    # Every method that stands in their scripts was called, and live.* stands in the Hub because it answers to it.
    called = {each for each in standing("Chords", "Hub") if not each.startswith("live.")}
    assert called == set(report["methods"])


def standing(*names: str) -> set[str]:
    """Texts in the shipped scripts of these devices that look like methods of the engine."""
    devices = {name: PATCHES[name] for name in names}
    scripts = {
        "v8": {f"{name} {which}": each.code(which) for name, each in devices.items() for which in each.scripts},
        "node": {name: text for each in devices.values() for name, text in each.files.items()},
    }
    namespaces = {name.partition(".")[0] for name in REGISTRY}
    texts = {text for texts in node("words.mjs", scripts)["methods"].values() for text in texts}
    return {text for text in texts if text.partition(".")[0] in namespaces}


def test_every_method_in_the_shipped_scripts_is_one_of_the_engine() -> None:
    methods = standing(*PATCHES)
    assert methods - TOLD <= set(REGISTRY)
    assert methods >= TOLD
    assert {each for each in methods if each.startswith("live.")} == {e for e in REGISTRY if e.startswith("live.")}


def test_a_method_the_engine_lacks_would_stand_out() -> None:
    code = PATCHES["Chords"].code().replace('"compose.chords"', '"compose.chord"')
    (texts,) = node("words.mjs", {"v8": {}, "node": {"x": code}})["methods"].values()
    assert "compose.chord" in set(texts) - set(REGISTRY)


async def test_a_renamed_word_between_the_halves_is_noticed(house: House) -> None:
    code = PATCHES["Hub"].code()
    assert code.count("node_to:") == 1
    async with relay(house, patience=0.3, hub=code.replace("node_to:", "node_tells:")) as pair:
        pass
    assert "node to hub: node_to" in pair.report["unknown"]


@pytest.mark.parametrize(("which", "name"), [("chords", "bandmate.req"), ("hub", "bandmate.res")])
async def test_a_renamed_bus_is_noticed(house: House, which: str, name: str) -> None:
    code = PATCHES[which.title()].code()
    assert code.count(f'"{name}"') == 1
    async with relay(house, patience=0.3, **{which: code.replace(f'"{name}"', '"bandmate.other"')}) as pair:
        pass
    assert "frame" not in pair.report["sent"].get("bus to chords", [])
    assert "chords to controls" not in pair.report["sent"]


async def test_a_clip_as_large_as_may_be_written_comes_through(house: House) -> None:
    most = 10_000  # live.write takes so many notes
    async with relay(house) as pair, await house.client("cli") as client:
        await pair.tell(f"notes {most}")
        clip = await client.call("live.clip")
        assert len(clip["notes"]) == most
        assert len(msgspec.json.encode(clip)) < Limits().frame_bytes
        notes = [{key: value for key, value in note.items() if key != "note_id"} for note in clip["notes"]]
        done = await client.call("live.write", notes=notes, length=clip["length"], track=0, slot=2)
        assert done["written"] == done["wanted"] == most


async def test_a_larger_clip_is_refused_in_words_and_the_hub_stays(house: House) -> None:
    async with relay(house) as pair, await house.client("cli") as client:
        await pair.tell("notes 20000")
        with pytest.raises(RemoteError) as refused:
            await client.call("live.clip")
        assert refused.value.code == LiveRefused.code
        await client.call("live.song")
