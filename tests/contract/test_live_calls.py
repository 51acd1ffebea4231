"""live.*: what the engine hands on is what the Hub's hands take, and what they give back is what was promised."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from bridge.registry import REGISTRY
from engine.notes import Note
from tests.contract.node import node

LIVE = sorted(name for name in REGISTRY if name.startswith("live."))
NOTES = msgspec.to_builtins([Note(60, 0.0, 1.0), Note(64, 1.5, 0.5, 80.0, True, 0.5, -10.0, 0.0)])
ASKS: list[tuple[str, dict[str, Any]]] = [
    ("live.song", {}),
    ("live.tracks", {}),
    ("live.clip", {}),
    ("live.clip", {"track": 0, "slot": 0}),
    ("live.write", {"notes": NOTES, "length": 4.0}),
    ("live.write", {"notes": NOTES, "length": 7.0, "track": 2, "slot": 2, "name": "From outside"}),
    ("live.clip", {"track": 2, "slot": 2}),
    ("live.tracks", {}),
    ("live.tempo", {"bpm": 174.0, "force": False}),
    (
        "live.transport",
        {
            "action": "play",
            "beat": 4.0,
            "loop": True,
            "loop_start": 0.0,
            "loop_length": 8.0,
            "metronome": True,
            "record": True,
        },
    ),
    (
        "live.mixer",
        {
            "track": 2,
            "kind": "track",
            "volume": 0.5,
            "pan": -0.5,
            "send": 0,
            "amount": 0.25,
            "mute": True,
            "solo": True,
            "arm": True,
            "name": "Low",
            "force": False,
        },
    ),
    ("live.mixer", {"kind": "main", "track": 0}),
    ("live.slot", {"track": 2, "slot": 1, "action": "fire"}),
    ("live.slot", {"track": 0, "slot": 2}),
    ("live.scene", {"scene": 1, "action": "fire"}),
    ("live.devices", {"track": 3, "kind": "track"}),
    ("live.parameters", {"device": "Reverb", "track": 3, "kind": "track"}),
    (
        "live.parameter",
        {"device": 0, "parameter": "Quality", "track": 3, "kind": "track", "value": 2.0, "force": False},
    ),
    ("live.parameter", {"device": 0, "parameter": 1, "track": 3, "kind": "track", "share": 1.0}),
    (
        "live.macros",
        {"energy": 1.0, "tension": 0.0, "darkness": 0.5, "groove": 0.25, "force": False},
    ),
    ("live.undo", {}),
    ("live.restore", {}),
    ("live.watch", {"wishes": [{"what": "tempo"}, {"what": "mixer", "kind": "track", "track": 77}]}),
]
NOWHERE = [{"track": 9, "slot": 0}, {"track": 0, "slot": 99}, {"track": 0}, {"slot": 0}, {"track": 2, "slot": 0}]


@pytest.fixture(scope="module")
def hands() -> Any:
    """All asks in one run: first those without a place to go, which change nothing."""
    return node("reverse.mjs", {"asks": [*(("live.clip", params) for params in NOWHERE), *ASKS]})


@pytest.fixture(scope="module")
def answers(hands: Any) -> list[Any]:
    found: list[Any] = hands["answers"][len(NOWHERE) :]
    return found


def parameters(method: str) -> set[str]:
    return set(REGISTRY[method].signature.check.names)


def test_every_method_the_engine_hands_on_has_a_hand(hands: Any) -> None:
    assert sorted(hands["handlers"]) == LIVE


def test_hands_look_for_exactly_the_declared_parameters(hands: Any) -> None:
    looked = hands["looked"]
    assert {method: set(looked[method]) for method in LIVE} == {method: parameters(method) for method in LIVE}


def test_a_parameter_under_another_name_is_noticed() -> None:
    looked = node("reverse.mjs", {"asks": ASKS, "rename": ["live.write", "length", "beats"]})["looked"]
    assert set(looked["live.write"]) != parameters("live.write")


@pytest.mark.parametrize(("method", "params"), ASKS)
def test_what_is_asked_here_is_what_the_engine_lets_through(method: str, params: dict[str, Any]) -> None:
    REGISTRY[method].signature.check(params)


def test_every_answer_is_as_promised(answers: list[Any]) -> None:
    for (method, params), answer in zip(ASKS, answers, strict=True):
        assert "result" in answer, (method, params, answer)
        msgspec.convert(answer["result"], REGISTRY[method].signature.returns)
    written, read = answers[5]["result"], answers[6]["result"]
    assert (written["wanted"], written["written"]) == (2, 2)
    # What the engine sent comes back as it was, all eight fields of it.
    assert [{key: note[key] for key in NOTES[0]} for note in read["notes"]] == NOTES
    assert {"midi", "group", "audio"} == {each["kind"] for each in answers[1]["result"]["tracks"]}
    assert any(clip["slot"] is None for track in answers[1]["result"]["tracks"] for clip in track["clips"])


@pytest.mark.parametrize("method", LIVE)
def test_an_answer_with_a_member_less_is_noticed(method: str, answers: list[Any]) -> None:
    result = answers[[name for name, _ in ASKS].index(method)]["result"]
    for member in result:
        with pytest.raises(msgspec.ValidationError):
            msgspec.convert(
                {key: value for key, value in result.items() if key != member}, REGISTRY[method].signature.returns
            )


@pytest.mark.parametrize("index", range(len(NOWHERE)))
def test_a_place_that_is_not_there_is_refused_in_words(index: int, hands: Any) -> None:
    assert hands["answers"][index]["refused"]
