"""How long answers took: counted for good, measured over the newest."""

from bridge.answer_times import MOST, Answers, AnswerTimes
from tests.bridge.house import House


def test_nothing_is_told_of_what_was_never_asked() -> None:
    assert Answers().told() == {}


def test_shares_are_of_the_newest_answers() -> None:
    answers = Answers()
    for _ in range(50):
        answers.sent("test.play", 9.0)
    for place in range(MOST):
        answers.sent("test.play", (place % 100) / 1000)
    answers.sent("test.press", 0.02)
    told = answers.told()
    assert told["test.play"] == AnswerTimes(MOST + 50, 49.0, 98.0, 99.0)
    assert told["test.press"] == AnswerTimes(1, 20.0, 20.0, 20.0)


async def test_the_status_tells_how_long_answers_took(house: House) -> None:
    async with await house.client() as client:
        for _ in range(3):
            await client.call("engine.log", lines=1)
        times = (await client.call("engine.status"))["answers"]["engine.log"]
    assert times["count"] == 3
    assert 0 < times["p50_ms"] <= times["p99_ms"] <= times["longest_ms"] < 5000
