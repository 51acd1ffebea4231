"""The golden takes still sound as they did when they were listened to."""

import json
from typing import Any

import pytest

from tests.engine.compose.bass.asked import STYLES
from tests.engine.compose.bass.golden import FILE, HEARD, take

GOLDEN: dict[str, Any] = json.loads(FILE.read_text("utf-8"))


def test_every_style_has_a_take_and_a_word_on_it() -> None:
    assert tuple(GOLDEN) == tuple(HEARD) == STYLES
    assert all(30 <= len(found["heard"]) <= 140 for found in GOLDEN.values())
    assert len({json.dumps(found["notes"]) for found in GOLDEN.values()}) == len(STYLES)


@pytest.mark.parametrize("style", STYLES)
def test_a_take_is_what_it_was(style: str) -> None:
    assert take(style) == GOLDEN[style]
