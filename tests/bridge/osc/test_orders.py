"""Addresses and arguments: what can be meant is asked, what cannot is refused with a way out."""

from __future__ import annotations

from typing import Any

import pytest

from bridge import methods
from bridge.osc.feedback import messages, wishes
from bridge.osc.orders import Order, Orders
from bridge.osc.packet import Message, Refused
from bridge.osc.table import ACTIONS, KINDS, RULES
from bridge.registry import REGISTRY
from bridge.watching import LiveWish

assert methods
ORDERS = Orders(REGISTRY)


def order(address: str, *args: Any) -> Order:
    found = ORDERS.read(Message(address, list(args)))
    assert found is not None
    return found


def example(address: str) -> str:
    for name in ("track", "slot", "scene", "send", "device", "parameter"):
        address = address.replace(f"<{name}>", "1")
    return address


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.address)
def test_every_fixed_address_asks_a_method_for_parameters_it_has(rule: Any) -> None:
    method = REGISTRY[rule.method]
    assert set(rule.args) | set(rule.fixed) <= set(method.signature.check.names)
    found = ORDERS.read(Message(example(rule.address), []))
    assert found is not None
    assert found.method == rule.method
    assert found.tells is not rule.button
    if found.method != "live.parameter" or "<" in rule.address:
        method.signature.check(found.params)


@pytest.mark.parametrize(
    ("address", "args", "method", "params"),
    [
        ("/ableton/tempo", [174], "live.tempo", {"bpm": 174}),
        ("/ableton/tempo", [174.0, "force"], "live.tempo", {"bpm": 174.0, "force": True}),
        ("/ableton/transport", ["play"], "live.transport", {"action": "play"}),
        ("/ableton/transport/play", [1.0], "live.transport", {"action": "play"}),
        ("/ableton/transport/loop", [1.0], "live.transport", {"loop": True}),
        ("/ableton/track/3/mute", [0], "live.mixer", {"track": 3, "mute": False}),
        ("/ableton/return/1/volume", [0.5], "live.mixer", {"kind": "return", "track": 1, "volume": 0.5}),
        ("/ableton/track/0/send/2", [0.5], "live.mixer", {"track": 0, "send": 2, "amount": 0.5}),
        ("/ableton/clip/2/5/fire", [], "live.slot", {"track": 2, "slot": 5, "action": "fire"}),
        (
            "/ableton/device/0/Auto%20Filter/3",
            [0.5],
            "live.parameter",
            {"track": 0, "device": "Auto Filter", "parameter": 3, "share": 0.5},
        ),
        (
            "/ableton/device/set",
            [0.0, "Reverb", "Decay Time", 2],
            "live.parameter",
            {"track": 0, "device": "Reverb", "parameter": "Decay Time", "value": 2},
        ),
        ("/bandmate/macros/energy", [0.75], "live.macros", {"energy": 0.75}),
        ("/bandmate/compose/chords", ["key", "F minor", "bars", 8.0], "compose.chords", {"key": "F minor", "bars": 8}),
        ("/bandmate/compose/chords", ['{"bars": 8}'], "compose.chords", {"bars": 8}),
        ("/bandmate/live/clip", [1.0, 2.0], "live.clip", {"track": 1, "slot": 2}),
        ("/bandmate/live/watch", ["wishes", '[{"what": "tempo"}]'], "live.watch", {"wishes": [{"what": "tempo"}]}),
        ("/bandmate/engine/status", [], "engine.status", {}),
    ],
)
def test_arguments_become_parameters(address: str, args: list[Any], method: str, params: dict[str, Any]) -> None:
    found = order(address, *args)
    assert (found.method, found.params) == (method, params)
    REGISTRY[method].signature.check(found.params)


def test_every_method_of_the_registry_has_an_address() -> None:
    for name in REGISTRY:
        assert order(f"/bandmate/{name.replace('.', '/')}").method == name


def test_a_button_that_is_let_go_asks_nothing() -> None:
    assert ORDERS.read(Message("/ableton/transport/stop", [0.0])) is None


def test_only_faders_are_overtaken_by_newer_values() -> None:
    assert order("/ableton/tempo", 120).key == "/ableton/tempo"
    assert order("/ableton/tempo").key == ""
    assert order("/ableton/track/0/mute", 1).key == ""


@pytest.mark.parametrize("word", ACTIONS)
def test_every_action_is_an_address(word: str) -> None:
    address = ACTIONS[word]
    slots = address.count("<")
    assert address in {each.address for each in RULES}
    found = ORDERS.action(Message("/sergik/action", [word, *([1.0] * slots)]))
    assert found is not None
    assert found.address == "/sergik/action"


