"""A clip of what a part played is a take: rated, found by its notes, one however often it is told."""

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
