"""Every player plays as when the takes were listened to."""

from __future__ import annotations

import json

import pytest

from tests.engine.compose.feel.golden_takes import ASKED, FILE, played

GOLDEN = json.loads(FILE.read_text("utf-8"))


def test_every_take_was_listened_to() -> None:
    assert list(GOLDEN) == list(ASKED)
    assert all(len(take["listening"]) > 30 for take in GOLDEN.values())
    assert len({take["listening"] for take in GOLDEN.values()}) == len(GOLDEN)


@pytest.mark.parametrize("name", GOLDEN)
def test_a_player_plays_what_was_written_down(name: str) -> None:
    assert played(name) == GOLDEN[name]["bars"]
