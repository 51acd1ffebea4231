"""Golden takes: one of each style, with what a listener should hear in it.

Where one changes on purpose, listen to the new take, and write down what is heard along with it.
"""

import json
from pathlib import Path

import pytest

from engine.compose.arp.shelf import styles
from tests.engine.compose.arp.golden_takes import said_of

GOLDEN = json.loads((Path(__file__).parent / "golden.json").read_text("utf-8"))


def test_every_style_has_one_and_they_all_differ() -> None:
    assert list(GOLDEN) == list(styles())
    assert len({take["bar 1"] for take in GOLDEN.values()}) == len(GOLDEN)
    assert len({take["listen"] for take in GOLDEN.values()}) == len(GOLDEN)


@pytest.mark.parametrize("style", GOLDEN)
def test_a_style_plays_what_was_listened_to(style: str) -> None:
    assert {name: words for name, words in GOLDEN[style].items() if name != "listen"} == said_of(style)
