"""Every style sings what it sang when it was listened to."""

from __future__ import annotations

import json

import pytest

from engine.compose.melody.style import styles
from tests.engine.compose.melody.golden_takes import FILE, bars_of

GOLDEN = json.loads(FILE.read_text("utf-8"))


def test_every_style_was_listened_to() -> None:
    assert list(GOLDEN) == list(styles())
    assert all(len(take["listening"]) > 30 for take in GOLDEN.values())
    assert len({take["listening"] for take in GOLDEN.values()}) == len(GOLDEN)


@pytest.mark.parametrize("style", GOLDEN)
def test_a_style_sings_what_was_written_down(style: str) -> None:
    assert bars_of(style) == GOLDEN[style]["bars"]