def test_an_action_passes_its_values_on() -> None:
    found = ORDERS.action(Message("/sergik/action", ["volume", 2, 0.5]))
    assert found is not None
    assert found.params == {"track": 2, "volume": 0.5}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_generated_is_composed_and_has_a_place(kind: str) -> None:
    found, place = ORDERS.generate(Message("/sergik/generate", [kind, "bars", 4.0, "track", 1.0, "slot", 0]))
    assert (found.method, found.params, place) == (f"compose.{kind}", {"bars": 4}, {"track": 1, "slot": 0})


@pytest.mark.parametrize(
    ("address", "args", "words", "hint"),
    [
        ("/", [], "no address", "docs/osc.md"),
        ("//", [], "no address", "docs/osc.md"),
        ("/ableton/track/x/volume", [1], "no address", "docs/osc.md"),
        ("/ableton/track/9999999999/volume", [1], "no address", "docs/osc.md"),
        ("/ableton/tempo", [1, 2, 3], "at most 1 arguments", "In this order: bpm"),
        ("/ableton/transport/play", ["now"], "A button takes", "no argument"),
        ("/bandmate/engine/log", [1, 2, 3], "at most 1 values", "In this order: lines"),
        ("/bandmate/engine/log", ["{lines"], "no JSON", "object of parameters"),
        ("/bandmate/live/watch", ["wishes", "[1"], "is no JSON", "JSON in a text"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_way_out(address: str, args: list[Any], words: str, hint: str) -> None:
    with pytest.raises(Refused) as caught:
        ORDERS.read(Message(address, args))
    assert words in str(caught.value)
    assert hint in caught.value.hint


@pytest.mark.parametrize(
    ("address", "near"),
    [
        ("/ableton/temp", "/ableton/tempo"),
        ("/ableton/track/x/volume", "/ableton/track/<track>/volume"),
        ("/bandmate/compose/chord", "/bandmate/compose/chords"),
        ("/sergik/tests", "/sergik/test"),
    ],
)
def test_the_nearest_address_is_found(address: str, near: str) -> None:
    assert f'Did you mean "{near}"' in ORDERS.near(address)


@pytest.mark.parametrize(
    ("args", "hint"),
    [([], "play"), ([7], "play"), (["plai"], 'Did you mean "play"'), (["fire", 1], "count from 0")],
)
def test_unknown_actions_are_refused(args: list[Any], hint: str) -> None:
    with pytest.raises(Refused) as caught:
        ORDERS.action(Message("/sergik/action", args))
    assert hint in caught.value.hint


@pytest.mark.parametrize("args", [["tune"], [3], ["bass", "bars"], ["bass", 4, "bars"]])
def test_unknown_kinds_and_loose_values_are_refused(args: list[Any]) -> None:
    with pytest.raises(Refused):
        ORDERS.generate(Message("/sergik/generate", args))


def test_wishes_are_read_from_words() -> None:
    args = ["tempo", "mixer", 2.0, "parameter", 0, "Reverb", 3, "time"]
    assert wishes(args) == (
        LiveWish("tempo"),
        LiveWish("mixer", track=2),
        LiveWish("parameter", track=0, device="Reverb", parameter=3),
        LiveWish("time"),
    )
    assert [each.what for each in wishes([])] == ["tempo", "transport", "macros"]


@pytest.mark.parametrize(
    "args", [["weather"], [7], ["mixer"], ["mixer", -1], ["mixer", 0.5], ["parameter", 0, "Reverb"]]
)
def test_wishes_that_cannot_be_meant_are_refused(args: list[Any]) -> None:
    with pytest.raises(Refused):
        wishes(args)


def test_news_comes_on_the_address_that_would_set_it() -> None:
    strip = {"name": "Bass", "volume": 0.5, "pan": 0.0, "sends": [0.25], "mute": True, "solo": False, "arm": None}
    parameter = {"share": 0.5, "value": 30.0, "text": "30 s"}
    told = [
        *messages(LiveWish("tempo"), {"tempo": 174.0}),
        *messages(LiveWish("mixer", track=2), strip),
        *messages(LiveWish("parameter", track=0, device="Auto Filter", parameter="Freq"), parameter),
        *messages(LiveWish("macros"), dict.fromkeys(("energy", "tension", "darkness", "groove"), 0.5)),
    ]
    assert ("/ableton/track/2/mute", [1]) in told
    assert ("/ableton/device/0/Auto%20Filter/Freq", [0.5]) in told
    setting = [(address, args) for address, args in told if not address.endswith("/text")]
    for address, args in setting:
        assert not order(address, *args).tells
