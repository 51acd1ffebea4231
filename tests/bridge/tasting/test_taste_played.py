"""A clip of what a part played is a take: rated, found by its notes, one however often it is told."""

from typing import Any

from tests.bridge.house import House
from tests.bridge.tasting.test_taste import refused_in


async def test_what_was_played_is_a_take_that_is_rated_and_found_again(house: House) -> None:
    async with await house.client("device", name="Bandmate Jam") as jam:
        bar = (await jam.call("compose.stream", role="bass", style="acid", seed=3, bars=2))["bars"][0]
        clip = {"role": "bass", "style": "acid", "seed": 3, "notes": bar["notes"], "length": 4.0, "tempo": 128.0}
        clip |= {"key": "A minor", "macros": {"density": 80.0}, "context": {"track_name": "Sub"}}
        take = (await jam.call("taste.keep_played", **clip))["take"]
        assert (await jam.call("taste.keep_played", **clip))["take"] == take
        await jam.call("taste.rate", take=take, stars=4)
        found = (await jam.call("taste.find", notes=bar["notes"][::-1]))["take"]
        assert (found["take"], found["role"], found["stars"]) == (take, "bass", 4)
        told = await jam.call("taste.take", take=take)
        assert (
            told["context"].items()
            >= {"genre": "acid", "key": "A", "mode": "minor", "tempo": 128, "track": "Sub"}.items()
        )
        assert told["resolved"]["density"] > 50
        assert len(told["features"]) == 12
        assert len((await jam.call("taste.takes"))["takes"]) == 1


async def test_a_clip_that_nobody_can_have_played_is_refused(house: House) -> None:
    async with await house.client("device", name="Bandmate Jam") as jam:
        clip = {"role": "bass", "style": "acid", "seed": 3, "length": 4.0}
        note = {"pitch": 40, "start_time": 0.0, "duration": 0.25}
        assert await refused_in(jam, "taste.keep_played", **clip | {"style": "bach"}, notes=[note]) == "style"
        assert await refused_in(jam, "taste.keep_played", **clip, notes=[]) == "notes"
        assert (
            await refused_in(jam, "taste.keep_played", **clip, notes=[note], signature_denominator=3)
            == "signature_denominator"
        )


async def test_a_song_is_found_again_by_the_clips_of_a_scene(house: House) -> None:
    bass = [{"pitch": 40 + step % 3, "start_time": step / 2, "duration": 0.25} for step in range(16)]
    kick = [{"pitch": 36, "start_time": float(beat), "duration": 0.25} for beat in range(8)]
    parts = [{"name": "Bass", "notes": bass, "length": 8.0}, {"name": "Drums", "notes": kick, "length": 8.0}]
    async with await house.client("device", name="Bandmate Arrange") as arrange:
        await arrange.call("compose.arrange", parts=parts, seed=1, plan=True)
        assert (await arrange.call("taste.takes"))["takes"] == []
        first = await arrange.call("compose.arrange", parts=parts, seed=1)
        other = await arrange.call("compose.arrange", parts=parts, seed=2)
        await arrange.call("taste.rate", take=first["take"], stars=4)
        mine = [[clip["notes"][::-1] for clip in section["clips"]] for section in first["sections"] if section["clips"]]
        theirs = [clip["notes"] for section in other["sections"] for clip in section["clips"]]
        found = [await arrange.call("taste.find_song", clips=[*scene, bass[:3]]) for scene in mine]
        assert {each["take"]["take"] for each in found} <= {first["take"], other["take"]}
        own = [scene for scene in mine if any(sorted_by_time(clip) not in theirs for clip in scene)]
        assert own
        all_mine = [sorted_by_time(clip) for scene in mine for clip in scene]
        both = [clip for clip in theirs if sorted_by_time(clip) in all_mine]
        for beside, song in ((own[0], first), (theirs, other)):
            line = (await arrange.call("taste.find_song", clips=both[:1], beside=beside))["take"]
            assert line["take"] == song["take"]
        for scene in own:
            line = (await arrange.call("taste.find_song", clips=scene))["take"]
            assert (line["take"], line["stars"], line["method"]) == (first["take"], 4, "compose.arrange")
        # What both songs have is the newer one's; what is in no song is nobody's.
        assert (await arrange.call("taste.find_song", clips=theirs))["take"]["take"] == other["take"]
        for nobodys in ([[]], [bass[:3]]):
            assert await arrange.call("taste.find_song", clips=nobodys, beside=theirs) == {"take": None}
        # A clip of a song is no take of its own.
        assert (await arrange.call("taste.find", notes=own[0][0])) == {"take": None}
        assert await refused_in(arrange, "taste.find_song", clips=[]) == "clips"


def sorted_by_time(notes: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return sorted(notes, key=lambda note: (note["start_time"], note["pitch"]))
