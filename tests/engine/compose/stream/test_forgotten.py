"""What a part leaves behind goes by itself: Python's garbage collector would be heard as a late bar."""

from __future__ import annotations

import gc
import sys

import pytest

from engine.compose.stream.compose import compose_stream
from engine.compose.stream.kept import Kept
from engine.compose.stream.request import ROLES, Role, StreamRequest


@pytest.mark.parametrize("role", ROLES)
def test_bars_that_are_forgotten_leave_nothing_to_the_garbage_collector(role: Role) -> None:
    request = StreamRequest(role=role, seed=5, bar=6, bars=2)
    compose_stream(request)
    kept = [
        thing
        for name, module in list(sys.modules.items())
        if name.startswith("engine.compose.stream")
        for thing in vars(module).values()
        if isinstance(thing, Kept)
    ]
    assert kept
    gc.collect()
    gc.disable()
    try:
        for each in kept:
            each.clear()
        compose_stream(request)
        for each in kept:
            each.clear()
        assert gc.collect(0) == 0
    finally:
        gc.enable()
