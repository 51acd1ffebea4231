"""Constants that stand in both languages are equal, and limits leave each other room."""

from __future__ import annotations

import json
from typing import Any

import msgspec
import pytest

import bridge
import presets
from bridge import errors
from bridge.registry import REGISTRY
from bridge.session import Client
from engine.settings import Limits, Settings, write_settings
from tests.contract.node import ROOT, node

THEIRS = node("constants.mjs")
SHARED = {
    "PARSE": errors.ParseFailed.code,
    "INVALID_REQUEST": errors.InvalidRequest.code,
    "NO_METHOD": errors.method_not_found("x.y", {}).code,
    "INVALID_PARAMS": errors.InvalidParams.code,
    "INTERNAL": errors.BridgeError.code,
    "TIMED_OUT": errors.TimedOut.code,
    "CANCELLED": errors.Cancelled.code,
    "LIVE_REFUSED": errors.LiveRefused.code,
}
ONLY_THERE = {"LOST", "STOPPED"}


def codes_here() -> set[int]:
    kinds = [errors.BridgeError]
    for kind in kinds:
        kinds.extend(kind.__subclasses__())
    return {kind.code for kind in kinds} | {SHARED["NO_METHOD"]}


def test_both_sides_speak_the_same_protocol() -> None:
    assert THEIRS["protocol"] == bridge.PROTOCOL


def test_all_parts_have_one_version() -> None:
    package = json.loads((ROOT / "js" / "package.json").read_text())
    assert THEIRS["version"] == package["version"] == bridge.__version__


def test_error_codes_mean_the_same() -> None:
    assert {name: code for name, code in THEIRS["codes"].items() if name not in ONLY_THERE} == SHARED


def test_codes_made_in_the_client_are_none_of_the_engines() -> None:
    assert {THEIRS["codes"][name] for name in ONLY_THERE}.isdisjoint(codes_here())


def test_close_codes_mean_the_same() -> None:
    here = {errors.CLOSE_HELLO, errors.CLOSE_PROTOCOL, errors.CLOSE_FULL}
    theirs = THEIRS["close"]
    assert theirs["BAD_TOKEN"] == errors.CLOSE_HELLO == 4401
    assert {code for name, code in theirs.items() if name != "BAD_TOKEN"}.isdisjoint(here)


def test_a_piece_fits_into_a_symbol_of_max() -> None:
    assert 4 <= THEIRS["piece"] <= 32_767


def test_the_longest_hello_fits_into_the_first_message() -> None:
    word = "\u266a" * 100  # as long as the type allows, and in letters of three bytes
    who = dict.fromkeys(Client.__struct_fields__, word) | {"kind": "device"}
    params = {"token": "f" * 64, "protocol": 1, "client": who}
    REGISTRY["session.hello"].signature.check(params)
    hello = {"jsonrpc": "2.0", "id": "hello", "method": "session.hello", "params": params}
    assert len(msgspec.json.encode(hello)) <= Limits().hello_bytes


@pytest.fixture(scope="module")
def limits() -> Any:
    return node("limits.mjs")


def test_a_device_asks_less_at_once_than_the_engine_allows(limits: Any) -> None:
    assert 1 <= limits["inFlight"] <= Limits().in_flight


def test_the_hub_gives_up_on_live_before_the_engine_gives_up_on_the_hub(limits: Any) -> None:
    assert 1000 <= limits["liveAnswerMs"] < Limits().live_seconds * 1000


def test_idle_minutes_reach_as_far_as_the_setting() -> None:
    (control,) = [each for each in presets.load("devices/hub")["parameters"] if each["selector"] == "idle_minutes"]
    for value in (control["min"], control["max"]):
        write_settings(Settings(idle_minutes=value))
    assert control["initial"] == Settings().idle_minutes


def test_a_setting_outside_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError):
        write_settings(Settings(idle_minutes=1441))
